//! English.

use super::{Create, Opening, Overlay, Said, Text, Toast, Unlock, Vault, page, titles};
use crate::crypto::recovery::RecoveryError;
use crate::model::Relation;
use crate::tui::command::{Group, Scope, Unavailable};
use crate::tui::contents::Part;
use crate::tui::notice::{Cleared, CopyFailure, Deed, Exposed, Notice, Place, SaveFailure};
use crate::tui::screen::opening::Failure;

/// The strings.
pub const TEXT: Text = Text {
    language_name: "English",
    other_language: "日本語",
    command: titles::en,
    short: titles::short_en,
    scope,
    group,
    unavailable,
    notice,
    place,
    place_short,
    part,
    failure,
    too_small: |width, height| format!("too small ({width}x{height}): needs 60x16"),
    unlock: Unlock {
        title: "Unlock",
        file: "Vault",
        password: "Master password",
        full_width: "Japanese input seems to be on. Full-width letters count as ordinary ones.",
        enter: "Enter unlocks. F3 shows what you type.",
        kept: "Still unlocked by mamori unlock: Enter on the empty field opens, F9 ends that.",
        lost: "Nobody can reset a master password: not even mamori can open the vault without it.",
        blank: "Locked. Press any key.",
        unwritten: "Changes are not on the disk yet. They are kept, encrypted, and tried again.",
        code: "Recovery code",
        code_how: "Type it as it stands on the paper. Capitals, blanks and hyphens do not matter.",
        code_right: "It is typed right. Enter opens.",
        code_short: |typed| format!("{typed} of 34 letters are there."),
        code_wrong: |error| match error {
            RecoveryError::Length(typed) => format!("{typed} of 34 letters are there."),
            RecoveryError::Letter { group, letter } => {
                format!("Group {group}: '{letter}' is in no recovery code.")
            }
            RecoveryError::Check => {
                "There is a typing mistake: the last group does not fit. Compare group by group.".to_owned()
            }
        },
        key_file: "Key file",
        no_key_file: "none chosen (Enter chooses)",
        forgotten: |key| format!("Forgotten? {key} takes the recovery code."),
    },
    opening: Opening {
        unlocking: "Unlocking",
        creating: "Creating the vault",
        time: |done, whole| match whole {
            Some(whole) => {
                format!("{}.{} s of about {}.{} s", done / 10, done % 10, whole / 10, whole % 10)
            }
            None => format!("{}.{} s", done / 10, done % 10),
        },
        why: "This moment of work is what makes guessing your password expensive.",
        cancel: "Esc cancels.",
        stop: "stop",
    },
    create: Create {
        title: "A new vault",
        language: "Language",
        will_make: "The vault will be this file:",
        explain: "Choose a master password. It opens everything else, so it should be long: four or five words that do not belong together are good and easy to type.",
        explain_short: "It opens everything: four or five words are good.",
        password: "Master password",
        again: "Once more",
        strength: "Strength",
        strength_hint: "Longer is stronger: add another word.",
        equal: "Both are the same.",
        once_more: "Type it once more: here.",
        differ: "The two are not the same.",
        empty: "Type a master password first.",
        control: "A control character cannot be part of a master password.",
        full_width: "Japanese input seems to be on. Full-width letters count as ordinary ones.",
        button: "Create the vault",
        nothing_yet: "Nothing is written before you choose this.",
        keep: "Write it down and keep it at home: nobody resets it.",
    },
    vault: Vault {
        entries: "Entries",
        count: |hits, all| if hits == all { format!("{all}") } else { format!("{hits} of {all}") },
        hide: "hide",
        search_hint: "type to search",
        no_hits: "Nothing matches.",
        no_hits_advice: "Fewer letters find more. Esc shows everything again.",
        empty: "This vault is empty.",
        empty_advice: |open, new, palette| {
            vec![
                format!("{open:<6} import from another program"),
                format!("{new:<6} make a new entry"),
                format!("{palette:<6} everything else, by name"),
            ]
        },
        none_selected: "Choose an entry on the left.",
        kind: "Kind",
        folder: "Folder",
        tags: "Tags",
        changed: "Password set",
        modified: "Edited",
        expires: "Entry expires",
        next_change: "Next change",
        forced: "soon: the site has set this password",
        never: "never",
        every: |days| format!("every {days} days"),
        state: "State",
        trashed: "in the trash",
        archived: "archived (account closed)",
        days_ago: |days| match days {
            0 => "today".to_owned(),
            1 => "yesterday".to_owned(),
            days => format!("{days} days ago"),
        },
        favourite: "Favourite",
        yes: "yes",
        untitled: "(no title)",
        below: |rows, key| {
            if key.is_empty() { format!(" {rows} more ") } else { format!(" {key}  {rows} more ") }
        },
        enter_copies: "copy",
        link: |relation, back| match (relation, back) {
            (Relation::ResetsThrough, false) => "Reset through",
            (Relation::ResetsThrough, true) => "Resets",
            (Relation::ControlledBy, false) => "Controlled by",
            (Relation::ControlledBy, true) => "Controls",
            (Relation::HostedOn, false) => "Hosted on",
            (Relation::HostedOn, true) => "Hosts",
            (Relation::RegisteredAt, false) => "Registered at",
            (Relation::RegisteredAt, true) => "Registrar of",
            (Relation::Other(_), false) => "Hangs on",
            (Relation::Other(_), true) => "Needed by",
        },
        expiry: |left| match left {
            None => "expired".to_owned(),
            Some(1) => "1 day left".to_owned(),
            Some(days) => format!("{days} days left"),
        },
        enter_goes: "go there",
        enter_writes: "save as a file",
        shows: "show",
        hides_in: |seconds| format!("hides in {seconds} s"),
        next_in: |seconds| format!("next in {seconds} s"),
        spell_legend: "a=small A=capital 1=digit #=sign _=blank +=marked",
        blanks: |mark, count| match count {
            1 => format!("{mark} is a space"),
            _ => format!("{mark} is a space ({count} of them)"),
        },
        damaged_value: "(damaged: this value does not open)",
        more: "(more: copy it to read the rest)",
        read_only: "read-only",
        unwritten: "not saved yet",
        indexing: "reading titles",
    },
    toast: Toast {
        copied: |part, title, place| match title {
            "" => format!("Copied: {part} ({place})"),
            title => format!("Copied: {part} of {title} ({place})"),
        },
        sent: |part, title, place| match title {
            "" => format!("Sent: {part} ({place})"),
            title => format!("Sent: {part} of {title} ({place})"),
        },
        clears_in: |seconds| format!("clears in {seconds} s"),
        stays: "x clears it",
        copying: "copying",
        cannot_open: |part| format!("{part}, which cannot be opened here"),
        clear_sent: "Clipboard: clear sent",
        not_yet: "could not clear: return to this window",
    },
    overlay: Overlay {
        help: "Keys of this screen",
        narrow: "type to narrow",
        close: "Esc closes",
        palette: "Commands",
        no_command: "No command of that name.",
        messages: "Messages",
        no_messages: "No messages yet.",
        copy_field: "Copy the field of that number",
        here: "This page",
        signs: "Signs in the list",
        sign_here: "The selected entry",
        moves: "line",
        sign_marked: "Marked with Space",
        copy_menu: "Copy",
        next_keys: "Next key",
    },
    page: page::EN,
};

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Anywhere => "anywhere",
        Scope::Browse => "outside fields",
        Scope::Entry => "an entry is selected",
        Scope::Field => "any text field",
        Scope::Search => "search field",
        Scope::Form => "form",
        Scope::Unlock => "unlock",
        Scope::Choice => "a list of choices",
        Scope::Filing => "folder or tag selected",
        Scope::Trash => "the trash",
        Scope::Generator => "the generator",
        Scope::Health => "health, taken-over accounts",
    }
}

