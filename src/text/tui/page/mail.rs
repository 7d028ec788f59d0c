//! Many mailboxes at once, and another address in place of one; in both languages.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Name of the page for many mailboxes.
    pub title: &'static str,
    /// What to do.
    pub told: &'static str,
    /// Label of the field.
    pub address: &'static str,
    /// The choice of passwords.
    pub passwords: &'static str,
    /// The button: make so many.
    pub make: fn(usize) -> String,
    /// The button that empties the list.
    pub empty: &'static str,
    /// The list is empty.
    pub none: &'static str,
    /// Enter: goes on.
    pub on: &'static str,
    /// Enter: takes what is typed.
    pub takes: &'static str,
    /// Enter: switches.
    pub switches: &'static str,
    /// Enter: makes them.
    pub makes: &'static str,
    /// Enter: empties.
    pub empties: &'static str,
    /// Enter: leaves a line out, or not.
    pub leaves: &'static str,
    /// Takes, at most 12 cells.
    pub takes_short: &'static str,
    /// Makes, at most 12 cells.
    pub makes_short: &'static str,
    /// Does what the row says, at most 12 cells.
    pub does_short: &'static str,

    /// Name of the page for another address.
    pub readdress: &'static str,
    /// What it does.
    pub readdress_told: &'static str,
    /// Label of the old address.
    pub old: &'static str,
    /// Label of the new address.
    pub new: &'static str,
    /// The row that looks.
    pub look: &'static str,
    /// Looks, at most 12 cells.
    pub look_short: &'static str,
    /// So many use it, so many are marked.
    pub found: fn(usize, usize) -> String,
    /// What to do with them.
    pub found_told: &'static str,
    /// Nobody uses it.
    pub nobody: &'static str,
    /// Where was looked.
    pub nobody_told: &'static str,
    /// Enter: writes so many.
    pub writes: fn(usize) -> String,
    /// Writes, at most 12 cells.
    pub writes_short: &'static str,
}

/// English.
pub const EN: Text = Text {
    title: "Many mailboxes at once",
    told: "Type addresses or paste a list, parted by lines or commas.",
    address: "Address",
    passwords: "Make a password for each",
    make: |count| match count {
        1 => "Make 1 mailbox".to_owned(),
        _ => format!("Make {count} mailboxes"),
    },
    empty: "Empty the list",
    none: "Nothing yet. Nothing is written before you say so.",
    on: "go on",
    takes: "add to the list",
    switches: "yes or no",
    makes: "make and save",
    empties: "empty it",
    leaves: "leave it out, or not",
    takes_short: "add",
    makes_short: "make",
    does_short: "choose",
    readdress: "Replace a mail address",
    readdress_told: "Finds every entry that uses an address: as user name, in its fields, or as the mailbox that resets it. Notes are not looked into.",
    old: "Old address",
    new: "New address",
    look: "Look who uses it",
    look_short: "look",
    found: |all, marked| match all {
        1 => format!("1 entry uses it, {marked} marked"),
        _ => format!("{all} entries use it, {marked} marked"),
    },
    found_told: "Change the address at each site first (o opens it). Mark those that have it with Space; the others wait.",
    nobody: "No entry uses the old address any more.",
    nobody_told: "User names, fields and links were looked into; notes were not.",
    writes: |count| match count {
        1 => "write the new address".to_owned(),
        _ => format!("write it into {count}"),
    },
    writes_short: "write",
};

/// Japanese.
pub const JA: Text = Text {
    title: "メールボックスをまとめて作る",
    told: "アドレスを入力するか、一覧を貼り付けます（改行かコンマ区切り）。",
    address: "アドレス",
    passwords: "それぞれにパスワードを作る",
    make: |count| format!("メールボックスを {count} 件作る"),
    empty: "一覧を空にする",
    none: "一覧はまだ空です。決めるまで、何も書き込みません。",
    on: "進む",
    takes: "一覧に加える",
    switches: "する / しない",
    makes: "作って保存",
    empties: "空にする",
    leaves: "除く / 入れる",
    takes_short: "加える",
    makes_short: "作る",
    does_short: "決定",
    readdress: "メールアドレスの置き換え",
    readdress_told: "アドレスを使っているアイテムを、ユーザー名、項目、再設定メールのつながりから探します。メモの中は探しません。",
    old: "古いアドレス",
    new: "新しいアドレス",
    look: "使っているものを探す",
    look_short: "探す",
    found: |all, marked| format!("使っているもの {all} 件、印 {marked} 件"),
    found_told: "先に各サイトでアドレスを変えてください（o で開く）。変えたものに Space で印を付けます。残りは後でもできます。",
    nobody: "古いアドレスを使っているアイテムは、もうありません。",
    nobody_told: "ユーザー名、項目、つながりを調べました。メモは調べていません。",
    writes: |count| match count {
        1 => "新しいアドレスを書く".to_owned(),
        _ => format!("{count} 件に書く"),
    },
    writes_short: "書く",
};
