//! A secret that is shown: one at a time, for twelve seconds, hidden by whatever else a person does.

use std::time::Duration;

use super::{Open, detail};
use crate::model::Id;
use crate::ops::totp::Otp;
use crate::secret::Secret;
use crate::tui::app::Shell;
use crate::tui::contents::Part;
use crate::tui::notice::Notice;
use crate::tui::widget::text::width;

/// A shown secret.
#[derive(Debug)]
pub struct Reveal {
    /// Of which entry.
    pub id: Id,
    /// Which part.
    pub part: Part,
    /// The text.
    pub secret: Secret,
    /// When it hides.
    pub until: Duration,
    /// Spelled out, one character at a time.
    pub spelled: bool,
    /// The key of a shown one-time code.
    otp: Option<Otp>,
}

impl Reveal {
    /// Seconds until it hides.
    pub fn hides_in(&self, now: Duration) -> u64 {
        self.until.saturating_sub(now).as_millis().div_ceil(1000).try_into().unwrap_or(0)
    }

    /// Seconds until the next code.
    pub fn next_in(&self, now_ms: u64) -> Option<u64> {
        self.otp.as_ref()?.remaining(now_ms / 1000).map(u64::from)
    }
}

/// Shows the secret in focus, or hides it.
pub fn toggle(open: &mut Open, spelled: bool, shell: &mut Shell) {
    let (Some(id), Some(part)) = (open.selected(), open.secret_in_focus()) else { return };
    let same = |shown: &Reveal| shown.id == id && shown.part == part && shown.spelled == spelled;
    if open.reveal.take().is_some_and(|shown| same(&shown)) {
        return detail::settle(open, shell);
    }
    match open.contents.open_part(id, part, shell.now.wall_ms) {
        Ok(secret) => {
            let until = shell.now.boot + shell.settings.reveal_for;
            let otp = if part == Part::Code { open.contents.otp(id).ok() } else { None };
            open.reveal = Some(Reveal { id, part, secret, until, spelled, otp });
            detail::show(open, part, shell);
        }
        Err(_) => shell.tell(Notice::CannotOpenValue),
    }
}

/// Time passed: hides what is shown long enough, and turns a code over.
pub fn tick(open: &mut Open, shell: &Shell) {
    let Some(reveal) = &mut open.reveal else { return };
    if reveal.until <= shell.now.boot {
        open.reveal = None;
        detail::settle(open, shell);
    } else if let Some(otp) = &reveal.otp {
        reveal.secret = otp.code(shell.now.wall_ms / 1000);
    }
}

/// Lines of at most `cells`, in pairs: the characters parted by blanks, and under each what it is:
/// `a` small, `A` capital, `1` digit, `#` sign, `_` blank.
pub fn spelled(secret: &str, cells: u16) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let (mut above, mut below) = (String::new(), String::new());
    for c in secret.chars() {
        let clean = crate::text::sanitise::line(c.encode_utf8(&mut [0; 4])).into_owned();
        let class = match c {
            ' ' => '_',
            c if c.is_ascii_digit() => '1',
            c if c.is_uppercase() => 'A',
            c if c.is_alphabetic() => 'a',
            _ => '#',
        };
        let shown = if c == ' ' { "_".to_owned() } else { clean };
        let wide = width(&shown).max(1);
        if width(&above) + wide > cells && !above.is_empty() {
            lines.push((std::mem::take(&mut above), std::mem::take(&mut below)));
        }
        above.push_str(&shown);
        above.push(' ');
        below.push(class);
        for _ in 0..wide {
            below.push(' ');
        }
    }
    lines.push((above, below));
    lines
}

#[cfg(test)]
mod tests {
    #[test]
    fn classes_stand_under_their_characters() {
        let line = |above: &str, below: &str| (above.to_owned(), below.to_owned());
        assert_eq!(super::spelled("aB 1#あ", 80), [line("a B _ 1 # あ ", "a A _ 1 # a  ")]);
        assert_eq!(super::spelled("aB 1", 4), [line("a B ", "a A "), line("_ 1 ", "_ 1 ")]);
    }
}
