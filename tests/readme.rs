//! The README shows what the program looks like today: its picture is drawn from a snapshot of the
//! real screen, cell by cell, and must be the one that is committed (`UPDATE_SNAPSHOTS=1` rewrites
//! it). Its set-up commands are two.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

const CELL: f64 = 8.4;
const LINE: f64 = 18.0;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The screen of a snapshot file at a size.
fn screen(snapshot: &str, size: &str) -> Vec<String> {
    let text = std::fs::read_to_string(root().join("tests/keys").join(snapshot)).expect("a snapshot");
    text.lines()
        .skip_while(|line| *line != format!("--- {size}"))
        .skip(1)
        .take_while(|line| !line.starts_with("cursor ") && !line.starts_with("--- "))
        .map(str::to_owned)
        .collect()
}

/// Draws a screen; each run of one width stands at its own cell, so that wide characters line up
/// whatever the font.
fn picture(lines: &[String]) -> String {
    let columns = lines.iter().map(|line| line.width()).max().unwrap_or(0);
    let (width, height) = (columns as f64 * CELL + 24.0, lines.len() as f64 * LINE + 24.0);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\">\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#16181d\"/>\n\
         <g font-family=\"DejaVu Sans Mono, Noto Sans Mono CJK JP, Menlo, Consolas, monospace\" \
         font-size=\"14\" fill=\"#d7dae0\" xml:space=\"preserve\">"
    );
    for (row, line) in lines.iter().enumerate() {
        let y = 12.0 + (row as f64 + 0.75) * LINE;
        let mut column = 0;
        let mut run: Option<(usize, usize, String)> = None;
        let mut flush = |run: &mut Option<(usize, usize, String)>| {
            if let Some((at, cells, text)) = run.take().filter(|(_, _, text)| !text.trim().is_empty()) {
                let text = text.replace('&', "&amp;").replace('<', "&lt;");
                let _ = writeln!(
                    out,
                    "<text x=\"{:.1}\" y=\"{y:.1}\" textLength=\"{:.1}\" lengthAdjust=\"spacingAndGlyphs\">{text}</text>",
                    12.0 + at as f64 * CELL,
                    cells as f64 * CELL
                );
            }
        };
        for letter in line.graphemes(true) {
            let cells = letter.width();
            match &mut run {
                Some((_, length, text))
                    if letter != " " && text.graphemes(true).all(|one| one.width() == cells) =>
                {
                    *length += cells;
                    text.push_str(letter);
                }
                _ => {
                    flush(&mut run);
                    run = (letter != " ").then(|| (column, cells, letter.to_owned()));
                }
            }
            column += cells;
        }
        flush(&mut run);
    }
    out.push_str("</g>\n</svg>\n");
    out
}

fn same(path: &Path, wanted: &str) {
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::io::Write::write_all(&mut std::fs::File::create(path).expect("made"), wanted.as_bytes())
            .expect("written");
    }
    let have = std::fs::read_to_string(path).unwrap_or_default();
    assert!(have == wanted, "{} is not today's screen: UPDATE_SNAPSHOTS=1 cargo test", path.display());
}

#[test]
fn the_pictures_are_of_today() {
    for lang in ["en", "ja"] {
        let lines = screen(&format!("copied.{lang}.txt"), "80x24");
        assert!(lines.len() >= 23, "{} lines", lines.len());
        same(&root().join(format!("assets/screen.{lang}.svg")), &picture(&lines));
        let lines = screen(&format!("generator-words.{lang}.txt"), "80x24");
        assert!(lines.len() >= 23, "{} lines", lines.len());
        same(&root().join(format!("assets/generator.{lang}.svg")), &picture(&lines));
    }
}

#[test]
fn there_are_two_set_up_commands_and_the_pictures_are_shown() {
    for (page, picture) in [("README.md", "assets/screen.en.svg"), ("README.ja.md", "assets/screen.ja.svg")] {
        let text = std::fs::read_to_string(root().join(page)).expect("there");
        assert!(text.contains(picture), "{page} shows {picture}");
        let commands: Vec<&str> = text.lines().filter(|line| line.starts_with("cargo ")).collect();
        assert_eq!(commands, ["cargo run --release", "cargo test"], "{page}");
    }
}
