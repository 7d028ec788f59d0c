//! The drawing surface: ratatui over our own output buffer, one write for each frame, wiped after.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::app::App;
use super::view;
use crate::platform::tty::Output;

/// Collects what ratatui writes; only [`Paper::draw`] sends it, once for a frame.
struct Sheet(Rc<RefCell<Output>>);

impl Write for Sheet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The surface.
pub(super) struct Paper {
    output: Rc<RefCell<Output>>,
    terminal: Option<Terminal<CrosstermBackend<Sheet>>>,
    size: (u16, u16),
}

impl Paper {
    pub(super) fn new(output: Output, width: u16, height: u16) -> Paper {
        Paper { output: Rc::new(RefCell::new(output)), terminal: None, size: (width, height) }
    }

    /// The window has another size: everything is drawn anew.
    pub(super) fn resize(&mut self, width: u16, height: u16) {
        self.size = (width, height);
        self.terminal = None;
    }

    /// Forgets what was drawn: the next frame is a whole one on an empty screen.
    pub(super) fn forget(&mut self) {
        self.terminal = None;
    }

    /// Draws a frame.
    pub(super) fn draw(&mut self, app: &App) -> io::Result<()> {
        self.output.borrow_mut().begin_frame()?;
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        if self.terminal.is_none() {
            let backend = CrosstermBackend::new(Sheet(Rc::clone(&self.output)));
            let options = TerminalOptions { viewport: Viewport::Fixed(area) };
            self.terminal = Some(Terminal::with_options(backend, options)?);
            self.output.borrow_mut().write_all(b"\x1b[0m\x1b[2J")?;
        }
        if let Some(terminal) = &mut self.terminal {
            terminal.draw(|frame| {
                let cursor = view::view(app, frame.buffer_mut());
                frame.set_cursor_position(cursor);
            })?;
        }
        self.output.borrow_mut().end_frame()
    }
}
