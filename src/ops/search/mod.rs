//! Search as you type: an index over titles, user names, addresses, tags, folders, kinds, readings
//! and aliases, built once and narrowed with each key. It opens no secret.

pub mod fold;

use memchr::memmem::Finder;

use crate::model::{Entry, Id, Kind, State, Tag, Vault};

/// One entry in the index.
#[derive(Debug, Clone)]
struct Row {
    id: Id,
    state: State,
    used: u64,
    /// Which of the index's kinds.
    kind: u8,
    start: u32,
    title_end: u32,
    /// End of the folded text; from here to `end` lies the skeleton.
    folded_end: u32,
    end: u32,
}

/// Every entry's searchable text, folded, in the order of the titles.
///
/// Dropping it wipes it (the allocator does).
#[derive(Debug, Default)]
pub struct Index {
    text: String,
    rows: Vec<Row>,
    /// Kinds met so far and their names, folded. A word is a kind only from its beginning on:
    /// `gin` must not find every *login*.
    kinds: Vec<(Kind, [String; 2])>,
}

/// Bytes of text that most entries do with; room for it is asked for at once.
const ROOM: usize = 192;

/// Names of kinds, as a person may type them.
pub type KindNames<'a> = &'a dyn Fn(Kind) -> &'static str;

/// The words of a folded query, each with the sound it may also be found by.
fn words(folded: &str) -> impl Iterator<Item = (&str, Option<String>)> {
    folded.split_whitespace().map(|word| {
        let skeleton = fold::query_skeleton(word);
        let latin = word.is_ascii() || fold::has_kana(word);
        // A run of one letter is no spelling of a sound: `zzz` is not z.
        let sound = latin && !skeleton.is_empty() && (skeleton.len() > 1 || word.chars().count() == 1);
        (word, sound.then_some(skeleton))
    })
}

/// True when every hit of `longer` is one of `shorter`, so that it may be looked for among those. A
/// query that only grew need not be: `oo` has no sound of its own and `oosaka` has, ﾊ and ﾞ become
/// one letter.
pub fn narrows(shorter: &str, longer: &str) -> bool {
    let (shorter, longer) = (fold::fold(shorter.trim()), fold::fold(longer.trim()));
    let mut grown = words(&longer);
    words(&shorter).all(|(word, sound)| {
        grown.next().is_some_and(|(longer, louder)| {
            longer.starts_with(word)
                && louder.is_none_or(|louder| sound.is_some_and(|sound| louder.contains(&sound)))
        })
    })
}

/// Entries in these states by title: the order of an index without its cost.
pub fn by_title<'v>(vault: &'v Vault, wanted: &dyn Fn(State) -> bool) -> Vec<Entry<'v>> {
    let entries = vault.entries().filter(|entry| wanted(entry.state()));
    let mut titled: Vec<(String, Entry<'v>)> =
        entries.map(|entry| (fold::fold(entry.title()), entry)).collect();
    titled.sort_by(|(one, entry), (other, next)| (one, entry.id()).cmp(&(other, next.id())));
    titled.into_iter().map(|(_, entry)| entry).collect()
}

impl Index {
    /// Builds the index of a vault. About 3 microseconds an entry.
    pub fn build(vault: &Vault, names: KindNames<'_>) -> Index {
        let count = vault.section(crate::model::Section::Entries).len();
        let mut index = Index {
            text: String::with_capacity(count * ROOM),
            rows: Vec::with_capacity(count),
            kinds: Vec::new(),
        };
        for entry in vault.entries() {
            let row = index.row(entry, names);
            index.rows.push(row);
        }
        index.in_order()
    }

    /// The rows by title and their text in the same order: a search then reads memory from one end
    /// to the other, which is several times faster than reading it here and there.
    fn in_order(mut self) -> Index {
        let title = |row: &Row| self.text.get(row.start as usize..row.title_end as usize).unwrap_or("");
        self.rows.sort_by(|one, next| (title(one), one.id).cmp(&(title(next), next.id)));
        let mut text = String::with_capacity(self.text.len());
        for row in &mut self.rows {
            let start = u32::try_from(text.len()).unwrap_or(u32::MAX);
            text.push_str(self.text.get(row.start as usize..row.end as usize).unwrap_or(""));
            let old = std::mem::replace(&mut row.start, start);
            for place in [&mut row.title_end, &mut row.folded_end, &mut row.end] {
                *place = (*place - old).saturating_add(start);
            }
        }
        Index { text, rows: self.rows, kinds: self.kinds }
    }

