//! What the terminal says of itself when asked once at the start. A terminal that says nothing
//! costs half a second and is then taken to be an ordinary one.

use std::time::{Duration, Instant};

use super::{Answer, Input, Terminal, write_all};

/// How long the answers may take.
pub const PROBE_TIME: Duration = Duration::from_millis(500);

/// How long after the query a split answer is still looked out for.
const LATE: Duration = Duration::from_secs(3);

/// From row 3, because an answer about row 1 looks like F3: one line-drawing glyph of ambiguous
/// width, where the cursor is now; the background; the name; at last the attributes, which every
/// terminal knows, so that their answer means that no other will come.
const QUERY: &[u8] = b"\x1b[3;1H\xe2\x94\x80\x1b[6n\r\x1b[2K\x1b]11;?\x1b\\\x1b[>q\x1b[c\x1b[H";

/// Light letters or dark ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Background {
    /// Dark letters on light.
    Light,
    /// Light letters on dark.
    Dark,
}

/// The answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Probe {
    /// Line-drawing glyphs take two cells here: draw with ASCII.
    pub ambiguous_wide: bool,
    /// Programs may set the clipboard (OSC 52): yes, no, or not known.
    pub osc52: Option<bool>,
    /// The background, where the terminal tells its colour.
    pub background: Option<Background>,
    /// Name and version, at most 64 bytes of printable ASCII; empty when not told.
    pub name: String,
    /// It answered what every terminal answers.
    pub answered: bool,
}

impl Probe {
    /// Takes one answer in; true when it was the last.
    fn take(&mut self, answer: Answer<'_>) -> bool {
        match answer {
            Answer::Attributes { clipboard, vte } => {
                self.osc52 = match (clipboard, vte) {
                    (true, _) => Some(true),
                    (false, true) => Some(false),
                    (false, false) => None,
                };
                self.answered = true;
                return true;
            }
            Answer::Position { row: 3, column } => self.ambiguous_wide = column == 3,
            Answer::Background { red, green, blue } => {
                // Rec. 601 luma, in thousandths.
                let light = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
                self.background = Some(if light > 127_500 { Background::Light } else { Background::Dark });
            }
            Answer::Name(name) => name.clone_into(&mut self.name),
            Answer::Position { .. } | Answer::Other => {}
        }
        false
    }
}

impl Terminal {
    /// Asks the terminal, at most half a second long. Keys that come meanwhile go to `keep`. With
    /// `TERM` (given in `term`) `linux` or `dumb`, or not set, nothing is asked.
    ///
    /// It writes on the screen and clears it again: call it before the first frame.
    pub fn probe(&mut self, term: &str, keep: &mut dyn FnMut(Input<'_>)) -> Probe {
        let mut found = Probe::default();
        if matches!(term, "" | "linux" | "dumb") || write_all(&self.tty, QUERY).is_err() {
            return found;
        }
        self.parser.expect_answer(self.started.elapsed() + LATE);
        let end = Instant::now() + PROBE_TIME;
        let mut done = false;
        while !done {
            let left = end.saturating_duration_since(Instant::now());
            let ready = self.poll(Some(left));
            if ready.input {
                self.read(&mut |input| match input {
                    Input::Answer(answer) => done |= found.take(answer),
                    other => keep(other),
                });
            }
            if left.is_zero() || ready.hangup {
                break;
            }
            if (ready.signal || ready.wake) && !ready.input {
                // They stay for the loop; do not turn at full speed until then.
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_become_facts() {
        let mut found = Probe::default();
        assert!(!found.take(Answer::Position { row: 3, column: 3 }));
        assert!(!found.take(Answer::Background { red: 0xfd, green: 0xf6, blue: 0xe3 }));
        assert!(!found.take(Answer::Name("foot(1.21.0)")));
        assert!(found.take(Answer::Attributes { clipboard: false, vte: true }));
        assert_eq!(
            found,
            Probe {
                ambiguous_wide: true,
                osc52: Some(false),
                background: Some(Background::Light),
                name: "foot(1.21.0)".to_owned(),
                answered: true,
            }
        );
    }
}
