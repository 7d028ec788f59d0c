//! The state of the full-screen program. [`Screen`] says what is in front; everything decrypted
//! lives under [`Screen::Open`], so that locking is one assignment. [`Shell`] is the rest, and
//! holds nothing of the vault but ciphertext.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;

use crate::config::{Memory, Settings};
use crate::crypto::entropy::Entropy;
use crate::platform::clipboard::Route;
use crate::session::Ciphertext;
use crate::store::{DraftName, Why};
use crate::text::{Catalog, Lang, catalog};
use crate::tui::by::Kinds;
use crate::tui::command::{Command, Scope, TABLE, Unavailable};
use crate::tui::config::{ConfigFile, themed};
use crate::tui::dialog::{Meaning, Overlay};
use crate::tui::effect::{Effect, JobId, Target};
use crate::tui::event::Size;
use crate::tui::files::Places;
use crate::tui::health;
use crate::tui::key::Chord;
use crate::tui::keymap::Keymap;
use crate::tui::notice::{Notice, Place};
use crate::tui::screen::vault::Open;
use crate::tui::screen::vault::saving::{Landed, Sealing};
use crate::tui::screen::{create, opening, unlock, working};
use crate::tui::theme::Theme;

/// The smallest window that is drawn.
pub const LEAST: Size = Size { width: 60, height: 16 };

/// How many messages are kept to be read again.
const MESSAGES_MOST: usize = 100;

/// The whole program.
#[derive(Debug)]
pub struct App {
    /// What is in front.
    pub screen: Screen,
    /// Everything else.
    pub shell: Shell,
}

/// What is in front.
#[derive(Debug)]
pub enum Screen {
    /// The first run.
    Create(Box<create::State>),
    /// The vault is locked.
    Locked(unlock::State),
    /// Keys are being derived.
    Opening(opening::State),
    /// The vault is open.
    Open(Box<Open>),
    /// Long work has the open vault.
    Working(working::State),
}

/// A moment on both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moment {
    /// Milliseconds since 1970.
    pub wall_ms: u64,
    /// Since the machine started, sleep included.
    pub boot: Duration,
}

/// What is in the clipboard because of us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clip {
    /// Nothing.
    Empty,
    /// A copy is on its way.
    Sending {
        /// The job.
        job: JobId,
        /// The copy before it and when that is cleared: it is still there should this one fail.
        before: Option<(Place, Duration)>,
    },
    /// A copy is there.
    Held {
        /// Where.
        place: Place,
        /// When it is cleared.
        until: Duration,
    },
    /// It is being cleared.
    Clearing(JobId),
    /// A clear was sent, but nobody saw whether it was heard.
    Sent,
    /// It could not be cleared; the next time the window has the keyboard it is tried again.
    NotYet,
}

impl Clip {
    /// True while something of ours may be in the clipboard.
    pub fn holds_something(self) -> bool {
        !matches!(self, Clip::Empty)
    }
}

/// Where the vault file is, as shown: made harmless.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileLabel {
    /// Name of the file.
    pub name: String,
    /// The folder it lies in.
    pub folder: String,
}

