//! The command line in English.

use super::help_en;
use super::say::{Fields, Say};
use super::{Text, Usage};
use crate::model::Tag;

/// The texts.
pub const TEXT: Text =
    Text { cmd: help_en::COMMANDS, opt: help_en::OPTIONS, help: help_en::HELP, usage: USAGE, say: SAY };

const USAGE: Usage = Usage {
    error: "error",
    no_command: |what| format!("there is no command '{what}'"),
    no_option: |what| format!("there is no option '{what}' here"),
    extra: |what| format!("'{what}' is one argument too many"),
    bad_value: |option, value| format!("'{value}' is no value for {option}"),
    no_value: |option| format!("{option} needs a value"),
    unwanted_value: |option, value| format!("{option} takes no value, but '{value}' was given"),
    conflict: |one, other| format!("{one} and {other} exclude one another"),
    twice: |option| format!("{option} was given twice"),
    missing: |what| format!("something is missing: {what}"),
    missing_command: "a command is missing",
    not_utf8: "an argument is not UTF-8 text",
    other: "the arguments cannot be understood",
    meant: |what| format!("Did you mean '{what}'?"),
    possible: |values| format!("Possible: {values}"),
    see: |command| format!("More: {command} --help"),
};

const SAY: Say = Say {
    warning: "warning",
    yes_no: " [y/N] ",
    yes: &["y", "yes"],

    ask_master: |vault| format!("Master password for {vault}: "),
    ask_master_again: "Master password again, to export in clear: ",
    ask_new_master: "New master password: ",
    ask_new_master_again: "The same once more: ",
    ask_other_master: |file| format!("Master password for {file}: "),
    ask_export_password: "Password for the exported file: ",
    ask_password: "Password of the entry (Enter for none): ",
    ask_otp: "One-time code key: ",
    ask_field: |name| format!("{name}: "),
    stop: ". ",
    again: "Please try again.",
    ask_key_file: |vault| format!("Key file of {vault}: "),
    ask_code: |vault| format!("Recovery code of {vault}:"),

    calibrating: "Measuring this machine ...",
    weak_kdf: |given, least| {
        format!(
            "{given} is below {least}: whoever gets the file can guess passwords quickly. Use it for tests only."
        )
    },
    weak_kdf_open: |given, least| {
        format!("this vault's key derivation ({given}) is below {least}; 'mamori slots rekey' raises it.")
    },
    weak_master: |strength| {
        format!(
            "this master password can be guessed: {strength}; five or more random words are better: mamori generate --words 5"
        )
    },
    created: |path, kdf| format!("Vault created: {path} ({kdf})"),
    created_next: "Nobody can open it without the master password. Next: mamori add TITLE, or mamori import FILE.csv",
    joined: |count| {
        format!("Another program had saved meanwhile; its changes were joined (entries: {count}).")
    },
    source_in_clear: |path, word| {
        format!("{path} still holds every password in clear. Delete it when all is well: rm {word}")
    },
    foreign_codeset: |codeset| {
        format!(
            "the locale says {codeset}, mamori writes UTF-8: Japanese may be garbled. Set LANG=ja_JP.UTF-8 or C.UTF-8"
        )
    },
    unsaved_taken_in: "a change that could not be saved last time is included; the next change saves it",
    rolled_back: |saved| {
        format!(
            "this file lacks what this machine saved at {saved}: it was put back from an older copy. What is missing is in 'mamori backup list'."
        )
    },
    config_made: |path| format!("written: {path}"),
    config_none: |path| {
        format!("there is no {path}; the defaults are in force (mamori config init writes one)")
    },
    config_good: |path| format!("no mistake in {path}"),
    backups_lie_here: "backups of a vault lie on this machine: 'mamori backup list' shows them, 'mamori backup restore NAME' puts one in the place of a vault that is gone",
    folder_open: |fact, advice| format!("{fact}. {advice}"),
    older_epoch: |saved| {
        format!(
            "this file is from before a change of the master password, which this machine saved at {saved}: it can only be read. 'mamori backup list' shows what is newer; 'mamori passwd' makes this one the vault again, under a new password."
        )
    },
    ask_take_on: |saved| {
        format!(
            "What was saved since the change of the master password of {saved} is not in this file. Make it the vault again?"
        )
    },
    ask_place_older: |name, saved| {
        format!(
            "Backup {name} is from before the change of the master password of {saved}: what was saved since is not in it, the former password opens it, and it can only be read until 'mamori passwd' gives it a new one. Put it there?"
        )
    },
    kept_copy: |path| format!("An unfinished save was found and kept as {path}; see it with 'mamori merge'."),
    recreated: "The vault file had vanished and was written anew.",

    tag: |tag| match tag {
        Tag::TITLE => "title",
        Tag::USERNAME => "user name",
        Tag::PASSWORD => "password",
        Tag::URL | Tag::URL_PLACE | Tag::MATCH_URL => "addresses",
        Tag::LABEL => "tags",
        Tag::FOLDER => "folder",
        Tag::FAVOURITE => "favourite",
        Tag::NOTES => "notes",
        Tag::OTP => "one-time code key",
        Tag::FIELD_NAME | Tag::FIELD_VALUE | Tag::FIELD_SECRET | Tag::FIELD_PLACE => "fields",
        Tag::ALIAS => "other names",
        Tag::READING => "reading",
        Tag::ARCHIVED => "archived",
        Tag::TRASH => "trash",
        Tag::CREATED => "made",
        Tag::EXPIRES => "entry expires",
        Tag::KIND => "kind",
        Tag::LINK => "links",
        Tag::LINK_REFUSED => "refused links",
        Tag::STAGED_SECRET
        | Tag::STAGED_STATE
        | Tag::STAGED_REASON
        | Tag::STAGED_SINCE
        | Tag::STAGED_RECIPE => "staged change",
        Tag::ORIGIN | Tag::ORIGIN_ID => "origin",
        Tag::PASSWORD_NOTE => "who has set it",
        Tag::PASSWORD_CHANGED => "age of the password",
        Tag::RULE | Tag::RECIPE => "password rule",
        Tag::INTERVAL | Tag::DUE => "next change",
        Tag::FILE_NAME | Tag::FILE_DATA => "attachments",
        Tag::IGNORED => "ignored findings",
        Tag::USED_BY => "used by",
        _ => "other",
    },
    hidden: "******** (--reveal shows it)",
    fields: Fields {
        title: "Title",
        kind: "Kind",
        state: "State",
        username: "User name",
        password: "Password",
        staged: "New password",
        url: "Address",
        folder: "Folder",
        tags: "Tags",
        aliases: "Other names",
        reading: "Reading",
        favourite: "Favourite",
        otp: "One-time codes",
        notes: "Notes",
        links: "Links",
        attachments: "Attachment",
        created: "Made",
        modified: "Edited",
        password_changed: "Password set",
        expires: "Entry expires",
        id: "Id",
        active: "in use",
        archived: "archived",
        trashed: "in the trash",
    },
    nothing_found: "Nothing found.",
    nearly_found: "Nothing is exactly that; these are nearly.",
    unknown_token: |name| {
        format!(
            "'{name}' is no search token (tag: folder: kind: is: user: url: title: note:); it was looked for as a word."
        )
    },
    shown: |shown, all| format!("Entries: {shown} of {all}"),

    added: |title, id| format!("Added: {title}  {id}"),
    changed: |title| format!("Changed: {title}"),
    unchanged: |title| format!("Nothing to change: {title}"),
    moved: |title, folder| {
        if folder.is_empty() {
            format!("Moved out of its folder: {title}")
        } else {
            format!("Moved: {title} -> {folder}")
        }
    },
    cloned: |title, id| format!("Cloned: {title}  {id}"),
    trashed: |title| format!("In the trash: {title} ('mamori restore' brings it back)"),
    restored: |title| format!("Restored: {title}"),
    restored_to: |title, revision| format!("Restored: {title}, as of {revision}"),
    only_mail_csv: "--entry, --columns and --no-header are for --format mail-csv",
    no_mail_csv: "no mailbox to write: name one with --entry, or begin a change of its password",
    attached: |name, title| format!("Attached: {name}, to {title}"),
    detached: |name, path| format!("Written: {name}, to {path}. It lies there in clear."),
    attachment_removed: |name, title| format!("Taken away: {name}, from {title}. 'history' still has it."),
    linked: |one, relation, other| format!("Linked: {one} {relation} {other}"),
    ask_purge: |count| {
        format!("Delete for ever, history and all, in every copy of this vault? Entries: {count}")
    },
    purged: |count| format!("Deleted for ever. Entries: {count}"),
    not_done: "Nothing was changed.",
    generated: "Password",
    bits: |bits| format!("{bits:.1} bits"),
    code_left: |seconds| format!("holds for {seconds} s"),

    unlocked: |time| {
        format!(
            "Unlocked for {time}: until then this vault opens without the master password in every terminal of yours on this machine. 'mamori lock' ends that."
        )
    },
    unlocked_session: |time| {
        format!(
            "Unlocked for {time}: until then this vault opens without the master password in this login. 'mamori lock' ends that."
        )
    },
    locked: "Locked, in every terminal of yours on this machine. A vault that is open full-screen stays open there: L locks it.",
    was_locked: "Nothing was unlocked.",
    locked_all: |path, count| {
        format!("{path} cannot be read, so every vault was locked. Unlocked were: {count}")
    },
    status_vault_label: "Vault:    ",
    status_state_label: "State:    ",
    status_keyring_label: "Keyring:  ",
    status_unlocked: |left, session| {
        let whose = if session { "in this login" } else { "in every terminal of yours on this machine" };
        left.map_or_else(
            || format!("unlocked, {whose}"),
            |left| format!("unlocked for about {left} more, {whose}"),
        )
    },
    status_locked: "locked: the master password is asked for. 'mamori unlock' keeps it open for a while",
    status_missing: "there is no vault yet: 'mamori init' makes one",
    status_keyring: "available",

    ask_drop_slots: |names| {
        format!("These ways to open the vault end, because they were not entered: {names}. Go on?")
    },
    slot_password: "password",
    slot_key_file: "key file",
    slot_recovery: "recovery code",
    slot_unnamed: "without a name",
    slot_opened: "opened it now",
    weak_slots: |least| {
        format!(
            "some of them cost less than {least}: who gets the file guesses quickly. Raise them: mamori slots rekey"
        )
    },
    ask_new_slot: "New password for this way: ",
    ask_same_or_new: "Password that goes with the key file (Enter: the one you just typed): ",
    ask_remove_slot: |name| {
        format!("Remove this way to open the vault: {name}? It makes new keys; the others are asked for.")
    },
    ask_slot: |name| format!("{name} stays; its password (Enter: it goes): "),
    ask_slot_file: |name| format!("{name} stays; its key file (Enter: it goes): "),
    wrong_slot: "That does not open this way. Please try again.",
    slot_given_up: |name| format!("{name} was not entered and goes"),
    ask_code_stays: "The recovery code that is to stay (Enter: it goes):",
    ask_no_code: "Without a code that is typed back there will be no recovery code. Go on?",
    slot_added: "Added. It opens the vault from now on.",
    slot_renamed: "It has another name now.",
    code_added: "The recovery code opens the vault from now on. Keep the paper where you keep a bank book.",
    password_alone: "The password alone still opens the vault. Where the key file is to be needed, remove that way: mamori slots remove password",
    key_beside_vault: "the key file lies in the folder of the vault: whoever copies the folder has both",
    key_made: |path| {
        format!(
            "without {path} this way does not open any more: keep a copy of it elsewhere, and never change it"
        )
    },
    making_keys: "Making new keys ...",
    master_alike: |count| match count {
        1 => "1 entry has a password equal or similar to the new master password: mamori health".to_owned(),
        _ => format!(
            "{count} entries have a password equal or similar to the new master password: mamori health"
        ),
    },
    keys_changed: "All keys are new. What opened the vault before opens it no more, but for what you kept.",
    damaged_values: |titles| {
        format!("a value in these entries was damaged before and stays so (see mamori history): {titles}")
    },
    kit_name: |day| format!("kit of {day}"),
    kit_next: "Enter when it is on paper. Ctrl-C stops.",
    kit_last_group: "From the paper: the last group, two letters (b shows the code again, Enter alone makes none): ",
    kit_wrong_group: "That is not the last group. Look at the paper.",
    kit_written: |path, word| {
        format!("whoever reads {path} can open the vault. Print it, then delete it: rm {word}")
    },
    code_void: "the vault was not saved, so the recovery code that was shown opens nothing: throw the paper away",
    qr_too_large: |columns, rows| format!("The QR code needs a window of {columns}x{rows}."),
    holding_backups: |count| format!("Backups that still hold what was purged: {count}"),
    ask_old_backups: "[k]eep them, [d]elete now, delete [l]ater, in 7 days? [k] ",
    old_backups_kept: "They stay. mamori backup list names them.",
    old_backups_gone: |count| format!("Deleted backups: {count}"),
    old_backups_later: |count, when| {
        format!("To be deleted on {when}: {count}. mamori backup list names them.")
    },
    backup_due: |when| format!("to be deleted on {when}"),
    slots_left_out: |names| {
        format!("a vault has at most eight ways to open it, so these of the other copy are not in: {names}")
    },
    slot_unknown: "of a newer mamori",
    old_backups: |count| format!("Backups that still open with the old password: {count}"),

    plain_warning: "this writes every secret in clear, for whoever can read the file. Delete it when it has served.",
    exported: |count, path| format!("Exported to {path}. Entries: {count}"),
    merged: |added, changed, superseded| {
        format!("Merged. New: {added}, changed: {changed}, edited on both sides: {superseded}")
    },
    merged_nothing: "Nothing new in it.",
    merged_added: "new",
    merged_changed: "changed",
    merged_superseded: "edited on both sides, the later one holds, the other is in the history",
    merged_revived: "back from the trash, edited in the other copy",
    merged_survived: "deleted for ever in one copy, edited in the other: kept",
    merged_purged: "deleted for ever in the other copy",
    merged_settings: |count| format!("settings of the vault (folders, searches): {count}"),
    their_password: "the master password was changed in the other copy; this vault now opens with that one.",
    our_password: "the master password was changed in both copies; the one of this vault is the later and stays.",
    ask_older: "This copy is from before the last change of the master password. Merge it all the same?",
    no_backups: "No backups yet.",
    generation: |number| format!("save {number}"),
    entry_count: |count| if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") },
    opens_with: |word| match word {
        "present" => "present password",
        "former" => "former password",
        _ => "another password",
    },
    unreadable: "cannot be read",
    restore_undo: |name| format!("To undo this: mamori backup restore {name}"),
    entries_restored: |count, name| {
        let entries = if count == 1 { "1 entry is".to_owned() } else { format!("{count} entries are") };
        format!("{entries} as in {name}. What was there is in the history.")
    },
    copy_beside: |name, word| {
        format!(
            "a sync program left another copy of this vault beside it, {name}. See it: mamori merge --dry-run {word}"
        )
    },
    put_away: |path| format!("The copy lies among the backups now: {path}"),
    put_away_hint: |word| format!("The copy can go to the backups: mamori merge --put-away {word}"),
    no_difference: "Nothing differs.",
    only_there: "only there",
    only_here: "only here",
    masked: "********",
    none: "(none)",
    stays_here: "yours stays",
    comes_in: "comes in",
    ask_restore_backup: |name| {
        format!("Put the vault back to {name}? What was changed since goes into a backup of its own.")
    },
    ask_backup_master: |name| format!("Master password at the time of {name}: "),
    backup_placed: |name| format!("Restored from {name}."),
    backup_restored: |name| format!("Restored from {name}. The state before is a backup, too."),
    older_backup: "the backup is from before the last change of the master password; it is sealed anew under the present one.",

    copied: |field, title, place| format!("Copied: {field} of {title} -> {place}"),
    sent: |field, title, place| format!("Sent, unconfirmed: {field} of {title} -> {place}"),
    place_native: "clipboard of this machine",
    place_terminal: "the terminal's clipboard (OSC 52)",
    place_tmux: "the terminal's clipboard, through tmux",
    place_windows: "the Windows clipboard",
    clear_sent: "The clipboard was asked to forget it; whether it did cannot be seen.",
    not_ours: "Something else was copied meanwhile and was left alone.",
    ask_damaged: |path| {
        format!("{path} is damaged. Set it aside under another name and put the backup in its place?")
    },
    set_aside: |path| format!("The damaged file is now {path}."),
    clears_in: |seconds| format!("cleared in {seconds} s (Ctrl-C clears now)"),
    cleared: "The clipboard was cleared.",
    clears_by_helper: |seconds| format!("It is cleared after {seconds} s."),
    not_cleared: "the clipboard could not be cleared.",
    no_wait: "nothing clears the clipboard; do it yourself.",
};
