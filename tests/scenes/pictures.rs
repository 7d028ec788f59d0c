//! The README shows what the program looks like today: its pictures are drawn from frames of the real
//! screen, cell by cell with colours and weights, and must be those that are committed
//! (`UPDATE_SNAPSHOTS=1` draws them anew).

use std::fmt::Write;
use std::path::{Path, PathBuf};

use mamori::text::Lang;
use mamori::tui::app::FileLabel;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use super::super::robot::{Robot, thousands};
use super::generator;

const CELL: f64 = 8.4;
const LINE: f64 = 18.0;
const EDGE: f64 = 12.0;
const PAPER: &str = "#16181d";
const INK: &str = "#d7dae0";

/// How a cell is written: ink, paper where it is not the page's, weight and lines.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Look {
    ink: &'static str,
    paper: Option<&'static str>,
    more: Modifier,
}

fn ink(color: Color) -> &'static str {
    match color {
        Color::Cyan => "#5ec4d1",
        Color::Blue => "#6aa9f4",
        Color::Green => "#9ccf7c",
        Color::Yellow => "#e6c274",
        Color::Red => "#ec7a82",
        Color::Magenta => "#d08ae6",
        _ => INK,
    }
}

fn look(cell: &Cell) -> Look {
    let more = cell.modifier & (Modifier::BOLD | Modifier::UNDERLINED | Modifier::DIM);
    if cell.modifier.contains(Modifier::REVERSED) {
        return Look { ink: PAPER, paper: Some(ink(cell.fg)), more };
    }
    Look { ink: ink(cell.fg), paper: None, more }
}

fn x(column: u16) -> f64 {
    EDGE + f64::from(column) * CELL
}

fn y(row: u16) -> f64 {
    EDGE + f64::from(row) * LINE
}

fn attributes(look: Look) -> String {
    let mut out = String::new();
    if look.ink != INK {
        let _ = write!(out, " fill=\"{}\"", look.ink);
    }
    if look.more.contains(Modifier::BOLD) {
        out.push_str(" font-weight=\"bold\"");
    }
    if look.more.contains(Modifier::UNDERLINED) {
        out.push_str(" text-decoration=\"underline\"");
    }
    if look.more.contains(Modifier::DIM) {
        out.push_str(" fill-opacity=\"0.6\"");
    }
    out
}

/// A run of letters of one width and one look.
fn letters(out: &mut String, at: (u16, u16), cells: u16, text: &str, look: Look) {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(
        out,
        "<text x=\"{:.1}\" y=\"{:.1}\" textLength=\"{:.1}\" lengthAdjust=\"spacingAndGlyphs\"{}>{text}</text>",
        x(at.0),
        y(at.1) + 0.75 * LINE,
        f64::from(cells) * CELL,
        attributes(look),
    );
}

/// A line of a frame or a gauge, as a line: letters of fonts leave gaps.
fn line(out: &mut String, from: (f64, f64), to: (f64, f64), wide: f64, look: Look) {
    let dim = if look.more.contains(Modifier::DIM) { " stroke-opacity=\"0.6\"" } else { "" };
    let _ = writeln!(
        out,
        "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{}\" stroke-width=\"{wide}\"{dim}/>",
        from.0, from.1, to.0, to.1, look.ink
    );
}

/// Which arms a drawing character has: left, right, up, down; none of a letter.
fn arms(symbol: &str) -> Option<[bool; 4]> {
    Some(match symbol {
        "─" | "━" => [true, true, false, false],
        "│" => [false, false, true, true],
        "┌" => [false, true, false, true],
        "┐" => [true, false, false, true],
        "└" => [false, true, true, false],
        "┘" => [true, false, true, false],
        _ => return None,
    })
}

fn draw(out: &mut String, at: (u16, u16), cells: u16, symbol: &str, look: Look) {
    let [left, right, up, down] = arms(symbol).unwrap_or_default();
    let (middle, half) = (x(at.0) + CELL / 2.0, y(at.1) + LINE / 2.0);
    let wide = if symbol == "━" { 3.0 } else { 1.0 };
    if left || right {
        let from = if left { x(at.0) } else { middle };
        let to = if right { x(at.0 + cells) } else { middle };
        line(out, (from, half), (to, half), wide, look);
    }
    if up || down {
        let from = if up { y(at.1) } else { half };
        let to = if down { y(at.1 + 1) } else { half };
        line(out, (middle, from), (middle, to), wide, look);
    }
}

