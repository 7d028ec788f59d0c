//! What the full-screen program says. One struct for each part of the screen; a string that is
//! missing in a language is a compile error.

pub mod en;
pub mod ja;
pub mod page;
pub mod titles;

use crate::crypto::recovery::RecoveryError;
use crate::tui::command::{Command, Group, Scope, Unavailable};
use crate::tui::contents::Part;
use crate::tui::notice::{Notice, Place};
use crate::tui::screen::opening::Failure;

/// A message in two sentences: what is so, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What is so.
    pub fact: String,
    /// What to do next.
    pub advice: String,
}

impl Said {
    /// Both sentences in one line: Japanese has no blank between them.
    pub fn line(&self) -> String {
        let gap = if self.fact.ends_with('。') { "" } else { " " };
        format!("{}{gap}{}", self.fact, self.advice)
    }
}

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// The name of this language in itself.
    pub language_name: &'static str,
    /// The name of the other language in itself.
    pub other_language: &'static str,
    /// Title of a command, for help and palette.
    pub command: fn(Command) -> &'static str,
    /// Title of a command in the footer, at most 12 cells.
    pub short: fn(Command) -> &'static str,
    /// Where keys act.
    pub scope: fn(Scope) -> &'static str,
    /// Heading of a group in the help.
    pub group: fn(Group) -> &'static str,
    /// Why a command cannot be done.
    pub unavailable: fn(Unavailable) -> &'static str,
    /// A notice.
    pub notice: fn(&Notice) -> String,
    /// Where a copy went.
    pub place: fn(Place) -> &'static str,
    /// The same where there is little room, at most 10 cells.
    pub place_short: fn(Place) -> &'static str,
    /// A part of an entry, as a label.
    pub part: fn(Part) -> String,
    /// Why the vault did not open or was not made.
    pub failure: fn(&Failure) -> Said,
    /// The window is too small.
    pub too_small: fn(u16, u16) -> String,
    /// The unlock screen.
    pub unlock: Unlock,
    /// While keys are derived.
    pub opening: Opening,
    /// The first run.
    pub create: Create,
    /// The list and the detail.
    pub vault: Vault,
    /// The toast after a copy.
    pub toast: Toast,
    /// Windows in front of the screen.
    pub overlay: Overlay,
    /// Pages over the list.
    pub page: page::Pages,
}

/// The unlock screen.
#[derive(Debug)]
pub struct Unlock {
    /// Title of the frame.
    pub title: &'static str,
    /// Label of the file.
    pub file: &'static str,
    /// Label of the password.
    pub password: &'static str,
    /// The input method seems to be on.
    pub full_width: &'static str,
    /// What Enter does.
    pub enter: &'static str,
    /// The key of `mamori unlock` would open it.
    pub kept: &'static str,
    /// There is no way around the password.
    pub lost: &'static str,
    /// Shown instead of everything after the panic key.
    pub blank: &'static str,
    /// There are changes that wait to be written.
    pub unwritten: &'static str,
    /// Label of the recovery code.
    pub code: &'static str,
    /// How it is typed.
    pub code_how: &'static str,
    /// It has no slip.
    pub code_right: &'static str,
    /// So many of its letters are there.
    pub code_short: fn(usize) -> String,
    /// What is wrong in it.
    pub code_wrong: fn(RecoveryError) -> String,
    /// Label of the key file.
    pub key_file: &'static str,
    /// None is chosen.
    pub no_key_file: &'static str,
    /// Who forgot the password presses this key.
    pub forgotten: fn(&str) -> String,
}

/// While keys are derived.
#[derive(Debug)]
pub struct Opening {
    /// Title of the frame while unlocking.
    pub unlocking: &'static str,
    /// Title of the frame while creating.
    pub creating: &'static str,
    /// Seconds so far and about how many in all, in tenths; none when nothing was measured yet.
    pub time: fn(u64, Option<u64>) -> String,
    /// Why it takes a moment.
    pub why: &'static str,
    /// How to cancel.
    pub cancel: &'static str,
    /// The same in the footer.
    pub stop: &'static str,
}

