//! The form of an entry, in both languages.

use crate::model::Relation;
use crate::ops::totp::OtpError;
use crate::tui::page::form::{Item, Problem};

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name, of an entry that is there.
    pub title: &'static str,
    /// Its name, of a new entry.
    pub title_new: &'static str,
    /// The question for the kind.
    pub which_kind: &'static str,
    /// The title of an entry.
    pub name: &'static str,
    /// What the site asks of passwords.
    pub rule: &'static str,
    /// The interval of changes.
    pub interval: &'static str,
    /// The reading.
    pub reading: &'static str,
    /// Other names.
    pub aliases: &'static str,
    /// Links.
    pub link: &'static str,
    /// An attachment.
    pub file: &'static str,
    /// One more address.
    pub add_address: &'static str,
    /// One more field.
    pub add_field: &'static str,
    /// One more link.
    pub add_link: &'static str,
    /// One more attachment.
    pub add_file: &'static str,
    /// The button that saves.
    pub save: &'static str,
    /// The same in the footer.
    pub save_short: &'static str,
    /// Enter at a row that adds one, at most 12 cells.
    pub add_word: &'static str,
    /// Enter in a text of several lines, at most 12 cells.
    pub line_word: &'static str,
    /// Enter at the button of a menu, at most 12 cells.
    pub menu_word: &'static str,
    /// No, of a row that is yes or no.
    pub no: &'static str,
    /// What an empty row may take, for the row with the focus.
    pub hint_password: &'static str,
    /// The same of the one-time code.
    pub hint_code: &'static str,
    /// The same of tags and other names.
    pub hint_list: &'static str,
    /// The same of the folder.
    pub hint_folder: &'static str,
    /// The same of the expiry.
    pub hint_day: &'static str,
    /// The same of the rule.
    pub hint_rule: &'static str,
    /// The same of the interval.
    pub hint_interval: &'static str,
    /// The same of the reading.
    pub hint_reading: &'static str,
    /// A secret that is saved and not opened.
    pub as_it_was: &'static str,
    /// The code of a key that is typed: code and seconds left, if it goes by time.
    pub code_now: fn(&str, Option<u32>) -> String,
    /// The entry that a link led to is gone.
    pub gone: &'static str,
    /// A size in bytes.
    pub size: fn(usize) -> String,
    /// What is wrong with a row.
    pub problem: fn(Problem) -> &'static str,
    /// An item of a menu.
    pub item: fn(Item) -> &'static str,
    /// A relation.
    pub relation: fn(Relation) -> &'static str,
    /// Heading of the menu of a field.
    pub menu: &'static str,
    /// Asks for the name of a new field.
    pub ask_field: &'static str,
    /// Asks for another name.
    pub ask_rename: &'static str,
    /// Asks which code of a moved telephone.
    pub which_account: &'static str,
    /// Asks for the entry that a link leads to.
    pub which_entry: &'static str,
    /// Keys there.
    pub pick_keys: &'static str,
    /// The same where an entry is chosen for anything else.
    pub choose_keys: &'static str,
    /// Asks how two entries hang together.
    pub which_relation: &'static str,
    /// Heading of the offer of a draft.
    pub draft: &'static str,
    /// What is offered: title and time.
    pub draft_of: fn(&str, &str) -> String,
    /// A draft without a title.
    pub draft_untitled: &'static str,
    /// Lines of a text that is hidden.
    pub hidden_lines: fn(usize) -> String,
}

