//! A robot in front of the full-screen program: it presses keys in the product's own notation and
//! sees the screen, the effects and the bytes on the disk. Clock, disk and clipboard are its own.
//! In `tests/thousands.rs` every vault holds ten thousand entries more ([`thousands`]).
#![allow(dead_code, reason = "each test file uses another part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that goes wrong here has failed")]

pub mod thousands;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mamori::commit::{self, Standing};
use mamori::config::{Memory as Remembered, Settings};
use mamori::crypto::entropy::Entropy;
use mamori::crypto::kdf::Params;
use mamori::crypto::keys::SlotSecret;
use mamori::model::{Kind, Tag};
use mamori::ops::edit::{EntryEdit, NewValue};
use mamori::ops::rotation::rotator::End;
use mamori::platform::entropy::System;
use mamori::platform::hibp::range::{Patience, Range, Trouble};
use mamori::platform::keyring::{Keyring, Memory as Ring};
use mamori::platform::panes::{Pane, PasteError};
use mamori::platform::rotator::StartError;
use mamori::secret::SecretBytes;
use mamori::session::{self, Ciphertext, Credential, Device, NewSlot, Open, Sealed};
use mamori::store::disk::Disk;
use mamori::store::memory::Memory;
use mamori::store::{Backup, Draft, DraftName, Store, Unsaved, Why};
use mamori::text::Lang;
use mamori::tui::app::{App, FileLabel, Moment, Setup};
use mamori::tui::config::Refused;
use mamori::tui::effect::{self, Amiss, Effect, JobId, Mark, Outcome, Saved, Target, World};
use mamori::tui::event::{Event, Size};
use mamori::tui::files::Failure as Lost;
use mamori::tui::files::Places;
use mamori::tui::key::Chord;
use mamori::tui::keymap::Keymap;
use mamori::tui::notice::{Cleared, CopyFailure, Exposed, Place, SaveFailure};
use mamori::tui::screen::opening::Failure;
use mamori::tui::theme::{Name, Theme};
use mamori::tui::update::update;
use mamori::tui::view::view;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

/// Every secret of the sample vault holds it.
pub const MARKER: &str = "S3CRET";
/// The master password of the sample vault.
pub const MASTER: &str = "S3CRET master";
/// 2026-11-24T12:00:00Z.
pub const NOON: u64 = 1_795_521_600_000;

pub struct Machine {
    pub store: Store,
    /// The robot's own disk, also while the demo is in front.
    disk: Arc<dyn Disk>,
    /// What `mamori unlock` keeps.
    pub ring: Ring,
    /// The other panes of the tmux that the robot is in.
    pub panes: Option<Vec<Pane>>,
    /// What was typed into which of them.
    pub pasted: Mutex<Vec<(String, String)>>,
    /// Why nothing arrives.
    pub refuses: Option<PasteError>,
    /// How many look at the tmux that the robot is in.
    pub attached: Option<u32>,
    /// What a new slot costs here.
    pub cost: Params,
    /// As with `--read-only`.
    pub read_only: bool,
    /// A browser takes addresses.
    pub browses: bool,
    /// The list of leaked passwords at hand is the demo's; else there is none.
    pub leaked: bool,
    /// Lists that are there and cannot be used.
    pub useless: Vec<mamori::leaks::Useless>,
    /// Where the service is that knows leaked passwords.
    pub service: Option<String>,
    /// How a rotator ends and what it says; none where there is no such program.
    pub rotates: Option<(End, String)>,
    /// What rotators were run with: program, arguments, old and new password.
    pub rotated: Mutex<Vec<String>>,
    /// Who else may write into the vault's folder.
    pub exposed: Option<Exposed>,
    boot: Duration,
}

