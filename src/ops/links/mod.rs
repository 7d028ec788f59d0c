//! Links that nobody set but that the data tell: whose mailbox an address is, which server and which
//! registrar a site or a mailbox hangs on. They are proposals: the incident plan uses them as guesses
//! and names them so; a person may accept one as a link.
//!
//! Nothing is opened: titles, user names, addresses and plain fields are all that is read. The work
//! grows with the number of entries, not of pairs.

pub mod likely;
pub mod tree;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::change::Change;
use super::edit::{EntryEdit, Sealer};
use crate::crypto::entropy::EntropyError;
use crate::model::{Entry, FieldValue, Id, Kind, Relation, State, Vault};
use crate::ops::health::subject::host;

/// By what a link is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// The mail address is the user name, or stands in a field.
    Address,
    /// The mail address or the site is of this domain.
    Domain,
    /// The same host, or one of the server's.
    Host,
    /// The name servers of the domain are the server's.
    NameServers,
}

impl By {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            By::Address => "address",
            By::Domain => "domain",
            By::Host => "host",
            By::NameServers => "name-servers",
        }
    }
}

/// A link that the data tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal {
    /// The entry that hangs on the other.
    pub from: Id,
    /// How.
    pub relation: Relation,
    /// The other.
    pub to: Id,
    /// By what.
    pub by: By,
}

impl Proposal {
    /// The link that it is about.
    pub fn link(self) -> (Id, Relation, Id) {
        (self.from, self.relation, self.to)
    }
}

/// More entries of one host or one address than this say nothing about one another.
const CROWD: usize = 64;

/// A mail address in lower case, without what stands behind a `+`; none where the text is none.
pub fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let local = local.split('+').next().unwrap_or(local);
    let plain = !local.is_empty() && !text.contains(|c: char| c.is_whitespace() || "<>(),:/\"".contains(c));
    (plain && is_domain(domain)).then(|| format!("{local}@{domain}").to_lowercase())
}

fn is_domain(text: &str) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    let fits = |label: &&str| {
        !label.is_empty() && !label.starts_with('-') && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let last = labels.last().copied().unwrap_or("");
    labels.len() > 1 && labels.iter().all(fits) && last.chars().any(char::is_alphabetic)
}

/// True when `host` is `name` or lies below it.
pub(crate) fn is_under(host: &str, name: &str) -> bool {
    host == name || host.strip_suffix(name).is_some_and(|head| head.ends_with('.'))
}

/// What is looked at of one entry.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Its id.
    pub id: Id,
    /// Its kind, guessed where it is a plain login.
    pub kind: Kind,
    /// Mail addresses that it is the mailbox of.
    pub boxes: Vec<String>,
    /// Mail addresses that it signs in with or is written to at.
    pub writes_to: Vec<String>,
    /// Hosts of its addresses.
    pub hosts: Vec<String>,
    /// Host names in its fields: mail servers, the server's own name.
    pub named: Vec<String>,
    /// Domains that it says it is about.
    pub domains: Vec<String>,
    /// Its name servers.
    pub nameservers: Vec<String>,
}

impl Facts {
    /// Those of a mailbox that is not there yet.
    pub fn of_mailbox(id: Id, mailbox: &str) -> Facts {
        Facts {
            id,
            kind: Kind::Mailbox,
            boxes: address(mailbox).into_iter().collect(),
            writes_to: Vec::new(),
            hosts: Vec::new(),
            named: Vec::new(),
            domains: Vec::new(),
            nameservers: Vec::new(),
        }
    }

    /// Reads them off an entry.
    pub fn of(entry: Entry<'_>) -> Facts {
        let kind = likely::kind(entry);
        let hosts: Vec<String> = entry.urls().into_iter().filter_map(host).collect();
        let user = address(entry.username());
        let mut facts = Facts {
            id: entry.id(),
            kind,
            boxes: Vec::new(),
            writes_to: Vec::new(),
            hosts,
            named: Vec::new(),
            domains: Vec::new(),
            nameservers: Vec::new(),
        };
        if kind == Kind::Mailbox {
            // What it is called is its address before what it signs in with: a provider's own id.
            let own = address(entry.title()).or_else(|| user.clone());
            let made =
                || provider(&facts.hosts).map(|domain| format!("{}@{domain}", entry.username().trim()));
            facts.boxes.extend(own.or_else(|| made().and_then(|text| address(&text))));
            facts.boxes.extend(entry.aliases().into_iter().filter_map(address));
        }
        // A person's data and a note name an address; nobody signs in with them.
        let signs_in = !matches!(kind, Kind::Identity | Kind::Note | Kind::Card);
        facts.writes_to.extend(user.filter(|_| signs_in));
        for field in entry.fields() {
            let FieldValue::Plain(value) = field.value else { continue };
            match field.name {
                "nameservers" => facts.nameservers.extend(words(value).filter(|word| is_domain(word))),
                "registrar" => {}
                _ if address(value).is_some() => facts.writes_to.extend(address(value).filter(|_| signs_in)),
                _ => facts.named.extend(words(value).filter_map(|word| named_host(&word))),
            }
        }
        if matches!(kind, Kind::Domain | Kind::Server) {
            let texts = std::iter::once(entry.title()).chain(entry.aliases());
            facts.domains.extend(texts.flat_map(words).filter(|word| is_domain(word) && word.is_ascii()));
            facts.domains.extend(facts.named.iter().cloned());
        }
        for list in [&mut facts.boxes, &mut facts.writes_to, &mut facts.hosts, &mut facts.named] {
            list.sort_unstable();
            list.dedup();
        }
        let boxes = std::mem::take(&mut facts.boxes);
        facts.writes_to.retain(|one| !boxes.contains(one));
        facts.boxes = boxes;
        facts
    }
}