/// English.
pub const EN: Text = Text {
    title: "Edit",
    title_new: "New",
    which_kind: "What kind of entry?",
    name: "Title",
    rule: "Password rule",
    interval: "Change (days)",
    reading: "Reading",
    aliases: "Other names",
    link: "Link",
    file: "File",
    add_address: "+ Address",
    add_field: "+ Field",
    add_link: "+ Link to another entry",
    add_file: "+ Attach a file",
    save: "Save",
    save_short: "save",
    add_word: "add",
    line_word: "new line",
    menu_word: "menu",
    no: "no",
    hint_password: "Ctrl-R generates one",
    hint_code: "key, otpauth:// or otpauth-migration://",
    hint_list: "commas between them",
    hint_folder: "for example bank/japan",
    hint_day: "2027-03-31",
    hint_rule: "such as minlength: 8; required: digit",
    hint_interval: "days (0 is never); empty: as its kind",
    hint_reading: "how it is said, for searching",
    as_it_was: "F3 shows it",
    code_now: |code, left| match left {
        Some(left) => format!("code now: {code}, next in {left} s"),
        None => format!("next code: {code}"),
    },
    gone: "(deleted entry)",
    size: |bytes| match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KiB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MiB", bytes >> 20, (bytes >> 10) % 1024 * 10 / 1024),
    },
    problem: |problem| match problem {
        Problem::NoTitle => "Give it a title.",
        Problem::NoName => "Give it a name.",
        Problem::TooLong => "Too long.",
        Problem::NoDay => "Not a day: write it as 2027-03-31.",
        Problem::NoRule => "Not a rule, or one that no password fits.",
        Problem::NoDays => "Not a number of days from 0 to 3650.",
        Problem::NoKey(error) => match error {
            OtpError::TooLong => "Too long for a key.",
            OtpError::NoKey => "There is no key in it.",
            OtpError::NotBase32 => "Not a key: A to Z and 2 to 7 only, and none missing.",
            OtpError::Kind => "Neither totp nor hotp.",
            OtpError::Algorithm => "Its algorithm is not known here.",
            OtpError::Digits => "Codes have 6, 7 or 8 digits.",
            OtpError::Period => "Its period is out of bounds.",
            OtpError::Counter => "Its counter is missing.",
            OtpError::Damaged => "The address is damaged: copy it again.",
            OtpError::Twice => "The same part is in it twice.",
        },
        Problem::Damaged => "What is saved here is damaged. Type it anew, or leave it.",
        Problem::NoFile => "No such file.",
    },
    item: |item| match item {
        Item::Rename => "Rename",
        Item::MakeSecret => "Make it a secret",
        Item::MakePlain => "Show it to everybody who opens the entry",
        Item::Lines => "Several lines",
        Item::OneLine => "One line",
        Item::Up => "Move up",
        Item::Down => "Move down",
        Item::Remove => "Remove",
        Item::WriteOut => "Write it to a file",
        Item::Keep => "Back",
        Item::AllAccounts => "This first one here, each other as an entry of its own",
        Item::TakeUp => "Go on with it",
        Item::Discard => "Throw it away",
        Item::Later => "Later",
        Item::Kind(_) | Item::Relation(_) | Item::Account(_) => "",
    },
    relation: |relation| match relation {
        Relation::ResetsThrough => "password is reset through",
        Relation::ControlledBy => "is controlled by",
        Relation::HostedOn => "lies on the server",
        Relation::RegisteredAt => "is registered at",
        Relation::Other(_) => "hangs on",
    },
    menu: "This row",
    ask_field: "Name of the new field",
    ask_rename: "New name",
    which_account: "Which account is this?",
    which_entry: "Which entry?",
    pick_keys: "Enter link  Esc cancel",
    choose_keys: "Enter choose  Esc cancel",
    which_relation: "How do they hang together? This entry:",
    draft: "Not finished",
    draft_of: |title, when| format!("\"{title}\" was not saved. What you typed until {when} is here."),
    draft_untitled: "A new entry",
    hidden_lines: |lines| if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") },
};

