//! The README shows its pictures (drawn from real frames in `tests/scenes/pictures.rs`), and its set-up
//! commands are two.

use std::path::PathBuf;

#[test]
fn there_are_two_set_up_commands_and_the_pictures_are_shown() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    for (page, lang) in [("README.md", "en"), ("README.ja.md", "ja")] {
        let text = std::fs::read_to_string(root.join(page)).expect("there");
        for picture in ["screen", "generator"] {
            let picture = format!("assets/{picture}.{lang}.svg");
            assert!(text.contains(&picture), "{page} shows {picture}");
            assert!(root.join(&picture).is_file(), "{picture} is there");
        }
        let commands: Vec<&str> = text.lines().filter(|line| line.starts_with("cargo ")).collect();
        assert_eq!(commands, ["cargo run --release", "cargo test"], "{page}");
    }
}