/// The first run.
#[derive(Debug)]
pub struct Create {
    /// Title of the frame.
    pub title: &'static str,
    /// First step: choose a language.
    pub language: &'static str,
    /// What will be made, and where.
    pub will_make: &'static str,
    /// What a master password is.
    pub explain: &'static str,
    /// The same in at most 54 cells.
    pub explain_short: &'static str,
    /// Label of the first field.
    pub password: &'static str,
    /// Label of the second field.
    pub again: &'static str,
    /// Label of the strength line.
    pub strength: &'static str,
    /// Hint under a weak password.
    pub strength_hint: &'static str,
    /// The two are equal.
    pub equal: &'static str,
    /// The second is still empty.
    pub once_more: &'static str,
    /// The two differ.
    pub differ: &'static str,
    /// Nothing typed yet.
    pub empty: &'static str,
    /// A control character cannot be part of it.
    pub control: &'static str,
    /// The input method seems to be on.
    pub full_width: &'static str,
    /// The row that creates.
    pub button: &'static str,
    /// Nothing is written before.
    pub nothing_yet: &'static str,
    /// There is no way back without it.
    pub keep: &'static str,
}

/// The list and the detail.
#[derive(Debug)]
pub struct Vault {
    /// Title of the list.
    pub entries: &'static str,
    /// Number of hits of how many.
    pub count: fn(usize, usize) -> String,
    /// In place of "show" while the secret is shown.
    pub hide: &'static str,
    /// Shown in an empty search field.
    pub search_hint: &'static str,
    /// No entry matches.
    pub no_hits: &'static str,
    /// What to do then.
    pub no_hits_advice: &'static str,
    /// The vault is empty.
    pub empty: &'static str,
    /// What to do then, line by line, from the keys that open, make a new entry and show the palette.
    pub empty_advice: fn(&str, &str, &str) -> Vec<String>,
    /// No entry is selected.
    pub none_selected: &'static str,
    /// Label of the kind.
    pub kind: &'static str,
    /// Label of the folder.
    pub folder: &'static str,
    /// Label of the tags.
    pub tags: &'static str,
    /// Label of the day the password was changed.
    pub changed: &'static str,
    /// Label of the day the entry was last edited.
    pub modified: &'static str,
    /// Label of the expiry.
    pub expires: &'static str,
    /// Label of the day of the next change of the password.
    pub next_change: &'static str,
    /// The site has set it by itself.
    pub forced: &'static str,
    /// It is never changed.
    pub never: &'static str,
    /// Every so many days.
    pub every: fn(u64) -> String,
    /// Label of the state.
    pub state: &'static str,
    /// In the trash.
    pub trashed: &'static str,
    /// Archived.
    pub archived: &'static str,
    /// Days ago.
    pub days_ago: fn(u64) -> String,
    /// Label of the favourite mark.
    pub favourite: &'static str,
    /// Yes.
    pub yes: &'static str,
    /// No title.
    pub untitled: &'static str,
    /// So many rows are below the view, and the key that goes there.
    pub below: fn(usize, &str) -> String,
    /// Action: Enter copies this row.
    pub enter_copies: &'static str,
    /// Label of a link of a relation; true of one that leads to this entry.
    pub link: fn(crate::model::Relation, bool) -> &'static str,
    /// How many days are left until it expires; none when it has.
    pub expiry: fn(Option<u64>) -> String,
    /// Action: Enter goes to the linked entry.
    pub enter_goes: &'static str,
    /// Action: Enter saves the attachment as a file.
    pub enter_writes: &'static str,
    /// Action: v shows.
    pub shows: &'static str,
    /// Seconds until it is hidden again.
    pub hides_in: fn(u64) -> String,
    /// Seconds until the next code.
    pub next_in: fn(u64) -> String,
    /// What the letters under a secret that is spelled out mean.
    pub spell_legend: &'static str,
    /// The mark that stands for a blank in a shown secret, and how many there are.
    pub blanks: fn(char, usize) -> String,
    /// The secret does not open.
    pub damaged_value: &'static str,
    /// The text goes on beyond what is shown.
    pub more: &'static str,
    /// The vault is only read.
    pub read_only: &'static str,
    /// Changes that are not on the disk yet.
    pub unwritten: &'static str,
    /// The index is being built.
    pub indexing: &'static str,
}

