//! Another vault in front: the present one is locked, what it has unwritten is written first, and
//! jobs are about the other one from then on.

use std::path::Path;

use super::app::{App, FileLabel, Screen};
use super::effect::{Effect, Target};
use super::kept;
use super::notice::Notice;
use super::screen::{create, unlock};
use super::update::{lock, write_again};
use crate::text::sanitise;

/// A file as it is shown.
pub fn label(path: &Path) -> FileLabel {
    let show = |text: std::borrow::Cow<'_, str>| sanitise::line(&text).into_owned();
    FileLabel {
        name: path.file_name().map_or(String::new(), |name| show(name.to_string_lossy())),
        folder: path.parent().map_or(String::new(), |folder| show(folder.to_string_lossy())),
    }
}

/// Goes to another vault, now or as soon as everything of this one is written.
pub(super) fn to(app: &mut App, target: Target, out: &mut Vec<Effect>) {
    if app.shell.unsaved() && !app.shell.demo {
        app.shell.switch_to = Some(target);
        write_again(&mut app.shell, out);
        return app.shell.tell(Notice::SwitchWaits);
    }
    let path = match target {
        Target::Demo => {
            lock(app, out);
            forget(app);
            app.screen = super::demo::begin(&mut app.shell, out);
            return;
        }
        // - this very vault: nothing to do
        Target::File(path) if path == app.shell.vault && !app.shell.demo => return,
        Target::File(path) | Target::New(path) if path.as_os_str().is_empty() => return,
        Target::File(path) => {
            app.screen = leave(app, &path, false, out);
            path
        }
        Target::New(path) => {
            app.screen = leave(app, &path, true, out);
            path
        }
    };
    app.shell.vault = path;
}

fn leave(app: &mut App, path: &Path, new: bool, out: &mut Vec<Effect>) -> Screen {
    // - a vault that there is: from the making of another one Esc leads back to it
    let left = (!app.shell.demo && !matches!(app.screen, Screen::Create(_))).then(|| app.shell.vault.clone());
    lock(app, out);
    forget(app);
    app.shell.demo = false;
    app.shell.file = label(path);
    out.push(Effect::Switch(Target::File(path.to_owned())));
    if new {
        let mut state = create::State::new(app.shell.lang).failed(None);
        state.left = left;
        return Screen::Create(Box::new(state));
    }
    let job = app.shell.job();
    out.push(Effect::Load { job });
    let mut state = unlock::State { checking: Some(job), ..unlock::State::default() };
    kept::open(&mut state, &mut app.shell, out);
    Screen::Locked(state)
}

/// Nothing of the vault that is left stays.
fn forget(app: &mut App) {
    let shell = &mut app.shell;
    (shell.unwritten, shell.writing, shell.retry_at, shell.switch_to) = (None, None, None, None);
    shell.sealing.clear();
    (shell.quit_warned, shell.important) = (false, false);
    shell.memory.opening_ms = None;
    shell.kinds = None;
    // - the settings of the demo are its own
    (shell.config.known, shell.config.text) = (false, None);
}

/// What was waited for is written: now the other vault.
pub(super) fn go_on(app: &mut App, out: &mut Vec<Effect>) {
    if let Some(target) = app.shell.switch_to.take() {
        to(app, target, out);
    }
}