/// The part of a text that may be a host: port and scheme taken off.
fn named_host(word: &str) -> Option<String> {
    host(word).filter(|host| is_domain(host))
}

/// Words of a text, folded to lower case; what stands in brackets is a word of its own.
fn words(text: &str) -> impl Iterator<Item = String> {
    let apart = |c: char| c.is_whitespace() || "(),;、（）「」[]<>".contains(c);
    text.split(apart).filter(|word| !word.is_empty()).map(|word| word.trim_end_matches('.').to_lowercase())
}

/// The mail domain of a provider whose accounts are often written without it.
fn provider(hosts: &[String]) -> Option<&'static str> {
    const DOMAINS: &[(&str, &str)] = &[
        ("google.com", "gmail.com"),
        ("gmail.com", "gmail.com"),
        ("yahoo.co.jp", "yahoo.co.jp"),
        ("icloud.com", "icloud.com"),
    ];
    DOMAINS.iter().find(|(name, _)| hosts.iter().any(|host| is_under(host, name))).map(|(_, domain)| *domain)
}

/// The domain of a mail address.
fn domain(address: &str) -> &str {
    address.rsplit_once('@').map_or("", |(_, domain)| domain)
}

/// A host without its first part, where what is left still names somebody: `sv204.xserver.jp` is of
/// `xserver.jp`, but `example.co.jp` is not of `co.jp`.
fn house(host: &str) -> Option<&str> {
    let (_, rest) = host.split_once('.')?;
    let (first, _) = rest.split_once('.')?;
    let common =
        matches!(first, "co" | "ne" | "or" | "ac" | "ad" | "go" | "gr" | "ed" | "lg" | "com" | "net");
    (!common).then_some(rest)
}

/// Who is who: entries by what others name them by.
#[derive(Debug, Default)]
struct Book<'a> {
    mailboxes: HashMap<&'a str, Vec<&'a Facts>>,
    domains: HashMap<&'a str, Vec<&'a Facts>>,
    servers: HashMap<&'a str, Vec<&'a Facts>>,
    houses: HashMap<&'a str, Vec<&'a Facts>>,
}

impl<'a> Book<'a> {
    fn of(all: &'a [Facts]) -> Book<'a> {
        let mut book = Book::default();
        for one in all {
            for address in &one.boxes {
                book.mailboxes.entry(address).or_default().push(one);
            }
            if one.kind == Kind::Domain {
                for name in &one.domains {
                    book.domains.entry(name).or_default().push(one);
                }
            }
            if one.kind == Kind::Server {
                for name in one.named.iter().chain(&one.hosts).chain(&one.domains) {
                    book.servers.entry(name).or_default().push(one);
                }
                for name in one.named.iter().chain(&one.hosts).filter_map(|name| house(name)) {
                    book.houses.entry(name).or_default().push(one);
                }
            }
        }
        book
    }

    /// The entries of the longest domain that `host` lies in.
    fn domain_of(&self, host: &str) -> &[&'a Facts] {
        let mut rest = host;
        loop {
            if let Some(found) = self.domains.get(rest) {
                return found;
            }
            match rest.split_once('.') {
                Some((_, above)) => rest = above,
                None => return &[],
            }
        }
    }
}

/// The facts of all entries that are in use.
pub fn facts<'a>(entries: impl Iterator<Item = Entry<'a>>) -> Vec<Facts> {
    entries.filter(|entry| entry.state() == State::Active).map(Facts::of).collect()
}

/// What the data tell of links, those that are set already, or were refused, left out; in the order of
/// the entries.
pub fn propose<'a>(entries: impl Iterator<Item = Entry<'a>> + Clone) -> Vec<Proposal> {
    let all = facts(entries.clone());
    let set: BTreeSet<(Id, u8, Id)> = entries
        .flat_map(|entry| {
            let links = entry.links().into_iter().chain(entry.refused_links());
            links.map(move |(_, relation, to)| (entry.id(), relation.byte(), to))
        })
        .collect();
    let mut found = of_facts(&all);
    found.retain(|one| !set.contains(&(one.from, one.relation.byte(), one.to)));
    found
}

