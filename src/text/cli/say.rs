//! What commands report, ask and warn of. Arguments that came from outside are made safe for the
//! terminal by whoever prints the whole sentence.

use crate::model::Tag;

/// What commands report, ask and warn of.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct Say {
    pub warning: &'static str,
    pub yes_no: &'static str,
    /// Answers that mean yes, lower case.
    pub yes: &'static [&'static str],

    pub ask_master: fn(vault: &str) -> String,
    pub ask_master_again: &'static str,
    pub ask_new_master: &'static str,
    pub ask_new_master_again: &'static str,
    pub ask_other_master: fn(file: &str) -> String,
    pub ask_export_password: &'static str,
    pub ask_password: &'static str,
    pub ask_otp: &'static str,
    pub ask_field: fn(name: &str) -> String,
    /// Between two sentences.
    pub stop: &'static str,
    pub again: &'static str,
    pub ask_key_file: fn(vault: &str) -> String,
    pub ask_code: fn(vault: &str) -> String,

    pub calibrating: &'static str,
    pub weak_kdf: fn(given: &str, least: &str) -> String,
    pub weak_kdf_open: fn(given: &str, least: &str) -> String,
    pub weak_master: fn(bits: u32) -> String,
    pub created: fn(path: &str, kdf: &str) -> String,
    pub created_next: &'static str,
    pub joined: fn(count: usize) -> String,
    /// What an earlier run could not save was taken in.
    pub unsaved_taken_in: &'static str,
    /// The locale names another encoding than UTF-8.
    pub foreign_codeset: fn(codeset: &str) -> String,
    /// The imported file still lies there, in clear.
    pub source_in_clear: fn(path: &str) -> String,
    pub rolled_back: fn(saved: &str) -> String,
    /// The settings file was written, is not there, is fine.
    pub config_made: fn(path: &str) -> String,
    pub config_none: fn(path: &str) -> String,
    pub config_good: fn(path: &str) -> String,
    pub older_epoch: fn(saved: &str) -> String,
    pub kept_copy: fn(path: &str) -> String,
    pub recreated: &'static str,

    pub tag: fn(Tag) -> &'static str,
    pub hidden: &'static str,
    pub fields: Fields,
    pub nothing_found: &'static str,
    pub nearly_found: &'static str,
    pub unknown_token: fn(name: &str) -> String,
    pub shown: fn(shown: usize, all: usize) -> String,

    pub added: fn(title: &str, id: &str) -> String,
    pub changed: fn(title: &str) -> String,
    pub unchanged: fn(title: &str) -> String,
    pub moved: fn(title: &str, folder: &str) -> String,
    pub cloned: fn(title: &str, id: &str) -> String,
    pub trashed: fn(title: &str) -> String,
    pub restored: fn(title: &str) -> String,
    pub restored_to: fn(title: &str, revision: &str) -> String,
    pub linked: fn(one: &str, relation: &str, other: &str) -> String,
    pub ask_purge: fn(count: usize) -> String,
    pub purged: fn(count: usize) -> String,
    pub not_done: &'static str,
    pub generated: &'static str,
    pub bits: fn(bits: f64) -> String,
    pub code_left: fn(seconds: u32) -> String,

    /// For every login, for this one; for how long.
    pub unlocked: fn(time: &str) -> String,
    pub unlocked_session: fn(time: &str) -> String,
    pub locked: &'static str,
    pub was_locked: &'static str,
    pub locked_all: fn(path: &str, count: usize) -> String,
    pub status_vault_label: &'static str,
    pub status_state_label: &'static str,
    pub status_keyring_label: &'static str,
    pub status_unlocked: fn(left: Option<&str>, session: bool) -> String,
    pub status_locked: &'static str,
    pub status_missing: &'static str,
    pub status_keyring: &'static str,

    pub ask_drop_slots: fn(names: &str) -> String,
    pub slot_password: &'static str,
    pub slot_key_file: &'static str,
    pub slot_recovery: &'static str,
    /// A slot without a name.
    pub slot_unnamed: &'static str,
    /// Slots of another copy for which there is no room.
    pub slots_left_out: fn(names: &str) -> String,
    pub slot_unknown: &'static str,
    pub password_changed: &'static str,
    pub old_backups: fn(count: usize) -> String,

    pub plain_warning: &'static str,
    pub exported: fn(count: usize, path: &str) -> String,
    pub merged: fn(added: usize, changed: usize, superseded: usize) -> String,
    pub merged_nothing: &'static str,
    pub merged_added: &'static str,
    pub merged_changed: &'static str,
    pub merged_superseded: &'static str,
    pub merged_revived: &'static str,
    pub merged_survived: &'static str,
    pub merged_purged: &'static str,
    pub merged_settings: fn(count: usize) -> String,
    pub their_password: &'static str,
    pub our_password: &'static str,
    pub ask_older: &'static str,
    pub no_backups: &'static str,
    pub generation: fn(number: u64) -> String,
    pub entry_count: fn(count: usize) -> String,
    /// What opens a backup: `present`, `former`, `other`.
    pub opens_with: fn(word: &str) -> &'static str,
    /// A backup that is deleted at that time.
    pub goes_at: fn(time: &str) -> String,
    pub unreadable: &'static str,
    /// How a restore is undone: the backup of what was there before.
    pub restore_undo: fn(name: &str) -> String,
    pub entries_restored: fn(count: usize, name: &str) -> String,

    /// A copy that a sync program left beside the vault.
    pub copy_beside: fn(name: &str, path: &str) -> String,
    pub put_away: fn(path: &str) -> String,
    pub put_away_hint: fn(name: &str) -> String,

    pub no_difference: &'static str,
    pub only_there: &'static str,
    pub only_here: &'static str,
    pub masked: &'static str,
    pub none: &'static str,
    pub stays_here: &'static str,
    pub comes_in: &'static str,
    pub ask_restore_backup: fn(name: &str) -> String,
    pub ask_backup_master: fn(name: &str) -> String,
    pub backup_restored: fn(name: &str) -> String,
    pub older_backup: &'static str,

    pub copied: fn(field: &str, title: &str, place: &str) -> String,
    pub sent: fn(field: &str, title: &str, place: &str) -> String,
    pub place_native: &'static str,
    pub place_terminal: &'static str,
    pub place_tmux: &'static str,
    pub place_windows: &'static str,
    pub clear_sent: &'static str,
    pub not_ours: &'static str,
    pub ask_damaged: fn(path: &str) -> String,
    pub set_aside: fn(path: &str) -> String,
    pub clears_in: fn(seconds: u64) -> String,
    pub cleared: &'static str,
    pub clears_by_helper: fn(seconds: u64) -> String,
    pub not_cleared: &'static str,
    pub no_wait: &'static str,
}

/// Labels of `show` and headings of lists.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is named after what it labels")]
pub struct Fields {
    pub title: &'static str,
    pub kind: &'static str,
    pub state: &'static str,
    pub username: &'static str,
    pub password: &'static str,
    pub staged: &'static str,
    pub url: &'static str,
    pub folder: &'static str,
    pub tags: &'static str,
    pub aliases: &'static str,
    pub reading: &'static str,
    pub favourite: &'static str,
    pub otp: &'static str,
    pub notes: &'static str,
    pub links: &'static str,
    pub created: &'static str,
    pub modified: &'static str,
    pub password_changed: &'static str,
    pub expires: &'static str,
    pub id: &'static str,
    pub active: &'static str,
    pub archived: &'static str,
    pub trashed: &'static str,
}
