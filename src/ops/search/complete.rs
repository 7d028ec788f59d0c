//! What the word in front of the caret may become: the name of a token, or a tag, folder, kind or
//! state with how many entries have it.

use std::collections::BTreeMap;

use super::plan::{Known, is_so};
use super::query::{Is, Needle, Token, pieces, unquoted};
use super::{Among, Index, KindNames, NONE, Row, fold};

/// Most choices that are given.
const MOST: usize = 50;

/// One thing it may become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What takes the place of the word in front of the caret. From outside, as typed by somebody.
    pub text: String,
    /// How many entries it finds; none for the name of a token.
    pub count: Option<usize>,
}

/// What the word in front of the caret may become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// Where in the text that begins which is replaced.
    pub start: usize,
    /// The choices, the most frequent first; never empty.
    pub choices: Vec<Choice>,
}

impl Index {
    /// What the last word of `before` may become, among entries of the wanted states; none where
    /// there is nothing to complete. `names` are those of kinds on the screen; `other` says that the
    /// screen speaks the second language of the words ([`Token::words`]).
    pub fn complete(
        &self,
        before: &str,
        names: KindNames<'_>,
        other: bool,
        among: Among<'_>,
    ) -> Option<Completion> {
        let piece = pieces(before).pop().filter(|piece| piece.end == before.len())?;
        let start = if piece.text.starts_with(['-', '－']) {
            piece.start + piece.text.chars().next().map_or(0, char::len_utf8)
        } else {
            piece.start
        };
        let word = before.get(start..)?;
        let named = word.split_once([':', '：']);
        let Some((token, value)) =
            named.and_then(|(name, value)| Some((Token::named(&fold::fold(name))?, value)))
        else {
            let typed = fold::fold(word);
            let begun = |token: &Token| prefer(token.words(), &Needle::new(&typed, false), other);
            let names = Token::ALL.iter().filter(|_| !typed.is_empty()).filter_map(begun);
            let choices = names.map(|name| Choice { text: format!("{name}:"), count: None });
            return finish(start, choices.collect(), word);
        };
        let start = before.len() - value.len();
        let folded = fold::fold(value);
        let needle = Needle::new(unquoted(&folded).0, false);
        let rows = || self.rows.iter().filter(|row| (among.states)(row.state));
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        match token {
            Token::Tag => {
                let found = self.count(self.tags.all().len(), rows(), |row| self.tags_of(row));
                for (name, count) in
                    self.tags.all().iter().zip(found).filter(|(name, _)| name.begins_with(&needle))
                {
                    *counts.entry(name.text.clone()).or_default() += count;
                }
            }
            Token::Folder => {
                let found =
                    self.count(self.folders.all().len(), rows(), |row| std::slice::from_ref(&row.folder));
                for (name, count) in self.folders.all().iter().zip(found) {
                    // - a folder is found with what lies below it, and so is counted
                    let ends = name.text.match_indices('/').map(|(at, _)| at).chain([name.text.len()]);
                    for path in ends.filter_map(|end| name.text.get(..end)).filter(|path| !path.is_empty()) {
                        if super::names::Name::new(path).begins_with(&needle) {
                            *counts.entry(path.to_owned()).or_default() += count;
                        }
                    }
                }
            }
            Token::Kind => {
                let mut found = vec![0; self.kinds.len()];
                rows().for_each(|row| {
                    if let Some(count) = found.get_mut(usize::from(row.kind)) {
                        *count += 1;
                    }
                });
                for ((kind, _), count) in self.kinds.iter().zip(found) {
                    if let Some(word) = prefer([kind.word(), names(*kind)], &needle, other) {
                        counts.insert(word.to_owned(), count);
                    }
                }
            }
            Token::Is => {
                let known = Known { now: super::seconds(among.now_ms), health: among.health };
                let ran = |check| among.health.is_some_and(|health| (health.ran)(check));
                let told = |is: &Is| is.is_told(&ran);
                for is in Is::ALL.into_iter().filter(told) {
                    if let Some(word) = prefer(is.words(), &needle, other) {
                        let all = matches!(is, Is::Trashed | Is::Archived);
                        let counted =
                            |row: &&Row| (all || (among.states)(row.state)) && is_so(row, is, &known);
                        counts.insert(word.to_owned(), self.rows.iter().filter(counted).count());
                    }
                }
            }
            Token::Url | Token::User | Token::Title | Token::Note => return None,
        }
        let mut counts: Vec<(String, usize)> = counts
            .into_iter()
            // - what holds a quote cannot be quoted
            .filter(|(name, count)| (*count > 0 || token == Token::Is) && !name.contains('"'))
            .collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let choice = |(name, count): (String, usize)| {
            let blank = name.contains(char::is_whitespace);
            Choice { text: if blank { format!("\"{name}\"") } else { name }, count: Some(count) }
        };
        finish(start, counts.into_iter().map(choice).collect(), value)
    }

