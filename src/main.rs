//! The thin binary: hardens the process, then hands over to the command line or the full-screen program.

use std::process::ExitCode;

use mamori::platform::{clipboard, harden, memory};

#[global_allocator]
static ALLOCATOR: memory::WipingAlloc = memory::WipingAlloc;

fn main() -> ExitCode {
    harden::harden();
    if std::env::args_os().nth(1).is_some_and(|first| first == clipboard::HELPER_ARGUMENT) {
        return clipboard::helper_main().into();
    }
    ExitCode::SUCCESS
}
