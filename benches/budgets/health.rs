//! Health: everything of 100,000 entries, and a report after an edit.

use mamori::ops::health::{Checks, Health, Intervals, Subject, Watch};

use crate::support::measure::{Budget, Table, Unit, cpu_of, in_turn};
use crate::support::vault;

pub fn measure(table: &mut Table) {
    for (count, runs, budget) in [(10_000, 5, Budget::None), (100_000, 3, Budget::Figure(5.0))] {
        let open = vault::make(count);
        let revealer = open.revealer();
        let reveal = |id, envelope: &[u8]| revealer.open(id, envelope);
        let with = Checks {
            open: &reveal,
            key: [3; 16],
            leaks: None,
            master: None,
            vault: None,
            ignored: Vec::new(),
            digests: false,
            threads: 2,
        };
        let intervals = Intervals::default();
        let mut held = None;
        let [whole] = in_turn(
            runs,
            [&mut || {
                [cpu_of(|| {
                    let subjects = open.vault().entries().map(Subject::of).collect();
                    let health = Health::check(subjects, &with, &Watch::default()).unwrap();
                    let report = health.report(vault::START, &intervals);
                    held = Some(health);
                    report
                })]
            }],
        );
        table.row(&format!("health of {count} entries"), Unit::Seconds, &whole[0], None, budget);
        let mut health = held.unwrap();
        let mut ids = vault::ids(&open).into_iter().cycle();
        let [edit] = in_turn(
            runs,
            [&mut || {
                let changed = Subject::of(open.vault().entry(ids.next().unwrap()).unwrap());
                [cpu_of(|| {
                    assert!(health.update(vec![changed], &[], &with, &Watch::default()));
                    health.report(vault::START, &intervals)
                })]
            }],
        );
        let base = Some(("the whole run", &whole[0]));
        table.row(
            &format!("health of {count} entries, after one edit"),
            Unit::Seconds,
            &edit[0],
            base,
            Budget::None,
        );
    }
}
