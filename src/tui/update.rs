//! From events to effects: [`update`] changes the state and says what is to be done. Pure: it reads
//! no clock, no disk and no terminal. It only routes: keys through `super::pressed`, what became of jobs
//! through `super::done`; each screen knows its own keys.

use std::sync::Arc;
use std::time::Duration;

use crate::text::Lang;
use crate::tui::app::{App, Clip, Moment, Screen, Shell, stay};
use crate::tui::command::Command;
use crate::tui::config;
use crate::tui::dialog::{self, Asked, Help, Overlay, Palette, RECENT_MOST, Vaults};
use crate::tui::effect::{Effect, Target};
use crate::tui::event::{Event, Input};
use crate::tui::kept;
use crate::tui::notice::Notice;
use crate::tui::pressed::take;
use crate::tui::screen::opening::Purpose;
use crate::tui::screen::vault;
use crate::tui::screen::vault::watch::{Loading, Looking};
use crate::tui::screen::{create, unlock, working};
use crate::tui::switch;

/// How often the file is looked at, for what another session saved: it is on the screen within two seconds.
const LOOK: Duration = Duration::from_millis(1500);

/// How often tmux is asked whether anybody looks.
const ASK_TMUX: Duration = Duration::from_secs(10);

/// How soon Ctrl-C must follow Ctrl-C to quit.
const TWICE: Duration = Duration::from_secs(1);

/// What is to be done first: the file is looked at, so that a damaged or foreign one is told before
/// a password is typed. The demo is opened at once.
pub fn begin(app: &mut App, demo: bool) -> Vec<Effect> {
    if demo {
        let mut out = Vec::new();
        app.screen = super::demo::begin(&mut app.shell, &mut out);
        return out;
    }
    let Screen::Locked(state) = &mut app.screen else { return Vec::new() };
    let job = app.shell.job();
    state.checking = Some(job);
    let mut out = vec![Effect::Load { job }];
    kept::open(state, &mut app.shell, &mut out);
    // - whoever leaves before the vault was open for long was here all the same
    ask_tmux(&mut app.shell, &mut out);
    out
}

/// Takes what happened at `now`; says what is to be done.
pub fn update(app: &mut App, now: Moment, event: Event) -> Vec<Effect> {
    let mut out = Vec::new();
    app.shell.now = now;
    let undrawn = std::mem::replace(&mut app.shell.dirty, true);
    // - before anything else: a key that comes after the idle time must find a locked vault
    idle(app, &mut out);
    match event {
        Event::Key(_) | Event::Paste(_) => {
            app.shell.last_input = now.boot;
            take(app, event, &mut out);
        }
        Event::PasteRefused => app.shell.tell(Notice::PasteRefused),
        Event::NotUtf8 => app.shell.tell(Notice::NotUtf8),
        Event::Resize(size) => {
            app.shell.size = size;
            if app.shell.too_small() {
                hide(app);
            }
            resettle(app);
        }
        Event::Focus(focused) => focus(app, focused, &mut out),
        Event::Tick => tick(app, &mut out),
        Event::Resumed => {
            tick(app, &mut out);
            out.push(Effect::Redraw);
        }
        Event::Terminate => {
            lock(app, &mut out);
            end(app, &mut out);
        }
        Event::Done(job, outcome) => super::done::done(app, job, outcome, &mut out),
    }
    if working::begin(app, &mut out) {
        // - what is short is not flashed: the frame before stays until it is time, where it is of now
        app.shell.dirty = undrawn;
    }
    nothing_yet(app, &mut out);
    out
}

/// Until there is a vault nothing is written, what would be remembered neither: it is with the first
/// file ([`super::done`]).
fn nothing_yet(app: &App, out: &mut Vec<Effect>) {
    let first = match &app.screen {
        Screen::Create(_) => true,
        Screen::Opening(state) => state.purpose == Purpose::Create,
        _ => false,
    };
    if first {
        out.retain(|effect| !matches!(effect, Effect::Remember(_)));
    }
}

fn resettle(app: &mut App) {
    if let Screen::Open(open) = &mut app.screen {
        vault::settle(open, &app.shell);
    }
}

