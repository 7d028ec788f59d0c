//! The run: opens, prints, compares, and says what it found. In parallel, with a progress that can
//! be read and a flag that stops it.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

use super::duplicate::Duplicates;
use super::forms::Forms;
use super::groups::{self, Node, Said};
use super::keyed::RunKey;
use super::master::{Compared, Master};
use super::print::{Mark, Print, Word, marks};
use super::second_factor::Offering;
use super::subject::Subject;
use super::ties::{Near, Ties, candidates, compare, near};
use super::{
    Check, Examined, Finding, Ignored, Intervals, LookUp, Looked, Marks, NotRun, Opens, Reach, Report,
    VaultFacts, Why, expired, insecure, leaked, old, score, staged, vault, weak,
};
use crate::crypto::seal::Forged;
use crate::model::{Id, State};
use crate::secret::{Secret, SecretBytes};

/// Opens one sealed value of an entry. It need not clean the stack: the run does, piece by piece.
pub type Opener<'a> = &'a (dyn Fn(Id, &[u8]) -> Result<SecretBytes, Forged> + Sync);

/// What a run works with.
pub struct Checks<'a> {
    /// Opens passwords.
    pub open: Opener<'a>,
    /// 16 random bytes.
    pub key: [u8; 16],
    /// The list of leaked passwords, and what a miss in it means.
    pub leaks: Option<(LookUp<'a>, Reach)>,
    /// The master password, while it is in hand.
    pub master: Option<&'a Secret>,
    /// What is known of the vault itself.
    pub vault: Option<VaultFacts>,
    /// What is left alone of the findings about the vault itself.
    pub ignored: Vec<Ignored>,
    /// Keep the SHA-1 digests of the passwords in use for [`Health::ask`], which forgets them.
    pub digests: bool,
    /// Processors to use.
    pub threads: usize,
}

impl std::fmt::Debug for Checks<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Checks(..)")
    }
}

/// Shared with whoever shows how far a run is, and may stop it.
#[derive(Debug, Default)]
pub struct Watch {
    done: AtomicUsize,
    all: AtomicUsize,
    stop: AtomicBool,
}

impl Watch {
    /// Entries done, and all.
    pub fn progress(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed))
    }

    /// Stops the run as soon as it can.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    fn go_on(&self) -> bool {
        !self.stop.load(Ordering::Relaxed)
    }
}

/// Entries that one worker takes at a time.
pub(super) const PIECE: usize = 128;

/// What is known of the passwords of a vault: digests and verdicts, sealed envelopes, no password.
#[derive(Debug)]
pub struct Health {
    key: RunKey,
    entries: Vec<Examined>,
    near: Vec<Near>,
    complete: bool,
    leaks: Option<Reach>,
    vault: Option<VaultFacts>,
    ignored: Vec<Ignored>,
}

/// Why, since when, and the cluster.
type Told = (Why, Option<u64>, Option<u32>);

/// An entry, and the marks of each of its passwords that opened.
type Marked = (Examined, Vec<(u32, Vec<Mark>)>);

impl Health {
    /// Goes through everything. None when it was stopped.
    pub fn check(mut subjects: Vec<Subject>, with: &Checks<'_>, watch: &Watch) -> Option<Health> {
        subjects.sort_by_key(|one| one.id);
        watch.all.store(subjects.len(), Ordering::Relaxed);
        let key = RunKey::new(with.key);
        let run = || {
            let looked = examine_all(subjects, &key, with, watch)?;
            let mut marked = Vec::with_capacity(looked.len());
            let mut entries = Vec::with_capacity(looked.len());
            for (one, of) in looked {
                marked.push(of);
                entries.push(one);
            }
            let mut health = Health {
                key,
                entries,
                near: Vec::new(),
                complete: true,
                leaks: with.leaks.map(|(_, reach)| reach),
                vault: with.vault,
                ignored: with.ignored.clone(),
            };
            let (near, complete) = health.find_near(marked, with, watch)?;
            (health.near, health.complete) = (near, complete);
            Some(health)
        };
        in_pool(with.threads, run)
    }

