//! From a filled form to the change that it means: what is wrong is noted at its row; only what the
//! person changed is written, and an unchanged secret stays the envelope that it is.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::State;
use super::row::{Attached, LINE_MOST, Linked, Named, Problem, Row, Sealed, What};
use crate::crypto::entropy::EntropyError;
use crate::model::{Id, Tag};
use crate::ops::change::Change;
use crate::ops::edit::{EntryEdit, NewValue};
use crate::ops::generate::{Recipe, choose};
use crate::ops::rotation::due;
use crate::ops::totp::{Otp, OtpError};
use crate::secret::{Secret, SecretBytes};
use crate::session;
use crate::tui::app::Shell;
use crate::tui::screen::vault::Open;

/// Full-width letters, digits and signs as the ordinary ones that are meant.
fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().map(|c| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        'ー' | '−' | '‐' => '-',
        _ => c,
    })
}

/// The same of a secret.
pub fn folded_secret(text: &str) -> Secret {
    let mut held = SecretBytes::with_capacity(text.len());
    let mut bytes = [0u8; 4];
    for c in folded(text) {
        // - folding never makes a character longer
        if held.push(c.encode_utf8(&mut bytes).as_bytes()).is_err() {
            break;
        }
    }
    zeroize::Zeroize::zeroize(&mut bytes);
    Secret::from_bytes(held).unwrap_or_else(|_| Secret::copy_of(""))
}

/// Reads a day; midnight of it in the zone, in milliseconds.
pub fn day(text: &str, zone: &TimeZone) -> Option<u64> {
    let text: String = folded(text.trim()).map(|c| if matches!(c, '/' | '.') { '-' } else { c }).collect();
    let mut parts = text.split('-').map(|part| part.trim().parse::<i16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || !(1970..=9000).contains(&year) {
        return None;
    }
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let time = date.to_zoned(zone.clone()).ok()?.timestamp();
    u64::try_from(time.as_millisecond()).ok()
}

/// Reads a number of days, at most ten years; 0 is never.
pub fn days(text: &str) -> Option<u64> {
    let text: String = folded(text.trim()).collect();
    text.parse().ok().filter(|days| *days <= due::MOST)
}

/// A folder as the vault keeps it: no slash at either end, none doubled.
pub fn folder(text: &str) -> String {
    let parts: Vec<&str> = text.split(['/', '／']).map(str::trim).filter(|part| !part.is_empty()).collect();
    parts.join("/")
}

/// The parts of a list with commas between.
pub fn list(text: &str) -> Vec<&str> {
    text.split([',', '、', '，']).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The generator that is typed into a row.
pub fn otp(row: &Row) -> Option<Result<Otp, OtpError>> {
    let typed = row.typed.as_ref().filter(|typed| !typed.text().trim().is_empty())?;
    Some(Otp::parse(folded_secret(typed.text()).expose()))
}

/// Notes what is wrong; the first row with something wrong, or none.
pub fn check(state: &mut State, zone: &TimeZone) -> Option<usize> {
    for row in &mut state.rows {
        let long = |most: usize, texts: &[&str]| texts.iter().any(|text| text.len() > most);
        row.problem = match &row.what {
            What::Title if row.text().trim().is_empty() => Some(Problem::NoTitle),
            What::Expires if !row.text().trim().is_empty() && row.text() != row.begin => {
                day(row.text(), zone).is_none().then_some(Problem::NoDay)
            }
            What::Interval if !row.text().trim().is_empty() && row.text() != row.begin => {
                days(row.text()).is_none().then_some(Problem::NoDays)
            }
            What::Rule if !row.text().trim().is_empty() && row.text() != row.begin => {
                choose::read(row.text()).is_none().then_some(Problem::NoRule)
            }
            What::Code => match otp(row) {
                Some(Err(error)) => Some(Problem::NoKey(error)),
                _ => None,
            },
            What::Tags | What::Aliases if long(LINE_MOST, &list(row.text())) => Some(Problem::TooLong),
            _ => None,
        };
    }
    state.rows.iter().position(|row| row.problem.is_some())
}

/// What is to become of a secret row.
enum Kept<'a> {
    /// Nothing: it is as it was.
    Keep,
    /// It goes.
    Gone,
    /// It holds this.
    New(&'a [u8]),
    /// It holds what an entry that this one is a copy of holds.
    Copied(SecretBytes),
}

fn secret<'a>(row: &'a Row, of: Id, session: &session::Open) -> Kept<'a> {
    let opened = |sealed: &Sealed| session.reveal(sealed.record, &sealed.envelope);
    match (&row.typed, &row.sealed) {
        (None, None) => Kept::Keep,
        (None, Some(sealed)) if sealed.record == of => Kept::Keep,
        (None, Some(sealed)) => opened(sealed).map_or(Kept::Keep, Kept::Copied),
        (Some(typed), None) if typed.is_empty() => Kept::Keep,
        (Some(typed), Some(_)) if typed.is_empty() => Kept::Gone,
        (Some(typed), Some(sealed)) if sealed.record == of => match opened(sealed) {
            Ok(old) if old.ct_eq(typed.text().as_bytes()) => Kept::Keep,
            _ => Kept::New(typed.text().as_bytes()),
        },
        (Some(typed), _) => Kept::New(typed.text().as_bytes()),
    }
}

