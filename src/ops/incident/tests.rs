//! The story: a site owner whose mail account was taken over, in twenty entries with a circle between
//! panel and mailbox; what is gathered, in which order, and what becomes of the steps.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::act::{self, Begin, Opening};
use super::*;
use crate::crypto::value;
use crate::model::incident::{Cause, Incident, Scope, StepState, Task, Trigger};
use crate::model::{Entry, Id, Kind, Relation, Stamp, Tag, Vault};
use crate::ops::change::{self, Change};
use crate::ops::edit::Sealer;
use crate::ops::health::Subject;
use crate::ops::health::alike::{self, Alike, With};
use crate::ops::links::tests::{Fixture, NONE};
use crate::ops::{merge, staged};
use crate::secret::Secret;

/// The password that was reused, and the mailbox's.
const REUSED: &str = "Sakura2021!";

struct Story {
    made: Fixture,
    ids: BTreeMap<&'static str, Id>,
}

impl Story {
    fn id(&self, title: &str) -> Id {
        *self.ids.get(title).expect("one of the story")
    }

    fn incident(&self) -> Incident<'_> {
        self.made.vault.incidents().next().expect("opened")
    }

    fn alike(&self) -> Vec<Alike> {
        let incident = self.incident();
        let subjects: Vec<Subject> = self.made.vault.entries().map(Subject::of).collect();
        let broken: Vec<Subject> = incident
            .broken()
            .into_iter()
            .filter_map(|id| self.made.vault.entry(id))
            .map(Subject::of)
            .collect();
        let open = |id: Id, envelope: &[u8]| value::open(&self.made.values, &[1; 16], &id.0, envelope);
        let typed = match incident.trigger() {
            Trigger::Password(envelope) => {
                Secret::from_bytes(open(incident.id(), envelope).expect("authentic")).ok()
            }
            _ => None,
        };
        let with = With { open: &open, key: [3; 16], threads: 1 };
        let sought = sought(&broken, typed.as_ref());
        alike::alike(&subjects, &sought, &with, &|_| true).expect("nobody stops it").0
    }

    fn gather(&mut self) {
        let graph = Graph::of(self.made.vault.entries());
        let found = gather(&self.made.vault, self.incident(), &graph, &self.alike());
        if let Some(change) = act::absorb(self.incident(), &found) {
            self.made.apply(&change);
        }
    }

    fn open(&mut self, begin: Begin<'_>, scope: &[Scope]) {
        let mut sealer = Sealer { values: &self.made.values, vault: [1; 16], entropy: &mut self.made.random };
        let opening = Opening { begin, since_ms: 500, note: "", scope, now_ms: 1_100 };
        let (_, change) = act::open(&mut sealer, &opening).expect("sealed");
        self.made.apply(&change);
        self.gather();
    }

    fn plan(&self) -> Plan {
        plan(&self.made.vault, self.incident(), Facts { key_file: true })
    }

    fn say(&mut self, task: Task, state: StepState, note: &str) {
        let change = act::say(self.incident(), task, state, note);
        self.made.apply(&change);
    }

    /// The steps in words: what, of what, why.
    fn told(&self) -> Vec<String> {
        self.plan().steps.iter().map(|step| self.tell(step)).collect()
    }

    fn title(&self, id: Id) -> &'static str {
        self.ids.iter().find(|(_, one)| **one == id).map_or("?", |(title, _)| title)
    }

    fn tell(&self, step: &Step) -> String {
        let name = match step.task {
            Task::Password(id) => self.title(id).to_owned(),
            Task::Address(id) => format!("{} (move)", self.title(id)),
            other => format!("{other:?}"),
        };
        let reasons: Vec<String> = step
            .reasons
            .iter()
            .map(|one| {
                let via = one.via.map_or(String::new(), |id| format!(" {}", self.title(id)));
                let guess = if one.guess { "?" } else { "" };
                format!("{}{via}{guess}", one.cause.word())
            })
            .collect();
        format!("{name}: {}", reasons.join(", "))
    }

    fn state(&self, task: Task) -> State {
        let plan = self.plan();
        plan.steps[plan.place(task).expect("a step")].state
    }

    fn of(&self, title: &str) -> State {
        self.state(Task::Password(self.id(title)))
    }

    fn edit_password(&mut self, title: &str, password: &str) {
        let id = self.id(title);
        self.made.password(id, password);
    }
}

