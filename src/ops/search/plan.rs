//! From a query to its hits: what each term means for this index, looked up once, and then a walk
//! over the rows.

use memchr::memmem::Finder;

use super::near::Near;
use super::query::{Is, Needle, Query, Token, Want};
use super::{FAVOURITE, Index, NONE, OTP, Row, STAGED, TITLE, TITLE_SOUND, URL, USER};
use crate::model::{Id, State};
use crate::ops::health::{Check, Marks};

/// Among which entries is searched.
#[derive(Clone, Copy)]
pub struct Among<'a> {
    /// The hits of a query that narrows to this one; none for all.
    pub rows: Option<&'a [u32]>,
    /// Which states count, unless the query names one.
    pub states: &'a dyn Fn(State) -> bool,
    /// Now, in ms since 1970.
    pub now_ms: u64,
    /// What the health check found; none where it did not run.
    pub health: Option<Checked<'a>>,
}

/// What a health check found, as a search asks for it.
#[derive(Clone, Copy)]
pub struct Checked<'a> {
    /// The marks of an entry.
    pub marks: &'a dyn Fn(Id) -> Marks,
    /// Whether a check ran at all: what did not run found nothing, and says nothing.
    pub ran: &'a dyn Fn(Check) -> bool,
}

impl std::fmt::Debug for Among<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Among").field("rows", &self.rows.map(<[u32]>::len)).finish_non_exhaustive()
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    /// Rows of the index, best first.
    pub rows: Vec<u32>,
    /// Nothing is what was asked for; these are nearly.
    pub near: bool,
}

/// A term in terms of the index.
enum Test<'q> {
    /// A text anywhere, or of a kind whose name begins with it.
    Text {
        raw: Finder<'q>,
        sound: Option<Finder<'q>>,
        kinds: Vec<bool>,
    },
    /// A text in one part.
    Part {
        mark: char,
        raw: Finder<'q>,
        sound: Option<Finder<'q>>,
    },
    Folder(Vec<bool>),
    Tag(Vec<bool>),
    Kind(Vec<bool>),
    Is(Is),
    Nothing,
}

fn finders(needle: &Needle) -> (Finder<'_>, Option<Finder<'_>>) {
    (Finder::new(&needle.text), needle.sound.as_ref().map(Finder::new))
}

