//! From two frames to the fewest bytes that turn the one on the screen into the other. It replaces
//! the stock backend, whose frames are three times as long: every byte travels over SSH.
//!
//! A run of wide characters is followed by an absolute move, so that a terminal that thinks
//! otherwise of a width is set right at once.

use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// The look of what is written next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

const PLAIN: Look = Look { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

/// Modifiers that are seen on a blank, too.
const ON_BLANK: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

impl Look {
    fn of(cell: &Cell) -> Look {
        Look { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// Two looks of a blank are the same when nobody can tell them apart.
    fn seen_on_blank(self) -> (Color, Modifier) {
        let reversed = self.modifier.contains(Modifier::REVERSED);
        (if reversed { self.fg } else { self.bg }, self.modifier & ON_BLANK)
    }
}

/// Writes what turns the frame `old` on the screen into `new`, and leaves the cursor at `cursor`.
/// Both have the same size.
pub fn write(old: &Buffer, new: &Buffer, cursor: Position, out: &mut dyn Write) -> io::Result<()> {
    let mut pen = Pen { out, look: PLAIN, at: None, wide: false };
    let cells = usize::from(new.area.width.max(1));
    for ((y, before), after) in (0..).zip(old.content.chunks(cells)).zip(new.content.chunks(cells)) {
        if before != after {
            pen.row(y, before, after)?;
        }
    }
    pen.look(PLAIN)?;
    pen.go(cursor.x, cursor.y, &[])
}

/// Cells of a row that must be written. A wide character is written whole, and so is what stands
/// where one was: terminals differ in what they leave of a half.
fn needed(before: &[Cell], after: &[Cell]) -> Vec<bool> {
    let mut needed: Vec<bool> = before.iter().zip(after).map(|(before, after)| before != after).collect();
    let wide = |cell: &Cell| cell.symbol().width() > 1;
    loop {
        let mut grew = false;
        for x in 0..needed.len().saturating_sub(1) {
            if (wide(&before[x]) || wide(&after[x])) && needed[x] != needed[x + 1] {
                needed[x] = true;
                needed[x + 1] = true;
                grew = true;
            }
        }
        if !grew {
            return needed;
        }
    }
}

fn blank(cell: &Cell) -> bool {
    cell.symbol() == " " && Look::of(cell).seen_on_blank() == PLAIN.seen_on_blank()
}

/// A column as the terminal counts it.
fn column(x: usize) -> u16 {
    u16::try_from(x).unwrap_or(u16::MAX)
}

struct Pen<'a> {
    out: &'a mut dyn Write,
    look: Look,
    /// Where the terminal's cursor is, as far as that is known.
    at: Option<(u16, u16)>,
    /// The last character was wide.
    wide: bool,
}

impl Pen<'_> {
    fn row(&mut self, y: u16, before: &[Cell], after: &[Cell]) -> io::Result<()> {
        let needed = needed(before, after);
        let mut x = 0;
        while x < after.len() {
            if !needed[x] {
                x += 1;
                continue;
            }
            let run = after[x..].iter().take_while(|cell| blank(cell)).count();
            let last = (x..x + run).rev().find(|at| needed[*at]).unwrap_or(x);
            if last - x >= 5 {
                self.go(column(x), y, after)?;
                self.look(PLAIN)?;
                if x + run == after.len() {
                    self.out.write_all(b"\x1b[K")?;
                } else {
                    write!(self.out, "\x1b[{}X", last - x + 1)?;
                }
                x = last + 1;
                continue;
            }
            x += usize::from(self.cell(column(x), y, after)?);
        }
        Ok(())
    }

    fn cell(&mut self, x: u16, y: u16, row: &[Cell]) -> io::Result<u16> {
        let Some(cell) = row.get(usize::from(x)) else { return Ok(1) };
        let symbol = cell.symbol();
        let cells = u16::try_from(symbol.width()).unwrap_or(1).max(1);
        if !(cells > 1 && self.wide && self.at == Some((x, y))) {
            self.go(x, y, row)?;
        }
        let look = Look::of(cell);
        if symbol != " " || look.seen_on_blank() != self.look.seen_on_blank() {
            self.look(look)?;
        }
        self.out.write_all(symbol.as_bytes())?;
        // - behind the last column terminals differ
        self.at = Some((x + cells, y)).filter(|(x, _)| usize::from(*x) < row.len());
        self.wide = cells > 1;
        Ok(cells)
    }

    /// Moves; over a few cells of `row` that are as they should be by writing them once more.
    fn go(&mut self, x: u16, y: u16, row: &[Cell]) -> io::Result<()> {
        let (line, column) = (y + 1, x + 1);
        match self.at {
            Some(at) if at == (x, y) && !self.wide => Ok(()),
            Some((from, at)) if at == y && !self.wide && x > from && x - from < 10 => {
                let between = row.get(usize::from(from)..usize::from(x)).unwrap_or_default();
                let same = |cell: &Cell| match cell.symbol() {
                    " " => Look::of(cell).seen_on_blank() == self.look.seen_on_blank(),
                    symbol => symbol.len() == 1 && Look::of(cell) == self.look,
                };
                if between.len() < 4 && !between.is_empty() && between.iter().all(same) {
                    between.iter().try_for_each(|cell| self.out.write_all(cell.symbol().as_bytes()))
                } else if x - from == 1 {
                    self.out.write_all(b"\x1b[C")
                } else {
                    write!(self.out, "\x1b[{}C", x - from)
                }
            }
            Some((_, at)) if at == y => write!(self.out, "\x1b[{column}G"),
            // - a line or two further down: it never scrolls, as the screen has that line
            Some((_, at)) if y > at && y - at < 3 => {
                (at..y).try_for_each(|_| self.out.write_all(b"\n"))?;
                match x {
                    0 => self.out.write_all(b"\r"),
                    1 => self.out.write_all(b"\r\x1b[C"),
                    _ => write!(self.out, "\x1b[{column}G"),
                }
            }
            _ if x == 0 => write!(self.out, "\x1b[{line}H"),
            _ => write!(self.out, "\x1b[{line};{column}H"),
        }?;
        self.at = Some((x, y));
        self.wide = false;
        Ok(())
    }

    fn look(&mut self, look: Look) -> io::Result<()> {
        if look == self.look {
            return Ok(());
        }
        let mut codes: Vec<u8> = Vec::with_capacity(8);
        let mut from = self.look;
        let loses = !(from.modifier - look.modifier).is_empty();
        if loses || look == PLAIN {
            codes.push(0);
            from = PLAIN;
        }
        if look.fg != from.fg {
            codes.push(color(look.fg, 30));
        }
        if look.bg != from.bg {
            codes.push(color(look.bg, 40));
        }
        for (modifier, code) in MODIFIERS {
            if (look.modifier - from.modifier).contains(modifier) {
                codes.push(code);
            }
        }
        self.look = look;
        self.out.write_all(b"\x1b[")?;
        if codes != [0] {
            for (at, code) in codes.iter().enumerate() {
                let first = if at == 0 { "" } else { ";" };
                write!(self.out, "{first}{code}")?;
            }
        }
        self.out.write_all(b"m")
    }
}

const MODIFIERS: [(Modifier, u8); 6] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::REVERSED, 7),
    (Modifier::CROSSED_OUT, 9),
];

