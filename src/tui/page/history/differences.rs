//! What an entry was at a revision beside what it is: each difference with its label and both sides,
//! as rows.

use crate::model::tag::Shape;
use crate::model::{Id, Kind, Record, Tag, record};
use crate::ops::history::{self, Difference, Revision, value_at};
use crate::text::{sanitise, words};
use crate::tui::app::Shell;
use crate::tui::contents::date;
use crate::tui::page::popup::{self, Item};
use crate::tui::screen::vault::Open;
use crate::tui::screen::vault::detail::MASK;
use crate::tui::screen::vault::reveal::Peek;
use crate::tui::theme::Name;
use crate::tui::widget::text::{fill, fit, width, wrap};

/// Most lines of one value.
const LINES_MOST: usize = 12;

/// A difference as it is drawn.
pub(super) struct Seen {
    /// Which field.
    pub(super) tag: Tag,
    label: String,
    then: Option<Side>,
    now: Side,
    same: bool,
    written: bool,
}

/// One side of a difference.
enum Side {
    Absent,
    Plain(String),
    Sealed(Box<[u8]>),
}

impl Seen {
    /// What is sealed of its sides, in the order in which they are drawn.
    pub(super) fn sealed(&self) -> impl Iterator<Item = Option<&[u8]>> {
        fn sealed(side: &Side) -> Option<&[u8]> {
            match side {
                Side::Sealed(envelope) => Some(envelope),
                Side::Absent | Side::Plain(_) => None,
            }
        }
        self.then.iter().chain([&self.now]).map(sealed)
    }
}

/// The differences of a revision from what is now.
pub(super) fn seen(record: &Record, revision: &Revision, open: &Open, shell: &Shell) -> Vec<Seen> {
    let found = history::differences(record, revision);
    found.iter().map(|one| look_at(one, record, revision, open, shell)).collect()
}

fn look_at(one: &Difference<'_>, record: &Record, at: &Revision, open: &Open, shell: &Shell) -> Seen {
    let text = &shell.catalog().tui.page.history;
    let named = |tag| {
        let attr = record.attr(tag, one.element)?;
        let then = value_at(attr, at.stamp).filter(|value| !value.is_empty());
        let name = then.unwrap_or(attr.value());
        std::str::from_utf8(name).ok().filter(|name| !name.is_empty()).map(str::to_owned)
    };
    let field = match one.tag {
        Tag::FIELD_VALUE | Tag::FIELD_SECRET => named(Tag::FIELD_NAME)
            .map(|name| words::field(&name, shell.lang).map_or(name.clone(), str::to_owned)),
        Tag::FIELD_NAME => Some(text.field_name.to_owned()),
        _ => None,
    };
    let label = field.unwrap_or_else(|| (shell.catalog().cli.say.tag)(one.tag).to_owned());
    let side = |value: &[u8]| side_of(one.tag, value, open, shell);
    Seen {
        tag: one.tag,
        label: sanitise::line(&label).into_owned(),
        then: one.then.map(side),
        now: side(one.now),
        same: one.then == Some(one.now),
        written: one.written,
    }
}

fn side_of(tag: Tag, value: &[u8], open: &Open, shell: &Shell) -> Side {
    if value.is_empty() {
        return Side::Absent;
    }
    if tag.is_sealed() {
        return Side::Sealed(value.into());
    }
    let text = || String::from_utf8_lossy(value).into_owned();
    let words = match (tag, tag.known().map(|(shape, _)| shape)) {
        (Tag::KIND, _) => {
            let number = u16::try_from(record::number(value)).unwrap_or(u16::MAX);
            words::kind(Kind::from_number(number), shell.lang).to_owned()
        }
        (Tag::EXPIRES | Tag::DUE, _) => date(record::number(value), &shell.zone),
        (Tag::LINK | Tag::LINK_REFUSED, _) => {
            let target = value.get(1..).and_then(|id| id.try_into().ok()).map(Id);
            let title = target.and_then(|id| open.contents.entry(id)).map(|entry| entry.title().to_owned());
            title.unwrap_or_else(|| "..".to_owned())
        }
        (_, Some(Shape::Number)) => record::number(value).to_string(),
        (_, Some(Shape::Flag)) => shell.catalog().tui.vault.yes.to_owned(),
        (_, Some(Shape::Text)) => text(),
        _ => "..".to_owned(),
    };
    Side::Plain(sanitise::line(&words).into_owned())
}

/// The differences as rows. Of the row that `shown` names the secrets are open.
pub(super) fn items(seen: &[Seen], shown: Option<(usize, &Peek)>, shell: &Shell, cells: u16) -> Vec<Item> {
    let text = &shell.catalog().tui.page.history;
    let labels = seen.iter().map(|one| width(&one.label)).max().unwrap_or(0).min(cells * 2 / 5) + 2;
    let side = width(text.then).max(width(text.now)) + 2;
    let room = popup::value_cells(labels, cells).saturating_sub(side).max(4);
    let mut items = Vec::new();
    let mut heading = None;
    for (at, one) in seen.iter().enumerate() {
        if heading != Some(one.written) {
            if heading.is_some() {
                items.push(Item::gap());
            }
            heading = Some(one.written);
            items.push(Item::told(if one.written { text.written } else { text.otherwise }, Name::Dim));
        }
        let peek = shown.filter(|(row, _)| *row == at).map(|(_, peek)| peek);
        let mut value = Vec::new();
        let sides =
            [(text.then, one.then.as_ref(), 0), (text.now, Some(&one.now), usize::from(one.then.is_some()))];
        for (name, of, number) in sides {
            let Some(of) = of else { continue };
            let lines = match (of, peek) {
                (Side::Sealed(_), Some(peek)) => peek.lines(number, room, shell),
                _ if one.same && number == 1 => vec![(text.same.to_owned(), Name::Dim)],
                (Side::Sealed(_), None) => vec![(MASK.to_owned(), Name::Text)],
                (Side::Absent, _) => vec![(text.none.to_owned(), Name::Dim)],
                (Side::Plain(words), _) => {
                    wrap(words, room, LINES_MOST).into_iter().map(|line| (line, Name::Text)).collect()
                }
            };
            for (number, (line, look)) in lines.into_iter().enumerate() {
                let name = if number == 0 { name } else { "" };
                value.push((format!("{}{line}", fill(name, side)), look));
            }
        }
        items.push(Item { label: fit(&one.label, labels - 2), value, stop: Some(at), ..Item::default() });
    }
    if items.is_empty() {
        items.push(Item::told(text.nothing, Name::Dim));
    }
    items
}
