//! The sidebar, the sort menu, marks, folders and tags, in both languages.

use crate::config::sort::Order;
use crate::tui::notice::Deed;

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// By what the list is sorted.
    pub order: fn(Order) -> &'static str,
    /// The other way round.
    pub reverse: &'static str,
    /// Favourites before all others.
    pub favourites_first: &'static str,
    /// How the sort menu is used.
    pub sort_hint: &'static str,
    /// Entries that are marked.
    pub marked: fn(usize) -> String,
    /// What was done to how many entries.
    pub deed: fn(Deed, usize) -> String,
    /// Days, as short as can be.
    pub age: fn(u64) -> String,
    /// A password that is being changed, at most 8 cells.
    pub staged: &'static str,
    /// An entry that expired, at most 8 cells.
    pub expired: &'static str,
    /// An archived entry, at most 10 cells.
    pub archived: &'static str,
    /// The sidebar.
    pub side: &'static str,
    /// All entries in use.
    pub all: &'static str,
    /// Favourites.
    pub favourites: &'static str,
    /// What is archived.
    pub archive: &'static str,
    /// The row of the sidebar that begins a plan.
    pub taken_over: &'static str,
    /// The trash.
    pub trash: &'static str,
    /// Closes a folder, at most 12 cells.
    pub fold: &'static str,
    /// Opens a folder, at most 12 cells.
    pub unfold: &'static str,
    /// Where so many entries are moved to.
    pub move_to: fn(usize) -> String,
    /// Tags of so many entries.
    pub tags_of: fn(usize) -> String,
    /// In no folder.
    pub no_folder: &'static str,
    /// A folder or tag that is not there yet.
    pub new_one: fn(&str) -> String,
    /// What can be typed in the folder picker.
    pub folder_hint: &'static str,
    /// What can be typed over the tags.
    pub tag_hint: &'static str,
    /// Keys of the folder picker.
    pub folder_keys: &'static str,
    /// Keys of the tags.
    pub tag_keys: &'static str,
    /// What Space does in the sort menu, at most 12 cells.
    pub try_word: &'static str,
    /// What Enter does in the folder picker, at most 12 cells.
    pub move_word: &'static str,
    /// What Enter does over the tags, at most 12 cells.
    pub apply_word: &'static str,
}

/// English.
pub const EN: Text = Text {
    order: |order| match order {
        Order::Title => "Title",
        Order::Used => "Last used",
        Order::Changed => "Last changed",
        Order::PasswordAge => "Password age, oldest first",
        Order::User => "User name",
        Order::Kind => "Kind",
        Order::Folder => "Folder",
    },
    reverse: "The other way round",
    favourites_first: "Favourites first",
    sort_hint: "Enter take  Space try  Esc as before",
    marked: |count| format!("{count} marked"),
    deed: |deed, count| {
        let entries = if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") };
        match deed {
            Deed::Added => format!("added {entries}"),
            Deed::Imported => format!("imported {entries}"),
            Deed::Edited => format!("edited {entries}"),
            Deed::Moved => format!("moved {entries}"),
            Deed::Tagged => format!("changed tags of {entries}"),
            Deed::Favourite => format!("marked {entries} as favourite"),
            Deed::NoFavourite => format!("unmarked {entries} as favourite"),
            Deed::Archived => format!("archived {entries}"),
            Deed::Unarchived => format!("brought {entries} back from the archive"),
            Deed::Trashed => format!("moved {entries} to the trash"),
            Deed::Restored => format!("restored {entries} from the trash"),
            Deed::FolderMade => "made a folder".to_owned(),
            Deed::FolderRenamed => format!("renamed a folder ({entries})"),
            Deed::FolderMoved => format!("moved a folder ({entries})"),
            Deed::FoldersMerged => format!("merged folders ({entries})"),
            Deed::FolderRemoved if count == 0 => "removed an empty folder".to_owned(),
            Deed::FolderRemoved => format!("removed a folder ({entries} kept)"),
            Deed::TagRenamed => format!("renamed a tag ({entries})"),
            Deed::TagsMerged => format!("merged tags ({entries})"),
            Deed::TagRemoved => format!("removed a tag from {entries}"),
            Deed::SearchKept => "kept a search".to_owned(),
            Deed::SearchForgotten => "took a kept search away".to_owned(),
            Deed::MadeOne => format!("made one entry of {count}"),
            Deed::LeftAlone => "ignored a finding".to_owned(),
            Deed::Attended => "looks at the finding again".to_owned(),
            Deed::Staged => format!("made new passwords for {entries}"),
            Deed::Confirmed => format!("confirmed new passwords of {entries}"),
            Deed::Discarded => format!("discarded new passwords of {entries}"),
            Deed::Readdressed => format!("wrote the new address into {entries}"),
            Deed::Linked if count == 1 => "set 1 link".to_owned(),
            Deed::Linked => format!("set {count} links"),
            Deed::LinksRefused if count == 1 => "refused 1 proposed link".to_owned(),
            Deed::LinksRefused => format!("refused {count} proposed links"),
            Deed::Settings => "changed settings of the vault".to_owned(),
            Deed::Incident => "changed the plan".to_owned(),
            Deed::Step => "changed a step of the plan".to_owned(),
            Deed::Merged => format!("merged another copy ({entries})"),
        }
    },
    age: |days| format!("{days}d"),
    staged: "staged",
    expired: "expired",
    archived: "archived",
    side: "Show",
    all: "All",
    favourites: "Favourites",
    archive: "Archived",
    taken_over: "Account taken over?",
    trash: "Trash",
    fold: "close",
    unfold: "open",
    move_to: |count| match count {
        1 => "Move 1 entry to".to_owned(),
        _ => format!("Move {count} entries to"),
    },
    tags_of: |count| match count {
        1 => "Tags of 1 entry".to_owned(),
        _ => format!("Tags of {count} entries"),
    },
    no_folder: "(no folder)",
    new_one: |name| format!("new: {name}"),
    folder_hint: "part of a name, or a new path: work/site",
    tag_hint: "part of a name, or a new tag",
    folder_keys: "Enter move  Esc cancel",
    tag_keys: "Space tick  Enter apply  Esc cancel",
    try_word: "try",
    move_word: "move",
    apply_word: "apply",
};

