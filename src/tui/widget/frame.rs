//! Frames, gauges and lists of keys.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, Borders, Widget as _};

use super::text::{clear_area, fit, put, width};
use crate::tui::theme::{Name, Theme};

/// Draws a frame with a title on its upper edge and returns the room inside. The title is our own
/// or made harmless already.
pub fn frame(buf: &mut Buffer, area: Rect, title: &str, focused: bool, theme: &Theme) -> Rect {
    let style = theme.style(if focused { Name::Frame } else { Name::FrameDim });
    let block = Block::new().borders(Borders::ALL).border_set(theme.border()).border_style(style);
    let inner = block.inner(area);
    block.render(area, buf);
    if area.width > 6 && !title.is_empty() {
        let name = if focused { Name::Title } else { Name::Text };
        put(
            buf,
            area.x + 2,
            area.y,
            area.width - 4,
            &format!(" {} ", fit(title, area.width - 6)),
            theme.style(name),
        );
    }
    inner
}

/// Where a window of so many cells and lines, its frame among them, stands over `area`: in the middle,
/// a third from above. Where there is no room beside it, it takes everything: of what lies below
/// nothing but pieces would be seen.
pub fn place(area: Rect, (wide, high): (u16, u16)) -> Rect {
    if area.width <= wide {
        return area;
    }
    let high = high.min(area.height);
    Rect::new(area.x + (area.width - wide) / 2, area.y + (area.height - high) / 3, wide, high)
}

/// Draws the frame of such a window over what lies below; returns where it stands, and the room inside.
pub fn popup(buf: &mut Buffer, area: Rect, size: (u16, u16), title: &str, theme: &Theme) -> (Rect, Rect) {
    let place = place(area, size);
    clear_area(buf, place);
    (place, frame(buf, place, title, true, theme))
}

/// Says on the lower edge of a frame that so many rows lie below what is seen: at its left end, else at
/// its right one, in short where something else stands there. `words` are the catalog's; nothing is said
/// of none.
pub fn below(buf: &mut Buffer, area: Rect, rows: usize, words: fn(usize, &str) -> String, theme: &Theme) {
    if rows == 0 {
        return;
    }
    let y = area.bottom() - 1;
    let line = theme.border().horizontal_bottom;
    let free = |x: u16, end: u16| {
        x > area.x
            && end < area.right()
            && (x..=end).all(|x| buf.area.contains((x, y).into()) && buf[(x, y)].symbol() == line)
    };
    let both = [words(rows, ""), format!(" +{rows} ")];
    let places = both.iter().flat_map(|words| {
        let right = area.right().saturating_sub(width(words) + 2);
        [(area.x + 2, words), (right, words)]
    });
    let found = places.into_iter().find(|(x, words)| free(*x - 1, x + width(words)));
    if let Some((x, words)) = found {
        put(buf, x, y, width(words), words, theme.style(Name::Text));
    }
}

/// Draws a gauge over the first line of `area`; `done` is the part done and the whole.
pub fn gauge(buf: &mut Buffer, area: Rect, done: (u64, u64), name: Name, theme: &Theme) {
    let (x, y, cells) = (area.x, area.y, area.width);
    let (part, whole) = done;
    let done = u16::try_from(u64::from(cells) * part.min(whole) / whole.max(1)).unwrap_or(cells);
    let (full, rest) = theme.gauge();
    put(buf, x, y, done, &full.repeat(usize::from(done)), theme.style(name));
    put(buf, x + done, y, cells - done, &rest.repeat(usize::from(cells - done)), theme.style(Name::Dim));
}

/// Draws `key title  key title  ..` as far as whole pairs fit, those that cannot be done now
/// dimmed; returns the column after the last.
pub fn hints(
    buf: &mut Buffer,
    x: u16,
    y: u16,
    cells: u16,
    pairs: &[(String, String, bool)],
    theme: &Theme,
) -> u16 {
    let end = x.saturating_add(cells);
    let mut at = x;
    for (key, title, available) in pairs {
        let needed = width(key) + 1 + width(title);
        if at + needed > end {
            break;
        }
        at = put(buf, at, y, end - at, key, theme.style(if *available { Name::Key } else { Name::Dim }));
        at = put(
            buf,
            at + 1,
            y,
            end - at - 1,
            title,
            theme.style(if *available { Name::Text } else { Name::Dim }),
        );
        at = at.saturating_add(2);
    }
    at
}
