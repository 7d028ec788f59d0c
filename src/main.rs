//! The thin binary: hardens the process, then hands over to the command line or the full-screen program.

use std::process::ExitCode;

use mamori::cli::{self, Next, World};
use mamori::platform::{clipboard, harden, memory};
use mamori::text::Lang;

#[global_allocator]
static ALLOCATOR: memory::WipingAlloc = memory::WipingAlloc;

fn main() -> ExitCode {
    harden::harden();
    let args: Vec<_> = std::env::args_os().skip(1).collect();
    if args.first().is_some_and(|first| first == clipboard::HELPER_ARGUMENT) {
        return clipboard::helper_main().into();
    }
    let env = |name: &str| std::env::var_os(name);
    let keys = |lang: Lang| mamori::tui::command::table(lang);
    match cli::run(&World { args, env: &env, keys: &keys }) {
        Next::Exit(code) => code.into(),
        Next::FullScreen(asked) => full_screen(asked),
    }
}

/// Where the full-screen program starts; its own errors come back as an exit code.
fn full_screen(_asked: cli::FullScreen) -> ExitCode {
    ExitCode::FAILURE
}
