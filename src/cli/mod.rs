//! The command line: arguments in, text or JSON out, an exit code. One file a subcommand; what can
//! be typed is the table in `spec`, the words are the catalog's. It knows nothing of the full-screen
//! program: when that is asked for, [`run`] hands back what to start it with.
//!
//! JSON (`--json`) is described in [`crate::ops::export`]; lists are arrays of these objects,
//! `list` too. `history` gives `number, id, at, by, changed` and revealed
//! `password`, `generate` `password, bits`,
//! `change`, `due`, `health` and `incident` what their files say, `status` and `doctor` what theirs say,
//! `otp` `code, remaining`, `backup list` and `backup show` what their files say, `import` `counts, rows,
//! notices`, `merge` the lists of its report by id, `keys` `id, scope, group, keys, title`.

mod add;
mod ask;
mod attach;
mod backup;
mod change;
mod clip;
mod clone;
mod completions;
mod config;
mod credential;
mod differences;
mod doctor;
mod due;
mod edit;
mod entry_args;
mod export;
mod generate;
mod get;
mod guide;
mod health;
mod help;
mod helpers;
mod history;
mod import;
mod incident;
mod init;
mod keys;
mod kit;
mod link;
mod links;
mod list;
mod lock;
mod mail;
mod merge;
mod mv;
mod old_backups;
mod otp;
mod out;
mod passwd;
mod purge;
mod pwned;
mod rekey;
mod restore;
mod rm;
mod settings;
mod show;
mod slots;
mod spec;
mod status;
mod unlock;
mod usage;
mod vault;
mod wrap;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::ArgMatches;
use clap::error::ErrorKind;

use crate::config::{Mistake, Settings};
use crate::error::{Ask, Report};
use crate::paths;
use crate::platform::{entropy, locale, tty};
use crate::text::{KeyRow, Lang, catalog, cli::Text, problem, sanitise};

use ask::{Asker, Source};
use credential::Beside;
use out::Out;

/// What the command line gets from outside.
pub struct World<'w> {
    /// Arguments, without the program's name.
    pub args: Vec<OsString>,
    /// A look-up of the environment.
    pub env: paths::Env<'w>,
    /// The table of keys of the full-screen program.
    pub keys: &'w dyn Fn(Lang) -> Vec<KeyRow>,
    /// All mistakes in the text of a settings file, those in the keys too.
    pub mistakes: &'w dyn Fn(&str) -> Vec<Mistake>,
}

impl std::fmt::Debug for World<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("World").finish_non_exhaustive()
    }
}

/// What to start the full-screen program with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullScreen {
    /// The vault file.
    pub vault: PathBuf,
    /// The state folder.
    pub state: PathBuf,
    /// A second place for what cannot be saved at the end.
    pub spare: Option<PathBuf>,
    /// The settings.
    pub settings: Settings,
    /// The settings file, whether it is there or not.
    pub config: Option<PathBuf>,
    /// The language.
    pub lang: Lang,
    /// The language was named by `--lang` or the environment of mamori, so that one remembered from
    /// F2 does not count.
    pub lang_named: bool,
    /// Where vaults usually lie.
    pub vault_folder: Option<PathBuf>,
    /// Nothing may be changed.
    pub read_only: bool,
    /// The password is asked for, whatever key is kept.
    pub ask: bool,
    /// The key file that goes with the master password.
    pub key_file: Option<PathBuf>,
    /// The recovery code is asked for first.
    pub recovery: bool,
    /// The demo in place of the vault.
    pub demo: bool,
    /// The locale names an encoding other than UTF-8.
    pub foreign_locale: bool,
    /// No colours (`--color never`, `NO_COLOR`).
    pub plain: bool,
    /// What the list is narrowed to at first.
    pub query: String,
}

/// What follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// The process ends with this code.
    Exit(u8),
    /// The full-screen program starts.
    FullScreen(Box<FullScreen>),
}

/// Everything a command works with.
pub(crate) struct Cli<'w> {
    world: &'w World<'w>,
    lang: Lang,
    text: &'static Text,
    out: Out,
    ask: Asker,
    entropy: entropy::System,
    settings: Settings,
    vault: Option<PathBuf>,
    source: Source,
    yes: bool,
    quiet: bool,
    read_only: bool,
    /// The password is asked for, whatever key is kept (`--ask`).
    typed: bool,
    /// What opens vaults beside or in place of the password.
    beside: Beside,
    /// The exit code of what went well: 7 when `health` or `due` found something.
    exit: u8,
    /// The file that is being merged.
    merging: Option<PathBuf>,
}