/// Japanese.
pub const JA: Text = Text {
    order: |order| match order {
        Order::Title => "タイトル (五十音順)",
        Order::Used => "最近使った順",
        Order::Changed => "最近編集した順",
        Order::PasswordAge => "パスワードの古い順",
        Order::User => "ユーザー名",
        Order::Kind => "種類",
        Order::Folder => "フォルダー",
    },
    reverse: "逆順",
    favourites_first: "お気に入りを先頭に",
    sort_hint: "Enter 決定  Space 試す  Esc 元の順",
    marked: |count| format!("印 {count}"),
    deed: |deed, count| {
        let what = match deed {
            Deed::Added => "追加",
            Deed::Imported => "取り込み",
            Deed::Edited => "編集",
            Deed::Moved => "フォルダーへの移動",
            Deed::Tagged => "タグの付け外し",
            Deed::Favourite => "お気に入り登録",
            Deed::NoFavourite => "お気に入り解除",
            Deed::Archived => "アーカイブ",
            Deed::Unarchived => "アーカイブの解除",
            Deed::Trashed => "ごみ箱への移動",
            Deed::Restored => "ごみ箱からの復元",
            Deed::FolderMade => return "フォルダーの作成".to_owned(),
            Deed::FolderRenamed => "フォルダー名の変更",
            Deed::FolderMoved => "フォルダーの移動",
            Deed::FoldersMerged => "フォルダーの統合",
            Deed::FolderRemoved if count == 0 => return "空のフォルダーの削除".to_owned(),
            Deed::FolderRemoved => return format!("フォルダーの削除 ({count} 件は残ります)"),
            Deed::TagRenamed => "タグ名の変更",
            Deed::TagsMerged => "タグの統合",
            Deed::TagRemoved => "タグの取り外し",
            Deed::SearchKept => return "検索の保存".to_owned(),
            Deed::SearchForgotten => return "保存した検索の削除".to_owned(),
            Deed::MadeOne => return format!("{count} 件を 1 件にまとめる"),
            Deed::LeftAlone => return "そのままにする指摘に追加".to_owned(),
            Deed::Attended => return "指摘に戻す".to_owned(),
            Deed::Staged => "新しいパスワードの作成",
            Deed::Confirmed => "新しいパスワードの確定",
            Deed::Discarded => "新しいパスワードの取り消し",
            Deed::Readdressed => "アドレスの置き換え",
            Deed::Linked => "つながりの追加",
            Deed::LinksRefused => "つながりの候補を外す",
            Deed::Settings => return "保管庫の設定の変更".to_owned(),
            Deed::Incident => return "乗っ取り対応の変更".to_owned(),
            Deed::Step => return "対応の手順の変更".to_owned(),
            Deed::Merged => "別の写しの取り込み",
        };
        format!("{what} ({count} 件)")
    },
    age: |days| format!("{days}日"),
    staged: "変更中",
    expired: "期限切れ",
    archived: "アーカイブ",
    side: "絞り込み",
    all: "すべて",
    favourites: "お気に入り",
    archive: "アーカイブ",
    taken_over: "乗っ取られたとき",
    trash: "ごみ箱",
    fold: "閉じる",
    unfold: "開く",
    move_to: |count| format!("{count} 件の移動先"),
    tags_of: |count| format!("{count} 件のタグ"),
    no_folder: "(フォルダーなし)",
    new_one: |name| format!("新規: {name}"),
    folder_hint: "名前の一部、または新しいパス: 仕事/サイト",
    tag_hint: "名前の一部、または新しいタグ",
    folder_keys: "Enter 移動  Esc 中止",
    tag_keys: "Space 付け外し  Enter 決定  Esc 中止",
    try_word: "試す",
    move_word: "移動",
    apply_word: "決定",
};
