//! Folders and tags as a whole: their lists, another name, another place, one with another, away; in
//! both languages.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// All folders, as a title.
    pub folders: &'static str,
    /// All tags, as a title.
    pub tags: &'static str,
    /// There is no folder.
    pub no_folders: &'static str,
    /// How one comes about.
    pub no_folders_advice: &'static str,
    /// There is no tag.
    pub no_tags: &'static str,
    /// How one comes about.
    pub no_tags_advice: &'static str,
    /// Entries that lie in a folder itself, not in the folders in it.
    pub own: fn(usize) -> String,
    /// Entries.
    pub entries: fn(usize) -> String,
    /// Enter: what can be done.
    pub acts: &'static str,
    /// So many folders, in place of a name.
    pub several_folders: fn(usize) -> String,
    /// So many tags, in place of a name.
    pub several_tags: fn(usize) -> String,
    /// Its entries in the list.
    pub show: &'static str,
    /// Another name.
    pub rename: &'static str,
    /// Into another folder.
    pub put: &'static str,
    /// One with another folder.
    pub merge_folder: &'static str,
    /// One with another tag.
    pub merge_tag: &'static str,
    /// A new folder in it.
    pub make: &'static str,
    /// The folder goes.
    pub dissolve_folder: &'static str,
    /// The tag goes.
    pub dissolve_tag: &'static str,
    /// Title of the question for another name of a folder.
    pub rename_folder: &'static str,
    /// Title of the question for another name of a tag.
    pub rename_tag: &'static str,
    /// Label of the name that it has.
    pub now: &'static str,
    /// Label of the folder that it lies in.
    pub within: &'static str,
    /// Label of the name that is typed.
    pub name: &'static str,
    /// Enter: renames.
    pub renames: &'static str,
    /// Enter: makes.
    pub makes: &'static str,
    /// What can be typed as a folder.
    pub path_hint: &'static str,
    /// What becomes of a tag.
    pub tag_hint: &'static str,
    /// There is a folder of that name.
    pub folder_there: &'static str,
    /// There is another of that name.
    pub name_there: &'static str,
    /// Title: where a folder is put.
    pub put_where: fn(&str) -> String,
    /// Title: with which other it becomes one.
    pub merge_with: fn(&str) -> String,
    /// In no folder.
    pub top: &'static str,
    /// What can be typed where a folder is put.
    pub put_hint: &'static str,
    /// What can be typed where it becomes one with another.
    pub merge_hint: &'static str,
    /// Keys where a folder is put.
    pub put_keys: &'static str,
    /// Keys where it becomes one with another.
    pub merge_keys: &'static str,
    /// Title of the question whether two become one.
    pub ask_merge: &'static str,
    /// A name in a sentence.
    pub quoted: fn(&str) -> String,
    /// Folders: of which name, into which, how many entries.
    pub folders_merge: fn(&str, &str, usize) -> String,
    /// Tags: of which name, into which, how many entries.
    pub tags_merge: fn(&str, &str, usize) -> String,
    /// The answer.
    pub merges: &'static str,
    /// Title of the question whether it goes.
    pub ask_dissolve: &'static str,
    /// A folder goes: its name, where what lies in it comes to lie, how many entries, how many folders
    /// lie in it.
    pub folder_goes: fn(&str, &str, usize, usize) -> String,
    /// Folders go, each into the one around it: how many, how many entries, how many folders lie in them.
    pub folders_go: fn(&str, usize, usize) -> String,
    /// A tag goes: its name, from how many entries.
    pub tag_goes: fn(&str, usize) -> String,
    /// The answer.
    pub dissolves: &'static str,
}