    fn count<'r>(
        &'r self,
        names: usize,
        rows: impl Iterator<Item = &'r Row>,
        of: impl Fn(&'r Row) -> &'r [u32],
    ) -> Vec<usize> {
        let mut counts = vec![0; names];
        for number in rows.flat_map(of).filter(|number| **number != NONE) {
            if let Some(count) = counts.get_mut(*number as usize) {
                *count += 1;
            }
        }
        counts
    }
}

/// The word of the screen's language where that begins with what is typed, else the other.
fn prefer(words: [&'static str; 2], needle: &Needle, other: bool) -> Option<&'static str> {
    let begins = |word: &str| fold::fold(word).starts_with(&needle.text);
    let [first, second] = if other { [words[1], words[0]] } else { words };
    [first, second].into_iter().find(|word| begins(word))
}

fn finish(start: usize, mut choices: Vec<Choice>, typed: &str) -> Option<Completion> {
    choices.truncate(MOST);
    let nothing = choices.is_empty() || (choices.len() == 1 && choices.iter().all(|one| one.text == typed));
    (!nothing).then_some(Completion { start, choices })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::State;
    use crate::ops::search::tests::{NOW, japanese, kept};

    fn complete(before: &str, other: bool) -> (usize, Vec<String>) {
        let index = Index::build(&kept(), &japanese);
        let among = Among { rows: None, states: &|state| state != State::Trashed, now_ms: NOW, health: None };
        let Some(found) = index.complete(before, &japanese, other, among) else { return (0, Vec::new()) };
        let show = |one: Choice| one.count.map_or(one.text.clone(), |count| format!("{} {count}", one.text));
        (found.start, found.choices.into_iter().map(show).collect())
    }

    #[test]
    fn names_of_tokens() {
        assert_eq!(complete("ta", false), (0, vec!["tag:".into()]));
        assert_eq!(complete("x -us", false), (3, vec!["user:".into()]));
        assert_eq!(complete("ｔ", false), (0, vec!["tag:".into(), "title:".into()]));
        assert_eq!(complete("タ", true), (0, vec!["タグ:".into(), "タイトル:".into()]));
        for nothing in ["", " ", "ta ", "zz", "-", "http:"] {
            assert_eq!(complete(nothing, false).1, [""; 0], "{nothing}");
        }
    }

    #[test]
    fn values_with_how_many_have_them() {
        assert_eq!(complete("tag:", false), (4, vec!["bank 1".into(), "bank-jp 1".into(), "jp 1".into()]));
        assert_eq!(complete("a -TAG:j", false), (7, vec!["jp 1".into()]));
        assert_eq!(complete("タグ：ba", false).0, "タグ：".len());
        assert_eq!(complete("folder:", false).1, ["shops 2", "shops/mail 1", "お金 1", "お金/銀行 1"]);
        assert_eq!(complete("folder:mai", false).1, ["shops/mail 1"]);
        assert_eq!(complete("folder:ginkou", false).1, ["お金/銀行 1"]);
        assert_eq!(complete("kind:", true).1, ["ログイン 2", "mailbox 1", "銀行口座 1"]);
        assert_eq!(complete("kind:b", true).1, ["bank-account 1"]);
        assert_eq!(complete("is:fa", true).1, ["favourite 1"]);
        assert_eq!(complete("is:お", true).1, ["お気に入り 1"]);
        assert_eq!(complete("is:tr", false).1, ["trashed 1"]);
        for nothing in ["tag:jp", "tag:zzz", "user:h", "is:weak", "note:x"] {
            assert_eq!(complete(nothing, false).1, [""; 0], "{nothing}");
        }
    }
}
