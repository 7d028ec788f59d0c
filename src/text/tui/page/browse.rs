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
    /// Whether so many are to go to the trash.
    pub ask_trash: fn(usize) -> String,
    /// The harmless answer.
    pub cancel: &'static str,
    /// The answer that trashes.
    pub to_trash: &'static str,
    /// What was done to how many entries.
    pub deed: fn(Deed, usize) -> String,
    /// Days, as short as can be.
    pub age: fn(u64) -> String,
    /// A password that is being changed, at most 8 cells.
    pub staged: &'static str,
    /// An entry that expired, at most 8 cells.
    pub expired: &'static str,
    /// An archived entry, at most 8 cells.
    pub archived: &'static str,
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
    sort_hint: "Enter choose  Space try  Esc close",
    marked: |count| format!("{count} marked"),
    ask_trash: |count| format!("Move {count} entries to the trash?"),
    cancel: "Cancel",
    to_trash: "Move to the trash",
    deed: |deed, count| {
        let entries = if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") };
        match deed {
            Deed::Added => format!("added {entries}"),
            Deed::Edited => format!("edited {entries}"),
            Deed::Moved => format!("moved {entries}"),
            Deed::Tagged => format!("changed tags of {entries}"),
            Deed::Favourite => format!("marked {entries} as favourite"),
            Deed::NoFavourite => format!("unmarked {entries} as favourite"),
            Deed::Archived => format!("archived {entries}"),
            Deed::Unarchived => format!("brought {entries} back from the archive"),
            Deed::Trashed => format!("moved {entries} to the trash"),
            Deed::Restored => format!("restored {entries} from the trash"),
            Deed::Folders => format!("changed folders ({entries})"),
            Deed::Tags => format!("changed a tag ({entries})"),
            Deed::SearchKept => "kept a search".to_owned(),
            Deed::SearchForgotten => "took a kept search away".to_owned(),
            Deed::Settings => "changed settings of the vault".to_owned(),
        }
    },
    age: |days| format!("{days}d"),
    staged: "staged",
    expired: "expired",
    archived: "archived",
};

/// Japanese.
pub const JA: Text = Text {
    order: |order| match order {
        Order::Title => "名前 (五十音順)",
        Order::Used => "最近使った順",
        Order::Changed => "最近編集した順",
        Order::PasswordAge => "パスワードの古い順",
        Order::User => "ユーザー名",
        Order::Kind => "種類",
        Order::Folder => "フォルダー",
    },
    reverse: "逆順",
    favourites_first: "お気に入りを先頭に",
    sort_hint: "Enter 決定  Space 試す  Esc 閉じる",
    marked: |count| format!("印 {count}"),
    ask_trash: |count| format!("{count} 件をごみ箱へ移しますか?"),
    cancel: "やめる",
    to_trash: "ごみ箱へ移す",
    deed: |deed, count| {
        let what = match deed {
            Deed::Added => "追加",
            Deed::Edited => "編集",
            Deed::Moved => "フォルダーへの移動",
            Deed::Tagged => "タグの付け外し",
            Deed::Favourite => "お気に入り登録",
            Deed::NoFavourite => "お気に入り解除",
            Deed::Archived => "保存 (アカウント閉鎖済み)",
            Deed::Unarchived => "保存の解除",
            Deed::Trashed => "ごみ箱への移動",
            Deed::Restored => "ごみ箱からの復元",
            Deed::Folders => "フォルダーの変更",
            Deed::Tags => "タグの変更",
            Deed::SearchKept => return "検索の保存".to_owned(),
            Deed::SearchForgotten => return "保存した検索の削除".to_owned(),
            Deed::Settings => return "保管庫の設定の変更".to_owned(),
        };
        format!("{what} ({count} 件)")
    },
    age: |days| format!("{days}日"),
    staged: "変更中",
    expired: "期限切れ",
    archived: "保存済み",
};
