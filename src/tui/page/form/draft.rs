//! A form as a draft: its rows as sealed fields of a record in a file of content 4, and back. Rows
//! that were not touched are not in it: they are what the entry holds when the draft is taken up.

use super::State;
use super::row::{Attached, Linked, Named, Row, What};
use crate::model::{FieldValue, Id, Kind, Relation, Section, Tag};
use crate::ops::change::Change;
use crate::ops::edit::{EntryEdit, NewValue};
use crate::ops::totp::Otp;
use crate::secret::Secret;
use crate::store::{Draft, DraftName};
use crate::tui::app::Shell;
use crate::tui::effect::Effect;
use crate::tui::screen::vault::Open;
use crate::tui::widget::typed::Typed;

/// Which draft that of an entry is.
pub fn name(open: &Open, entry: Id) -> DraftName {
    DraftName { vault: open.contents.session().header().vault, entry: entry.0 }
}

/// Throws a draft away.
pub fn forget(open: &mut Open, name: DraftName, out: &mut Vec<Effect>) {
    open.contents.drafts.retain(|draft| draft.name != name);
    out.push(Effect::DropDraft(name));
}

/// What is told of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Which draft.
    pub name: DraftName,
    /// The title that was typed; may be empty.
    pub title: String,
    /// When it was kept, ms.
    pub when: u64,
    /// The kind.
    pub kind: Kind,
    /// Of an entry that is in the vault.
    pub known: bool,
}

/// What is told of a draft; none when it does not open.
pub fn about(open: &Open, draft: &Draft) -> Option<About> {
    let inner = open.contents.session().open_draft(draft.bytes.clone()).ok()?;
    let entry = inner.vault().entry(Id(draft.name.entry))?;
    let known = open.contents.entry(entry.id()).is_some();
    let typed = entry.title();
    let held = open.contents.entry(entry.id()).map_or("", |entry| entry.title());
    let title = if typed.is_empty() { held } else { typed }.to_owned();
    Some(About { name: draft.name, title, when: entry.created(), kind: entry.kind(), known })
}

/// A row as the name of a field of the draft; none for what is not kept.
fn key(row: &Row, begun: &Row) -> Option<String> {
    let plain = |key: &str| (row.text() != begun.text()).then(|| key.to_owned());
    let secret = |key: &str| row.typed.is_some().then(|| key.to_owned());
    let element = |id: Option<Id>| id.map_or("-".to_owned(), |id| id.to_string());
    match &row.what {
        What::Title => plain("title"),
        What::User => plain("user"),
        What::Folder => plain("folder"),
        What::Tags => plain("tags"),
        What::Reading => plain("reading"),
        What::Aliases => plain("aliases"),
        What::Expires => plain("expires"),
        What::Interval => plain("interval"),
        What::Rule => plain("rule"),
        What::Password => secret("password"),
        What::Code => secret("code"),
        What::Notes => secret("notes"),
        What::Address => Some("address".to_owned()),
        What::Favourite => Some(if row.on { "favourite" } else { "no-favourite" }.to_owned()),
        What::Field(named) => {
            let lines = row.typed.as_ref().is_some_and(Typed::has_lines);
            let flags = [
                if named.secret { 's' } else { 'p' },
                if lines { 'l' } else { '1' },
                if named.of_kind { 'k' } else { 'o' },
                // - an untouched secret comes from the entry again
                if row.is_secret() && row.typed.is_none() && row.sealed.is_some() { '=' } else { '!' },
            ];
            let flags: String = flags.iter().collect();
            Some(format!("field {} {flags} {}", element(named.element), named.name))
        }
        What::Link(linked) => {
            Some(format!("link {} {} {}", element(linked.element), linked.relation.byte(), linked.target))
        }
        What::File(Attached { element: Some(id), name, .. }) => Some(format!("file {id} {name}")),
        What::File(Attached { fresh: Some((path, _)), .. }) => Some(format!("attach {path}")),
        What::File(_) => None,
        What::AddAddress | What::AddField | What::Kind | What::AddLink | What::AddFile | What::Save => None,
    }
}