/// The number of one of the sixteen colours; the theme has no others.
fn color(color: Color, base: u8) -> u8 {
    let bright = base + 60;
    match color {
        Color::Black => base,
        Color::Red => base + 1,
        Color::Green => base + 2,
        Color::Yellow => base + 3,
        Color::Blue => base + 4,
        Color::Magenta => base + 5,
        Color::Cyan => base + 6,
        Color::Gray => base + 7,
        Color::DarkGray => bright,
        Color::LightRed => bright + 1,
        Color::LightGreen => bright + 2,
        Color::LightYellow => bright + 3,
        Color::LightBlue => bright + 4,
        Color::LightMagenta => bright + 5,
        Color::LightCyan => bright + 6,
        Color::White => bright + 7,
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => base + 9,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    const WIDE: u16 = 24;
    const HIGH: u16 = 4;

    fn frame(pieces: &[(u16, u16, String, u8)]) -> Buffer {
        let mut buf = Buffer::empty(Rect::new(0, 0, WIDE, HIGH));
        for (x, y, text, style) in pieces {
            let look = [
                Style::new(),
                Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD),
                Style::new().add_modifier(Modifier::REVERSED),
                Style::new().fg(Color::DarkGray),
            ][usize::from(style % 4)];
            let area = Rect::new(*x, *y, u16::try_from(text.width()).unwrap().min(WIDE - x), 1);
            crate::tui::widget::text::clear_area(&mut buf, area);
            crate::tui::widget::text::put(&mut buf, *x, *y, WIDE, text, look);
        }
        buf
    }

    fn same(screen: &vt100::Screen, buf: &Buffer) -> Result<(), String> {
        for y in 0..HIGH {
            let mut x = 0;
            while x < WIDE {
                let (cell, seen) = (&buf[(x, y)], screen.cell(y, x).unwrap());
                let shown = if seen.contents().is_empty() { " " } else { seen.contents() };
                let reversed = cell.modifier.contains(Modifier::REVERSED);
                if shown != cell.symbol() || seen.inverse() != reversed {
                    return Err(format!("{x},{y}: {shown:?} for {:?}", cell.symbol()));
                }
                if shown != " " && (seen.bold() != cell.modifier.contains(Modifier::BOLD)) {
                    return Err(format!("{x},{y}: bold"));
                }
                x += u16::try_from(cell.symbol().width()).unwrap().max(1);
            }
        }
        Ok(())
    }

    fn pieces() -> impl Strategy<Value = Vec<(u16, u16, String, u8)>> {
        prop::collection::vec((0..WIDE, 0..HIGH, "[a-c あいう漢─]{1,14}", 0u8..4), 0..8)
    }

    proptest! {
        #[test]
        fn the_terminal_shows_the_new_frame(first in pieces(), second in pieces(), x in 0..WIDE, y in 0..HIGH) {
            let mut terminal = vt100::Parser::new(HIGH.try_into().unwrap(), WIDE.try_into().unwrap(), 0);
            let (empty, first, second) = (frame(&[]), frame(&first), frame(&second));
            for (old, new) in [(&empty, &first), (&first, &second), (&second, &second)] {
                let mut bytes = Vec::new();
                write(old, new, Position::new(x, y), &mut bytes).unwrap();
                terminal.process(&bytes);
                prop_assert_eq!(same(terminal.screen(), new), Ok(()));
                prop_assert_eq!(terminal.screen().cursor_position(), (y, x));
            }
        }
    }

    #[test]
    fn an_unchanged_frame_costs_a_move_and_a_blank_row_three_bytes() {
        let mut bytes = Vec::new();
        let full = frame(&[(2, 1, "abcdefghijklmnopqrstuv".to_owned(), 0)]);
        write(&full, &full, Position::new(3, 1), &mut bytes).unwrap();
        assert_eq!(bytes, b"\x1b[2;4H");
        bytes.clear();
        write(&full, &frame(&[]), Position::new(0, 1), &mut bytes).unwrap();
        assert_eq!(bytes, b"\x1b[2;3H\x1b[K\x1b[1G");
    }
}