impl World for Machine {
    fn load(&self) -> Result<Vec<u8>, Failure> {
        self.store.read().map_err(Failure::from)
    }
    fn save(&self, file: &Ciphertext, why: Why) -> Result<Saved, SaveFailure> {
        mamori::tui::save(&self.store, file, why)
    }
    fn replace(&self, file: &Ciphertext) -> Result<Option<u64>, SaveFailure> {
        mamori::tui::replace(&self.store, file)
    }
    fn backups(&self, vault: &[u8; 16]) -> Vec<Backup> {
        self.store.backups(vault).unwrap_or_default()
    }
    fn backups_anyway(&self) -> Vec<Backup> {
        self.store.backups_anyway()
    }
    fn copies(&self, vault: &[u8; 16]) -> Vec<mamori::store::Copy> {
        self.store.copies(vault)
    }
    fn folder_changed(&self) -> Option<u64> {
        self.store.folder_changed()
    }
    fn exposed(&self) -> Option<Exposed> {
        self.exposed
    }
    fn read_file(&self, path: &std::path::Path) -> Result<Vec<u8>, Failure> {
        self.store.read_file(path).map_err(Failure::from)
    }
    fn put_away(&self, copy: &mamori::store::Copy, vault: &[u8; 16]) -> Result<(), Lost> {
        Ok(self.store.put_away(copy, vault).map(drop)?)
    }
    fn noted(&self, vault: &[u8; 16]) -> Option<mamori::store::Note> {
        self.store.last_note(vault)
    }
    fn rewrite(&self, file: &Ciphertext, damaged: &dyn Fn(Vec<u8>) -> bool) -> Result<bool, SaveFailure> {
        mamori::tui::rewrite(&self.store, file, damaged)
    }
    fn mark(&self) -> Result<Mark, Amiss> {
        mamori::tui::mark(&self.store)
    }
    fn unsaved(&self, vault: &[u8; 16]) -> Vec<Unsaved> {
        self.store.unsaved(vault)
    }
    fn drafts(&self, vault: &[u8; 16]) -> Vec<Draft> {
        self.store.drafts(vault)
    }
    fn keep_draft(&self, draft: &Draft, durable: bool) -> bool {
        self.store.keep_draft(draft, durable).is_ok()
    }
    fn drop_draft(&self, name: &DraftName) {
        self.store.drop_draft(name);
    }
    fn standing(&self, open: &session::Open) -> Standing {
        commit::standing(&self.store, open)
    }
    fn read_only(&self) -> bool {
        self.read_only
    }
    fn tidy(&self, open: &session::Open) -> bool {
        !commit::tidy(&self.store, open, 1_000).is_empty()
    }
    fn entropy(&self) -> Box<dyn Entropy + Send> {
        Box::new(System)
    }
    fn device(&self) -> Device {
        Device { writer: 1, name: "robot".into() }
    }
    fn free_memory(&self) -> Option<u64> {
        None
    }
    fn cost(&self) -> Params {
        self.cost
    }
    fn leaks(&self, _: &[PathBuf]) -> mamori::leaks::Found {
        let found = if self.leaked { mamori::tui::demo::leaks() } else { mamori::leaks::Found::default() };
        mamori::leaks::Found { useless: self.useless.clone(), ..found }
    }
    fn range(&self) -> Result<Range, Trouble> {
        let address = self.service.as_deref().ok_or(Trouble::NotBuilt)?;
        Range::new(address, &|_| None, Patience::default())
    }
    fn files(&self, ask: mamori::tui::files::Ask) -> mamori::tui::files::Answer {
        mamori::tui::files::answer(&**self.store.disk(), ask)
    }
    fn config(&self) -> Result<Option<String>, Lost> {
        mamori::tui::files::config(&**self.store.disk(), &config_path())
    }
    fn configure(&self, before: Option<&str>, text: &str) -> Result<(), Refused> {
        mamori::tui::files::configure(&**self.store.disk(), &config_path(), before, text)
    }
    fn vaults(&self, known: Vec<PathBuf>) -> Vec<(PathBuf, bool)> {
        mamori::tui::files::vaults(&*self.disk, known, None)
    }
    fn older_backups(&self, vault: &[u8; 16], epoch: u32) -> Vec<Backup> {
        self.store.older_backups(vault, epoch)
    }
    fn drop_backups(&self, vault: &[u8; 16], names: &[String], when: Option<u64>) -> Result<(), Lost> {
        let done = match when {
            None => self.store.drop_backups(vault, names),
            when => self.store.set_backups_due(vault, names, when),
        };
        Ok(done?)
    }
    fn rotate(
        &self,
        program: &str,
        arguments: &[String],
        passwords: [&mamori::secret::Secret; 2],
        _: Duration,
        _: &dyn Fn() -> bool,
    ) -> Result<(End, Vec<u8>), StartError> {
        let mut all = vec![program];
        all.extend(arguments.iter().map(String::as_str));
        all.extend(passwords.map(|one| one.expose()));
        self.rotated.lock().unwrap().push(all.join("|"));
        let (end, said) = self.rotates.clone().ok_or(StartError::NotFound)?;
        let said = said.replace("OLD", passwords[0].expose()).replace("NEW", passwords[1].expose());
        Ok((end, said.into_bytes()))
    }
    fn browse(&self, _: &str) -> bool {
        self.browses
    }
    fn ring(&self) -> Option<&dyn Keyring> {
        Some(&self.ring)
    }
    fn panes(&self) -> Option<Vec<Pane>> {
        self.panes.clone()
    }
    fn paste(&self, pane: &Pane, secret: &mamori::secret::Secret) -> Result<(), PasteError> {
        if let Some(error) = self.refuses {
            return Err(error);
        }
        self.pasted.lock().unwrap().push((pane.id.clone(), secret.expose().to_owned()));
        Ok(())
    }
    fn attached(&self) -> Option<u32> {
        self.attached
    }
    fn boot(&self) -> Duration {
        self.boot
    }
}