/// Everything that is not the screen in front.
pub struct Shell {
    /// Now.
    pub now: Moment,
    /// The language.
    pub lang: Lang,
    /// The window.
    pub size: Size,
    /// Settings.
    pub settings: Settings,
    /// Keys.
    pub keymap: Keymap,
    /// Colours and lines.
    pub theme: Theme,
    /// What the terminal can of them, before the settings.
    pub base: Theme,
    /// The settings file.
    pub config: ConfigFile,
    /// The language that the surroundings ask for.
    pub asked_lang: Lang,
    /// The Linux console: it has no Japanese glyphs.
    pub console: bool,
    /// The password is asked for, whatever key `mamori unlock` keeps.
    pub ask_password: bool,
    /// The name of this machine.
    pub host: String,
    /// The kinds of slots that the vault has, once its file was looked at.
    pub kinds: Option<Kinds>,
    /// The key file that goes with the master password.
    pub key_file: Option<PathBuf>,
    /// This runs in tmux.
    pub in_tmux: bool,
    /// The terminal and the machine, in words by which a finding about copies is remembered; empty
    /// when nothing is known.
    pub terminal: String,
    /// Where the last copy went, until it is cleared.
    pub copied_to: Option<Place>,
    /// The test of the clipboard was offered in this run.
    pub test_offered: bool,
    /// Somebody was seen looking at it.
    pub attached: bool,
    /// When tmux is asked next.
    pub ask_tmux_at: Duration,
    /// The time zone of days and times.
    pub zone: TimeZone,
    /// Keys pressed of a longer binding.
    pub pending: Vec<Chord>,
    /// A window in front of the screen.
    pub overlay: Option<Overlay>,
    /// The notice above the footer, and since when.
    pub notice: Option<(Notice, Duration)>,
    /// How many notices were told.
    pub told: u64,
    /// Commands that were run last, the newest first.
    pub recent: Vec<Command>,
    /// Earlier notices with their time, oldest first.
    pub messages: VecDeque<(u64, Notice)>,
    /// The clipboard.
    pub clip: Clip,
    /// Large vaults that are being sealed, oldest first; one, but for those that a lock left behind.
    pub sealing: Vec<Sealing>,
    /// The newest ciphertext until the disk confirmed it.
    pub unwritten: Option<Arc<Ciphertext>>,
    /// The job that writes, and what it writes: that may be an older one by now.
    pub writing: Option<(JobId, Arc<Ciphertext>)>,
    /// Which saves came to the disk last.
    pub landed: Landed,
    /// When a failed write is tried again.
    pub retry_at: Option<Duration>,
    /// What is unwritten came by an import, a merge: before it is written there is always a backup.
    pub important: bool,
    /// The vault file.
    pub file: FileLabel,
    /// The home folder, the working folder and where downloads lie.
    pub places: Places,
    /// The vault file itself.
    pub vault: PathBuf,
    /// Another vault, to which is gone as soon as everything of this one is written.
    pub switch_to: Option<Target>,
    /// The way that copies go, once that is known.
    pub route: Option<Route>,
    /// The state folder, as shown.
    pub state_path: String,
    /// The folder of the backups, as shown.
    pub backup_path: String,
    /// The vault is the demo: nothing is saved.
    pub demo: bool,
    /// Whether the window has the keyboard, once the terminal said so.
    pub focused: Option<bool>,
    /// The pane of tmux that something was sent to last.
    pub last_pane: Option<String>,
    /// When Ctrl-C was pressed last.
    pub ctrl_c: Option<Duration>,
    /// When a key was pressed last.
    pub last_input: Duration,
    /// Drafts whose forms were saved: they go when the vault is on the disk.
    pub drafts_done: Vec<DraftName>,
    /// The last draft could not be kept; that was told.
    pub draft_lost: bool,
    /// Quitting was refused once because of unwritten changes.
    pub quit_warned: bool,
    /// The program ends.
    pub ended: bool,
    /// Something changed that is on the screen.
    pub dirty: bool,
    /// What is remembered between runs.
    pub memory: Memory,
    /// Random bytes for stamps and seals.
    pub entropy: Box<dyn Entropy + Send>,
    next_job: u64,
}

impl std::fmt::Debug for Shell {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Shell")
            .field("clip", &self.clip)
            .field("notice", &self.notice)
            .finish_non_exhaustive()
    }
}

/// What an [`App`] starts with.
pub struct Setup {
    /// The vault file is there (then it is unlocked) or not (then it is made).
    pub exists: bool,
    /// Where it is, as shown.
    pub file: FileLabel,
    /// The language.
    pub lang: Lang,
    /// Settings.
    pub settings: Settings,
    /// Keys.
    pub keymap: Keymap,
    /// What was remembered.
    pub memory: Memory,
    /// Colours and lines.
    pub theme: Theme,
    /// The time zone of days and times.
    pub zone: TimeZone,
    /// The window.
    pub size: Size,
    /// Now.
    pub now: Moment,
    /// Random bytes.
    pub entropy: Box<dyn Entropy + Send>,
}

