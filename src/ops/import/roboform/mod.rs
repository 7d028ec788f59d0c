//! RoboForm's CSV export, all three header generations and the template it reads itself.
//!
//! Columns are found by name, in any order and case. `RfFieldsV2` and `Rf_fields` head an
//! open-ended tail, one cell for each field that was captured on a page; notes and bookmarks have
//! no cell there at all. Values that begin with `@` or `'` are written with one more `'` before
//! them. RoboForm exports no ids, so the id of a row is a digest of its folder, name, address and
//! user name, with an ordinal for rows that are equal in all four.

mod field;
mod header;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};

use self::field::Generation;
use self::header::Header;
pub(super) use self::header::header;
use super::clean::{composed, host, one_line};
use super::rows::{Place, Rows};
use super::{
    CELLS_MOST, Encoding, FIELD_MOST, Field, ImportError, ImportFault, Imported, Item, ItemKind, LINE_MOST,
    NOTE_MOST, Notice, NoticeKind, Options, ROWS_MOST, Source, Value, Watch,
};
use crate::ops::totp::Otp;
use crate::secret::Secret;

/// Reads all rows below the header.
pub(super) fn read(
    text: &str,
    header: &Header,
    encoding: Encoding,
    options: Options,
    watch: Watch<'_>,
) -> Result<Imported, ImportError> {
    let mut reader = Reader {
        header,
        options,
        line: 1,
        items: Vec::new(),
        folders: Vec::new(),
        seen_folders: HashSet::new(),
        known_folders: HashMap::new(),
        notices: Vec::new(),
        ids: HashMap::new(),
        page_names: 0,
    };
    if encoding == Encoding::Cp932 {
        reader.notice(NoticeKind::EncodingGuessed(encoding));
    }
    let mut rows = Rows::new(text, header.delimiter);
    let mut cells = Vec::new();
    let damaged = |(line, what): (u64, ImportFault)| what.at(line);
    rows.next(&mut cells).map_err(damaged)?;
    let mut count = 0;
    while let Some(place) = rows.next(&mut cells).map_err(damaged)? {
        count += 1;
        if count > ROWS_MOST {
            return Err(ImportFault::TooManyRows.at(place.line));
        }
        if !watch(count) {
            return Err(ImportFault::Stopped.at(place.line));
        }
        reader.row(&place, &cells)?;
    }
    if reader.page_names > 0 {
        reader.line = 1;
        reader.notice(NoticeKind::PageNamesLeft(reader.page_names));
    }
    let Reader { items, folders, notices, .. } = reader;
    Ok(Imported { source: Source::RoboFormCsv, encoding, items, folders, notices })
}

struct Reader<'h, 't> {
    header: &'h Header,
    options: Options,
    /// The line of the row that is being read.
    line: u64,
    items: Vec<Item>,
    folders: Vec<Vec<String>>,
    seen_folders: HashSet<Vec<String>>,
    /// Paths as the file writes them, taken apart.
    known_folders: HashMap<Cow<'t, str>, Vec<String>>,
    notices: Vec<Notice>,
    ids: HashMap<[u8; 16], u32>,
    page_names: u64,
}

type Cells<'t> = [Cow<'t, str>];

