//! A screen of its own for a text that must not stay on any: a new recovery code, and the question
//! whether it was copied. It is the alternate screen, emptied before it is left, also by a signal, a
//! panic or Ctrl-Z. Not for the full-screen program, which has pages of its own.

use super::prompt::{Line, PromptError};
use super::{Terminal, write_all};
use crate::platform::signals::Signal;
use crate::secret::{Secret, SecretBytes};

/// What is shown and asked.
pub struct Sheet<'s> {
    /// The pages, for a window of so many columns and rows.
    pub pages: &'s dyn Fn(u16, u16) -> Vec<Secret>,
    /// Under each page.
    pub next: &'s str,
    /// Asked after the last page, when nothing of the pages is on the screen any more.
    pub question: &'s str,
    /// Whether an answer is right.
    pub right: &'s dyn Fn(&str) -> bool,
    /// Said of a wrong one.
    pub wrong: &'s str,
}

impl std::fmt::Debug for Sheet<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Sheet(..)")
    }
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The answer was right.
    Confirmed,
    /// Nothing was answered.
    Skipped,
}

/// Longest answer in bytes.
const ANSWER: usize = 64;

/// Shows the pages one by one and asks; `b` goes back to the first page, an empty answer skips.
pub fn show(sheet: &Sheet<'_>) -> Result<Shown, PromptError> {
    let mut terminal = Terminal::open().map_err(PromptError::NoTerminal)?;
    let (mut page, mut wrong) = (0, false);
    let mut line = Line::new(ANSWER);
    let mut dirty = true;
    loop {
        let (columns, rows) = terminal.size();
        let pages = (sheet.pages)(columns, rows.saturating_sub(2));
        if std::mem::take(&mut dirty) {
            draw(&terminal, pages.get(page), rows, sheet, wrong, &line).map_err(|_| PromptError::Gone)?;
        }
        let last = pages.len();
        drop(pages);
        let ready = terminal.poll(None);
        if ready.hangup {
            return Err(PromptError::Gone);
        }
        if ready.input {
            terminal.read(&mut |input| line.take(input));
            dirty = page >= last || line.end.is_some();
        }
        if let Some(end) = line.end.take() {
            end?;
            let answer = std::mem::replace(&mut line, Line::new(ANSWER)).bytes;
            let answer = std::str::from_utf8(answer.expose()).unwrap_or("").trim();
            if page < last {
                page += 1;
            } else if answer.is_empty() {
                return Ok(Shown::Skipped);
            } else if answer.eq_ignore_ascii_case("b") {
                (page, wrong) = (0, false);
            } else if (sheet.right)(answer) {
                return Ok(Shown::Confirmed);
            } else {
                wrong = true;
            }
        }
        if ready.signal {
            for signal in terminal.signals() {
                match signal {
                    Signal::Stop => {
                        terminal.suspend(false).map_err(|_| PromptError::Gone)?;
                        dirty = true;
                    }
                    Signal::Continue | Signal::Resize => dirty = true,
                    _ => return Err(PromptError::Interrupted),
                }
            }
        }
    }
}

fn draw(
    terminal: &Terminal,
    page: Option<&Secret>,
    rows: u16,
    sheet: &Sheet<'_>,
    wrong: bool,
    line: &Line,
) -> std::io::Result<()> {
    let mut out = SecretBytes::with_capacity(64 * 1024);
    // - a page that no window could show is cut
    let mut put = |text: &str| {
        let _ = out.push(text.as_bytes());
    };
    put("\x1b[0m\x1b[2J\x1b[H");
    match page {
        Some(page) => {
            for text in page.expose().lines().take(usize::from(rows.saturating_sub(2))) {
                put(text);
                put("\r\n");
            }
            put("\r\n");
            put(sheet.next);
        }
        None => {
            if wrong {
                put(sheet.wrong);
                put("\r\n\r\n");
            }
            put(sheet.question);
            put(std::str::from_utf8(line.bytes.expose()).unwrap_or(""));
        }
    }
    write_all(&terminal.tty, out.expose())
}