/// The change that the form means; none when nothing differs. The form was checked before.
pub fn change(state: &State, open: &Open, shell: &mut Shell) -> Result<Option<Change>, EntropyError> {
    let session = open.contents.session();
    let now = shell.now.wall_ms;
    let mut sealer = session.sealer(&mut *shell.entropy);
    let record = session.vault().record(state.id).filter(|_| !state.new);
    let mut edit = match record {
        Some(record) => EntryEdit::of(&mut sealer, record),
        None => EntryEdit::new_as(&mut sealer, state.id, state.kind, now),
    };
    let fresh = record.is_none();
    if state.kind != state.kind_before {
        edit.kind(state.kind);
    }
    for row in &state.rows {
        let changed = fresh || row.text() != row.begin;
        match &row.what {
            What::Title if changed => edit.text(Tag::TITLE, row.text().trim()),
            What::User if changed => edit.text(Tag::USERNAME, row.text()),
            What::Folder if changed => edit.text(Tag::FOLDER, &folder(row.text())),
            What::Reading if changed => edit.text(Tag::READING, row.text().trim()),
            What::Tags if changed => edit.set(Tag::LABEL, &list(row.text()))?,
            What::Aliases if changed => edit.set(Tag::ALIAS, &list(row.text()))?,
            What::Interval if changed => edit.number(Tag::INTERVAL, days(row.text())),
            What::Rule if changed => rule(&mut edit, row.text().trim()),
            What::Expires if changed => edit.number(Tag::EXPIRES, day(row.text(), &shell.zone)),
            What::Favourite if fresh || row.on != state.favourite_before => {
                edit.flag(Tag::FAVOURITE, row.on);
            }
            What::Password => put(&mut edit, Tag::PASSWORD, &secret(row, state.id, session))?,
            What::Notes => put(&mut edit, Tag::NOTES, &secret(row, state.id, session))?,
            What::Code => match (otp(row), secret(row, state.id, session)) {
                (Some(Ok(otp)), Kept::New(_)) => {
                    edit.secret(Tag::OTP, named(otp, state).uri().expose().as_bytes())?;
                }
                (_, kept) => put(&mut edit, Tag::OTP, &kept)?,
            },
            What::Field(named) => field(&mut edit, row, named, state, session)?,
            What::Link(Linked { element: None, relation, target }) => edit.link(*relation, *target)?,
            What::File(Attached { element: None, name, fresh: Some((_, envelope)), .. }) => {
                edit.attach(name, envelope)?;
            }
            What::File(Attached { element: Some(element), name, .. }) if *name != row.begin => {
                edit.name_file(*element, name);
            }
            _ => {}
        }
    }
    let addresses: Vec<&str> = state.addresses().filter(|text| !text.is_empty()).collect();
    if fresh || addresses != state.addresses_before.iter().map(String::as_str).collect::<Vec<_>>() {
        edit.list(Tag::URL, Tag::URL_PLACE, &addresses)?;
    }
    for gone in &state.gone {
        match gone {
            Gone::Field(element) => edit.drop_field(*element),
            Gone::Link(element) => edit.unlink(*element),
            Gone::File(element) => edit.detach(*element),
        }
    }
    let mut all: Vec<Change> = edit.finish().into_iter().collect();
    for other in &state.others {
        let id = sealer.id()?;
        let mut edit = EntryEdit::new_as(&mut sealer, id, crate::model::Kind::Login, now);
        let title = if other.issuer.is_empty() { &other.account } else { &other.issuer };
        edit.text(Tag::TITLE, if title.is_empty() { "OTP" } else { title });
        edit.text(Tag::USERNAME, &other.account);
        edit.secret(Tag::OTP, other.uri().expose().as_bytes())?;
        all.extend(edit.finish());
    }
    Ok(match all.len() {
        0 | 1 => all.pop(),
        _ => Some(Change::Many(all)),
    })
}

