//! The full-screen program. [`run`] is the only loop: it waits for the terminal, signals and
//! finished jobs, turns them into [`event::Event`]s, has [`update::update`] change the state, does
//! the [`effect::Effect`]s, and draws when something changed. There is no reader thread and no
//! second loop for a prompt.
//!
//! Not here: the terminal's bytes ([`crate::platform::tty`]), what the program says
//! ([`crate::text`]), and anything of the command line.

pub mod app;
pub mod by;
mod clipboard;
pub mod command;
pub mod config;
pub mod contents;
pub mod demo;
pub mod dialog;
mod done;
pub mod effect;
pub mod event;
pub mod files;
mod footer;
pub mod health;
pub mod kept;
pub mod key;
pub mod keymap;
mod machine;
pub mod notice;
mod opened;
pub mod other;
pub mod page;
mod pressed;
pub mod rotate;
pub mod screen;
pub mod shelf;
mod switch;
pub mod task;
pub mod theme;
pub mod update;
pub mod view;
pub mod widget;
pub mod world;
pub use machine::{mark, replace, rewrite, save};
mod paper;
pub mod pen;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use self::app::{App, FileLabel, Moment, Setup};
use self::clipboard::ClipThread;
use self::effect::{Effect, JobId, Outcome, Saved, Target, World as _};
use self::event::{Event, Size};
use self::keymap::Keymap;
use self::machine::Machine;
use self::notice::Notice;
use self::paper::Paper;
use self::theme::Theme;
use crate::config::{Memory, Settings};
use crate::platform::clock::Clock;
use crate::platform::entropy;
use crate::platform::memory::{LockState, lock_state};
use crate::platform::signals::Signal;
use crate::platform::tmux::Tmux;
use crate::platform::tty::{self, Input, Terminal, Waker};
use crate::secret::SecretBytes;
use crate::store::Store;
use crate::text::{Lang, sanitise};

/// Room for a paste; a longer one is refused.
const PASTE_BYTES: usize = 4096;

/// A window that is being dragged is drawn when it has been still for so long.
const SETTLE: Duration = Duration::from_millis(30);

/// How long the way out waits for a vault that is being sealed.
const LAST_SEAL: Duration = Duration::from_secs(10);

/// How long the way out waits for the clipboard.
const LAST_CLEAR: Duration = Duration::from_millis(1200);

/// What the program starts with.
pub struct Start {
    /// The vault file and the local state folder.
    pub store: Store,
    /// Settings.
    pub settings: Settings,
    /// The language.
    pub lang: Lang,
    /// What was remembered of earlier runs.
    pub memory: Memory,
    /// Where that is kept.
    pub memory_file: PathBuf,
    /// The settings file, whether it is there or not.
    pub config_file: Option<PathBuf>,
    /// The language that the surroundings ask for.
    pub asked_lang: Lang,
    /// The clocks.
    pub clock: Arc<dyn Clock>,
    /// Colours may be used.
    pub color: bool,
    /// The name of the terminal's type (`TERM`).
    pub term: String,
    /// What to search for at once.
    pub query: Option<String>,
    /// Where vaults usually lie.
    pub vault_folder: Option<PathBuf>,
    /// Nothing may be changed.
    pub read_only: bool,
    /// The password is asked for, whatever key `mamori unlock` keeps.
    pub ask: bool,
    /// The key file that goes with the master password.
    pub key_file: Option<PathBuf>,
    /// The recovery code is asked for first.
    pub recovery: bool,
    /// The home folder, the working folder and where downloads lie.
    pub places: files::Places,
    /// The demo is shown in place of the vault.
    pub demo: bool,
    /// The locale names an encoding other than UTF-8: lines are drawn in ASCII, and it is said.
    pub foreign_locale: bool,
}

impl std::fmt::Debug for Start {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Start(..)")
    }
}

/// Why the full-screen program could not run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is no terminal, or it cannot be drawn on (`TERM=dumb`).
    #[error("there is no terminal to draw on")]
    NoTerminal(#[source] io::Error),
    /// A person's own keys do not fit together.
    #[error("the keys in the configuration do not fit together")]
    Keys(Vec<keymap::Problem>),
}

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// A person quit.
    Quit,
    /// SIGTERM, SIGINT or SIGQUIT.
    Signal,
    /// The terminal is gone.
    Hangup,
    /// The last change could be neither written nor kept.
    Lost,
}