/// The toast after a copy.
#[derive(Debug)]
pub struct Toast {
    /// What of which entry was copied where: part, title, place.
    pub copied: fn(&str, &str, &str) -> String,
    /// The same where nobody can see whether it arrived.
    pub sent: fn(&str, &str, &str) -> String,
    /// Seconds until it clears.
    pub clears_in: fn(u64) -> String,
    /// It stays until cleared by hand.
    pub stays: &'static str,
    /// Being sent.
    pub copying: &'static str,
    /// What is copied of an entry because no program can open it here, short.
    pub cannot_open: fn(&str) -> String,
    /// The request to clear was sent.
    pub clear_sent: &'static str,
    /// Not cleared yet.
    pub not_yet: &'static str,
}

/// Windows in front of the screen.
#[derive(Debug)]
pub struct Overlay {
    /// Title of the help.
    pub help: &'static str,
    /// What typing does.
    pub narrow: &'static str,
    /// How to close.
    pub close: &'static str,
    /// Title of the palette.
    pub palette: &'static str,
    /// No command matches.
    pub no_command: &'static str,
    /// Title of the messages.
    pub messages: &'static str,
    /// No messages yet.
    pub no_messages: &'static str,
    /// What `y` and a digit does.
    pub copy_field: &'static str,
    /// Heading of the keys of the page in front.
    pub here: &'static str,
    /// Heading of the signs of the list.
    pub signs: &'static str,
    /// The sign of the row in focus.
    pub sign_here: &'static str,
    /// What the keys for up and down do, in the footer.
    pub moves: &'static str,
    /// The sign of a marked entry.
    pub sign_marked: &'static str,
    /// Title of the window after `y`.
    pub copy_menu: &'static str,
    /// Title of the window after another prefix key.
    pub next_keys: &'static str,
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::{Text, en, ja};
    use crate::tui::command::{Command, TABLE, Unavailable};
    use crate::tui::notice::{
        Cleared, CopyFailure, Deed, Exposed, HistoryTold, IncidentTold, Notice, OtherTold, Place,
        SaveFailure, SlotsTold, StagedTold, TrashTold,
    };
    use crate::tui::screen::opening::Failure;

