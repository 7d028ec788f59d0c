//! Mail accounts as CSV (RFC 4180), for the form in which a host takes many at once: which columns,
//! in which order and under which names is the caller's to say.
//!
//! Cells are exact: a password that begins like a formula is written as it is, and counted, because
//! another password would be none. Everything is in clear; whoever writes it to a disk asks before.

use std::str::FromStr;

use crate::model::{Entry, Id, Kind, State};
use crate::ops::mailboxes::address_of;
use crate::secret::Secret;

/// Most columns.
pub const COLUMNS_MOST: usize = 64;

/// What stands in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// The whole address.
    Address,
    /// What stands in front of the `@`.
    User,
    /// What stands behind it.
    Domain,
    /// The password to be set: the staged one, else the current one.
    Password,
    /// The current one.
    Old,
    /// The title of the entry.
    Title,
    /// The number of the row, from 1.
    Number,
    /// Always the same.
    Text(String),
}

/// The columns of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns(pub Vec<(String, Column)>);

/// Why a text names no columns.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ColumnsError {
    /// No column is called so.
    #[error("no such column: {0}")]
    Unknown(String),
    /// A quote is open at the end.
    #[error("a quote is not closed")]
    Open,
    /// None, or more than [`COLUMNS_MOST`].
    #[error("{0} columns")]
    Count(usize),
}

/// Words of columns.
pub const WORDS: [&str; 7] = ["address", "user", "domain", "password", "old", "title", "number"];

impl Default for Columns {
    /// Address and password.
    fn default() -> Columns {
        let column = |name: &str, column| (name.to_owned(), column);
        Columns(vec![column("address", Column::Address), column("password", Column::Password)])
    }
}

/// `HEADER=COLUMN` or `COLUMN`, parted by commas; a column is a word of [`WORDS`] or a text in single
/// quotes that stands in every row.
impl FromStr for Columns {
    type Err = ColumnsError;

    fn from_str(text: &str) -> Result<Columns, ColumnsError> {
        let mut all = Vec::new();
        for piece in pieces(text)? {
            let (name, what) = match piece.split_once('=') {
                Some((name, what)) if !piece.starts_with('\'') => (name.trim(), what.trim()),
                _ => ("", piece.as_str()),
            };
            let text = what.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
            let column = match (text, what) {
                (Some(text), _) => Column::Text(text.to_owned()),
                (None, "address") => Column::Address,
                (None, "user") => Column::User,
                (None, "domain") => Column::Domain,
                (None, "password") => Column::Password,
                (None, "old") => Column::Old,
                (None, "title") => Column::Title,
                (None, "number") => Column::Number,
                (None, other) => return Err(ColumnsError::Unknown(other.to_owned())),
            };
            let name = if name.is_empty() && text.is_none() { what } else { name };
            all.push((name.to_owned(), column));
        }
        if (1..=COLUMNS_MOST).contains(&all.len()) {
            Ok(Columns(all))
        } else {
            Err(ColumnsError::Count(all.len()))
        }
    }
}

/// Parts a text at commas outside quotes.
fn pieces(text: &str) -> Result<Vec<String>, ColumnsError> {
    let (mut pieces, mut piece, mut quoted) = (Vec::new(), String::new(), false);
    for c in text.chars() {
        match c {
            '\'' => quoted = !quoted,
            ',' if !quoted => {
                pieces.push(std::mem::take(&mut piece).trim().to_owned());
                continue;
            }
            _ => {}
        }
        piece.push(c);
    }
    if quoted {
        return Err(ColumnsError::Open);
    }
    pieces.push(piece.trim().to_owned());
    if pieces == [""] { Ok(Vec::new()) } else { Ok(pieces) }
}

/// Opens a sealed value of an entry.
pub type Opener<'a, E> = &'a dyn Fn(Id, &[u8]) -> Result<Secret, E>;

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Rows, the header aside.
    pub rows: usize,
    /// Entries without an address or without a password, left out.
    pub left: usize,
    /// Passwords that a spreadsheet would take for a formula.
    pub formulas: usize,
}

/// Whether an entry can be a row: it has an address, and a password in use or staged.
pub fn fits(entry: Entry<'_>) -> bool {
    address_of(entry).is_some() && (entry.password().is_some() || !entry.staged().is_empty())
}

/// Whether a list without names means it: a mailbox in use with a change under way.
pub fn waits(entry: Entry<'_>) -> bool {
    entry.state() == State::Active && entry.kind() == Kind::Mailbox && !entry.staged().is_empty()
}

