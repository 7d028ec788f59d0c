//! What can be typed: commands, options, arguments, built from the catalog. Ids of options are the
//! names of their texts in [`crate::text::cli::Options`]. Nothing is parsed here.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, value_parser};

use super::health::acts;
use super::{old_backups, rekey};
use crate::model::Kind;
use crate::ops::incident::Topic;
use crate::text::cli::Text;

/// Groups of commands in the help, each a heading of [`crate::text::cli::Help`].
pub const GROUPS: [(&str, &[&str]); 5] = [
    (
        "entries",
        &[
            "list", "show", "get", "otp", "add", "edit", "change", "mv", "clone", "rm", "restore", "purge",
            "history", "link", "links", "attach", "detach", "mail",
        ],
    ),
    ("secrets", &["generate", "health", "due", "pwned", "incident", "guide"]),
    ("files", &["import", "export", "merge"]),
    ("vault", &["open", "init", "unlock", "lock", "status", "passwd", "slots", "backup", "doctor"]),
    ("other", &["demo", "config", "helpers", "keys", "completions"]),
];

/// Words of `--kind`.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    Kind::ALL.into_iter().map(Kind::word)
}

struct Maker<'t>(&'t Text);

impl Maker<'_> {
    fn help(&self, id: &str) -> &'static str {
        self.0.opt.get(id).copied().unwrap_or("")
    }

    /// A switch.
    fn flag(&self, id: &'static str, long: &'static str) -> Arg {
        Arg::new(id).long(long).help(self.help(id)).action(ArgAction::SetTrue)
    }

    /// An option with a value.
    fn value(&self, id: &'static str, long: &'static str, name: &'static str) -> Arg {
        Arg::new(id).long(long).help(self.help(id)).value_name(name).action(ArgAction::Set)
    }

    /// An option with a value that may be repeated.
    fn many(&self, id: &'static str, long: &'static str, name: &'static str) -> Arg {
        self.value(id, long, name).action(ArgAction::Append)
    }

    /// An option with one of these words.
    fn word(&self, id: &'static str, long: &'static str, name: &'static str, words: &[&'static str]) -> Arg {
        self.value(id, long, name).value_parser(PossibleValuesParser::new(words.iter().copied()))
    }

    /// An argument.
    fn arg(&self, id: &'static str, name: &'static str) -> Arg {
        Arg::new(id).help(self.help(id)).value_name(name).required(true)
    }

    fn path(&self, id: &'static str, name: &'static str) -> Arg {
        self.arg(id, name).value_parser(value_parser!(PathBuf))
    }

    fn json(&self) -> Arg {
        self.flag("json", "json")
    }

    fn command(&self, name: &'static str) -> Command {
        let about = self.0.cmd.get(name).map_or("", |cmd| cmd.about);
        let groups = ["backup_", "slots_", "config_", "pwned_", "incident_", "helpers_", "mail_", "health_"];
        let name = groups.iter().find_map(|group| name.strip_prefix(group)).unwrap_or(name);
        Command::new(name).about(about).disable_help_flag(true).disable_version_flag(true)
    }

    fn globals(&self) -> [Arg; 14] {
        let path = |arg: Arg| arg.value_parser(value_parser!(PathBuf)).global(true);
        [
            path(self.value("vault", "vault", "FILE")),
            path(self.value("password_file", "password-file", "FILE")),
            self.value("password_command", "password-command", "CMD")
                .global(true)
                .conflicts_with("password_file"),
            path(self.value("key_file", "key-file", "FILE")).hide_short_help(true).conflicts_with("recovery"),
            self.flag("recovery", "recovery").hide_short_help(true).global(true),
            self.flag("ask", "ask").hide_short_help(true).global(true),
            self.flag("read_only", "read-only").global(true),
            self.flag("yes", "yes").short('y').global(true),
            self.flag("quiet", "quiet").short('q').global(true),
            self.word("lang", "lang", "LANG", &["ja", "en"]).global(true),
            self.word("color", "color", "WHEN", &["auto", "always", "never"]).global(true),
            path(self.value("config", "config", "FILE")),
            Arg::new("help")
                .short('h')
                .long("help")
                .help(self.help("help"))
                .action(ArgAction::HelpShort)
                .global(true),
            Arg::new("version")
                .short('V')
                .long("version")
                .help(self.help("version"))
                .action(ArgAction::Version)
                .global(true),
        ]
    }

    fn new_password_file(&self) -> Arg {
        self.value("new_password_file", "new-password-file", "FILE").value_parser(value_parser!(PathBuf))
    }

    fn old_backups(&self) -> Arg {
        self.word("old_backups", "old-backups", "WHAT", &old_backups::WORDS)
    }

    fn kit(&self, command: Command) -> Command {
        command
            .arg(self.value("kit", "kit", "FILE").value_parser(value_parser!(PathBuf)))
            .arg(self.flag("qr", "qr"))
    }

    /// Options of every key change.
    fn key_change(&self, command: Command) -> Command {
        self.kit(
            command
                .arg(self.value("kdf", "kdf", "m=..,t=..,p=.."))
                .arg(self.word("recovery_code", "recovery-code", "WHAT", &rekey::CODE_WORDS))
                .arg(self.old_backups()),
        )
    }

    /// Options that `add` and `edit` share.
    fn entry_options(&self, command: Command) -> Command {
        command
            .arg(self.word("kind", "kind", "KIND", &kinds().collect::<Vec<_>>()))
            .arg(self.value("username", "username", "NAME").short('u'))
            .arg(self.many("url", "url", "URL"))
            .arg(self.value("folder", "folder", "FOLDER"))
            .arg(self.many("tag", "tag", "TAG"))
            .arg(self.many("field", "field", "NAME=VALUE"))
            .arg(self.many("secret_field", "secret-field", "NAME"))
            .arg(
                self.value("generate", "generate", "RECIPE")
                    .short('g')
                    .num_args(0..=1)
                    .require_equals(true)
                    .default_missing_value("")
                    .conflicts_with("secret_stdin"),
            )
            .arg(self.flag("secret_stdin", "secret-stdin"))
            .arg(self.flag("otp_stdin", "otp-stdin"))
            .arg(self.flag("notes_stdin", "notes-stdin"))
            .arg(self.many("alias", "alias", "NAME"))
            .arg(self.many("used_by", "used-by", "NAME"))
            .arg(self.value("reading", "reading", "KANA"))
            .arg(self.value("interval", "interval", "DAYS"))
            .arg(self.value("due_day", "due", "DAY"))
            .arg(self.value("rule", "rule", "RULE"))
            .arg(self.flag("favourite", "favourite"))
            .arg(self.json())
    }
}