    fn row(&mut self, entry: Entry<'_>, names: KindNames<'_>) -> Row {
        let start = self.text.len();
        fold::fold_into(entry.title(), &mut self.text);
        let title_end = self.text.len();
        let mut latin = String::new();
        let title = self.text.get(start..).unwrap_or("");
        fold::sound_into(title, &mut latin);
        let mut put = |part: &str| {
            if !part.is_empty() {
                self.text.push('\n');
                let from = self.text.len();
                fold::fold_into(part, &mut self.text);
                if !part.is_ascii() {
                    fold::sound_into(self.text.get(from..).unwrap_or(""), &mut latin);
                }
            }
        };
        // One walk over the attributes; where in the text a part stands does not matter.
        for attr in entry.0.attrs() {
            if matches!(
                attr.tag,
                Tag::USERNAME | Tag::URL | Tag::LABEL | Tag::FOLDER | Tag::READING | Tag::ALIAS
            ) {
                put(std::str::from_utf8(attr.value()).unwrap_or(""));
            }
        }
        let folded_end = self.text.len();
        self.text.push_str(&latin);
        let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Row {
            id: entry.id(),
            state: entry.state(),
            used: entry.used(),
            kind: self.kind(entry.kind(), names),
            start: at(start),
            title_end: at(title_end),
            folded_end: at(folded_end),
            end: at(self.text.len()),
        }
    }

    fn kind(&mut self, kind: Kind, names: KindNames<'_>) -> u8 {
        let known = self.kinds.iter().position(|(have, _)| *have == kind);
        let at = known.unwrap_or_else(|| {
            self.kinds.push((kind, [fold::fold(kind.word()), fold::fold(names(kind))]));
            self.kinds.len() - 1
        });
        // Beyond 256 kinds, which only a much later version has, the last ones share a name.
        u8::try_from(at).unwrap_or(u8::MAX)
    }

    /// Takes in what one entry has become; an entry that is gone leaves the index.
    pub fn refresh(&mut self, id: Id, entry: Option<Entry<'_>>, names: KindNames<'_>) {
        if let Some(at) = self.rows.iter().position(|row| row.id == id) {
            // Its old text stays as waste until the next build; it is not searched any more.
            self.rows.remove(at);
        }
        if let Some(entry) = entry {
            let row = self.row(entry, names);
            let text = &self.text;
            let title = |row: &Row| text.get(row.start as usize..row.title_end as usize).unwrap_or("");
            let at = self.rows.partition_point(|have| (title(have), have.id) < (title(&row), row.id));
            self.rows.insert(at, row);
        }
    }

    /// Takes in what many entries have become, in one pass. `text` says that what is searched may have
    /// changed; else only states have.
    pub fn refresh_all(&mut self, vault: &Vault, ids: &[Id], text: bool, names: KindNames<'_>) {
        let mut sorted = ids.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        if !text {
            for row in self.rows.iter_mut().filter(|row| sorted.binary_search(&row.id).is_ok()) {
                row.state = vault.entry(row.id).map_or(State::Trashed, Entry::state);
            }
            return;
        }
        if sorted.len() > self.rows.len() / 2 {
            *self = Index::build(vault, names);
            return;
        }
        self.rows.retain(|row| sorted.binary_search(&row.id).is_err());
        for entry in sorted.iter().filter_map(|id| vault.entry(*id)) {
            let row = self.row(entry, names);
            self.rows.push(row);
        }
        let live: u64 = self.rows.iter().map(|row| u64::from(row.end - row.start)).sum();
        if self.text.len() as u64 > 2 * live + 4096 {
            *self = std::mem::take(self).in_order();
            return;
        }
        let text = &self.text;
        let title = |row: &Row| text.get(row.start as usize..row.title_end as usize).unwrap_or("");
        self.rows.sort_by(|one, next| (title(one), one.id).cmp(&(title(next), next.id)));
    }