/// Runs until a person quits, the system asks for it, or the terminal is gone.
pub fn run(start: Start) -> Result<Ended, RunError> {
    let keymap = Keymap::with(&start.settings.keys).map_err(RunError::Keys)?;
    if matches!(start.term.as_str(), "" | "dumb") {
        return Err(RunError::NoTerminal(io::ErrorKind::Unsupported.into()));
    }
    let mut terminal = Terminal::open().map_err(RunError::NoTerminal)?;
    let watchdog = terminal.watchdog().map_err(RunError::NoTerminal)?;
    // - keys typed while the terminal is asked are kept; pastes of that half second are not
    let mut early = Vec::with_capacity(256);
    let probe = terminal.probe(&start.term, &mut |input| {
        if let Input::Key(key) = input {
            early.extend(chord(key));
        }
    });
    let console = start.term == "linux";
    let ascii = start.foreign_locale || console || probe.ambiguous_wide;
    let (width, height) = terminal.size();
    let tmux =
        Tmux::of_pane(std::env::var("TMUX").ok().as_deref(), &std::env::var_os("PATH").unwrap_or_default());
    let tmux = tmux.map(|tmux| tmux.with_own(std::env::var("TMUX_PANE").ok()));
    let now = Moment { wall_ms: start.clock.now_ms(), boot: start.clock.boot() };
    let mut app = App::new(Setup {
        exists: start.store.exists(),
        file: FileLabel::default(),
        lang: start.lang,
        settings: start.settings.clone(),
        keymap,
        memory: start.memory,
        zone: jiff::tz::TimeZone::system(),
        theme: Theme { color: start.color, light: probe.background == Some(tty::Background::Light), ascii },
        size: Size { width, height },
        now,
        entropy: Box::new(entropy::System),
    });
    app.shell.asked_lang = start.asked_lang;
    app.shell.console = console;
    app.shell.config.path = start.config_file.as_deref().map_or(String::new(), shown);
    app.shell.in_tmux = tmux.is_some();
    app.shell.ask_password = start.ask;
    app.shell.host = crate::platform::resources::host_name();
    let through = if tmux.is_some() { " tmux" } else { "" };
    let named = format!("{}{through} {}", start.term, crate::platform::resources::host_name());
    app.shell.terminal = sanitise::line(&named).into_owned();
    app.shell.file = switch::label(start.store.path());
    app.shell.vault = start.store.path().to_owned();
    app.shell.state_path = shown(start.store.state_folder());
    app.shell.backup_path = shown(start.store.backup_folder());
    app.shell.places = start.places;
    // - behind SSH the name of the terminal is all that tells of a tmux on the other side
    let in_tmux = start.term.starts_with("tmux") || start.term.starts_with("screen");
    let (sender, receiver) = channel();
    let clip = ClipThread::start(probe, start.settings.clipboard, in_tmux, &terminal, sender.clone());
    let gone = !start.store.exists() && !start.store.backups_anyway().is_empty();
    let machine = Machine::new(start.store, start.clock.clone(), start.memory_file, start.read_only)
        .with_config(start.config_file)
        .with_tmux(tmux)
        .with_folder(start.vault_folder);
    let mut running = Running {
        paper: Paper::new(terminal.output(), width, height),
        app,
        clock: start.clock,
        world: Arc::new(machine.clone()),
        real: machine,
        sender,
        receiver,
        waker: terminal.waker(),
        clip,
        paste: None,
        suspend: false,
        redraw: false,
        query: start.query,
        wiping: Vec::new(),
    };
    if lock_state() != LockState::Both {
        running.app.shell.tell(Notice::MemoryNotLocked);
    }
    if gone {
        running.app.shell.tell(Notice::BackupsLieHere);
    }
    if start.foreign_locale {
        running.app.shell.tell(Notice::ForeignLocale);
    }
    running.app.shell.key_file =
        start.key_file.map(|path| running.app.shell.places.expand(&path.to_string_lossy()));
    if let (app::Screen::Locked(state), true) = (&mut running.app.screen, start.recovery) {
        state.code = Some(widget::code_field::CodeField::default());
    }
    for effect in update::begin(&mut running.app, start.demo) {
        running.perform(effect);
    }
    for key in early.drain(..) {
        running.take(Event::Key(key));
    }
    let ended = running.turn(&mut terminal);
    let kept = running.leave();
    drop(terminal);
    drop(watchdog);
    Ok(if kept { ended } else { Ended::Lost })
}

fn shown(path: &Path) -> String {
    sanitise::line(&path.to_string_lossy()).into_owned()
}

/// The loop's own things: what may touch the world.
struct Running {
    app: App,
    clock: Arc<dyn Clock>,
    world: Arc<Machine>,
    /// This machine with its real disk, for going to another vault.
    real: Machine,
    sender: Sender<(JobId, Outcome)>,
    receiver: Receiver<(JobId, Outcome)>,
    waker: Waker,
    clip: ClipThread,
    paper: Paper,
    paste: Option<SecretBytes>,
    suspend: bool,
    redraw: bool,
    query: Option<String>,
    /// Threads that wipe what was locked.
    wiping: Vec<std::thread::JoinHandle<()>>,
}

