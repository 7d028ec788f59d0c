//! Rotators: commands of a person's own that set a new password at its host. Which one an entry has,
//! its arguments with the words of the entry in them, and what it said without secrets. Plain data and
//! text; [`crate::platform::rotator`] runs it.
//!
//! They stand in the settings and nowhere else: a vault that came from elsewhere names no command. The
//! words of an entry may come from elsewhere, too. So a value is refused when it could be read as an
//! option or by a shell at the other end of an `ssh`, and no secret is ever an argument: the old and
//! the new password are two lines of standard input.

use std::time::Duration;

use crate::model::entry::FieldValue;
use crate::model::{Entry, Kind};
use crate::ops::health::subject;
use crate::ops::reference;

/// Longest input of a rotator in bytes, both passwords together: a pipe takes it without waiting.
pub const INPUT_MOST: usize = 60 << 10;
/// How long a rotator may take unless the settings say otherwise.
pub const LIMIT: Duration = Duration::from_secs(60);
/// Most bytes of what a rotator said that are kept: the last ones.
pub const SAID_MOST: usize = 16 << 10;

/// A rotator of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotator {
    /// Its name in the settings.
    pub name: String,
    /// The program and its arguments, with placeholders.
    pub command: Vec<String>,
    /// It is for entries of these kinds.
    pub kinds: Vec<Kind>,
    /// It is for these entries: ids, paths or titles.
    pub entries: Vec<String>,
    /// How long it may take.
    pub limit: Duration,
    /// The exit code that says it is done.
    pub exit: u8,
}

/// Why no rotator can run for an entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// None is for it.
    #[error("no rotator is for this entry")]
    NoRotator,
    /// Several are, with these names.
    #[error("several rotators are for this entry")]
    Several(Vec<String>),
    /// No rotator of this name.
    #[error("no such rotator")]
    NoSuch,
    /// A placeholder that is none.
    #[error("no such placeholder: {0}")]
    Placeholder(String),
    /// The entry has nothing to put in its place.
    #[error("the entry has no {0}")]
    Empty(String),
    /// What the entry has there could be read as an option or as a command.
    #[error("the {0} of the entry cannot be an argument")]
    Unsafe(String),
    /// A password of several lines, or too long.
    #[error("the password is not one line")]
    NotALine,
}

/// The rotator of an entry: the one that names it, else the one that is for its kind; or the one that
/// is asked for by name.
pub fn choose<'a>(all: &'a [Rotator], entry: Entry<'_>, asked: Option<&str>) -> Result<&'a Rotator, Unfit> {
    if let Some(name) = asked {
        return all.iter().find(|one| one.name == name).ok_or(Unfit::NoSuch);
    }
    let names = [entry.id().to_string(), reference::path(entry), entry.title().to_owned()];
    let named: Vec<_> =
        all.iter().filter(|one| one.entries.iter().any(|name| names.contains(name))).collect();
    let of_kind = || all.iter().filter(|one| one.kinds.contains(&entry.kind())).collect();
    match (if named.is_empty() { of_kind() } else { named }).as_slice() {
        [] => Err(Unfit::NoRotator),
        [one] => Ok(one),
        several => Err(Unfit::Several(several.iter().map(|one| one.name.clone()).collect())),
    }
}

/// The program and its arguments for an entry. Placeholders: `{user}` `{host}` (the field *host*, else
/// that of the first address) `{url}` `{title}` `{id}` `{field:NAME}` (a plain field); `{{` is a brace.
pub fn arguments(rotator: &Rotator, entry: Entry<'_>) -> Result<Vec<String>, Unfit> {
    rotator.command.iter().map(|template| argument(template, entry)).collect()
}

/// The placeholders of a template that are none; for the settings.
pub fn check(template: &str) -> Result<(), Unfit> {
    parts(template)?.iter().try_for_each(|part| match part {
        Part::Place(name) if !is_place(name) => Err(Unfit::Placeholder(format!("{{{name}}}"))),
        _ => Ok(()),
    })
}

