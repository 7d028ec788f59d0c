//! Which passwords are the same as, or like, some that are looked for: those of an account that was
//! broken into, or one that became known. One pass over all passwords, histories and the trash too;
//! each is open only while it is compared, by the forms and the edits that the health check goes by.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::forms::{Form, Forms, edits};
use super::keyed::RunKey;
use super::print::{Print, Word};
use super::run::{Opener, PIECE, in_pool, open_with};
use super::subject::{Place, Subject};
use super::ties::Pattern;
use crate::model::Id;
use crate::secret::Secret;

/// What is looked for.
pub enum Sought<'a> {
    /// The passwords of this account, now and before.
    Of(&'a Subject),
    /// A password that was typed.
    Typed(&'a Secret),
}

impl std::fmt::Debug for Sought<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Sought::Of(subject) => write!(out, "Of({})", subject.id),
            Sought::Typed(_) => out.write_str("Typed(..)"),
        }
    }
}

/// One password that is the same as, or like, one that was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alike {
    /// The entry that has it.
    pub entry: Id,
    /// Where it stands there.
    pub place: Place,
    /// By what it is like the other; none when it is the same.
    pub pattern: Option<Pattern>,
    /// The account whose password it is like; none for one that was typed.
    pub of: Option<Id>,
    /// Where the other stands.
    pub of_place: Place,
}

/// What the run works with.
pub struct With<'a> {
    /// Opens passwords.
    pub open: Opener<'a>,
    /// 16 random bytes.
    pub key: [u8; 16],
    /// Processors to use.
    pub threads: usize,
}

impl std::fmt::Debug for With<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("With(..)")
    }
}

/// One that is looked for, open for the run. The forms wipe as they are dropped.
struct Wanted {
    of: Option<Id>,
    place: Place,
    forms: Forms,
    print: Print,
}

