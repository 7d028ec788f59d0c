//! The findings of small vaults, the score, updates, and vaults made to be slow.

use std::collections::BTreeMap;

use mamori::model::{Kind, Relation, State};
use mamori::ops::health::subject::SealedPassword;
use mamori::ops::health::{
    Check, Checks, Health, Ignored, Intervals, Looked, NotRun, Opens, Pattern, Place, Reach, Report, Subject,
    VaultFacts, Watch, Why,
};
use mamori::secret::Secret;
use proptest::prelude::*;

use crate::fixture::{DAY, Draw, NOW, checks, id, login, run, sealed};

fn strong(number: usize) -> String {
    let mut draw = Draw(number as u64 * 77 + 5);
    (0..9).for_each(|_| _ = draw.below(2));
    draw.password(b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#$%&*+-=?@", 18)
}

fn good(number: usize) -> Subject {
    login(number, &format!("site {number}"), &format!("h{number}.example"), &strong(number))
}

fn whys(report: &Report, number: usize) -> Vec<Why> {
    report.of(id(number)).map(|one| one.why.clone()).collect()
}

#[test]
fn good_passwords_give_no_finding_and_a_hundred() {
    let report = run((0..50).map(good).collect());
    assert_eq!(report.findings, []);
    assert_eq!((report.score, report.scored, report.unchecked), (Some(100), 50, 0));
    // What did not run is told, and nothing else is.
    let told: Vec<Check> = report.not_run.iter().map(|(check, _)| *check).collect();
    assert_eq!(told, [Check::Leaked, Check::Master, Check::Kit, Check::Derivation]);
    assert!(!report.found() && report.marks(id(3)).is_empty());
}

#[test]
fn reuse_is_told_with_user_names_histories_and_trash() {
    let word = strong(100);
    let mut all = vec![good(0), good(1), good(2), good(3), good(4)];
    all[0].passwords = vec![sealed(&word, Place::Current)];
    all[1].passwords = vec![sealed(&word, Place::Current)];
    all[0].username = "Taro@example.jp".to_owned();
    all[1].username = "taro@example.jp".to_owned();
    all[2].passwords.push(sealed(&word, Place::Old));
    all[3].state = State::Trashed;
    all[3].passwords = vec![sealed(&word, Place::Trashed)];
    let report = run(all);
    for number in [0, 1] {
        assert_eq!(whys(&report, number), [Why::Reused { others: 1, same_user: 1, old: 2 }]);
        assert!(report.marks(id(number)).has(Check::Reused));
    }
    // Who has it only in the past is not told, but is in the cluster.
    assert_eq!(report.findings.len(), 2);
    assert_eq!(report.clusters.len(), 1);
    let places: Vec<Place> = report.clusters[0].members.iter().map(|one| one.place).collect();
    assert_eq!(places, [Place::Current, Place::Current, Place::Old, Place::Trashed]);
    // 4 in use, two of them with r = .8.
    assert_eq!(report.score, Some(60));
}

#[test]
fn a_password_like_ones_own_last_one_is_told() {
    let mut one = login(0, "a", "a.example", "Kx-Sakura-2020-pQ");
    one.passwords.push(sealed("Kx-Sakura-2019-pQ", Place::Old));
    let report = run(vec![one, good(1)]);
    assert_eq!(whys(&report, 0)[0], Why::Similar { pattern: Pattern::Year, others: 0, old: 0, own: true });
    // The same one twice in a history is no finding.
    let mut same = good(0);
    same.passwords.push(SealedPassword { place: Place::Old, ..same.passwords[0].clone() });
    assert_eq!(run(vec![same]).findings, []);
}

#[test]
fn similar_ones_are_told_across_history_and_trash() {
    let mut all = vec![login(0, "a", "a.example", "Kx-Sakura-2020-pQ"), good(1), good(2)];
    all[1].passwords.push(sealed("Kx-Sakura-2017-pQ", Place::Old));
    all[2].state = State::Trashed;
    all[2].passwords = vec![sealed("kx-sakura-2020-pq", Place::Trashed)];
    let report = run(all);
    assert_eq!(whys(&report, 0)[0], Why::Similar { pattern: Pattern::Case, others: 0, old: 2, own: false });
    assert_eq!(report.findings.iter().filter(|one| one.why.check() == Check::Similar).count(), 1);
}

#[test]
fn the_master_password_is_compared_when_it_is_given_and_only_then() {
    let all = || {
        let mut all = vec![good(0), good(1), good(2), good(3)];
        all[0].passwords = vec![sealed("Ｖermilion-Kestrel-77", Place::Current)];
        all[1].passwords = vec![sealed("vermilion-kestrel-78", Place::Current)];
        all[2].passwords = vec![sealed("Vermilion-Kestrl-7", Place::Current)];
        all
    };
    assert!(run(all()).not_run.contains(&(Check::Master, NotRun::NotGiven)));
    let master = Secret::copy_of("Vermilion-Kestrel-77");
    let with = Checks { master: Some(&master), ..checks() };
    let report =
        Health::check(all(), &with, &Watch::default()).expect("runs").report(NOW, &Intervals::default());
    let verdict = |number: usize| {
        whys(&report, number).into_iter().find_map(|why| match why {
            Why::Master { pattern } => Some(pattern),
            _ => None,
        })
    };
    assert_eq!(verdict(0), Some(None));
    assert_eq!(verdict(1), Some(Some(Pattern::Stem)));
    assert_eq!(verdict(2), Some(Some(Pattern::TwoEdits)));
    assert_eq!(verdict(3), None);
    assert!(report.not_run.iter().all(|(check, _)| *check != Check::Master));
}

/// What came of comparing at the unlock goes into a later check; a password that is set after it counts as
/// not compared.
#[test]
fn verdicts_on_the_master_password_outlive_the_password() {
    let mut all = vec![good(0), good(1)];
    all[0].passwords = vec![sealed("Vermilion-Kestrel-78", Place::Current)];
    let master = Secret::copy_of("Vermilion-Kestrel-77");
    let with = Checks { master: Some(&master), ..checks() };
    let compared = Health::check(all.clone(), &with, &Watch::default()).expect("runs").compared();
    assert_eq!(compared.found(), 1);
    let check = |all: Vec<Subject>| {
        let mut health = Health::check(all, &checks(), &Watch::default()).expect("runs");
        health.know(&compared);
        health.report(NOW, &Intervals::default())
    };
    let report = check(all.clone());
    assert!(whys(&report, 0).contains(&Why::Master { pattern: Some(Pattern::Stem) }));
    assert!(report.not_run.iter().all(|(check, _)| *check != Check::Master));
    all[0].passwords = vec![sealed("Vermilion-Kestrel-79", Place::Current)];
    let report = check(all);
    assert!(report.not_run.contains(&(Check::Master, NotRun::Entries(1))), "{:?}", report.not_run);
    assert_eq!(report.count(Check::Master), 0);
}

#[test]
fn weak_knows_the_entrys_own_words() {
    let report = run(vec![
        login(0, "a", "a.example", "sunflower"),
        login(1, "Xserver", "panel.xserver.example", "xserver-user1"),
        good(2),
    ]);
    assert!(matches!(whys(&report, 0)[..], [Why::Weak { bits: 0..=20 }]), "{:?}", whys(&report, 0));
    assert!(matches!(whys(&report, 1)[..], [Why::Weak { .. }]));
    assert_eq!(whys(&report, 2), []);
}

#[test]
fn dates_are_told_by_kind_and_by_entry() {
    let mut all: Vec<Subject> = (0..8).map(good).collect();
    let ago = |days: u64| Some(NOW - days * DAY);
    (all[0].changed, all[0].kind) = (ago(400), Kind::Mailbox);
    all[1].changed = ago(400);
    all[2].changed = ago(800);
    (all[3].changed, all[3].interval) = (ago(800), Some(0));
    (all[4].changed, all[4].interval) = (ago(31), Some(30));
    all[5].due = Some(NOW - 1);
    all[6].expires = Some(NOW + 10 * DAY);
    all[7].expires = Some(NOW - DAY);
    let report = run(all);
    assert_eq!(whys(&report, 0), [Why::Old { days: 400, interval: 365 }]);
    assert_eq!(whys(&report, 1), []);
    assert_eq!(whys(&report, 2), [Why::Old { days: 800, interval: 730 }]);
    assert_eq!(whys(&report, 3), []);
    assert_eq!(whys(&report, 4), [Why::Old { days: 31, interval: 30 }]);
    assert_eq!(whys(&report, 5), [Why::Due { at: NOW - 1 }]);
    assert_eq!(whys(&report, 6), [Why::Soon { at: NOW + 10 * DAY }]);
    assert_eq!(whys(&report, 7), [Why::Expired { at: NOW - DAY }]);
    // The mailbox first, though others are as old.
    let first = report.findings.iter().find(|one| one.why.check() == Check::Old).expect("there");
    assert_eq!(first.entry, Some(id(0)));
}

#[test]
fn addresses_duplicates_staged_and_second_factors() {
    let mut all: Vec<Subject> = (0..9).map(good).collect();
    all[0].urls = vec!["https://fine.example".into(), "HTTP://Shop.Example/login".into()];
    all[1].urls = vec!["http://192.168.0.1/".into()];
    for at in [2, 3] {
        all[at].urls = vec!["https://www.twice.example/".into()];
        all[at].username = "same".into();
        all[at].passwords = vec![sealed(&strong(50), Place::Current)];
    }
    all[4].staged = vec![NOW - 3 * DAY];
    all[5].staged = vec![NOW - DAY / 2];
    for at in [6, 7] {
        all[at].urls = vec!["https://two.example/".into()];
    }
    all[6].otp = true;
    let report = run(all);
    assert_eq!(whys(&report, 0), [Why::Insecure { host: "shop.example".into() }]);
    assert_eq!(whys(&report, 1), []);
    // One account written down twice is no reuse.
    for at in [2, 3] {
        assert_eq!(whys(&report, at), [Why::Duplicate { others: 1, same_password: true }]);
    }
    assert_eq!(whys(&report, 4), [Why::Staged { days: 3 }]);
    assert_eq!(whys(&report, 5), []);
    assert_eq!(whys(&report, 7), [Why::NoSecondFactor { host: "two.example".into(), other: id(6) }]);
    assert_eq!(whys(&report, 6), []);
}

#[test]
fn the_vault_itself_is_looked_at() {
    let with = Checks { vault: Some(VaultFacts { recovery: false, cheap: true, passwords: 1 }), ..checks() };
    let report = Health::check(vec![good(0)], &with, &Watch::default())
        .expect("runs")
        .report(NOW, &Intervals::default());
    let whys: Vec<&Why> = report.findings.iter().map(|one| &one.why).collect();
    assert_eq!(whys, [&Why::NoKit, &Why::CheapDerivation]);
    assert_eq!(report.score, Some(100));
}

#[test]
fn leaks_are_found_missed_or_not_checked() {
    let look_up = |digest: &[u8; 20]| match digest[0] {
        // SHA-1 of "password" begins with 5b, of "sunflower" with 2f.
        0x5b => Looked::Found(Some(9_659_365)),
        _ => Looked::Missing,
    };
    let all = || vec![login(0, "a", "a.example", "password"), good(1)];
    let with = Checks { leaks: Some((&look_up, Reach::Whole)), ..checks() };
    let report =
        Health::check(all(), &with, &Watch::default()).expect("runs").report(NOW, &Intervals::default());
    assert!(whys(&report, 0).contains(&Why::Leaked { times: Some(9_659_365) }));
    assert!(!report.not_run.iter().any(|(check, _)| *check == Check::Leaked));
    let broken = |_: &[u8; 20]| Looked::Failed;
    let with = Checks { leaks: Some((&broken, Reach::Whole)), ..checks() };
    let report =
        Health::check(all(), &with, &Watch::default()).expect("runs").report(NOW, &Intervals::default());
    assert!(report.not_run.contains(&(Check::Leaked, NotRun::Entries(2))));
    // - where nothing was looked up nothing is said of a miss
    assert_eq!(report.leaks, None);
}

#[test]
fn what_is_ignored_stays_in_the_list_and_out_of_the_score() {
    let mut one = login(0, "a", "a.example", "sunflower");
    let until = |until| vec![Ignored { check: Check::Weak.number(), until, reason: "old forum".into() }];
    one.ignored = until(NOW + DAY);
    let report = run(vec![one.clone()]);
    assert_eq!((report.score, report.found(), report.findings.len()), (Some(100), false, 1));
    assert_eq!(report.findings[0].ignored.as_ref().map(|one| one.reason.as_str()), Some("old forum"));
    assert!(report.marks(id(0)).is_empty());
    one.ignored = until(NOW);
    assert_eq!(run(vec![one]).score, Some(40));
}

#[test]
fn what_opens_much_comes_first() {
    let word = strong(9);
    let mut all: Vec<Subject> = (0..6).map(good).collect();
    for one in &mut all {
        one.passwords = vec![sealed(&word, Place::Current)];
    }
    all[4].kind = Kind::Mailbox;
    all[3].kind = Kind::Server;
    all[5].kind = Kind::BankAccount;
    // A login through which another is reset is a mailbox, whatever it is called.
    all[0].links = vec![(Relation::ResetsThrough, id(1))];
    let report = run(all);
    let order: Vec<_> = report.findings.iter().map(|one| (one.entry.expect("one"), one.opens)).collect();
    let wanted = [
        (1, Opens::Mailbox),
        (4, Opens::Mailbox),
        (3, Opens::Server),
        (5, Opens::Bank),
        (0, Opens::Itself),
        (2, Opens::Itself),
    ];
    assert_eq!(order, wanted.map(|(number, opens)| (id(number), opens)));
    // 100 × (1 − .8): the weights cancel.
    assert_eq!(report.score, Some(20));
}

#[test]
fn closed_accounts_and_what_does_not_open_are_told_apart() {
    let mut all: Vec<Subject> = (0..4).map(good).collect();
    all[0].state = State::Archived;
    all[0].passwords = vec![sealed("sunflower", Place::Archived)];
    all[1].passwords.clear();
    let damaged = all[2].passwords[0].envelope.clone();
    let open = move |_, envelope: &[u8]| {
        if envelope == &*damaged {
            Err(mamori::crypto::seal::Forged)
        } else {
            Ok(mamori::secret::SecretBytes::copy_of(envelope))
        }
    };
    let with = Checks { open: &open, ..checks() };
    let report =
        Health::check(all, &with, &Watch::default()).expect("runs").report(NOW, &Intervals::default());
    assert_eq!((report.scored, report.unchecked, report.without), (1, 1, 1));
    assert_eq!(report.findings, []);
}

#[test]
fn a_run_can_be_stopped_and_shows_how_far_it_is() {
    let watch = Watch::default();
    watch.stop();
    assert!(Health::check((0..500).map(good).collect(), &checks(), &watch).is_none());
    let watch = Watch::default();
    assert!(Health::check((0..500).map(good).collect(), &checks(), &watch).is_some());
    assert_eq!(watch.progress(), (500, 500));
}

/// Everything that a report says, without the order of its clusters.
fn said(report: &Report) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in &report.findings {
        let members = one.cluster.map(|at| report.clusters[at as usize].members.clone());
        let entry = format!("{:?}", one.entry);
        all.entry(entry).or_default().push(format!("{:?} {:?} {members:?}", one.why, one.since));
    }
    all.values_mut().for_each(|list| list.sort());
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn an_update_gives_what_a_whole_run_gives(
        words in proptest::collection::vec("(sakura|Tanaka|kX7qLm2Z|p@ssw0rd|qwertyui)(1|2|99|!)?(2019|2020|a|b)?", 2..14),
        edits in proptest::collection::vec((0usize..14, "(sakura|Sakurra|kX7qLm3Z|password|asdfghjk)[12]?(2021)?"), 1..5),
        gone in 0usize..14,
    ) {
        let mut all: Vec<Subject> =
            words.iter().enumerate().map(|(at, word)| login(at, &format!("t{at}"), &format!("h{at}.example"), word)).collect();
        let mut health = Health::check(all.clone(), &checks(), &Watch::default()).unwrap();
        for (at, word) in &edits {
            let at = at % all.len();
            let before = all[at].passwords[0].clone();
            all[at].passwords.insert(1, SealedPassword { place: Place::Old, ..before });
            all[at].passwords[0] = sealed(word, Place::Current);
            prop_assert!(health.update(vec![all[at].clone()], &[], &checks(), &Watch::default()));
        }
        let gone = all.remove(gone % all.len()).id;
        prop_assert!(health.update(Vec::new(), &[gone], &checks(), &Watch::default()));
        let whole = Health::check(all, &checks(), &Watch::default()).unwrap();
        let intervals = Intervals::default();
        let (updated, whole) = (said(&health.report(NOW, &intervals)), said(&whole.report(NOW, &intervals)));
        for (entry, list) in &updated {
            prop_assert_eq!(Some(list), whole.get(entry));
        }
        prop_assert_eq!(updated.len(), whole.len());
    }
}