    /// Number of entries in it.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The entry of a row.
    pub fn id(&self, row: u32) -> Option<Id> {
        self.rows.get(row as usize).map(|row| row.id)
    }

    /// The state of a row's entry.
    pub fn state(&self, row: u32) -> Option<State> {
        self.rows.get(row as usize).map(|row| row.state)
    }

    fn bytes(&self, from: u32, to: u32) -> &[u8] {
        self.text.as_bytes().get(from as usize..to as usize).unwrap_or(&[])
    }

    /// Rows in which every word of `query` stands, best first: the exact title, its beginning, the
    /// beginning of a word in it, somewhere in it, elsewhere; within these the last used first,
    /// then by title. `within` are rows to look at (the hits of a shorter query), else all;
    /// `wanted` says which states count. An empty query gives all by title.
    pub fn search(&self, query: &str, within: Option<&[u32]>, wanted: &dyn Fn(State) -> bool) -> Vec<u32> {
        let folded = fold::fold(query.trim());
        let spoken: Vec<(&str, Option<String>)> = words(&folded).collect();
        let words: Vec<(Finder<'_>, Option<Finder<'_>>)> =
            spoken.iter().map(|(word, sound)| (Finder::new(word), sound.as_ref().map(Finder::new))).collect();
        let mut ranked: [Vec<u32>; 5] = Default::default();
        let mut any_used = false;
        let mut look = |at: u32, row: &Row| {
            if !wanted(row.state) {
                return;
            }
            if let Some(rank) = self.rank(row, &folded, &words) {
                any_used |= row.used != 0;
                ranked[rank].push(at);
            }
        };
        match within {
            Some(rows) => self.by_title(rows).into_iter().for_each(|at| {
                if let Some(row) = self.rows.get(at as usize) {
                    look(at, row);
                }
            }),
            None => (0..).zip(&self.rows).for_each(|(at, row)| look(at, row)),
        }
        if !folded.is_empty() && any_used {
            let used = |at: &u32| self.rows.get(*at as usize).map_or(0, |row| row.used);
            ranked.iter_mut().for_each(|hits| hits.sort_by_key(|at| std::cmp::Reverse(used(at))));
        }
        ranked.concat()
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

    fn rank(&self, row: &Row, query: &str, words: &[(Finder<'_>, Option<Finder<'_>>)]) -> Option<usize> {
        if words.is_empty() {
            return Some(4);
        }
        let folded = self.bytes(row.start, row.folded_end);
        let latin = self.bytes(row.folded_end, row.end);
        let kind = self.kinds.get(usize::from(row.kind));
        let mut first = None;
        for (at, (word, second)) in words.iter().enumerate() {
            let found = word.find(folded);
            let names = || kind.into_iter().flat_map(|(_, names)| names);
            let meets = found.is_some()
                || names().any(|name| name.as_bytes().starts_with(word.needle()))
                || (!latin.is_empty() && second.as_ref().is_some_and(|second| second.find(latin).is_some()));
            if !meets {
                return None;
            }
            if at == 0 {
                first = found;
            }
        }
        let title = self.bytes(row.start, row.title_end);
        let first = first.filter(|at| *at < title.len());
        Some(match first {
            _ if title == query.as_bytes() => 0,
            Some(0) => 1,
            Some(at) if !title[at - 1].is_ascii_alphanumeric() && title[at - 1] < 0x80 => 2,
            Some(_) => 3,
            None => 4,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Section, Stamp};
    use crate::ops::change::{Change, Edit, apply};

    fn vault(titles: &[&str]) -> Vault {
        let mut vault = Vault::new([0; 16]);
        for (at, title) in titles.iter().enumerate() {
            let edits = vec![Edit { tag: Tag::TITLE, element: None, value: title.as_bytes().into() }];
            let record = Id([at as u8 + 1; 16]);
            let change = Change::Write { section: Section::Entries, record, kind: 1, edits };
            apply(&mut vault, &change, Stamp { hlc: at as u64 + 1, salt: 0, writer: 0 }).expect("fine");
        }
        vault
    }

    fn found<'a>(titles: &[&'a str], query: &str) -> Vec<&'a str> {
        let index = Index::build(&vault(titles), &Kind::word);
        let hits = index.search(query, None, &|_| true);
        hits.iter().map(|row| titles[usize::from(index.id(*row).expect("a row").0[0]) - 1]).collect()
    }