/// Seals what is typed.
pub fn seal(state: &State, open: &Open, shell: &mut Shell) -> Option<Draft> {
    let name = name(open, state.id);
    let mut inner = open.contents.session().new_draft();
    let base = state.source.or((!state.new).then_some(state.id));
    let entry = base.and_then(|id| open.contents.entry(id));
    let begun = super::row::rows(state.kind, entry, &shell.zone);
    let empty = Row::button(What::Save);
    let change = {
        let mut sealer = inner.sealer(&mut *shell.entropy);
        let mut edit = EntryEdit::new_as(&mut sealer, state.id, state.kind, shell.now.wall_ms);
        for row in &state.rows {
            let same =
                |other: &&Row| std::mem::discriminant(&other.what) == std::mem::discriminant(&row.what);
            let begun = begun.iter().find(same).filter(|_| state.source.is_none()).unwrap_or(&empty);
            let Some(key) = key(row, begun) else { continue };
            if matches!(row.what, What::Title) {
                edit.text(Tag::TITLE, row.text());
            }
            let text = row.typed.as_ref().map_or("", Typed::text).as_bytes();
            if matches!(row.what, What::Notes) {
                // - longer than a field may be
                edit.secret(Tag::NOTES, text).ok()?;
                edit.flag(Tag::ARCHIVED, text.is_empty());
                continue;
            }
            let value = if text.is_empty() { NewValue::Plain("") } else { NewValue::Secret(text) };
            edit.add_field(&key, &value).ok()?;
        }
        for other in &state.others {
            edit.add_field("other", &NewValue::Secret(other.uri().expose().as_bytes())).ok()?;
        }
        if let Some(source) = state.source {
            edit.add_field(&format!("source {source}"), &NewValue::Plain("")).ok()?;
        }
        if state.fields_moved {
            edit.add_field("moved", &NewValue::Plain("")).ok()?;
        }
        edit.finish()?
    };
    let Change::Write { section: Section::Entries, .. } = &change else { return None };
    inner.apply(&change, shell.now.wall_ms, &mut *shell.entropy).ok()?;
    let sealed = inner.seal(shell.now.wall_ms, &mut *shell.entropy).ok()?;
    Some(Draft { name, bytes: sealed.bytes })
}

/// The form of a draft, with the paths of files that are to be attached again; none when it does
/// not open.
pub fn take_up(open: &Open, shell: &mut Shell, name: DraftName) -> Option<(State, Vec<String>)> {
    let bytes = open.contents.drafts.iter().find(|draft| draft.name == name)?.bytes.clone();
    let inner = open.contents.session().open_draft(bytes).ok()?;
    let entry = inner.vault().entry(Id(name.entry))?;
    let id = entry.id();
    let fields = entry.fields();
    let source = fields
        .iter()
        .find_map(|field| field.name.strip_prefix("source ")?.parse::<Id>().ok())
        .filter(|source| open.contents.entry(*source).is_some());
    let mut state = match source {
        Some(source) => State::copy(open, shell, source, Some(id))?,
        None if open.contents.entry(id).is_some() => State::edit(open, shell, id)?,
        None => State::of(open, shell, true, id, entry.kind(), None),
    };
    if entry.kind() != state.kind {
        state.kind = entry.kind();
        let held = open.contents.entry(id);
        state.rows = super::row::rows(state.kind, held, &shell.zone);
    }
    let text_of = |value: FieldValue<'_>| match value {
        FieldValue::Plain(text) => Some(Secret::copy_of(text)),
        FieldValue::Sealed(envelope) => inner.reveal_text(id, envelope).ok(),
    };
    let mut restore = Restore::default();
    for field in &fields {
        let value = text_of(field.value)?;
        restore.take(&mut state, field.name, &value);
    }
    let notes = entry.notes().and_then(|envelope| inner.reveal_text(id, envelope).ok());
    let emptied = !entry.0.value(Tag::ARCHIVED).is_empty();
    if let Some(row) = state.rows.iter_mut().find(|row| matches!(row.what, What::Notes)) {
        match notes {
            Some(notes) => row.typed = Some(row.fresh_secret(notes.expose())),
            None if emptied => row.typed = Some(row.fresh_secret("")),
            None => {}
        }
    }
    restore.finish(&mut state);
    state.touched = true;
    Some((state, restore.attach))
}

/// Rows of which there may be several, collected before they replace those that the entry has.
#[derive(Default)]
struct Restore {
    addresses: Vec<Row>,
    fields: Vec<Row>,
    links: Vec<Row>,
    files: Vec<(Id, String)>,
    attach: Vec<String>,
}

