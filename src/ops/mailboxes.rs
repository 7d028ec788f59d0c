//! Many mailboxes at once: a list of addresses as it is pasted or typed, and the entries that become
//! of it, each linked to its domain and its server where the vault knows them.
//!
//! The text is from outside and bounded; a line that is no address is named with its number, and
//! nothing is made of a list before all of it was read.

use std::collections::hash_map::Entry as Slot;
use std::collections::{BTreeMap, HashMap};

use unicode_normalization::UnicodeNormalization;

use super::change::Change;
use super::edit::{EntryEdit, Sealer};
use super::generate::{GenerateError, Recipe, Space, choose};
use super::health::subject;
use super::links::{self, Facts};
use crate::crypto::entropy::EntropyError;
use crate::model::{Entry, Id, Kind, Relation, State, Tag, Vault};
use crate::secret::Secret;

/// Most bytes of a list that are read.
pub const BYTES_MOST: usize = 1 << 20;

/// Most addresses of a list.
pub const ADDRESSES_MOST: usize = 10_000;

/// Most bytes of an address (RFC 5321, 4.5.3.1.3: a path of 256 with its brackets).
pub const ADDRESS_MOST: usize = 254;

/// Most characters of a wrong line that are kept to be shown.
const SHOWN_MOST: usize = 80;

/// An address that becomes a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct New {
    /// The line that it stands on, from 1.
    pub line: usize,
    /// In lower case.
    pub address: String,
    /// The name in front of it, where there is one.
    pub name: String,
}

/// Why an address is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// It is no mail address.
    Wrong,
    /// It is longer than an address can be.
    TooLong,
    /// It stands on this line already.
    Twice(usize),
    /// This entry is its mailbox already.
    There(Id),
    /// There are more than [`ADDRESSES_MOST`].
    TooMany,
}

/// A list that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Read {
    /// What becomes a mailbox, in the order of the list.
    pub new: Vec<New>,
    /// What is left out: the line, what stands there (cut), and why.
    pub left: Vec<(usize, String, Left)>,
    /// The text was longer than [`BYTES_MOST`]; the rest was not read.
    pub cut: bool,
}

impl Read {
    /// Lines that are wrong: what only is there already is not.
    pub fn wrong(&self) -> usize {
        let wrong = |why: &Left| !matches!(why, Left::There(_) | Left::Twice(_));
        self.left.iter().filter(|one| wrong(&one.2)).count()
    }
}

/// The mailboxes that a vault has, by address; those that are closed too.
pub fn known(vault: &Vault) -> HashMap<String, Id> {
    let mut all = HashMap::new();
    for entry in vault.entries().filter(|entry| entry.state() != State::Trashed) {
        if links::likely::kind(entry) == Kind::Mailbox {
            let boxes = Facts::of(entry).boxes.into_iter();
            boxes.for_each(|address| {
                all.entry(address).or_insert(entry.id());
            });
        }
    }
    all
}

