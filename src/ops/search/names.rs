//! The folders and tags of a vault, each once: rows of the index hold their numbers, so that a token
//! is compared with each name and not with each entry.

use std::collections::HashMap;

use super::fold;
use super::query::Needle;

/// One name.
#[derive(Debug)]
pub(super) struct Name {
    /// As written.
    pub text: String,
    /// Folded.
    pub folded: String,
    sound: String,
}

/// Names by number.
#[derive(Debug, Default)]
pub(super) struct Names {
    all: Vec<Name>,
    numbers: HashMap<String, u32>,
}

impl Names {
    /// The number of a name, which is taken in when it is new.
    pub fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(Name::new(text));
        self.numbers.insert(text.to_owned(), number);
        number
    }

    /// All of them, by number.
    pub fn all(&self) -> &[Name] {
        &self.all
    }

    /// Which folders a path means: those of exactly this path and what lies below; where there is
    /// none, those of which a part begins with it (it may be half typed).
    pub fn folders(&self, needle: &Needle) -> Vec<bool> {
        let path = needle.text.trim_matches('/');
        let at_root = needle.text.starts_with('/');
        let below = |name: &Name| {
            name.folded == path || name.folded.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))
        };
        self.pick(needle, below, |name| {
            let inside = !at_root
                && name
                    .folded
                    .match_indices('/')
                    .any(|(at, _)| name.folded.get(at + 1..).is_some_and(|rest| rest.starts_with(path)));
            name.folded.starts_with(path) || inside || name.sounds_like(needle)
        })
    }

    /// Which tags a name means: that tag; where there is none, those of which a word begins with it.
    pub fn tags(&self, needle: &Needle) -> Vec<bool> {
        let exact = |name: &Name| name.folded == needle.text;
        self.pick(needle, exact, |name| {
            let mut words = name.folded.split(|c: char| !c.is_alphanumeric());
            name.folded.starts_with(&needle.text)
                || words.any(|word| word.starts_with(&needle.text))
                || name.sounds_like(needle)
        })
    }

    fn pick(
        &self,
        needle: &Needle,
        exact: impl Fn(&Name) -> bool,
        begun: impl Fn(&Name) -> bool,
    ) -> Vec<bool> {
        let exact: Vec<bool> = self.all.iter().map(exact).collect();
        if needle.quoted || exact.contains(&true) {
            return exact;
        }
        self.all.iter().map(begun).collect()
    }
}

impl Name {
    pub fn new(text: &str) -> Name {
        let folded = fold::fold(text);
        let mut sound = String::new();
        fold::sound_into(&folded, '\n', &mut sound);
        Name { text: text.to_owned(), folded, sound }
    }

    /// A line of its sound, or a part of a path in it, begins with the needle's.
    fn sounds_like(&self, needle: &Needle) -> bool {
        let Some(sound) = &needle.sound else { return false };
        self.sound.split(['\n', '/']).any(|line| !line.is_empty() && line.starts_with(sound))
    }

    /// It, or its sound, begins with what was typed.
    pub fn begins_with(&self, needle: &Needle) -> bool {
        self.folded.starts_with(&needle.text)
            || self.folded.split('/').any(|part| part.starts_with(&needle.text))
            || self.sounds_like(needle)
    }
}
