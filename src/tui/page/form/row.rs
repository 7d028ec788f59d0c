//! The rows of a form: what each stands for, what is typed into it, and the rows that a kind or an
//! entry begins with.

use jiff::tz::TimeZone;

use crate::model::{Entry, FieldValue, Id, Kind, Relation, Tag};
use crate::ops::totp::OtpError;
use crate::tui::contents::date;
use crate::tui::widget::typed::Typed;

/// Most bytes of a title, a user name, a folder …
pub const LINE_MOST: usize = 4 << 10;
/// Most bytes of an address or a plain field.
pub const FIELD_MOST: usize = 64 << 10;
/// Room for a secret of one line.
pub const SECRET_ROOM: usize = 4 << 10;
/// Room for notes and secrets of several lines; what is longer comes in as a file.
pub const NOTES_ROOM: usize = 64 << 10;

/// What a row stands for.
#[derive(Debug)]
pub enum What {
    /// The title.
    Title,
    /// The user name.
    User,
    /// The password.
    Password,
    /// The key of the one-time codes.
    Code,
    /// One address.
    Address,
    /// The button for one more.
    AddAddress,
    /// A custom field.
    Field(Named),
    /// The button for one more.
    AddField,
    /// The folder.
    Folder,
    /// The tags, with commas between.
    Tags,
    /// The notes.
    Notes,
    /// How the title is read.
    Reading,
    /// Other names, with commas between.
    Aliases,
    /// The day it expires.
    Expires,
    /// What the site asks of passwords.
    Rule,
    /// After how many days the password is to be changed.
    Interval,
    /// Marked as favourite.
    Favourite,
    /// The kind.
    Kind,
    /// A link to another entry.
    Link(Linked),
    /// The button for one more.
    AddLink,
    /// An attachment.
    File(Attached),
    /// The button for one more.
    AddFile,
    /// The button that saves.
    Save,
}

/// A custom field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its element, once it is saved.
    pub element: Option<Id>,
    /// Its name.
    pub name: String,
    /// It is a secret.
    pub secret: bool,
    /// The form of the kind has it by itself.
    pub of_kind: bool,
}

/// A link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Linked {
    /// Its element, once it is saved.
    pub element: Option<Id>,
    /// How the two hang together.
    pub relation: Relation,
    /// The other entry.
    pub target: Id,
}

/// An attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its element, once it is saved.
    pub element: Option<Id>,
    /// Its name.
    pub name: String,
    /// Bytes of its content.
    pub bytes: usize,
    /// Where it came from and its content, sealed for the entry: when it is not saved yet.
    pub fresh: Option<(String, Box<[u8]>)>,
}

/// A secret as it was saved, not opened.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// The entry that it is sealed for.
    pub record: Id,
    /// The envelope.
    pub envelope: Box<[u8]>,
}

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// An entry needs a title.
    NoTitle,
    /// A field needs a name.
    NoName,
    /// Longer than the vault takes.
    TooLong,
    /// No day.
    NoDay,
    /// No number of days.
    NoDays,
    /// No rule, or one that gives no password.
    NoRule,
    /// No key of one-time codes.
    NoKey(OtpError),
    /// The secret does not open.
    Damaged,
    /// There is nothing of that name, or it cannot be read.
    NoFile,
}

/// A row.
#[derive(Debug)]
pub struct Row {
    /// What it stands for.
    pub what: What,
    /// What is typed; none for buttons, and for a secret that was not opened.
    pub typed: Option<Typed>,
    /// The secret that was there when the form opened.
    pub sealed: Option<Sealed>,
    /// The plain text that was there when the form opened.
    pub begin: String,
    /// Of a row that is yes or no.
    pub on: bool,
    /// What is wrong with it.
    pub problem: Option<Problem>,
}

impl Row {
    /// A row without a text: a button, a link, an attachment.
    pub fn button(what: What) -> Row {
        Row { what, typed: None, sealed: None, begin: String::new(), on: false, problem: None }
    }