fn hide(app: &mut App) {
    if let Screen::Open(open) = &mut app.screen {
        vault::hide(open);
    }
}

/// Checks that a command can be done now, and does it.
pub fn run(app: &mut App, command: Command, out: &mut Vec<Effect>) {
    // - where a file is named before any vault is open, there is only the disk to look at again
    if command == Command::Reload && app.shell.overlay.is_none() && looks_again(app, out) {
        return;
    }
    if let Err(reason) = (command.spec().check)(app) {
        return app.shell.tell(Notice::Unavailable(reason));
    }
    if app.shell.overlay.is_some() && !global(command) {
        return input(app, Input::Command(command), out);
    }
    match command {
        Command::Help | Command::HelpHere => {
            let open = matches!(app.shell.overlay, Some(Overlay::Help(_)));
            app.shell.overlay = (!open).then(|| Overlay::Help(Help::of(app)));
        }
        Command::Palette => app.shell.overlay = Some(Overlay::Palette(Palette::default())),
        Command::Messages => app.shell.overlay = Some(Overlay::Messages(0)),
        Command::Language => {
            switch_language(&mut app.shell, out);
            resettle(app);
            let meanings = app.meanings();
            if let Some(Overlay::Help(help)) = &mut app.shell.overlay {
                help.reword(meanings);
            }
        }
        Command::GoVaults => vaults(app, out),
        Command::Next | Command::Previous if matches!(&app.screen, Screen::Locked(state) if state.path.is_none()) =>
        {
            vaults(app, out);
        }
        Command::Lock | Command::LockHere => {
            kept::revoke(app, out);
            lock(app, out);
        }
        Command::Panic => {
            kept::revoke(app, out);
            clear(&mut app.shell, out);
            if matches!(app.screen, Screen::Open(_) | Screen::Opening(_) | Screen::Working(_)) {
                lock(app, out);
            }
            if let Screen::Locked(state) = &mut app.screen {
                state.clear();
                state.blank = true;
            }
            out.push(Effect::Redraw);
        }
        Command::ClearClipboard => clear(&mut app.shell, out),
        Command::Redraw => out.push(Effect::Redraw),
        Command::Suspend => {
            hide(app);
            app.shell.overlay = None;
            out.push(Effect::Suspend);
        }
        Command::Reload | Command::ReloadHere => reload(app, out),
        Command::Back => back(app, out),
        Command::Cancel => cancel(app, out),
        Command::Leave => {
            if !step_back(app, out) {
                quit(app, out);
            }
        }
        Command::Quit => quit(app, out),
        other => input(app, Input::Command(other), out),
    }
}

fn looks_again(app: &mut App, out: &mut Vec<Effect>) -> bool {
    match &mut app.screen {
        Screen::Create(state) => state.refresh(&mut app.shell, out),
        Screen::Locked(unlock::State { path: Some(path), .. }) => {
            path.refresh(&mut app.shell, out);
            true
        }
        _ => false,
    }
}

/// Commands that act with a window in front as without.
pub(super) fn global(command: Command) -> bool {
    use Command as C;
    matches!(
        command,
        C::Language | C::Lock | C::Panic | C::Redraw | C::Reload | C::Back | C::Cancel | C::Help
    )
}

/// Hands a command or what is typed to what is in front.
pub(super) fn input(app: &mut App, input: Input<'_>, out: &mut Vec<Effect>) {
    if let Some(mut overlay) = app.shell.overlay.take() {
        let asked = dialog::update(&mut overlay, input, app);
        if matches!(asked, Asked::Stay) {
            app.shell.overlay = Some(overlay);
        }
        match asked {
            Asked::Run(command) => {
                used(&mut app.shell, command);
                run(app, command, out);
            }
            Asked::Switch(target) => super::switch::to(app, target, out),
            Asked::Stay | Asked::Close => {}
        }
        return;
    }
    let shell = &mut app.shell;
    let next = match &mut app.screen {
        Screen::Create(state) => create::update(state, input, shell, out),
        Screen::Locked(state) => unlock::update(state, input, shell, out),
        Screen::Opening(_) | Screen::Working(_) => None,
        Screen::Open(open) => {
            vault::update(open, input, shell, out);
            None
        }
    };
    if let Some(screen) = next {
        shell.notice = None;
        app.screen = screen;
    }
}

