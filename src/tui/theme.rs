//! Named styles and the few glyphs that differ: the only place with colours. Sixteen ANSI colours
//! at most, and never colour alone: whatever matters also has a word, a mark or a modifier.

use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

use crate::ops::strength::Level;

/// What a piece of the screen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// Ordinary text.
    Text,
    /// A label, a hint: less important.
    Dim,
    /// The name of the program, the title of the pane with the focus.
    Title,
    /// A key that can be pressed.
    Key,
    /// The selected row of the pane with the focus.
    Selected,
    /// The selected row of another pane.
    Marked,
    /// The frame of the pane with the focus.
    Frame,
    /// The frame of another pane.
    FrameDim,
    /// A revealed secret.
    Secret,
    /// Done, strong.
    Good,
    /// Take care.
    Warn,
    /// Wrong, lost, weak.
    Danger,
    /// The bar of a notice.
    Notice,
}

impl Name {
    /// How strong a password is.
    pub fn of_strength(level: Level) -> Name {
        match level {
            Level::VeryWeak | Level::Weak => Name::Danger,
            Level::Fair => Name::Warn,
            Level::Strong | Level::VeryStrong => Name::Good,
        }
    }
}

/// How the terminal can draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Colours may be used.
    pub color: bool,
    /// The background is light: yellow and cyan cannot be read on it.
    pub light: bool,
    /// Only ASCII for lines: the terminal draws box characters two cells wide or not at all.
    pub ascii: bool,
}

const ASCII_BORDER: border::Set<'_> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

impl Theme {
    /// The style of a name.
    pub fn style(&self, name: Name) -> Style {
        let plain = Style::new();
        let (accent, warn) =
            if self.light { (Color::Blue, Color::Red) } else { (Color::Cyan, Color::Yellow) };
        let (color, modifier) = match name {
            Name::Text => (None, Modifier::empty()),
            // - bright black is the background itself in some palettes; what knows no dim shows text
            Name::Dim | Name::FrameDim => (None, Modifier::DIM),
            Name::Title | Name::Key => (Some(accent), Modifier::BOLD),
            Name::Selected => (None, Modifier::REVERSED),
            Name::Marked => (None, Modifier::BOLD),
            Name::Frame => (Some(accent), Modifier::empty()),
            Name::Secret => (Some(Color::Magenta), Modifier::BOLD),
            Name::Good => (Some(Color::Green), Modifier::BOLD),
            Name::Warn => (Some(warn), Modifier::BOLD),
            Name::Danger => (Some(Color::Red), Modifier::BOLD),
            Name::Notice => (None, Modifier::BOLD),
        };
        let styled = plain.add_modifier(modifier);
        // - what is drawn over a quiet line is not quiet itself
        let styled = if modifier == Modifier::DIM { styled } else { styled.remove_modifier(Modifier::DIM) };
        match color.filter(|_| self.color) {
            Some(color) => styled.fg(color),
            None => styled,
        }
    }

    /// What is added where something that was searched for stands.
    pub fn hit(&self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED | Modifier::BOLD)
    }

    /// The lines of a frame.
    pub fn border(&self) -> border::Set<'static> {
        if self.ascii { ASCII_BORDER } else { border::PLAIN }
    }

    /// One cell of a gauge: done, and still to do.
    pub fn gauge(&self) -> (&'static str, &'static str) {
        if self.ascii { ("=", "-") } else { ("━", "─") }
    }
}