    /// A plain row with a text.
    pub fn plain(what: What, text: &str) -> Row {
        let most = match what {
            What::Address | What::Field(_) => FIELD_MOST,
            _ => LINE_MOST,
        };
        let lines = text.contains('\n');
        let typed = Some(Typed::plain(text, most.max(text.len())).of_lines(lines));
        Row { typed, begin: text.to_owned(), ..Row::button(what) }
    }

    /// A secret row: with what was saved, or empty.
    pub fn secret(what: What, sealed: Option<Sealed>) -> Row {
        Row { sealed, ..Row::button(what) }
    }

    /// It is a secret.
    pub fn is_secret(&self) -> bool {
        match &self.what {
            What::Password | What::Code | What::Notes => true,
            What::Field(named) => named.secret,
            _ => false,
        }
    }

    /// Text is typed into it.
    pub fn takes_text(&self) -> bool {
        self.is_secret() || self.typed.is_some()
    }

    /// It has a menu at its end.
    pub fn has_menu(&self) -> bool {
        matches!(self.what, What::Field(_) | What::Address)
    }

    /// Nothing is in it.
    pub fn is_empty(&self) -> bool {
        match &self.typed {
            Some(typed) => typed.is_empty(),
            None => self.sealed.is_none(),
        }
    }

    /// The text of a plain row.
    pub fn text(&self) -> &str {
        self.typed.as_ref().map_or("", Typed::text)
    }

    /// An empty field for a secret of this row, or one with `text` in it.
    pub fn fresh_secret(&self, text: &str) -> Typed {
        let (room, lines) = match &self.what {
            What::Notes => (NOTES_ROOM, true),
            What::Field(named) if named.name == "private-key" || text.contains('\n') => (NOTES_ROOM, true),
            _ => (SECRET_ROOM, false),
        };
        // - what is longer than the room can be made longer by a page
        Typed::secret(text, room.max(text.len().saturating_add(SECRET_ROOM).min(1 << 20))).of_lines(lines)
    }
}

fn sealed(record: Id, envelope: Option<&[u8]>) -> Option<Sealed> {
    envelope.map(|envelope| Sealed { record, envelope: envelope.into() })
}

/// The fields of a kind, then those that the entry has beside them.
fn field_rows(kind: Kind, entry: Option<Entry<'_>>) -> Vec<Row> {
    let mut held = entry.map_or(Vec::new(), Entry::fields);
    let mut rows = Vec::new();
    let row = |named: Named, value: Option<FieldValue<'_>>| match (value, entry) {
        (Some(FieldValue::Sealed(envelope)), Some(entry)) => {
            let secret = Named { secret: true, ..named };
            Row::secret(What::Field(secret), sealed(entry.id(), Some(envelope)))
        }
        (Some(FieldValue::Plain(text)), _) if !(text.is_empty() && named.secret) => {
            Row::plain(What::Field(Named { secret: false, ..named }), text)
        }
        _ if named.secret => Row::secret(What::Field(named), None),
        _ => Row::plain(What::Field(named), ""),
    };
    for known in kind.fields() {
        let at = held.iter().position(|field| field.name == known.name);
        let found = at.map(|at| held.remove(at));
        let named = Named {
            element: found.map(|field| field.element),
            name: known.name.to_owned(),
            secret: known.secret,
            of_kind: true,
        };
        rows.push(row(named, found.map(|field| field.value)));
    }
    for field in held {
        let named = Named {
            element: Some(field.element),
            name: field.name.to_owned(),
            secret: false,
            of_kind: false,
        };
        rows.push(row(named, Some(field.value)));
    }
    rows
}