pub struct Robot {
    pub app: App,
    pub disk: Memory,
    pub world: Machine,
    pub real: Store,
    pub now: Moment,
    /// What was copied, newest last; `None` where it was cleared.
    pub clipboard: Vec<Option<String>>,
    /// Every effect, as its `Debug` prints it.
    pub effects: Vec<String>,
    /// Jobs that wait, while they are held back.
    pub held: Vec<Effect>,
    pub hold: bool,
    /// What the clipboard answers.
    pub copies: Result<Place, CopyFailure>,
    pub clears: Cleared,
    /// Health checks come to their end; else they go on for ever, as on a slow machine.
    pub checks: bool,
    /// Those that do not.
    pub checking: Vec<Effect>,
}

pub fn path() -> PathBuf {
    "/home/hana/.local/share/mamori/vault.mamori".into()
}

pub fn config_path() -> PathBuf {
    "/home/hana/.config/mamori/config.toml".into()
}

impl Robot {
    /// The program in front of this file, or of none.
    pub fn start(bytes: Option<Vec<u8>>, lang: Lang, width: u16, height: u16) -> Robot {
        let disk = Memory::default();
        if let Some(bytes) = bytes {
            disk.put(&path(), bytes);
        }
        Robot::on(disk, lang, width, height)
    }

    /// The program on this disk, as a new process.
    pub fn on(disk: Memory, lang: Lang, width: u16, height: u16) -> Robot {
        Robot::unlocked(disk, Ring::default(), lang, width, height)
    }

