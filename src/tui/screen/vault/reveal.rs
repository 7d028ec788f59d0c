//! A secret that is shown: one at a time, for twelve seconds, hidden by whatever else a person does.
//! It is cut where a line is full and nowhere else, and a blank in it is a mark that can be seen, so that
//! it can be typed from the screen. Notes, which are read, are broken between words.

use std::time::Duration;

use unicode_segmentation::UnicodeSegmentation;

use super::{Open, detail};
use crate::model::Id;
use crate::ops::totp::Otp;
use crate::secret::Secret;
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::contents::Part;
use crate::tui::notice::Notice;
use crate::tui::theme::Name;
use crate::tui::widget::blanks;
use crate::tui::widget::text::{width, wrap, wrap_cells};

/// How much of one value is wrapped and drawn; the rest is there to copy.
#[derive(Debug, Clone, Copy)]
pub struct Most {
    /// Bytes.
    pub bytes: usize,
    /// Lines.
    pub lines: usize,
}

/// On a page, among other things.
const PAGE: Most = Most { bytes: 4 << 10, lines: 120 };

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

/// When a count of whole seconds to `until` changes next.
pub fn next_second(until: Duration, now: Duration) -> Duration {
    let left = until.saturating_sub(now).as_nanos();
    now + Duration::from_nanos(u64::try_from(left.saturating_sub(1) % 1_000_000_000).unwrap_or(0) + 1)
}

/// Secrets that a page shows: all until the same moment, and hidden by whatever hides [`Reveal`].
#[derive(Debug, Default)]
pub struct Peek {
    held: Vec<Secret>,
    until: Duration,
    spelled: bool,
}

impl Peek {
    /// Shows these, or hides what is shown in the same way already.
    pub fn toggle(&mut self, spelled: bool, shell: &Shell, secrets: impl FnOnce() -> Vec<Secret>) {
        if std::mem::take(&mut self.held).is_empty() || self.spelled != spelled {
            self.held = secrets();
            self.until = shell.now.boot + shell.settings.reveal_for;
            self.spelled = spelled;
        }
    }

    /// Opens and shows sealed values of an entry, or hides them; in place of one that does not open
    /// that is said, and nothing where there is none.
    pub fn open<'v>(
        &mut self,
        spelled: bool,
        (open, entry): (&Open, Id),
        shell: &Shell,
        sealed: impl IntoIterator<Item = Option<&'v [u8]>>,
    ) {
        let damaged = shell.catalog().tui.vault.damaged_value;
        let secret = |envelope: Option<&[u8]>| match envelope {
            None => Secret::copy_of(""),
            Some(envelope) => {
                let opened = open.contents.session().reveal_text(entry, envelope);
                opened.unwrap_or_else(|_| Secret::copy_of(damaged))
            }
        };
        self.toggle(spelled, shell, || sealed.into_iter().map(secret).collect());
    }

    /// Hides them; true when there was something to hide.
    pub fn hide(&mut self) -> bool {
        !std::mem::take(&mut self.held).is_empty()
    }

    /// Something is shown.
    pub fn is_open(&self) -> bool {
        !self.held.is_empty()
    }

    /// Time passed.
    pub fn tick(&mut self, shell: &Shell) {
        if self.is_open() && self.until <= shell.now.boot {
            self.held.clear();
        }
    }

    /// When something of it changes by itself next.
    pub fn deadline(&self, shell: &Shell) -> Option<Duration> {
        self.is_open().then(|| next_second(self.until, shell.now.boot))
    }

    /// The lines of the secret of number `at`: masked, or shown, or spelled out.
    pub fn lines(&self, at: usize, cells: u16, shell: &Shell) -> Vec<(String, Name)> {
        let Some(secret) = self.held.get(at) else { return vec![(detail::MASK.to_owned(), Name::Text)] };
        // - what has lines is a note, or a key in its file
        let prose = secret.expose().contains('\n');
        let mut lines = lines(secret, (self.spelled, prose), PAGE, cells, shell);
        if at + 1 == self.held.len() {
            lines.extend(self.hides_in(shell).map(|line| (line, Name::Dim)));
        }
        lines
    }

    /// How long it is shown yet, in words.
    pub fn hides_in(&self, shell: &Shell) -> Option<String> {
        let left = self.until.saturating_sub(shell.now.boot).as_millis().div_ceil(1000);
        self.is_open().then(|| (shell.catalog().tui.vault.hides_in)(u64::try_from(left).unwrap_or(0)))
    }
}

