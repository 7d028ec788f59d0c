//! About the program: version, places, keys of the vault, the terminal. No secrets; Enter copies it
//! all, for a report of a problem.

use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Page, Turn};
use crate::format::header::{Slot, SlotKind};
use crate::secret::Secret;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::screen::vault::{Open, copy};
use crate::tui::screen::{Cursor, Row, window};
use crate::tui::theme::Name;
use crate::tui::widget::frame::{below, frame};
use crate::tui::widget::text::{clear_area, put, put_outside, width, wrap};

/// The page.
#[derive(Debug, Default)]
pub struct About {
    offset: usize,
}

/// What is told: label and value.
fn facts(open: &Open, shell: &Shell) -> Vec<(&'static str, String)> {
    let text = &shell.catalog().tui.page.about;
    let header = open.contents.session().header();
    let slots = header.slots.iter().map(|slot| match slot {
        Slot::Known(slot) => {
            let kind = match slot.kind {
                SlotKind::Password => text.password,
                SlotKind::KeyFile => text.key_file,
                SlotKind::Recovery => text.recovery,
            };
            let params = slot.params;
            format!("{kind} (Argon2id {} MiB, t={}, p={})", params.m_kib / 1024, params.t, params.p)
        }
        Slot::Unknown(_) => text.unknown.to_owned(),
    });
    let slots: Vec<String> = slots.collect();
    let theme = &shell.theme;
    let terminal = format!(
        "{}  {}x{}  {}  {}  {}",
        if shell.terminal.is_empty() { "?" } else { &shell.terminal },
        shell.size.width,
        shell.size.height,
        if theme.color { text.colors } else { text.no_colors },
        if theme.light { text.light } else { text.dark },
        if theme.ascii { text.ascii } else { text.lines },
    );
    // - of the demo nothing lies on a disk
    let kept = |path: &str| {
        if shell.demo { text.memory.to_owned() } else { shell.places.shorten(Path::new(path)) }
    };
    let vault = if shell.demo { shell.file.name.clone() } else { shell.places.shorten(&shell.vault) };
    vec![
        (text.version, format!("mamori {}", env!("CARGO_PKG_VERSION"))),
        (text.licence, env!("CARGO_PKG_LICENSE").to_owned()),
        (text.vault, vault),
        (text.entries, open.contents.session().vault().entries().count().to_string()),
        (text.settings, kept(&shell.config.path)),
        (text.state, kept(&shell.state_path)),
        (text.backups, kept(&shell.backup_path)),
        (text.slots, slots.join(", ")),
        (text.terminal, terminal),
        (text.clipboard, shell.route.map_or(String::new(), |route| (text.route)(route))),
        (text.tmux, if shell.in_tmux { text.yes } else { text.no }.to_owned()),
    ]
}

fn lines(open: &Open, shell: &Shell, cells: u16) -> Vec<(&'static str, String)> {
    let facts = facts(open, shell);
    let label = facts.iter().map(|(label, _)| width(label)).max().unwrap_or(0) + 2;
    let mut lines = Vec::new();
    for (label_text, value) in facts {
        let mut shown = label_text;
        for line in wrap(&crate::text::sanitise::line(&value), cells.saturating_sub(label).max(10), 6) {
            lines.push((std::mem::take(&mut shown), line));
        }
    }
    lines
}

impl Page for About {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.about.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Open, Command::Back, Command::Palette, Command::HelpHere]
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        (command == Command::Open).then(|| shell.catalog().tui.vault.enter_copies)
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let Input::Command(command) = input else { return Turn::Pass };
        let body = window(shell).body;
        let room = usize::from(body.height.saturating_sub(4)).max(1);
        let all = lines(open, shell, body.width.saturating_sub(4)).len();
        self.offset = match command {
            Command::Down | Command::Next => self.offset + 1,
            Command::Up | Command::Previous => self.offset.saturating_sub(1),
            Command::PageDown | Command::HalfDown => self.offset + room,
            Command::PageUp | Command::HalfUp => self.offset.saturating_sub(room),
            Command::First => 0,
            Command::Last => all,
            Command::Open => {
                let text: String =
                    facts(open, shell).iter().map(|(label, value)| format!("{label}: {value}\n")).collect();
                let label = shell.catalog().tui.page.about.title.to_owned();
                copy::text(open, label, Secret::from_string(text), shell, out);
                self.offset
            }
            _ => return Turn::Pass,
        }
        .min(all.saturating_sub(room));
        Turn::Stay
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        facts(open, shell).iter().map(|(label, value)| Row::told(label, value)).collect()
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.about, &shell.theme);
        clear_area(buf, area);
        let inner = frame(buf, area, text.title, true, theme);
        let (x, cells) = (inner.x + 1, inner.width.saturating_sub(2));
        let lines = lines(open, shell, cells);
        let label = lines.iter().map(|(label, _)| width(label)).max().unwrap_or(0) + 2;
        let rows = inner.height.saturating_sub(2);
        let more = lines.len().saturating_sub(self.offset + usize::from(rows));
        below(buf, area, more, shell.catalog().tui.vault.below, theme);
        for (y, (name, value)) in (inner.y..inner.y + rows).zip(lines.iter().skip(self.offset)) {
            put(buf, x, y, label, name, theme.style(Name::Dim));
            put_outside(buf, x + label, y, cells.saturating_sub(label), value, theme.style(Name::Text));
        }
        put(buf, x, inner.bottom().saturating_sub(1), cells, text.how, theme.style(Name::Text));
        Cursor::new(inner.x, inner.y)
    }
}
