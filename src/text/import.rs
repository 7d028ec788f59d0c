//! What an import says: why a file was refused, what becomes of its rows, what a person should
//! know of single lines. Both faces use it.

use super::Lang;
use crate::ops::import::plan::{Counts, Fate, Part};
use crate::ops::import::{Encoding, ImportFault, NoticeKind, Source};

fn pick<T>(lang: Lang, en: T, ja: T) -> T {
    match lang {
        Lang::En => en,
        Lang::Ja => ja,
    }
}

/// The name of a format.
pub fn source(source: Source) -> &'static str {
    match source {
        Source::RoboFormCsv => "RoboForm CSV",
    }
}

/// The name of an encoding.
pub fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
        Encoding::Cp932 => "Shift_JIS (CP932)",
    }
}

/// Why a file was not imported.
pub fn fault(lang: Lang, fault: &ImportFault) -> String {
    match fault {
        ImportFault::FileTooLarge => {
            pick(lang, "the file is larger than 512 MiB", "ファイルが 512 MiB を超えています").to_owned()
        }
        ImportFault::Empty => pick(lang, "the file is empty", "ファイルが空です").to_owned(),
        ImportFault::NotText(with) => pick(
            lang,
            format!("this is not {} text", encoding(*with)),
            format!("{} の文字ではありません", encoding(*with)),
        ),
        ImportFault::UnknownFormat => pick(
            lang,
            "the first line is the header of no format that is known",
            "1 行目が、知っている形式の見出しではありません",
        )
        .to_owned(),
        ImportFault::ColumnTwice(name) => {
            pick(lang, format!("the column '{name}' is there twice"), format!("列「{name}」が 2 つあります"))
        }
        ImportFault::QuoteOpen => pick(
            lang,
            "a quotation mark that opens here is never closed",
            "ここで始まる引用符が閉じられていません",
        )
        .to_owned(),
        ImportFault::TextAfterQuote => pick(
            lang,
            "text stands right behind a closing quotation mark",
            "閉じた引用符のすぐ後に文字があります",
        )
        .to_owned(),
        ImportFault::Truncated => {
            pick(lang, "the file ends in the middle of this row", "ファイルがこの行の途中で終わっています")
                .to_owned()
        }
        ImportFault::Stopped => {
            pick(lang, "it was stopped; nothing was changed", "中止しました。何も変えていません").to_owned()
        }
        ImportFault::TooManyRows => {
            pick(lang, "there are more than 1,000,000 rows", "行が 1,000,000 を超えています").to_owned()
        }
        ImportFault::TooManyCells => {
            pick(lang, "a row has far too many cells", "列の数が多すぎる行があります").to_owned()
        }
        ImportFault::TooLong { column, most } => pick(
            lang,
            format!("the value in '{column}' is longer than {most} bytes"),
            format!("列「{column}」の値が {most} バイトを超えています"),
        ),
    }
}

/// What a person should know of one line.
pub fn notice(lang: Lang, notice: &NoticeKind) -> String {
    match notice {
        NoticeKind::EncodingGuessed(with) => pick(
            lang,
            format!("the file does not tell its encoding; it was read as {}", encoding(*with)),
            format!("文字コードの印がないため、{} として読みました", encoding(*with)),
        ),
        NoticeKind::TitleGuessed => pick(
            lang,
            "no name; the title was made from the address or the line",
            "名前がないため、アドレスか行番号をタイトルにしました",
        )
        .to_owned(),
        NoticeKind::ControlReplaced(what) => pick(
            lang,
            format!("control characters in '{what}' were replaced by spaces"),
            format!("「{what}」の制御文字を空白に置き換えました"),
        ),
        NoticeKind::Normalised(what) => pick(
            lang,
            format!("'{what}' was composed anew (NFC); it looks the same"),
            format!("「{what}」の文字を合成し直しました (NFC)。見た目は同じです"),
        ),
        NoticeKind::GuardUndone(what) => pick(
            lang,
            format!("an apostrophe that RoboForm puts before '{what}' was taken away"),
            format!("RoboForm が「{what}」の前に付けるアポストロフィを取り除きました"),
        ),
        NoticeKind::GuardKept(what) => pick(
            lang,
            format!("an apostrophe at the start of '{what}' was kept; --undo-guards takes it away"),
            format!("「{what}」の先頭のアポストロフィを残しました。--undo-guards で取り除けます"),
        ),
        NoticeKind::RepeatedFieldLeft(what) => pick(
            lang,
            format!("the field '{what}' repeats the user name or password and was left out"),
            format!("項目「{what}」はユーザー名かパスワードと同じなので省きました"),
        ),
        NoticeKind::FieldKeptRaw(what) => pick(
            lang,
            format!("the field '{what}' could not be taken apart; kept whole as a secret field"),
            format!("項目「{what}」は分解できないため、そのまま秘密の項目にしました"),
        ),
        NoticeKind::RowKeptRaw { cells } => pick(
            lang,
            format!("the row has {cells} cells and fits no kind; kept whole as a note with a secret field"),
            format!("{cells} 列でどの種類にも合わないため、行全体を秘密の項目としてメモに残しました"),
        ),
        NoticeKind::OtpUnreadable(_) => pick(
            lang,
            "the one-time code key cannot be read; kept as a secret field",
            "ワンタイムコードの鍵を読めないため、秘密の項目として残しました",
        )
        .to_owned(),
        NoticeKind::EmptyRow => pick(lang, "an empty row was left out", "空の行を省きました").to_owned(),
        NoticeKind::LastRowUnended => pick(
            lang,
            "the file ends without a line end; its last value may have been cut off",
            "改行なしで終わっています。最後の値が途中で切れている可能性があります",
        )
        .to_owned(),
        NoticeKind::PageNamesLeft(count) => pick(
            lang,
            format!("names of page fields, which only serve form filling, were left out: {count}"),
            format!("フォーム入力用のページ項目名を省きました: {count}"),
        ),
    }
}

