//! One cell of RoboForm's open-ended tail: a field that was captured on a page.

use std::borrow::Cow;

use super::super::{Field, Value, rows};
use crate::secret::Secret;

/// Which shape the cells of the tail have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Generation {
    /// `Rf_fields`: `name:type:value`, a radio button `name:choice:rck:*`.
    First,
    /// `RfFieldsV2`: a CSV record of name, name, name, type, value.
    Second,
}

/// What type a field was on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    /// Text, a choice, a text area.
    Text,
    /// Masked on its page.
    Password,
    /// A check box.
    Check,
    /// A radio button whose name is `field:choice`.
    Radio,
    /// A type that is not known.
    Other,
}

/// A cell taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'c> {
    /// The first name that is one; empty = the field had none.
    pub(super) name: Cow<'c, str>,
    /// There were further names, of the page's form.
    pub(super) more_names: bool,
    pub(super) kind: Type,
    /// The value, still guarded.
    pub(super) value: Cow<'c, str>,
}

fn type_of(word: &str) -> Option<Type> {
    Some(match word {
        "" | "txt" | "sel" | "rad" | "are" => Type::Text,
        "pwd" => Type::Password,
        "chk" => Type::Check,
        "rck" => Type::Radio,
        _ => return None,
    })
}

const UNNAMED: &str = "-no-name-";

/// Takes a cell apart; none when it has not the shape of its generation.
pub(super) fn take_apart(cell: &str, generation: Generation) -> Option<Parts<'_>> {
    match generation {
        Generation::First => first(cell),
        Generation::Second => second(cell),
    }
}

fn second(cell: &str) -> Option<Parts<'_>> {
    let mut parts = rows::single(cell).unwrap_or_default();
    if parts.len() != 5 {
        // Written without inner quotes: the value is all that follows the fourth comma.
        parts = cell.splitn(5, ',').map(Cow::Borrowed).collect();
    }
    let [one, two, three, kind, value] = <[_; 5]>::try_from(parts).ok()?;
    let is_name = |name: &Cow<'_, str>| !name.is_empty() && name != UNNAMED;
    let count = [&one, &two, &three].into_iter().filter(|name| is_name(name)).count();
    let kind = type_of(&kind).unwrap_or(Type::Other);
    let name = [one, two, three].into_iter().find(is_name).unwrap_or_default();
    Some(Parts { name, more_names: count > 1, kind, value })
}

fn first(cell: &str) -> Option<Parts<'_>> {
    let (name, after) = cell.split_once(':')?;
    let (word, value) = after.split_once(':')?;
    let (name_len, kind, value) = if let Some(kind) = type_of(word) {
        (name.len(), kind, value)
    } else if let Some(on) = value.strip_prefix("rck:") {
        // The choice is part of the name, as in the second generation.
        (name.len() + 1 + word.len(), Type::Radio, on)
    } else {
        // The name itself has a colon: the first known type decides.
        let (at, kind, value) = cell.match_indices(':').find_map(|(at, _)| {
            let (word, value) = cell.get(at + 1..)?.split_once(':')?;
            Some((at, type_of(word).filter(|_| !word.is_empty())?, value))
        })?;
        (at, kind, value)
    };
    let name = cell.get(..name_len).filter(|name| *name != UNNAMED).unwrap_or_default();
    Some(Parts { name: Cow::Borrowed(name), more_names: false, kind, value: Cow::Borrowed(value) })
}

/// Words that make a text field a secret although its page did not mask it.
const SECRET_WORDS: [&str; 10] =
    ["pass", "pwd", "secret", "cvv", "cvc", "pin", "暗証", "パスワード", "合言葉", "答え"];

/// True when the name says that the value is a secret.
pub(super) fn sounds_secret(name: &str) -> bool {
    let lower = name.to_lowercase();
    SECRET_WORDS.iter().any(|word| match *word {
        // Short enough to hide in other words (shopping, opinion).
        "pin" => lower.split(|c: char| !c.is_alphanumeric()).any(|part| part == "pin"),
        word => lower.contains(word),
    })
}