/// Twenty entries: two mailboxes of his domain and two elsewhere, panel, registrar, three blogs and
/// their databases, shops, a bank, a card, a forum, and some that have nothing to do with it.
fn story() -> Story {
    let mut made = Fixture::default();
    let mut ids = BTreeMap::new();
    let mut add = |kind, title: &'static str, user: &str, urls: &[&str], passwords: &[&str]| {
        let id = made.add(kind, title, user, urls);
        passwords.iter().for_each(|password| made.password(id, password));
        ids.insert(title, id);
        id
    };
    let info = add(Kind::Mailbox, "info@example.jp", "info@example.jp", NONE, &["kobito77", REUSED]);
    let shop = add(Kind::Mailbox, "shop@example.jp", "shop@example.jp", NONE, &["vT9!mq2Lr#8w"]);
    add(Kind::Mailbox, "old@example.net", "old@example.net", NONE, &[REUSED]);
    let gmail = add(Kind::Login, "Gmail", "hana@gmail.com", &["https://mail.google.com/"], &["q8#Zt!4mVb2x"]);
    let panel =
        add(Kind::Server, "サーバーパネル", "xs123", &["https://panel.xs.example/"], &["Lk3&nnW!9pQ"]);
    let names =
        add(Kind::Domain, "お名前 (example.jp)", "99112233", &["https://names.example/"], &["8!xPwQ77mzK"]);
    let blog_a = add(
        Kind::Website,
        "ブログA",
        "admin",
        &["https://a.example.jp/wp-login.php"],
        &[REUSED, "Rr7$kk2!Vwq"],
    );
    let blog_b =
        add(Kind::Website, "ブログB", "admin", &["https://b.example.jp/wp-admin/"], &["sakura-2019"]);
    let blog_c =
        add(Kind::Website, "ブログC", "hana", &["https://c.other.example/wp-admin/"], &["mX4!ww9Qe"]);
    let base = add(Kind::Database, "blog_db", "dbuser", NONE, &["7yU!qqP3"]);
    add(Kind::Login, "楽天市場", "info@example.jp", &["https://www.rakuten.co.jp/"], &["Ht6&bbN1z"]);
    add(Kind::Login, "通販B", "hana", &["https://shop.example/"], &[REUSED]);
    add(Kind::Login, "通販C", "old@example.net", &["https://shopc.example/"], &["Wz8#ccM5k"]);
    let bank = add(Kind::BankAccount, "みどり銀行", "3390112", &["https://bank.example/"], &["P0o!ttR6"]);
    add(Kind::Card, "カード", "", NONE, &[]);
    add(Kind::Login, "掲示板", "hana", &["https://forum.example/"], &["zz91!Kp0aa", "kobito77"]);
    let trash = add(Kind::Login, "昔の掲示板", "hana", &["https://oldforum.example/"], &[REUSED]);
    add(Kind::Login, "ポイント", "hana-p", &["https://point.example/"], &["Sakura2023!"]);
    add(Kind::Login, "図書館", "", &["https://library.example/"], &["D4d!eeY7"]);
    add(Kind::Note, "メモ", "", NONE, &[]);
    made.link(info, Relation::ControlledBy, panel);
    made.link(panel, Relation::ResetsThrough, info);
    made.link(shop, Relation::ControlledBy, panel);
    made.link(names, Relation::ResetsThrough, gmail);
    made.link(blog_a, Relation::HostedOn, panel);
    made.link(blog_b, Relation::HostedOn, panel);
    made.link(blog_a, Relation::ResetsThrough, info);
    made.link(base, Relation::HostedOn, panel);
    made.link(bank, Relation::ResetsThrough, shop);
    made.link(blog_c, Relation::ResetsThrough, gmail);
    made.apply(&Change::Trash(trash));
    Story { made, ids }
}

