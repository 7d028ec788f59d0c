//! Comma-separated rows, with the line each begins on. Rows may differ in width; inside quotes
//! everything goes; a quote that never ends, or text behind one, is damage. (The `csv` crate takes
//! both without a word, so it is not used here.)

use std::borrow::Cow;

use super::ImportFault;

/// Reads the rows of a text one by one.
pub(super) struct Rows<'t> {
    text: &'t str,
    at: usize,
    line: u64,
    delimiter: u8,
}

/// Where a row was found.
pub(super) struct Place<'t> {
    /// The line it begins on, from 1.
    pub(super) line: u64,
    /// The row as it stands, without its line end.
    pub(super) raw: &'t str,
    /// It ends with the file and not with a line end.
    pub(super) unended: bool,
}

/// Damage, with the line to look at.
pub(super) type Damage = (u64, ImportFault);

impl<'t> Rows<'t> {
    pub(super) fn new(text: &'t str, delimiter: u8) -> Rows<'t> {
        Rows { text, at: 0, line: 1, delimiter }
    }

    /// Reads the next row that is not blank into `cells`.
    pub(super) fn next(&mut self, cells: &mut Vec<Cow<'t, str>>) -> Result<Option<Place<'t>>, Damage> {
        while self.at < self.text.len() {
            cells.clear();
            let (start, line) = (self.at, self.line);
            loop {
                cells.push(self.cell()?);
                if self.byte() != Some(self.delimiter) {
                    break;
                }
                self.at += 1;
            }
            let raw = self.between(start, self.at);
            let unended = self.byte().is_none();
            self.end_line();
            if !raw.is_empty() {
                return Ok(Some(Place { line, raw, unended }));
            }
        }
        Ok(None)
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// A part of the text whose ends are the text's or lie beside an ASCII character.
    fn between(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).expect("cut beside ASCII only")
    }

    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn end_line(&mut self) {
        match self.byte() {
            Some(b'\r') => {
                self.at += 1 + usize::from(self.rest().get(1) == Some(&b'\n'));
                self.line += 1;
            }
            Some(_) => {
                self.at += 1;
                self.line += 1;
            }
            None => {}
        }
    }

    fn cell(&mut self) -> Result<Cow<'t, str>, Damage> {
        if self.byte() == Some(b'"') {
            return self.quoted();
        }
        let start = self.at;
        let length = memchr::memchr3(self.delimiter, b'\n', b'\r', self.rest());
        self.at = length.map_or(self.text.len(), |length| start + length);
        Ok(Cow::Borrowed(self.between(start, self.at)))
    }

    fn quoted(&mut self) -> Result<Cow<'t, str>, Damage> {
        let opened = self.line;
        self.at += 1;
        let start = self.at;
        let mut doubled = false;
        loop {
            let length = memchr::memchr(b'"', self.rest()).ok_or((opened, ImportFault::QuoteOpen))?;
            self.at += length + 1;
            if self.byte() != Some(b'"') {
                break;
            }
            doubled = true;
            self.at += 1;
        }
        match self.byte() {
            None | Some(b'\n' | b'\r') => {}
            Some(byte) if byte == self.delimiter => {}
            Some(_) => return Err((opened, ImportFault::TextAfterQuote)),
        }
        let inside = self.between(start, self.at - 1);
        self.line += line_ends(inside.as_bytes());
        Ok(if doubled { Cow::Owned(inside.replace("\"\"", "\"")) } else { Cow::Borrowed(inside) })
    }
}

fn line_ends(bytes: &[u8]) -> u64 {
    let feeds = memchr::memchr_iter(b'\n', bytes).count();
    let alone = memchr::memchr_iter(b'\r', bytes).filter(|at| bytes.get(at + 1) != Some(&b'\n')).count();
    (feeds + alone) as u64
}

/// Reads `text` as exactly one row; none when it is damaged or has several.
pub(super) fn single(text: &str) -> Option<Vec<Cow<'_, str>>> {
    let mut rows = Rows::new(text, b',');
    let mut cells = Vec::new();
    let place = rows.next(&mut cells).ok()??;
    (place.unended && place.raw.len() == text.len()).then_some(cells)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(text: &str) -> Result<Vec<(u64, Vec<String>)>, Damage> {
        let (mut rows, mut cells, mut found) = (Rows::new(text, b','), Vec::new(), Vec::new());
        while let Some(place) = rows.next(&mut cells)? {
            found.push((place.line, cells.iter().map(|cell| cell.to_string()).collect()));
        }
        Ok(found)
    }

    #[test]
    fn rows_have_their_line_whatever_ends_them() {
        let text = "a,\"b\nb\",c\r\n\r\n\"d\"\"\"\"d\r\n\",é\rx y,5\" wide\n,\n";
        let rows = all(text).unwrap();
        let expected: [(u64, &[&str]); 4] =
            [(1, &["a", "b\nb", "c"]), (4, &["d\"\"d\r\n", "é"]), (6, &["x y", "5\" wide"]), (7, &["", ""])];
        assert_eq!(rows.len(), 4);
        for ((line, cells), (expected_line, expected)) in rows.iter().zip(expected) {
            assert_eq!((*line, cells.as_slice()), (expected_line, expected.map_strings().as_slice()));
        }
        assert_eq!(all("\n\r\n"), Ok(vec![]));
    }

    trait Strings {
        fn map_strings(&self) -> Vec<String>;
    }
    impl Strings for [&str] {
        fn map_strings(&self) -> Vec<String> {
            self.iter().map(|cell| (*cell).to_owned()).collect()
        }
    }

    #[test]
    fn damage_names_the_line_the_quote_opens_on() {
        assert_eq!(all("a\nb,\"c\n\nd"), Err((2, ImportFault::QuoteOpen)));
        assert_eq!(all("a\n\"b\n\"\"c\"d,e\n"), Err((2, ImportFault::TextAfterQuote)));
        assert_eq!(all("\""), Err((1, ImportFault::QuoteOpen)));
    }

    #[test]
    fn a_single_row_is_only_one() {
        assert_eq!(single("a,\"b\n,\"\"\",").unwrap(), ["a", "b\n,\"", ""]);
        for text in ["", "\n", "a\nb", "a\n", "\na", "\"a"] {
            assert_eq!(single(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_quoted_is_read_back(rows in proptest::collection::vec(proptest::collection::vec("[\"',\\r\\na-cé]{0,6}", 1..4), 1..5)) {
            let quote = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let text: String = rows.iter().map(|row| row.iter().map(quote).collect::<Vec<_>>().join(",") + "\n").collect();
            let read: Vec<_> = all(&text).unwrap().into_iter().map(|(_, row)| row).collect();
            prop_assert_eq!(read, rows);
        }

        #[test]
        fn no_text_is_a_panic(text in "[\",\\r\\naé]{0,30}") {
            let _ = all(&text);
            let _ = single(&text);
        }
    }
}
