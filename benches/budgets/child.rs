//! What this program does when it is run as a child, to be measured as a whole process.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use mamori::commit;
use mamori::crypto::kdf::{self, Params};
use mamori::ops::search::by_title;
use mamori::platform::entropy::System;
use mamori::session::Open;
use mamori::store::disk::Real;
use mamori::store::{Store, Why};

use crate::support::{process, vault};

pub fn run(args: &[String]) {
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["meter", command, ..] => process::meter(command, &args[2..]),
        ["kdf", m, t, p] => {
            let number = |text: &str| text.parse().unwrap();
            let params = Params { m_kib: number(m), t: number(t), p: number(p) };
            let mut out = [0; 32];
            kdf::derive(b"password", b"saltsaltsaltsalt", params, &mut out).unwrap();
            println!("{}", out.map(|byte| format!("{byte:02x}")).concat());
        }
        ["vault", file, count] => {
            let mut open = vault::make(count.parse().unwrap());
            std::fs::write(file, vault::sealed(&mut open, vault::START)).unwrap();
        }
        ["start", file] => crate::screen::starts(file.as_ref()),
        ["open", file] => list(&vault::opened(store(file).read().unwrap(), 1)),
        ["merge", ours, theirs] => {
            let store_ours = store(ours);
            let mut open = vault::opened(store_ours.read().unwrap(), 1);
            open.join(store(theirs).read().unwrap(), false, false).unwrap();
            commit::commit(&store_ours, &mut open, Why::Edit, vault::START, &mut System).unwrap();
        }
        other => panic!("no such task: {other:?}"),
    }
}

/// The store of a file; its notes and backups lie beside it.
pub fn store(file: &str) -> Store {
    let path = PathBuf::from(file);
    let state = path.with_extension("state");
    Store::new(Arc::new(Real), path, state)
}

/// Lists all entries by title, as `mamori list` does; like the peer it makes no index.
pub fn list(open: &Open) {
    let mut out = std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    for entry in by_title(open.vault(), &|_| true) {
        writeln!(out, "{}/{}\t{}", entry.folder(), entry.title(), entry.username()).unwrap();
    }
}
