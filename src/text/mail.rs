//! Lists of mail addresses and another address in place of one, in words. Both faces use it. Texts of
//! lists come from outside: whoever prints a sentence makes it safe.

use super::Lang;
use crate::model::Id;
use crate::ops::mail_csv::{COLUMNS_MOST, ColumnsError, WORDS};
use crate::ops::mailboxes::{ADDRESSES_MOST, Left};
use crate::ops::readdress::{Place, ReaddressError};

fn pick(lang: Lang, en: String, ja: String) -> String {
    match lang {
        Lang::En => en,
        Lang::Ja => ja,
    }
}

fn word(lang: Lang, en: &'static str, ja: &'static str) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Ja => ja,
    }
}

/// Why an address of a list is left out.
pub fn left(why: &Left, lang: Lang, title: &dyn Fn(Id) -> String) -> String {
    match why {
        Left::Wrong => word(lang, "is no mail address", "メールアドレスではありません").to_owned(),
        Left::TooLong => {
            word(lang, "is longer than an address can be", "アドレスとして長すぎます").to_owned()
        }
        Left::Twice(line) => {
            pick(lang, format!("stands on line {line} already"), format!("{line} 行目にもあります"))
        }
        Left::There(id) => {
            pick(lang, format!("is there already: {}", title(*id)), format!("すでにあります: {}", title(*id)))
        }
        Left::TooMany => pick(
            lang,
            format!("is one too many: at most {ADDRESSES_MOST} at once"),
            format!("多すぎます: 一度に {ADDRESSES_MOST} 件まで"),
        ),
    }
}

/// A line of the list that is left out.
pub fn left_line(line: usize, text: &str, why: &str, lang: Lang) -> String {
    pick(lang, format!("line {line}: {text} {why}"), format!("{line} 行目: {text}（{why}）"))
}

/// So many new ones, so many there or twice, so many wrong.
pub fn counts(new: usize, there: usize, wrong: usize, lang: Lang) -> String {
    let mut said = vec![pick(lang, format!("{new} new"), format!("新しいもの {new} 件"))];
    if there > 0 {
        said.push(pick(lang, format!("{there} there already"), format!("すでにあるもの {there} 件")));
    }
    if wrong > 0 {
        said.push(pick(lang, format!("{wrong} wrong"), format!("正しくないもの {wrong} 件")));
    }
    said.join(word(lang, ", ", "、"))
}

/// What was made, and what of it is linked.
pub fn made(count: usize, (domains, servers): (usize, usize), lang: Lang) -> String {
    pick(
        lang,
        format!("Mailboxes made: {count} (linked to a domain: {domains}, to a server: {servers})"),
        format!(
            "メールボックスを {count} 件作りました（ドメインにつないだもの {domains} 件、サーバーにつないだもの {servers} 件）"
        ),
    )
}

/// What stands there then; nothing is a link that ends.
pub fn after(after: &str, lang: Lang) -> &str {
    if after.is_empty() { word(lang, "no link", "つながりなし") } else { after }
}

/// Where an address stands in an entry.
pub fn place(place: &Place, lang: Lang) -> String {
    match place {
        Place::User => word(lang, "user name", "ユーザー名").to_owned(),
        Place::Field(_, name) => super::words::field(name, lang).map_or_else(|| name.clone(), str::to_owned),
        Place::Link(_) => word(lang, "link: reset through", "再設定メールのつながり").to_owned(),
    }
}

/// Why two texts are no pair of addresses.
pub fn readdress(error: ReaddressError, lang: Lang) -> &'static str {
    match error {
        ReaddressError::Old => {
            word(lang, "The old one is no mail address.", "古い方がメールアドレスではありません。")
        }
        ReaddressError::New => {
            word(lang, "The new one is no mail address.", "新しい方がメールアドレスではありません。")
        }
        ReaddressError::Same => word(lang, "Both addresses are the same.", "二つのアドレスが同じです。"),
    }
}

/// Why a text names no columns.
pub fn columns(error: &ColumnsError, lang: Lang) -> String {
    match error {
        ColumnsError::Unknown(name) => pick(
            lang,
            format!("There is no column {name}. Columns: {}, 'any text'.", WORDS.join(", ")),
            format!("{name} という列はありません。使える列: {}、'決まった文字'。", WORDS.join("、")),
        ),
        ColumnsError::Open => word(lang, "A single quote is not closed.", "' が閉じていません。").to_owned(),
        ColumnsError::Count(_) => pick(
            lang,
            format!("Name 1 to {COLUMNS_MOST} columns, parted by commas."),
            format!("列をコンマで区切って 1 から {COLUMNS_MOST} 個書いてください。"),
        ),
    }
}

/// What was left out of a CSV, and what a spreadsheet would do to it; empty where there is nothing.
pub fn csv_notes(left: usize, formulas: usize, lang: Lang) -> Vec<String> {
    let mut notes = Vec::new();
    if left > 0 {
        notes.push(pick(
            lang,
            format!("Left out, without an address or a password: {left}"),
            format!("アドレスかパスワードがないため除いたもの: {left} 件"),
        ));
    }
    if formulas > 0 {
        notes.push(pick(
            lang,
            format!("Passwords that begin like a formula (= + - @): {formulas}. They are exact; do not save the file from a spreadsheet."),
            format!("式のように始まるパスワード（= + - @）: {formulas} 件。そのまま書いてあるので、表計算ソフトで保存し直さないでください。"),
        ));
    }
    notes
}
