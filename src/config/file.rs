//! The text of `config.toml`: the commented one that is written first, and edits of one that is
//! there, which leave a person's comments and order alone.

use toml_edit::{Array, Document, DocumentMut, Item, Table, Value};

use super::{Setting, Settings, Takes};
use crate::text::{Lang, catalog};

/// A command and its keys as they stand in the file, with what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyLine {
    /// The id of the command.
    pub id: String,
    /// Its keys in the notation of the file.
    pub keys: Vec<String>,
    /// What it does.
    pub title: String,
}

/// The line of a byte, from 1.
pub(super) fn line_at(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

/// The lines on which settings stand; those of `[keys]` as `keys.ID`.
pub(super) fn places(text: &str) -> Vec<(String, usize)> {
    let Ok(document) = Document::parse(text) else { return Vec::new() };
    let mut found = Vec::new();
    gather(document.as_table(), "", text, &mut found);
    found
}

fn gather(table: &Table, before: &str, text: &str, found: &mut Vec<(String, usize)>) {
    for (name, item) in table {
        let span = table.key(name).and_then(toml_edit::Key::span).or_else(|| item.span());
        let name = format!("{before}{name}");
        if let Some(span) = span {
            found.push((name.clone(), line_at(text, span.start)));
        }
        if let Some(inner) = item.as_table() {
            gather(inner, &format!("{name}."), text, found);
        }
    }
}

/// The line on which a key is named that is none.
pub(super) fn line_of_key(text: &str, key: &str) -> Option<usize> {
    let quoted = [format!("\"{key}\""), format!("'{key}'")];
    text.lines().position(|line| quoted.iter().any(|one| line.contains(one.as_str()))).map(|at| at + 1)
}

/// A value as it stands in the file.
fn literal(setting: Setting, value: &str) -> Value {
    match setting.takes() {
        Takes::Words(_) | Takes::Path => Value::from(value),
        Takes::Switch => Value::from(value == "true"),
        Takes::Seconds(..) => value.parse::<i64>().map_or_else(|_| Value::from(value), Value::from),
    }
}

/// The commented file: every setting with what it is, what it takes and its default, each out of
/// force until somebody takes the mark in front of it away.
pub fn template(lang: Lang, keys: &[KeyLine]) -> String {
    let text = &catalog(lang).tui.page.settings;
    let mut out = format!("# {}\n", text.file_head);
    for setting in Setting::ALL {
        let default = setting.value(&Settings::default());
        out.push_str(&format!("\n# {}\n", (text.meaning)(setting)));
        let range = setting.range();
        if !range.is_empty() {
            out.push_str(&format!("# {}\n", (text.file_default)(&range, &default)));
        }
        let shown = if default.is_empty() { "/path/to/it".to_owned() } else { default };
        out.push_str(&format!("#{} = {}\n", setting.name(), literal(setting, &shown)));
    }
    out.push_str(&format!("\n# {}\n[intervals]\n{}", text.file_intervals, super::rotation::template()));
    out.push_str(&format!("\n# {}\n[rules]\n{}", text.file_rules, super::rotation::RULES_EXAMPLE));
    out.push_str(&format!("\n# {}\n{}", text.file_rotators, super::rotation::EXAMPLE));
    out.push_str(&format!("\n# {}\n[keys]\n", text.file_keys));
    for line in keys {
        let mut list = Array::new();
        list.extend(line.keys.iter().map(String::as_str));
        out.push_str(&format!("#{} = {list} # {}\n", line.id, line.title));
    }
    out
}

/// The text with another value of a setting, all else as it was; none when the text is no TOML.
pub fn set(text: &str, setting: Setting, value: &str) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let new = literal(setting, value);
    if let Some(old) = document.get_mut(setting.name()) {
        replace(old, new);
        return Some(document.to_string());
    }
    // - where the commented file tells of it, there it goes
    let mut done = false;
    let mut lines: Vec<String> = Vec::new();
    let mut top = true;
    for line in text.split_inclusive('\n') {
        top &= !line.trim_start().starts_with('[');
        let told = line.trim_start().strip_prefix('#').map(str::trim_start);
        let names = told.and_then(|told| told.strip_prefix(setting.name()));
        if top && !done && names.is_some_and(|rest| rest.trim_start().starts_with('=')) {
            lines.push(format!("{} = {new}\n", setting.name()));
            done = true;
        } else {
            lines.push(line.to_owned());
        }
    }
    if done {
        return Some(lines.concat());
    }
    document.insert(setting.name(), Item::Value(new));
    Some(document.to_string())
}

fn replace(old: &mut Item, new: Value) {
    match old.as_value_mut() {
        Some(value) => {
            let decor = value.decor().clone();
            *value = new;
            *value.decor_mut() = decor;
        }
        None => *old = Item::Value(new),
    }
}