/// Runs what the arguments ask for.
pub fn run(world: &World<'_>) -> Next {
    let scanned = scan(&world.args);
    let env = |name: &str| (world.env)(name).and_then(|value| value.into_string().ok());
    let first = language(&scanned, None, &env);
    let settings = match settings::read(scanned.config.clone().map(PathBuf::from), world.env) {
        Ok(settings) => settings,
        // - what names or checks the file works whatever is in it
        Err(_) if scanned.words.first().is_some_and(|word| word == "config" || word == "doctor") => {
            Settings::default()
        }
        Err(report) => {
            tell_problem(first, &report);
            return Next::Exit(report.exit_code());
        }
    };
    let configured = settings.language.map(|lang| match lang {
        Lang::En => "en",
        Lang::Ja => "ja",
    });
    let lang = language(&scanned, configured, &env);
    match parsed(world, lang, settings, &scanned) {
        Ok(next) => next,
        Err(report) => {
            tell_problem(lang, &report);
            Next::Exit(report.exit_code())
        }
    }
}

/// The language, but for a locale that cannot show Japanese: then only a person who names it gets it.
fn language(scanned: &Scanned, configured: Option<&str>, env: locale::Lookup<'_>) -> Lang {
    let named = scanned.lang.is_some() || configured.is_some() || env("MAMORI_LANG").is_some();
    match locale::language(scanned.lang.as_deref(), configured, env) {
        Lang::Ja if !named && !locale::is_utf8(env) => Lang::En,
        lang => lang,
    }
}

/// Says on standard error what went wrong; gives the exit code.
pub fn fail(lang: Lang, report: &Report) -> u8 {
    tell_problem(lang, report);
    report.exit_code()
}

fn tell_problem(lang: Lang, report: &Report) {
    let problem = problem::problem(lang, report);
    let usage = &catalog(lang).cli.usage;
    let mut text = format!("mamori: {} {}: {}", usage.error, problem.code, problem.fact);
    if !problem.advice.is_empty() {
        text.push('\n');
        text.push_str(&problem.advice);
    }
    out::tell(&text);
}

/// What must be known before anything is parsed.
#[derive(Debug, Default)]
struct Scanned {
    lang: Option<String>,
    config: Option<OsString>,
    /// Words that do not begin with a hyphen, values of options aside.
    words: Vec<String>,
    long_help: bool,
}

fn scan(args: &[OsString]) -> Scanned {
    let mut scanned = Scanned::default();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        let text = arg.to_string_lossy();
        match text.split_once('=').unwrap_or((&text, "")) {
            ("--", _) => break,
            ("--help", _) => scanned.long_help = true,
            ("--lang", "") => scanned.lang = rest.next().map(|one| one.to_string_lossy().into_owned()),
            ("--lang", value) => scanned.lang = Some(value.to_owned()),
            ("--config", "") => scanned.config = rest.next().cloned(),
            ("--config", value) => scanned.config = Some(value.into()),
            ("--vault" | "--password-file" | "--password-command" | "--key-file" | "--color", "") => {
                rest.next();
            }
            (word, _) if !word.starts_with('-') => scanned.words.push(text.into_owned()),
            _ => {}
        }
    }
    scanned
}

/// The command that the words name, as far as they do.
fn path_of(top: &clap::Command, words: &[String]) -> Vec<String> {
    let mut path = Vec::new();
    let mut command = top;
    for word in words {
        match command.find_subcommand(word) {
            Some(sub) => {
                path.push(sub.get_name().to_owned());
                command = sub;
            }
            None => break,
        }
    }
    path
}

fn parsed(world: &World<'_>, lang: Lang, settings: Settings, scanned: &Scanned) -> Result<Next, Report> {
    let text = catalog(lang).cli;
    let top = spec::command(text);
    let mut args = world.args.clone();
    // `mamori FILE.mamori` opens that file.
    if let Some(file) = scanned.words.first().filter(|word| word.ends_with(".mamori"))
        && let Some(at) = args.iter().position(|arg| arg.to_str() == Some(file.as_str()))
    {
        args.splice(at..=at, ["--vault".into(), file.into()]);
    }
    let name = OsString::from("mamori");
    let matches = match top.clone().try_get_matches_from(std::iter::once(name).chain(args)) {
        Ok(matches) => matches,
        Err(error) => {
            let path = path_of(&top, &scanned.words);
            let mut out = Out::default();
            match error.kind() {
                ErrorKind::DisplayHelp => {
                    out.put(help::help(text, &top, &path, scanned.long_help).as_bytes());
                }
                ErrorKind::DisplayVersion => out.line(concat!("mamori ", env!("CARGO_PKG_VERSION"))),
                _ => return Err(usage::report(text, &top, &error, &path)),
            }
            out.finish()?;
            return Ok(Next::Exit(0));
        }
    };
    let mut cli = Cli::new(world, lang, text, settings, &matches);
    match matches.subcommand() {
        None => cli.full_screen(&matches, String::new(), scanned),
        Some(("open", sub)) => {
            let query: Vec<_> = sub.get_many::<String>("query").into_iter().flatten().cloned().collect();
            cli.full_screen(sub, query.join(" "), scanned)
        }
        Some(("demo", sub)) => match cli.full_screen(sub, String::new(), scanned)? {
            Next::FullScreen(asked) => Ok(Next::FullScreen(Box::new(FullScreen { demo: true, ..*asked }))),
            exit @ Next::Exit(_) => Ok(exit),
        },
        Some((name, sub)) => {
            let named = scanned.config.clone().map(PathBuf::from);
            let done = match name {
                "config" => config::run(&mut cli, named, sub),
                "doctor" => doctor::run(&mut cli, named, sub),
                name => cli.command(name, sub),
            };
            // What was printed before a failure is not held back.
            let finished = cli.out.finish();
            done.and(finished)?;
            Ok(Next::Exit(cli.exit))
        }
    }
}