impl Index {
    /// Rows that `query` finds, best first: the exact title, its beginning, the beginning of a word
    /// in it, somewhere in it, elsewhere; within these the last used first, then by title. Where
    /// nothing is found, what nearly is. An empty query gives all by title.
    ///
    /// Of what it asks of notes nothing is looked at: these rows are candidates.
    pub fn search(&self, query: &Query, among: Among<'_>) -> Hits {
        let tests: Vec<(bool, Test<'_>)> =
            query.terms.iter().map(|term| (term.not, self.test(&term.want))).collect();
        let first = query.terms.iter().zip(&tests).find_map(|(term, (_, test))| match (&term.want, test) {
            (
                Want::Text(None | Some(Token::Title), _),
                Test::Text { raw, sound, .. } | Test::Part { raw, sound, .. },
            ) if !term.not => Some((raw, sound.as_ref())),
            _ => None,
        });
        let known = Known { now: super::seconds(among.now_ms), health: among.health };
        let trashed = query.asks(Is::Trashed);
        let archived = query.asks(Is::Archived);
        let counts = |state: State| match state {
            State::Trashed => trashed || (among.states)(state),
            State::Archived => archived || (among.states)(state),
            State::Active => (among.states)(state),
        };
        let mut ranked: [Vec<u32>; 5] = Default::default();
        let mut any_used = false;
        self.walk(among.rows, |at, row| {
            if counts(row.state) && tests.iter().all(|(not, test)| self.meets(row, test, &known) != *not) {
                any_used |= row.used != 0;
                ranked[self.rank(row, &query.plain, first)].push(at);
            }
        });
        if !query.is_empty() && any_used {
            ranked.iter_mut().for_each(|hits| hits.sort_by_key(|at| std::cmp::Reverse(self.used(*at))));
        }
        let rows = ranked.concat();
        match query.loose().filter(|_| rows.is_empty()) {
            Some(words) => {
                let rest: Vec<&(bool, Test<'_>)> =
                    tests.iter().filter(|(not, test)| *not || !matches!(test, Test::Text { .. })).collect();
                let fits = |row: &Row| {
                    counts(row.state) && rest.iter().all(|(not, test)| self.meets(row, test, &known) != *not)
                };
                let rows = self.near(&words, &fits);
                Hits { near: !rows.is_empty(), rows }
            }
            None => Hits { rows, near: false },
        }
    }

    fn used(&self, at: u32) -> u64 {
        self.rows.get(at as usize).map_or(0, |row| row.used)
    }

    fn walk(&self, among: Option<&[u32]>, mut look: impl FnMut(u32, &Row)) {
        match among {
            Some(rows) => self.by_title(rows).into_iter().for_each(|at| {
                if let Some(row) = self.rows.get(at as usize) {
                    look(at, row);
                }
            }),
            None => (0..).zip(&self.rows).for_each(|(at, row)| look(at, row)),
        }
    }

    fn test<'q>(&self, want: &'q Want) -> Test<'q> {
        match want {
            Want::Text(None, needle) => {
                let (raw, sound) = finders(needle);
                let begins = |name: &String| name.starts_with(&needle.text);
                let kinds = self.kinds.iter().map(|(_, names)| names.iter().any(begins)).collect();
                Test::Text { raw, sound, kinds }
            }
            Want::Text(Some(token), needle) => {
                let (raw, sound) = finders(needle);
                let mark = match token {
                    Token::User => USER,
                    Token::Url => URL,
                    _ => TITLE,
                };
                Test::Part { mark, raw, sound }
            }
            Want::Name(Token::Folder, needle) => Test::Folder(self.folders.folders(needle)),
            Want::Name(Token::Tag, needle) => Test::Tag(self.tags.tags(needle)),
            Want::Name(_, needle) => Test::Kind(self.kinds_named(needle)),
            Want::Is(is) => Test::Is(*is),
            Want::Nothing => Test::Nothing,
        }
    }

    /// Which kinds a word means: the one of exactly this name, else those that begin with it. `ssh
    /// key` and `ssh-key` are one.
    fn kinds_named(&self, needle: &Needle) -> Vec<bool> {
        let plain = |name: &str| name.replace([' ', '-'], "");
        let wanted = plain(&needle.text);
        let names = |fits: &dyn Fn(&str) -> bool| -> Vec<bool> {
            self.kinds.iter().map(|(_, names)| names.iter().any(|name| fits(&plain(name)))).collect()
        };
        let exact = names(&|name| name == wanted);
        if needle.quoted || exact.contains(&true) { exact } else { names(&|name| name.starts_with(&wanted)) }
    }

    fn meets(&self, row: &Row, test: &Test<'_>, known: &Known<'_>) -> bool {
        let is_in = |picked: &[bool], number: u32| picked.get(number as usize).is_some_and(|picked| *picked);
        match test {
            Test::Text { raw, sound, kinds } => {
                raw.find(self.bytes(row.start, row.folded_end)).is_some()
                    || is_in(kinds, u32::from(row.kind))
                    || (row.folded_end < row.end
                        && sound
                            .as_ref()
                            .is_some_and(|sound| sound.find(self.bytes(row.folded_end, row.end)).is_some()))
            }
            Test::Part { mark, raw, sound } => {
                in_part(raw, self.bytes(row.start, row.folded_end), *mark)
                    || sound
                        .as_ref()
                        .is_some_and(|sound| in_part(sound, self.bytes(row.folded_end, row.end), *mark))
            }
            Test::Folder(picked) => row.folder != NONE && is_in(picked, row.folder),
            Test::Tag(picked) => self.tags_of(row).iter().any(|tag| is_in(picked, *tag)),
            Test::Kind(picked) => is_in(picked, u32::from(row.kind)),
            Test::Is(is) => is_so(row, *is, known),
            Test::Nothing => false,
        }
    }