/// Japanese.
pub const JA: Text = Text {
    title: "編集",
    title_new: "新規",
    which_kind: "種類を選んでください",
    name: "タイトル",
    rule: "パスワード規則",
    interval: "変更間隔 (日)",
    reading: "よみ",
    aliases: "別名",
    link: "つながり",
    file: "ファイル",
    add_address: "+ アドレス",
    add_field: "+ 項目",
    add_link: "+ ほかのアイテムとのつながり",
    add_file: "+ ファイルを添付",
    save: "保存",
    save_short: "保存",
    add_word: "加える",
    line_word: "改行",
    menu_word: "メニュー",
    no: "いいえ",
    hint_password: "Ctrl-R で生成",
    hint_code: "鍵、otpauth://、otpauth-migration://",
    hint_list: "コンマで区切る",
    hint_folder: "例: 銀行/日本",
    hint_day: "2027-03-31",
    hint_rule: "例: minlength: 8; required: digit",
    hint_interval: "日数 (0 は変えない)。空なら種類の間隔",
    hint_reading: "検索に使うかな",
    as_it_was: "F3 で表示",
    code_now: |code, left| match left {
        Some(left) => format!("今のコード: {code} (次まで {left} 秒)"),
        None => format!("次のコード: {code}"),
    },
    gone: "(削除されたアイテム)",
    size: |bytes| match bytes {
        0..1024 => format!("{bytes} バイト"),
        1024..1_048_576 => format!("{} KiB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MiB", bytes >> 20, (bytes >> 10) % 1024 * 10 / 1024),
    },
    problem: |problem| match problem {
        Problem::NoTitle => "タイトルを入力してください。",
        Problem::NoName => "名前を入力してください。",
        Problem::TooLong => "長すぎます。",
        Problem::NoDay => "日付ではありません。2027-03-31 の形で入力してください。",
        Problem::NoRule => "規則として読めないか、合うパスワードがありません。",
        Problem::NoDays => "日数ではありません。0 から 3650 の数を入力してください。",
        Problem::NoKey(error) => match error {
            OtpError::TooLong => "鍵としては長すぎます。",
            OtpError::NoKey => "鍵がありません。",
            OtpError::NotBase32 => {
                "鍵ではありません。使えるのは A～Z と 2～7 です。抜けもないか確かめてください。"
            }
            OtpError::Kind => "totp でも hotp でもありません。",
            OtpError::Algorithm => "このアルゴリズムは使えません。",
            OtpError::Digits => "コードは 6、7、8 桁のどれかです。",
            OtpError::Period => "周期が範囲外です。",
            OtpError::Counter => "カウンターがありません。",
            OtpError::Damaged => "アドレスが壊れています。もう一度コピーしてください。",
            OtpError::Twice => "同じ指定が 2 回あります。",
        },
        Problem::Damaged => "保存された値が壊れています。入力し直すか、そのままにしてください。",
        Problem::NoFile => "ファイルがありません。",
    },
    item: |item| match item {
        Item::Rename => "名前を変える",
        Item::MakeSecret => "秘密にする",
        Item::MakePlain => "秘密にしない",
        Item::Lines => "複数行にする",
        Item::OneLine => "1 行にする",
        Item::Up => "上へ",
        Item::Down => "下へ",
        Item::Remove => "取り除く",
        Item::WriteOut => "ファイルに書き出す",
        Item::Keep => "戻る",
        Item::AllAccounts => "最初のものをここに、残りはそれぞれ新しいアイテムに",
        Item::TakeUp => "続きから入力する",
        Item::Discard => "捨てる",
        Item::Later => "あとで",
        Item::Kind(_) | Item::Relation(_) | Item::Account(_) => "",
    },
    relation: |relation| match relation {
        Relation::ResetsThrough => "再設定メールの届く先",
        Relation::ControlledBy => "管理しているもの",
        Relation::HostedOn => "置いてあるサーバー",
        Relation::RegisteredAt => "登録先",
        Relation::Other(_) => "関係",
    },
    menu: "この行",
    ask_field: "新しい項目の名前",
    ask_rename: "新しい名前",
    which_account: "どのアカウントですか",
    which_entry: "どのアイテムですか",
    pick_keys: "Enter つなぐ  Esc 中止",
    choose_keys: "Enter 選ぶ  Esc 中止",
    which_relation: "どんなつながりですか",
    draft: "保存していない入力",
    draft_of: |title, when| format!("「{title}」は保存されていません。{when} までの入力が残っています。"),
    draft_untitled: "新しいアイテム",
    hidden_lines: |lines| format!("{lines} 行"),
};
