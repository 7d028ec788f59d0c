//! How accounts hang together, in words: why one falls with another, and what a proposed link rests
//! on. Both faces use it. Titles come from outside: whoever prints a sentence makes it safe.

use super::Lang;
use crate::model::Relation;
use crate::ops::links::By;
use crate::ops::links::tree::{Below, Hold, Row};

fn word(lang: Lang, en: &'static str, ja: &'static str) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Ja => ja,
    }
}

/// Why an account falls with the one above it.
pub fn hold(hold: Hold, lang: Lang) -> &'static str {
    let (en, ja) = match hold {
        Hold::Link(Relation::ResetsThrough) => ("reset through it", "再設定できる"),
        Hold::Link(Relation::ControlledBy) => ("controlled by it", "操作できる"),
        Hold::Link(Relation::HostedOn) => ("lies on it", "置かれている"),
        Hold::Link(Relation::RegisteredAt) => ("registered there", "登録されている"),
        Hold::Link(Relation::Other(_)) => ("hangs on it", "頼っている"),
        Hold::Password => ("same password", "同じパスワード"),
    };
    word(lang, en, ja)
}

/// Why a row of the tree stands where it does, and what is to know of it.
pub fn row(row: &Row, lang: Lang) -> String {
    let mut said: Vec<String> = row.hold.map(|one| hold(one, lang).to_owned()).into_iter().collect();
    if row.guess {
        said.push(word(lang, "a guess", "推測").to_owned());
    }
    match (row.below, lang) {
        (Below::Here(_), _) => {}
        (Below::Circle, _) => said.push(word(lang, "back in a circle", "輪に戻る").to_owned()),
        (Below::Elsewhere, _) => said.push(word(lang, "shown elsewhere", "ほかの行に表示").to_owned()),
        (Below::Deep(count), Lang::En) => said.push(format!("{count} more below")),
        (Below::Deep(count), Lang::Ja) => said.push(format!("この先 {count} 件")),
    }
    said.join(word(lang, ", ", "、"))
}

/// So many accounts fall with the first, so many of them by a guess.
pub fn counts(falls: usize, guessed: usize, lang: Lang) -> String {
    match (lang, falls, guessed) {
        (Lang::En, 0, _) => "No other account is known to fall with it.".to_owned(),
        (Lang::Ja, 0, _) => "ほかのアカウントへの影響は見つかっていません。".to_owned(),
        (Lang::En, ..) => {
            let falls =
                if falls == 1 { "1 account falls".to_owned() } else { format!("{falls} accounts fall") };
            match guessed {
                0 => format!("{falls} with it."),
                1 => format!("{falls} with it, 1 of them by a guess."),
                _ => format!("{falls} with it, {guessed} of them by guesses."),
            }
        }
        (Lang::Ja, _, 0) => format!("これが破られると、{falls} 件に影響が及びます。"),
        (Lang::Ja, ..) => {
            format!("これが破られると、{falls} 件に影響が及びます（うち {guessed} 件は推測）。")
        }
    }
}

/// One account hangs on another: between their titles.
pub fn relation(relation: Relation, lang: Lang) -> &'static str {
    let (en, ja) = match relation {
        Relation::ResetsThrough => ("is reset through", "の再設定メールは"),
        Relation::ControlledBy => ("is controlled by", "の管理元は"),
        Relation::HostedOn => ("lies on", "のサーバーは"),
        Relation::RegisteredAt => ("is registered at", "の登録先は"),
        Relation::Other(_) => ("hangs on", "のつながりは"),
    };
    word(lang, en, ja)
}

/// What a proposal rests on.
pub fn by(by: By, what: &str, lang: Lang) -> String {
    match (lang, by) {
        (Lang::En, By::Address) => format!("it uses the address {what}"),
        (Lang::En, By::Domain) => format!("the domain {what}"),
        (Lang::En, By::Host) => format!("the same host {what}"),
        (Lang::En, By::NameServers) => format!("the name servers of {what}"),
        (Lang::Ja, By::Address) => format!("アドレス {what} を使っている"),
        (Lang::Ja, By::Domain) => format!("ドメイン {what}"),
        (Lang::Ja, By::Host) => format!("同じホスト {what}"),
        (Lang::Ja, By::NameServers) => format!("{what} のネームサーバー"),
    }
}