    pub(super) fn tags_of(&self, row: &Row) -> &[u32] {
        let (from, count) = (row.tags.0 as usize, usize::from(row.tags.1));
        self.tagged.get(from..from + count).unwrap_or(&[])
    }

    /// The hits of a shorter query, from the order of their ranks back to that of the titles.
    fn by_title(&self, hits: &[u32]) -> Vec<u32> {
        if hits.len() < self.rows.len() / 32 {
            let mut hits = hits.to_vec();
            hits.sort_unstable();
            return hits;
        }
        let mut is_hit = vec![false; self.rows.len()];
        hits.iter().for_each(|at| {
            if let Some(hit) = is_hit.get_mut(*at as usize) {
                *hit = true;
            }
        });
        (0..).zip(is_hit).filter(|(_, hit)| *hit).map(|(at, _)| at).collect()
    }

    /// The rank of a hit, by where in the title its first word stands, as written or as it sounds.
    fn rank(&self, row: &Row, plain: &str, first: Option<(&Finder<'_>, Option<&Finder<'_>>)>) -> usize {
        let Some((raw, sound)) = first else { return 4 };
        let title = self.bytes(row.start, row.title_end);
        if title == plain.as_bytes() {
            return 0;
        }
        let sounds = || {
            let sound = sound.filter(|_| row.flags & TITLE_SOUND != 0)?;
            let line = self.bytes(row.folded_end, row.end).get(1..)?;
            let line = line.split(|byte| *byte < 0x20).next()?;
            Some((line, sound.find(line)?))
        };
        let (title, at) = match raw.find(title).map(|at| (title, at)).or_else(sounds) {
            Some(found) => found,
            None => return 4,
        };
        match at.checked_sub(1).and_then(|before| title.get(before)) {
            None => 1,
            Some(before) if !before.is_ascii_alphanumeric() && *before < 0x80 => 2,
            Some(_) => 3,
        }
    }

    /// Rows in whose text every word nearly stands, the nearest first.
    fn near(&self, words: &[&Needle], fits: &dyn Fn(&Row) -> bool) -> Vec<u32> {
        let nears: Vec<Near<'_>> = words.iter().map(|needle| Near::new(&needle.text)).collect();
        let mut found: Vec<(usize, u32)> = Vec::new();
        for (at, row) in (0..).zip(&self.rows) {
            let text = self.bytes(row.start, row.end);
            let far: Option<usize> = nears.iter().map(|near| near.distance(text, row.letters)).sum();
            if let Some(far) = far.filter(|_| fits(row)) {
                found.push((far, at));
            }
        }
        found.sort_by_key(|(far, at)| (*far, std::cmp::Reverse(self.used(*at)), *at));
        found.into_iter().map(|(_, at)| at).collect()
    }
}

/// True when it is found in a part with this mark; what stands in front of all marks is the title.
fn in_part(finder: &Finder<'_>, text: &[u8], mark: char) -> bool {
    finder.find_iter(text).any(|at| {
        let before = text.get(..at).and_then(|before| before.iter().rfind(|byte| **byte < 0x20));
        before.map_or(TITLE, |byte| char::from(*byte)) == mark
    })
}

/// What is known beside the index.
pub(super) struct Known<'a> {
    pub(super) now: u32,
    pub(super) health: Option<Checked<'a>>,
}

pub(super) fn is_so(row: &Row, is: Is, known: &Known<'_>) -> bool {
    let now = known.now;
    if let (Some(health), Some(check)) = (known.health, is.check())
        && (health.ran)(check)
    {
        return (health.marks)(row.id).has(check);
    }
    match is {
        Is::Staged => row.flags & STAGED != 0,
        Is::Favourite => row.flags & FAVOURITE != 0,
        Is::Otp => row.flags & OTP != 0,
        Is::Archived => row.state == State::Archived,
        Is::Trashed => row.state == State::Trashed,
        Is::Expired => row.expires != 0 && row.expires <= now,
        Is::Old => row.old != 0 && row.old <= now,
        Is::Reused | Is::Similar | Is::Weak | Is::Leaked => false,
    }
}
