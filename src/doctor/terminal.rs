//! The terminal: whether it answers, what it can show, where a copy would go. Pure: what was asked of
//! it comes in.

use super::Finding;
use crate::platform::clipboard::Route;
use crate::platform::tty::Probe;

/// What is known of the terminal.
#[derive(Debug)]
pub struct Look {
    /// Its answers; none where there is no terminal.
    pub probe: Option<Probe>,
    /// Its type (`TERM`).
    pub term: String,
    /// The encoding of the locale: `Err` names one that is not UTF-8, `Ok(false)` is none at all.
    pub locale: Result<bool, String>,
    /// Colours are off (`NO_COLOR`, the settings).
    pub plain: bool,
    /// The way that copies go.
    pub route: Route,
    /// In tmux: whether it is locked when nobody looks.
    pub tmux: Option<bool>,
}

/// Looks at it.
pub fn look(look: Look) -> Vec<Finding> {
    let mut out = Vec::new();
    match look.probe {
        Some(probe) => {
            let name = if probe.name.is_empty() { look.term } else { probe.name };
            out.push(if probe.answered {
                Finding::TerminalAnswers(name)
            } else {
                Finding::TerminalSilent(name)
            });
            out.extend(probe.ambiguous_wide.then_some(Finding::LinesWide));
            out.extend(look.plain.then_some(Finding::ColoursOff));
        }
        None => out.push(Finding::NotATerminal),
    }
    out.push(match look.locale {
        Ok(true) => Finding::LocaleUtf8,
        Ok(false) => Finding::LocalePlain,
        Err(codeset) => Finding::LocaleForeign(codeset),
    });
    out.push(Finding::Copy(look.route));
    out.extend(look.tmux.map(|locks| if locks { Finding::TmuxWatched } else { Finding::TmuxNotWatched }));
    out
}