/// A kept field: what its page masked, or its name calls secret, is secret.
pub(super) fn made(name: String, kind: Type, value: &str) -> Field {
    let switch = match value {
        "*" | "1" => Some(true),
        "0" | "" => Some(false),
        _ => None,
    };
    match (kind, switch) {
        (Type::Check, Some(on)) => Field { name, value: Value::Plain(on_off(on)) },
        (Type::Radio, Some(on)) => match name.split_once(':') {
            Some((field, choice)) if on && !field.is_empty() => {
                Field { name: field.to_owned(), value: Value::Plain(choice.to_owned()) }
            }
            _ => Field { name, value: Value::Plain(on_off(on)) },
        },
        (Type::Password | Type::Other, _) => Field { name, value: Value::Secret(Secret::copy_of(value)) },
        _ if sounds_secret(&name) || name.ends_with('$') && name != "User ID$" => {
            Field { name, value: Value::Secret(Secret::copy_of(value)) }
        }
        _ => Field { name, value: Value::Plain(value.to_owned()) },
    }
}

fn on_off(on: bool) -> String {
    if on { "on" } else { "off" }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts<'c>(cell: &'c str, generation: Generation) -> Option<(String, bool, Type, String)> {
        let found: Option<Parts<'c>> = take_apart(cell, generation);
        found.map(|p| (p.name.into_owned(), p.more_names, p.kind, p.value.into_owned()))
    }

    #[test]
    fn the_second_generation_is_csv_inside_a_cell() {
        let second = |cell, name: &str, more, kind, value: &str| {
            let wanted = Some((name.to_owned(), more, kind, value.to_owned()));
            assert_eq!(parts(cell, Generation::Second), wanted, "{cell}");
        };
        second("User ID$,,,txt,jane", "User ID$", false, Type::Text, "jane");
        second("Password$,Password,,pwd,\"a,\"\"b\"", "Password$", true, Type::Password, "a,\"b");
        second("Memo,,,are,\"one\ntwo\"", "Memo", false, Type::Text, "one\ntwo");
        second("Memo,,,are,one\ntwo", "Memo", false, Type::Text, "one\ntwo");
        second("x,,,txt,a,b,c", "x", false, Type::Text, "a,b,c");
        second("x,,,txt,5\" wide", "x", false, Type::Text, "5\" wide");
        second("x,,,txt,\"half", "x", false, Type::Text, "\"half");
        second("-no-name-,,q,,v", "q", false, Type::Text, "v");
        second("-no-name-,,,txt,v", "", false, Type::Text, "v");
        second("x,,,new,v", "x", false, Type::Other, "v");
        second("a:b,,,rck,*", "a:b", false, Type::Radio, "*");
        second("a,,,chk,", "a", false, Type::Check, "");
        assert_eq!(parts("a,b,txt,c", Generation::Second), None);
        assert_eq!(parts("", Generation::Second), None);
    }

    #[test]
    fn the_first_generation_is_split_from_the_left() {
        let first = |cell, name: &str, kind, value: &str| {
            let wanted = Some((name.to_owned(), false, kind, value.to_owned()));
            assert_eq!(parts(cell, Generation::First), wanted, "{cell}");
        };
        first("Password$:pwd:9KVHnx:.S_S;cF`", "Password$", Type::Password, "9KVHnx:.S_S;cF`");
        first("a::v:w", "a", Type::Text, "v:w");
        first("sex:male:rck:*", "sex:male", Type::Radio, "*");
        first("q:txt:rck:*", "q", Type::Text, "rck:*");
        first("http://x:txt:v:1", "http://x", Type::Text, "v:1");
        first("a:b:chk:*", "a:b", Type::Check, "*");
        first("-no-name-:sel:東京", "", Type::Text, "東京");
        assert_eq!(parts("a:b:c", Generation::First), None);
        assert_eq!(parts("a:txt", Generation::First), None);
    }

    #[test]
    fn names_tell_secrets() {
        for name in ["PIN", "card-pin", "Passcode", "暗証番号", "秘密の質問の答え", "CVV2"] {
            assert!(sounds_secret(name), "{name}");
        }
        for name in ["shopping", "opinion", "秘密の質問", "契約番号", "Test"] {
            assert!(!sounds_secret(name), "{name}");
        }
    }
}
