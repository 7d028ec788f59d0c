//! Errors of changes, names, recipes, codes and the clipboard.

use super::{Problem, both, said};
use crate::config::Wanted;
use crate::ops::change::ChangeError;
use crate::ops::generate::{Class, GenerateError, RecipeError};
use crate::ops::import::ImportError;
use crate::ops::reference::ReferenceError;
use crate::ops::totp::OtpError;
use crate::platform::clipboard::{CopyError, Reason};
use crate::text::{Lang, catalog};

pub(super) fn change(lang: Lang, error: &ChangeError) -> Problem {
    let none_en = "Nothing was changed.";
    let none_ja = "何も変更していません。";
    match error {
        ChangeError::NoSuchEntry => both(
            lang,
            "E0601",
            said("the entry is not there any more", none_en),
            said("そのアイテムはもうありません", none_ja),
        ),
        ChangeError::TooLong { tag, len, max } => {
            let what = (catalog(lang).cli.say.tag)(*tag);
            both(
                lang,
                "E0602",
                said(format!("too long: {what} has {len} bytes, {max} are allowed"), none_en),
                said(format!("長すぎます: {what} は {len} バイトで、上限は {max} バイトです"), none_ja),
            )
        }
        ChangeError::Shape(_) => both(
            lang,
            "E0603",
            said("a value is not text", none_en),
            said("文字ではない値があります", none_ja),
        ),
        ChangeError::Worn => both(
            lang,
            "E0605",
            said(
                "this entry was changed some 65,000 times, and a file holds no more of one",
                "Nothing was changed. Go on with a copy, which begins without history: mamori clone ENTRY",
            ),
            said(
                "このアイテムの変更は約 65,000 回に達し、これ以上は記録できません",
                "何も変更していません。履歴のない写しを作って続けてください: mamori clone アイテム",
            ),
        ),
        ChangeError::Full => both(
            lang,
            "E0604",
            said("a vault holds at most 1,000,000 entries", none_en),
            said("1 つの保管庫に入るのは 1,000,000 件までです", none_ja),
        ),
        ChangeError::ReadOnly => super::vault::seal(lang, crate::session::SealError::ReadOnly),
    }
}

pub(super) fn reference(lang: Lang, error: &ReferenceError) -> Problem {
    match error {
        ReferenceError::NoSuchEntry { name } => both(
            lang,
            "E0701",
            said(
                format!("there is no entry '{name}'"),
                "Names are exact. Look for it with 'mamori list WORD'.",
            ),
            said(
                format!("「{name}」というアイテムはありません"),
                "名前は完全に一致する必要があります。mamori list 語 で探せます。",
            ),
        ),
        ReferenceError::InTrash { name } => both(
            lang,
            "E0702",
            said(format!("'{name}' is in the trash"), "Take it out first: mamori restore ENTRY"),
            said(format!("「{name}」はごみ箱の中です"), "先に戻してください: mamori restore アイテム"),
        ),
        ReferenceError::NotInTrash { name } => both(
            lang,
            "E0708",
            said(
                format!("'{name}' is not in the trash"),
                "To go back to an earlier state: mamori restore ENTRY --to REVISION",
            ),
            said(
                format!("「{name}」はごみ箱に入っていません"),
                "過去の状態に戻すには: mamori restore アイテム --to 番号",
            ),
        ),
        ReferenceError::Ambiguous { name, candidates } => {
            let list: Vec<String> =
                candidates.iter().map(|(path, id)| format!("  {id}  {}", one_line(path))).collect();
            let list = list.join("\n");
            both(
                lang,
                "E0703",
                said(
                    format!("several entries are called '{name}'; nothing was changed"),
                    format!("Name one by its id or whole path:\n{list}"),
                ),
                said(
                    format!("「{name}」というアイテムがいくつもあります。何も変更していません"),
                    format!("ID かパス全体で指定してください:\n{list}"),
                ),
            )
        }
        ReferenceError::NoSuchField { name, have } => {
            let have: Vec<String> = have.iter().map(|one| one_line(one)).collect();
            both(
                lang,
                "E0704",
                said(format!("the entry has no field '{name}'"), format!("It has: {}", have.join(", "))),
                said(
                    format!("アイテムに「{name}」という項目はありません"),
                    format!("ある項目: {}", have.join("、")),
                ),
            )
        }
        ReferenceError::NoSuchFile { name, have } => no_such_file(lang, name, have),
        ReferenceError::AmbiguousFile { name, candidates } => {
            let list: Vec<String> = candidates.iter().map(|id| format!("  {id}")).collect();
            both(
                lang,
                "E0713",
                said(
                    format!("several attachments are called '{name}'"),
                    format!("Name one by its id:\n{}", list.join("\n")),
                ),
                said(
                    format!("「{name}」という添付がいくつもあります"),
                    format!("ID で指定してください:\n{}", list.join("\n")),
                ),
            )
        }
        ReferenceError::AmbiguousField { name, candidates } => {
            let list: Vec<String> = candidates.iter().map(|id| format!("  #{id}")).collect();
            both(
                lang,
                "E0709",
                said(
                    format!("several fields are called '{name}'"),
                    format!("Name one by its id:\n{}", list.join("\n")),
                ),
                said(
                    format!("「{name}」という項目がいくつもあります"),
                    format!("ID で指定してください:\n{}", list.join("\n")),
                ),
            )
        }
    }
}