/// The rows of a new entry of a kind, or of one that is there.
pub fn rows(kind: Kind, entry: Option<Entry<'_>>, zone: &TimeZone) -> Vec<Row> {
    let plain = |what: What, text: fn(Entry<'_>) -> &str| Row::plain(what, entry.map_or("", text));
    let secret = |what: What, value: Option<&[u8]>| {
        Row::secret(what, entry.and_then(|entry| sealed(entry.id(), value)))
    };
    let mut rows = vec![plain(What::Title, |entry| entry.title())];
    let mut fields = field_rows(kind, entry);
    fields.push(Row::button(What::AddField));
    let notes = secret(What::Notes, entry.and_then(|entry| entry.notes()));
    let addresses = entry.map_or(Vec::new(), Entry::urls);
    let mut access = vec![
        plain(What::User, |entry| entry.username()),
        secret(What::Password, entry.and_then(|entry| entry.password())),
        secret(What::Code, entry.and_then(|entry| entry.otp())),
    ];
    let known = addresses.len();
    access.extend(addresses.into_iter().map(|address| Row::plain(What::Address, address)));
    if known == 0 {
        access.push(Row::plain(What::Address, ""));
    }
    access.push(Row::button(What::AddAddress));
    // - what a person has in the hand first comes first; what a kind has no use for stays away
    let without: fn(&What) -> bool = match kind {
        Kind::Note | Kind::Identity | Kind::Card => |what| {
            !matches!(what, What::User | What::Password | What::Code | What::Address | What::AddAddress)
        },
        Kind::ApiToken | Kind::SshKey | Kind::Database => |what| !matches!(what, What::Code),
        _ => |_| true,
    };
    access.retain(|row| without(&row.what) || (!row.is_empty() && row.takes_text()));
    let mut notes = Some(notes);
    match kind {
        Kind::Note => {
            rows.extend(notes.take());
            rows.append(&mut access);
            rows.append(&mut fields);
        }
        Kind::Card | Kind::BankAccount | Kind::Identity | Kind::SshKey | Kind::ApiToken => {
            rows.append(&mut fields);
            rows.append(&mut access);
        }
        _ => {
            rows.append(&mut access);
            rows.append(&mut fields);
        }
    }
    rows.push(plain(What::Folder, |entry| entry.folder()));
    let joined = |list: Vec<&str>| list.join(", ");
    rows.push(Row::plain(What::Tags, &entry.map_or(String::new(), |entry| joined(entry.tags()))));
    rows.extend(notes.take());
    rows.push(plain(What::Reading, |entry| entry.reading()));
    rows.push(Row::plain(What::Aliases, &entry.map_or(String::new(), |entry| joined(entry.aliases()))));
    let day = entry.and_then(Entry::expires).map_or(String::new(), |ms| date(ms, zone));
    rows.push(Row::plain(What::Expires, &day));
    if rows.iter().any(|row| matches!(row.what, What::Password)) {
        let days = entry
            .and_then(|entry| entry.0.number(Tag::INTERVAL))
            .map_or(String::new(), |days| days.to_string());
        rows.push(Row::plain(What::Interval, &days));
        let rule = entry.map_or("", |entry| match entry.0.text(Tag::RECIPE) {
            "" => entry.0.text(Tag::RULE),
            recipe => recipe,
        });
        rows.push(Row::plain(What::Rule, rule));
    }
    rows.push(Row { on: entry.is_some_and(Entry::favourite), ..Row::button(What::Favourite) });
    rows.push(Row::button(What::Kind));
    for (element, relation, target) in entry.map_or(Vec::new(), Entry::links) {
        rows.push(Row::button(What::Link(Linked { element: Some(element), relation, target })));
    }
    rows.push(Row::button(What::AddLink));
    for (element, name, envelope) in entry.map_or(Vec::new(), Entry::files) {
        let bytes = envelope.len().saturating_sub(crate::crypto::value::OVERHEAD);
        let file = Attached { element: Some(element), name: name.to_owned(), bytes, fresh: None };
        rows.push(Row { begin: name.to_owned(), ..Row::button(What::File(file)) });
    }
    rows.push(Row::button(What::AddFile));
    rows.push(Row::button(What::Save));
    rows
}