/// Reads a list: an address or several on a line, parted by commas, semicolons or blanks, bare or as
/// `Name <address>`.
pub fn read(text: &str, known: &HashMap<String, Id>) -> Read {
    let mut read = Read { cut: text.len() > BYTES_MOST, ..Read::default() };
    let end = (0..=text.len().min(BYTES_MOST)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let text = text.get(..end).unwrap_or("").trim_start_matches('\u{feff}');
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (number, line) in (1..).zip(text.lines()) {
        // - what an input method writes wide is meant narrow
        let line: String = line.nfkc().collect();
        for piece in pieces(&line) {
            let (name, address) = parted(piece);
            let why = match accepted(address) {
                Err(why) => Some(why),
                Ok(address) => match (seen.get(&address), known.get(&plain(&address))) {
                    (Some(first), _) => Some(Left::Twice(*first)),
                    (None, Some(id)) => Some(Left::There(*id)),
                    (None, None) if read.new.len() >= ADDRESSES_MOST => Some(Left::TooMany),
                    (None, None) => {
                        seen.insert(address.clone(), number);
                        read.new.push(New { line: number, address, name: name.to_owned() });
                        None
                    }
                },
            };
            if let Some(why) = why.filter(|_| read.left.len() < ADDRESSES_MOST) {
                read.left.push((number, piece.chars().take(SHOWN_MOST).collect(), why));
            }
        }
    }
    read
}

/// The address without what stands behind a `+`: so mailboxes are known.
fn plain(address: &str) -> String {
    links::address(address).unwrap_or_else(|| address.to_owned())
}

fn accepted(text: &str) -> Result<String, Left> {
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    if text.len() > ADDRESS_MOST {
        return Err(Left::TooLong);
    }
    match links::address(text) {
        Some(_) if text.matches('@').count() == 1 && !text.chars().any(char::is_control) => {
            Ok(text.to_lowercase())
        }
        _ => Err(Left::Wrong),
    }
}

/// The pieces of a line that each hold one address. What stands in quotes or angle brackets is not
/// parted; blanks part only where there is no name.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut quoted, mut angled) = (0, false, false);
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '<' if !quoted => angled = true,
            '>' if !quoted => angled = false,
            ',' | ';' | '、' if !quoted && !angled => {
                pieces.push(line.get(start..at).unwrap_or(""));
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push(line.get(start..).unwrap_or(""));
    let whole = |piece: &&str| !piece.is_empty();
    let words =
        |piece: &'_ str| !piece.contains(['<', '"']) && piece.split_whitespace().all(|one| one.contains('@'));
    let parted = pieces
        .into_iter()
        .map(str::trim)
        .filter(whole)
        .flat_map(|piece| if words(piece) { piece.split_whitespace().collect() } else { vec![piece] });
    parted.collect()
}

/// Name and address of a piece.
fn parted(piece: &str) -> (&str, &str) {
    match piece.rsplit_once('<') {
        Some((name, rest)) => {
            let address = rest.strip_suffix('>').unwrap_or(rest);
            (name.trim().trim_matches('"').trim(), address.trim())
        }
        None => ("", piece.trim()),
    }
}

/// What password each gets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Passwords {
    /// None.
    #[default]
    None,
    /// One by this recipe.
    Of(Recipe),
    /// One by the rule for its domain or for the server that it lies on, of the settings (these) or of the
    /// list of known sites; else the usual one.
    ByRule(Vec<(String, String)>),
}

impl Passwords {
    /// The recipe for one that hangs on these.
    fn recipe(&self, address: &str, links: &[(Relation, Id)], vault: &Vault) -> Option<Recipe> {
        let rules = match self {
            Passwords::None => return None,
            Passwords::Of(recipe) => return Some(recipe.clone()),
            Passwords::ByRule(rules) => rules,
        };
        let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
        let servers = links.iter().filter(|(relation, _)| *relation == Relation::ControlledBy);
        let of_server = |entry: Entry<'_>| {
            entry.urls().into_iter().filter_map(subject::host).find_map(|host| choose::of_host(&host, rules))
        };
        let chosen = choose::of_host(domain, rules)
            .or_else(|| servers.filter_map(|(_, id)| vault.entry(*id)).find_map(of_server));
        Some(chosen.map_or_else(Recipe::default, |chosen| chosen.recipe))
    }
}

/// How the mailboxes are made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct How {
    /// What password each gets.
    pub passwords: Passwords,
    /// The folder that they lie in.
    pub folder: String,
    /// Their tags.
    pub tags: Vec<String>,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The change: one, however many they are.
    pub change: Change,
    /// Their ids, in the order of the list.
    pub ids: Vec<Id>,
    /// So many are linked to a domain, and so many to a server.
    pub linked: (usize, usize),
}

/// Why nothing was made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MakeError {
    /// No random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// The recipe gives no password.
    #[error(transparent)]
    Recipe(GenerateError),
}

