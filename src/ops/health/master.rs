//! Equal or similar to the master password: compared only while that is in hand, and only the
//! verdict stays.

use unicode_normalization::UnicodeNormalization;

use super::forms::{Form, Forms, edits};
use super::keyed::RunKey;
use super::print::{Print, Word};
use super::subject::Place;
use super::ties::Pattern;
use crate::secret::Secret;

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

    /// None: unlike it. Some(None): equal. Some(pattern): similar.
    pub(super) fn check(&self, password: &Secret, forms: &Forms, print: &Print) -> Option<Option<Pattern>> {
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
