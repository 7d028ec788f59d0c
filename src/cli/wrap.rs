//! Breaks help into lines of so many cells: at spaces, and between wide letters, which Japanese
//! needs; never before closing punctuation.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What must not begin a line.
const CLOSING: &str = "、。，．・」』）】ー？！,.;:)]";
/// What must not end one.
const OPENING: &str = "「『（【([";

/// The lines of a text; line ends in it are only where its author broke it.
pub(super) fn wrap(text: &str, cells: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(&joined(text)) {
        if !line.is_empty() && line.width() + piece.trim_end().width() > cells {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        let piece = if line.is_empty() { piece.trim_start() } else { piece.as_str() };
        line.push_str(piece);
    }
    if !line.trim_end().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

fn is_wide(letter: char) -> bool {
    letter.width() == Some(2)
}

/// One line of it: a break between two wide letters was nothing, any other one was a space.
fn joined(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for line in text.lines() {
        let wide = all.chars().next_back().is_some_and(is_wide) || line.chars().next().is_some_and(is_wide);
        if !all.is_empty() && !wide {
            all.push(' ');
        }
        all.push_str(line);
    }
    all
}

/// Pieces between which a line may end.
fn pieces(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut before = None;
    for letter in text.chars() {
        let may = before.is_some_and(|before: char| {
            let spaced = before == ' ' && letter != ' ';
            let wide = is_wide(before) || is_wide(letter);
            (spaced || wide) && !CLOSING.contains(letter) && !OPENING.contains(before) && letter != ' '
        });
        if may {
            all.push(String::new());
        }
        if let Some(last) = all.last_mut() {
            last.push(letter);
        }
        before = Some(letter);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_breaks_at_spaces_and_japanese_between_letters() {
        assert_eq!(wrap("one two\nthree", 9), ["one two", "three"]);
        assert_eq!(wrap("one two\nthree", 13), ["one two three"]);
        assert_eq!(wrap("何も失われ\nません。", 8), ["何も失わ", "れませ", "ん。"]);
        assert_eq!(wrap("--yes が必要", 8), ["--yes が", "必要"]);
        assert_eq!(wrap("", 8), Vec::<String>::new());
    }
}