fn group(group: Group) -> &'static str {
    match group {
        Group::Move => "Getting about",
        Group::Entry => "The entry",
        Group::Copy => "Copying",
        Group::Program => "The program",
        Group::Typing => "Typing",
    }
}

fn unavailable(reason: Unavailable) -> &'static str {
    match reason {
        Unavailable::Locked => "The vault is locked.",
        Unavailable::NoEntry => "No entry is selected.",
        Unavailable::NoName => "No folder or tag is selected.",
        Unavailable::Several => "Several are marked; this is done to one at a time.",
        Unavailable::NoPassword => "This entry has no password.",
        Unavailable::NoUser => "This entry has no user name.",
        Unavailable::NoCode => "This entry has no one-time code.",
        Unavailable::NoAddress => "This entry has no address.",
        Unavailable::NoNotes => "This entry has no notes.",
        Unavailable::NoField => "This entry has no field of that number.",
        Unavailable::NoSecret => "There is no secret to show here.",
        Unavailable::NoStaged => "No change of this password is under way.",
        Unavailable::NothingCopied => "Nothing copied by mamori is left in the clipboard.",
        Unavailable::NoSearch => "Nothing is searched for. Search with / first, then keep it.",
        Unavailable::NothingToUndo => "There is nothing to undo.",
        Unavailable::NothingToRedo => "There is nothing to redo.",
        Unavailable::ReadOnly => "This vault can only be read here.",
        Unavailable::NotChecked => "No health check has looked yet.",
        Unavailable::NoTmux => "This is not inside tmux: there is no pane to send to.",
        Unavailable::NotHere => "That makes no sense on this screen.",
        Unavailable::NoBranch => "There is nothing below this row to open or close.",
        Unavailable::NoFinding => "Nothing was found there.",
        Unavailable::Already => "This is that page already.",
        Unavailable::Elsewhere(Scope::Entry) => "That is done to an entry: select one first.",
        Unavailable::Elsewhere(Scope::Trash) => "That is done in the trash only.",
        Unavailable::Elsewhere(Scope::Filing) => "That is done to a folder or a tag only.",
        Unavailable::Elsewhere(Scope::Generator) => "That is done in the generator only.",
        Unavailable::Elsewhere(Scope::Health) => "That is done on the pages of health and of plans only.",
        Unavailable::Elsewhere(_) => unavailable(Unavailable::NotHere),
    }
}

fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Unavailable(reason) => unavailable(*reason).to_owned(),
        Notice::NothingTyped => "Nothing is typed here: choose with the arrow keys and Enter.".to_owned(),
        Notice::FullWidthKey => "Japanese input is on; the letter was taken as its key.".to_owned(),
        Notice::FieldFull => "The field is full; nothing was added.".to_owned(),
        Notice::PasteRefused => "That paste is too long or broke off; nothing was added.".to_owned(),
        Notice::NotUtf8 => "The terminal sent text that is not UTF-8; set it to UTF-8.".to_owned(),
        Notice::Cleared(cleared) => match cleared {
            Cleared::Done => "Clipboard cleared.",
            Cleared::Sent => "Clear sent to the terminal.",
            Cleared::NotOurs => "Something else was copied since; it was left alone.",
            Cleared::NotYet => "Could not clear: return to this window.",
        }
        .to_owned(),
        Notice::CopyFailed(failure) => match failure {
            CopyFailure::NoClipboard => "Not copied: there is no clipboard here. v shows it.",
            CopyFailure::TerminalRefuses => "Not copied: this terminal takes no copies. v shows it.",
            CopyFailure::TmuxOff => "Not copied: tmux refuses (set -s set-clipboard external).",
            CopyFailure::TmuxAway => "Not copied: nobody looks at this tmux. v shows it.",
            CopyFailure::TooLong => "Not copied: it is too long for this clipboard. v shows it.",
            CopyFailure::Unreachable => "Not copied: the desktop is out of reach. v shows it.",
        }
        .to_owned(),
        Notice::CannotOpenValue => "This value is damaged and does not open; the rest is whole.".to_owned(),
        Notice::CodeAwaited(seconds) => {
            format!("This code ends in {seconds} s: the next is copied by itself. Esc: no.")
        }
        Notice::CodeNotAwaited => "No code is copied.".to_owned(),
        Notice::ChangeLeft => "Nothing is changed. What you began is kept until the lock: c.".to_owned(),
        Notice::SearchKept => "Search kept. Up in an empty search field lists it.".to_owned(),
        Notice::SearchForgotten => "Kept search forgotten. z brings it back.".to_owned(),
        Notice::Done(deed, count) => format!("Done: {}. z undoes.", (page::EN.browse.deed)(*deed, *count)),
        // - what was made is in no trash
        Notice::Undone(Deed::Added, 1) => {
            "Undone: the new entry is out of sight. Z brings it back.".to_owned()
        }
        Notice::Undone(Deed::Added, count) => {
            format!("Undone: the {count} new entries are out of sight. Z brings them back.")
        }
        Notice::Undone(Deed::Imported, count) => {
            format!("Undone: import ({count}); new entries are out of sight. Z brings them back.")
        }
        Notice::Undone(deed, count) => {
            format!("Undone: {}. Z does it again.", (page::EN.browse.deed)(*deed, *count))
        }
        Notice::Redone(deed, count) => {
            format!("Done again: {}. z undoes.", (page::EN.browse.deed)(*deed, *count))
        }
        Notice::SentTo(pane) => format!("Sent to pane {pane}, without Enter."),
        Notice::Browsing => "The browser was asked to open the address.".to_owned(),
        Notice::StepGone => "It was deleted for ever; that cannot be undone.".to_owned(),
        Notice::HealthStaged => "A change of a password is open in one of them: finish it first.".to_owned(),
        Notice::HealthAgain => "Everything is checked again.".to_owned(),
        Notice::HealthLast => "That was the last one of this list.".to_owned(),
        Notice::HealthNoList => {
            "Name a list of leaked passwords in the settings (pwned): mamori health --help".to_owned()
        }
        Notice::NothingChanged => "Nothing to change.".to_owned(),
        Notice::FolderInItself => "A folder cannot lie in itself.".to_owned(),
        Notice::FolderThere => "There is a folder of that name already.".to_owned(),
        Notice::ChangeRefused => "The vault did not take the change; nothing was changed.".to_owned(),
        Notice::Saved => "Saved.".to_owned(),
        Notice::SaveFailed(failure) => {
            format!("Not saved: {} It is kept and tried again.", save_failure(failure))
        }
        Notice::SavedAfterAll => "Saved now.".to_owned(),
        Notice::Joined => "Another session had saved too; both changes are in.".to_owned(),
        Notice::Reloaded => "Read again: there was something new.".to_owned(),
        Notice::ReloadFailed => {
            "The file cannot be read just now; what is shown is what was read before.".to_owned()
        }
        Notice::DraftKept => "What you typed is kept as a draft: e or n brings it back.".to_owned(),
        Notice::DraftDropped => "The draft is thrown away.".to_owned(),
        Notice::DraftNotKept => "The draft cannot be kept on the disk: save with Ctrl-S.".to_owned(),
        Notice::TooLongHere => "That does not fit in here.".to_owned(),
        Notice::FileWritten(path) => format!("Written to {path}. It is not encrypted."),
        Notice::FileFailed(failure) => {
            let said = (super::page::EN.path.failure)(failure);
            format!("{} {}", said.fact, said.advice)
        }
        Notice::CodesToo(1) => "One more entry will be made when you save.".to_owned(),
        Notice::CodesToo(count) => format!("{count} more entries will be made when you save."),
        Notice::EntrySaved => "Saved. z undoes.".to_owned(),
        Notice::UpToDate => "Nothing new in the file.".to_owned(),
        Notice::Imported(counts) => {
            format!("Imported (new {}, updated {}). z undoes it.", counts.new, counts.updated)
        }
        Notice::WorkLost => "Long work broke off; locked. The file on the disk is as it was.".to_owned(),
        Notice::Stopped => "Stopped; nothing was changed.".to_owned(),
        Notice::MailCsv(left, 0) => format!("Written, but for {left} without an address or a password."),
        Notice::MailCsv(_, formulas) => {
            format!("Written. {formulas} passwords begin with = + - @: not for a spreadsheet.")
        }
        Notice::Exported(count, name) => format!("Entries written to {name}: {count}"),
        Notice::FileDeleted(name) => format!("Deleted: {name}"),
        Notice::QuitAgain => "Ctrl-C once more quits.".to_owned(),
        Notice::QuitHow => "Ctrl-C quits.".to_owned(),
        Notice::LockedIdle => "Locked, because no key was pressed for a while.".to_owned(),
        Notice::PasswordChanged => {
            "The master password was changed elsewhere: unlock with the new one.".to_owned()
        }
        Notice::Created => "The vault is created.".to_owned(),
        Notice::UnsavedAtQuit => "A change is not on the disk yet. Quitting once more loses it.".to_owned(),
        Notice::CannotSuspend => "No shell here could bring mamori back; q quits.".to_owned(),
        Notice::ForeignLocale => "The locale is not UTF-8: set LANG=C.UTF-8 or ja_JP.UTF-8.".to_owned(),
        Notice::Trash(told) => (page::EN.trash.told)(*told),
        Notice::Slots(told) => (page::EN.slots.told)(*told),
        Notice::History(told) => (page::EN.history.told)(*told).to_owned(),
        Notice::Staged(told) => (page::EN.staged.told)(*told).to_owned(),
        Notice::Incident(told) => (page::EN.incident.told)(*told),
        Notice::TestCopies => "Did the copy arrive here? Find out: : and 'Clipboard test'.".to_owned(),
        Notice::Recovered => "A change that could not be saved last time is in now.".to_owned(),
        Notice::BackupsLieHere => {
            "Backups of a vault lie on this machine. In a shell: mamori backup list".to_owned()
        }
        Notice::ConflictCopy => {
            "A killed save left a copy beside the vault; :merge shows what it holds.".to_owned()
        }
        Notice::CopyBeside(1) => {
            "A sync program's copy lies beside the vault; :merge shows what it holds.".to_owned()
        }
        Notice::CopyBeside(count) => {
            format!("{count} copies by a sync program lie beside the vault; :merge shows them.")
        }
        Notice::FolderOpen(exposed) => match exposed {
            Exposed::Replaced => "Others can write into the vault's folder: chmod go-w closes it.",
            Exposed::Added => "Everybody may make files beside the vault; a folder of your own is better.",
            Exposed::NoPermissions => "The vault's folder has no permissions: others may write into it, too.",
        }
        .to_owned(),
        Notice::ForkedKeys => {
            "The password was changed apart in the file; :merge asks for that one.".to_owned()
        }
        Notice::PutBackElsewhere => {
            "Another session put the vault back to an older state; this one follows.".to_owned()
        }
        Notice::KeptBefore => {
            "Unsaved changes from before the new password are kept; :merge shows them.".to_owned()
        }
        Notice::Other(told) => (page::EN.other.told)(told),
        Notice::RolledBack => {
            "An older copy than this machine saved last; :backups shows the newer.".to_owned()
        }
        Notice::OlderEpoch => "From before the last password change: read-only.".to_owned(),
        Notice::SettingsRead => "The settings file changed; it counts now.".to_owned(),
        Notice::SettingsWrong => "The settings file holds mistakes; what was set before stays.".to_owned(),
        Notice::SettingsChanged => {
            "The settings file was changed elsewhere; make your change once more.".to_owned()
        }
        Notice::SettingsUnwritten(failure) => {
            format!(
                "Counts until mamori ends: the settings file was not written ({}).",
                page::disk_en(failure)
            )
        }
        Notice::SwitchWaits => "This vault is written first, then comes the other one.".to_owned(),
        Notice::ConsoleEnglish => "This console has no Japanese letters.".to_owned(),
        Notice::KeptOpened => "Opened with the key of mamori unlock. L locks and drops it.".to_owned(),
        Notice::KeptRevoked => "Locked. The key of mamori unlock is gone, too.".to_owned(),
        Notice::KeptOver => "The time of mamori unlock is over: type the password.".to_owned(),
        Notice::LockedDetached => "Locked, because nobody was attached to this tmux.".to_owned(),
        Notice::MemoryNotLocked => {
            "The system lets mamori lock no memory; secrets might be swapped to disk.".to_owned()
        }
    }
}