fn is_place(name: &str) -> bool {
    matches!(name, "user" | "host" | "url" | "title" | "id") || name.starts_with("field:")
}

enum Part {
    Text(String),
    Place(String),
}

fn parts(template: &str) -> Result<Vec<Part>, Unfit> {
    let mut all = Vec::new();
    let mut text = String::new();
    let mut rest = template.chars().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            '{' | '}' if rest.peek() == Some(&letter) => {
                rest.next();
                text.push(letter);
            }
            '{' => {
                let name: String = rest.by_ref().take_while(|letter| *letter != '}').collect();
                all.push(Part::Text(std::mem::take(&mut text)));
                all.push(Part::Place(name));
            }
            letter => text.push(letter),
        }
    }
    all.push(Part::Text(text));
    Ok(all)
}

fn argument(template: &str, entry: Entry<'_>) -> Result<String, Unfit> {
    let mut made = String::new();
    for part in parts(template)? {
        match part {
            Part::Text(text) => made.push_str(&text),
            Part::Place(name) => {
                let value = value(&name, entry)?;
                if value.is_empty() {
                    return Err(Unfit::Empty(name));
                }
                let leads = made.is_empty() && value.starts_with('-');
                if leads
                    || !value.chars().all(|letter| is_harmless(letter) || (name == "title" && letter == ' '))
                {
                    return Err(Unfit::Unsafe(name));
                }
                made.push_str(&value);
            }
        }
    }
    Ok(made)
}

/// Means nothing to any shell, wherever it stands.
fn is_harmless(letter: char) -> bool {
    letter.is_alphanumeric() || "_.@%+,:/=-".contains(letter)
}

fn value(name: &str, entry: Entry<'_>) -> Result<String, Unfit> {
    let field = |wanted: &str| {
        entry.fields().into_iter().find_map(|field| match field.value {
            FieldValue::Plain(text) if field.name == wanted => Some(text.to_owned()),
            _ => None,
        })
    };
    let url = || entry.urls().first().map_or(String::new(), |url| (*url).to_owned());
    Ok(match name {
        "user" => entry.username().to_owned(),
        "title" => entry.title().to_owned(),
        "id" => entry.id().to_string(),
        "url" => url(),
        "host" => field("host")
            .filter(|host| !host.is_empty())
            .or_else(|| subject::host(&url()))
            .unwrap_or_default(),
        name => match name.strip_prefix("field:") {
            Some(wanted) => field(wanted).unwrap_or_default(),
            None => return Err(Unfit::Placeholder(format!("{{{name}}}"))),
        },
    })
}

/// True when a password can be a line of the input.
pub fn is_line(password: &str) -> bool {
    password.len() < INPUT_MOST / 2 && !password.contains(['\n', '\r', '\0'])
}

/// How a rotator ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// With this exit code.
    Code(i32),
    /// By this signal of somebody else.
    Signal(i32),
    /// It took too long and was ended.
    TimedOut,
    /// It asked something on the terminal, where nobody answers, and was ended.
    Asked,
    /// The person stopped it.
    Stopped,
}

/// What a rotator said, without these secrets: they and the forms in which programs print them are
/// covered, before and after `clean` has taken out what a terminal must not get. A secret of less than
/// four characters stands by chance in any text: then nothing is shown.
pub fn said(bytes: &[u8], secrets: &[&str], clean: &dyn Fn(&str) -> String) -> Option<String> {
    let secrets: Vec<&str> = secrets.iter().copied().filter(|one| !one.is_empty()).collect();
    if secrets.iter().any(|one| one.chars().nth(3).is_none()) {
        return None;
    }
    let forms: Vec<String> = secrets.iter().flat_map(|one| forms(one)).collect();
    let cover = |text: String| forms.iter().fold(text, |text, form| text.replace(form.as_str(), "********"));
    let text = cover(String::from_utf8_lossy(bytes).into_owned());
    Some(cover(clean(&text)).trim_end().to_owned())
}

