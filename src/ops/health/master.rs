//! Equal or similar to the master password: compared only while that is in hand (at the unlock, when
//! it is changed, when health asks for it), and only the verdicts stay ([`Compared`]).

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::forms::{Form, Forms, edits};
use super::keyed::RunKey;
use super::print::{Print, Word};
use super::run::{Opener, PIECE, in_pool, open_with};
use super::subject::{Place, Subject};
use super::ties::Pattern;
use super::{Examined, Why};
use crate::model::{Section, State, Vault};
use crate::secret::Secret;

/// What came of comparing, by the sealed password: one that is set later counts as not compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared(HashMap<u64, Option<Why>>);

impl Compared {
    /// Compares every password in use while the master password is in hand.
    pub fn of(vault: &Vault, master: &Secret, open: Opener<'_>, key: [u8; 16], threads: usize) -> Compared {
        let key = RunKey::new(key);
        let master = Master::new(&key, master);
        let records = vault.section(Section::Entries).iter().as_slice();
        let verdict = |subject: &Subject| {
            let envelope = &subject.current()?.envelope;
            let password = open_with(subject, 0, open)?;
            let forms = Forms::of(password.expose(), &subject.site_words());
            let print = Print::of(&key, password.expose(), &forms, Place::Current, 0);
            Some((name(envelope), master.why(&password, &forms, &print)))
        };
        let piece = |records: &[crate::model::Record]| {
            let entries = records.iter().filter_map(|record| vault.entry(record.id));
            let active = entries.filter(|entry| entry.state() == State::Active && entry.password().is_some());
            let found: Vec<_> = active.map(Subject::of).filter_map(|subject| verdict(&subject)).collect();
            crate::crypto::burn();
            found
        };
        let all = || Some(records.par_chunks(PIECE).flat_map_iter(piece).collect());
        Compared(in_pool(threads, all).unwrap_or_default())
    }

    /// True where nothing was compared.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many are equal or similar.
    pub fn found(&self) -> usize {
        self.0.values().flatten().count()
    }

    /// Takes the verdict on what was looked at.
    pub(super) fn note(&mut self, one: &Examined) {
        if let (Some(held), Some(verdict)) = (one.subject.current(), &one.master) {
            self.0.insert(name(&held.envelope), verdict.clone());
        }
    }

    /// The verdict on what was looked at, where it was compared.
    pub(super) fn on(&self, one: &Examined) -> Option<Option<Why>> {
        self.0.get(&name(&one.subject.current()?.envelope)).cloned()
    }
}

/// Stands for a sealed value, which is another one after each change.
fn name(envelope: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    envelope.hash(&mut hasher);
    hasher.finish()
}

/// The master password while it is in hand.
pub(super) struct Master<'a> {
    password: &'a Secret,
    forms: Forms,
    print: Print,
}

impl<'a> Master<'a> {
    pub(super) fn new(key: &RunKey, password: &'a Secret) -> Master<'a> {
        let forms = Forms::of(password.expose(), &[]);
        let print = Print::of(key, password.expose(), &forms, Place::Current, 0);
        Master { password, forms, print }
    }

    /// What is found of a password, where anything is.
    pub(super) fn why(&self, password: &Secret, forms: &Forms, print: &Print) -> Option<Why> {
        self.check(password, forms, print).map(|pattern| Why::Master { pattern })
    }

    /// None: unlike it. Some(None): equal. Some(pattern): similar.
    fn check(&self, password: &Secret, forms: &Forms, print: &Print) -> Option<Option<Pattern>> {
        // The master password is NFKC, an entry's is as it was typed.
        if password.expose().nfkc().eq(self.password.expose().nfkc()) {
            return Some(None);
        }
        let shared = |form: &Form| print.form(*form) != 0 && print.form(*form) == self.print.form(*form);
        if let Some(form) = Form::ALL.into_iter().find(shared) {
            return Some(Some(Pattern::of_form(form)));
        }
        [Word::Whole, Word::Stem].into_iter().find_map(|word| {
            let reach = print.sketch(word).may_reach(&self.print.sketch(word))?;
            let count = edits(word.letters(forms), word.letters(&self.forms), usize::from(reach))?;
            Some(Some(Pattern::of_edits(word, count)))
        })
    }
}
