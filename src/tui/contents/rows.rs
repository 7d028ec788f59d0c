//! The rows of the detail of an entry: what can be copied, opened or saved first, then what is only
//! told. Only the selected entry is looked at, and no secret is opened.

use jiff::tz::TimeZone;

use super::proposed::SHOWN;
use super::{Contents, DetailRow, Part, Shown, date};
use crate::crypto::value::OVERHEAD;
use crate::model::{Entry, FieldValue, Id, State};
use crate::ops::links;
use crate::ops::rotation::{Cause, Intervals, Rhythm};
use crate::ops::staged;
use crate::secret::SecretBytes;
use crate::text::{Catalog, links as said, words};

/// Most links and most attachments that are listed.
const LISTED_MOST: usize = 200;

impl Contents {
    /// The rows of the detail of an entry; `health` is what the health check says of it.
    pub fn rows(
        &self,
        id: Id,
        catalog: &Catalog,
        health: Option<String>,
        now_ms: u64,
        zone: &TimeZone,
    ) -> Vec<DetailRow> {
        let Some(entry) = self.entry(id) else { return Vec::new() };
        let mut rows = self.parts(id, entry, catalog);
        self.link_rows(id, catalog, &mut rows);
        self.proposed_rows(id, catalog, &mut rows);
        for (number, (_, name, envelope)) in entry.files().into_iter().take(LISTED_MOST).enumerate() {
            let size = (catalog.tui.page.form.size)(envelope.len().saturating_sub(OVERHEAD));
            let value = Shown::Plain(format!("{name} ({size})"));
            let part = Part::File(number);
            rows.push(DetailRow { part: Some(part), label: (catalog.tui.part)(part), value, told: false });
        }
        told(entry, catalog, health, (now_ms, zone), &mut rows);
        rows
    }

    /// User name, password, code and address first and in this order, whatever else there is.
    fn parts(&self, id: Id, entry: Entry<'_>, catalog: &Catalog) -> Vec<DetailRow> {
        let mut rows = Vec::new();
        let plain = |value: &str| Shown::Plain(value.to_owned());
        let mut push = |part: Part, value: Shown| {
            rows.push(DetailRow {
                part: Some(part),
                label: self.label(id, part, catalog),
                value,
                told: false,
            });
        };
        if self.has(id, Part::User) {
            push(Part::User, plain(entry.username()));
        }
        for part in [Part::Password, Part::Code] {
            if self.has(id, part) {
                push(part, Shown::Masked);
            }
        }
        for (number, address) in entry.urls().iter().enumerate() {
            push(Part::Address(number), plain(address));
        }
        if self.has(id, Part::Staged) {
            push(Part::Staged, Shown::Masked);
        }
        for (number, field) in entry.fields().iter().enumerate() {
            let value = match field.value {
                FieldValue::Plain(value) => plain(value),
                FieldValue::Sealed(_) => Shown::Masked,
            };
            push(Part::Field(number), value);
        }
        if self.has(id, Part::Notes) {
            push(Part::Notes, Shown::Masked);
        }
        rows
    }

    fn link_rows(&self, id: Id, catalog: &Catalog, rows: &mut Vec<DetailRow>) {
        let text = &catalog.tui.vault;
        for (number, link) in self.links_of(id).into_iter().take(LISTED_MOST).enumerate() {
            let label = (text.link)(link.relation(), link.back).to_owned();
            let other = self.entry(link.other);
            let title = match other.map(Entry::title) {
                None if link.back => continue,
                None => catalog.tui.page.form.gone,
                Some("") => text.untitled,
                Some(title) => title,
            };
            let trashed = other.is_some_and(|other| other.state() == State::Trashed);
            let value = if trashed { format!("{title} ({})", text.trashed) } else { title.to_owned() };
            // - nothing of the trash is in the list that Enter goes to
            let part = other.filter(|_| !trashed).map(|_| Part::Link(number));
            rows.push(DetailRow { part, label, value: Shown::Plain(value), told: false });
        }
    }

    /// Links that only the data tell: quiet, to be set here or on the page of all of them.
    fn proposed_rows(&self, id: Id, catalog: &Catalog, rows: &mut Vec<DetailRow>) {
        let text = &catalog.tui.vault;
        let all = self.proposed_of(id);
        for (number, one) in all.iter().enumerate().take(SHOWN) {
            let other = if one.from == id { one.to } else { one.from };
            let (Some(from), Some(to), Some(other)) =
                (self.entry(one.from), self.entry(one.to), self.entry(other))
            else {
                continue;
            };
            let by = said::by(one.by, &links::evidence(from, to, one.by), catalog.lang);
            let title = if other.title().is_empty() { text.untitled } else { other.title() };
            rows.push(DetailRow {
                part: Some(Part::Proposed(number)),
                label: format!("{}?", (text.link)(one.relation, one.from != id)),
                value: Shown::Plain(format!("{title} ({by})")),
                told: false,
            });
        }
        if all.len() > SHOWN {
            let value = Shown::Plain((catalog.tui.page.links.more_proposed)(all.len() - SHOWN));
            rows.push(DetailRow { part: None, label: String::new(), value, told: false });
        }
    }