/// The whole command line.
pub fn command(text: &Text) -> Command {
    let make = Maker(text);
    let entry = || make.arg("entry", "ENTRY");
    Command::new("mamori")
        .about(text.cmd.top.about)
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .propagate_version(true)
        .subcommands([
            make.command("open").arg(make.arg("query", "QUERY").required(false).num_args(0..)),
            make.command("init").arg(make.value("kdf", "kdf", "m=..,t=..,p=..")),
            make.command("list")
                .alias("search")
                .arg(make.arg("query", "QUERY").required(false).num_args(0..))
                .arg(make.word("kind", "kind", "KIND", &kinds().collect::<Vec<_>>()))
                .arg(make.value("folder", "folder", "FOLDER"))
                .arg(make.value("tag", "tag", "TAG"))
                .arg(make.flag("trash", "trash").conflicts_with_all(["all", "archived"]))
                .arg(make.flag("archived", "archived").conflicts_with("all"))
                .arg(make.flag("all", "all"))
                .arg(make.json()),
            make.command("show")
                .arg(entry())
                .arg(make.flag("reveal", "reveal"))
                .arg(make.value("template", "format", "TEMPLATE").conflicts_with("json"))
                .arg(make.json()),
            make.command("get")
                .arg(make.arg("entry_field", "ENTRY[#FIELD]"))
                .arg(make.flag("copy", "copy").short('c'))
                .arg(make.flag("no_wait", "no-wait").requires("copy"))
                .arg(make.flag("no_newline", "no-newline").short('n').conflicts_with("copy")),
            make.entry_options(make.command("add").arg(make.arg("title", "TITLE"))),
            make.entry_options(make.command("edit").arg(entry()))
                .arg(make.value("new_title", "title", "TITLE"))
                .arg(make.flag("no_favourite", "no-favourite").conflicts_with("favourite"))
                .arg(make.many("add_url", "add-url", "URL").conflicts_with("url"))
                .arg(make.many("drop_url", "drop-url", "URL").conflicts_with("url"))
                .arg(make.many("add_tag", "add-tag", "TAG").conflicts_with("tag"))
                .arg(make.many("drop_tag", "drop-tag", "TAG").conflicts_with("tag"))
                .arg(make.many("add_field", "add-field", "NAME=VALUE").conflicts_with("field"))
                .arg(make.many("add_secret_field", "add-secret-field", "NAME").conflicts_with("secret_field"))
                .arg(make.many("drop_field", "drop-field", "NAME"))
                .arg(make.many("unset", "unset", "FIELD")),
            change(&make),
            make.command("mv").arg(entry()).arg(make.arg("target_folder", "FOLDER")),
            make.command("clone")
                .arg(entry())
                .arg(make.value("new_title", "title", "TITLE"))
                .arg(make.json()),
            make.command("rm").arg(make.arg("entries", "ENTRY").num_args(1..)),
            make.command("restore")
                .arg(entry())
                .arg(make.value("revision", "to", "REVISION").allow_hyphen_values(true)),
            make.command("purge")
                .arg(
                    make.arg("entries", "ENTRY")
                        .num_args(1..)
                        .required(false)
                        .required_unless_present("purge_trash"),
                )
                .arg(make.flag("purge_trash", "trash").conflicts_with("entries"))
                .arg(make.old_backups()),
            make.command("history").arg(entry()).arg(make.flag("reveal", "reveal")).arg(make.json()),
            make.command("link")
                .arg(entry())
                .arg(make.arg("relation", "RELATION").value_parser(PossibleValuesParser::new([
                    "resets-through",
                    "controlled-by",
                    "hosted-on",
                    "registered-at",
                ])))
                .arg(make.arg("link_target", "ENTRY")),
            make.command("attach").arg(entry()).arg(make.path("attached_file", "FILE")).arg(make.value(
                "attached_name",
                "name",
                "NAME",
            )),
            make.command("detach")
                .arg(entry())
                .arg(make.arg("attachment", "NAME").required(false))
                .arg(make.value("detached_file", "to", "FILE").value_parser(value_parser!(PathBuf)))
                .arg(make.flag("remove_attached", "remove")),
            make.command("links")
                .arg(entry().required(false))
                .arg(make.flag("proposed", "proposed"))
                .arg(make.flag("set_links", "set").requires("proposed"))
                .arg(make.flag("refuse_links", "refuse").requires("proposed").conflicts_with("set_links"))
                .arg(make.json()),
            mail(&make),
            generate(&make),
            make.command("otp")
                .arg(entry())
                .arg(make.flag("copy", "copy").short('c'))
                .arg(make.flag("no_wait", "no-wait").requires("copy"))
                .arg(make.json().conflicts_with("copy")),
            make.command("unlock")
                .arg(make.value("for_time", "for", "TIME"))
                .arg(make.flag("this_session", "this-session")),
            make.command("lock"),
            make.command("status").arg(make.json()),
            make.command("doctor").arg(make.json()),
            make.key_change(make.command("passwd").arg(make.new_password_file())),
            slots(&make),
            make.command("import")
                .arg(make.path("import_file", "FILE"))
                .arg(make.word("import_format", "format", "FORMAT", &["roboform"]))
                .arg(make.flag("dry_run", "dry-run"))
                .arg(make.flag("undo_guards", "undo-guards"))
                .arg(make.json()),
            make.command("export")
                .arg(make.path("export_file", "FILE"))
                .arg(make.word("export_format", "format", "FORMAT", &["mamori", "json", "mail-csv"]))
                .arg(make.many("only_entry", "entry", "ENTRY"))
                .arg(make.value("columns", "columns", "COLUMNS"))
                .arg(make.flag("no_header", "no-header"))
                .arg(make.flag("plain", "plain").requires("export_format"))
                .arg(
                    make.value("export_password_file", "export-password-file", "FILE")
                        .value_parser(value_parser!(PathBuf))
                        .conflicts_with("plain"),
                ),
            make.command("merge")
                .arg(make.path("merge_file", "FILE"))
                .arg(make.flag("dry_run", "dry-run").conflicts_with("put_away"))
                .arg(make.flag("put_away", "put-away"))
                .arg(make.json()),
            make.command("backup").subcommand_required(true).disable_help_subcommand(true).subcommands([
                make.command("backup_list").arg(make.flag("count_entries", "count")).arg(make.json()),
                make.command("backup_show").arg(make.arg("backup_name", "NAME")).arg(make.json()),
                make.command("backup_restore").arg(make.arg("backup_name", "NAME")).arg(make.many(
                    "backup_entries",
                    "entry",
                    "ENTRY",
                )),
            ]),
            make.command("demo"),
            make.command("config").subcommand_required(true).disable_help_subcommand(true).subcommands([
                make.command("config_init"),
                make.command("config_path"),
                make.command("config_check"),
            ]),
            make.command("health")
                .arg(make.json())
                .arg(make.flag("markdown", "markdown").conflicts_with("json"))
                .arg(make.many("pwned", "pwned", "FILE").value_parser(value_parser!(PathBuf)))
                .arg(make.flag("online", "online"))
                .arg(make.value("online_url", "online-url", "URL").requires("online"))
                .arg(make.flag("only_ignored", "ignored").conflicts_with_all(["json", "markdown"]))
                .disable_help_subcommand(true)
                .subcommands([
                    make.command("health_ignore")
                        .arg(entry())
                        .arg(
                            make.arg("check", "CHECK")
                                .value_parser(PossibleValuesParser::new(acts::checks())),
                        )
                        .arg(make.value("ignore_reason", "reason", "TEXT"))
                        .arg(make.value("until", "until", "DAY"))
                        .arg(make.flag("again", "again").conflicts_with_all(["ignore_reason", "until"])),
                    make.command("health_join").arg(make.arg("entries", "ENTRY").num_args(2..)),
                ]),
            make.command("due").arg(make.flag("brief", "brief")).arg(make.json()),
            make.command("pwned").subcommand_required(true).disable_help_subcommand(true).subcommands([make
                .command("pwned_build")
                .arg(make.path("pwned_list", "LIST"))
                .arg(make.path("pwned_out", "OUT"))
                .arg(
                    make.value("min_count", "min-count", "N")
                        .value_parser(value_parser!(u64))
                        .conflicts_with("size"),
                )
                .arg(make.value("size", "size", "SIZE"))]),
            incident(&make),
            make.command("guide").arg(
                make.arg("topic", "TOPIC")
                    .required(false)
                    .value_parser(PossibleValuesParser::new(Topic::ALL.map(Topic::word))),
            ),
            make.command("helpers")
                .subcommand_required(true)
                .disable_help_subcommand(true)
                .subcommands([make.command("helpers_install").arg(make.path("helpers_folder", "DIR"))]),
            make.command("keys").arg(make.json()),
            make.command("completions").arg(
                make.arg("shell", "SHELL").value_parser(PossibleValuesParser::new([
                    "bash",
                    "zsh",
                    "fish",
                    "elvish",
                    "powershell",
                ])),
            ),
        ])
        .args(make.globals())
}

