//! Smaller work: sealing and opening values, changes, an import. No budgets of their own.

use mamori::model::Tag;
use mamori::ops::change::Change;
use mamori::ops::import::plan::plan;
use mamori::ops::import::{self, Options};
use mamori::platform::entropy::System;
use mamori::session::Open;

use crate::support::measure::{Budget, Runs, Table, Unit, cpu_of, in_turn};
use crate::support::vault;
use crate::support::words::{Repeatable, roboform};

pub fn measure(table: &mut Table) {
    let mut open = vault::make(10_000);
    values(table, &open);
    changes(table, &mut open);
    imports(table);
}

fn each(runs: Runs, count: usize) -> Runs {
    Runs(runs.0.into_iter().map(|one| one / count as f64).collect())
}

fn values(table: &mut Table, open: &Open) {
    const MANY: usize = 2_000;
    let id = vault::ids(open)[0];
    let envelope = open.sealer(&mut System).seal(id, b"correct horse battery").unwrap();
    let held: Vec<_> = (0..1_100).map(|_| open.reveal(id, &envelope).unwrap()).collect();
    let full = in_turn(9, [&mut || [cpu_of(|| (0..MANY).for_each(|_| drop(open.reveal(id, &envelope))))]]);
    drop(held);
    let [seal, reveal, hash] = in_turn(
        9,
        [
            &mut || {
                let mut entropy = System;
                let mut sealer = open.sealer(&mut entropy);
                [cpu_of(|| (0..MANY).for_each(|_| drop(sealer.seal(id, b"correct horse battery"))))]
            },
            &mut || [cpu_of(|| (0..MANY).for_each(|_| drop(open.reveal(id, &envelope))))],
            &mut || [cpu_of(|| (0..MANY).for_each(|_| _ = mamori::crypto::keys::sha256(&envelope)))],
        ],
    );
    let one = |[runs]: [Runs; 1]| each(runs, MANY);
    let (seal, reveal, hash) = (one(seal), one(reveal), one(hash));
    let base = Some(("SHA-256 of it", &hash));
    table.row("seal one password", Unit::Seconds, &seal, base, Budget::None);
    table.row("open one password", Unit::Seconds, &reveal, base, Budget::None);
    let [full] = full;
    table.row(
        "open one password, locked pages full",
        Unit::Seconds,
        &one(full),
        Some(("with room", &reveal)),
        Budget::None,
    );
}

fn changes(table: &mut Table, open: &mut Open) {
    let ids = vault::ids(open);
    let mut draw = Repeatable(5);
    let mut now = vault::START;
    let [single] = in_turn(
        9,
        [&mut || {
            now += 1000;
            let change =
                vault::with_secret(open, ids[draw.below(ids.len())], Tag::PASSWORD, "next", &mut draw);
            [cpu_of(|| open.apply(&change, now, &mut draw).unwrap())]
        }],
    );
    let [many] = in_turn(
        5,
        [&mut || {
            now += 1000;
            let all = ids.iter().map(|id| vault::with_secret(open, *id, Tag::PASSWORD, "next", &mut draw));
            let change = Change::Many(all.collect());
            [cpu_of(|| open.apply(&change, now, &mut draw).unwrap())]
        }],
    );
    table.row("apply one change at 10000", Unit::Seconds, &single[0], None, Budget::None);
    table.row("apply 10000 changes as one", Unit::Seconds, &many[0], None, Budget::None);
}

fn imports(table: &mut Table) {
    let file = roboform(0, 10_000);
    let empty = vault::make(0);
    let mut draw = Repeatable(7);
    let imported = import::read(file.as_bytes(), Options::default()).unwrap();
    let first = plan(&imported, empty.vault(), &mut empty.sealer(&mut draw), vault::START).unwrap();
    let mut full = vault::make(0);
    full.apply(&first.change.unwrap(), vault::START, &mut draw).unwrap();
    let [read, new, again, apply] = in_turn(
        5,
        [
            &mut || [cpu_of(|| import::read(file.as_bytes(), Options::default()).unwrap())],
            &mut || [cpu_of(|| plan(&imported, empty.vault(), &mut empty.sealer(&mut System), vault::START))],
            &mut || [cpu_of(|| plan(&imported, full.vault(), &mut full.sealer(&mut System), vault::START))],
            &mut || {
                let mut into = vault::make(0);
                let planned =
                    plan(&imported, into.vault(), &mut into.sealer(&mut System), vault::START).unwrap();
                let change = planned.change.unwrap();
                [cpu_of(|| into.apply(&change, vault::START, &mut System).unwrap())]
            },
        ],
    );
    let base = Some(("reading it", &read[0]));
    table.row("import 10000 rows: read the file", Unit::Seconds, &read[0], None, Budget::None);
    table.row("import 10000 rows: plan, all new", Unit::Seconds, &new[0], base, Budget::None);
    table.row("import 10000 rows: plan, all there", Unit::Seconds, &again[0], base, Budget::None);
    table.row("import 10000 rows: apply", Unit::Seconds, &apply[0], base, Budget::None);
}