fn no_such_file(lang: Lang, name: &str, have: &[String]) -> Problem {
    let have: Vec<String> = have.iter().map(|one| one_line(one)).collect();
    let (en, ja) = match (name, have.is_empty()) {
        (_, true) => ("the entry has no attachment".to_owned(), "アイテムに添付はありません".to_owned()),
        ("", false) => {
            ("the entry has several attachments".to_owned(), "アイテムに添付がいくつもあります".to_owned())
        }
        (name, false) => (
            format!("the entry has no attachment '{name}'"),
            format!("アイテムに「{name}」という添付はありません"),
        ),
    };
    let hint = match have.is_empty() {
        true => (
            "Put one in: mamori attach ENTRY FILE".to_owned(),
            "入れるには: mamori attach アイテム ファイル".to_owned(),
        ),
        false => {
            (format!("Name one: {}", have.join(", ")), format!("名前を指定してください: {}", have.join("、")))
        }
    };
    both(lang, "E0712", said(en, hint.0), said(ja, hint.1))
}

/// A name inside a list of several lines must not make a line of its own.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

pub(super) fn recipe(lang: Lang, error: &RecipeError) -> Problem {
    let (en, ja) = match error {
        RecipeError::TooLong => ("the recipe is too long".into(), "レシピが長すぎます".into()),
        RecipeError::Kind(what) => (
            format!("there is no kind of password '{what}'"),
            format!("「{what}」という種類のパスワードはありません"),
        ),
        RecipeError::Number(what) => {
            (format!("'{what}' is no number here"), format!("「{what}」は数として使えません"))
        }
        RecipeError::Option(what) => {
            (format!("'{what}' cannot stand here"), format!("「{what}」は条件に使えません"))
        }
        RecipeError::Twice(what) => {
            (format!("'{what}' stands there twice"), format!("「{what}」が 2 回あります"))
        }
        RecipeError::Lengths(least, most) => (
            format!("at least {least} characters, and at most {most}: none is both"),
            format!("{least} 文字以上で {most} 文字以下のものはありません"),
        ),
        RecipeError::TooManySets => {
            ("more than six sets of characters are required".into(), "必須の文字の組は 6 つまでです".into())
        }
        RecipeError::Backslash => (
            "a backslash stands before something else than , or \\".into(),
            "\\ の後には , か \\ だけを書けます".into(),
        ),
    };
    both(
        lang,
        "E1001",
        said(en, "For example random:20,upper>=1,digit>=2,no-symbol or words:5. See mamori generate --help"),
        said(ja, "例: random:20,upper>=1,digit>=2,no-symbol や words:5。mamori generate --help を参照"),
    )
}