    /// The program on this disk, where a person has run `mamori unlock`.
    pub fn unlocked(disk: Memory, ring: Ring, lang: Lang, width: u16, height: u16) -> Robot {
        let store = Store::new(Arc::new(disk.clone()), path(), "/home/hana/.local/state/mamori".into());
        let now = Moment { wall_ms: NOON, boot: Duration::from_secs(1000) };
        let mut app = App::new(Setup {
            exists: store.exists(),
            file: FileLabel { name: "vault.mamori".into(), folder: "/home/hana/.local/share/mamori".into() },
            lang,
            settings: Settings::default(),
            keymap: Keymap::default(),
            memory: Remembered { opening_ms: Some(900), ..Remembered::default() },
            zone: jiff::tz::TimeZone::UTC,
            theme: Theme { color: true, light: false, ascii: false },
            size: Size { width, height },
            now,
            entropy: Box::new(System),
        });
        app.shell.vault = path();
        app.shell.host = "hana-pc".into();
        app.shell.backup_path = "~/.local/state/mamori/backups".into();
        app.shell.places = Places {
            home: Some("/home/hana".into()),
            here: Some("/home/hana/work".into()),
            ..Places::default()
        };
        app.shell.config.path = config_path().display().to_string();
        let first = mamori::tui::update::begin(&mut app, false);
        let mut robot = Robot {
            app,
            disk,
            real: store.clone(),
            world: Machine {
                disk: Arc::clone(store.disk()),
                store,
                ring,
                attached: None,
                panes: None,
                pasted: Mutex::default(),
                refuses: None,
                cost: Params::LEAST,
                read_only: false,
                browses: false,
                leaked: false,
                useless: Vec::new(),
                service: None,
                rotates: None,
                rotated: Mutex::default(),
                exposed: None,
                boot: now.boot,
            },
            now,
            clipboard: Vec::new(),
            effects: Vec::new(),
            held: Vec::new(),
            hold: false,
            copies: Ok(Place::Desktop),
            clears: Cleared::Done,
            checks: false,
            checking: Vec::new(),
        };
        for effect in first {
            robot.perform(effect);
        }
        robot
    }

    /// The sample vault, unlocked.
    pub fn open(lang: Lang, width: u16, height: u16) -> Robot {
        let mut robot = Robot::start(Some(sample()), lang, width, height);
        robot.types(MASTER);
        robot.keys("enter");
        robot
    }

    /// The demo of forty entries, open.
    pub fn demo(lang: Lang, width: u16, height: u16) -> Robot {
        let mut robot = Robot::start(None, lang, width, height);
        robot.world.leaked = true;
        for effect in mamori::tui::update::begin(&mut robot.app, true) {
            robot.perform(effect);
        }
        robot
    }

    /// Presses keys: `/ g i n enter p`.
    pub fn keys(&mut self, keys: &str) -> &mut Robot {
        for key in keys.split_whitespace() {
            let key = Chord::parse(key).unwrap_or_else(|| panic!("{key} is no key"));
            self.event(Event::Key(key));
        }
        self
    }

    /// Types a text.
    pub fn types(&mut self, text: &str) -> &mut Robot {
        for c in text.chars() {
            let key = Chord::plain(mamori::tui::key::Code::Char(c));
            self.event(Event::Key(key));
        }
        self
    }

    pub fn pastes(&mut self, text: &str) -> &mut Robot {
        self.event(Event::Paste(SecretBytes::copy_of(text.as_bytes())));
        self
    }

