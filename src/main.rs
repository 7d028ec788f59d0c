//! The thin binary: hardens the process, then hands over to the command line or the full-screen program.

use std::process::ExitCode;
use std::sync::Arc;

use mamori::cli::{self, Next, World};
use mamori::config::{Memory, Mistake};
use mamori::error::{Ask, Fault};
use mamori::platform::{clipboard, clock, harden, memory, resources};
use mamori::store::Store;
use mamori::store::disk::{Disk, Real};
use mamori::text::Lang;
use mamori::tui;

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
    let mistakes = |text: &str| tui::config::settings(text).err().unwrap_or_default();
    match cli::run(&World { args, env: &env, keys: &keys, mistakes: &mistakes }) {
        Next::Exit(code) => code.into(),
        Next::FullScreen(asked) => full_screen(*asked),
    }
}

/// Starts the full-screen program; its own errors come back as an exit code.
fn full_screen(asked: cli::FullScreen) -> ExitCode {
    let disk = Arc::new(Real);
    let memory_file = asked.state.join("remembered.toml");
    let held = disk.read(&memory_file, 4096).unwrap_or_default();
    let memory = Memory::parse(&String::from_utf8_lossy(&held));
    // What F2 chose last stands above the locale, below what somebody named.
    let named = asked.lang_named || asked.settings.language.is_some();
    let term = std::env::var("TERM").unwrap_or_default();
    // - the Linux console shows no Japanese, whatever was chosen elsewhere
    let remembered = memory.language_over(asked.lang).filter(|_| !named && term != "linux");
    let lang = remembered.unwrap_or(asked.lang);
    let backups = asked.settings.backup_dir.clone();
    let vault = std::path::absolute(&asked.vault).unwrap_or(asked.vault);
    let store = Store::new(disk, vault, asked.state);
    let store = asked.spare.map_or(store.clone(), |folder| store.with_spare(folder));
    let ended = tui::run(tui::Start {
        store: backups.map_or(store.clone(), |folder| store.with_backups(folder)),
        settings: asked.settings,
        lang,
        memory,
        memory_file,
        config_file: asked.config,
        asked_lang: asked.lang,
        clock: Arc::new(clock::System),
        color: !asked.plain,
        term,
        vault_folder: asked.vault_folder,
        read_only: asked.read_only,
        ask: asked.ask,
        key_file: asked.key_file,
        recovery: asked.recovery,
        demo: asked.demo,
        foreign_locale: asked.foreign_locale,
        places: tui::files::Places::of(
            &|name| std::env::var_os(name),
            std::env::current_dir().ok(),
            resources::under_wsl(),
        ),
        query: Some(asked.query).filter(|query| !query.is_empty()),
    });
    match ended {
        Ok(tui::Ended::Quit) => ExitCode::SUCCESS,
        Ok(tui::Ended::Signal | tui::Ended::Hangup) => 130.into(),
        Ok(tui::Ended::Lost) => cli::fail(lang, &Fault::Unkept.into()).into(),
        Err(tui::RunError::NoTerminal(_)) => cli::fail(lang, &Ask::NoTerminal.into()).into(),
        Err(tui::RunError::Keys(problems)) => {
            let problems = problems.into_iter().map(Into::into);
            let mistakes = problems.map(|problem| Mistake { line: None, problem }).collect();
            cli::fail(lang, &Fault::Settings(mistakes).into()).into()
        }
    }
}
