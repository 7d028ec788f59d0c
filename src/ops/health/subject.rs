//! What health looks at of one entry, taken out of the vault so that a worker can go through it
//! while the person goes on: words in clear, secrets still sealed.

use crate::model::entry::FieldValue;
use crate::model::record::Attr;
use crate::model::{Entry, Id, Kind, Relation, State, Tag, Value};
use crate::ops::links::likely;
use crate::ops::rotation::Rhythm;

/// Where a password stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// In use.
    Current,
    /// Staged, beside the one in use.
    Staged,
    /// In the history of an entry.
    Old,
    /// Of an entry whose account is closed.
    Archived,
    /// Of an entry in the trash.
    Trashed,
}

impl Place {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Place::Current => "current",
            Place::Staged => "staged",
            Place::Old => "old",
            Place::Archived => "archived",
            Place::Trashed => "trashed",
        }
    }
}

/// One sealed password.
#[derive(Debug, Clone)]
pub struct SealedPassword {
    /// Where it stands.
    pub place: Place,
    /// Since when, ms; 0 is unknown.
    pub since: u64,
    /// Its envelope.
    pub envelope: Value,
}

/// A finding that somebody decided to leave alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// The number of the check.
    pub check: u8,
    /// Until when, ms; 0 is for good.
    pub until: u64,
    /// Why.
    pub reason: String,
}

impl Ignored {
    /// Reads the value of [`Tag::IGNORED`]: check u8 ‖ until u64 ms ‖ reason.
    pub fn read(value: &[u8]) -> Option<Ignored> {
        let (check, rest) = value.split_first()?;
        let (until, reason) = rest.split_first_chunk::<8>()?;
        let reason = String::from_utf8_lossy(reason).into_owned();
        Some(Ignored { check: *check, until: u64::from_le_bytes(*until), reason })
    }

    /// The value of [`Tag::IGNORED`].
    pub fn write(&self) -> Vec<u8> {
        let mut out = vec![self.check];
        out.extend_from_slice(&self.until.to_le_bytes());
        out.extend_from_slice(self.reason.as_bytes());
        out
    }

    /// Holds at this time.
    pub fn holds(&self, now_ms: u64) -> bool {
        self.until == 0 || self.until > now_ms
    }
}

/// What health looks at of one entry.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Its id.
    pub id: Id,
    /// Its kind.
    pub kind: Kind,
    /// What a plain login most likely is: by it findings are ranked.
    pub guess: Option<Kind>,
    /// Its state.
    pub state: State,
    /// Title.
    pub title: String,
    /// User name.
    pub username: String,
    /// Addresses.
    pub urls: Vec<String>,
    /// It has one-time codes.
    pub otp: bool,
    /// When it was last written, ms.
    pub modified: u64,
    /// When the password was last changed, ms, where that is known.
    pub changed: Option<u64>,
    /// When it expires, ms.
    pub expires: Option<u64>,
    /// Its own interval in days; 0 is never.
    pub interval: Option<u64>,
    /// Its own due date, ms.
    pub due: Option<u64>,
    /// Links to other entries.
    pub links: Vec<(Relation, Id)>,
    /// Open staged changes: since when, ms.
    pub staged: Vec<u64>,
    /// Findings to leave alone.
    pub ignored: Vec<Ignored>,
    /// Its passwords, the current one first.
    pub passwords: Vec<SealedPassword>,
}

impl Subject {
    /// Takes it out of an entry. Opens nothing.
    pub fn of(entry: Entry<'_>) -> Subject {
        let record = entry.0;
        let state = entry.state();
        let here = match state {
            State::Active => Place::Current,
            State::Archived => Place::Archived,
            State::Trashed => Place::Trashed,
        };
        let before = if state == State::Active { Place::Old } else { here };
        let mut passwords = Vec::new();
        for (at, version) in
            record.attr(Tag::PASSWORD, None).iter().flat_map(|attr| &attr.versions).enumerate()
        {
            let (place, told) = if at == 0 { (here, entry.password_changed()) } else { (before, None) };
            let since = told.unwrap_or_else(|| version.stamp.ms());
            if !version.value.is_empty() {
                passwords.push(SealedPassword { place, since, envelope: version.value.clone() });
            }
        }
        let staged = entry.staged();
        if state == State::Active {
            for one in &staged {
                let held = record.attr(Tag::STAGED_SECRET, Some(one.element)).and_then(Attr::current);
                if let Some(version) = held.filter(|version| !version.value.is_empty()) {
                    let (since, envelope) = (one.since, version.value.clone());
                    passwords.push(SealedPassword { place: Place::Staged, since, envelope });
                }
            }
        }
        Subject {
            id: entry.id(),
            kind: entry.kind(),
            guess: Some(likely::kind(entry)).filter(|guess| *guess != entry.kind()),
            state,
            title: entry.title().to_owned(),
            username: entry.username().to_owned(),
            urls: entry.urls().into_iter().map(str::to_owned).collect(),
            otp: entry.otp().is_some(),
            modified: entry.modified(),
            changed: entry.password_changed(),
            expires: entry.expires().or_else(|| valid_to(entry)),
            interval: record.number(Tag::INTERVAL),
            due: entry.due_date(),
            links: entry.links().into_iter().map(|(_, relation, target)| (relation, target)).collect(),
            staged: staged.iter().map(|one| one.since).collect(),
            ignored: record
                .elements(Tag::IGNORED)
                .filter_map(|(_, attr)| Ignored::read(attr.value()))
                .collect(),
            passwords,
        }
    }