    pub fn event(&mut self, event: Event) {
        let effects = update(&mut self.app, self.now, event);
        for effect in effects {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        self.effects.push(format!("{effect:?}"));
        if matches!(effect, Effect::Health { .. }) && !self.checks {
            return self.checking.push(effect);
        }
        if self.hold && effect::is_job(&effect) {
            return self.held.push(effect);
        }
        let done: Option<(JobId, Outcome)> = match effect {
            Effect::Copy { job, secret, .. } => {
                if self.copies.is_ok() {
                    self.clipboard.push(Some(secret.expose().to_owned()));
                }
                Some((job, Outcome::Copied(self.copies)))
            }
            Effect::Switch(Target::File(path) | Target::New(path)) => {
                self.world.store = self.real.at(path);
                None
            }
            Effect::Switch(Target::Demo) => {
                self.world.store = mamori::tui::demo::store();
                match thousands::wanted() {
                    true => drop(self.world.store.create(thousands::demo()).unwrap()),
                    false => mamori::tui::demo::make(&self.world.store, NOON).unwrap(),
                }
                None
            }
            Effect::Forget(files) => {
                files.iter().for_each(|file| self.world.store.drop_unsaved(file));
                None
            }
            Effect::Clear { job } => {
                self.clipboard.push(None);
                Some((job, Outcome::Cleared(self.clears)))
            }
            other => effect::work(other, &self.world),
        };
        if let Some((job, outcome)) = done {
            self.event(Event::Done(job, outcome));
        }
    }

    /// As in a vault that was opened without the master password: it was compared with nothing.
    pub fn uncompared(&mut self) -> &mut Self {
        if let mamori::tui::app::Screen::Open(open) = &mut self.app.screen {
            open.contents.compared = None;
        }
        self
    }

    /// From now on health checks come to their end, the one under way too.
    pub fn checked(&mut self) -> &mut Robot {
        self.checks = true;
        self.wait(2);
        for effect in std::mem::take(&mut self.checking) {
            self.perform(effect);
        }
        self
    }

    /// Does the jobs that were held back.
    pub fn release(&mut self) -> &mut Robot {
        self.hold = false;
        for effect in std::mem::take(&mut self.held) {
            if let Some((job, outcome)) = effect::work(effect, &self.world) {
                self.event(Event::Done(job, outcome));
            }
        }
        self
    }

    /// Does the first of the jobs that were held back; what it asks for is held back.
    pub fn release_one(&mut self) -> &mut Robot {
        let effect = self.held.remove(0);
        if let Some((job, outcome)) = effect::work(effect, &self.world) {
            self.event(Event::Done(job, outcome));
        }
        self
    }

    /// Does the first of the jobs that were held back; what came of it is told later.
    pub fn first_ends_late(&mut self) -> Event {
        let effect = self.held.remove(0);
        let (job, outcome) = effect::work(effect, &self.world).unwrap();
        Event::Done(job, outcome)
    }

    /// Seals what a large vault has to be sealed, while the rest is held back.
    pub fn seal(&mut self) -> &mut Robot {
        while let Some(at) = self.held.iter().position(|effect| matches!(effect, Effect::Seal { .. })) {
            let effect = self.held.remove(at);
            if let Some((job, outcome)) = effect::work(effect, &self.world) {
                self.event(Event::Done(job, outcome));
            }
        }
        self
    }

    /// The first of the jobs that were held back breaks off.
    pub fn lose(&mut self) -> &mut Robot {
        let effect = self.held.remove(0);
        if let Some((job, outcome)) = effect::lost(&effect) {
            drop(effect);
            self.event(Event::Done(job, outcome));
        }
        self
    }

    /// Lets time pass, ticking whenever the program asked for it.
    pub fn wait(&mut self, seconds: u64) -> &mut Robot {
        let end = self.now.boot + Duration::from_secs(seconds);
        while let Some(at) = self.app.deadline().filter(|at| *at <= end) {
            let step = at.saturating_sub(self.now.boot).max(Duration::from_millis(1));
            self.pass(step);
            self.event(Event::Tick);
        }
        let rest = end.saturating_sub(self.now.boot);
        self.pass(rest);
        self
    }

    /// Lets time pass unseen, as sleep does.
    pub fn pass(&mut self, time: Duration) {
        self.now.boot += time;
        self.now.wall_ms += u64::try_from(time.as_millis()).unwrap();
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Robot {
        self.event(Event::Resize(Size { width, height }));
        self
    }

    /// The frame and the cursor.
    pub fn frame(&self) -> (Buffer, Position) {
        let size = self.app.shell.size;
        let mut buf = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        let cursor = view(&self.app, &mut buf);
        (buf, cursor)
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        text(&self.frame().0)
    }

    /// The screen with the cursor's place.
    pub fn shot(&self) -> String {
        let (buf, cursor) = self.frame();
        format!("{}cursor {},{}\n", text(&buf), cursor.x, cursor.y)
    }

    /// A letter for the named style of each cell.
    pub fn styles(&self) -> String {
        let (buf, _) = self.frame();
        let theme = &self.app.shell.theme;
        let names = [
            (Name::Text, ' '),
            (Name::Dim, 'd'),
            (Name::Title, 'T'),
            (Name::Selected, 'S'),
            (Name::Marked, 'M'),
            (Name::Frame, 'f'),
            (Name::Secret, '*'),
            (Name::Good, 'g'),
            (Name::Warn, 'w'),
            (Name::Danger, '!'),
        ];
        let mut out = String::new();
        for y in 0..buf.area.height {
            let line: String = (0..buf.area.width)
                .map(|x| {
                    let style = buf[(x, y)].style();
                    let fits = |name: Name| {
                        let wanted = theme.style(name);
                        wanted.fg.unwrap_or(ratatui::style::Color::Reset) == style.fg.unwrap_or_default()
                            && wanted.add_modifier == style.add_modifier
                    };
                    names.iter().find(|(name, _)| fits(*name)).map_or('?', |(_, letter)| *letter)
                })
                .collect();
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// The vault as the bytes on the disk have it.
    pub fn on_disk(&self) -> Open {
        reopen(self.disk.bytes(&path()).expect("a vault is there"))
    }
}

pub fn text(buf: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buf.area.height {
        let mut line = String::new();
        let mut x = 0;
        while x < buf.area.width {
            let symbol = buf[(x, y)].symbol();
            line.push_str(symbol);
            x += u16::try_from(symbol.width()).unwrap().max(1);
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

pub fn credential(password: &str) -> Credential {
    Credential::Password(SlotSecret::password(password.as_bytes()).unwrap())
}

pub fn reopen(bytes: Vec<u8>) -> Open {
    reopen_as(bytes, 2)
}

fn reopen_as(bytes: Vec<u8>, writer: u16) -> Open {
    let device = Device { writer, name: if writer == 1 { "robot" } else { "check" }.into() };
    Sealed::read(bytes).unwrap().open(&credential(MASTER), device, None).unwrap()
}

/// What a scene puts its entries into: an empty vault under the sample's master password, or the
/// ten thousand.
pub fn empty() -> Open {
    if thousands::wanted() {
        return thousands::open();
    }
    bare()
}

/// A vault with nothing in it, whatever else there is.
pub fn bare() -> Open {
    let slot = NewSlot { credential: credential(MASTER), name: String::new(), params: Params::LEAST };
    Open::create(&[slot], Device { writer: 1, name: "robot".into() }, &mut System).unwrap()
}

pub fn sealed(mut open: Open) -> Vec<u8> {
    open.seal(NOON, &mut System).unwrap().bytes
}

/// One entry to be made.
pub struct Wanted<'a> {
    pub kind: Kind,
    pub title: &'a str,
    pub user: &'a str,
    pub password: &'a str,
    pub otp: &'a str,
    pub url: &'a str,
    pub folder: &'a str,
    pub tags: &'a [&'a str],
    pub fields: &'a [(&'a str, &'a str, bool)],
    pub notes: &'a str,
    pub days_ago: u64,
}

pub const NOTHING: Wanted<'_> = Wanted {
    kind: Kind::Login,
    title: "",
    user: "",
    password: "",
    otp: "",
    url: "",
    folder: "",
    tags: &[],
    fields: &[],
    notes: "",
    days_ago: 0,
};

pub fn put(open: &mut Open, wanted: &Wanted<'_>) {
    let mut random = System;
    let at = NOON - wanted.days_ago * 86_400_000;
    let change = {
        let mut sealer = open.sealer(&mut random);
        let mut edit = EntryEdit::new(&mut sealer, wanted.kind, at).unwrap();
        edit.text(Tag::TITLE, wanted.title);
        edit.text(Tag::USERNAME, wanted.user);
        edit.text(Tag::FOLDER, wanted.folder);
        for (tag, value) in
            [(Tag::PASSWORD, wanted.password), (Tag::OTP, wanted.otp), (Tag::NOTES, wanted.notes)]
        {
            if !value.is_empty() {
                edit.secret(tag, value.as_bytes()).unwrap();
            }
        }
        if !wanted.url.is_empty() {
            edit.list(Tag::URL, Tag::URL_PLACE, &[wanted.url]).unwrap();
        }
        edit.set(Tag::LABEL, wanted.tags).unwrap();
        for (name, value, secret) in wanted.fields {
            let value = if *secret { NewValue::Secret(value.as_bytes()) } else { NewValue::Plain(value) };
            edit.add_field(name, &value).unwrap();
        }
        edit.finish().unwrap()
    };
    open.apply(&change, at, &mut System).unwrap();
}

/// The sample vault: what a site owner in Japan has, and some hostile things.
pub fn sample() -> Vec<u8> {
    let mut open = empty();
    let all = [
        Wanted {
            kind: Kind::BankAccount,
            title: "みずほ銀行",
            user: "3390-1122-000",
            password: "S3CRET mizuho",
            otp: "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
            url: "https://ib.mizuhobk.co.jp/servlet/LOGBNK0000000B.do?xtr=Emf00000",
            folder: "銀行",
            tags: &["bank", "jp"],
            fields: &[
                ("bank", "みずほ銀行", false),
                ("branch", "渋谷支店", false),
                ("pin", "S3CRET 4821", true),
            ],
            notes: "S3CRET ログインは指紋。\n電話は平日 9 時から。",
            days_ago: 41,
        },
        Wanted {
            title: "三井住友銀行",
            user: "7712345",
            password: "S3CRET smbc",
            url: "https://www.smbc.co.jp",
            folder: "銀行",
            days_ago: 212,
            ..NOTHING
        },
        Wanted {
            title: "楽天銀行",
            user: "alice",
            password: "S3CRET rakuten",
            url: "https://www.rakuten-bank.co.jp",
            days_ago: 801,
            ..NOTHING
        },
        Wanted {
            title: "千葉銀行", user: "chiba-2210", password: "S3CRET chiba", days_ago: 300, ..NOTHING
        },
        Wanted {
            kind: Kind::Server,
            title: "エックスサーバー",
            user: "xs123456",
            password: "S3CRET xserver",
            url: "https://secure.xserver.ne.jp",
            fields: &[("host", "sv1234.xserver.jp", false)],
            days_ago: 90,
            ..NOTHING
        },
        Wanted {
            kind: Kind::Mailbox,
            title: "info@example.jp",
            user: "info@example.jp",
            password: "S3CRET mail",
            fields: &[("imap", "sv1234.xserver.jp:993", false)],
            days_ago: 3,
            ..NOTHING
        },
        Wanted {
            kind: Kind::Domain,
            title: "お名前.com",
            user: "99112233",
            password: "S3CRET onamae",
            url: "https://www.onamae.com",
            fields: &[("auth-code", "S3CRET auth", true)],
            days_ago: 400,
            ..NOTHING
        },
        Wanted {
            kind: Kind::Website,
            title: "WordPress ブログ A",
            user: "admin",
            password: "S3CRET wp",
            url: "https://blog-a.example.jp/wp-login.php",
            days_ago: 20,
            ..NOTHING
        },
        Wanted {
            kind: Kind::Card,
            title: "VISA カード",
            fields: &[
                ("holder", "HANAKO YAMADA", false),
                ("number", "S3CRET 4111", true),
                ("valid-to", "2028-03", false),
            ],
            ..NOTHING
        },
        Wanted { kind: Kind::Note, title: "Wi-Fi の覚え書き", notes: "S3CRET wifi", ..NOTHING },
        Wanted {
            title: "GitHub",
            user: "hana-dev",
            password: "S3CRET github",
            url: "https://github.com/login",
            days_ago: 12,
            ..NOTHING
        },
        Wanted {
            title: "evil\u{1b}[31m\u{202e}gnp\u{200b}.exe",
            user: "a\tb",
            password: "S3CRET \u{1b}]0;x\u{7}",
            days_ago: 1,
            ..NOTHING
        },
    ];
    for wanted in &all {
        put(&mut open, wanted);
    }
    sealed(open)
}