fn save_failure(failure: &SaveFailure) -> String {
    match failure {
        SaveFailure::Full => "the disk is full.".to_owned(),
        SaveFailure::Denied => "no permission to write there.".to_owned(),
        SaveFailure::OthersLock => "its lock file is another user's.".to_owned(),
        SaveFailure::Lost => "the work broke off.".to_owned(),
        SaveFailure::Busy => "another mamori is saving.".to_owned(),
        SaveFailure::Exists => "there is a file of that name already.".to_owned(),
        SaveFailure::NoFolder => "its folder is gone.".to_owned(),
        SaveFailure::Disk => "the disk did not take it.".to_owned(),
        SaveFailure::Damaged => "the file that lies there is damaged.".to_owned(),
        SaveFailure::Newer => "a newer mamori wrote the file.".to_owned(),
        SaveFailure::Foreign => "another vault lies there now.".to_owned(),
        SaveFailure::Older => "an older file lies there now.".to_owned(),
        SaveFailure::Other(words) => format!("{words}."),
    }
}

fn place(place: Place) -> &'static str {
    match place {
        Place::Desktop => "this computer's clipboard",
        Place::Terminal => "your terminal",
        Place::TerminalUnsure => "your terminal, if it takes copies",
        Place::Tmux => "your terminal through tmux",
        Place::OuterTmux => "the outer tmux, which may keep it",
    }
}