/// What becomes of one row, in a word or two.
pub fn fate(lang: Lang, fate: &Fate) -> String {
    match fate {
        Fate::New { resembles: None } => pick(lang, "new", "新規").to_owned(),
        Fate::New { resembles: Some(_) } => {
            pick(lang, "new; resembles an entry that is there", "新規。似たアイテムがすでにあります")
                .to_owned()
        }
        Fate::Updated(parts) => {
            let parts: Vec<String> = parts.iter().map(|one| part(lang, one)).collect();
            pick(lang, format!("updated: {}", parts.join(", ")), format!("更新: {}", parts.join("、")))
        }
        Fate::Unchanged => pick(lang, "there already, unchanged", "取り込み済み、変更なし").to_owned(),
        Fate::Duplicate => {
            pick(lang, "an entry has all of it already", "同じ内容のアイテムがあります").to_owned()
        }
        Fate::Repeated { of } => pick(lang, format!("the same as line {of}"), format!("{of} 行目と同じ")),
    }
}

fn part(lang: Lang, part: &Part) -> String {
    match part {
        Part::Title => pick(lang, "title", "タイトル"),
        Part::Username => pick(lang, "user name", "ユーザー名"),
        Part::Password => pick(lang, "password", "パスワード"),
        Part::Folder => pick(lang, "folder", "フォルダー"),
        Part::Url => pick(lang, "address", "アドレス"),
        Part::MatchUrl => pick(lang, "login page", "ログインページ"),
        Part::Notes => pick(lang, "notes", "メモ"),
        Part::Otp => pick(lang, "one-time code key", "ワンタイムコードの鍵"),
        Part::Tag => pick(lang, "tag", "タグ"),
        Part::Field(name) => return name.clone(),
    }
    .to_owned()
}

/// The line under an import, or under what one would do.
pub fn counts(lang: Lang, counts: Counts, dry: bool) -> String {
    let Counts { new, updated, unchanged, duplicate, resembling } = counts;
    let left = unchanged + duplicate;
    match lang {
        Lang::En => {
            let head = if dry { "Would import" } else { "Imported" };
            let alike =
                if resembling > 0 { format!(" (resembling others: {resembling})") } else { String::new() };
            format!("{head}. New: {new}{alike}, updated: {updated}, there already: {left}")
        }
        Lang::Ja => {
            let head = if dry { "取り込むとこうなります" } else { "取り込みました" };
            let alike = if resembling > 0 {
                format!(" (うち似たものあり {resembling} 件)")
            } else {
                String::new()
            };
            format!("{head}。新規: {new} 件{alike}、更新: {updated} 件、既存: {left} 件")
        }
    }
}

/// A line number before a notice.
pub fn at_line(lang: Lang, line: u64) -> String {
    pick(lang, format!("line {line}"), format!("{line} 行目"))
}

/// Line numbers before a notice, the first eight of them.
pub fn at_lines(lang: Lang, lines: &[u64]) -> String {
    let [line] = lines else {
        let shown: Vec<String> = lines.iter().take(8).map(u64::to_string).collect();
        let more = if lines.len() > shown.len() { " .." } else { "" };
        let shown = shown.join(", ");
        return pick(lang, format!("lines {shown}{more}"), format!("{shown}{more} 行目"));
    };
    at_line(lang, *line)
}

/// What a row is called while it is only planned.
pub fn kind(lang: Lang, kind: crate::ops::import::ItemKind) -> &'static str {
    use crate::ops::import::ItemKind;
    match kind {
        ItemKind::Login => pick(lang, "login", "ログイン"),
        ItemKind::Note => pick(lang, "note", "メモ"),
        ItemKind::Bookmark => pick(lang, "bookmark", "ブックマーク"),
        ItemKind::Raw => pick(lang, "kept raw", "行全体を保存"),
    }
}