fn mail(make: &Maker<'_>) -> Command {
    make.command("mail").subcommand_required(true).disable_help_subcommand(true).subcommands([
        make.command("mail_add")
            .arg(make.path("address_list", "FILE").required(false))
            .arg(
                make.value("generate", "generate", "RECIPE")
                    .short('g')
                    .num_args(0..=1)
                    .require_equals(true)
                    .default_missing_value(""),
            )
            .arg(make.value("folder", "folder", "FOLDER"))
            .arg(make.many("tag", "tag", "TAG"))
            .arg(make.flag("skip_wrong", "skip-wrong"))
            .arg(make.flag("dry_run", "dry-run"))
            .arg(make.json()),
        make.command("mail_replace")
            .arg(make.arg("old_address", "OLD"))
            .arg(make.arg("new_address", "NEW"))
            .arg(make.arg("entries", "ENTRY").num_args(1..).required(false))
            .arg(make.flag("dry_run", "dry-run"))
            .arg(make.json()),
    ])
}

fn change(make: &Maker<'_>) -> Command {
    let ends = ["confirm", "discard", "forced"];
    make.command("change")
        .arg(make.arg("entries", "ENTRY").num_args(1..))
        .arg(make.flag("confirm", "confirm"))
        .arg(make.flag("discard", "discard"))
        .arg(make.flag("forced", "forced"))
        .arg(make.value("which", "which", "N").value_parser(value_parser!(u16)).conflicts_with_all([
            "forced",
            "secret_stdin",
            "generate",
            "reason",
        ]))
        .arg(
            make.value("generate", "generate", "RECIPE")
                .short('g')
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("")
                .conflicts_with_all(ends),
        )
        // - a password that the host has set comes from there, too
        .arg(make.flag("secret_stdin", "secret-stdin").conflicts_with_all(["confirm", "discard"]))
        .arg(make.value("reason", "reason", "TEXT"))
        .arg(
            make.value("rotate", "rotate", "NAME")
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("")
                .conflicts_with_all(ends),
        )
        .arg(make.json())
        .group(clap::ArgGroup::new("end").args(ends))
        .group(clap::ArgGroup::new("new").args(["generate", "secret_stdin"]))
}

