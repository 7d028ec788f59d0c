//! Argon2id against Debian's libargon2, each as a whole process: ours a child of this program, the
//! other the `argon2` command of the package of that name. The outputs are compared, too.

use crate::support::measure::{Budget, Runs, Table, Unit, in_turn};
use crate::support::process;

pub fn measure(table: &mut Table) {
    if !process::there_is("argon2") {
        return table.without("key derivation", "apt-get install argon2");
    }
    for (lanes, what, budget) in [("1", "one lane", Budget::Ratio(0.85)), ("4", "4 lanes", Budget::None)] {
        let [ours, theirs]: [[Runs; 2]; 2] = in_turn(
            11,
            [&mut || timed(|| process::own(&["kdf", "65536", "3", lanes])), &mut || {
                let args =
                    ["saltsaltsaltsalt", "-id", "-t", "3", "-k", "65536", "-p", lanes, "-l", "32", "-r"];
                timed(|| process::run("argon2", &args, "password"))
            }],
        );
        let same = |one: &str| process::own(&["kdf", "65536", "3", lanes]).1.trim() == one.trim();
        let args = ["saltsaltsaltsalt", "-id", "-t", "3", "-k", "65536", "-p", lanes, "-l", "32", "-r"];
        assert!(same(&process::run("argon2", &args, "password").1), "the two derive different keys");
        let name = format!("Argon2id 64 MiB, t=3, {what}: CPU");
        table.row(&name, Unit::Seconds, &ours[0], Some(("libargon2", &theirs[0])), budget);
        let name = format!("Argon2id 64 MiB, t=3, {what}: wall");
        table.row(&name, Unit::Seconds, &ours[1], Some(("libargon2", &theirs[1])), Budget::None);
    }
}

fn timed(run: impl FnOnce() -> (process::Usage, String)) -> [f64; 2] {
    let before = std::time::Instant::now();
    let (usage, _) = run();
    [usage.cpu, before.elapsed().as_secs_f64()]
}