    fn notices() -> Vec<Notice> {
        let cleared = [Cleared::Done, Cleared::Sent, Cleared::NotOurs, Cleared::NotYet].map(Notice::Cleared);
        let copies = [
            CopyFailure::NoClipboard,
            CopyFailure::TerminalRefuses,
            CopyFailure::TmuxOff,
            CopyFailure::TmuxAway,
            CopyFailure::TooLong,
            CopyFailure::Unreachable,
        ];
        let saves = [
            SaveFailure::Full,
            SaveFailure::Denied,
            SaveFailure::OthersLock,
            SaveFailure::Busy,
            SaveFailure::Lost,
            SaveFailure::Exists,
            SaveFailure::NoFolder,
            SaveFailure::Disk,
            SaveFailure::Damaged,
            SaveFailure::Newer,
            SaveFailure::Foreign,
            SaveFailure::Older,
        ];
        let mut all = vec![
            Notice::FullWidthKey,
            Notice::NothingTyped,
            Notice::FieldFull,
            Notice::PasteRefused,
            Notice::NotUtf8,
            Notice::CannotOpenValue,
            Notice::CodeAwaited(4),
            Notice::CodeNotAwaited,
            Notice::ChangeLeft,
            Notice::SearchKept,
            Notice::SearchForgotten,
            Notice::StepGone,
            Notice::SentTo("%12  work:10.2  some-program-with-a-name".to_owned()),
            Notice::Browsing,
            Notice::HealthAgain,
            Notice::HealthLast,
            Notice::HealthNoList,
            Notice::HealthStaged,
            Notice::NothingChanged,
            Notice::FolderInItself,
            Notice::FolderThere,
            Notice::ChangeRefused,
            Notice::Saved,
            Notice::SavedAfterAll,
            Notice::Joined,
            Notice::Reloaded,
            Notice::ReloadFailed,
            Notice::UpToDate,
            Notice::Imported(crate::ops::import::plan::Counts { new: 20, ..Default::default() }),
            Notice::WorkLost,
            Notice::Stopped,
            Notice::Exported(100, "mamori-2026-11-24.mamori".to_owned()),
            Notice::FileWritten("~/mamori-health-2026-11-24.md".to_owned()),
            Notice::MailCsv(2, 0),
            Notice::MailCsv(0, 12),
            Notice::FileDeleted("roboform.csv".to_owned()),
            Notice::QuitAgain,
            Notice::QuitHow,
            Notice::LockedIdle,
            Notice::Created,
            Notice::PasswordChanged,
            Notice::UnsavedAtQuit,
            Notice::CannotSuspend,
            Notice::MemoryNotLocked,
            Notice::ForeignLocale,
            Notice::Recovered,
            Notice::TestCopies,
            Notice::RolledBack,
            Notice::ConflictCopy,
            Notice::BackupsLieHere,
            Notice::CopyBeside(1),
            Notice::CopyBeside(12),
            Notice::FolderOpen(Exposed::Replaced),
            Notice::FolderOpen(Exposed::Added),
            Notice::FolderOpen(Exposed::NoPermissions),
            Notice::ForkedKeys,
            Notice::PutBackElsewhere,
            Notice::KeptBefore,
            Notice::OlderEpoch,
        ];
        let deeds = [
            Deed::Added,
            Deed::Imported,
            Deed::Edited,
            Deed::Moved,
            Deed::Tagged,
            Deed::Favourite,
            Deed::NoFavourite,
            Deed::Archived,
            Deed::Unarchived,
            Deed::Trashed,
            Deed::Restored,
            Deed::FolderMade,
            Deed::FolderRenamed,
            Deed::FolderMoved,
            Deed::FoldersMerged,
            Deed::FolderRemoved,
            Deed::TagRenamed,
            Deed::TagsMerged,
            Deed::TagRemoved,
            Deed::SearchKept,
            Deed::SearchForgotten,
            Deed::MadeOne,
            Deed::LeftAlone,
            Deed::Attended,
            Deed::Staged,
            Deed::Confirmed,
            Deed::Discarded,
            Deed::Readdressed,
            Deed::Linked,
            Deed::LinksRefused,
            Deed::Settings,
            Deed::Incident,
            Deed::Step,
            Deed::Merged,
        ];
        for deed in deeds {
            all.extend([Notice::Done(deed, 1), Notice::Undone(deed, 12), Notice::Redone(deed, 10_000)]);
        }
        all.extend(cleared);
        all.extend(Unavailable::all().into_iter().map(Notice::Unavailable));
        all.extend(TrashTold::ALL.map(Notice::Trash));
        all.extend(OtherTold::ALL.map(Notice::Other));
        all.extend(SlotsTold::ALL.map(Notice::Slots));
        all.extend([HistoryTold::Restored, HistoryTold::Same, HistoryTold::StagedStays].map(Notice::History));
        all.extend(StagedTold::ALL.map(Notice::Staged));
        all.extend(IncidentTold::ALL.map(Notice::Incident));
        all.extend(copies.map(Notice::CopyFailed));
        all.extend(saves.map(Notice::SaveFailed));
        all
    }