/// The step order that is right, each with every reason; a question mark is a guess.
const EXPECTED: [&str; 17] = [
    "Computer: ",
    // The circle: the broken mailbox first, then the panel that controls it. That the domain's registrar
    // controls the mailbox too is a guess, so it does not make it wait.
    "info@example.jp: broken-into, controlled-by サーバーパネル, mailbox-of サーバーパネル",
    "サーバーパネル: resets-through info@example.jp, controls info@example.jp",
    // Then mailboxes: the one with the same password; the one by which the registrar is reset, the
    // registrar, and the mailbox of its domain after it.
    "old@example.net: same-password info@example.jp",
    "Gmail: mailbox-of お名前 (example.jp)",
    "お名前 (example.jp): controls info@example.jp?",
    "shop@example.jp: controlled-by サーバーパネル",
    // Sites: the strongest reasons first.
    "blog_db: hosted-on サーバーパネル",
    "ブログA: same-password-before info@example.jp, resets-through info@example.jp, hosted-on サーバーパネル",
    "ブログB: similar-password info@example.jp, hosted-on サーバーパネル",
    // Money, then the rest.
    "みどり銀行: resets-through shop@example.jp",
    "掲示板: same-password info@example.jp",
    "通販B: same-password info@example.jp",
    "楽天市場: resets-through info@example.jp?",
    "通販C: resets-through old@example.net?",
    "ポイント: similar-password info@example.jp",
    // In the trash: its account may still be there.
    "昔の掲示板: same-password-before info@example.jp",
];

fn told_story() -> Story {
    let mut story = story();
    let info = story.id("info@example.jp");
    story.open(Begin::Entry(info), &[]);
    story
}

#[test]
fn the_plan_of_the_story_is_in_the_right_order_with_every_reason() {
    let story = told_story();
    assert_eq!(story.told(), EXPECTED);
    let plan = story.plan();
    assert!(
        plan.steps
            .iter()
            .all(|step| step.broken == (step.task == Task::Password(story.id("info@example.jp"))))
    );
    let group = |title| plan.steps[plan.of(story.id(title)).expect("there")].group;
    assert_eq!(group("info@example.jp"), group("サーバーパネル"));
    assert_ne!(group("info@example.jp"), group("shop@example.jp"));
}

#[test]
fn gathering_again_changes_nothing_and_loses_nothing() {
    let mut story = told_story();
    let graph = Graph::of(story.made.vault.entries());
    let found = gather(&story.made.vault, story.incident(), &graph, &story.alike());
    assert_eq!(act::absorb(story.incident(), &found), None);
    let shop = Task::Password(story.id("通販B"));
    story.say(shop, StepState::Skipped, "閉店した");
    // The shared password goes everywhere: what was found by it stays found.
    for title in ["info@example.jp", "掲示板"] {
        story.edit_password(title, &format!("{title}-New!77"));
    }
    // And an entry that comes later is found too.
    let late = story.made.add(Kind::Login, "後から", "hana", NONE);
    story.made.password(late, REUSED);
    story.ids.insert("後から", late);
    story.gather();
    let told = story.told();
    assert!(EXPECTED.iter().all(|one| told.iter().any(|line| line == one)), "{told:#?}");
    assert!(told.contains(&"後から: same-password info@example.jp".to_owned()), "{told:#?}");
    assert_eq!(story.state(shop), State::Skipped);
    assert_eq!(story.incident().step(shop).note, "閉店した");
    assert_eq!((story.of("info@example.jp"), story.of("後から")), (State::Done, State::ToDo));
}