    /// The password in use.
    pub fn current(&self) -> Option<&SealedPassword> {
        self.passwords.first().filter(|one| one.place == Place::Current)
    }

    /// What the next change of its password depends on.
    pub fn rhythm(&self) -> Rhythm {
        let Subject { id, kind, changed, interval, due: date, .. } = *self;
        Rhythm { id, kind, changed, interval, date }
    }

    /// Hosts of its addresses, lower case, without `www.`.
    pub fn hosts(&self) -> impl Iterator<Item = String> {
        self.urls.iter().filter_map(|url| host(url))
    }

    /// Words of the site, folded: parts of the host names and of the title that are no common
    /// ending.
    pub fn site_words(&self) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        let title = crate::ops::search::fold::fold(&self.title);
        let parts = title.split(|letter: char| !letter.is_alphanumeric());
        let hosts: Vec<String> = self.hosts().collect();
        let labels = hosts.iter().flat_map(|host| host.split(['.', '-']));
        for word in parts.chain(labels) {
            let long = word.chars().nth(2).is_some();
            if long && !COMMON.contains(&word) && !words.iter().any(|one| one == word) {
                words.push(word.to_owned());
            }
        }
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.truncate(16);
        words
    }
}

/// Parts of host names and titles that name no site.
const COMMON: &[&str] = &[
    "com", "net", "org", "www", "login", "mail", "web", "info", "site", "shop", "example", "password",
    "admin",
];

/// The host of an address, lower case, without `www.`; none where there is none.
pub fn host(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    if scheme.is_empty() && !url.contains('.') {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let name = authority.rsplit('@').next().unwrap_or("");
    // An IPv6 address stands in brackets; elsewhere a colon begins the port.
    let name = match name.strip_prefix('[') {
        Some(inner) => inner.split(']').next().unwrap_or(""),
        None => name.split(':').next().unwrap_or(""),
    };
    let name = name.trim_end_matches('.').to_lowercase();
    let name = name.strip_prefix("www.").unwrap_or(&name);
    Some(name).filter(|name| !name.is_empty()).map(str::to_owned)
}

/// The end of the month that a card is valid to, ms.
fn valid_to(entry: Entry<'_>) -> Option<u64> {
    if entry.kind() != Kind::Card {
        return None;
    }
    let fields = entry.fields();
    let value = fields.iter().find_map(|field| match field.value {
        FieldValue::Plain(value) if field.name == "valid-to" => Some(value),
        _ => None,
    })?;
    month_end(value)
}

/// When the month `12/27`, `12/2027`, `2027-12` or `2027/12` has ended, ms.
fn month_end(text: &str) -> Option<u64> {
    let (one, next) = text.trim().split_once(['/', '-', '.'])?;
    let (one, next): (u64, u64) = (one.trim().parse().ok()?, next.trim().parse().ok()?);
    let (month, year) = if one > 12 { (next, one) } else { (one, next) };
    let year = if year < 100 { 2000 + year } else { year };
    if !(1..=12).contains(&month) || !(2000..=2200).contains(&year) {
        return None;
    }
    let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut days: u64 = (1970..year).map(|one| if leap(one) { 366 } else { 365 }).sum();
    const LENGTHS: [u64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    days += LENGTHS.iter().zip(1..month).map(|(length, _)| length).sum::<u64>();
    days += u64::from(month > 2 && leap(year));
    Some(days * 86_400_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read_off_addresses() {
        assert_eq!(host("https://www.Example.co.jp:8443/a?b").as_deref(), Some("example.co.jp"));
        assert_eq!(host("https://user:pw@[2001:db8::1]:80/").as_deref(), Some("2001:db8::1"));
        assert_eq!(host("example.jp/login").as_deref(), Some("example.jp"));
        assert_eq!(host("memo"), None);
        assert_eq!(host("https://"), None);
    }

    #[test]
    fn a_card_is_valid_to_the_end_of_its_month() {
        // 2027-12 ends where 2028-01-01 begins; a February of a leap year ends on the 29th.
        assert_eq!(month_end("12/27"), Some(1_830_297_600_000));
        assert_eq!(month_end("2028-02"), Some(1_835_481_600_000));
        for none in ["", "13/27", "0/27", "1227", "99/99999999999999999999"] {
            assert_eq!(month_end(none), None, "{none}");
        }
    }

    #[test]
    fn what_is_ignored_reads_back() {
        let one = Ignored { check: 6, until: 77, reason: "カードは来月".to_owned() };
        assert_eq!(Ignored::read(&one.write()), Some(one.clone()));
        assert!(one.holds(76) && !one.holds(77));
        assert_eq!(Ignored::read(&[1, 2]), None);
    }
}