/// The text with a setting taken out of force, its line kept as a comment; none when the text is no
/// TOML.
pub fn comment_out(text: &str, setting: Setting) -> Option<String> {
    Document::parse(text).ok()?;
    let line = places(text).into_iter().find(|(name, _)| name == setting.name()).map(|(_, line)| line);
    let Some(line) = line else { return Some(text.to_owned()) };
    let lines = text.split_inclusive('\n').enumerate();
    Some(lines.map(|(at, one)| if at + 1 == line { format!("#{one}") } else { one.to_owned() }).collect())
}

/// The text with other keys of a command, or with the shipped ones again; none when it is no TOML.
pub fn set_keys(text: &str, id: &str, keys: Option<&[String]>) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let table = document.entry("keys").or_insert(Item::Table(Table::new())).as_table_mut()?;
    match keys {
        Some(keys) => {
            let mut list = Array::new();
            list.extend(keys.iter().map(String::as_str));
            match table.get_mut(id) {
                Some(old) => replace(old, Value::Array(list)),
                None => drop(table.insert(id, Item::Value(Value::Array(list)))),
            }
        }
        None => {
            // - comments above it belong to what follows, too
            let above = table.key(id).and_then(|key| key.leaf_decor().prefix()?.as_str()).map(str::to_owned);
            table.remove(id);
            if let Some(above) = above.filter(|above| above.contains('#')) {
                let next = table.iter().next().map(|(next, _)| next.to_owned());
                if let Some(mut key) = next.as_deref().and_then(|next| table.key_mut(next)) {
                    let old = key.leaf_decor().prefix().and_then(|own| own.as_str()).unwrap_or("").to_owned();
                    key.leaf_decor_mut().set_prefix(format!("{above}{old}"));
                } else {
                    let rest = document.trailing().as_str().unwrap_or("").to_owned();
                    document.set_trailing(format!("{above}{rest}"));
                }
            }
        }
    }
    Some(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn keys() -> Vec<KeyLine> {
        vec![KeyLine { id: "copy-password".into(), keys: vec!["p".into()], title: "Copy".into() }]
    }

    #[test]
    fn the_commented_file_says_nothing_until_a_mark_is_taken_away() {
        for lang in [Lang::En, Lang::Ja] {
            let text = template(lang, &keys());
            assert_eq!(parse(&text), Ok(Settings::default()));
            for setting in Setting::ALL {
                let line = format!("\n#{} = ", setting.name());
                assert!(text.contains(&line), "{setting:?}");
                let used = text.replacen(&line, &line.replace('#', ""), 1);
                assert!(parse(&used).is_ok(), "{used}");
            }
            let used = text.replacen("#copy-password", "copy-password", 1);
            assert_eq!(parse(&used).expect("fine").keys.len(), 1);
        }
    }

    #[test]
    fn a_value_is_set_where_it_stands_and_all_else_stays() {
        let own = "# mine\nclear_after = 20 # short\n\n[keys] # own\nsearch = [\"s\"]\n";
        let changed = set(own, Setting::ClearAfter, "45").expect("fine");
        assert_eq!(changed, own.replace("20", "45"));
        let added = set(&changed, Setting::Language, "ja").expect("fine");
        let settings = parse(&added).expect("fine");
        assert_eq!((settings.language, settings.clear_after.as_secs()), (Some(Lang::Ja), 45));
        assert!(added.contains("# mine") && added.contains("# short") && added.contains("[keys] # own"));
        let back = comment_out(&added, Setting::ClearAfter).expect("fine");
        assert_eq!(parse(&back).expect("fine").clear_after.as_secs(), 30);
        assert!(back.contains("#clear_after = 45 # short"));
        assert_eq!(set("a = = 1", Setting::Ascii, "true"), None);
    }

    #[test]
    fn in_the_commented_file_a_value_goes_to_its_own_line() {
        let text = template(Lang::En, &keys());
        for setting in Setting::ALL {
            let value = match setting.takes() {
                Takes::Words(words) => words[1].to_owned(),
                Takes::Switch => "true".to_owned(),
                Takes::Seconds(least, ..) => least.to_string(),
                Takes::Path => "/家/\"x\"".to_owned(),
            };
            let changed = set(&text, setting, &value).expect("fine");
            assert_eq!(changed.lines().count(), text.lines().count(), "{setting:?}");
            assert_eq!(setting.value(&parse(&changed).expect("fine")), value);
        }
    }

    #[test]
    fn keys_are_set_and_given_back_with_the_comments_kept() {
        let own = "[keys]\n# mine\nsearch = [\"s\"]\nundo = [\"u\"] # why\n";
        let changed = set_keys(own, "undo", Some(&["w".into(), "ctrl+y".into()])).expect("fine");
        assert!(changed.contains("undo = [\"w\", \"ctrl+y\"] # why"), "{changed}");
        let back = set_keys(&changed, "search", None).expect("fine");
        assert!(back.contains("# mine") && !back.contains("search"), "{back}");
        assert_eq!(
            parse(&set_keys("", "undo", Some(&["w".into()])).expect("fine")).expect("fine").keys.len(),
            1
        );
    }
}