impl<'w> Cli<'w> {
    fn new(
        world: &'w World<'w>,
        lang: Lang,
        text: &'static Text,
        settings: Settings,
        top: &ArgMatches,
    ) -> Cli<'w> {
        // A global option stands in the matches of the command it was typed behind, too.
        let matches = top.subcommand().map_or(top, |(_, sub)| sub);
        let matches = matches.subcommand().map_or(matches, |(_, sub)| sub);
        let env = |name: &str| (world.env)(name).filter(|value| !value.is_empty());
        let recovery = matches.get_flag("recovery");
        let named = matches.get_one::<PathBuf>("key_file").cloned();
        let beside = Beside {
            named: named.is_some(),
            key_file: named
                .or_else(|| env("MAMORI_KEY_FILE").map(PathBuf::from))
                .or_else(|| settings.key_file.clone()),
            recovery,
        };
        let source = if let Some(path) = matches.get_one::<PathBuf>("password_file") {
            Source::of_path(path)
        } else if let Some(command) = matches.get_one::<String>("password_command") {
            Source::Command(command.clone())
        } else if recovery {
            // - what the surroundings give is the password, not the code
            Source::Terminal
        } else if let Some(path) = env("MAMORI_PASSWORD_FILE") {
            Source::of_path(&PathBuf::from(path))
        } else if let Some(command) = env("MAMORI_PASSWORD_COMMAND") {
            Source::Command(command.to_string_lossy().into_owned())
        } else {
            Source::Terminal
        };
        Cli {
            world,
            lang,
            text,
            out: Out::default(),
            ask: Asker::default(),
            entropy: entropy::System,
            settings,
            vault: matches.get_one::<PathBuf>("vault").cloned(),
            source,
            yes: matches.get_flag("yes"),
            quiet: matches.get_flag("quiet"),
            read_only: matches.get_flag("read_only"),
            beside,
            typed: matches.get_flag("ask"),
            exit: 0,
            merging: None,
        }
    }

    fn full_screen(&self, matches: &ArgMatches, query: String, scanned: &Scanned) -> Result<Next, Report> {
        use std::io::IsTerminal;
        if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
            return Err(Ask::NoTerminal.into());
        }
        let color = matches.get_one::<String>("color").map(String::as_str);
        let no_color = (self.world.env)("NO_COLOR").is_some_and(|value| !value.is_empty());
        let term = (self.world.env)("TERM").unwrap_or_default();
        let one_colour = !tty::has_colours(&term.to_string_lossy());
        Ok(Next::FullScreen(Box::new(FullScreen {
            vault: self.vault_path()?,
            state: paths::state(self.world.env).ok_or(Ask::NoHome)?,
            spare: paths::runtime(self.world.env),
            settings: self.settings.clone(),
            config: paths::config(scanned.config.clone().map(PathBuf::from), self.world.env),
            lang: self.lang,
            lang_named: scanned.lang.is_some() || (self.world.env)("MAMORI_LANG").is_some(),
            vault_folder: paths::vault(None, None, &|name| {
                (self.world.env)(name).filter(|_| name != "MAMORI_VAULT")
            })
            .and_then(|path| path.parent().map(Into::into)),
            read_only: self.read_only,
            ask: self.typed || self.beside.is_asked(),
            key_file: self.beside.key_file.clone(),
            recovery: self.beside.recovery,
            demo: false,
            foreign_locale: self.foreign_codeset().is_some(),
            plain: color == Some("never") || ((no_color || one_colour) && color != Some("always")),
            query,
        })))
    }

    fn foreign_codeset(&self) -> Option<String> {
        locale::foreign_codeset(&|name: &str| {
            (self.world.env)(name).and_then(|value| value.into_string().ok())
        })
    }

    fn command(&mut self, name: &str, matches: &ArgMatches) -> Result<(), Report> {
        use std::io::IsTerminal;
        if let Some(codeset) = self.foreign_codeset().filter(|_| std::io::stderr().is_terminal()) {
            self.warn(&(self.text.say.foreign_codeset)(&codeset));
        }
        match name {
            "init" => init::run(self, matches),
            "list" => list::run(self, matches),
            "show" => show::run(self, matches),
            "get" => get::run(self, matches),
            "add" => add::run(self, matches),
            "edit" => edit::run(self, matches),
            "change" => change::run(self, matches),
            "mv" => mv::run(self, matches),
            "clone" => clone::run(self, matches),
            "rm" => rm::run(self, matches),
            "restore" => restore::run(self, matches),
            "purge" => purge::run(self, matches),
            "history" => history::run(self, matches),
            "link" => link::run(self, matches),
            "attach" => attach::attach(self, matches),
            "detach" => attach::detach(self, matches),
            "links" => links::run(self, matches),
            "mail" => mail::run(self, matches),
            "generate" => generate::run(self, matches),
            "otp" => otp::run(self, matches),
            "unlock" => unlock::run(self, matches),
            "lock" => lock::run(self),
            "status" => status::run(self, matches),
            "passwd" => passwd::run(self, matches),
            "slots" => slots::run(self, matches),
            "import" => import::run(self, matches),
            "export" => export::run(self, matches),
            "merge" => merge::run(self, matches),
            "backup" => backup::run(self, matches),
            "health" => health::run(self, matches),
            "due" => due::run(self, matches),
            "pwned" => pwned::run(self, matches),
            "incident" => incident::run(self, matches),
            "guide" => guide::run(self, matches),
            "helpers" => helpers::run(self, matches),
            "keys" => keys::run(self, matches),
            "completions" => completions::run(self, matches),
            // The parser lets no other name through.
            _ => Err(Ask::NothingToDo.into()),
        }
    }

    /// Reports on standard error what was done, unless `-q`; standard output is for what was asked.
    fn told(&mut self, text: &str) {
        if !self.quiet {
            // In the order in which it was said.
            self.out.flush_held();
            out::tell(text);
        }
    }

    /// Warns on standard error, `-q` or not.
    fn warn(&self, text: &str) {
        out::tell(&format!("mamori: {}: {text}", self.text.say.warning));
    }

    /// Asks for a yes, unless `--yes`. False for a no.
    fn confirmed(&mut self, question: &str) -> Result<bool, Report> {
        if self.yes {
            return Ok(true);
        }
        let say = &self.text.say;
        let answer = self.ask.confirm(&format!("{question}{}", say.yes_no), say.yes)?;
        if !answer {
            self.told(say.not_done);
        }
        Ok(answer)
    }

    /// A name inside one of our sentences: on one line.
    fn name<'a>(&self, text: &'a str) -> std::borrow::Cow<'a, str> {
        sanitise::line(text)
    }
}