fn place_short(place: Place) -> &'static str {
    match place {
        Place::Desktop => "here",
        Place::Terminal => "terminal",
        Place::TerminalUnsure => "terminal, if able",
        Place::Tmux => "tmux",
        Place::OuterTmux => "outer tmux",
    }
}

fn part(part: Part) -> String {
    match part {
        Part::User => "User".to_owned(),
        Part::Password | Part::Generated => "Password".to_owned(),
        Part::Staged => "New password".to_owned(),
        Part::Code => "Code".to_owned(),
        Part::Address(0) => "Address".to_owned(),
        Part::Address(number) => format!("Address {}", number + 1),
        Part::Notes => "Notes".to_owned(),
        Part::Field(number) => format!("Field {}", number + 1),
        Part::Link(_) | Part::Proposed(_) => "Link".to_owned(),
        Part::File(_) => "File".to_owned(),
    }
}

fn failure(failure: &Failure) -> Said {
    let said = |fact: &str, advice: &str| Said { fact: fact.to_owned(), advice: advice.to_owned() };
    match failure {
        Failure::WrongPassword => said(
            "The password does not open this vault.",
            "Check Caps Lock and the input method, then type it again. F3 shows what you type.",
        ),
        Failure::WrongCode => said(
            "This recovery code opens nothing here.",
            "It is typed right, so it belongs to another vault or to an earlier password: each change of the password makes a new code.",
        ),
        Failure::WrongWithKeyFile => said(
            "This password with this key file does not open it.",
            "One of the two is not the right one. A key file that was edited or converted no longer fits.",
        ),
        Failure::NeedsKeyFile => said(
            "This vault opens only with its key file.",
            "Choose it under the password (arrow down, Enter), then type the password.",
        ),
        Failure::OnlyRecovery => {
            said("This vault opens only with its recovery code.", "F4 goes to the field for it.")
        }
        Failure::KeyFile(failure) => Said {
            fact: format!("The key file cannot be used: {}.", page::disk_en(failure)),
            advice: "Choose it again under the password (arrow down, Enter). It has 1 byte to 16 MiB."
                .to_owned(),
        },
        Failure::KeyFileEmpty => said(
            "The key file is empty.",
            "Choose it again under the password (arrow down, Enter). It has 1 byte to 16 MiB.",
        ),
        Failure::NotAVault => {
            said("This file is not a mamori vault.", "Name the right file: mamori --vault FILE.mamori")
        }
        Failure::Newer => said(
            "This vault was made by a newer mamori.",
            "Install the newer mamori on this machine; the file is left as it is.",
        ),
        Failure::NewerOrDamaged => said(
            "This vault was made by a newer mamori, or it is damaged.",
            "Try it with the newest mamori. If that fails: mamori backup list",
        ),
        Failure::Damaged => said(
            "The file is damaged; it is left exactly as it is.",
            "The master password opens the newest backup.",
        ),
        Failure::NeedsMemory { wanted_mib } => Said {
            fact: format!("Opening this vault needs {wanted_mib} MiB of free memory, more than there is."),
            advice: "Close other programs, or open it on a larger machine.".to_owned(),
        },
        Failure::NotFound => said(
            "There is no vault file at this place any more.",
            "Look where it went, or run mamori backup list.",
        ),
        Failure::NotAFile => {
            said("This is not an ordinary file.", "Name the vault file itself: mamori --vault FILE.mamori")
        }
        Failure::TooLarge => said(
            "This file is larger than any vault can be.",
            "Name the right file: mamori --vault FILE.mamori",
        ),
        Failure::Lost => said("The work broke off.", "Try again; if it stays so, start mamori anew."),
        Failure::Denied => said("The file may not be read.", "Check its owner and permissions (ls -l)."),
        Failure::Exists => said("There is a vault at this place already.", "Start mamori again to open it."),
        Failure::CannotWrite(reason) => Said {
            fact: format!("The vault could not be written: {}", save_failure(reason)),
            advice: "Nothing was made. Mend the cause, then choose Create once more.".to_owned(),
        },
        Failure::Other(words) => Said {
            fact: format!("It did not work: {words}."),
            advice: "Try again; nothing was changed.".to_owned(),
        },
    }
}
