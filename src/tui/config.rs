//! The settings file in front of the full-screen program: looked at beside the vault, applied when
//! it changed, written when a person changes a setting. Mistakes are kept until the file is mended,
//! and the settings from before stay in force.

use super::app::Shell;
use super::dialog::Overlay;
use super::effect::{Effect, JobId};
use super::files::Failure;
use super::keymap::Keymap;
use super::notice::Notice;
use super::theme::Theme;
use crate::config::{self, Background, KeyLine, Mistake, Settings};
use crate::tui::command::TABLE;

/// What is known of the file.
#[derive(Debug, Default)]
pub struct ConfigFile {
    /// Where it lies, as shown.
    pub path: String,
    /// Its text; none where there is no file.
    pub text: Option<String>,
    /// It was read once.
    pub known: bool,
    /// What is wrong in it.
    pub mistakes: Vec<Mistake>,
    /// The job that reads or writes it.
    job: Option<JobId>,
}

/// Why the file was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Somebody else changed it; this is its text now.
    Changed(Option<String>),
    /// The disk.
    Failed(Failure),
}

/// The theme that the settings make of what the terminal can.
pub fn themed(base: Theme, settings: &Settings) -> Theme {
    Theme {
        color: base.color && settings.color,
        light: match settings.theme {
            Background::Auto => base.light,
            Background::Dark => false,
            Background::Light => true,
        },
        ascii: base.ascii || settings.ascii,
    }
}

/// Has the file read.
pub fn look(shell: &mut Shell, out: &mut Vec<Effect>) {
    if shell.config.job.is_none() {
        let job = shell.job();
        shell.config.job = Some(job);
        out.push(Effect::Config { job });
    }
}

/// The file was read.
pub fn read(shell: &mut Shell, job: JobId, result: Result<Option<String>, Failure>, out: &mut Vec<Effect>) {
    if shell.config.job.take_if(|waited| *waited == job).is_none() {
        return;
    }
    // - one that cannot be read just now changes nothing
    let Ok(text) = result else { return };
    let first = !std::mem::replace(&mut shell.config.known, true);
    let changed = shell.config.text != text;
    shell.config.text = text;
    // - what the program started with was this very file
    if changed && !first {
        take(shell, out);
    }
}

/// Takes the text that is known: its settings, or its mistakes.
fn take(shell: &mut Shell, out: &mut Vec<Effect>) {
    let text = shell.config.text.clone().unwrap_or_default();
    match settings(&text) {
        Ok((settings, keymap)) => {
            shell.config.mistakes.clear();
            if matches!(shell.overlay, Some(Overlay::Mistakes(_))) {
                shell.overlay = None;
            }
            apply(shell, settings, keymap, out);
            shell.tell(Notice::SettingsRead);
        }
        Err(mistakes) => {
            shell.config.mistakes = mistakes;
            shell.overlay = Some(Overlay::Mistakes(0));
            shell.tell(Notice::SettingsWrong);
        }
    }
}

/// Settings and keys of a text; all its mistakes.
pub fn settings(text: &str) -> Result<(Settings, Keymap), Vec<Mistake>> {
    let (settings, mut problems) = config::read(text)?;
    match Keymap::with(&settings.keys) {
        Ok(keymap) if problems.is_empty() => return Ok((settings, keymap)),
        Ok(_) => {}
        Err(wrong) => problems.extend(wrong.into_iter().map(config::Problem::from)),
    }
    Err(config::placed(text, problems))
}

fn apply(shell: &mut Shell, settings: Settings, keymap: Keymap, out: &mut Vec<Effect>) {
    if let Some(lang) = settings.language.filter(|_| settings.language != shell.settings.language) {
        shell.lang = lang;
    }
    if settings.clipboard != shell.settings.clipboard {
        out.push(Effect::Clipboard(settings.clipboard));
    }
    shell.theme = themed(shell.base, &settings);
    shell.keymap = keymap;
    shell.settings = settings;
}

/// A person changed the text: it counts at once and is written. False when it holds mistakes, which
/// are then told; nothing is changed.
pub fn change(shell: &mut Shell, text: String, out: &mut Vec<Effect>) -> bool {
    let (settings, keymap) = match settings(&text) {
        Ok(both) => both,
        Err(mistakes) => {
            shell.config.mistakes = mistakes;
            shell.overlay = Some(Overlay::Mistakes(0));
            return false;
        }
    };
    apply(shell, settings, keymap, out);
    shell.config.mistakes.clear();
    let before = shell.config.text.replace(text.clone());
    let job = shell.job();
    shell.config.job = Some(job);
    shell.config.known = true;
    out.push(Effect::Configure { job, before, text });
    true
}

/// The text that a change is made in: the file's, or the commented one.
pub fn text(shell: &Shell) -> String {
    shell.config.text.clone().unwrap_or_else(|| config::template(shell.lang, &key_lines(shell)))
}

/// The keys of all commands as the file has them, as shipped.
fn key_lines(shell: &Shell) -> Vec<KeyLine> {
    let title = shell.catalog().tui.command;
    let line = |spec: &crate::tui::command::Spec| KeyLine {
        id: spec.id.to_owned(),
        keys: spec.keys.iter().map(|keys| (*keys).to_owned()).collect(),
        title: title(spec.command).to_owned(),
    };
    TABLE.iter().map(line).collect()
}

/// The file was written, or not.
pub fn written(shell: &mut Shell, job: JobId, result: Result<(), Refused>, out: &mut Vec<Effect>) {
    if shell.config.job.take_if(|waited| *waited == job).is_none() {
        return;
    }
    match result {
        Ok(()) => {}
        Err(Refused::Changed(text)) => {
            shell.config.text = text;
            take(shell, out);
            shell.tell(Notice::SettingsChanged);
        }
        Err(Refused::Failed(failure)) => shell.tell(Notice::SettingsUnwritten(failure)),
    }
}