/// Goes through all of `subjects`. `step` hears now and then how many are done, and stops it with a
/// no: then there is none. What did not open is like nothing; how many did not is the second value.
pub fn alike(
    subjects: &[Subject],
    sought: &[Sought<'_>],
    with: &With<'_>,
    step: &(dyn Fn(usize) -> bool + Sync),
) -> Option<(Vec<Alike>, usize)> {
    let key = RunKey::new(with.key);
    let done = AtomicUsize::new(0);
    in_pool(with.threads, || {
        let wanted = wanted(sought, &key, with);
        let pieces: Vec<(Vec<Alike>, usize)> = subjects
            .par_chunks(PIECE)
            .map(|piece| {
                let mut found = Vec::new();
                let mut shut = 0;
                if step(done.load(Ordering::Relaxed)) {
                    for subject in piece {
                        shut += compare(subject, &wanted, &key, with, &mut found);
                    }
                }
                done.fetch_add(piece.len(), Ordering::Relaxed);
                crate::crypto::burn();
                (found, shut)
            })
            .collect();
        step(subjects.len()).then(|| {
            let shut = pieces.iter().map(|(_, shut)| shut).sum();
            let mut found: Vec<Alike> = pieces.into_iter().flat_map(|(found, _)| found).collect();
            found.sort_unstable();
            found.dedup();
            (found, shut)
        })
    })
}

fn wanted(sought: &[Sought<'_>], key: &RunKey, with: &With<'_>) -> Vec<Wanted> {
    let mut all: Vec<Wanted> = Vec::new();
    let mut put = |of: Option<Id>, place: Place, password: &str, site: &[String]| {
        let forms = Forms::of(password, site);
        let print = Print::of(key, password, &forms, place, 0);
        // A password that it had twice is one; the first stands nearest to now.
        if !all.iter().any(|one| one.of == of && one.print.exact == print.exact) {
            all.push(Wanted { of, place, forms, print });
        }
    };
    for one in sought {
        match one {
            Sought::Of(subject) => {
                let site = subject.site_words();
                for (at, held) in subject.passwords.iter().enumerate() {
                    if let Some(password) = open_with(subject, at, with.open) {
                        put(Some(subject.id), held.place, password.expose(), &site);
                    }
                }
            }
            Sought::Typed(password) => put(None, Place::Current, password.expose(), &[]),
        }
    }
    all
}

/// Compares the passwords of one entry; gives how many did not open.
fn compare(
    subject: &Subject,
    wanted: &[Wanted],
    key: &RunKey,
    with: &With<'_>,
    found: &mut Vec<Alike>,
) -> usize {
    let site = subject.site_words();
    let mut shut = 0;
    for (at, held) in subject.passwords.iter().enumerate() {
        let Some(password) = open_with(subject, at, with.open) else {
            shut += 1;
            continue;
        };
        let forms = Forms::of(password.expose(), &site);
        let print = Print::of(key, password.expose(), &forms, held.place, held.since);
        for one in wanted.iter().filter(|one| one.of != Some(subject.id)) {
            let pattern = if one.print.exact == print.exact {
                None
            } else if let Some(pattern) = like(one, &forms, &print) {
                Some(pattern)
            } else {
                continue;
            };
            let (entry, place) = (subject.id, held.place);
            found.push(Alike { entry, place, pattern, of: one.of, of_place: one.place });
        }
    }
    shut
}

/// By what two passwords that differ are alike: the plainest form that they share, else small edits.
fn like(one: &Wanted, forms: &Forms, print: &Print) -> Option<Pattern> {
    let shared = |form: &Form| print.form(*form) != 0 && print.form(*form) == one.print.form(*form);
    if let Some(form) = Form::ALL.into_iter().find(shared) {
        return Some(Pattern::of_form(form));
    }
    [Word::Whole, Word::Stem].into_iter().find_map(|word| {
        let reach = print.sketch(word).may_reach(&one.print.sketch(word))?;
        let count = edits(word.letters(&one.forms), word.letters(forms), usize::from(reach))?;
        (count > 0).then(|| Pattern::of_edits(word, count))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, State};
    use crate::ops::health::subject::SealedPassword;
    use crate::secret::SecretBytes;

    const OPEN: Opener<'static> = &|_, envelope| {
        if envelope == b"?" { Err(crate::crypto::seal::Forged) } else { Ok(SecretBytes::copy_of(envelope)) }
    };

    fn with() -> With<'static> {
        With { open: OPEN, key: [4; 16], threads: 2 }
    }

    fn subject(number: u8, title: &str, passwords: &[(&str, Place)]) -> Subject {
        Subject {
            id: Id([number; 16]),
            kind: Kind::Login,
            guess: None,
            state: State::Active,
            title: title.to_owned(),
            username: String::new(),
            urls: Vec::new(),
            otp: false,
            modified: 0,
            changed: None,
            expires: None,
            interval: None,
            due: None,
            links: Vec::new(),
            staged: Vec::new(),
            ignored: Vec::new(),
            passwords: passwords
                .iter()
                .map(|(password, place)| SealedPassword {
                    place: *place,
                    since: 0,
                    envelope: password.as_bytes().into(),
                })
                .collect(),
        }
    }

    fn found(subjects: &[Subject], sought: &[Sought<'_>]) -> Vec<(u8, Place, Option<Pattern>, Place)> {
        let (all, _) = alike(subjects, sought, &with(), &|_| true).expect("nobody stops it");
        all.iter().map(|one| (one.entry.0[0], one.place, one.pattern, one.of_place)).collect()
    }

    #[test]
    fn every_place_is_looked_at_and_the_account_itself_is_not() {
        use Place::*;
        let broken = subject(1, "mail", &[("Sakura2021!", Current), ("kobito77", Old), ("Sakura2021!", Old)]);
        let all = [
            broken.clone(),
            subject(2, "same", &[("Sakura2021!", Current)]),
            subject(3, "year", &[("Sakura2019!", Current), ("x9#kQv2", Old)]),
            subject(4, "trash", &[("kobito77", Trashed)]),
            subject(5, "unlike", &[("mT4&vv8!Lq", Current)]),
            subject(6, "edit", &[("Sakuro2021!", Staged)]),
        ];
        let expected = [
            (2, Current, None, Current),
            (3, Current, Some(Pattern::Year), Current),
            (4, Trashed, None, Old),
            (6, Staged, Some(Pattern::OneEdit), Current),
        ];
        assert_eq!(found(&all, &[Sought::Of(&broken)]), expected);
    }

    #[test]
    fn a_typed_password_is_found_and_what_does_not_open_is_counted() {
        let typed = Secret::copy_of("p@ssw0rd");
        let all = [
            subject(1, "leet", &[("password", Place::Current)]),
            subject(2, "damaged", &[("?", Place::Current), ("p@ssw0rd", Place::Old)]),
        ];
        let sought = [Sought::Typed(&typed)];
        let (hits, shut) = alike(&all, &sought, &with(), &|_| true).expect("nobody stops it");
        assert_eq!(shut, 1);
        let hits: Vec<_> = hits.iter().map(|one| (one.entry.0[0], one.pattern, one.of)).collect();
        assert_eq!(hits, [(1, Some(Pattern::Leet), None), (2, None, None)]);
        assert!(!format!("{sought:?}").contains("ssw"));
    }

    #[test]
    fn it_can_be_stopped() {
        let all = [subject(1, "a", &[("x", Place::Current)])];
        assert_eq!(alike(&all, &[], &with(), &|_| false), None);
    }
}