/// A secret as it is, and as shells, SQL, JSON, addresses and logs write it; the longest first.
fn forms(secret: &str) -> Vec<String> {
    let escaped = |special: &str, before: &str| -> String {
        let mut out = String::new();
        for letter in secret.chars() {
            if special.contains(letter) {
                out.push_str(before);
            }
            out.push(letter);
        }
        out
    };
    let percent = |keep: &str| -> String {
        secret
            .bytes()
            .map(|byte| match char::from(byte) {
                c if c.is_ascii_alphanumeric() || keep.contains(c) => c.to_string(),
                _ => format!("%{byte:02X}"),
            })
            .collect()
    };
    let html = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let mut all = vec![
        secret.to_owned(),
        secret.replace('\'', "''"),
        secret.replace('\'', "'\\''"),
        escaped("\\\"", "\\"),
        escaped("\\'", "\\"),
        escaped("\\'\"", "\\"),
        percent("-_.~"),
        percent("-_.!~*'()"),
        html.replace('\'', "&#039;"),
        html,
        base64(secret.as_bytes()),
    ];
    all.sort_by_key(|one| std::cmp::Reverse(one.len()));
    all.dedup();
    all
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    // - without what the padding would add, so that it is found inside a longer text, too
    let whole = bytes.len() * 8 / 6;
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| byte >> (7 - at % 8) & 1);
    (0..whole)
        .map(|at| {
            let six = (0..6).fold(0usize, |six, number| six << 1 | usize::from(bit(at * 6 + number)));
            LETTERS.get(six).map_or('=', |letter| char::from(*letter))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::entropy::{Entropy, EntropyError};
    use crate::crypto::keys::Key;
    use crate::model::{Stamp, Tag, Vault};
    use crate::ops::change::{self, Change};
    use crate::ops::edit::{EntryEdit, NewValue, Sealer};

    struct Counting(u8);

    impl Entropy for Counting {
        fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
            self.0 += 1;
            out.fill(self.0);
            Ok(())
        }
    }

    fn vault(user: &str, url: &str, fields: &[(&str, &str)]) -> Vault {
        let (values, mut entropy) = (Key::zero(), Counting(0));
        let mut sealer = Sealer { values: &values, vault: [1; 16], entropy: &mut entropy };
        let mut edit = EntryEdit::new(&mut sealer, Kind::Website, 1).expect("random");
        edit.text(Tag::TITLE, "My Blog");
        edit.text(Tag::USERNAME, user);
        edit.list(Tag::URL, Tag::URL_PLACE, &[url]).expect("random");
        for (name, value) in fields {
            edit.add_field(name, &NewValue::Plain(value)).expect("random");
        }
        let change: Change = edit.finish().expect("something");
        let mut vault = Vault::new([1; 16]);
        change::apply(&mut vault, &change, Stamp { hlc: 1, ..Stamp::default() }).expect("accepted");
        vault
    }

    fn rotator(name: &str, command: &[&str]) -> Rotator {
        Rotator {
            name: name.to_owned(),
            command: command.iter().map(|one| (*one).to_owned()).collect(),
            kinds: Vec::new(),
            entries: Vec::new(),
            limit: LIMIT,
            exit: 0,
        }
    }

    #[test]
    fn arguments_hold_the_words_of_the_entry() {
        let vault = vault("taro", "https://www.blog.example:8443/wp", &[("database", "shop")]);
        let entry = vault.entries().next().expect("made");
        let all = rotator(
            "x",
            &["rotate", "--user={user}", "{host}", "{url}", "{title}", "{field:database}", "{{}}"],
        );
        let wanted = [
            "rotate",
            "--user=taro",
            "blog.example",
            "https://www.blog.example:8443/wp",
            "My Blog",
            "shop",
            "{}",
        ];
        assert_eq!(arguments(&all, entry).expect("fit"), wanted);
        let one = |text: &str| arguments(&rotator("x", &["r", text]), entry);
        assert_eq!(one("{field:port}"), Err(Unfit::Empty("field:port".into())));
        assert_eq!(one("{password}"), Err(Unfit::Placeholder("{password}".into())));
        assert!(check("{new}").is_err() && check("a{user}b").is_ok());
    }

    #[test]
    fn what_an_entry_holds_is_never_an_option_or_a_command() {
        for user in ["-oProxyCommand=x", "a;b", "$(id)", "a b", "a\nb", "`id`", "a'b", "~/x*"] {
            let vault = vault(user, "https://a.example", &[]);
            let entry = vault.entries().next().expect("made");
            let made = arguments(&rotator("x", &["r", "{user}"]), entry);
            assert_eq!(made, Err(Unfit::Unsafe("user".into())), "{user}");
        }
        let vault = vault("-x", "https://a.example", &[]);
        let entry = vault.entries().next().expect("made");
        assert!(arguments(&rotator("x", &["r", "--user={user}"]), entry).is_ok());
    }

    #[test]
    fn the_rotator_that_names_an_entry_comes_before_that_of_its_kind() {
        let vault = vault("taro", "https://a.example", &[]);
        let entry = vault.entries().next().expect("made");
        let of_kind = Rotator { kinds: vec![Kind::Website], ..rotator("kind", &["k"]) };
        let named = Rotator { entries: vec!["My Blog".into()], ..rotator("named", &["n"]) };
        let other = Rotator { kinds: vec![Kind::Server], ..rotator("other", &["o"]) };
        let all = [other.clone(), of_kind.clone(), named];
        assert_eq!(choose(&all, entry, None).map(|one| one.name.as_str()), Ok("named"));
        assert_eq!(choose(&all, entry, Some("other")).map(|one| one.name.as_str()), Ok("other"));
        assert_eq!(choose(&all[..1], entry, None), Err(Unfit::NoRotator));
        assert_eq!(choose(&all, entry, Some("none")), Err(Unfit::NoSuch));
        let twice = [of_kind.clone(), of_kind];
        assert!(matches!(choose(&twice, entry, None), Err(Unfit::Several(names)) if names.len() == 2));
    }

    #[test]
    fn what_is_said_holds_no_secret_in_any_form() {
        let secret = "a'b\"c\\d&e<f 語";
        let bytes = format!(
            "raw {secret}\nsql a''b\"c\\d&e<f 語\njson a'b\\\"c\\\\d&e<f 語\nurl {}\nb64 {}=\nhtml a&#039;b&quot;c\\d&amp;e&lt;f 語\nfine",
            "a%27b%22c%5Cd%26e%3Cf%20%E8%AA%9E",
            base64(secret.as_bytes()),
        );
        let text = said(bytes.as_bytes(), &[secret, ""], &|text| text.to_owned()).expect("shown");
        assert!(!text.contains("c\\d") && !text.contains("%22c"), "{text}");
        assert_eq!(text.matches("********").count(), 6, "{text}");
        assert!(text.ends_with("fine"));
        // - cut apart by what a terminal does not show
        let clean = |text: &str| text.replace('\u{1b}', "");
        assert_eq!(said(b"S3C\x1bRET!", &["S3CRET!"], &clean).as_deref(), Some("********"));
        assert_eq!(said(b"abc", &["abc"], &clean), None);
    }

    #[test]
    fn a_password_of_several_lines_is_no_input() {
        assert!(is_line("a b 語") && is_line(&"x".repeat(INPUT_MOST / 2 - 1)));
        assert!(!is_line("a\nb") && !is_line("a\0b") && !is_line(&"x".repeat(INPUT_MOST / 2)));
    }
}
