//! Makes a vault of invented entries, for trying things out by hand:
//! `cargo bench --bench generate -- FILE COUNT [kdbx]`.
//!
//! The password is `bench`, the key derivation the least there is. The same count gives the same
//! vault, keys included: never put anything of your own into it. With `kdbx` the peer's file of the
//! same entries is made beside it (`keepassxc-cli` must be installed).

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a tool for developers"
)]

mod support;

use std::path::Path;

use support::{peer, process, vault};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["child", "meter", command, rest @ ..] => {
            process::meter(command, &rest.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>());
        }
        [file, count, kdbx @ ..] => {
            let mut open = vault::make(count.parse().expect("a number of entries"));
            std::fs::write(file, vault::sealed(&mut open, vault::START)).unwrap();
            if kdbx == ["kdbx"] {
                peer::make(&open, &Path::new(file).with_extension("kdbx"));
            }
            println!("{file}: {count} entries, password {}", vault::PASSWORD);
        }
        _ => println!("cargo bench --bench generate -- FILE COUNT [kdbx]"),
    }
}
