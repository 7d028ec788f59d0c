//! One secret, asked for on the terminal by the command line. Not for the full-screen program,
//! which has fields of its own.

use std::io;

use super::{Code, Input, Key, Terminal, write_all};
use crate::crypto::recovery;
use crate::platform::signals::{Signal, stop_self};
use crate::secret::{Secret, SecretBytes};

/// The longest secret that can be typed, in bytes (FORMAT 8).
pub const LINE_BYTES: usize = 1024;

/// Why there is no secret.
#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    /// There is no terminal to ask on.
    #[error("there is no terminal to ask on")]
    NoTerminal(#[source] io::Error),
    /// Ctrl-C, Ctrl-D on an empty line, or a signal that ends programs.
    #[error("interrupted")]
    Interrupted,
    /// The terminal went away.
    #[error("the terminal is gone")]
    Gone,
    /// More than [`LINE_BYTES`], or a paste of more than 1 MiB.
    #[error("the secret is longer than 1024 bytes")]
    TooLong,
    /// It is not UTF-8, or it came as a paste of several lines.
    #[error("the secret is not one line of UTF-8")]
    NotALine,
}

/// Writes `prompt` on the terminal, reads one line without echo, and ends it with a newline.
///
/// Backspace, Ctrl-U and Ctrl-W (both: all) erase; Enter ends; one newline at the end of a paste
/// is dropped. Standard input and output are not touched, so both may be pipes.
pub fn read_secret_line(prompt: &str) -> Result<Secret, PromptError> {
    read_line(prompt, None)
}

/// As [`read_secret_line`], for a recovery code: under the prompt it is shown in its groups as it is
/// typed, since the paper lies beside the keyboard, and it is taken off the screen at the end.
pub fn read_code_line(prompt: &str) -> Result<Secret, PromptError> {
    read_line(prompt, Some(&|typed| recovery::grouped(typed)))
}

/// How what was typed is shown.
type Show<'s> = Option<&'s dyn Fn(&str) -> Secret>;

fn read_line(prompt: &str, show: Show<'_>) -> Result<Secret, PromptError> {
    let mut terminal = Terminal::open_line().map_err(PromptError::NoTerminal)?;
    let mut line = Line::new(LINE_BYTES);
    let shown = |terminal: &Terminal, text: &str| write_all(&terminal.tty, text.as_bytes());
    shown(&terminal, prompt).map_err(|_| PromptError::Gone)?;
    if show.is_some() {
        shown(&terminal, "\r\n  ").map_err(|_| PromptError::Gone)?;
    }
    let end = loop {
        let ready = terminal.poll(None);
        if ready.hangup {
            break Err(PromptError::Gone);
        }
        if ready.input {
            terminal.read(&mut |input| line.take(input));
            if let Some(show) = show {
                let typed = std::str::from_utf8(line.bytes.expose()).unwrap_or("");
                shown(&terminal, WIPED).map_err(|_| PromptError::Gone)?;
                shown(&terminal, show(typed).expose()).map_err(|_| PromptError::Gone)?;
            }
        }
        if let Some(end) = line.end.take() {
            break end;
        }
        if ready.signal {
            let came: Vec<_> = terminal.signals().collect();
            if came.iter().any(|one| !matches!(one, Signal::Stop | Signal::Continue | Signal::Resize)) {
                break Err(PromptError::Interrupted);
            }
            if came.contains(&Signal::Stop) {
                if show.is_some() {
                    let _ = shown(&terminal, WIPED);
                }
                super::restore();
                stop_self(&terminal.signals, false);
                super::guard::enter(&terminal.tty, false).map_err(|_| PromptError::Gone)?;
                shown(&terminal, prompt).map_err(|_| PromptError::Gone)?;
                if let Some(show) = show {
                    let typed = std::str::from_utf8(line.bytes.expose()).unwrap_or("");
                    shown(&terminal, "\r\n  ").map_err(|_| PromptError::Gone)?;
                    shown(&terminal, show(typed).expose()).map_err(|_| PromptError::Gone)?;
                }
            }
        }
    };
    let _ = shown(&terminal, if show.is_some() { WIPED } else { "\r\n" });
    drop(terminal);
    end?;
    Secret::from_bytes(line.bytes).map_err(|_| PromptError::NotALine)
}

/// The line of what is typed, emptied.
const WIPED: &str = "\r\x1b[2K  ";