    fn links_of(&self, id: Id) -> Vec<super::links::Link> {
        self.links.of(id, |other| self.entry(other).map_or("", Entry::title))
    }

    /// The entry at the other end of a link.
    pub fn linked(&self, id: Id, number: usize) -> Option<Id> {
        let link = *self.links_of(id).get(number)?;
        self.entry(link.other).filter(|other| other.state() != State::Trashed).map(Entry::id)
    }

    /// The name of an attachment, as it came in.
    pub fn file_name(&self, id: Id, number: usize) -> Option<&str> {
        self.entry(id)?.files().get(number).map(|(_, name, _)| *name)
    }

    /// The content of an attachment.
    pub fn file(&self, id: Id, number: usize) -> Option<SecretBytes> {
        let (_, _, envelope) = *self.entry(id)?.files().get(number)?;
        self.session.reveal(id, envelope).ok()
    }
}

/// What is only told.
fn told(
    entry: Entry<'_>,
    catalog: &Catalog,
    health: Option<String>,
    (now_ms, zone): (u64, &TimeZone),
    rows: &mut Vec<DetailRow>,
) {
    let (text, form) = (&catalog.tui.vault, &catalog.tui.page.form);
    let mut tell = |label: &str, value: String| {
        rows.push(DetailRow { part: None, label: label.to_owned(), value: Shown::Plain(value), told: true });
    };
    match entry.state() {
        State::Active => {}
        State::Archived => tell(text.state, text.archived.to_owned()),
        State::Trashed => tell(text.state, text.trashed.to_owned()),
    }
    if !entry.reading().is_empty() {
        tell(form.reading, entry.reading().to_owned());
    }
    if !entry.aliases().is_empty() {
        tell(form.aliases, entry.aliases().join(", "));
    }
    if entry.favourite() {
        tell(text.favourite, text.yes.to_owned());
    }
    if !entry.tags().is_empty() {
        tell(text.tags, entry.tags().join(", "));
    }
    if let Some(expires) = entry.expires() {
        let left = (text.expiry)(expires.checked_sub(now_ms).filter(|left| *left > 0).map(days_of));
        tell(text.expires, format!("{} ({left})", date(expires, zone)));
    }
    let forced = staged::is_forced(entry);
    if forced {
        rows.push(DetailRow {
            part: None,
            label: text.next_change.to_owned(),
            value: Shown::Whole(text.forced.to_owned()),
            told: true,
        });
    } else if let Some(words) = own_rhythm(entry, catalog, zone) {
        tell(text.next_change, words);
    }
    if let Some(health) = health {
        rows.push(DetailRow {
            part: None,
            label: catalog.tui.page.health.label.to_owned(),
            value: Shown::Whole(health),
            told: true,
        });
    }
    let mut tell = |label: &str, value: String| {
        rows.push(DetailRow { part: None, label: label.to_owned(), value: Shown::Plain(value), told: true });
    };
    // - what nearly every entry has stands last, so that it stands at the same place for all
    if !entry.folder().is_empty() {
        tell(text.folder, entry.folder().to_owned());
    }
    let days = |ms: u64| (text.days_ago)(now_ms.saturating_sub(ms) / DAY);
    tell(text.kind, words::kind(entry.kind(), catalog.lang).to_owned());
    if let Some(changed) = entry.password_changed() {
        tell(text.changed, format!("{} ({})", date(changed, zone), days(changed)));
    }
    tell(text.modified, format!("{} ({})", date(entry.modified(), zone), days(entry.modified())));
}

/// When the password is to be changed, where the entry has an interval or a date of its own.
fn own_rhythm(entry: Entry<'_>, catalog: &Catalog, zone: &TimeZone) -> Option<String> {
    let rhythm = Rhythm::of(entry);
    entry.password()?;
    rhythm.interval.or(rhythm.date)?;
    let text = &catalog.tui.vault;
    let Some((at, cause)) = rhythm.next(&Intervals::default()) else {
        return (rhythm.interval == Some(0)).then(|| text.never.to_owned());
    };
    let day = date(at, zone);
    Some(match cause {
        Cause::Interval { days, .. } => format!("{day} ({})", (text.every)(days)),
        _ => day,
    })
}

const DAY: u64 = 86_400_000;

/// Days that are left; a part of one counts.
fn days_of(ms: u64) -> u64 {
    ms.div_ceil(DAY)
}