/// What is painted under the letters of a row, each colour in one piece.
fn papers(out: &mut String, buf: &Buffer, row: u16) {
    // - begin, end and colour; the second half of a wide character belongs to its first
    let mut pieces: Vec<(u16, u16, Option<&str>)> = Vec::new();
    let mut column = 0;
    while column < buf.area.width {
        let cell = &buf[(column, row)];
        let end = column + u16::try_from(cell.symbol().width()).unwrap_or(1).max(1);
        match pieces.last_mut() {
            Some((_, last, paper)) if *paper == look(cell).paper => *last = end,
            _ => pieces.push((column, end, look(cell).paper)),
        }
        column = end;
    }
    for (from, to, paper) in pieces {
        let Some(paper) = paper else { continue };
        let _ = writeln!(
            out,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{LINE}\" fill=\"{paper}\"/>",
            x(from),
            y(row),
            f64::from(to - from) * CELL
        );
    }
}

fn picture(buf: &Buffer) -> String {
    let (wide, high) = (buf.area.width, buf.area.height);
    let (width, height) = (x(wide) + EDGE, y(high) + EDGE);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\">\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\n\
         <g font-family=\"DejaVu Sans Mono, Noto Sans Mono CJK JP, Menlo, Consolas, monospace\" \
         font-size=\"14\" fill=\"{INK}\" xml:space=\"preserve\">"
    );
    for row in 0..high {
        papers(&mut out, buf, row);
        let mut column = 0;
        while column < wide {
            let cell = &buf[(column, row)];
            let (symbol, look) = (cell.symbol(), look(cell));
            let cells = u16::try_from(symbol.width()).unwrap_or(1).max(1);
            // - what looks the same and is drawn the same goes together
            let mut end = column + cells;
            let mut text = symbol.to_owned();
            while end < wide && self::look(&buf[(end, row)]) == look {
                let next = buf[(end, row)].symbol();
                let same = if arms(symbol).is_some() || symbol == " " {
                    next == symbol && symbol != "│"
                } else {
                    next != " " && arms(next).is_none() && next.width() == symbol.width()
                };
                if !same {
                    break;
                }
                text.push_str(next);
                end += cells;
            }
            if arms(symbol).is_some() {
                draw(&mut out, (column, row), end - column, symbol, look);
            } else if symbol != " " {
                letters(&mut out, (column, row), end - column, &text, look);
            }
            column = end;
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}

fn same(path: &Path, wanted: &str) {
    if thousands::wanted() {
        return;
    }
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        #[expect(clippy::disallowed_methods, reason = "a picture is no vault")]
        std::fs::write(path, wanted).unwrap();
    }
    let have = std::fs::read_to_string(path).unwrap_or_default();
    assert!(have == wanted, "{} is not today's screen: UPDATE_SNAPSHOTS=1 cargo test", path.display());
}

/// A vault that somebody lives in: the entries of the demo without its banner.
fn lived_in(lang: Lang) -> Robot {
    let mut robot = Robot::demo(lang, 120, 34);
    robot.app.shell.demo = false;
    let folder = "/home/hana/.local/share/mamori".to_owned();
    robot.app.shell.file = FileLabel { name: "vault.mamori".to_owned(), folder };
    robot
}

#[test]
fn the_pictures_are_of_today() {
    let assets = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets");
    for (lang, ending) in [(Lang::Ja, "ja"), (Lang::En, "en")] {
        let mut robot = lived_in(lang);
        robot.keys("down down down down down p");
        thousands::sound(&robot, ending);
        let (buf, _) = robot.frame();
        same(&assets.join(format!("screen.{ending}.svg")), &picture(&buf));
        let (buf, _) = generator::scene("r 2 down down right right down right")(lang, 80, 24).frame();
        same(&assets.join(format!("generator.{ending}.svg")), &picture(&buf));
    }
}
