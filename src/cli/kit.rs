//! A new recovery code: drawn, shown on a screen of its own, copied onto paper, its last group typed
//! back; on request the whole kit as a file or into a pipe.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::{Cli, flag, local_time, out};
use crate::crypto::keys::SlotSecret;
use crate::crypto::recovery;
use crate::error::{Ask, Fault, Report};
use crate::ops::qr::Modules;
use crate::platform::resources;
use crate::platform::tty::PromptError;
use crate::platform::tty::sheet::{Sheet, Shown, show};
use crate::secret::Secret;
use crate::session::Credential;
use crate::store::Store;
use crate::store::disk::Disk;
use crate::text::kit::{self, Facts};

/// What is wished for of the kit.
#[derive(Debug, Default)]
pub(super) struct Wish {
    /// Where it is written; `-` is standard output.
    pub(super) file: Option<PathBuf>,
    /// With a QR code.
    pub(super) qr: bool,
}

impl Wish {
    pub(super) fn of(cli: &Cli<'_>, matches: &ArgMatches) -> Result<Wish, Report> {
        let file = matches.get_one::<PathBuf>("kit").cloned();
        // - on a terminal it would stay in what can be scrolled back
        if file.as_deref().is_some_and(is_stdout) && cli.out.is_terminal() {
            return Err(Ask::KitToTerminal.into());
        }
        if let Some(path) = file.as_deref().filter(|path| !is_stdout(path))
            && std::path::absolute(path).is_ok_and(|path| crate::store::disk::Real.meta(&path).is_ok())
        {
            let exists = Fault::Write(std::io::ErrorKind::AlreadyExists);
            return Err(Report::from(exists).about(path.display().to_string()));
        }
        Ok(Wish { file, qr: flag(matches, "qr") })
    }
}

fn is_stdout(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// A code that was copied.
pub(super) struct Kit {
    pub(super) credential: Credential,
    /// The file that was written; it goes again when the vault could not be saved.
    file: Option<PathBuf>,
    /// What is to go to standard output once the vault is saved.
    held: Option<Secret>,
}

/// Draws a code, shows it and has it typed back; none when that was skipped.
pub(super) fn new(cli: &mut Cli<'_>, store: &Store, wish: &Wish) -> Result<Option<Kit>, Report> {
    let code = recovery::random(&mut cli.entropy)?;
    let code: &[u8; 20] = code.expose().try_into().expect("a code has 20 bytes");
    let shown = recovery::shown(code);
    let path = std::path::absolute(store.path()).unwrap_or_else(|_| store.path().to_owned());
    let qr = wish.qr.then(|| Modules::of(&shown)).flatten();
    let printed = qr.as_ref().map(|modules| modules.lines(4, true));
    let (name, path) = (path.file_name().unwrap_or_default().to_string_lossy(), path.display().to_string());
    let (host, made) = (resources::host_name(), local_time(cli.now()));
    let backups = store.backup_folder().display().to_string();
    let facts = Facts {
        name: &name,
        path: &path,
        host: &host,
        backups: &backups,
        made: &made,
        code: &shown,
        qr: printed.as_ref(),
    };
    let say = &cli.text.say;
    let lang = cli.lang;
    let pages = |columns: u16, rows: u16| {
        let mut pages = vec![kit::short(lang, &facts)];
        pages.extend(qr.as_ref().map(|modules| on_screen(modules, columns, rows, say.qr_too_large)));
        pages
    };
    let last = recovery::last_group(&shown);
    let right = |typed: &str| recovery::same_letters(typed, last.expose());
    let sheet = Sheet {
        pages: &pages,
        next: say.kit_next,
        question: say.kit_last_group,
        right: &right,
        wrong: say.kit_wrong_group,
    };
    let answer = show(&sheet).map_err(|error| match error {
        PromptError::NoTerminal(_) => Report::from(Ask::NoTerminalForKit),
        _ => Ask::Interrupted.into(),
    })?;
    if answer == Shown::Skipped {
        return Ok(None);
    }
    let credential = Credential::Recovery(SlotSecret::recovery(code));
    let mut made = Kit { credential, file: None, held: None };
    match &wish.file {
        Some(file) if is_stdout(file) => made.held = Some(kit::kit(lang, &facts)),
        Some(file) => {
            super::export::write(store, file, kit::kit(lang, &facts).expose().as_bytes())?;
            made.file = Some(file.clone());
        }
        None => {}
    }
    Ok(Some(made))
}

/// The code in black on white, whatever the colours of the terminal are.
fn on_screen(modules: &Modules, columns: u16, rows: u16, too_large: fn(u16, u16) -> String) -> Secret {
    let quiet = [4, 2].into_iter().find(|quiet| {
        let side = modules.side + 2 * quiet;
        side <= columns && side.div_ceil(2) <= rows
    });
    let Some(quiet) = quiet else {
        let side = modules.side + 4;
        return Secret::from_string(too_large(side, side.div_ceil(2) + 2));
    };
    let lines = modules.lines(quiet, true);
    let mut out = String::with_capacity(lines.expose().len() * 2);
    for line in lines.expose().lines() {
        out.push_str("\x1b[30;107m");
        out.push_str(line);
        out.push_str("\x1b[0m\n");
    }
    Secret::from_string(out)
}

impl Kit {
    /// The vault is saved: the code opens it.
    pub(super) fn saved(self, cli: &mut Cli<'_>) {
        if let Some(held) = &self.held {
            cli.out.put(held.expose().as_bytes());
        }
        if let Some(file) = &self.file {
            cli.warn(&(cli.text.say.kit_written)(
                &file.display().to_string(),
                &out::word(&file.display().to_string()),
            ));
        }
    }

    /// The vault was not saved: the code opens nothing, and neither may a file say so.
    pub(super) fn void(self, cli: &Cli<'_>, store: &Store) {
        if let Some(file) = &self.file {
            let _ = Disk::remove(&**store.disk(), file);
        }
        cli.warn(cli.text.say.code_void);
    }
}