impl std::fmt::Debug for Setup {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Setup").field("exists", &self.exists).finish_non_exhaustive()
    }
}

impl App {
    /// The program as it starts.
    pub fn new(setup: Setup) -> App {
        let screen = if setup.exists {
            Screen::Locked(unlock::State::default())
        } else {
            Screen::Create(Box::new(create::State::new(setup.lang)))
        };
        let theme = themed(setup.theme, &setup.settings);
        let shell = Shell {
            now: setup.now,
            lang: setup.lang,
            size: setup.size,
            settings: setup.settings,
            keymap: setup.keymap,
            theme,
            base: setup.theme,
            config: ConfigFile::default(),
            asked_lang: setup.lang,
            console: false,
            ask_password: false,
            host: String::new(),
            kinds: None,
            key_file: None,
            in_tmux: false,
            copied_to: None,
            test_offered: false,
            attached: false,
            ask_tmux_at: setup.now.boot,
            zone: setup.zone,
            pending: Vec::new(),
            overlay: None,
            notice: None,
            told: 0,
            recent: Vec::new(),
            messages: VecDeque::new(),
            clip: Clip::Empty,
            sealing: Vec::new(),
            unwritten: None,
            writing: None,
            landed: Landed::default(),
            retry_at: None,
            important: false,
            file: setup.file,
            places: Places::default(),
            vault: PathBuf::new(),
            switch_to: None,
            route: None,
            terminal: String::new(),
            state_path: String::new(),
            backup_path: String::new(),
            demo: false,
            focused: None,
            last_pane: None,
            ctrl_c: None,
            last_input: setup.now.boot,
            drafts_done: Vec::new(),
            draft_lost: false,
            quit_warned: false,
            ended: false,
            dirty: true,
            memory: setup.memory,
            entropy: setup.entropy,
            next_job: 1,
        };
        App { screen, shell }
    }

    /// The open vault, if it is open.
    pub fn open(&self) -> Option<&Open> {
        match &self.screen {
            Screen::Open(open) => Some(open),
            Screen::Create(_) | Screen::Locked(_) | Screen::Opening(_) | Screen::Working(_) => None,
        }
    }