/// What a proposal rests on, as a person meets it in the entries: an address, a domain, a host.
pub fn evidence(from: Entry<'_>, to: Entry<'_>, by: By) -> String {
    let (from, to) = (Facts::of(from), Facts::of(to));
    let mut names = from.hosts.iter().chain(&from.named).chain(&from.domains);
    let known = |name: &str| to.named.iter().chain(&to.hosts).chain(&to.domains).any(|one| one == name);
    let mail = || from.boxes.iter().map(|address| domain(address).to_owned()).next();
    let found = match by {
        By::Address => from.writes_to.iter().find(|one| to.boxes.contains(one)).cloned(),
        By::Host => names.find(|name| known(name)).cloned(),
        By::Domain => {
            mail().or_else(|| names.find(|name| to.domains.iter().any(|one| is_under(name, one))).cloned())
        }
        By::NameServers => mail().or_else(|| from.domains.first().cloned()).or_else(|| names.next().cloned()),
    };
    found.unwrap_or_default()
}

/// The change that sets proposals as links, or refuses them for good: one, however many they are.
/// Entries that are gone are left out; none where nothing is left to do.
pub fn settle(
    vault: &Vault,
    links: &[(Id, Relation, Id)],
    take: bool,
    sealer: &mut Sealer<'_>,
) -> Result<Option<Change>, EntropyError> {
    let mut by_entry: BTreeMap<Id, Vec<(Relation, Id)>> = BTreeMap::new();
    for (from, relation, to) in links.iter().filter(|link| vault.entry(link.2).is_some()) {
        by_entry.entry(*from).or_default().push((*relation, *to));
    }
    let mut changes = Vec::new();
    for (from, links) in by_entry {
        let Some(record) = vault.record(from).filter(|_| vault.entry(from).is_some()) else { continue };
        let mut edit = EntryEdit::of(sealer, record);
        for (relation, to) in links {
            if take { edit.link(relation, to) } else { edit.refuse_link(relation, to) }?;
        }
        changes.extend(edit.finish());
    }
    Ok((!changes.is_empty()).then_some(Change::Many(changes)))
}

/// The same from facts, without looking at links.
pub fn of_facts(all: &[Facts]) -> Vec<Proposal> {
    let book = Book::of(all);
    let mut found: BTreeMap<(usize, u8, Id), By> = BTreeMap::new();
    for (at, one) in all.iter().enumerate() {
        let mut put = |relation: Relation, others: &[&Facts], by: By| {
            for other in others.iter().take(CROWD).filter(|other| other.id != one.id) {
                found.entry((at, relation.byte(), other.id)).or_insert(by);
            }
        };
        let mailbox_of = |address: &String| book.mailboxes.get(address.as_str()).map_or(&[][..], |all| all);
        for address in &one.writes_to {
            put(Relation::ResetsThrough, mailbox_of(address), By::Address);
        }
        for address in &one.boxes {
            put(Relation::RegisteredAt, book.domain_of(domain(address)), By::Domain);
        }
        let lies = match one.kind {
            Kind::Mailbox => Some(Relation::ControlledBy),
            Kind::Website | Kind::Database | Kind::Domain => Some(Relation::HostedOn),
            _ => None,
        };
        if let Some(relation) = lies {
            for (server, by) in servers(one, &book) {
                put(relation, &[server], by);
            }
        }
        if one.kind == Kind::Website {
            for host in &one.hosts {
                put(Relation::RegisteredAt, book.domain_of(host), By::Domain);
            }
        }
    }
    let made = |((at, relation, to), by): ((usize, u8, Id), By)| Proposal {
        from: all[at].id,
        relation: Relation::from_byte(relation),
        to,
        by,
    };
    found.into_iter().map(made).collect()
}

/// The servers that an entry lies on, by its hosts, by its domain, by the name servers of that domain.
fn servers<'a>(one: &Facts, book: &Book<'a>) -> Vec<(&'a Facts, By)> {
    let mut found: Vec<(&Facts, By)> = Vec::new();
    let mut put = |others: Option<&Vec<&'a Facts>>, by: By| {
        found.extend(others.into_iter().flatten().take(CROWD).map(|other| (*other, by)));
    };
    if one.kind != Kind::Domain {
        one.hosts.iter().chain(&one.named).for_each(|host| put(book.servers.get(host.as_str()), By::Host));
    }
    let mut domains: Vec<&str> = one.boxes.iter().map(|address| domain(address)).collect();
    match one.kind {
        Kind::Website => domains.extend(one.hosts.iter().map(String::as_str)),
        Kind::Domain => domains.extend(one.domains.iter().map(String::as_str)),
        _ => {}
    }
    for name in domains {
        put(book.servers.get(name), By::Domain);
        let registered = if one.kind == Kind::Domain { &[][..] } else { book.domain_of(name) };
        for at in registered {
            at.domains.iter().for_each(|name| put(book.servers.get(name.as_str()), By::Domain));
            let houses = at.nameservers.iter().filter_map(|name| house(name));
            houses.for_each(|name| put(book.houses.get(name), By::NameServers));
        }
    }
    let houses = one.nameservers.iter().filter_map(|name| house(name));
    houses.for_each(|name| put(book.houses.get(name), By::NameServers));
    found
}

#[cfg(test)]
pub(crate) mod tests;