impl Running {
    fn now(&self) -> Moment {
        Moment { wall_ms: self.clock.now_ms(), boot: self.clock.boot() }
    }

    fn take(&mut self, event: Event) {
        let now = self.now();
        for effect in update::update(&mut self.app, now, event) {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Redraw => self.redraw = true,
            // - jobs under way keep the vault that they were meant for
            Effect::Switch(Target::Demo) => {
                let demo = Machine::demo(Arc::clone(&self.clock)).with_folder(self.real.folder());
                self.world = Arc::new(demo.with_tmux(self.real.tmux()));
            }
            Effect::Switch(Target::File(path) | Target::New(path)) => {
                self.world = Arc::new(self.real.at(path))
            }
            Effect::Suspend => self.suspend = true,
            Effect::Quit => {}
            Effect::Copy { .. } | Effect::Clear { .. } | Effect::Clipboard(_) => self.clip.send(effect),
            Effect::Wipe(large) => {
                self.wiping.retain(|thread| !thread.is_finished());
                // - where no thread can be had it is dropped here
                self.wiping.extend(std::thread::Builder::new().spawn(move || drop(large)));
            }
            Effect::Forget(files) => {
                let world = Arc::clone(&self.world);
                let _ = std::thread::Builder::new().spawn(move || world.forget(&files));
            }
            // - in their order, and before the process may end
            at_once @ (Effect::KeepDraft { .. }
            | Effect::DropDraft(_)
            | Effect::Kept { ask: kept::Ask::Revoke(_), .. }) => {
                if let Some((job, outcome)) = effect::work(at_once, &*self.world) {
                    self.take(Event::Done(job, outcome));
                }
            }
            Effect::Remember(memory) => {
                let world = Arc::clone(&self.world);
                // - it is only a convenience: when no thread can be had it is not remembered
                let _ = std::thread::Builder::new().spawn(move || world.remember(&memory));
            }
            job => {
                let (world, sender, waker) =
                    (Arc::clone(&self.world), self.sender.clone(), self.waker.clone());
                // - whoever waits for the job hears of its end, also when it panics or gets no thread
                let (lost, unstarted) = (effect::lost(&job), effect::lost(&job));
                let seals = matches!(job, Effect::Seal { .. });
                let job = Arc::new(Mutex::new(Some(job)));
                let theirs = Arc::clone(&job);
                let taken = |job: &Mutex<Option<Effect>>| {
                    job.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take()
                };
                let spawned = std::thread::Builder::new().name("job".to_owned()).spawn(move || {
                    let Some(job) = taken(&theirs) else { return };
                    let work = AssertUnwindSafe(|| effect::work(job, &*world));
                    if let Some(done) = catch_unwind(work).unwrap_or(lost) {
                        // - nobody listens any more: the program is ending, and the drop wipes
                        let _ = sender.send(done);
                        waker.wake();
                    }
                    crate::crypto::burn();
                });
                if let (Err(_), Some(lost)) = (spawned, unstarted) {
                    // - what was changed is nowhere else, so it is sealed without a thread, too
                    let here = taken(&job).filter(|_| seals).and_then(|job| effect::work(job, &*self.world));
                    let _ = self.sender.send(here.unwrap_or(lost));
                    self.waker.wake();
                }
            }
        }
    }

