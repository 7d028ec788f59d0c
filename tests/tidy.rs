//! What a machine can hold of the architecture: the layers, file sizes, no `Debug` on secrets, no
//! file system outside its place, changelog and version.

use std::path::{Path, PathBuf};

/// Which parts of `crate::` a part may name. A part is a top module; `platform::memory` and
/// `platform::entropy` stand alone because they are no I/O: memory for secrets below everything,
/// the system's random bytes for `store`.
const LAYERS: &[(&str, &[&str])] = &[
    ("secret", &["platform::memory"]),
    ("crypto", &["crypto", "secret", "platform::memory"]),
    ("format", &["format", "crypto", "model", "secret", "platform::memory"]),
    ("model", &["model", "crypto::keys", "secret"]),
    ("ops", &["ops", "model", "crypto", "secret", "session"]),
    ("session", &["crypto", "format", "model", "ops", "secret"]),
    ("store", &["store", "format", "crypto::entropy", "model", "session", "platform::entropy"]),
    ("commit", &["session", "store", "model", "ops", "crypto::entropy"]),
    ("leaks", &["ops::health", "platform::hibp"]),
    ("doctor", &["doctor", "crypto::kdf", "format::header", "session", "store", "platform", "text"]),
    ("kept", &["session", "platform::keyring"]),
    ("platform", &["platform", "crypto", "secret", "text", "config", "ops::rotation::rotator"]),
    (
        "text",
        &[
            "text", "format", "session", "store", "commit", "ops", "model", "crypto", "platform", "config",
            // the recovery kit is a text that is a secret
            "tui", "error", "doctor", "secret",
        ],
    ),
    // settings of rotation are its own types; nothing of it reads settings
    ("config", &["config", "text", "platform", "model", "ops::rotation", "ops::generate"]),
];

/// Files that may pass 600 lines, and why.
const LONG: &[(&str, &str)] = &[];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|end| end == "rs") {
            out.push(path);
        }
    }
}

fn all() -> Vec<(String, String)> {
    let mut paths = Vec::new();
    sources(&root().join("src"), &mut paths);
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(root().join("src")).expect("inside").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("UTF-8"))
        })
        .collect()
}

/// The code of a file without its comments and without its test module.
fn code(text: &str) -> String {
    let body = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    body.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Paths below `crate::` that code names, use groups spread out one level.
fn named(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        if let Some(group) = rest.strip_prefix('{') {
            let group = group.split('}').next().unwrap_or("");
            found.extend(group.split(',').map(|one| one.trim().to_owned()));
        } else {
            let path: String = rest
                .chars()
                .take_while(|letter| letter.is_alphanumeric() || matches!(letter, '_' | ':'))
                .collect();
            found.push(path.trim_end_matches(':').to_owned());
        }
    }
    found
}

fn is_test(name: &str) -> bool {
    name.ends_with("tests.rs") || name.contains("/tests/")
}

fn part(name: &str) -> &str {
    name.split('/').next().unwrap_or(name).trim_end_matches(".rs")
}

#[test]
fn arrows_point_down() {
    let mut crossed = Vec::new();
    for (name, text) in all().iter().filter(|(name, _)| !is_test(name)) {
        let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == part(name)) else { continue };
        for path in named(&code(text)) {
            let fits = allowed.iter().any(|one| path == *one || path.starts_with(&format!("{one}::")));
            if !fits && !path.is_empty() {
                crossed.push(format!("{name}: crate::{path}"));
            }
        }
    }
    assert!(crossed.is_empty(), "a layer is crossed:\n{}", crossed.join("\n"));
}

#[test]
fn the_two_faces_never_import_each_other() {
    for (name, text) in all() {
        let code = code(&text);
        for (face, other) in [("cli", "crate::tui"), ("tui", "crate::cli")] {
            assert!(part(&name) != face || !code.contains(other), "{name} names {other}");
        }
    }
}

#[test]
fn things_stay_where_they_belong() {
    // What, and the parts (or files) that may have it.
    let rules: &[(&str, &[&str])] = &[
        ("ratatui", &["tui"]),
        ("arboard", &["platform"]),
        ("bincode", &["format/wire.rs"]),
        ("unsafe {", &["platform/memory.rs"]),
        ("unsafe impl", &["platform/memory.rs"]),
        ("std::fs::", &["store", "platform"]),
        ("SystemTime::now", &["platform/clock.rs"]),
        ("Instant::now", &["platform", "main.rs", "tui/mod.rs", "cli"]),
        ("println!", &[]),
        ("process::exit", &["main.rs", "platform"]),
        ("std::env::var", &["main.rs", "platform", "cli", "tui/mod.rs"]),
    ];
    let mut wrong = Vec::new();
    for (name, text) in all().iter().filter(|(name, _)| !is_test(name)) {
        let code = code(text);
        for (what, places) in rules {
            if code.contains(what) && !places.iter().any(|place| name == place || part(name) == *place) {
                wrong.push(format!("{name} has {what}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pure_parts_ask_no_clock_and_no_disk() {
    for (name, text) in all().iter().filter(|(name, _)| !is_test(name)) {
        if matches!(part(name), "crypto" | "format" | "model" | "ops" | "session") {
            let code = code(text);
            for word in ["std::fs", "std::net", "std::process", "Instant::now", "SystemTime", "std::env::"] {
                assert!(!code.contains(word), "{name} has {word}");
            }
        }
    }
}

#[test]
fn secrets_print_nothing() {
    for (name, text) in all() {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let holds =
                ["pub struct Secret(", "pub struct SecretBytes {", "pub struct Key(", "pub struct Guarded {"];
            if holds.iter().any(|start| line.starts_with(start)) {
                let above = lines[at.saturating_sub(3)..at].join("\n");
                assert!(!above.contains("derive("), "{name}:{}: a secret type derives something", at + 1);
            }
        }
    }
}

#[test]
fn files_have_one_subject() {
    for (name, text) in all() {
        let lines = text.lines().count();
        let excused = LONG.iter().any(|(long, _)| *long == name);
        assert!(lines <= 600 || excused, "{name} has {lines} lines: look for the second subject in it");
    }
}

#[test]
fn every_module_says_what_it_is() {
    for (name, text) in all() {
        assert!(text.starts_with("//!"), "{name} does not open with what it is");
    }
}

#[test]
fn the_changelog_knows_this_version() {
    let changelog = std::fs::read_to_string(root().join("CHANGELOG.md")).expect("there");
    assert!(changelog.contains(&format!("## {}", env!("CARGO_PKG_VERSION"))));
}