impl<'t> Reader<'_, 't> {
    fn notice(&mut self, what: NoticeKind) {
        self.notices.push(Notice { line: self.line, what });
    }

    fn too_long(&self, column: &str, most: usize) -> ImportError {
        ImportFault::TooLong { column: column.to_owned(), most }.at(self.line)
    }

    fn row(&mut self, place: &Place<'t>, cells: &Cells<'t>) -> Result<(), ImportError> {
        self.line = place.line;
        let header = self.header;
        let needed =
            1 + [header.name, header.url, header.login, header.password].into_iter().max().unwrap_or(0);
        let beyond = cells.get(header.names.len()..).unwrap_or_default();
        if cells.iter().all(|cell| cell.is_empty()) {
            self.notice(NoticeKind::EmptyRow);
            return Ok(());
        }
        if cells.len() > CELLS_MOST {
            return Err(ImportFault::TooManyCells.at(self.line));
        }
        if place.unended {
            // RoboForm ends every row, and leaves out cells of the tail only.
            if cells.len() < header.tail.map_or(header.names.len(), |(at, _)| at) {
                return Err(ImportFault::Truncated.at(self.line));
            }
            self.notice(NoticeKind::LastRowUnended);
        }
        let item = if cells.len() < needed || (header.tail.is_none() && beyond.iter().any(|c| !c.is_empty()))
        {
            self.raw(place, cells.len())?
        } else {
            self.item(cells)?
        };
        self.items.push(item);
        Ok(())
    }

    fn raw(&mut self, place: &Place<'_>, cells: usize) -> Result<Item, ImportError> {
        if place.raw.len() > FIELD_MOST {
            return Err(self.too_long(&self.numbered(self.line), FIELD_MOST));
        }
        self.notice(NoticeKind::RowKeptRaw { cells });
        let field = Field { name: "CSV".to_owned(), value: Value::Secret(Secret::copy_of(place.raw)) };
        Ok(Item {
            line: self.line,
            kind: ItemKind::Raw,
            title: self.numbered(self.line),
            title_guessed: true,
            username: String::new(),
            password: None,
            urls: Vec::new(),
            match_url: None,
            folder: Vec::new(),
            tags: Vec::new(),
            notes: None,
            otp: None,
            fields: vec![field],
            origin_id: self.origin_id(&["raw", place.raw]),
        })
    }

    /// A title in no language for what has none.
    fn numbered(&self, number: u64) -> String {
        format!("RoboForm #{number}")
    }

    fn item(&mut self, cells: &Cells<'t>) -> Result<Item, ImportError> {
        let header = self.header;
        let name = self.cell(cells, Some(header.name), LINE_MOST)?;
        let url = self.cell(cells, Some(header.url), FIELD_MOST)?;
        let match_url = self.cell(cells, header.match_url, FIELD_MOST)?;
        let login = self.cell(cells, Some(header.login), LINE_MOST)?;
        let password = self.cell(cells, Some(header.password), FIELD_MOST)?;
        let note = self.cell(cells, header.note, NOTE_MOST)?;
        let folder = self.folder(cells)?;

        let (title, changed) = composed(&name);
        self.was_composed(changed, header.name);
        let (title, changed) = one_line(title);
        if changed {
            self.notice(NoticeKind::ControlReplaced(header.names[header.name].clone()));
        }
        let (username, changed) = composed(&login);
        self.was_composed(changed, header.login);
        for (text, at) in [(&title, header.name), (&username, header.login)] {
            if text.len() > LINE_MOST {
                return Err(self.too_long(&header.names[at], LINE_MOST));
            }
        }
        let origin_id = self.origin_id(&[&folder.join("/"), &title, &url, &username]);
        let title_guessed = title.trim().is_empty();
        let title = if title_guessed { self.title_instead(&url) } else { title };

        let mut item = Item {
            line: self.line,
            kind: ItemKind::Login,
            title,
            title_guessed,
            username,
            password: secret(&password),
            urls: [&url, &match_url]
                .into_iter()
                .find(|url| !url.is_empty())
                .map(|url| url.to_string())
                .into_iter()
                .collect(),
            match_url: (!match_url.is_empty()).then(|| match_url.to_string()),
            folder,
            tags: Vec::new(),
            notes: secret(&note),
            otp: None,
            fields: Vec::new(),
            origin_id,
        };
        for at in header.unknown.iter().copied() {
            let value = self.cell(cells, Some(at), FIELD_MOST)?;
            // Nothing is known of it, so it is not shown unasked.
            if let Some(value) = secret(&value) {
                let name = self.field_name(&header.names[at], at)?;
                item.fields.push(Field { name, value: Value::Secret(value) });
            }
        }
        if let Some((tail, generation)) = header.tail {
            let places = std::iter::once(tail).chain(header.names.len()..cells.len());
            for (ordinal, at) in places.enumerate() {
                if let Some(cell) = cells.get(at).filter(|cell| !cell.is_empty()) {
                    self.captured(&mut item, cell, ordinal, generation, &login, &password, &note)?;
                }
            }
        }
        item.kind = if !(login.is_empty() && password.is_empty() && match_url.is_empty()) {
            ItemKind::Login
        } else if url.is_empty() {
            ItemKind::Note
        } else if item.fields.is_empty() && item.otp.is_none() {
            ItemKind::Bookmark
        } else {
            // An address with captured fields is a login of an unusual form.
            ItemKind::Login
        };
        Ok(item)
    }

    fn was_composed(&mut self, changed: bool, column: usize) {
        if changed {
            self.notice(NoticeKind::Normalised(self.header.names[column].clone()));
        }
    }

    fn title_instead(&mut self, url: &str) -> String {
        self.notice(NoticeKind::TitleGuessed);
        let host = one_line(composed(host(url)).0).0;
        if host.trim().is_empty() || host.len() > LINE_MOST { self.numbered(self.line) } else { host }
    }

    /// The value of a column without its guard; empty when the row ends before it.
    fn cell<'c>(
        &mut self,
        cells: &'c Cells<'t>,
        column: Option<usize>,
        most: usize,
    ) -> Result<Cow<'c, str>, ImportError> {
        let Some((at, cell)) = column.and_then(|at| Some((at, cells.get(at)?))) else {
            return Ok(Cow::Borrowed(""));
        };
        let value = self.unguarded(cell, &self.header.names[at]);
        if value.len() > most {
            Err(self.too_long(&self.header.names[at], most))
        } else {
            Ok(Cow::Borrowed(value))
        }
    }

    fn unguarded<'c>(&mut self, value: &'c str, column: &str) -> &'c str {
        let Some(rest) = value.strip_prefix('\'') else { return value };
        let sure = rest.starts_with(['@', '\'']);
        if sure || (self.options.undo_all_guards && rest.starts_with(['=', '+', '-'])) {
            self.notice(NoticeKind::GuardUndone(column.to_owned()));
            rest
        } else {
            if rest.starts_with(['=', '+', '-']) {
                self.notice(NoticeKind::GuardKept(column.to_owned()));
            }
            value
        }
    }

    fn folder(&mut self, cells: &Cells<'t>) -> Result<Vec<String>, ImportError> {
        let Some(cell) = self.header.folder.and_then(|at| cells.get(at)) else { return Ok(Vec::new()) };
        if let Some(known) = self.known_folders.get(cell) {
            return Ok(known.clone());
        }
        let column = self.header.folder.map_or("", |at| &self.header.names[at]);
        let whole = self.unguarded(cell, column);
        let (whole, changed) = composed(whole);
        if changed {
            self.notice(NoticeKind::Normalised(column.to_owned()));
        }
        let (whole, changed) = one_line(whole);
        if changed {
            self.notice(NoticeKind::ControlReplaced(column.to_owned()));
        }
        if whole.len() > LINE_MOST {
            return Err(self.too_long(column, LINE_MOST));
        }
        let path: Vec<String> = whole.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        for depth in 1..=path.len() {
            if self.seen_folders.insert(path[..depth].to_vec()) {
                self.folders.push(path[..depth].to_vec());
            }
        }
        self.known_folders.insert(cell.clone(), path.clone());
        Ok(path)
    }

    /// Takes one cell of the tail into `item`.
    #[allow(clippy::too_many_arguments, reason = "the row's own values, to tell repetitions")]
    fn captured(
        &mut self,
        item: &mut Item,
        cell: &str,
        ordinal: usize,
        generation: Generation,
        login: &str,
        password: &str,
        note: &str,
    ) -> Result<(), ImportError> {
        if cell.len() > 2 * FIELD_MOST {
            return Err(self.too_long(&self.numbered_field(ordinal), FIELD_MOST));
        }
        let Some(parts) = field::take_apart(cell, generation).filter(|parts| parts.name.len() <= LINE_MOST)
        else {
            let name = self.numbered_field(ordinal);
            if cell.len() > FIELD_MOST {
                return Err(self.too_long(&name, FIELD_MOST));
            }
            self.notice(NoticeKind::FieldKeptRaw(name.clone()));
            item.fields.push(Field { name, value: Value::Secret(Secret::copy_of(cell)) });
            return Ok(());
        };
        self.page_names += u64::from(parts.more_names);
        let name = self.field_name(&parts.name, ordinal)?;
        // The row's own column has told of the guard of a value that is only repeated here.
        let told = self.notices.len();
        let value = self.unguarded(&parts.value, &name);
        if value.len() > FIELD_MOST {
            return Err(self.too_long(&name, FIELD_MOST));
        }
        let repeats = match name.as_str() {
            "User ID$" => value == login,
            "Password$" => value == password,
            "Note$" => value == note,
            _ => false,
        };
        if repeats {
            self.notices.truncate(told);
            self.notice(NoticeKind::RepeatedFieldLeft(name));
            return Ok(());
        }
        if name.eq_ignore_ascii_case("TOTP KEY$") && item.otp.is_none() && !value.is_empty() {
            match Otp::parse(value) {
                Ok(_) => {
                    item.otp = secret(value);
                    return Ok(());
                }
                Err(why) => self.notice(NoticeKind::OtpUnreadable(why)),
            }
        }
        item.fields.push(field::made(name, parts.kind, value));
        Ok(())
    }

    fn numbered_field(&self, ordinal: usize) -> String {
        let column = self.header.tail.map_or("", |(at, _)| self.header.names[at].as_str());
        format!("{column} #{}", ordinal + 1)
    }

    /// A field's name on one line; a number where it has none.
    fn field_name(&mut self, name: &str, ordinal: usize) -> Result<String, ImportError> {
        if name.trim().is_empty() {
            return Ok(format!("#{}", ordinal + 1));
        }
        let name = one_line(composed(name).0).0;
        if name.len() > LINE_MOST {
            Err(self.too_long(&self.numbered_field(ordinal), LINE_MOST))
        } else {
            Ok(name)
        }
    }

    fn origin_id(&mut self, parts: &[&str]) -> String {
        let mut digest = Sha256::new();
        for part in parts {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        let digest = digest.finalize();
        let mut id = [0u8; 16];
        id.copy_from_slice(&digest[..16]);
        let count = self.ids.entry(id).or_default();
        *count += 1;
        let hex = u128::from_be_bytes(id);
        if *count == 1 { format!("{hex:032x}") } else { format!("{hex:032x}-{count}") }
    }
}

fn secret(value: &str) -> Option<Secret> {
    (!value.is_empty()).then(|| Secret::copy_of(value))
}