impl Restore {
    fn take(&mut self, state: &mut State, key: &str, value: &Secret) {
        let (word, rest) = key.split_once(' ').unwrap_or((key, ""));
        let wanted: fn(&What) -> bool = match word {
            "title" => |what| matches!(what, What::Title),
            "user" => |what| matches!(what, What::User),
            "folder" => |what| matches!(what, What::Folder),
            "tags" => |what| matches!(what, What::Tags),
            "reading" => |what| matches!(what, What::Reading),
            "aliases" => |what| matches!(what, What::Aliases),
            "expires" => |what| matches!(what, What::Expires),
            "interval" => |what| matches!(what, What::Interval),
            "rule" => |what| matches!(what, What::Rule),
            "password" => |what| matches!(what, What::Password),
            "code" => |what| matches!(what, What::Code),
            "favourite" | "no-favourite" => |what| matches!(what, What::Favourite),
            "address" => {
                let mut row = Row::plain(What::Address, value.expose());
                row.begin = String::new();
                return self.addresses.push(row);
            }
            "field" => return self.fields.extend(field(state, rest, value)),
            "link" => return self.links.extend(link(rest)),
            "file" => {
                let parts = rest.split_once(' ').and_then(|(id, name)| Some((id.parse().ok()?, name)));
                return self.files.extend(parts.map(|(id, name)| (id, name.to_owned())));
            }
            "attach" => return self.attach.push(rest.to_owned()),
            "other" => return state.others.extend(Otp::parse(value.expose()).ok()),
            "moved" => {
                state.fields_moved = true;
                return;
            }
            _ => return,
        };
        let Some(row) = state.rows.iter_mut().find(|row| wanted(&row.what)) else { return };
        if matches!(row.what, What::Favourite) {
            row.on = word == "favourite";
        } else if row.is_secret() {
            row.typed = Some(row.fresh_secret(value.expose()));
        } else if let Some(typed) = &mut row.typed {
            typed.set(value.expose());
        }
    }

    /// Puts the collected rows in; what the entry had and the draft has not was taken away.
    fn finish(&mut self, state: &mut State) {
        let rows = std::mem::take(&mut state.rows);
        let mut links = std::mem::take(&mut self.links);
        let mut fields = std::mem::take(&mut self.fields);
        let mut addresses = std::mem::take(&mut self.addresses);
        for mut row in rows {
            match &mut row.what {
                What::Address => {}
                What::Field(Named { element: Some(element), .. }) => {
                    let kept = fields.iter().any(
                        |row| matches!(&row.what, What::Field(named) if named.element == Some(*element)),
                    );
                    if !kept {
                        state.gone.push(super::Gone::Field(*element));
                    }
                }
                What::Field(_) => {}
                What::Link(Linked { element: Some(element), .. }) => {
                    let kept = links.iter().any(
                        |row| matches!(&row.what, What::Link(linked) if linked.element == Some(*element)),
                    );
                    if !kept {
                        state.gone.push(super::Gone::Link(*element));
                    }
                }
                What::Link(_) => {}
                What::File(Attached { element: Some(element), name, .. }) => {
                    match self.files.iter().find(|(id, _)| id == element) {
                        Some((_, new)) => {
                            row.begin = name.clone();
                            *name = new.clone();
                            state.rows.push(row);
                        }
                        None => state.gone.push(super::Gone::File(*element)),
                    }
                }
                What::AddAddress => {
                    state.rows.append(&mut addresses);
                    state.rows.push(row);
                }
                What::AddField => {
                    state.rows.append(&mut fields);
                    state.rows.push(row);
                }
                What::AddLink => {
                    state.rows.append(&mut links);
                    state.rows.push(row);
                }
                _ => state.rows.push(row),
            }
        }
        // - rows for which this kind has no button
        let at = state.rows.len().saturating_sub(1);
        let left = addresses.into_iter().chain(fields).chain(links);
        state.rows.splice(at..at, left);
    }
}

/// A custom field of the draft; its untouched secret comes from the row of the entry.
fn field(state: &State, rest: &str, value: &Secret) -> Option<Row> {
    let mut parts = rest.splitn(3, ' ');
    let element = parts.next()?.parse::<Id>().ok();
    let flags = parts.next()?;
    let name = parts.next().unwrap_or("").to_owned();
    let has = |flag: char| flags.contains(flag);
    let named = Named { element, name, secret: has('s'), of_kind: has('k') };
    let held = state.rows.iter().find(|row| match &row.what {
        What::Field(have) => {
            have.element.is_some() && have.element == element || {
                state.source.is_some() && have.name == named.name
            }
        }
        _ => false,
    });
    let sealed = held.and_then(|row| row.sealed.clone());
    let begin = held.map_or(String::new(), |row| row.begin.clone());
    let was_secret = held.is_some_and(Row::is_secret);
    let (secret, untouched, lines) = (named.secret, has('='), has('l'));
    let mut row = if secret {
        Row::secret(What::Field(named), sealed)
    } else {
        Row::plain(What::Field(named), value.expose())
    };
    if secret && !untouched && !(value.is_empty() && row.sealed.is_none()) {
        row.typed = Some(row.fresh_secret(value.expose()));
    }
    row.begin = begin;
    row.on = held.is_some() && was_secret != secret;
    row.typed = row.typed.map(|typed| typed.of_lines(lines));
    Some(row)
}

fn link(rest: &str) -> Option<Row> {
    let mut parts = rest.splitn(3, ' ');
    let element = parts.next()?.parse::<Id>().ok();
    let relation = Relation::from_byte(parts.next()?.parse().ok()?);
    let target = parts.next()?.parse().ok()?;
    Some(Row::button(What::Link(Linked { element, relation, target })))
}