    /// Looks again at what changed, and forgets what is gone. False when it was stopped: nothing
    /// was changed then.
    pub fn update(&mut self, changed: Vec<Subject>, gone: &[Id], with: &Checks<'_>, watch: &Watch) -> bool {
        watch.all.store(changed.len(), Ordering::Relaxed);
        let key = self.key;
        let found = in_pool(with.threads, || {
            let looked = examine_all(changed, &key, with, watch)?;
            let fresh: Vec<Examined> = looked.into_iter().map(|(one, _)| one).collect();
            let near = self.near_of(&fresh, with, watch)?;
            Some((fresh, near))
        });
        let Some((fresh, near)) = found else { return false };
        let alone = self.left_alone(&fresh, gone);
        self.entries.retain(|one| !gone.contains(&one.subject.id));
        for mut one in fresh {
            match self.entries.binary_search_by_key(&one.subject.id, |held| held.subject.id) {
                Ok(at) => {
                    one.keep_verdicts(&self.entries[at]);
                    self.entries[at] = one;
                }
                Err(at) => self.entries.insert(at, one),
            }
        }
        self.leaks = with.leaks.map(|(_, reach)| reach).or(self.leaks);
        self.vault = with.vault.or(self.vault);
        self.ignored.clone_from(&with.ignored);
        self.near.extend(near);
        let again = in_pool(with.threads, || {
            let nodes: Vec<Node<'_>> =
                self.nodes().into_iter().filter(|node| alone.contains(&node.print.exact)).collect();
            let marked = nodes.iter().map(|node| {
                self.forms(*node, with).map_or_else(Vec::new, |forms| marks(&key, &forms, node.print))
            });
            // It is quick; a stop would leave things half done.
            self.compare_nodes(&nodes, marked, with, &Watch::default())
        });
        if let Some((near, complete)) = again {
            self.near.extend(near);
            self.complete &= complete;
        }
        self.near.sort_unstable();
        self.near.dedup();
        true
    }

    /// Looks up what no list has named, by the digests that were kept for it, and forgets these.
    /// No key is held meanwhile: it may take as long as a network takes. False when it was stopped.
    pub fn ask(&mut self, look_up: LookUp<'_>, threads: usize, watch: &Watch) -> bool {
        let named = |one: &Examined| matches!(one.leak, Some(Looked::Found(_)));
        let wanted = self.entries.iter().filter(|one| one.digest.is_some() && !named(one)).count();
        watch.done.store(0, Ordering::Relaxed);
        watch.all.store(wanted, Ordering::Relaxed);
        let failed = AtomicUsize::new(0);
        let entries = &mut self.entries;
        let done = in_pool(threads, || {
            entries.par_iter_mut().for_each(|one| {
                let Some(digest) = one.digest.take().filter(|_| !named(one) && watch.go_on()) else { return };
                let hash = digest.expose().first_chunk::<20>().copied();
                let mut hash = hash.unwrap_or_default();
                match look_up(&hash) {
                    // - what a list on this machine said of it stands
                    Looked::Failed => {
                        failed.fetch_add(1, Ordering::Relaxed);
                        one.leak = one.leak.or(Some(Looked::Failed));
                    }
                    looked => one.leak = Some(looked),
                }
                zeroize::Zeroize::zeroize(&mut hash);
                watch.done.fetch_add(1, Ordering::Relaxed);
            });
            watch.go_on().then_some(())
        });
        if failed.into_inner() == 0 || self.leaks.is_none() {
            self.leaks = Some(Reach::Whole);
        }
        done.is_some()
    }

    /// Takes verdicts of an earlier comparison with the master password, where none is there.
    pub fn know(&mut self, compared: &Compared) {
        for one in self.entries.iter_mut().filter(|one| one.master.is_none()) {
            one.master = compared.on(one);
        }
    }

    /// What is known of the master password, for the next check of everything.
    pub fn compared(&self) -> Compared {
        let mut compared = Compared::default();
        self.entries.iter().for_each(|one| compared.note(one));
        compared
    }

