//! Every error in both languages: a stable code, what is so, and what to do next. Both faces use
//! it. The codes never change their meaning, so that either language can be searched for.
//!
//! E01 reading · E02 the file's content · E03 opening · E04 saving · E05 joining · E06 changes ·
//! E07 names · E08 what was asked · E09 import · E10 passwords and codes · E11 clipboard · E12 system

mod ask;
mod incident;
mod other;
mod pwned;
mod rotator;
mod staged;
mod vault;

use super::Lang;
use crate::error::{Fault, Report};

/// An error as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Stable, such as `E0301`.
    pub code: &'static str,
    /// What is so.
    pub fact: String,
    /// What to do next; may be empty, may have several lines.
    pub advice: String,
}

/// Fact and advice in one language.
pub(super) type Said = (String, String);

pub(super) fn said(fact: impl Into<String>, advice: impl Into<String>) -> Said {
    (fact.into(), advice.into())
}

/// Both languages of one error: a missing one does not compile.
pub(super) fn both(lang: Lang, code: &'static str, en: Said, ja: Said) -> Problem {
    let (fact, advice) = match lang {
        Lang::En => en,
        Lang::Ja => ja,
    };
    Problem { code, fact, advice }
}

/// One mistake in the settings, on one line.
pub fn mistake(lang: Lang, mistake: &crate::config::Mistake) -> String {
    other::mistake(lang, mistake)
}

/// The problem that a report tells of. What came from outside (paths, names) is in it as it is:
/// it passes [`super::sanitise`] before it reaches a terminal.
pub fn problem(lang: Lang, report: &Report) -> Problem {
    let about = report.about.as_deref().unwrap_or("");
    match &report.fault {
        Fault::Read(error) => vault::read(lang, *error, about),
        Fault::Open(error) => vault::open(lang, *error, about),
        Fault::Seal(error) => vault::seal(lang, *error),
        Fault::Save(error) => vault::save(lang, error, about),
        Fault::Join(error) => vault::join(lang, *error, about),
        Fault::Change(error) => other::change(lang, error),
        Fault::Reference(error) => other::reference(lang, error),
        Fault::Incident(error) => incident::step(lang, error),
        Fault::Staged(error) => staged::staged(lang, error, about),
        Fault::Unfit(error) => rotator::unfit(lang, error, about),
        Fault::Start(error) => rotator::start(lang, error, about),
        Fault::Rotated(end) => rotator::ended(lang, *end, about),
        Fault::Password(error) => vault::password(lang, *error),
        Fault::KeyFile(error) => vault::key_file(lang, *error, about),
        Fault::Entropy(_) => both(
            lang,
            "E1201",
            said("the system gives no random bytes", "Nothing was changed."),
            said("システムから乱数を得られません", "何も変更していません。"),
        ),
        Fault::Recipe(error) => other::recipe(lang, error),
        Fault::Generate(error) => other::generate(lang, *error),
        Fault::Otp(error) => other::otp(lang, *error),
        Fault::Import(error) => other::import(lang, error, about),
        Fault::Copy(error) => other::copy(lang, error),
        Fault::Pwned(error) => pwned::pwned(lang, *error, about),
        Fault::Range(trouble) => pwned::range(lang, *trouble, about),
        Fault::Unkept => both(
            lang,
            "E0514",
            said(
                "the last change could be neither saved nor kept",
                "Make room on the disk, then make the change again. The vault is as it was saved before.",
            ),
            said(
                "最後の変更を保存できず、控えも残せませんでした",
                "ディスクの空きを作り、もう一度変更してください。保管庫は前に保存したときのままです。",
            ),
        ),
        Fault::RolledBack => both(
            lang,
            "E0504",
            said(
                "this file is from before the last change of the master password, so it can only be read",
                "Find the later file, and merge this one into it: mamori merge FILE. Or make this one the vault again: mamori passwd",
            ),
            said(
                "このファイルは、前回マスターパスワードを変える前のものなので、読むことしかできません",
                "新しい方のファイルを探し、これを合わせてください: mamori merge ファイル。これを保管庫に戻すには mamori passwd",
            ),
        ),
        Fault::Forged => both(
            lang,
            "E0207",
            said(
                "a secret in the vault does not open: the file was damaged by a program",
                "Look for an older state: mamori backup list",
            ),
            said(
                "保管庫の中の秘密を 1 つ開けません。ファイルがプログラムによって壊されています",
                "古い状態を探してください: mamori backup list",
            ),
        ),
        Fault::File(kind) => vault::file(lang, *kind, about),
        Fault::Write(kind) => vault::write(lang, *kind, about),
        Fault::Output(_) => {
            both(lang, "E1202", said("the output could not be written", ""), said("出力できませんでした", ""))
        }
        Fault::Keyring(error) => {
            let (fact, advice) = super::keyring::unavailable(lang, *error);
            Problem { code: "E1204", fact, advice }
        }
        Fault::Settings(problems) => other::settings(lang, problems, about),
        Fault::Ask(ask) => ask::ask(lang, ask, about),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::OpenError;

    #[test]
    fn both_languages_share_a_code_and_differ_in_words() {
        let report = Report::from(OpenError::WrongPassword).about("/v.mamori");
        let (en, ja) = (problem(Lang::En, &report), problem(Lang::Ja, &report));
        assert_eq!((en.code, ja.code), ("E0301", "E0301"));
        assert!(en.fact.is_ascii() && !ja.fact.is_ascii());
    }

    #[test]
    fn a_folder_that_cannot_be_written_says_what_to_look_at() {
        let report = Report::from(crate::store::SaveError::Denied).about("/v.mamori");
        for (lang, full_stop) in [(Lang::En, ". "), (Lang::Ja, "。")] {
            let said = problem(lang, &report);
            let advice = said.advice;
            assert!(advice.contains("ls -ld") && advice.contains(full_stop), "{advice}");
            assert!(!advice.contains("。 "), "{advice}");
        }
    }
}
