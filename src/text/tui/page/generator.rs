//! The generator, in both languages.

use crate::ops::generate::{Class, List};
use crate::tui::page::generator::price::Span;
use crate::tui::page::generator::recipe::{Row, Type};

/// What keys do here, in short.
#[derive(Debug)]
pub struct Does {
    /// Put it in the field.
    pub into_field: &'static str,
    /// Copy and close.
    pub copy_close: &'static str,
    /// Another one.
    pub another: &'static str,
}

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
    /// Whose password was copied, for the toast.
    pub copied: &'static str,
    /// What keys do.
    pub does: Does,
    /// At the password: how to change it.
    pub hint_made: &'static str,
    /// At a value that is chosen.
    pub hint_choice: &'static str,
    /// At a value that is on or off.
    pub hint_switch: &'static str,
    /// At a text.
    pub hint_text: &'static str,
    /// A type.
    pub kind: fn(Type) -> &'static str,
    /// Label of an option; of the length by type.
    pub label: fn(Row, Type) -> &'static str,
    /// The least number of a class.
    pub least: fn(Option<u16>) -> String,
    /// Which words.
    pub list: fn(List) -> &'static str,
    /// The rules: none, presets, typed.
    pub rules: &'static [&'static str],
    /// All symbols.
    pub all_symbols: &'static str,
    /// Nothing is typed.
    pub nothing: &'static str,
    /// An example of rules.
    pub rules_example: &'static str,
    /// After the strength of a weak one.
    pub limited: &'static str,
    /// Above the times.
    pub guessed: &'static str,
    /// A guess at this vault takes so many milliseconds.
    pub vault: fn(u64) -> String,
    /// A site that keeps passwords badly.
    pub site: &'static str,
    /// A time.
    pub span: fn(Span) -> String,
    /// Above those of before.
    pub past: &'static str,
    /// None yet.
    pub no_past: &'static str,
    /// Shown instead of the password until the next key.
    pub masked: &'static str,
    /// Seconds ago.
    pub ago: fn(u64) -> String,
}