pub(super) fn generate(lang: Lang, error: GenerateError) -> Problem {
    let (en, ja) = match error {
        GenerateError::Length { given, least, most } => (
            format!("{given} is outside {least} to {most}"),
            format!("{given} は {least} から {most} の範囲にありません"),
        ),
        GenerateError::MinimumsOverLength { sum, length } => (
            format!("the least numbers ask for {sum} characters, the length is {length}"),
            format!("最低の数の合計 {sum} 文字が、長さ {length} 文字を超えています"),
        ),
        GenerateError::EmptyClass(class) => {
            let (en, ja) = match class {
                Class::Lower => ("lower case letters", "小文字"),
                Class::Upper => ("upper case letters", "大文字"),
                Class::Digit => ("digits", "数字"),
                Class::Symbol => ("symbols", "記号"),
            };
            (
                format!("none of the {en} that are asked for is allowed"),
                format!("求められている{ja}が 1 つも使えません"),
            )
        }
        GenerateError::NothingAllowed => {
            ("no character is allowed at all".into(), "使える文字が 1 つもありません".into())
        }
        GenerateError::NotASymbol(what) => {
            (format!("'{what}' is no symbol"), format!("「{what}」は記号ではありません"))
        }
        GenerateError::Separator => (
            "the separator is too long, or holds a control character or a digit".into(),
            "区切りが長すぎるか、制御文字や数字を含んでいます".into(),
        ),
        GenerateError::Entropy(_) => {
            ("the system gives no random bytes".into(), "システムから乱数を得られません".into())
        }
    };
    both(lang, "E1002", said(en, ""), said(ja, ""))
}

pub(super) fn otp(lang: Lang, error: OtpError) -> Problem {
    let (en, ja) = match error {
        OtpError::TooLong => ("it is too long", "長すぎます"),
        OtpError::NoKey => ("it holds no key", "鍵がありません"),
        OtpError::NotBase32 => ("the key is not base32", "鍵が Base32 ではありません"),
        OtpError::Kind => ("it is neither totp nor hotp", "totp でも hotp でもありません"),
        OtpError::Algorithm => ("its algorithm is not known", "アルゴリズムが分かりません"),
        OtpError::Digits => ("codes have 6, 7 or 8 digits", "コードは 6、7、8 桁のどれかです"),
        OtpError::Period => ("its period is out of bounds", "周期が範囲外です"),
        OtpError::Counter => ("its counter is missing or no number", "カウンターがないか、数ではありません"),
        OtpError::Damaged => ("the address is damaged", "アドレスが壊れています"),
        OtpError::Twice => ("a parameter is there twice", "同じ指定が 2 回あります"),
    };
    both(
        lang,
        "E1003",
        said(
            format!("this is no one-time code key: {en}"),
            "It is an otpauth:// address, or letters and digits such as JBSW Y3DP.",
        ),
        said(
            format!("ワンタイムコードの鍵として使えません: {ja}"),
            "otpauth:// で始まるアドレスか、JBSW Y3DP のような英数字です。",
        ),
    )
}

pub(super) fn import(lang: Lang, error: &ImportError, path: &str) -> Problem {
    let fault = crate::text::import::fault(lang, &error.what);
    let at_en = error.line.map_or_else(String::new, |line| format!(", line {line}"));
    let at_ja = error.line.map_or_else(String::new, |line| format!(" の {line} 行目"));
    both(
        lang,
        "E0901",
        said(format!("{path}{at_en}: {fault}"), "Nothing was imported."),
        said(format!("{path}{at_ja}: {fault}"), "何も取り込んでいません。"),
    )
}

pub(super) fn copy(lang: Lang, error: &CopyError) -> Problem {
    let print_en = "Print it instead: mamori get ENTRY";
    let print_ja = "代わりに出力できます: mamori get アイテム";
    match error {
        CopyError::NoRoute(reason) => {
            let (en, ja) = match reason {
                Reason::Setting => ("copying is switched off in the settings", "設定でコピーが無効です"),
                Reason::TmuxOff => (
                    "tmux does not pass the clipboard on (set-clipboard off)",
                    "tmux がクリップボードを渡しません (set-clipboard off)",
                ),
                Reason::TmuxDetached => (
                    "nobody is attached to this tmux session",
                    "この tmux セッションには誰も接続していません",
                ),
                Reason::NoTmux => ("tmux does not answer", "tmux が応答しません"),
                Reason::TerminalRefuses => (
                    "this terminal has no way to set the clipboard",
                    "この端末にはクリップボードに入れる方法がありません",
                ),
                Reason::NoDisplay => (
                    "neither a display nor a terminal with a clipboard was found",
                    "画面もクリップボードのある端末も見つかりません",
                ),
            };
            both(lang, "E1101", said(en, print_en), said(ja, print_ja))
        }
        CopyError::TooLong { limit } => both(
            lang,
            "E1102",
            said(format!("too long to copy this way: at most {limit} bytes"), print_en),
            said(format!("この方法でコピーできるのは {limit} バイトまでです"), print_ja),
        ),
        CopyError::Display => both(
            lang,
            "E1103",
            said("the display does not answer, so nothing was copied", print_en),
            said("画面が応答しないため、コピーしていません", print_ja),
        ),
        CopyError::Program(_) => both(
            lang,
            "E1104",
            said("a program that is needed to copy failed", print_en),
            said("コピーに必要なプログラムが失敗しました", print_ja),
        ),
        CopyError::Terminal(_) => both(
            lang,
            "E1105",
            said("the terminal takes no output, so nothing was copied", print_en),
            said("端末に出力できないため、コピーしていません", print_ja),
        ),
    }
}