#[test]
fn a_step_is_done_wherever_the_password_was_changed_and_open_again_when_that_is_undone() {
    let mut story = told_story();
    let id = story.id("通販B");
    assert_eq!(story.of("通販B"), State::ToDo);
    let record = story.made.vault.record(id).expect("there").clone();
    let mut sealer = Sealer { values: &story.made.values, vault: [1; 16], entropy: &mut story.made.random };
    let mut edit = crate::ops::edit::EntryEdit::of(&mut sealer, &record);
    edit.secret(Tag::PASSWORD, b"another one").expect("sealed");
    let change = edit.finish().expect("differs");
    let undo = story.made.apply(&change).expect("can be undone");
    assert_eq!(story.of("通販B"), State::Done);
    story.made.apply(&undo);
    assert_eq!(story.of("通販B"), State::ToDo);
    // Said to be to do after it was changed, it is.
    story.edit_password("通販B", "yet another");
    story.say(Task::Password(id), StepState::ToDo, "");
    assert_eq!(story.of("通販B"), State::ToDo);
    story.edit_password("通販B", "and another");
    assert_eq!(story.of("通販B"), State::Done);
}

#[test]
fn a_staged_change_shows_until_it_ends() {
    let mut story = told_story();
    let id = story.id("ブログB");
    for (end, state) in
        [(staged::discard as fn(&_, Id, Id) -> _, State::ToDo), (staged::confirm, State::Done)]
    {
        story.say(Task::Password(id), StepState::Staged, "");
        story.made.edit(id, |edit| {
            edit.stage(b"Nn8!staged", "incident", 1_200).expect("sealed");
        });
        assert_eq!(story.of("ブログB"), State::Staged);
        let record = story.made.vault.record(id).expect("there");
        let element = Entry(record).staged()[0].element;
        let step: Option<staged::Step> = end(record, element, Id([99; 16]));
        story.made.apply(&step.expect("open").change);
        assert_eq!(story.of("ブログB"), state);
    }
}

#[test]
fn a_forced_password_leaves_its_step_open_until_an_own_one_replaces_it() {
    let mut story = told_story();
    let info = story.id("info@example.jp");
    story.made.edit(info, |edit| staged::force(edit, b"set by the host").expect("sealed"));
    assert_eq!(story.of("info@example.jp"), State::Forced);
    story.say(Task::Password(info), StepState::Done, "");
    assert_eq!(story.of("info@example.jp"), State::Forced);
    // The old one is kept in the history.
    let held = story.made.vault.record(info).expect("there").attr(Tag::PASSWORD, None).expect("there");
    assert_eq!(held.versions.len(), 3);
    story.edit_password("info@example.jp", "Own!one99");
    assert_eq!(story.of("info@example.jp"), State::Done);
    // Skipped with a reason it stays so, until the host does it again.
    story.say(Task::Password(info), StepState::Skipped, "後で");
    assert_eq!(story.of("info@example.jp"), State::Skipped);
    story.made.edit(info, |edit| staged::force(edit, b"set again").expect("sealed"));
    assert_eq!(story.of("info@example.jp"), State::Forced);
}

#[test]
fn a_closed_account_is_archived_and_who_uses_its_address_must_move() {
    let mut story = told_story();
    let info = story.id("info@example.jp");
    let record = story.made.vault.record(info).expect("there");
    assert_eq!(act::close_account(story.incident(), record, Task::Computer, ""), None);
    let change =
        act::close_account(story.incident(), record, Task::Password(info), "解約").expect("its step");
    let undo = story.made.apply(&change).expect("can be undone");
    story.gather();
    assert_eq!(story.made.entry(info).state(), crate::model::State::Archived);
    assert_eq!(story.of("info@example.jp"), State::Closed);
    let moves: Vec<String> = story.told().into_iter().filter(|one| one.contains("(move)")).collect();
    let expected = [
        "サーバーパネル (move): address-closed info@example.jp",
        "ブログA (move): address-closed info@example.jp",
        "楽天市場 (move): address-closed info@example.jp",
    ];
    assert_eq!(moves, expected);
    // The move stands right before the password of the same account.
    let plan = story.plan();
    let panel = story.id("サーバーパネル");
    assert_eq!(
        plan.place(Task::Address(panel)).expect("there") + 1,
        plan.place(Task::Password(panel)).expect("there")
    );
    // It is done when nothing points there any more.
    let rakuten = story.id("楽天市場");
    assert_eq!(story.state(Task::Address(rakuten)), State::ToDo);
    story.made.edit(rakuten, |edit| edit.text(Tag::USERNAME, "new@example.org"));
    assert_eq!(story.state(Task::Address(rakuten)), State::Done);
    story.say(Task::Address(panel), StepState::Done, "");
    assert_eq!(story.state(Task::Address(panel)), State::Done);
    // Undone, the account is in use again and its step is to do.
    story.made.apply(&undo);
    assert_eq!(story.of("info@example.jp"), State::ToDo);
}