fn tenths(ms: u64) -> String {
    let tenths = (ms + 50) / 100;
    if tenths == 0 { "0.1".to_owned() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// English.
pub const EN: Text = Text {
    title: "Password generator",
    copied: "the generator",
    does: Does { into_field: "use it", copy_close: "copy, close", another: "another" },
    hint_made: "Left/Right: length   1-4: type   Down: options",
    hint_choice: "Left/Right or Space: change",
    hint_switch: "Space: on, off",
    hint_text: "type it, or leave it empty",
    kind: |kind| match kind {
        Type::Random => "random",
        Type::Words => "words",
        Type::Pin => "PIN",
        Type::Pronounceable => "pronounceable",
    },
    label: |row, kind| match row {
        Row::Type => "Type",
        Row::Length if kind == Type::Words => "Words",
        Row::Length if kind == Type::Pin => "Digits",
        Row::Length => "Length",
        Row::Rule => "Site's rules",
        Row::RuleText => "Rules",
        Row::Class(Class::Lower) => "Small a-z",
        Row::Class(Class::Upper) => "Capital A-Z",
        Row::Class(Class::Digit) => "Digits 0-9",
        Row::Class(Class::Symbol) => "Symbols",
        Row::Symbols => "Which ones",
        Row::Exclude => "Never use",
        Row::Similar => "Avoid 0O 1lI",
        Row::List => "Language",
        Row::Separator => "Between",
        Row::Capital => "Capitals",
        Row::Digit => "A digit",
    },
    least: |least| match least {
        None => "none".to_owned(),
        Some(0) => "some or none".to_owned(),
        Some(least) => format!("at least {least}"),
    },
    list: |list| match list {
        List::En => "English",
        List::Ja => "Japanese (romaji)",
        List::Both => "both",
    },
    rules: &[
        "none",
        "8-16 letters and digits",
        "8-20 with -_.!",
        "8-32 small letters and digits",
        "6-12 letters and digits",
        "12-72 of everything",
        "as I type them",
    ],
    all_symbols: "all",
    nothing: "nothing",
    rules_example: "minlength: 8; required: lower; required: digit",
    limited: ", only where tries are limited",
    guessed: "Guessed on average, by 10,000 computers like this one:",
    vault: |ms| format!("as master password, {} s a guess", tenths(ms)),
    site: "stolen from a careless site",
    span: |span| match span {
        Span::Moment => "in no time".to_owned(),
        Span::Seconds(number) => format!("{number} s"),
        Span::Minutes(number) => format!("{number} min"),
        Span::Hours(number) => format!("{number} hours"),
        Span::Days(number) => format!("{number} days"),
        Span::Years(number) => format!("{} years", thousands(number)),
        Span::Ages => "1,000,000+ years".to_owned(),
    },
    past: "Made in this session",
    no_past: "r makes another one and keeps this here, until the vault locks.",
    masked: "(hidden: press any key)",
    ago: |seconds| match seconds {
        0..5 => "just now".to_owned(),
        5..60 => format!("{seconds} s ago"),
        60..3600 => format!("{} min ago", seconds / 60),
        _ => format!("{} h ago", seconds / 3600),
    },
};

/// Japanese.
pub const JA: Text = Text {
    title: "パスワード生成",
    copied: "生成した",
    does: Does {
        into_field: "これを使う", copy_close: "コピーして閉じる", another: "別のもの"
    },
    hint_made: "Left/Right: 長さ   1-4: 種類   Down: 設定",
    hint_choice: "Left/Right または Space: 変更",
    hint_switch: "Space: 入/切",
    hint_text: "入力、または空のまま",
    kind: |kind| match kind {
        Type::Random => "ランダム",
        Type::Words => "単語",
        Type::Pin => "暗証番号",
        Type::Pronounceable => "発音できる",
    },
    label: |row, kind| match row {
        Row::Type => "種類",
        Row::Length if kind == Type::Words => "単語の数",
        Row::Length if kind == Type::Pin => "桁数",
        Row::Length => "長さ",
        Row::Rule => "サイトの条件",
        Row::RuleText => "条件",
        Row::Class(Class::Lower) => "小文字 a-z",
        Row::Class(Class::Upper) => "大文字 A-Z",
        Row::Class(Class::Digit) => "数字 0-9",
        Row::Class(Class::Symbol) => "記号",
        Row::Symbols => "使う記号",
        Row::Exclude => "使わない文字",
        Row::Similar => "0O 1lI を避ける",
        Row::List => "言語",
        Row::Separator => "区切り",
        Row::Capital => "頭を大文字に",
        Row::Digit => "数字を 1 つ",
    },
    least: |least| match least {
        None => "使わない".to_owned(),
        Some(0) => "なくてもよい".to_owned(),
        Some(least) => format!("{least} 文字以上"),
    },
    list: |list| match list {
        List::En => "英語",
        List::Ja => "日本語 (ローマ字)",
        List::Both => "両方",
    },
    rules: &[
        "なし",
        "8-16 文字 英大小文字と数字",
        "8-20 文字 記号 -_.! も",
        "8-32 文字 英小文字と数字",
        "6-12 文字 英字と数字",
        "12-72 文字 全種類",
        "自分で入力",
    ],
    all_symbols: "すべて",
    nothing: "なし",
    rules_example: "例 minlength: 8; required: lower; required: digit",
    limited: "、回数制限のある所だけに",
    guessed: "このPC 1 万台で総当たりされたときの平均:",
    vault: |ms| format!("マスターパスワードなら (1 回 {} 秒)", tenths(ms)),
    site: "管理の甘いサイトから盗まれたら",
    span: |span| match span {
        Span::Moment => "一瞬".to_owned(),
        Span::Seconds(number) => format!("{number} 秒"),
        Span::Minutes(number) => format!("{number} 分"),
        Span::Hours(number) => format!("{number} 時間"),
        Span::Days(number) => format!("{number} 日"),
        Span::Years(number) if number >= 10_000 => format!("{} 万年", number / 10_000),
        Span::Years(number) => format!("{number} 年"),
        Span::Ages => "100 万年以上".to_owned(),
    },
    past: "今回生成したもの",
    no_past: "r で別のものを作ると、これはロックするまでここに残ります。",
    masked: "(非表示: 何かキーを押してください)",
    ago: |seconds| match seconds {
        0..5 => "たった今".to_owned(),
        5..60 => format!("{seconds} 秒前"),
        60..3600 => format!("{} 分前", seconds / 60),
        _ => format!("{} 時間前", seconds / 3600),
    },
};
