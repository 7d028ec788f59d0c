//! A value of a field as pages of differences draw it: absent, in plain, or masked; and the label of its
//! field. Nothing is opened here.

use jiff::tz::TimeZone;

use crate::model::tag::Shape;
use crate::model::{Id, Kind, Record, Tag, record};
use crate::ops::staged;
use crate::text::{sanitise, words};
use crate::tui::app::Shell;
use crate::tui::contents::date;
use crate::tui::screen::vault::Open;

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// There is none.
    Absent,
    /// Anybody who sees the screen may see it. Made harmless.
    Plain(String),
    /// Its envelope.
    Sealed(Box<[u8]>),
}

/// The value of a field of this tag.
pub fn of(tag: Tag, value: &[u8], open: &Open, shell: &Shell) -> Value {
    if value.is_empty() {
        return Value::Absent;
    }
    if tag.is_sealed() {
        return Value::Sealed(value.into());
    }
    let text = || String::from_utf8_lossy(value).into_owned();
    let words = match (tag, tag.known().map(|(shape, _)| shape)) {
        (Tag::KIND, _) => {
            let number = u16::try_from(record::number(value)).unwrap_or(u16::MAX);
            words::kind(Kind::from_number(number), shell.lang).to_owned()
        }
        (Tag::EXPIRES | Tag::DUE | Tag::PASSWORD_CHANGED | Tag::STAGED_SINCE, _) => {
            date(record::number(value), &shell.zone)
        }
        (Tag::LINK | Tag::LINK_REFUSED, _) => {
            let target = value.get(1..).and_then(|id| id.try_into().ok()).map(Id);
            let title = target.and_then(|id| open.contents.entry(id)).map(|entry| entry.title().to_owned());
            title.unwrap_or_else(|| "..".to_owned())
        }
        (Tag::STAGED_STATE, _) => {
            let state = value.first().copied().unwrap_or(0);
            (shell.catalog().tui.page.other.staged_state)(state).to_owned()
        }
        (Tag::PASSWORD_NOTE, _) if value == staged::FORCED.as_bytes() => {
            shell.catalog().tui.page.history.by_host.to_owned()
        }
        (_, Some(Shape::Number)) => record::number(value).to_string(),
        (_, Some(Shape::Flag)) => shell.catalog().tui.vault.yes.to_owned(),
        (_, Some(Shape::Text)) => text(),
        _ => "..".to_owned(),
    };
    Value::Plain(sanitise::line(&words).into_owned())
}

/// The label of a field; `named` gives the name of a custom one. Made harmless.
pub fn label(tag: Tag, named: impl Fn() -> Option<String>, shell: &Shell) -> String {
    let field = match tag {
        Tag::FIELD_VALUE | Tag::FIELD_SECRET => {
            named().map(|name| words::field(&name, shell.lang).map_or(name.clone(), str::to_owned))
        }
        Tag::FIELD_NAME => Some(shell.catalog().tui.page.history.field_name.to_owned()),
        _ => None,
    };
    let label = field.unwrap_or_else(|| (shell.catalog().cli.say.tag)(tag).to_owned());
    sanitise::line(&label).into_owned()
}

/// The name of a custom field in a record; none where it has none.
pub fn field_name(record: Option<&Record>, element: Option<Id>) -> Option<String> {
    let attr = record?.attr(Tag::FIELD_NAME, element)?;
    std::str::from_utf8(attr.value()).ok().filter(|name| !name.is_empty()).map(str::to_owned)
}

/// A second of a day, as `2026-11-24 21:05:09`.
pub fn second(ms: u64, zone: &TimeZone) -> String {
    spelled(ms, zone, "%Y-%m-%d %H:%M:%S")
}

/// How many days ago that was.
pub fn age(ms: u64, shell: &Shell) -> String {
    let days = shell.now.wall_ms.saturating_sub(ms) / 86_400_000;
    (shell.catalog().tui.vault.days_ago)(days)
}

/// A minute of a day, as `2026-11-24 21:05`.
pub fn minute(ms: u64, zone: &TimeZone) -> String {
    spelled(ms, zone, "%Y-%m-%d %H:%M")
}

fn spelled(ms: u64, zone: &TimeZone, how: &str) -> String {
    let ms = i64::try_from(ms).unwrap_or(i64::MAX);
    let time = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.to_zoned(zone.clone()).strftime(how).to_string()
}