/// Writes the rows of these entries. `open` opens a sealed value; the first that fails ends it.
pub fn write<'a, E>(
    entries: impl Iterator<Item = Entry<'a>>,
    columns: &Columns,
    header: bool,
    open: Opener<'_, E>,
    out: &mut Vec<u8>,
) -> Result<Written, E> {
    let mut written = Written::default();
    if header {
        line(columns.0.iter().map(|(name, _)| name.as_str()), out);
    }
    for entry in entries {
        let Some(address) = address_of(entry).filter(|_| fits(entry)) else {
            written.left += 1;
            continue;
        };
        written.rows += 1;
        let number = written.rows.to_string();
        let (user, domain) = address.rsplit_once('@').unwrap_or((&address, ""));
        let staged = entry.staged();
        let new = staged.last().map(|one| one.secret);
        let reveal = |sealed: Option<&[u8]>| sealed.map(|sealed| open(entry.id(), sealed)).transpose();
        let wants = |wanted: &Column| columns.0.iter().any(|(_, column)| column == wanted);
        let password = if wants(&Column::Password) { reveal(new.or(entry.password()))? } else { None };
        let old = if wants(&Column::Old) { reveal(entry.password())? } else { None };
        let text =
            |secret: &'_ Option<Secret>| secret.as_ref().map_or(String::new(), |one| one.expose().to_owned());
        if password.as_ref().is_some_and(|one| is_formula(one.expose())) {
            written.formulas += 1;
        }
        let cells: Vec<String> = columns
            .0
            .iter()
            .map(|(_, column)| match column {
                Column::Address => address.clone(),
                Column::User => user.to_owned(),
                Column::Domain => domain.to_owned(),
                Column::Password => text(&password),
                Column::Old => text(&old),
                Column::Title => entry.title().to_owned(),
                Column::Number => number.clone(),
                Column::Text(text) => text.clone(),
            })
            .collect();
        line(cells.iter().map(String::as_str), out);
    }
    Ok(written)
}

/// A spreadsheet would take it for a formula.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn line<'a>(cells: impl Iterator<Item = &'a str>, out: &mut Vec<u8>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(b',');
        }
        let edge = |c: Option<char>| c.is_some_and(char::is_whitespace);
        let plain = !cell.contains(['"', ',', '\r', '\n'])
            && !edge(cell.chars().next())
            && !edge(cell.chars().last());
        if plain {
            out.extend_from_slice(cell.as_bytes());
        } else {
            out.push(b'"');
            for byte in cell.bytes() {
                if byte == b'"' {
                    out.push(b'"');
                }
                out.push(byte);
            }
            out.push(b'"');
        }
    }
    out.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::value;
    use crate::ops::links::tests::{Fixture, NONE};

    fn columns(text: &str) -> Result<Columns, ColumnsError> {
        text.parse()
    }

    #[test]
    fn columns_are_named_in_any_order_and_wrong_ones_are_told() {
        assert_eq!(columns("address,password"), Ok(Columns::default()));
        let all = columns("メール=address, パスワード=password,容量='1,000',''").expect("four");
        assert_eq!(
            all.0,
            [
                ("メール".to_owned(), Column::Address),
                ("パスワード".to_owned(), Column::Password),
                ("容量".to_owned(), Column::Text("1,000".to_owned())),
                (String::new(), Column::Text(String::new())),
            ]
        );
        for word in WORDS {
            assert_eq!(columns(word).expect("known").0[0].0, word);
        }
        assert_eq!(columns("address,pasword"), Err(ColumnsError::Unknown("pasword".to_owned())));
        assert_eq!(columns("address,'x"), Err(ColumnsError::Open));
        assert_eq!(columns(""), Err(ColumnsError::Count(0)));
        assert_eq!(
            columns(&["user"; COLUMNS_MOST + 1].join(",")),
            Err(ColumnsError::Count(COLUMNS_MOST + 1))
        );
    }

    #[test]
    fn the_password_to_be_set_is_written_exactly() {
        let mut made = Fixture::default();
        let mail = |made: &mut Fixture, title: &str, password: &str| {
            let id = made.add(Kind::Mailbox, title, title, NONE);
            if !password.is_empty() {
                made.password(id, password);
            }
            id
        };
        let first = mail(&mut made, "info@example.jp", "old");
        made.edit(first, |edit| {
            edit.stage("=1+\"2\", 3".as_bytes(), "", 1).expect("sealed");
        });
        let second = mail(&mut made, "Sales@example.jp", " blank ");
        let without = mail(&mut made, "none@example.jp", "");
        let other = made.add(Kind::Login, "shop", "hana", NONE);
        made.password(other, "x");
        let open = |id: Id, sealed: &[u8]| -> Result<Secret, ()> {
            let opened = value::open(&made.values, &[1; 16], &id.0, sealed).map_err(|_| ())?;
            Ok(Secret::copy_of(std::str::from_utf8(opened.expose()).map_err(|_| ())?))
        };
        let mut out = Vec::new();
        let wanted = columns("no=number,user,domain,pw=password,old,quota='2'").expect("six");
        let all = [first, second, without, other];
        let written = write(all.iter().map(|id| made.entry(*id)), &wanted, true, &open, &mut out);
        assert_eq!(written, Ok(Written { rows: 2, left: 2, formulas: 1 }));
        assert_eq!(
            String::from_utf8(out).expect("text"),
            "no,user,domain,pw,old,quota\r\n\
             1,info,example.jp,\"=1+\"\"2\"\", 3\",old,2\r\n\
             2,Sales,example.jp,\" blank \",\" blank \",2\r\n"
        );
        let mut out = Vec::new();
        let failed =
            write([made.entry(first)].into_iter(), &Columns::default(), false, &|_, _| Err(()), &mut out);
        assert_eq!((failed, out.len()), (Err(()), 0));
    }
}