fn slots(make: &Maker<'_>) -> Command {
    let slot = || make.arg("slot", "SLOT");
    let kinds = PossibleValuesParser::new(["password", "key-file", "recovery"]);
    let add = make
        .command("slots_add")
        .arg(make.arg("slot_kind", "KIND").value_parser(kinds))
        .arg(make.path("slot_file", "FILE").required(false))
        .arg(make.value("slot_name", "name", "NAME"))
        .arg(make.flag("create", "create"))
        .arg(make.new_password_file())
        .arg(make.value("kdf", "kdf", "m=..,t=..,p=.."));
    make.command("slots").subcommand_required(true).disable_help_subcommand(true).subcommands([
        make.command("slots_list").arg(make.json()),
        make.kit(add),
        make.key_change(make.command("slots_remove").arg(slot())),
        make.command("slots_rename").arg(slot()).arg(make.arg("slot_new_name", "NAME")),
        make.key_change(make.command("slots_rekey")),
    ])
}

fn incident(make: &Maker<'_>) -> Command {
    let named = || make.arg("incident", "ENTRY").required(false);
    let said = ["step_done", "step_staged", "step_closed", "skip", "step_forced", "step_todo"];
    make.command("incident").subcommand_required(true).disable_help_subcommand(true).subcommands([
        make.command("incident_open")
            .arg(make.arg("broken", "ENTRY").required(false))
            .arg(make.flag("password_stdin", "password-stdin"))
            .arg(make.value("leaked_username", "username", "NAME"))
            .group(
                clap::ArgGroup::new("begin")
                    .args(["broken", "password_stdin", "leaked_username"])
                    .required(true),
            )
            .arg(make.value("since", "since", "TIME"))
            .arg(make.value("note", "note", "TEXT"))
            .arg(make.many("also", "also", "ENTRY"))
            .arg(make.flag("vault_too", "vault-too"))
            .arg(make.json()),
        make.command("incident_list").arg(make.flag("all_incidents", "all")).arg(make.json()),
        make.command("incident_show").arg(named()).arg(make.json()),
        make.command("incident_step")
            .arg(make.arg("step", "STEP"))
            .arg(make.value("incident", "of", "ENTRY"))
            .arg(make.flag("step_done", "done"))
            .arg(make.flag("step_staged", "staged"))
            .arg(make.flag("step_closed", "closed"))
            .arg(make.value("skip", "skip", "WHY"))
            .arg(make.flag("step_forced", "forced"))
            .arg(make.flag("step_todo", "todo"))
            .group(clap::ArgGroup::new("said").args(said))
            .arg(make.value("note", "note", "TEXT"))
            .arg(make.many("tick", "tick", "ITEM"))
            .arg(make.many("untick", "untick", "ITEM")),
        make.command("incident_report")
            .arg(named())
            .arg(make.value("output", "output", "FILE").short('o').value_parser(value_parser!(PathBuf))),
        make.command("incident_close").arg(named()).arg(make.flag("reopen", "reopen")),
    ])
}