/// What a setting takes.
fn takes(lang: Lang, wanted: Wanted) -> String {
    let (en, ja) = match wanted {
        Wanted::OneOf(words) => {
            let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
            let (last, first) =
                quoted.split_last().map_or(("", &[][..]), |(last, first)| (last.as_str(), first));
            return match lang {
                Lang::En => format!("{} or {last}", first.join(", ")),
                Lang::Ja => quoted.join("、"),
            };
        }
        Wanted::Flag => ("true or false", "true か false"),
        Wanted::Path => ("a path in quotes", "引用符で囲んだパス"),
        Wanted::Seconds => ("a number of seconds", "秒数"),
        Wanted::Limit => ("seconds, 1 to 600", "秒数 (1 から 600)"),
        Wanted::Table => ("a table", "表 (例: [keys] の下に 1 行ずつ)"),
        Wanted::Keys => {
            ("a list of keys, such as [\"c\", \"ctrl+y\"]", "キーの一覧 (例: [\"c\", \"ctrl+y\"])")
        }
        Wanted::Days => ("a number of days, 0 (never) to 3650", "日数 (0 は変えない、3650 まで)"),
        Wanted::Rule => (
            "a rule, such as \"minlength: 8; required: digit\"",
            "条件 (例: \"minlength: 8; required: digit\")",
        ),
        Wanted::Program => (
            "a list such as [\"/path/to/program\", \"{user}\"]",
            "一覧 (例: [\"/path/to/program\", \"{user}\"])",
        ),
        Wanted::Kinds => ("a list of kinds, such as [\"website\"]", "種類の一覧 (例: [\"website\"])"),
        Wanted::Entries => ("a list of titles, paths or ids", "タイトル、パス、ID の一覧"),
        Wanted::Exit => ("an exit code, 0 to 255", "終了コード (0 から 255)"),
    };
    match lang {
        Lang::En => en.to_owned(),
        Lang::Ja => ja.to_owned(),
    }
}

/// One mistake in the settings, on one line.
pub(super) fn mistake(lang: Lang, mistake: &crate::config::Mistake) -> String {
    use crate::config::Problem as Wrong;
    let words = match (lang, &mistake.problem) {
        (Lang::En, Wrong::Syntax { .. }) => "not valid TOML".to_owned(),
        (Lang::En, Wrong::Type { name, wanted }) => format!("{name}: needs {}", takes(lang, *wanted)),
        (Lang::En, one) => one.to_string(),
        (Lang::Ja, Wrong::Syntax { .. }) => "TOML として読めません".to_owned(),
        (Lang::Ja, Wrong::Unknown(name)) => format!("{name}: そのような設定はありません"),
        (Lang::Ja, Wrong::Type { name, wanted }) => format!("{name}: 使える値: {}", takes(lang, *wanted)),
        (Lang::Ja, Wrong::KeyCommand(name)) => format!("keys.{name}: そのようなコマンドはありません"),
        (Lang::Ja, Wrong::NotAKey(text)) => format!("keys: {text} はキーとして読めません"),
        (Lang::Ja, Wrong::KeyClash(one, other, keys)) => {
            format!("keys: {one} と {other} のキーが重なっています: {keys}")
        }
        (Lang::Ja, Wrong::Range { name, least, most }) => format!("{name}: {least} から {most} まで"),
    };
    match (lang, mistake.line) {
        (_, None) => words,
        (Lang::En, Some(line)) => format!("line {line}: {words}"),
        (Lang::Ja, Some(line)) => format!("{line} 行目: {words}"),
    }
}

pub(super) fn settings(lang: Lang, mistakes: &[crate::config::Mistake], path: &str) -> Problem {
    let lines: Vec<String> = mistakes.iter().map(|one| format!("  {}", mistake(lang, one))).collect();
    both(
        lang,
        "E0819",
        said(format!("the settings in {path} cannot be used"), lines.join("\n")),
        said(format!("{path} の設定に問題があります"), lines.join("\n")),
    )
}