    /// The loop.
    fn turn(&mut self, terminal: &mut Terminal) -> Ended {
        let mut still_at: Option<Duration> = None;
        loop {
            let boot = self.clock.boot();
            if self.app.shell.ended {
                return Ended::Quit;
            }
            let away = match terminal.retake() {
                Ok(tty::Held::Still) => None,
                Ok(tty::Held::NotYet(left)) => Some(boot + left),
                Ok(tty::Held::Again) => {
                    (self.redraw, self.app.shell.dirty) = (true, true);
                    None
                }
                Err(_) => return Ended::Hangup,
            };
            if away.is_none() && still_at.is_none_or(|at| at <= boot) {
                still_at = None;
                self.draw();
            }
            let due = [self.app.deadline(), still_at, away].into_iter().flatten().min();
            let ready = terminal.poll(due.map(|at| at.saturating_sub(self.clock.boot())));
            if ready.hangup {
                self.take(Event::Terminate);
                return Ended::Hangup;
            }
            if ready.signal {
                for signal in terminal.signals() {
                    match signal {
                        Signal::Resize => {
                            let (width, height) = terminal.size();
                            self.take(Event::Resize(Size { width, height }));
                            self.paper.resize(width, height);
                            still_at = Some(self.clock.boot() + SETTLE);
                        }
                        Signal::Stop => self.suspend = true,
                        Signal::Continue => self.take(Event::Resumed),
                        Signal::Hangup => {
                            self.take(Event::Terminate);
                            return Ended::Hangup;
                        }
                        Signal::Terminate | Signal::Interrupt | Signal::Quit => {
                            self.take(Event::Terminate);
                            return Ended::Signal;
                        }
                    }
                }
            }
            if ready.input {
                terminal.read(&mut |input| self.input(input));
            }
            while let Ok((job, outcome)) = self.receiver.try_recv() {
                self.take(Event::Done(job, outcome));
                self.search_at_once();
            }
            if self.app.deadline().is_some_and(|at| at <= self.clock.boot()) {
                self.take(Event::Tick);
            }
            if std::mem::take(&mut self.suspend) {
                self.draw();
                // - a shell that could not bring the program back: then it just stays
                match terminal.suspend(true) {
                    Ok(true) => {}
                    Ok(false) => self.app.shell.tell(Notice::CannotSuspend),
                    Err(_) => return Ended::Hangup,
                }
                let (width, height) = terminal.size();
                self.take(Event::Resize(Size { width, height }));
                self.paper.resize(width, height);
                self.take(Event::Resumed);
            }
        }
    }

    fn search_at_once(&mut self) {
        if self.app.open().is_some()
            && let Some(query) = self.query.take()
        {
            self.take(Event::Paste(SecretBytes::copy_of(query.as_bytes())));
        }
    }

    fn input(&mut self, input: Input<'_>) {
        let event = match input {
            Input::Key(key) => match chord(key) {
                Some(key) => Event::Key(key),
                None => return,
            },
            Input::PasteStart => {
                self.paste = Some(SecretBytes::with_capacity(PASTE_BYTES));
                return;
            }
            Input::PasteChunk(bytes) => {
                if self.paste.as_mut().is_some_and(|paste| paste.push(bytes).is_err()) {
                    self.paste = None;
                    return self.take(Event::PasteRefused);
                }
                return;
            }
            Input::PasteEnd => match self.paste.take() {
                Some(paste) => Event::Paste(paste),
                None => return,
            },
            Input::PasteRefused => {
                self.paste = None;
                Event::PasteRefused
            }
            Input::FocusGained => Event::Focus(true),
            Input::FocusLost => Event::Focus(false),
            Input::Answer(_) => return,
            Input::Invalid => Event::NotUtf8,
        };
        self.take(event);
    }

    fn draw(&mut self) {
        if std::mem::take(&mut self.redraw) {
            self.paper.forget();
            self.app.shell.dirty = true;
        }
        if std::mem::take(&mut self.app.shell.dirty) {
            // - a terminal that takes nothing is noticed by the next poll
            let _ = self.paper.draw(&self.app);
        }
    }

    /// The way out: what is being sealed is waited for, one more try to write what is unwritten, and the
    /// clipboard. What still cannot be written is kept as ciphertext for the next run; false when that
    /// fails, too.
    fn leave(&mut self) -> bool {
        self.draw();
        let until = self.clock.boot() + LAST_SEAL;
        while !self.app.shell.sealing.is_empty()
            && let Ok((job, outcome)) = self.receiver.recv_timeout(until.saturating_sub(self.clock.boot()))
        {
            self.take(Event::Done(job, outcome));
        }
        let unwritten = self.app.shell.unwritten.take();
        let kept = unwritten.is_none_or(|file| {
            // - a vault that was being made is no vault yet, and nobody has anything in it
            matches!(self.world.save(&file, self.app.shell.why()), Ok(Saved::Written))
                || file.replaces.is_none()
                || self.world.keep(&file)
        });
        self.clip.finish(LAST_CLEAR);
        self.wiping.drain(..).for_each(|thread| drop(thread.join()));
        kept
    }
}

/// The key of the terminal as the keymap names it; none for keys nobody can bind.
fn chord(key: tty::Key) -> Option<key::Chord> {
    use key::Code;
    let code = match key.code {
        // - Ctrl-\ arrives as Ctrl-4 from some
        tty::Code::Char('4') if key.ctrl => Code::Char('\\'),
        tty::Code::Char(c) if key.ctrl => Code::Char(c.to_ascii_lowercase()),
        other => other,
    };
    // - Enter with Ctrl or Shift is Enter to everybody
    let bare = matches!(code, Code::Enter | Code::Esc | Code::Backspace);
    Some(key::Chord { code, ctrl: key.ctrl && !bare, alt: key.alt && !bare })
}
