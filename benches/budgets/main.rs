//! The budgets, measured: `cargo bench --bench budgets`, or only some parts of it:
//! `cargo bench --bench budgets -- kdf open save merge search health work keys screen`. See README.md beside it.
//!
//! Every budget but the search's is a ratio to a baseline of the same run. Nothing here is asserted
//! in a test: without `--bench` (as `cargo test --all-targets` runs it) it does nothing.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark"
)]

mod child;
mod files;
mod health;
mod kdf;
mod keys;
mod screen;
mod search;
#[path = "../support/mod.rs"]
mod support;
mod work;

use std::path::PathBuf;

use support::measure::Table;

/// The allocator of the program: wiping is part of what is measured.
#[global_allocator]
static ALLOCATOR: mamori::platform::memory::WipingAlloc = mamori::platform::memory::WipingAlloc;

type Part = fn(&mut Table);

const PARTS: &[(&str, Part)] = &[
    ("kdf", kdf::measure),
    ("open", files::open),
    ("save", files::save),
    ("merge", files::merge),
    ("search", search::measure),
    ("health", health::measure),
    ("work", work::measure),
    ("keys", keys::measure),
    ("screen", screen::measure),
];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let Some(("child", rest)) = args.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        return child::run(rest);
    }
    if !args.iter().any(|arg| arg == "--bench") {
        return println!("nothing measured: run it as cargo bench --bench budgets");
    }
    let wanted: Vec<&String> = args.iter().filter(|arg| !arg.starts_with('-')).collect();
    let mut table = Table::new();
    for (name, part) in PARTS {
        if wanted.is_empty() || wanted.iter().any(|one| one == name) {
            part(&mut table);
        }
    }
    table.end();
}

/// A folder for files of this run, on the disk that the build is on.
pub fn scratch(name: &str) -> PathBuf {
    let path =
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("budgets-{}", std::process::id())).join(name);
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// Takes the scratch folders away.
pub fn clear(name: &str) {
    let _ = std::fs::remove_dir_all(scratch(name));
}