/// Keeps a rule as one, and a recipe of our own as that; empty removes both.
fn rule(edit: &mut EntryEdit<'_, '_>, text: &str) {
    let rules = matches!(choose::read(text), Some(Recipe::Rules(_)));
    edit.text(Tag::RULE, if rules { text } else { "" });
    edit.text(Tag::RECIPE, if rules { "" } else { text });
}

/// A bare key takes its names from the entry, so that it says what it is for wherever it goes.
fn named(mut otp: Otp, state: &State) -> Otp {
    if otp.issuer.is_empty() && otp.account.is_empty() {
        let text = |wanted: fn(&What) -> bool| {
            state.rows.iter().find(|row| wanted(&row.what)).map_or("", Row::text).trim().to_owned()
        };
        otp.issuer = text(|what| matches!(what, What::Title)).replace(':', " ");
        otp.account = text(|what| matches!(what, What::User));
    }
    otp
}

fn put(edit: &mut EntryEdit<'_, '_>, tag: Tag, kept: &Kept<'_>) -> Result<(), EntropyError> {
    match kept {
        Kept::Keep => Ok(()),
        Kept::Gone => edit.secret(tag, b""),
        Kept::New(plain) => edit.secret(tag, plain),
        Kept::Copied(plain) => edit.secret(tag, plain.expose()),
    }
}

fn field(
    edit: &mut EntryEdit<'_, '_>,
    row: &Row,
    named: &Named,
    state: &State,
    session: &session::Open,
) -> Result<(), EntropyError> {
    let element = named.element.filter(|_| !state.new);
    let kept = if named.secret { Some(secret(row, state.id, session)) } else { None };
    let value = match &kept {
        Some(Kept::Keep) => NewValue::Keep,
        Some(Kept::Gone) => NewValue::Plain(""),
        Some(Kept::New(plain)) => NewValue::Secret(plain),
        Some(Kept::Copied(plain)) => NewValue::Secret(plain.expose()),
        None => NewValue::Plain(row.text()),
    };
    match element {
        // - an empty field of the kind is none; one that a person made stays until it is removed
        Some(element) if named.of_kind && row.is_empty() => edit.drop_field(element),
        Some(element) => {
            let same = !named.secret && row.text() == row.begin && !row.on;
            edit.field(element, &named.name, if same { &NewValue::Keep } else { &value })?;
            if state.fields_moved {
                edit.place_field(element, state.place_of(row));
            }
        }
        None if row.is_empty() && (named.of_kind || named.name.is_empty()) => {}
        None => {
            // - a secret that was kept as it was has nothing to be kept from here
            let value = if matches!(value, NewValue::Keep) { NewValue::Plain("") } else { value };
            let element = edit.add_field(&named.name, &value)?;
            if state.fields_moved {
                edit.place_field(element, state.place_of(row));
            }
        }
    }
    Ok(())
}

/// What was taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// A custom field.
    Field(Id),
    /// A link.
    Link(Id),
    /// An attachment.
    File(Id),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let zone = TimeZone::UTC;
        let wanted = Some(1_806_451_200_000);
        for text in ["2027-03-31", " 2027/3/31 ", "２０２７－０３－３１", "2027.03.31"] {
            assert_eq!(day(text, &zone), wanted, "{text}");
        }
        for text in ["2027-02-30", "2027", "tomorrow", "2027-03-31-01", "1815-12-10", "99999-01-01"] {
            assert_eq!(day(text, &zone), None, "{text}");
        }
        let east = TimeZone::fixed(jiff::tz::offset(9));
        assert_eq!(day("2027-03-31", &east), wanted.map(|ms| ms - 9 * 3_600_000));
    }

    #[test]
    fn days_of_an_interval_are_bounded() {
        assert_eq!((days("90"), days(" ９０ "), days("0")), (Some(90), Some(90), Some(0)));
        for text in ["-1", "3651", "x", "1.5", ""] {
            assert_eq!(days(text), None, "{text}");
        }
    }

    #[test]
    fn folders_and_lists_lose_what_is_empty() {
        assert_eq!(folder("/a // b／"), "a/b");
        assert_eq!(list("a, b、ｃ，, "), ["a", "b", "ｃ"]);
        assert_eq!(folded_secret("ＪＢＳＷ　ｙ３").expose(), "JBSW y3");
    }
}