#[test]
fn a_leaked_password_finds_who_has_it_and_what_hangs_on_them() {
    let mut story = story();
    story.open(Begin::Password(&Secret::copy_of(REUSED)), &[]);
    let told = story.told();
    let starts = |one: &str| told.iter().any(|line| line.starts_with(one));
    for one in [
        "info@example.jp: same-password",
        "old@example.net: same-password",
        "通販B: same-password",
        "サーバーパネル: resets-through info@example.jp",
        "ブログA: same-password-before",
        "ポイント: similar-password",
        "通販C: resets-through old@example.net?",
    ] {
        assert!(starts(one), "{one} of {told:#?}");
    }
    assert!(!starts("図書館") && !starts("お名前"), "{told:#?}");
    // It is sealed: it stands nowhere in plain text, and opens.
    assert!(
        matches!(story.incident().trigger(), Trigger::Password(envelope) if envelope.len() == REUSED.len() + 32)
    );
}

#[test]
fn a_user_name_finds_who_has_it_and_its_mailbox() {
    let mut story = story();
    story.open(Begin::UserName(" OLD@example.net "), &[]);
    let expected =
        ["Computer: ", "old@example.net: user-name", "通販C: resets-through old@example.net?, user-name"];
    assert_eq!(story.told(), expected);
    let mut plain = self::story();
    plain.open(Begin::UserName("HANA"), &[]);
    let told = plain.told();
    assert_eq!(told.len(), 5, "{told:#?}");
}

#[test]
fn a_doubtful_computer_puts_the_vault_itself_right_behind_step_0() {
    let mut story = story();
    let (forum, blog) = (story.id("掲示板"), story.id("ブログC"));
    story.open(Begin::Entry(forum), &[Scope::Vault, Scope::Broken(blog)]);
    let plan = story.plan();
    let first: Vec<Task> = plan.steps.iter().take(5).map(|step| step.task).collect();
    let expected =
        [Task::Computer, Task::MasterPassword, Task::RecoveryCode, Task::KeyFile, Task::OldBackups];
    assert_eq!(first, expected);
    let without = super::plan(&story.made.vault, story.incident(), Facts { key_file: false });
    assert_eq!(without.place(Task::KeyFile), None);
    assert!(plan.steps.iter().filter(|step| step.broken).count() == 2);
    assert_eq!(story.state(Task::MasterPassword), State::ToDo);
    let dek = crate::crypto::keys::Key::zero();
    story.made.vault.retired.push(crate::model::vault::RetiredKey { epoch: 1, dek, when: 1_200 });
    assert_eq!(story.state(Task::MasterPassword), State::Done);
    let change = act::reach(story.incident(), Scope::Vault, false).expect("it was in");
    story.made.apply(&change);
    assert_eq!(story.plan().place(Task::MasterPassword), None);
}