/// What is typed before Enter.
pub(super) struct Line {
    pub(super) bytes: SecretBytes,
    paste_from: Option<usize>,
    pub(super) end: Option<Result<(), PromptError>>,
}

impl Line {
    pub(super) fn new(most: usize) -> Line {
        Line { bytes: SecretBytes::with_capacity(most), paste_from: None, end: None }
    }

    pub(super) fn take(&mut self, input: Input<'_>) {
        if self.end.is_some() {
            return;
        }
        match input {
            Input::Key(Key { code: Code::Char(char), ctrl: false, alt: false, .. }) => {
                let mut utf8 = [0; 4];
                self.push(char.encode_utf8(&mut utf8).as_bytes());
                zeroize::Zeroize::zeroize(&mut utf8);
            }
            Input::Key(key) => self.command(key),
            Input::PasteStart => self.paste_from = Some(self.bytes.len()),
            Input::PasteChunk(chunk) => self.push(chunk),
            Input::PasteEnd => self.end_paste(),
            Input::PasteRefused => self.end = Some(Err(PromptError::TooLong)),
            Input::Invalid => self.end = Some(Err(PromptError::NotALine)),
            Input::FocusGained | Input::FocusLost | Input::Answer(_) => {}
        }
    }

    fn command(&mut self, key: Key) {
        match key.code {
            Code::Enter => self.end = Some(Ok(())),
            Code::Char('j' | 'm') if key.ctrl => self.end = Some(Ok(())),
            Code::Char('c' | '\\') if key.ctrl => self.end = Some(Err(PromptError::Interrupted)),
            Code::Char('d') if key.ctrl && self.bytes.is_empty() => {
                self.end = Some(Err(PromptError::Interrupted));
            }
            Code::Char('u' | 'w') if key.ctrl => self.bytes.clear(),
            Code::Backspace => {
                let held = self.bytes.expose();
                let last = held.iter().rposition(|byte| byte & 0xc0 != 0x80).unwrap_or(0);
                self.bytes.remove(last, held.len());
            }
            _ => {}
        }
    }

    fn push(&mut self, bytes: &[u8]) {
        if self.bytes.push(bytes).is_err() {
            // Better none than one that is shorter than the person believes.
            self.end = Some(Err(PromptError::TooLong));
        }
    }

    fn end_paste(&mut self) {
        let from = self.paste_from.take().unwrap_or(0);
        for newline in *b"\n\r" {
            let len = self.bytes.len();
            if len > from && self.bytes.expose().last() == Some(&newline) {
                self.bytes.remove(len - 1, len);
            }
        }
        if self.bytes.expose().iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
            self.end = Some(Err(PromptError::NotALine));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::parser::Parser;
    use super::*;

    fn typed(bytes: &[u8]) -> Line {
        let mut line = Line { bytes: SecretBytes::with_capacity(16), paste_from: None, end: None };
        Parser::new().feed(Duration::ZERO, bytes, &mut |input| line.take(input));
        line
    }

    #[test]
    fn a_line_is_edited_and_ended() {
        let line = typed("ab\x7fあい\x08c\rxyz".as_bytes());
        assert_eq!(line.bytes.expose(), "aあc".as_bytes());
        assert!(matches!(line.end, Some(Ok(()))));
        assert_eq!(typed(b"abc\x15d").bytes.expose(), b"d");
        assert_eq!(typed(b"\x7f\x7f").bytes.expose(), b"");
    }

    #[test]
    fn a_paste_is_one_line_with_its_newline_dropped() {
        let line = typed(b"\x1b[200~pa ss\r\x1b[201~");
        assert_eq!(line.bytes.expose(), b"pa ss");
        assert!(line.end.is_none(), "a paste does not submit");
        assert!(matches!(typed(b"\x1b[200~a\rb\x1b[201~").end, Some(Err(PromptError::NotALine))));
    }

    #[test]
    fn what_cannot_be_a_secret_says_so() {
        assert!(matches!(typed(b"01234567890123456").end, Some(Err(PromptError::TooLong))));
        assert!(matches!(typed(b"\xa4\xa2").end, Some(Err(PromptError::NotALine))));
        assert!(matches!(typed(b"ab\x03").end, Some(Err(PromptError::Interrupted))));
        assert!(matches!(typed(b"\x04").end, Some(Err(PromptError::Interrupted))));
        assert!(typed(b"a\x04\x1b[3;1R\x1b[I").end.is_none());
    }
}
