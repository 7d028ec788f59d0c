//! What an entry was at a revision beside what it is: each difference with its label and both sides,
//! as rows.

use crate::model::{Record, Tag};
use crate::ops::history::{self, Difference, Revision, value_at};
use crate::tui::app::Shell;
use crate::tui::page::popup::{self, Item};
use crate::tui::page::value::{self, Value};
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
    then: Option<Value>,
    now: Value,
    same: bool,
    written: bool,
}

impl Seen {
    /// What is sealed of its sides, in the order in which they are drawn.
    pub(super) fn sealed(&self) -> impl Iterator<Item = Option<&[u8]>> {
        fn sealed(side: &Value) -> Option<&[u8]> {
            match side {
                Value::Sealed(envelope) => Some(envelope),
                Value::Absent | Value::Plain(_) => None,
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
    let named = || {
        let attr = record.attr(Tag::FIELD_NAME, one.element)?;
        let then = value_at(attr, at.stamp).filter(|value| !value.is_empty());
        let name = then.unwrap_or(attr.value());
        std::str::from_utf8(name).ok().filter(|name| !name.is_empty()).map(str::to_owned)
    };
    let side = |bytes: &[u8]| value::of(one.tag, bytes, open, shell);
    Seen {
        tag: one.tag,
        label: value::label(one.tag, named, shell),
        then: one.then.map(side),
        now: side(one.now),
        same: one.then == Some(one.now),
        written: one.written,
    }
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
                (Value::Sealed(_), Some(peek)) => peek.lines(number, room, shell),
                _ if one.same && number == 1 => vec![(text.same.to_owned(), Name::Dim)],
                (Value::Sealed(_), None) => vec![(MASK.to_owned(), Name::Text)],
                (Value::Absent, _) => vec![(text.none.to_owned(), Name::Dim)],
                (Value::Plain(words), _) => {
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