#[test]
fn ticks_notes_and_the_end_are_kept_and_said_once() {
    let mut story = told_story();
    let task = Task::Password(story.id("info@example.jp"));
    let change = act::tick(story.incident(), task, "forwarding", true).expect("new");
    story.made.apply(&change);
    assert!(story.incident().is_ticked(task, "forwarding") && !story.incident().is_ticked(task, "filters"));
    assert!(!story.incident().is_ticked(Task::Computer, "forwarding"));
    assert_eq!(act::tick(story.incident(), task, "forwarding", true), None);
    let change = act::tick(story.incident(), task, "forwarding", false).expect("off");
    story.made.apply(&change);
    assert!(!story.incident().is_ticked(task, "forwarding"));
    let change = act::note(story.incident(), task, "サポートに電話").expect("new");
    story.made.apply(&change);
    assert_eq!(act::note(story.incident(), task, "サポートに電話"), None);
    assert_eq!((story.incident().since(), story.incident().opened()), (500, 1_100));
    let change = act::close(story.incident(), Some(2_000)).expect("open");
    story.made.apply(&change);
    assert_eq!(story.incident().closed(), Some(2_000));
    assert_eq!(act::close(story.incident(), Some(3_000)), None);
    let change = act::close(story.incident(), None).expect("closed");
    story.made.apply(&change);
    assert_eq!(story.incident().closed(), None);
}

#[test]
fn two_incidents_go_beside_each_other() {
    let mut story = told_story();
    let bank = story.id("みどり銀行");
    let mut sealer = Sealer { values: &story.made.values, vault: [1; 16], entropy: &mut story.made.random };
    let opening = Opening { begin: Begin::Entry(bank), since_ms: 9, note: "", scope: &[], now_ms: 9 };
    let (id, change) = act::open(&mut sealer, &opening).expect("sealed");
    let undo = story.made.apply(&change).expect("can be undone");
    let other = story.made.vault.incident(id).expect("opened");
    let change = act::say(other, Task::Password(bank), StepState::Skipped, "電話済み");
    story.made.apply(&change);
    assert_eq!(story.of("みどり銀行"), State::ToDo);
    let other = story.made.vault.incident(id).expect("opened");
    let plan = plan(&story.made.vault, other, Facts::default());
    assert_eq!(plan.steps[1].state, State::Skipped);
    assert_eq!(story.made.vault.incidents().count(), 2);
    // Opening one can be undone as long as nothing was said of it.
    let mut fresh = told_story();
    fresh.made.apply(&undo);
    assert!(fresh.made.vault.incident(id).is_none());
}

#[test]
fn what_is_purged_is_shown_as_gone() {
    let mut story = told_story();
    let id = story.id("通販B");
    story.made.apply(&Change::Purge(id));
    assert_eq!(story.of("通販B"), State::Gone);
    assert!(!State::Gone.is_open());
}

/// What a machine does to the incident.
#[derive(Debug, Clone)]
enum Deed {
    Say(usize, u8),
    Note(usize, u8),
    Tick(usize, u8, bool),
    Password(usize, u8),
    Close(bool),
    Gather,
    Undo,
    Pull(usize),
}

fn deed() -> impl Strategy<Value = (usize, Deed)> {
    let step = 0..4usize;
    let deed = prop_oneof![
        (step.clone(), 1..6u8).prop_map(|(at, state)| Deed::Say(at, state)),
        (step.clone(), 0..3u8).prop_map(|(at, note)| Deed::Note(at, note)),
        (step.clone(), 0..2u8, any::<bool>()).prop_map(|(at, item, on)| Deed::Tick(at, item, on)),
        (step, 0..3u8).prop_map(|(at, password)| Deed::Password(at, password)),
        any::<bool>().prop_map(Deed::Close),
        Just(Deed::Gather),
        Just(Deed::Undo),
        (0..3usize).prop_map(Deed::Pull),
    ];
    (0..3usize, deed)
}