    const TITLES: &[&str] =
        &["my bank", "bank", "Bank of Japan", "riverbank", "みずほ銀行", "ゆうちょ", "ｴｯｸｽｻｰﾊﾞｰ"];

    #[test]
    fn the_best_hit_stands_first() {
        assert_eq!(found(TITLES, "bank"), ["bank", "Bank of Japan", "my bank", "riverbank"]);
        assert_eq!(found(TITLES, "japan bank"), ["Bank of Japan"]);
        assert_eq!(found(TITLES, "bank login"), found(TITLES, "bank"));
        assert_eq!(found(TITLES, "gin"), [""; 0]);
        assert_eq!(found(TITLES, "log").len(), TITLES.len());
        assert_eq!(found(TITLES, "zzz"), [""; 0]);
        assert_eq!(found(TITLES, " ").len(), TITLES.len());
    }

    #[test]
    fn kana_width_and_romaji_are_one() {
        for query in ["ゆうちょ", "ﾕｳﾁｮ", "ユウチョ", "yucho", "yuucho"] {
            assert_eq!(found(TITLES, query), ["ゆうちょ"], "{query}");
        }
        assert_eq!(found(TITLES, "みずほ"), ["みずほ銀行"]);
        assert_eq!(found(TITLES, "mizuho"), ["みずほ銀行"]);
        assert_eq!(found(TITLES, "ekkusu"), ["ｴｯｸｽｻｰﾊﾞｰ"]);
        assert_eq!(found(TITLES, "ＢＡＮＫ　ＪＡＰＡＮ"), ["Bank of Japan"]);
    }

    #[test]
    fn narrowing_finds_what_a_whole_search_finds() {
        let mut titles = TITLES.to_vec();
        titles.extend(["おおさか", "いいだ", "Book of books"]);
        let index = Index::build(&vault(&titles), &Kind::word);
        let mut narrowed = 0;
        for query in
            ["bank", "yucho", "ban", "b o", "ｻｰﾊﾞｰ", "oosaka", "iida", "login b", "shashin", "book boo"]
        {
            let (mut hits, mut last) = (Vec::new(), "");
            for end in (1..=query.len()).filter(|end| query.is_char_boundary(*end)) {
                let typed = query.get(..end).expect("a boundary");
                let within = (!last.is_empty() && narrows(last, typed)).then_some(&hits[..]);
                narrowed += usize::from(within.is_some());
                let next = index.search(typed, within, &|_| true);
                assert_eq!(next, index.search(typed, None, &|_| true), "{typed}");
                (hits, last) = (next, typed);
            }
        }
        assert!(narrowed > 20, "{narrowed} times");
        assert!(!narrows("oo", "oosaka") && !narrows("ﾊ", "ﾊﾞ") && narrows("b", "ba b"));
    }

    #[test]
    fn one_entry_is_taken_in_again() {
        let mut vault = vault(TITLES);
        let mut index = Index::build(&vault, &Kind::word);
        let id = Id([2; 16]);
        let edits = vec![Edit { tag: Tag::TITLE, element: None, value: "zebra".as_bytes().into() }];
        let change = Change::Write { section: Section::Entries, record: id, kind: 1, edits };
        apply(&mut vault, &change, Stamp { hlc: 99, salt: 0, writer: 0 }).expect("fine");
        index.refresh(id, vault.entry(id), &Kind::word);
        assert_eq!(index.search("zebra", None, &|_| true).len(), 1);
        let fresh = Index::build(&vault, &Kind::word);
        let order = |index: &Index| {
            index.search("", None, &|_| true).iter().map(|row| index.id(*row)).collect::<Vec<_>>()
        };
        assert_eq!(order(&index), order(&fresh));
        let titled: Vec<_> = by_title(&vault, &|_| true).iter().map(|entry| Some(entry.id())).collect();
        assert_eq!(order(&fresh), titled);
        index.refresh(id, None, &Kind::word);
        assert_eq!(index.len(), TITLES.len() - 1);
    }
}