    /// The scopes whose keys act now.
    pub fn scopes(&self) -> &'static [Scope] {
        match &self.shell.overlay {
            Some(overlay) if overlay.types() => return &[Scope::Choice, Scope::Field, Scope::Anywhere],
            Some(_) => return &[Scope::Choice, Scope::Anywhere],
            None => {}
        }
        self.scopes_below()
    }

    /// The scopes of the screen, whatever window is in front of it.
    pub fn scopes_below(&self) -> &'static [Scope] {
        match &self.screen {
            Screen::Create(state) => state.scopes(),
            Screen::Locked(state) => state.scopes(),
            Screen::Opening(_) => &[Scope::Anywhere],
            Screen::Working(_) => &[Scope::Browse, Scope::Anywhere],
            Screen::Open(open) => open.scopes(),
        }
    }

    /// The commands of the page in front, where there is one.
    pub fn here(&self) -> &'static [Command] {
        self.open().and_then(|open| open.pages.last()).map_or(&[], |page| page.footer())
    }

    /// What a command comes to in what is in front; none where it does nothing there.
    pub fn means(&self, command: Command) -> Option<Command> {
        if (command.spec().check)(self) == Err(Unavailable::NotHere) {
            return None;
        }
        let Some(open) = self.open() else { return Some(command) };
        // - the fields that search and narrow show what is typed
        let searches = self.scopes_below().contains(&Scope::Search) && command == Command::ShowTyped;
        let page = open.pages.last().map_or(Some(command), |page| page.means(command));
        page.filter(|_| !searches)
    }

    /// What help says of commands that mean something of their own here.
    pub fn meanings(&self) -> Vec<(Command, Meaning)> {
        let page = self.open().and_then(|open| open.pages.last());
        let own = TABLE.iter().map(|spec| spec.command).filter_map(|command| match self.means(command) {
            None => Some((command, Meaning::Nothing)),
            Some(other) if other != command => Some((command, Meaning::Other(other))),
            Some(_) => {
                let word =
                    page.filter(|page| page.footer().contains(&command))?.says(command, &self.shell)?;
                Some((command, Meaning::Word(word)))
            }
        });
        own.collect()
    }

    /// A text field has the focus: characters go to it.
    pub fn typing(&self) -> bool {
        self.scopes().contains(&Scope::Field)
    }

    /// When something changes by itself next, on the boot clock.
    pub fn deadline(&self) -> Option<Duration> {
        let shell = &self.shell;
        let now = shell.now.boot;
        let mut first: Option<Duration> = None;
        let mut at = |when: Duration| first = Some(first.map_or(when, |first| first.min(when)));
        // - counts down in whole seconds, so it changes when a whole number of them is left
        let second = |until: Duration| {
            let left = until.saturating_sub(now).as_nanos();
            let part = u64::try_from(left.saturating_sub(1) % 1_000_000_000).unwrap_or(0);
            now + Duration::from_nanos(part + 1)
        };
        if let Clip::Held { until, .. } = shell.clip {
            at(second(until));
        }
        if let Some((notice, since)) = &shell.notice
            && let Some(stay) = stay(notice)
        {
            at(*since + stay);
        }
        if let Some(retry) = shell.retry_at {
            at(retry);
        }
        match &self.screen {
            Screen::Create(_) | Screen::Locked(_) => {}
            Screen::Opening(_) => at(now + Duration::from_millis(200)),
            Screen::Working(state) => {
                at(shell.last_input + shell.settings.lock_after);
                at(working::deadline(state, shell));
            }
            Screen::Open(open) => {
                at(shell.last_input + shell.settings.lock_after);
                at(open.watch.at);
                if open.list.seek.notes.is_some() {
                    at(now);
                }
                open.pages.iter().filter_map(|page| page.deadline(shell)).for_each(&mut at);
                health::deadline(open, shell).into_iter().for_each(&mut at);
                if let Some((_, when)) = open.next_code {
                    at(when);
                }
                if let Some(reveal) = &open.reveal {
                    at(second(reveal.until));
                }
            }
        }
        first
    }
}

/// How long a notice stays; one that tells of a failure stays until the next key.
pub fn stay(notice: &Notice) -> Option<Duration> {
    use crate::tui::notice::Level;
    match notice.level() {
        Level::Info | Level::Good => Some(Duration::from_secs(6)),
        Level::Warn => Some(Duration::from_secs(10)),
        Level::Danger => None,
    }
}

impl Shell {
    /// The strings of the language.
    pub fn catalog(&self) -> &'static Catalog {
        catalog(self.lang)
    }

    /// Something was changed that is not on the disk.
    pub fn unsaved(&self) -> bool {
        !self.sealing.is_empty() || self.unwritten.is_some() || self.writing.is_some()
    }

    /// How much the next write matters to the backups.
    pub fn why(&self) -> Why {
        if self.important { Why::Important } else { Why::Edit }
    }

    /// Asks for a file to be written; no other write may be under way.
    pub fn send(&mut self, file: Arc<Ciphertext>, out: &mut Vec<Effect>) {
        let job = self.job();
        (self.writing, self.retry_at) = (Some((job, Arc::clone(&file))), None);
        out.push(Effect::Write { job, file, why: self.why() });
    }

    /// A new job's number.
    pub fn job(&mut self) -> JobId {
        self.next_job += 1;
        JobId(self.next_job)
    }

    /// Tells something.
    pub fn tell(&mut self, notice: Notice) {
        self.messages.push_back((self.now.wall_ms, notice.clone()));
        if self.messages.len() > MESSAGES_MOST {
            self.messages.pop_front();
        }
        self.told += 1;
        self.notice = Some((notice, self.now.boot));
    }

    /// The window is too small to draw in.
    pub fn too_small(&self) -> bool {
        self.size.width < LEAST.width || self.size.height < LEAST.height
    }
}
