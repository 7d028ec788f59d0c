//! What the command line says: help, the words of its parse errors, what a command reports.
//! Errors with a code are [`super::problem`]'s. Words that are typed (commands, options, names of
//! values, kinds) are the same in both languages.

pub mod change;
pub mod due;
pub mod en;
pub mod health;
pub mod help_en;
pub mod help_ja;
pub mod incident;
pub mod ja;
pub mod links;
pub mod mail;
mod say;

pub use say::Say;

/// Everything the command line says in one language.
#[derive(Debug)]
pub struct Text {
    /// One command each.
    pub cmd: Commands,
    /// One option each.
    pub opt: Options,
    /// Headings and closing lines of the help.
    pub help: Help,
    /// Sentences for what cannot be parsed.
    pub usage: Usage,
    /// What commands report.
    pub say: Say,
}

/// What help says of one command.
#[derive(Debug, Clone, Copy)]
pub struct Cmd {
    /// One line.
    pub about: &'static str,
    /// What `--help` adds; lines of at most 78 cells.
    pub more: &'static str,
    /// Examples: lines `command`, each followed by what it does, indented.
    pub examples: &'static str,
}

macro_rules! texts {
    ($(#[$doc:meta])* $name:ident: $kind:ty { $($field:ident),* $(,)? }) => {
        $(#[$doc])*
        #[allow(missing_docs, reason = "each field is named after what it describes")]
        #[derive(Debug)]
        pub struct $name {
            $(pub $field: $kind,)*
        }

        impl $name {
            /// Looks a text up by the name of its field.
            pub fn get(&self, name: &str) -> Option<&$kind> {
                match name {
                    $(stringify!($field) => Some(&self.$field),)*
                    _ => None,
                }
            }

            /// Every name.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($field)),*];
        }
    };
}

texts! {
    /// One command each; `top` is the program itself.
    Commands: Cmd {
        top, open, init, list, show, get, add, edit, change, mv, clone, rm, restore, purge, history, link, links, attach, detach,
        generate, otp, unlock, lock, status, doctor, passwd, slots, slots_list, slots_add, slots_remove, slots_rename, slots_rekey, import, export, merge, backup, backup_list, backup_show, backup_restore, health, due, pwned,
        pwned_build, incident, incident_open, incident_list, incident_show, incident_step, incident_report,
        incident_close, guide, helpers, helpers_install, keys,
        completions, demo, config, config_init, config_path, config_check,
        mail, mail_add, mail_replace, health_ignore, health_join,
    }
}

texts! {
    /// One option or argument each, on one line.
    Options: &'static str {
        vault, password_file, password_command, key_file, recovery, lang, color, config, ask, yes, quiet, read_only, for_time, this_session, help,
        version, query, entry, entry_field, entries, json, kdf, all, trash, archived, reveal,
        template, copy, no_wait, no_newline, title, new_title, kind, username, url, folder, tag,
        alias, used_by, reading, favourite, no_favourite, field, secret_field, generate, secret_stdin,
        otp_stdin, notes_stdin, add_url, drop_url, add_tag, drop_tag, add_field, add_secret_field,
        drop_field, unset, target_folder, confirm, discard, forced, which, reason, rotate, interval, due_day, rule, site, brief, revision, purge_trash, relation, link_target, length,
        words, pin, pronounceable, rules, no_similar, count, new_password_file, slot, slot_kind, slot_file, slot_name, slot_new_name, create, kit, qr, recovery_code, old_backups, import_file,
        import_format, dry_run, undo_guards, export_file, export_format, plain,
        incident, broken, password_stdin, leaked_username, since, note, also, vault_too, all_incidents, step,
        step_done, step_staged, step_closed, skip, step_forced, step_todo, tick, untick, output, reopen, topic, helpers_folder,
        export_password_file, merge_file, put_away, backup_name, backup_entries, count_entries, shell, markdown, online, online_url, pwned,
        pwned_list, pwned_out, min_count, size,
        proposed, set_links, refuse_links, attached_file, attached_name, attachment, detached_file, remove_attached,
        address_list, skip_wrong, old_address, new_address, columns, no_header, only_entry,
        check, until, ignore_reason, again, only_ignored,
    }
}

texts! {
    /// Headings and closing lines of the help.
    Help: &'static str {
        usage, arguments, options, global, examples, more, entries, vault, secrets, files, other,
        reference, exits, environment, stdin,
    }
}

/// Sentences for what cannot be parsed. `what` and `value` are as typed, already safe to print.
#[derive(Debug)]
pub struct Usage {
    /// Before every sentence.
    pub error: &'static str,
    /// No such command.
    pub no_command: fn(what: &str) -> String,
    /// No such option.
    pub no_option: fn(what: &str) -> String,
    /// An argument too many.
    pub extra: fn(what: &str) -> String,
    /// Not one of the values that are possible.
    pub bad_value: fn(option: &str, value: &str) -> String,
    /// A value is missing.
    pub no_value: fn(option: &str) -> String,
    /// A value that the option does not take.
    pub unwanted_value: fn(option: &str, value: &str) -> String,
    /// Two that exclude one another, or one that is there twice.
    pub conflict: fn(one: &str, other: &str) -> String,
    /// The option was given twice.
    pub twice: fn(option: &str) -> String,
    /// Arguments that are needed.
    pub missing: fn(what: &str) -> String,
    /// A subcommand is needed.
    pub missing_command: &'static str,
    /// An argument that is not UTF-8.
    pub not_utf8: &'static str,
    /// Anything else.
    pub other: &'static str,
    /// What was probably meant.
    pub meant: fn(what: &str) -> String,
    /// Which values are possible.
    pub possible: fn(values: &str) -> String,
    /// Where help is.
    pub see: fn(command: &str) -> String,
}