fn vaults(app: &mut App, out: &mut Vec<Effect>) {
    let window = Vaults::new(&mut app.shell, out);
    app.shell.overlay = Some(Overlay::Vaults(window));
}

/// The palette offers first what was run from it last.
fn used(shell: &mut Shell, command: Command) {
    shell.recent.retain(|other| *other != command);
    shell.recent.insert(0, command);
    shell.recent.truncate(RECENT_MOST);
}

fn back(app: &mut App, out: &mut Vec<Effect>) {
    if step_back(app, out) {
        return;
    }
    if let Screen::Create(state) = &mut app.screen
        && let Some(path) = state.left.take()
    {
        return switch::to(app, Target::File(path), out);
    }
    // - who comes back to a locked vault presses it to get out of what was open: that is no end
    if matches!(app.screen, Screen::Locked(_) | Screen::Create(_)) {
        app.shell.tell(Notice::QuitHow);
    }
}

/// One step back; false when there is none.
fn step_back(app: &mut App, out: &mut Vec<Effect>) -> bool {
    if let Some(mut overlay) = app.shell.overlay.take() {
        if overlay.back() {
            app.shell.overlay = Some(overlay);
        }
        return true;
    }
    match &mut app.screen {
        Screen::Opening(state) if state.made.is_none() => {
            app.screen = match state.purpose {
                Purpose::Unlock => Screen::Locked(unlock::State::default()),
                Purpose::Create => {
                    let from = state.from.take().map(|from| from.failed(None));
                    Screen::Create(Box::new(from.unwrap_or_else(|| create::State::new(app.shell.lang))))
                }
            };
            true
        }
        // - a new vault that is just being written is not forgotten half-way
        Screen::Opening(_) => true,
        Screen::Locked(state) => state.back(),
        Screen::Create(state) => state.back(),
        Screen::Open(open) => vault::back(open, &mut app.shell, out),
        Screen::Working(state) => {
            working::cancel(state);
            true
        }
    }
}

fn cancel(app: &mut App, out: &mut Vec<Effect>) {
    let now = app.shell.now.boot;
    let twice = app.shell.ctrl_c.replace(now).is_some_and(|before| now.saturating_sub(before) <= TWICE);
    if twice || matches!(app.screen, Screen::Locked(_) | Screen::Create(_)) && app.shell.overlay.is_none() {
        return quit(app, out);
    }
    if !step_back(app, out) {
        app.shell.tell(Notice::QuitAgain);
    }
}

/// Japanese and English in turn; remembered.
pub fn switch_language(shell: &mut Shell, out: &mut Vec<Effect>) {
    if shell.console {
        return shell.tell(Notice::ConsoleEnglish);
    }
    shell.lang = match shell.lang {
        Lang::En => Lang::Ja,
        Lang::Ja => Lang::En,
    };
    shell.memory.language = Some(shell.lang);
    shell.memory.chosen_over = Some(shell.asked_lang);
    out.push(Effect::Remember(shell.memory.clone()));
}

// --- locking and leaving -----------------------------------------------------------------------

/// Locks: one assignment takes everything decrypted away. What is in the clipboard is cleared.
pub(super) fn lock(app: &mut App, out: &mut Vec<Effect>) {
    if let Screen::Open(open) = &mut app.screen {
        vault::keep(open, &mut app.shell, out);
        vault::saving::keep(open, &mut app.shell, out);
    }
    clear(&mut app.shell, out);
    app.shell.pending.clear();
    app.shell.overlay = None;
    app.shell.notice = None;
    if matches!(app.screen, Screen::Open(_) | Screen::Opening(_)) {
        let before = std::mem::replace(&mut app.screen, Screen::Locked(unlock::State::default()));
        if let Screen::Open(open) = before {
            vault::forget(open, out);
        }
    }
    for (job, outcome) in working::lock(app) {
        super::done::done(app, job, outcome, out);
    }
}

