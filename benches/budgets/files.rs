//! Whole files: opening and listing, saving, merging. The peer is `keepassxc-cli` with a KDBX file
//! of the same entries that it made itself. What any vault costs, the key derivation and the start
//! of the program with it, is taken off on both sides by running the same on one entry.

use std::io::Write;
use std::path::{Path, PathBuf};

use mamori::commit;
use mamori::model::{Kind, Tag};
use mamori::ops::search::Index;
use mamori::platform::entropy::System;
use mamori::session::{Open, Sealed};
use mamori::store::Why;

use super::child::store;
use super::{clear, scratch};
use crate::support::measure::{Budget, Runs, Table, Unit, cpu_of, in_turn, wall_of};
use crate::support::vault::{self, PASSWORD};
use crate::support::words::Repeatable;
use crate::support::{peer, process};

const PEER: &str = "keepassxc-cli";

/// Makes the vault of `count` entries in `folder`, and the peer's file of it.
fn both(folder: &Path, count: usize, with_peer: bool) -> (String, String) {
    let mut open = vault::make(count);
    let file = folder.join(format!("{count}.mamori"));
    std::fs::write(&file, vault::sealed(&mut open, vault::START)).unwrap();
    let kdbx = file.with_extension("kdbx");
    if with_peer {
        peer::make(&open, &kdbx);
    }
    (text(&file), text(&kdbx))
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn listed(run: (process::Usage, String), least: usize) -> [f64; 2] {
    let (usage, out) = run;
    assert!(out.lines().count() >= least, "{} lines, {least} wanted", out.lines().count());
    [usage.cpu, usage.memory]
}

fn ours(file: &str, count: usize) -> [f64; 2] {
    listed(process::own(&["open", file]), count)
}

fn theirs(file: &str, count: usize) -> [f64; 2] {
    listed(process::run(PEER, &["ls", "-q", "-R", "-f", file], &format!("{PASSWORD}\n")), count)
}

pub fn open(table: &mut Table) {
    let folder = scratch("open");
    let with_peer = process::there_is(PEER);
    if !with_peer {
        table.without("open and list against the peer", "apt-get install keepassxc");
    }
    let (one, one_peer) = both(&folder, 1, with_peer);
    let mut by_count: Vec<Runs> = Vec::new();
    for (count, runs) in [(1_000, 11), (10_000, 9), (100_000, 3)] {
        let (file, kdbx) = both(&folder, count, with_peer);
        let cpu = |usage: [Runs; 2]| usage.into_iter().next().unwrap();
        let what = |figure: &str| format!("open and list {count}: {figure}");
        let [nothing, all] = in_turn(runs, [&mut || ours(&one, 1), &mut || ours(&file, count)]);
        let mine = all[0].less(&nothing[0]);
        if with_peer {
            let [base, peer, again] = in_turn(
                runs,
                [&mut || theirs(&one_peer, 1), &mut || theirs(&kdbx, count), &mut || ours(&file, count)],
            );
            let (time, memory) = if count == 10_000 {
                (Budget::Ratio(1.0 / 25.0), Budget::Ratio(0.5))
            } else {
                (Budget::None, Budget::None)
            };
            let took = peer[0].less(&cpu(base));
            let mine = again[0].less(&nothing[0]);
            table.row(&what("CPU"), Unit::Seconds, &mine, Some((PEER, &took)), time);
            table.row(&what("memory"), Unit::Bytes, &again[1], Some((PEER, &peer[1])), memory);
        } else {
            table.row(&what("CPU"), Unit::Seconds, &mine, None, Budget::None);
        }
        if count == 10_000 {
            // The key derivation's 8 MiB are gone before the file is opened.
            let most = Budget::Figure(40.0 * 1_048_576.0);
            table.row("memory of a process with 10000 entries", Unit::Bytes, &all[1], None, most);
        }
        by_count.push(mine);
    }
    linear(table, &by_count[1], &by_count[2]);
    in_process(table);
    clear("open");
}

/// Three runs of the large against the first three of the small.
fn linear(table: &mut Table, small: &Runs, large: &Runs) {
    let what = "open and list 100000 against 10000: CPU";
    table.row(what, Unit::Seconds, large, Some(("10000", small)), Budget::Ratio(11.0));
}

/// The steps of opening, in this process.
fn in_process(table: &mut Table) {
    for (count, runs) in [(10_000, 15), (100_000, 5)] {
        let mut made = vault::make(count);
        let bytes = vault::sealed(&mut made, vault::START);
        let key = made.key().duplicate();
        let opened = vault::opened(bytes.clone(), 1);
        let reopen = || {
            let sealed = Sealed::read(bytes.clone()).unwrap();
            sealed.open_with(key.duplicate(), vault::device(1)).unwrap()
        };
        let [open, copy, index] = in_turn(
            runs,
            [&mut || [cpu_of(reopen)], &mut || [cpu_of(|| bytes.clone())], &mut || {
                [cpu_of(|| Index::build(opened.vault(), &Kind::word))]
            }],
        );
        let name = format!("{} MiB file copied", bytes.len() >> 20);
        let what = format!("Sealed::open_with, {count}");
        table.row(&what, Unit::Seconds, &open[0], Some((&name, &copy[0])), Budget::None);
        let what = format!("Index::build, {count}");
        table.row(&what, Unit::Seconds, &index[0], Some(("open_with", &open[0])), Budget::None);
    }
}

pub fn save(table: &mut Table) {
    let folder = scratch("save");
    let file = text(&folder.join("vault.mamori"));
    let store = store(&file);
    let mut open = vault::make(10_000);
    commit::create(&store, &mut open, vault::START, &mut System).unwrap();
    // As after a start: unchanged records are copied from the file's own payload.
    let mut open = vault::opened(store.read().unwrap(), 1);
    let bytes = store.read().unwrap();
    let ids = vault::ids(&open);
    let mut draw = Repeatable(1);
    let mut now = vault::START;
    let [committed, plain] = in_turn(
        25,
        [
            &mut || {
                now += 60_000;
                edit_one(&mut open, &ids, &mut draw, now);
                [wall_of(|| commit::commit(&store, &mut open, Why::Edit, now, &mut System).unwrap())]
            },
            &mut || [wall_of(|| write_plainly(&folder, &bytes))],
        ],
    );
    let name = format!("{:.1} MiB written plainly", bytes.len() as f64 / 1_048_576.0);
    let what = "save after one edit, 10000";
    table.row(what, Unit::Seconds, &committed[0], Some((&name, &plain[0])), Budget::Ratio(1.5));
    let [sealed] = in_turn(15, [&mut || [cpu_of(|| open.seal(now, &mut System).unwrap())]]);
    table.row("of it, sealing: CPU", Unit::Seconds, &sealed[0], None, Budget::None);
    clear("save");
}

fn edit_one(open: &mut Open, ids: &[mamori::model::Id], draw: &mut Repeatable, now: u64) {
    let id = ids[draw.below(ids.len())];
    let change = vault::with_secret(open, id, Tag::PASSWORD, "another password", draw);
    open.apply(&change, now, draw).unwrap();
}

/// The least that a durable save can be: write, fsync, rename, fsync the folder.
fn write_plainly(folder: &Path, bytes: &[u8]) {
    let temp = folder.join("plain.tmp");
    let mut file = std::fs::File::create(&temp).unwrap();
    file.write_all(bytes).unwrap();
    file.sync_all().unwrap();
    std::fs::rename(&temp, folder.join("plain")).unwrap();
    std::fs::File::open(folder).unwrap().sync_all().unwrap();
}

/// Two files of one vault that went apart.
fn apart(count: usize) -> (Open, Open) {
    let bytes = vault::sealed(&mut vault::make(count), vault::START);
    let mut one = vault::opened(bytes.clone(), 1);
    let mut other = vault::opened(bytes, 2);
    vault::diverge(&mut one, 1, vault::START + 200 * 86_400_000);
    vault::diverge(&mut other, 2, vault::START + 201 * 86_400_000);
    (one, other)
}

pub fn merge(table: &mut Table) {
    if process::there_is(PEER) {
        merge_against_peer(table);
    } else {
        table.without("merge against the peer", "apt-get install keepassxc");
    }
    let mut joined = Vec::new();
    for (count, runs) in [(10_000, 9), (100_000, 3)] {
        let (mut one, mut other) = apart(count);
        let (ours, theirs) = (vault::sealed(&mut one, vault::START), vault::sealed(&mut other, vault::START));
        let key = one.key().duplicate();
        drop((one, other));
        let open = || {
            let sealed = Sealed::read(ours.clone()).unwrap();
            sealed.open_with(key.duplicate(), vault::device(1)).unwrap()
        };
        let [join, floor] = in_turn(
            runs,
            [
                &mut || {
                    let (mut open, theirs) = (open(), theirs.clone());
                    [cpu_of(|| open.join(theirs, false, false).unwrap())]
                },
                &mut || [cpu_of(open)],
            ],
        );
        let what = format!("Open::join, {count}");
        table.row(&what, Unit::Seconds, &join[0], Some(("opening one", &floor[0])), Budget::None);
        joined.push(join.into_iter().next().unwrap());
    }
    let what = "Open::join, 100000 against 10000";
    table.row(what, Unit::Seconds, &joined[1], Some(("10000", &joined[0])), Budget::Ratio(11.0));
}

fn merge_against_peer(table: &mut Table) {
    let folder = scratch("merge");
    let path = |name: &str| folder.join(name);
    let write = |open: &mut Open, name: &str| -> (PathBuf, PathBuf) {
        let (file, kdbx) = (path(name), path(name).with_extension("kdbx"));
        std::fs::write(&file, vault::sealed(open, vault::START)).unwrap();
        peer::make(open, &kdbx);
        (file, kdbx)
    };
    let (mut one, mut other) = apart(10_000);
    let (ours, ours_peer) = write(&mut one, "one.mamori");
    let (theirs, theirs_peer) = write(&mut other, "other.mamori");
    let (into, into_peer) = (path("into.mamori"), path("into.kdbx"));
    let [mine, peer] = in_turn(
        7,
        [
            &mut || {
                std::fs::copy(&ours, &into).unwrap();
                let (usage, _) = process::own(&["merge", &text(&into), &text(&theirs)]);
                [usage.cpu, usage.memory]
            },
            &mut || {
                std::fs::copy(&ours_peer, &into_peer).unwrap();
                let args = ["merge", "-q", "-s", &text(&into_peer), &text(&theirs_peer)];
                let (usage, _) = process::run(PEER, &args, &format!("{PASSWORD}\n"));
                [usage.cpu, usage.memory]
            },
        ],
    );
    let what = "merge of two files of 10000, all of it: CPU";
    table.row(what, Unit::Seconds, &mine[0], Some((PEER, &peer[0])), Budget::Ratio(1.0 / 25.0));
    let what = "merge of two files of 10000: memory";
    table.row(what, Unit::Bytes, &mine[1], Some((PEER, &peer[1])), Budget::None);
    clear("merge");
}