    fn nodes(&self) -> Vec<Node<'_>> {
        let mut nodes = Vec::with_capacity(self.entries.len() + self.entries.len() / 4);
        for (entry, one) in (0u32..).zip(&self.entries) {
            for (password, print) in (0u32..).zip(&one.prints) {
                nodes.extend(print.as_ref().map(|print| Node { entry, password, print }));
            }
        }
        nodes
    }

    fn forms(&self, node: Node<'_>, with: &Checks<'_>) -> Option<Forms> {
        forms_of(&self.entries[node.entry as usize].subject, node.password as usize, with)
    }

    /// Words within small edits of each other, found by their marks.
    fn find_near(
        &self,
        marked: Vec<Vec<(u32, Vec<Mark>)>>,
        with: &Checks<'_>,
        watch: &Watch,
    ) -> Option<(Vec<Near>, bool)> {
        let nodes = self.nodes();
        let marked = marked.into_iter().flatten().map(|(_, marks)| marks);
        self.compare_nodes(&nodes, marked, with, watch)
    }

    /// The same among some; `marked` are the marks of each.
    fn compare_nodes(
        &self,
        nodes: &[Node<'_>],
        marked: impl Iterator<Item = Vec<Mark>>,
        with: &Checks<'_>,
        watch: &Watch,
    ) -> Option<(Vec<Near>, bool)> {
        let prints: Vec<&Print> = nodes.iter().map(|node| node.print).collect();
        let mut ties = Ties::by_forms(&prints);
        ties.join_near(&prints, &self.near);
        let mut flat = Vec::new();
        // The first that has a word stands for all that have it.
        let mut seen = HashSet::new();
        for ((at, print), marks) in (0u32..).zip(&prints).zip(marked) {
            let new = [Word::Whole, Word::Stem].map(|word| seen.insert((word, print.word(word))));
            flat.extend(marks.into_iter().filter(|mark| new[mark.word() as usize]).map(|mark| (mark, at)));
        }
        if !watch.go_on() {
            return None;
        }
        let (pairs, complete) = candidates(&prints, &ties, flat);
        let forms = |at: u32| self.forms(nodes[at as usize], with);
        let near = compare(&prints, &pairs, &forms, &|_| watch.go_on())?;
        Some((near, complete))
    }

    /// Passwords that hung together with others which the change takes away: what tied them may
    /// have been only that.
    fn left_alone(&self, changed: &[Examined], gone: &[Id]) -> HashSet<u64> {
        let stays: HashMap<Id, HashSet<u64>> = changed
            .iter()
            .map(|one| (one.subject.id, one.prints.iter().flatten().map(|print| print.exact).collect()))
            .collect();
        let nodes = self.nodes();
        let lost = |node: &Node<'_>| {
            let id = self.entries[node.entry as usize].subject.id;
            gone.contains(&id) || stays.get(&id).is_some_and(|stays| !stays.contains(&node.print.exact))
        };
        let lost: Vec<u32> = (0u32..).zip(&nodes).filter(|(_, node)| lost(node)).map(|(at, _)| at).collect();
        if lost.is_empty() {
            return HashSet::new();
        }
        let prints: Vec<&Print> = nodes.iter().map(|node| node.print).collect();
        let mut ties = Ties::by_forms(&prints);
        ties.join_near(&prints, &self.near);
        let sets: HashSet<u32> = lost.iter().map(|at| ties.set(*at)).collect();
        let beside = (0u32..).zip(&prints).filter(|(at, _)| sets.contains(&ties.set(*at)));
        beside.map(|(_, print)| print.exact).collect()
    }

    /// The same for a few: each is held against all, by the sketches first.
    fn near_of(&self, fresh: &[Examined], with: &Checks<'_>, watch: &Watch) -> Option<Vec<Near>> {
        let nodes = self.nodes();
        let mut found = Vec::new();
        for one in fresh {
            for (password, print) in one.prints.iter().enumerate() {
                let Some(print) = print else { continue };
                let mine = || forms_of(&one.subject, password, with);
                for word in [Word::Whole, Word::Stem] {
                    let fits = |other: &Print| print.sketch(word).may_reach(&other.sketch(word)).is_some();
                    let olds = nodes.iter().filter(|node| fits(node.print)).map(|node| (node.print, *node));
                    for (other, node) in olds {
                        let open = |at: u32| if at == 0 { mine() } else { self.forms(node, with) };
                        found.extend(near(word, (0, print), (1, other), &open));
                    }
                    for next in fresh {
                        for (at, other) in next.prints.iter().enumerate() {
                            let Some(other) = other.as_ref().filter(|other| fits(other)) else { continue };
                            let theirs = || forms_of(&next.subject, at, with);
                            let open = |at: u32| if at == 0 { mine() } else { theirs() };
                            found.extend(near(word, (0, print), (1, other), &open));
                        }
                    }
                }
                if !watch.go_on() {
                    return None;
                }
            }
        }
        Some(found)
    }

    /// What is found at this time.
    pub fn report(&self, now_ms: u64, intervals: &Intervals) -> Report {
        let nodes = self.nodes();
        let prints: Vec<&Print> = nodes.iter().map(|node| node.print).collect();
        let mut ties = Ties::by_forms(&prints);
        ties.join_near(&prints, &self.near);
        let duplicates = Duplicates::find(&self.entries);
        let mut said: Vec<Said> = Vec::new();
        let mut clusters = duplicates.clusters.clone();
        groups::reused(&self.entries, &nodes, &prints, &duplicates, &mut said, &mut clusters);
        groups::similar(&self.entries, &nodes, &ties, &mut said, &mut clusters);
        let subjects = || self.entries.iter().map(|one| &one.subject);
        let offering = Offering::of(subjects());
        let linked = Opens::linked(subjects().filter(|one| one.state == State::Active));
        let mut by_entry: Vec<Vec<Told>> = vec![Vec::new(); self.entries.len()];
        for (entry, why, since, cluster) in said {
            by_entry[entry as usize].push((why, since, Some(cluster)));
        }
        let mut findings = Vec::new();
        for (at, (one, mut own)) in self.entries.iter().zip(by_entry).enumerate() {
            let subject = &one.subject;
            if subject.state != State::Active {
                continue;
            }
            let changed = subject.changed;
            if let Some(Looked::Found(times)) = one.leak {
                own.push((Why::Leaked { times }, changed, None));
            }
            own.extend(one.master.clone().flatten().map(|why| (why, changed, None)));
            own.extend(one.weak.clone().map(|why| (why, changed, None)));
            let dated = [
                old::check(subject, intervals, now_ms),
                expired::check(subject, now_ms),
                staged::check(subject, now_ms),
            ];
            own.extend(dated.into_iter().flatten().map(|(why, since)| (why, since, None)));
            own.extend(insecure::check(subject).map(|why| (why, None, None)));
            own.extend(offering.check(subject).map(|why| (why, None, None)));
            own.extend(duplicates.why(at).map(|(why, cluster)| (why, None, Some(cluster))));
            let opens = Opens::of(subject, &linked);
            for (why, since, cluster) in own {
                let check = why.check().number();
                let ignored =
                    subject.ignored.iter().find(|one| one.check == check && one.holds(now_ms)).cloned();
                findings.push(Finding { entry: Some(subject.id), why, since, cluster, opens, ignored });
            }
        }
        for (check, why) in vault::check(self.vault) {
            let opens = Opens::Itself;
            let left = |one: &&Ignored| one.check == check.number() && one.holds(now_ms);
            let ignored = self.ignored.iter().find(left).cloned();
            findings.push(Finding { entry: None, why, since: None, cluster: None, opens, ignored });
        }
        let title: HashMap<Id, (&str, u64)> =
            subjects().map(|one| (one.id, (one.title.as_str(), one.modified))).collect();
        findings.sort_by_cached_key(|one| {
            let title = one.entry.and_then(|id| title.get(&id)).map_or("", |(title, _)| title);
            (one.ignored.is_some(), score::order(one), title, one.entry)
        });
        self.summed(findings, clusters, &linked)
    }

    fn summed(
        &self,
        findings: Vec<Finding>,
        clusters: Vec<super::Cluster>,
        linked: &HashMap<Id, Opens>,
    ) -> Report {
        let mut marks: HashMap<Id, Marks> = HashMap::new();
        let mut places: HashMap<Id, Vec<u32>> = HashMap::new();
        let mut counts = [0; 16];
        for (at, one) in (0u32..).zip(&findings) {
            if let Some(entry) = one.entry {
                places.entry(entry).or_default().push(at);
            }
            if one.ignored.is_some() {
                continue;
            }
            counts[usize::from(one.why.check().number())] += 1;
            if let Some(entry) = one.entry {
                let held = marks.entry(entry).or_default();
                held.bits |= one.why.check().bit();
                held.worst = held.worst.max(score::badness(&one.why) as u8);
            }
        }
        let active = || self.entries.iter().filter(|one| one.subject.state == State::Active);
        let with = || active().filter(|one| one.subject.current().is_some());
        let looked_at = || with().filter(|one| one.current().is_some());
        let scored = looked_at().count();
        let weighed = looked_at().map(|one| {
            let worst = marks.get(&one.subject.id).map_or(0, |marks| u64::from(marks.worst));
            (Opens::of(&one.subject, linked).weight(), worst)
        });
        Report {
            score: score::score(weighed),
            scored,
            unchecked: with().count() - scored,
            without: active().count() - with().count(),
            // - what nothing was looked up in says nothing of a miss
            leaks: self
                .leaks
                .filter(|_| looked_at().any(|one| !matches!(one.leak, None | Some(Looked::Failed)))),
            not_run: self.not_run(),
            findings,
            clusters,
            marks,
            places,
            counts,
        }
    }

    fn not_run(&self) -> Vec<(Check, NotRun)> {
        let mut not_run = Vec::new();
        let with = || self.entries.iter().filter(|one| one.current().is_some());
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let failed = with().filter(|one| matches!(one.leak, None | Some(Looked::Failed))).count();
        if self.leaks.is_none() {
            not_run.push((Check::Leaked, NotRun::NotGiven));
        } else if failed > 0 {
            not_run.push((Check::Leaked, NotRun::Entries(count(failed))));
        }
        let missed = with().filter(|one| one.master.is_none()).count();
        if missed > 0 && missed == with().count() {
            not_run.push((Check::Master, NotRun::NotGiven));
        } else if missed > 0 {
            not_run.push((Check::Master, NotRun::Entries(count(missed))));
        } else if let Some(others) = self.vault.map(|facts| facts.passwords).filter(|all| *all > 1) {
            // - one was typed; what else opens the vault is known by its slot alone
            not_run.push((Check::Master, NotRun::Others(others - 1)));
        }
        if !self.complete {
            not_run.push((Check::Similar, NotRun::TooMany));
        }
        let undated = with().filter(|one| one.subject.changed.is_none() && one.subject.due.is_none()).count();
        if undated > 0 {
            not_run.push((Check::Old, NotRun::Entries(count(undated))));
        }
        if self.vault.is_none() {
            not_run.extend([(Check::Kit, NotRun::NotGiven), (Check::Derivation, NotRun::NotGiven)]);
        }
        not_run
    }
}