/// An edit of another field asks neither the list nor the master password again; a new password is
/// not called clean by what was said of the old one.
#[test]
fn verdicts_on_the_same_password_outlive_an_edit() {
    let master = Secret::copy_of(&strong(1));
    let leaked = |_: &[u8; 20]| Looked::Found(Some(9));
    let with = Checks { leaks: Some((&leaked, Reach::Whole)), master: Some(&master), ..checks() };
    let mut all = vec![good(0), good(1)];
    let mut health = Health::check(all.clone(), &with, &Watch::default()).unwrap();
    all[1].title = "another title".to_owned();
    assert!(health.update(vec![all[1].clone()], &[], &checks(), &Watch::default()));
    let report = health.report(NOW, &Intervals::default());
    assert_eq!(whys(&report, 1), [Why::Leaked { times: Some(9) }, Why::Master { pattern: None }]);
    assert!(report.ran(Check::Leaked) && report.ran(Check::Master));
    all[1].passwords = vec![sealed(&strong(2), Place::Current)];
    assert!(health.update(vec![all[1].clone()], &[], &checks(), &Watch::default()));
    let report = health.report(NOW, &Intervals::default());
    assert_eq!(whys(&report, 1), []);
    assert!(report.not_run.contains(&(Check::Leaked, NotRun::Entries(1))));
    assert!(report.not_run.contains(&(Check::Master, NotRun::Entries(1))));
}