/// The entries of a list.
pub fn make(
    vault: &Vault,
    new: &[New],
    how: &How,
    now_ms: u64,
    sealer: &mut Sealer<'_>,
) -> Result<Made, MakeError> {
    let mut ids = Vec::with_capacity(new.len());
    for _ in new {
        ids.push(sealer.id()?);
    }
    let found = leads(vault, new, &ids);
    let links = |id: &Id| found.get(id).map_or(&[][..], Vec::as_slice);
    let recipe = |(one, id): (&New, &Id)| how.passwords.recipe(&one.address, links(id), vault);
    let recipes: Vec<Option<Recipe>> = new.iter().zip(&ids).map(recipe).collect();
    let mut spaces: HashMap<String, Space<'_>> = HashMap::new();
    let tags: Vec<&str> = how.tags.iter().map(String::as_str).collect();
    let mut changes = Vec::with_capacity(new.len());
    for ((one, id), recipe) in new.iter().zip(&ids).zip(&recipes) {
        let password = match recipe {
            None => None,
            Some(recipe) => Some(drawn(recipe, &mut spaces, sealer)?),
        };
        let mut edit = EntryEdit::new_as(sealer, *id, Kind::Mailbox, now_ms);
        edit.text(Tag::TITLE, &one.address);
        edit.text(Tag::USERNAME, &one.address);
        edit.text(Tag::FOLDER, &how.folder);
        edit.set(Tag::LABEL, &tags)?;
        if !one.name.is_empty() && one.name != one.address {
            edit.set(Tag::ALIAS, &[one.name.as_str()])?;
        }
        if let (Some(password), Some(recipe)) = (password, recipe) {
            edit.secret(Tag::PASSWORD, password.expose().as_bytes())?;
            // - it has no address of a site by which the next one would obey the same
            if *recipe != Recipe::default() {
                edit.text(Tag::RECIPE, &recipe.to_string());
            }
        }
        for (relation, to) in links(id) {
            edit.link(*relation, *to)?;
        }
        changes.extend(edit.finish());
    }
    let with = |wanted: Relation| {
        found.values().filter(|links| links.iter().any(|(relation, _)| *relation == wanted)).count()
    };
    let linked = (with(Relation::RegisteredAt), with(Relation::ControlledBy));
    Ok(Made { change: Change::Many(changes), ids, linked })
}

fn drawn<'r>(
    recipe: &'r Recipe,
    spaces: &mut HashMap<String, Space<'r>>,
    sealer: &mut Sealer<'_>,
) -> Result<Secret, MakeError> {
    let fresh = match spaces.entry(recipe.to_string()) {
        Slot::Occupied(held) => held.into_mut(),
        Slot::Vacant(free) => free.insert(Space::of(recipe).map_err(MakeError::Recipe)?),
    };
    fresh.draw(&mut *sealer.entropy).map_err(|error| match error {
        GenerateError::Entropy(error) => MakeError::Entropy(error),
        other => MakeError::Recipe(other),
    })
}

/// What each of them hangs on, as far as the vault tells: its domain and its server.
fn leads(vault: &Vault, new: &[New], ids: &[Id]) -> BTreeMap<Id, Vec<(Relation, Id)>> {
    let mut facts = links::facts(vault.entries());
    let old = facts.len();
    facts.extend(new.iter().zip(ids).map(|(one, id)| Facts::of_mailbox(*id, &one.address)));
    let fresh: std::collections::BTreeSet<Id> = facts[old..].iter().map(|one| one.id).collect();
    let mut found: BTreeMap<Id, Vec<(Relation, Id)>> = BTreeMap::new();
    for one in links::of_facts(&facts).into_iter().filter(|one| fresh.contains(&one.from)) {
        if matches!(one.relation, Relation::RegisteredAt | Relation::ControlledBy) {
            found.entry(one.from).or_default().push((one.relation, one.to));
        }
    }
    // - two servers of one name: which it is only a person knows
    for links in found.values_mut() {
        let all = links.clone();
        links.retain(|(relation, _)| all.iter().filter(|one| one.0 == *relation).count() == 1);
    }
    found
}

