//! The first row: which column is where, by name, in any order and case.

use std::collections::HashSet;

use super::super::rows::Rows;
use super::super::{ImportError, ImportFault};
use super::field::Generation;

/// Where each column is.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) struct Header {
    pub(super) delimiter: u8,
    pub(super) names: Vec<String>,
    pub(super) name: usize,
    pub(super) url: usize,
    pub(super) login: usize,
    pub(super) password: usize,
    pub(super) match_url: Option<usize>,
    pub(super) note: Option<usize>,
    pub(super) folder: Option<usize>,
    pub(super) tail: Option<(usize, Generation)>,
    pub(super) unknown: Vec<usize>,
}

/// Finds RoboForm's columns in the first row; none when they are not there.
pub(in super::super) fn header(text: &str) -> Result<Option<Header>, ImportError> {
    if text.trim().is_empty() {
        return Err(ImportError { line: None, what: ImportFault::Empty });
    }
    // A spreadsheet that saved the file anew may have used its own separator.
    for delimiter in [b',', b'\t', b';'] {
        let mut cells = Vec::new();
        // Damage further down is for the reading to find.
        let Ok(Some(place)) = Rows::new(text, delimiter).next(&mut cells) else { continue };
        let names: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
        let lower: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
        let find = |wanted: &str| lower.iter().position(|name| name == wanted);
        let (Some(name), Some(url), Some(login), Some(password)) =
            (find("name"), find("url"), find("login"), find("pwd"))
        else {
            continue;
        };
        let second = find("rffieldsv2").map(|at| (at, Generation::Second));
        let first = find("rf_fields").map(|at| (at, Generation::First));
        let mut seen = HashSet::new();
        if let Some(at) = lower.iter().position(|name| !name.is_empty() && !seen.insert(name)) {
            return Err(ImportFault::ColumnTwice(names[at].clone()).at(place.line));
        }
        if let (Some(_), Some((at, _))) = (first, second) {
            return Err(ImportFault::ColumnTwice(names[at].clone()).at(place.line));
        }
        let (match_url, note, folder, tail) =
            (find("matchurl"), find("note"), find("folder"), second.or(first));
        let known = [Some(name), Some(url), Some(login), Some(password), match_url, note, folder];
        let is_known = |at: &usize| known.contains(&Some(*at)) || tail.is_some_and(|(tail, _)| tail == *at);
        let unknown = (0..names.len()).filter(|at| !is_known(at)).collect();
        return Ok(Some(Header {
            delimiter,
            names,
            name,
            url,
            login,
            password,
            match_url,
            note,
            folder,
            tail,
            unknown,
        }));
    }
    Ok(None)
}