fn generate(make: &Maker<'_>) -> Command {
    let number = |arg: Arg| arg.value_parser(value_parser!(u16));
    make.command("generate")
        .arg(number(make.value("length", "length", "N").short('l')))
        .arg(number(make.value("words", "words", "N").short('w')))
        .arg(number(make.value("pin", "pin", "N")))
        .arg(make.flag("pronounceable", "pronounceable"))
        .arg(make.value("rules", "rules", "RECIPE"))
        .arg(make.value("site", "site", "HOST"))
        .arg(make.flag("no_similar", "no-similar"))
        .arg(number(make.value("count", "count", "N").short('n')))
        .arg(make.json())
        .group(clap::ArgGroup::new("kind_of").args(["words", "pin", "pronounceable", "rules", "site"]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Lang, catalog};

    #[test]
    fn the_command_line_is_sound_and_every_option_is_described() {
        for lang in [Lang::En, Lang::Ja] {
            let top = command(catalog(lang).cli);
            top.clone().debug_assert();
            let mut names: Vec<String> = top.get_subcommands().map(|one| one.get_name().to_owned()).collect();
            for sub in top.get_subcommands().chain([&top]) {
                for arg in sub.get_arguments() {
                    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                    assert!(!help.is_empty(), "{} {}", sub.get_name(), arg.get_id());
                }
                assert!(sub.get_about().is_some_and(|about| !about.to_string().is_empty()));
            }
            let mut grouped: Vec<String> =
                GROUPS.iter().flat_map(|(_, names)| names.iter().map(|one| (*one).to_owned())).collect();
            names.sort();
            grouped.sort();
            assert_eq!(names, grouped);
        }
    }
}