/// The address of a mailbox, as it is written into a list for a host.
pub fn address_of(entry: Entry<'_>) -> Option<String> {
    let own = [entry.title(), entry.username()].into_iter().find(|text| links::address(text).is_some());
    own.map(|text| text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::value;
    use crate::ops::links::tests::{Fixture, NONE};

    fn addresses(read: &Read) -> Vec<(usize, &str, &str)> {
        read.new.iter().map(|one| (one.line, one.address.as_str(), one.name.as_str())).collect()
    }

    #[test]
    fn a_list_is_read_as_people_write_it() {
        let text = "info@example.jp\r\n\n  Sales <Sales@Example.jp>, \"Yamada, Hana\" <hana@example.jp>;\n\
                    a@example.jp b@example.jp\tc@example.jp\nｉｎｆｏ２＠ｅｘａｍｐｌｅ．ｊｐ、mailto:web@example.jp\n山田@例え.jp";
        let read = read(text, &HashMap::new());
        assert_eq!(
            addresses(&read),
            [
                (1, "info@example.jp", ""),
                (3, "sales@example.jp", "Sales"),
                (3, "hana@example.jp", "Yamada, Hana"),
                (4, "a@example.jp", ""),
                (4, "b@example.jp", ""),
                (4, "c@example.jp", ""),
                (5, "info2@example.jp", ""),
                (5, "web@example.jp", ""),
                (6, "山田@例え.jp", ""),
            ]
        );
        assert_eq!((read.left, read.cut), (vec![], false));
    }

    #[test]
    fn what_is_wrong_or_there_is_named_with_its_line() {
        let known = HashMap::from([("info@example.jp".to_owned(), Id([7; 16]))]);
        let long = format!("{}@example.jp", "a".repeat(300));
        let text =
            format!("info@example.jp\nfoo\na@b\nx@example.jp\nX@example.jp\n{long}\nname <y@example.jp\n<>");
        let read = read(&text, &known);
        assert_eq!(addresses(&read), [(4, "x@example.jp", ""), (7, "y@example.jp", "name")]);
        let left: Vec<(usize, &str, Left)> = read
            .left
            .iter()
            .map(|one| (one.0, one.1.get(..8.min(one.1.len())).unwrap_or(""), one.2.clone()))
            .collect();
        assert_eq!(
            left,
            [
                (1, "info@exa", Left::There(Id([7; 16]))),
                (2, "foo", Left::Wrong),
                (3, "a@b", Left::Wrong),
                (5, "X@exampl", Left::Twice(4)),
                (6, "aaaaaaaa", Left::TooLong),
                (8, "<>", Left::Wrong),
            ]
        );
        assert_eq!(read.wrong(), 4);
    }

    #[test]
    fn hostile_lists_are_bounded() {
        let mut text = String::new();
        for number in 0..ADDRESSES_MOST + 5 {
            text.push_str(&format!("a{number}@example.jp\n"));
        }
        let all = read(&text, &HashMap::new());
        assert_eq!((all.new.len(), all.left.len()), (ADDRESSES_MOST, 5));
        assert_eq!(all.left[0].2, Left::TooMany);
        let cut = read(&"あ".repeat(BYTES_MOST), &HashMap::new());
        assert!(cut.cut && cut.new.is_empty() && cut.left.len() == 1);
        assert_eq!(cut.left[0].1.chars().count(), SHOWN_MOST);
        for evil in [
            "\u{1b}[2J@example.jp",
            "a\u{0}b@example.jp",
            "a\u{9b}@example.jp",
            "@",
            "<<>>",
            "\"",
            "a@b@c.jp,,;;",
        ] {
            let read = read(evil, &HashMap::new());
            assert!(read.new.is_empty(), "{evil:?}: {read:?}");
        }
    }

    #[test]
    fn each_is_linked_and_has_a_password_of_its_own() {
        let mut made = Fixture::default();
        let server = made.add(Kind::Server, "panel", "p", &["https://panel.aozora.example/"]);
        made.field(server, "host", "sv1.aozora.example");
        let domain = made.add(Kind::Domain, "registrar (example.jp)", "r", NONE);
        made.field(domain, "nameservers", "ns1.aozora.example");
        made.add(Kind::Mailbox, "old@example.jp", "old@example.jp", NONE);
        let list = read("new@example.jp\nOLD@example.jp\nother@elsewhere.example", &known(&made.vault));
        assert_eq!(list.new.len(), 2);
        assert!(matches!(list.left.as_slice(), [(2, _, Left::There(_))]), "{:?}", list.left);
        let how = How {
            passwords: Passwords::Of(Recipe::default()),
            folder: "mail".into(),
            tags: vec!["jp".into()],
        };
        let Fixture { vault, values, random, clock } = &mut made;
        let mut sealer = Sealer { values, vault: [1; 16], entropy: random };
        let done = make(vault, &list.new, &how, *clock, &mut sealer).expect("made");
        assert_eq!(done.linked, (1, 1));
        let back = made.apply(&done.change).expect("has an inverse");
        let [first, second] = done.ids.as_slice() else { unreachable!("two") };
        let entry = made.entry(*first);
        assert_eq!((entry.kind(), entry.title(), entry.folder()), (Kind::Mailbox, "new@example.jp", "mail"));
        let mut to: Vec<(Relation, Id)> =
            entry.links().into_iter().map(|(_, relation, to)| (relation, to)).collect();
        to.sort_by_key(|one| one.0.byte());
        assert_eq!(to, [(Relation::ControlledBy, server), (Relation::RegisteredAt, domain)]);
        assert!(made.entry(*second).links().is_empty());
        let plain = |id: Id| {
            let sealed = made.entry(id).password().expect("one");
            value::open(&made.values, &[1; 16], &id.0, sealed).expect("authentic").expose().to_vec()
        };
        assert_eq!(plain(*first).len(), 20);
        assert_ne!(plain(*first), plain(*second));
        made.apply(&back);
        assert!(made.vault.entry(*first).is_none(), "one step takes all back");
    }

    #[test]
    fn passwords_obey_the_rule_of_the_domain_or_of_the_server() {
        let mut made = Fixture::default();
        let server = made.add(Kind::Server, "panel", "p", &["https://panel.aozora.example/"]);
        made.field(server, "host", "sv1.aozora.example");
        let domain = made.add(Kind::Domain, "registrar (example.jp)", "r", NONE);
        made.field(domain, "nameservers", "ns1.aozora.example");
        let list = read("a@example.jp\nb@pins.example\nc@elsewhere.example", &HashMap::new());
        let rules =
            [("aozora.example", "minlength: 14; maxlength: 14; allowed: lower;"), ("pins.example", "pin:9")];
        let rules = rules.map(|(host, rule)| (host.to_owned(), rule.to_owned())).to_vec();
        let how = How { passwords: Passwords::ByRule(rules), ..How::default() };
        let Fixture { vault, values, random, clock } = &mut made;
        let mut sealer = Sealer { values, vault: [1; 16], entropy: random };
        let done = make(vault, &list.new, &how, *clock, &mut sealer).expect("made");
        made.apply(&done.change);
        let plain = |id: Id| {
            let sealed = made.entry(id).password().expect("one");
            let opened = value::open(&made.values, &[1; 16], &id.0, sealed).expect("authentic");
            String::from_utf8(opened.expose().to_vec()).expect("text")
        };
        let [of_server, of_domain, usual] = done.ids.as_slice() else { unreachable!("three") };
        let text = plain(*of_server);
        assert!(text.len() == 14 && text.bytes().all(|byte| byte.is_ascii_lowercase()), "{text}");
        let text = plain(*of_domain);
        assert!(text.len() == 9 && text.bytes().all(|byte| byte.is_ascii_digit()), "{text}");
        assert_eq!(plain(*usual).len(), 20);
        // - the next one of each obeys the same
        let next = |id: Id| choose::of_entry(made.entry(id), &[]);
        assert_eq!(next(*of_domain).recipe, Recipe::Pin(9));
        assert_eq!(next(*usual).source, choose::Source::Usual);
    }
}