/// Runs `work` on some threads of its own, whose stacks are overwritten after.
pub(super) fn in_pool<T: Send>(threads: usize, work: impl FnOnce() -> Option<T> + Send) -> Option<T> {
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(threads.max(1)).build() else {
        // No thread to be had: then here, in the caller's, by the global pool or none.
        return crate::crypto::burn_after(work);
    };
    let done = pool.install(work);
    pool.broadcast(|_| crate::crypto::burn());
    done
}

fn open_password(subject: &Subject, at: usize, with: &Checks<'_>) -> Option<Secret> {
    open_with(subject, at, with.open)
}

/// Opens one password of an entry; none when it does not open, or is no text.
pub(super) fn open_with(subject: &Subject, at: usize, open: Opener<'_>) -> Option<Secret> {
    let held = subject.passwords.get(at)?;
    Secret::from_bytes(open(subject.id, &held.envelope).ok()?).ok()
}

fn forms_of(subject: &Subject, at: usize, with: &Checks<'_>) -> Option<Forms> {
    let opened = open_password(subject, at, with)?;
    Some(Forms::of(opened.expose(), &subject.site_words()))
}

fn examine_all(
    subjects: Vec<Subject>,
    key: &RunKey,
    with: &Checks<'_>,
    watch: &Watch,
) -> Option<Vec<Marked>> {
    let master = with.master.map(|password| Master::new(key, password));
    let mut pieces: Vec<Vec<Subject>> = Vec::with_capacity(subjects.len() / PIECE + 1);
    let mut rest = subjects.into_iter();
    while rest.len() > 0 {
        pieces.push(rest.by_ref().take(PIECE).collect());
    }
    let pieces: Vec<Vec<Marked>> = pieces
        .into_par_iter()
        .map(|piece| {
            let mut out = Vec::with_capacity(piece.len());
            for subject in piece {
                if !watch.go_on() {
                    break;
                }
                out.push(examine(subject, key, with, master.as_ref()));
            }
            watch.done.fetch_add(out.len(), Ordering::Relaxed);
            crate::crypto::burn();
            out
        })
        .collect();
    watch.go_on().then(|| pieces.into_iter().flatten().collect())
}

fn examine(subject: Subject, key: &RunKey, with: &Checks<'_>, master: Option<&Master<'_>>) -> Marked {
    let site = subject.site_words();
    let mut one = Examined {
        prints: Vec::with_capacity(subject.passwords.len()),
        subject,
        weak: None,
        leak: None,
        digest: None,
        master: None,
    };
    let mut marked = Vec::new();
    for (at, held) in (0u32..).zip(&one.subject.passwords) {
        let Some(password) = open_password(&one.subject, at as usize, with) else {
            one.prints.push(None);
            continue;
        };
        let forms = Forms::of(password.expose(), &site);
        let print = Print::of(key, password.expose(), &forms, held.place, held.since);
        if at == 0 && one.subject.current().is_some() {
            one.weak = weak::check(&password, &one.subject);
            one.leak = with.leaks.map(|(look_up, _)| leaked::check(&password, look_up));
            one.digest = with.digests.then(|| leaked::digest(&password));
            one.master = master.map(|master| master.why(&password, &forms, &print));
        }
        marked.push((at, marks(key, &forms, &print)));
        one.prints.push(Some(print));
    }
    (one, marked)
}