#[test]
fn the_vaults_own_findings_can_be_left_alone() {
    let facts = VaultFacts { recovery: false, cheap: false, passwords: 1 };
    let left = Ignored { check: Check::Kit.number(), until: NOW + 1, reason: "in the safe".to_owned() };
    let with = Checks { vault: Some(facts), ignored: vec![left.clone()], ..checks() };
    let health = Health::check(vec![good(0)], &with, &Watch::default()).unwrap();
    let report = health.report(NOW, &Intervals::default());
    assert!(!report.found() && report.findings[0].ignored == Some(left));
    assert!(health.report(NOW + 1, &Intervals::default()).found(), "its time is over");
}

/// Vaults in which everything hangs together take no longer than others.
#[test]
fn degenerate_vaults_are_no_trap() {
    let many = 4_000;
    let kinds: [(&str, &dyn Fn(usize) -> String); 4] = [
        ("one password", &|_| "Sakura2019!".to_owned()),
        ("one stem", &|at| format!("Sakura{at}!")),
        ("numbers", &|at| format!("{:08}", at * 7919 % 100_000_000)),
        ("near each other", &|at| format!("kX7qLm{:04}Zp", at)),
    ];
    for (name, word) in kinds {
        let began = std::time::Instant::now();
        let all =
            (0..many).map(|at| login(at, &format!("t{at}"), &format!("h{at}.example"), &word(at))).collect();
        let report = run(all);
        println!("{name}: {:?}, {} findings", began.elapsed(), report.findings.len());
        assert!(began.elapsed().as_secs() < 60, "{name}");
        assert!(report.findings.len() >= many, "{name}");
    }
}
