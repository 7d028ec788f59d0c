//! The one gate through which every text that came from outside (titles, addresses, file names,
//! error texts, revealed passwords) passes before it is drawn or printed on a terminal.
//!
//! What could move the cursor, change the reading order or hide itself becomes a visible mark such
//! as `<U+202E>`. It is not for pipes: there the bytes are exact.

use std::borrow::Cow;
use std::fmt::Write as _;

/// True when this character must not reach a terminal as it is.
///
/// These are C0, DEL, C1, soft hyphen, line and paragraph separator, every bidirectional control,
/// zero-width and other format characters (Unicode category Cf), variation selectors, interlinear
/// annotation and tag characters, and code points that are not characters.
pub fn is_hostile(c: char) -> bool {
    matches!(
        u32::from(c),
        0x00..=0x1F
            | 0x7F..=0x9F
            | 0xAD
            | 0x034F
            | 0x0600..=0x0605
            | 0x061C
            | 0x06DD
            | 0x070F
            | 0x0890..=0x0891
            | 0x08E2
            | 0x115F..=0x1160
            | 0x17B4..=0x17B5
            | 0x180B..=0x180F
            | 0x200B..=0x200F
            | 0x2028..=0x202E
            | 0x2060..=0x206F
            | 0x3164
            | 0xFE00..=0xFE0F
            | 0xFEFF
            | 0xFFA0
            | 0xFFF0..=0xFFFB
            | 0x110BD
            | 0x110CD
            | 0x13430..=0x1343F
            | 0x1BCA0..=0x1BCA3
            | 0x1D173..=0x1D17A
            | 0xE0000..=0xE0FFF
    ) || u32::from(c) & 0xFFFE == 0xFFFE
}

/// `text` with every hostile character as a visible mark; borrowed when there is none.
pub fn line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hostile(c) {
            push_mark(&mut clean, c);
        } else {
            clean.push(c);
        }
    }
    Cow::Owned(clean)
}

/// The same for a text of several lines: line feeds stay, carriage returns before them go.
pub fn lines(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for (number, part) in text.split('\n').enumerate() {
        if number > 0 {
            clean.push('\n');
        }
        clean.push_str(&line(part.strip_suffix('\r').unwrap_or(part)));
    }
    clean
}

fn push_mark(out: &mut String, c: char) {
    let name = match c {
        '\t' => "TAB",
        '\n' => "LF",
        '\r' => "CR",
        '\u{1B}' => "ESC",
        '\u{7F}' => "DEL",
        _ => {
            // - writing to a string cannot fail
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
            return;
        }
    };
    out.push('<');
    out.push_str(name);
    out.push('>');
}

/// The name of an attachment as a file on this machine may be called: no folder, nothing hidden,
/// nothing that a shell or a terminal trips over.
pub fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let clean: String = last
        .chars()
        .map(|c| {
            let odd = c.is_control() || is_hostile(c) || ":*?\"<>|'`$&;()[]{}~!#%".contains(c);
            if odd { '_' } else { c }
        })
        .collect();
    let clean = clean.trim().trim_start_matches(['.', '-']).trim_end_matches('.');
    let mut short = String::new();
    for c in clean.chars() {
        // - file systems take 255 bytes; a number may have to be added
        if short.len() + c.len_utf8() > 200 {
            break;
        }
        short.push(c);
    }
    if short.is_empty() { "file".to_owned() } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_deceive_is_shown() {
        assert_eq!(line("a\u{1b}[31mb"), "a<ESC>[31mb");
        assert_eq!(line("paypal\u{202e}gnp"), "paypal<U+202E>gnp");
        assert_eq!(line("\u{9b}2J\u{0}"), "<U+009B>2J<U+0000>");
        assert_eq!(line("x\u{200b}\u{2028}\u{e0041}\u{fff9}"), "x<U+200B><U+2028><U+E0041><U+FFF9>");
        assert_eq!(lines("a\r\nb\tc"), "a\nb<TAB>c");
    }

    #[test]
    fn honest_text_is_left_alone() {
        for text in ["みずほ銀行", "ｴｯｸｽ ＡＢＣ", "naïve — €", "か\u{3099}", "パスワード・①"]
        {
            assert!(matches!(line(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn no_control_character_passes() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            let out = line(&c.to_string()).into_owned();
            assert!(out.chars().all(|c| !c.is_control()), "U+{:04X}", u32::from(c));
        }
    }
}
