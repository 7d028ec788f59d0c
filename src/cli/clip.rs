//! Copying for `get -c` and `otp -c`: where nothing else clears the clipboard later, the command
//! waits in the foreground and does it.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use super::Cli;
use super::out::{tell, tell_part};
use crate::error::{Ask, Report};
use crate::platform::clipboard::{Cleared, Clipboard, Facts, Route};
use crate::platform::handed;
use crate::platform::signals::{Signal, Signals};
use crate::secret::Secret;

/// How often a waiting command looks for signals.
const LOOK: Duration = Duration::from_millis(50);

pub(super) fn copy(
    cli: &mut Cli<'_>,
    secret: &Secret,
    field: &str,
    title: &str,
    no_wait: bool,
) -> Result<(), Report> {
    let say = &cli.text.say;
    // Before the copy: a Ctrl-C in between must clear, too.
    let signals = Signals::install().ok();
    let mut terminal = handed::terminal();
    let mut clipboard = Clipboard::new(Facts::gather(None, cli.settings.clipboard));
    let after = cli.settings.clear_after;
    let receipt = clipboard.copy(secret, after, &mut *terminal)?;
    let place = match receipt.route {
        Route::Native => say.place_native,
        Route::ClipExe => say.place_windows,
        Route::Tmux { .. } => say.place_tmux,
        Route::Osc52 { .. } | Route::None(_) => say.place_terminal,
    };
    let told = if receipt.unconfirmed { say.sent } else { say.copied };
    let field = label(cli, field);
    cli.told(&told(&cli.name(&field), &cli.name(title), place));
    if receipt.clears_by_itself {
        cli.told(&(say.clears_by_helper)(after.as_secs()));
        return Ok(());
    }
    if no_wait {
        cli.warn(say.no_wait);
        return Ok(());
    }
    let ended = wait(cli, signals.as_ref(), after);
    match clipboard.clear(&mut *terminal) {
        Cleared::Done | Cleared::Nothing => cli.told(say.cleared),
        Cleared::Sent => cli.told(say.clear_sent),
        Cleared::NotOurs => cli.told(say.not_ours),
        Cleared::Failed => cli.warn(say.not_cleared),
    }
    ended
}

/// What a field is called, where it is one that every entry has.
fn label(cli: &Cli<'_>, field: &str) -> String {
    let say = &cli.text.say;
    match field {
        "password" => say.fields.password,
        "new" => say.fields.staged,
        "username" => say.fields.username,
        "url" | "urls" => say.fields.url,
        "otp" => say.fields.otp,
        "notes" => say.fields.notes,
        "title" => say.fields.title,
        "folder" => say.fields.folder,
        name => crate::text::words::field(name, cli.lang).unwrap_or(name),
    }
    .to_owned()
}

/// Counts down; Ctrl-C ends it early and well, other signals end the command.
fn wait(cli: &Cli<'_>, signals: Option<&Signals>, after: Duration) -> Result<(), Report> {
    let shown = !cli.quiet && io::stderr().is_terminal();
    let end = Instant::now() + after;
    let mut last = u64::MAX;
    let ended = loop {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            break Ok(());
        }
        let came: Vec<Signal> = signals.map(|signals| signals.take().collect()).unwrap_or_default();
        if came.contains(&Signal::Terminate) || came.contains(&Signal::Hangup) {
            break Err(Ask::Interrupted.into());
        }
        if came.contains(&Signal::Interrupt) || came.contains(&Signal::Quit) {
            break Ok(());
        }
        let seconds = left.as_secs() + 1;
        if shown && seconds != last {
            tell_part(&format!("\r{}\x1b[K", (cli.text.say.clears_in)(seconds)));
            last = seconds;
        }
        std::thread::sleep(LOOK.min(left));
    };
    if shown {
        tell("");
    }
    ended
}