    fn said(text: &Text) -> Vec<String> {
        // - Debug prints every string of the structs; the functions are called one by one
        let mut all: Vec<String> =
            format!("{text:?}").split('"').skip(1).step_by(2).map(str::to_owned).collect();
        all.extend(
            TABLE
                .iter()
                .flat_map(|spec| [(text.command)(spec.command), (text.short)(spec.command)])
                .map(str::to_owned),
        );
        all.extend(notices().iter().map(text.notice));
        let failures = [
            Failure::WrongPassword,
            Failure::WrongCode,
            Failure::WrongWithKeyFile,
            Failure::NeedsKeyFile,
            Failure::OnlyRecovery,
            Failure::KeyFileEmpty,
            Failure::KeyFile(crate::tui::files::Failure::NotFound),
            Failure::NotAVault,
            Failure::Newer,
            Failure::NewerOrDamaged,
            Failure::Damaged,
            Failure::NeedsMemory { wanted_mib: 512 },
            Failure::NotFound,
            Failure::NotAFile,
            Failure::TooLarge,
            Failure::Denied,
            Failure::Exists,
            Failure::CannotWrite(SaveFailure::Full),
        ];
        all.extend(failures.iter().map(text.failure).flat_map(|said| [said.fact, said.advice]));
        let places = [Place::Desktop, Place::Terminal, Place::TerminalUnsure, Place::Tmux, Place::OuterTmux];
        all.extend(
            places
                .iter()
                .flat_map(|place| [(text.place)(*place), (text.place_short)(*place)])
                .map(str::to_owned),
        );
        all.push((text.toast.copied)("a", "b", "c"));
        all.push((text.toast.sent)("a", "b", "c"));
        all.push((text.too_small)(1, 2));
        all
    }

    #[test]
    fn no_glyph_has_a_width_that_terminals_disagree_on() {
        for text in [&en::TEXT, &ja::TEXT] {
            for line in said(text) {
                assert_eq!(line.width(), line.width_cjk(), "{line}");
                assert!(!line.chars().any(|c| ('\u{FF61}'..='\u{FF9F}').contains(&c)), "{line}");
            }
        }
    }

    #[test]
    fn what_stands_in_one_line_fits_there() {
        for text in [&en::TEXT, &ja::TEXT] {
            let notices: Vec<String> =
                notices().iter().map(text.notice).filter(|line| line.width() > 78).collect();
            assert!(notices.is_empty(), "{notices:#?}");
            let titles = TABLE.iter().map(|spec| (text.command)(spec.command));
            let titles: Vec<&str> = titles.filter(|title| title.width() > 44).collect();
            assert!(titles.is_empty(), "{titles:#?}");
            let footer = [
                Command::Open,
                Command::CopyPassword,
                Command::CopyUser,
                Command::CopyCode,
                Command::CopyInTurn,
                Command::Search,
                Command::Palette,
                Command::HelpHere,
                Command::Back,
                Command::Reveal,
                Command::KeepSearch,
                Command::HitDown,
                Command::HitUp,
                Command::Unlock,
                Command::ShowTyped,
                Command::EraseLeft,
                Command::Cancel,
                Command::Choose,
                Command::Accept,
                Command::Save,
                Command::ReloadHere,
                Command::Leave,
                Command::ChoicePageDown,
                Command::FormUp,
            ];
            for command in footer {
                let short = (text.short)(command);
                assert!(short.width() <= 12, "{short}");
            }
        }
    }

    #[test]
    fn the_two_languages_are_two() {
        let (en, ja) = (said(&en::TEXT), said(&ja::TEXT));
        assert_eq!(en.len(), ja.len());
        let same: Vec<_> = en.iter().zip(&ja).filter(|(en, ja)| en == ja).map(|(en, _)| en).collect();
        // - the language switch names both, a path of an example is a path
        assert!(
            same.iter().all(|line| ["日本語 / English", "tmux", "2027-03-31", ""].contains(&line.as_str())),
            "{same:?}"
        );
    }
}