fn copy(vault: &Vault) -> Vault {
    let plain = crate::format::payload::encode(vault, None).expect("small");
    crate::format::payload::decode(vault.id, plain).expect("what was written is read").0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() })]

    /// Three machines work through one incident, apart and with clocks that differ: after a join in any
    /// order they have the same plan, and everything that was said last of a step is in it.
    #[test]
    fn machines_that_work_apart_come_to_one_plan(deeds in prop::collection::vec(deed(), 1..24)) {
        let story = told_story();
        let (values, ids) = (&story.made.values, &story.ids);
        let incident = story.incident().id();
        let tasks = ["info@example.jp", "サーバーパネル", "通販B", "楽天市場"].map(|title| ids[title]);
        let mut machines: [Vault; 3] = std::array::from_fn(|_| copy(&story.made.vault));
        let mut undo: [Option<Change>; 3] = Default::default();
        let mut clock = 5_000u64;
        let mut random = crate::ops::links::tests::Counting(1_000_000);
        for (machine, deed) in deeds {
            if let Deed::Pull(from) = deed {
                let theirs = copy(&machines[from]);
                merge::join(&mut machines[machine], theirs);
                continue;
            }
            let vault = &machines[machine];
            let held = vault.incident(incident).expect("never undone");
            let task = |at: usize| Task::Password(tasks[at]);
            let change = match deed {
                Deed::Say(at, state) => Some(act::say(held, task(at), StepState::from_byte(state), "")),
                Deed::Note(at, note) => act::note(held, task(at), &"x".repeat(usize::from(note))),
                Deed::Tick(at, item, on) => act::tick(held, task(at), &item.to_string(), on),
                Deed::Close(on) => act::close(held, on.then_some(clock)),
                Deed::Password(at, password) => {
                    let record = vault.record(tasks[at]).expect("there");
                    let mut sealer = Sealer { values, vault: [1; 16], entropy: &mut random };
                    let mut edit = crate::ops::edit::EntryEdit::of(&mut sealer, record);
                    edit.secret(Tag::PASSWORD, &[b'a' + password; 9]).expect("sealed");
                    edit.finish()
                }
                Deed::Gather => {
                    let graph = Graph::of(vault.entries());
                    let found = gather(vault, held, &graph, &[]);
                    act::absorb(held, &found)
                }
                Deed::Undo => undo[machine].take(),
                Deed::Pull(_) => None,
            };
            let Some(change) = change else { continue };
            clock += 1;
            let now = [clock, clock + 9_000_000, 0][machine];
            let stamp = Stamp::after(machines[machine].latest(), now, clock, machine as u16);
            undo[machine] = change::apply(&mut machines[machine], &change, stamp).expect("accepted");
        }
        let joined = |order: [usize; 3]| {
            let mut all = copy(&machines[order[0]]);
            merge::join(&mut all, copy(&machines[order[1]]));
            merge::join(&mut all, copy(&machines[order[2]]));
            all
        };
        let (one, other) = (joined([0, 1, 2]), joined([2, 1, 0]));
        let plan_of = |vault: &Vault| plan(vault, vault.incident(incident).expect("there"), Facts::default());
        prop_assert_eq!(plan_of(&one), plan_of(&other));
        // One step for each account, whoever found it.
        let mut seen: Vec<Task> = plan_of(&one).steps.iter().map(|step| step.task).collect();
        let count = seen.len();
        seen.sort_unstable();
        seen.dedup();
        prop_assert_eq!(seen.len(), count);
        // Nothing that a machine said is lost: it is said last, or in what was said before.
        let all = one.incident(incident).expect("there").said();
        for machine in &machines {
            for said in machine.incident(incident).expect("there").said() {
                prop_assert!(all.contains(&said), "{:?}", said);
            }
        }
    }
}

#[test]
fn reasons_keep_what_was_found_first() {
    let story = told_story();
    let incident = story.incident();
    let task = Task::Password(story.id("通販B"));
    let reasons = incident.step(task).reasons;
    assert_eq!((reasons[0].cause, reasons[0].same_user, reasons[0].former), (Cause::Same, false, false));
    let forum = incident.step(Task::Password(story.id("掲示板"))).reasons;
    assert!(forum[0].former, "the mailbox had it before");
}