fn idle(app: &mut App, out: &mut Vec<Effect>) {
    let shell = &app.shell;
    let passed = shell.now.boot.saturating_sub(shell.last_input);
    if matches!(app.screen, Screen::Open(_) | Screen::Working(_)) && passed >= shell.settings.lock_after {
        lock(app, out);
        kept::look(app, out);
        app.shell.tell(Notice::LockedIdle);
    }
}

fn quit(app: &mut App, out: &mut Vec<Effect>) {
    if app.shell.unsaved() && !app.shell.quit_warned {
        app.shell.quit_warned = true;
        write_again(&mut app.shell, out);
        return app.shell.tell(Notice::UnsavedAtQuit);
    }
    lock(app, out);
    end(app, out);
}

fn end(app: &mut App, out: &mut Vec<Effect>) {
    if !std::mem::replace(&mut app.shell.ended, true) {
        out.push(Effect::Quit);
    }
}

fn clear(shell: &mut Shell, out: &mut Vec<Effect>) {
    if shell.clip.holds_something() && !matches!(shell.clip, Clip::Clearing(_)) {
        let job = shell.job();
        shell.clip = Clip::Clearing(job);
        out.push(Effect::Clear { job });
    }
}

fn focus(app: &mut App, focused: bool, out: &mut Vec<Effect>) {
    app.shell.focused = Some(focused);
    if !focused {
        hide(app);
        return resettle(app);
    }
    // - a terminal without the keyboard may have dropped the first request
    if matches!(app.shell.clip, Clip::NotYet | Clip::Sent) {
        clear(&mut app.shell, out);
    }
}

// --- time ---------------------------------------------------------------------------------------

fn tick(app: &mut App, out: &mut Vec<Effect>) {
    let shell = &mut app.shell;
    let now = shell.now.boot;
    if let Clip::Held { until, .. } = shell.clip
        && until <= now
    {
        clear(shell, out);
    }
    if let Some((notice, since)) = &shell.notice
        && stay(notice).is_some_and(|stay| *since + stay <= now)
    {
        shell.notice = None;
    }
    if shell.retry_at.is_some_and(|at| at <= now) {
        write_again(shell, out);
    }
    if let Screen::Open(open) = &mut app.screen {
        vault::tick(open, shell, out);
        if open.watch.at <= now {
            open.watch.at = now + LOOK;
            let job = shell.job();
            let loaded = open.contents.session().loaded();
            open.watch.looking = Some(Looking { job, loaded });
            let vault = open.contents.session().header().vault;
            let before = open.contents.beside.clone();
            out.push(Effect::Look { job, vault, before, now_ms: shell.now.wall_ms });
            config::look(shell, out);
            ask_tmux(shell, out);
        }
    }
}

/// Asks tmux now and then whether anybody looks; sooner where nobody was seen yet and somebody typed: he
/// may be gone before the next time.
pub(super) fn ask_tmux(shell: &mut Shell, out: &mut Vec<Effect>) {
    let asked = shell.ask_tmux_at.saturating_sub(ASK_TMUX);
    let due = shell.ask_tmux_at <= shell.now.boot || (!shell.attached && shell.last_input >= asked);
    if shell.in_tmux && shell.settings.lock_on_detach && due {
        shell.ask_tmux_at = shell.now.boot + ASK_TMUX;
        let job = shell.job();
        out.push(Effect::Attached { job });
    }
}

pub(super) fn write_again(shell: &mut Shell, out: &mut Vec<Effect>) {
    shell.retry_at = None;
    if let (Some(file), None) = (&shell.unwritten, &shell.writing) {
        let file = Arc::clone(file);
        shell.send(file, out);
    }
}

fn reload(app: &mut App, out: &mut Vec<Effect>) {
    if let Screen::Open(open) = &mut app.screen
        && vault::again(open, &mut app.shell, out)
    {
        return;
    }
    write_again(&mut app.shell, out);
    config::look(&mut app.shell, out);
    if let Screen::Open(open) = &mut app.screen {
        let job = app.shell.job();
        open.watch.loading = Some(Loading { job, asked: true });
        out.push(Effect::Load { job });
    }
}