/// The beginning of a text, of at most so many bytes.
pub fn head(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

/// A secret with what can be seen in place of its blanks, and what says so; none where it has no blank.
pub struct Marked {
    /// The text, made harmless.
    pub text: String,
    /// The mark and how many there are.
    pub legend: Option<String>,
}

/// Puts marks in place of blanks: one that the secret itself does not hold.
pub fn marked(secret: &str, shell: &Shell) -> Marked {
    let mark = blanks::mark(secret, shell.theme.ascii, false);
    let count = secret.chars().filter(|c| *c == ' ').count();
    let text = blanks::marked(secret, mark);
    let legend = (count > 0).then(|| (shell.catalog().tui.vault.blanks)(mark, count));
    Marked { text, legend }
}

/// The lines of a secret that is shown, as it is or spelled out; of prose as it is read.
pub fn lines(
    secret: &Secret,
    (spelled, prose): (bool, bool),
    most: Most,
    cells: u16,
    shell: &Shell,
) -> Vec<(String, Name)> {
    let text = &shell.catalog().tui.vault;
    let (all, mut lines) = (secret.expose(), Vec::new());
    let head = head(all, most.bytes);
    if spelled {
        for (line, class) in spell(head, cells).into_iter().take(most.lines / 2) {
            lines.push((line, Name::Secret));
            lines.push((class, Name::Dim));
        }
        lines.extend(wrap(text.spell_legend, cells, 3).into_iter().map(|line| (line, Name::Dim)));
    } else {
        let (shown, legend) = if prose {
            (wrap(&sanitise::lines(head), cells, most.lines), None)
        } else {
            let marked = marked(head, shell);
            (wrap_cells(&marked.text, cells, most.lines), marked.legend)
        };
        lines.extend(shown.into_iter().map(|line| (line, Name::Secret)));
        let legend = legend.map_or(Vec::new(), |words| wrap(&words, cells, 2));
        lines.extend(legend.into_iter().map(|line| (line, Name::Dim)));
    }
    if all.len() > most.bytes || lines.len() >= most.lines {
        lines.push((text.more.to_owned(), Name::Dim));
    }
    lines
}

/// Lines of at most `cells`, in pairs: the characters parted by blanks, and under each what it is:
/// `a` small, `A` capital, `1` digit, `#` sign, `_` blank, `+` a letter with a mark of its own.
fn spell(secret: &str, cells: u16) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let (mut above, mut below) = (String::new(), String::new());
    for seen in secret.graphemes(true) {
        let clean = sanitise::line(seen).into_owned();
        let class = match seen.chars().next() {
            _ if seen.chars().nth(1).is_some() => '+',
            None => '_',
            Some(c) if c.is_whitespace() => '_',
            Some(c) if c.is_ascii_digit() => '1',
            Some(c) if c.is_uppercase() => 'A',
            Some(c) if c.is_alphabetic() => 'a',
            Some(_) => '#',
        };
        let shown = match seen.chars().next() {
            Some(' ') if seen.len() == 1 => "_".to_owned(),
            Some(c) if c.is_whitespace() && clean == seen => format!("<U+{:04X}>", u32::from(c)),
            _ => clean,
        };
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
        assert_eq!(super::spell("aB 1#あ", 80), [line("a B _ 1 # あ ", "a A _ 1 # a  ")]);
        let composed = line("か\u{3099} ｶ Ａ ", "+  a A  ");
        assert_eq!(super::spell("か\u{3099}ｶＡ", 80), [composed], "decomposed, half-width, full-width");
        assert_eq!(super::spell("a\u{3000}", 80), [line("a <U+3000> ", "a _        ")], "another blank");
        assert_eq!(super::spell("aB 1", 4), [line("a B ", "a A "), line("_ 1 ", "_ 1 ")]);
    }
}
