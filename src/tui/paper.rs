//! The drawing surface: two frames and our own output buffer; one write for each frame, wiped after.

use std::io::{self, Write};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::app::App;
use super::{pen, view};
use crate::platform::tty::Output;

/// The surface.
pub(super) struct Paper {
    output: Output,
    shown: Buffer,
    next: Buffer,
    cursor: Position,
    fresh: bool,
}

impl Paper {
    pub(super) fn new(output: Output, width: u16, height: u16) -> Paper {
        let empty = Buffer::empty(Rect::new(0, 0, width, height));
        Paper { output, shown: empty.clone(), next: empty, cursor: Position::ORIGIN, fresh: true }
    }

    /// The window has another size: everything is drawn anew.
    pub(super) fn resize(&mut self, width: u16, height: u16) {
        let empty = Buffer::empty(Rect::new(0, 0, width, height));
        self.shown = empty.clone();
        self.next = empty;
        self.fresh = true;
    }

    /// Forgets what was drawn: the next frame is a whole one on an empty screen.
    pub(super) fn forget(&mut self) {
        self.shown.reset();
        self.fresh = true;
    }

    /// Draws a frame. What the frame before showed is overwritten in memory, too.
    pub(super) fn draw(&mut self, app: &App) -> io::Result<()> {
        self.next.reset();
        let cursor = view::view(app, &mut self.next);
        if !self.fresh && cursor == self.cursor && self.shown == self.next {
            self.next.reset();
            return Ok(());
        }
        self.cursor = cursor;
        self.output.begin_frame()?;
        if std::mem::take(&mut self.fresh) {
            self.output.write_all(b"\x1b[m\x1b[2J\x1b[?25h")?;
        }
        pen::write(&self.shown, &self.next, cursor, &mut self.output)?;
        std::mem::swap(&mut self.shown, &mut self.next);
        self.next.reset();
        self.output.end_frame()
    }
}