/// English.
pub const EN: Text = Text {
    folders: "Folders",
    tags: "Tags",
    no_folders: "There is no folder yet.",
    no_folders_advice: "Enter makes one. An entry is put into a folder with m in the list.",
    no_tags: "There is no tag yet.",
    no_tags_advice: "Entries get tags with # in the list.",
    own: |count| format!("{count} right here"),
    entries: many,
    acts: "what to do",
    several_folders: |count| format!("{count} folders"),
    several_tags: |count| format!("{count} tags"),
    show: "Show its entries",
    rename: "Rename",
    put: "Put it into another folder",
    merge_folder: "Merge it into another folder",
    merge_tag: "Merge it into another tag",
    make: "New folder in it",
    dissolve_folder: "Remove the folder, keep its entries",
    dissolve_tag: "Remove the tag from all entries",
    rename_folder: "Rename a folder",
    rename_tag: "Rename a tag",
    now: "Now",
    within: "In",
    name: "Name",
    renames: "rename",
    makes: "make",
    path_hint: "A slash makes a folder in a folder: work/site",
    tag_hint: "All entries that have the tag have it under this name then.",
    folder_there: "There is a folder of that name already.",
    name_there: "There is one of that name: Enter asks whether the two become one.",
    put_where: |name| format!("Put {name} into"),
    merge_with: |name| format!("Merge {name} into"),
    top: "(no folder: at the top)",
    put_hint: "part of a name, or a new path: work/site",
    merge_hint: "part of a name, or a new name",
    put_keys: "Enter put there  Esc cancel",
    merge_keys: "Enter merge  Esc cancel",
    ask_merge: "Two become one",
    quoted: |name| format!("\"{name}\""),
    folders_merge: |from, to, count| {
        format!("There is a folder {to}. This merges {} of {from} into it.", many(count))
    },
    tags_merge: |from, to, count| {
        format!("There is a tag {to}. This merges {} of {from} into it.", many(count))
    },
    merges: "Merge",
    ask_dissolve: "Remove, and keep the entries",
    folder_goes: |name, to, count, inner| {
        let to = if to.is_empty() { "the top, into no folder" } else { to };
        format!("{name} is removed. What lies in it goes to {to}: {}{}.", many(count), inside(inner))
    },
    folders_go: |names, count, inner| {
        let inner = inside(inner);
        format!("{names} are removed. What lies in each goes into the one around it: {}{inner}.", many(count))
    },
    tag_goes: |name, count| format!("{name} is taken from {}. The entries stay.", many(count)),
    dissolves: "Remove",
};

fn many(count: usize) -> String {
    if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") }
}

fn inside(folders: usize) -> String {
    match folders {
        0 => String::new(),
        1 => " and 1 folder".to_owned(),
        folders => format!(" and {folders} folders"),
    }
}

/// Japanese.
pub const JA: Text = Text {
    folders: "フォルダー",
    tags: "タグ",
    no_folders: "フォルダーはまだありません。",
    no_folders_advice: "Enter で作れます。アイテムは、一覧で m を押すとフォルダーに入ります。",
    no_tags: "タグはまだありません。",
    no_tags_advice: "一覧で # を押すと、アイテムにタグが付きます。",
    own: |count| format!("直下 {count}"),
    entries: |count| format!("{count} 件"),
    acts: "できること",
    several_folders: |count| format!("フォルダー {count} 個"),
    several_tags: |count| format!("タグ {count} 個"),
    show: "中のアイテムを見る",
    rename: "名前を変える",
    put: "別のフォルダーの中へ移す",
    merge_folder: "別のフォルダーとまとめる",
    merge_tag: "別のタグとまとめる",
    make: "この中に新しいフォルダーを作る",
    dissolve_folder: "フォルダーをなくす（中身は残す）",
    dissolve_tag: "すべてのアイテムから外す",
    rename_folder: "フォルダーの名前を変える",
    rename_tag: "タグの名前を変える",
    now: "今の名前",
    within: "場所",
    name: "名前",
    renames: "変える",
    makes: "作る",
    path_hint: "/ で区切ると中のフォルダーになります（例 仕事/サイト）",
    tag_hint: "このタグが付いたすべてのアイテムで、名前が変わります。",
    folder_there: "その名前のフォルダーはもうあります。",
    name_there: "その名前はもうあります。Enter を押すと、まとめるかどうかを聞きます。",
    put_where: |name| format!("{name} の移動先"),
    merge_with: |name| format!("{name} をまとめる先"),
    top: "(一番上: どのフォルダーにも入れない)",
    put_hint: "名前の一部、または新しいパス: 仕事/サイト",
    merge_hint: "名前の一部、または新しい名前",
    put_keys: "Enter 移す  Esc 中止",
    merge_keys: "Enter まとめる  Esc 中止",
    ask_merge: "一つにまとめる",
    quoted: |name| format!("「{name}」"),
    folders_merge: |from, to, count| {
        format!("フォルダー{to}はもうあります。{from}の {count} 件をそこにまとめます。")
    },
    tags_merge: |from, to, count| {
        format!("タグ{to}はもうあります。{from}の {count} 件をそのタグにまとめます。")
    },
    merges: "まとめる",
    ask_dissolve: "なくす（アイテムは残す）",
    folder_goes: |name, to, count, inner| {
        let to = if to.is_empty() { "一番上（フォルダーなし）" } else { to };
        format!("{name}をなくします。中の {count} 件{}は{to}へ移ります。", inside_ja(inner))
    },
    folders_go: |names, count, inner| {
        format!("{names}をなくします。中の {count} 件{}は、それぞれ一つ上へ移ります。", inside_ja(inner))
    },
    tag_goes: |name, count| format!("{name}を {count} 件から外します。アイテムは残ります。"),
    dissolves: "なくす",
};

fn inside_ja(folders: usize) -> String {
    if folders == 0 { String::new() } else { format!("とフォルダー {folders} 個") }
}