/// A string argument that the table requires.
fn required<'m>(matches: &'m ArgMatches, id: &str) -> &'m str {
    matches.get_one::<String>(id).map_or("", String::as_str)
}

/// A string option.
fn option<'m>(matches: &'m ArgMatches, id: &str) -> Option<&'m str> {
    matches.try_get_one::<String>(id).ok().flatten().map(String::as_str)
}

/// All values of an option.
fn values<'m>(matches: &'m ArgMatches, id: &str) -> Vec<&'m str> {
    matches.try_get_many::<String>(id).ok().flatten().into_iter().flatten().map(String::as_str).collect()
}

/// A switch.
fn flag(matches: &ArgMatches, id: &str) -> bool {
    matches.try_get_one::<bool>(id).ok().flatten().is_some_and(|set| *set)
}

/// A time for people: local, to the minute, in the order of ISO 8601.
fn local_time(ms: u64) -> String {
    let zoned = i64::try_from(ms).ok().and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
    zoned.map_or_else(String::new, |at| {
        at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
    })
}

/// A day for people, local.
fn local_day(ms: u64) -> String {
    local_time(ms).split(' ').next().unwrap_or_default().to_owned()
}

/// Writes a value as JSON on one line.
fn write_json(out: &mut Out, value: &impl serde::Serialize) -> Result<(), Report> {
    serde_json::to_writer(out, value).map_err(|error| {
        let kind = error.io_error_kind().unwrap_or(std::io::ErrorKind::InvalidData);
        crate::error::Fault::Output(kind).into()
    })
}
