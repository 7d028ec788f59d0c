//! The trash: what lies in it and since when; brought back by Enter, deleted for ever only when the
//! title is typed. Nothing leaves it by itself.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ask::{Ask, Then};
use super::picker::{Did, Picker};
use super::popup;
use super::{Page, Turn};
use crate::model::Id;
use crate::ops::search::Query;
use crate::text::{sanitise, words};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope, Unavailable};
use crate::tui::contents::{Part, date};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::screen::vault::Open;
use crate::tui::screen::vault::bulk::{self, Act, Bulk};
use crate::tui::screen::vault::reveal::Peek;
use crate::tui::screen::vault::signs::Sign;
use crate::tui::screen::{Cursor, Row, window};
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{fill, fit, put, put_outside, wrap};

/// The trash.
#[derive(Debug, Default)]
pub struct Trash {
    picker: Picker,
    peek: Peek,
    /// The version of the vault that it was listed from.
    version: u64,
}

/// Cells of the day.
const WHEN: u16 = 25;
/// Cells of the kind.
const KIND: u16 = 14;

impl Trash {
    /// The trash as it is now.
    pub fn new(open: &Open, shell: &Shell) -> Trash {
        let mut made = Trash::default();
        made.read(open, shell);
        made
    }

    /// Lists anew: without a filter what was thrown away last comes first.
    fn read(&mut self, open: &Open, shell: &Shell) {
        self.version = open.contents.version();
        let contents = &open.contents;
        let query = Query::parse(self.picker.filter.text());
        let ids: Vec<Id> = if query.is_empty() {
            contents.shelf().trash()
        } else {
            let found = contents.search_trashed(&query, shell.now.wall_ms);
            found.into_iter().filter_map(|row| contents.id(row)).collect()
        };
        self.picker.marks.retain(|id| contents.is_trashed(*id));
        self.picker.list(ids, rows(shell));
    }

    fn restore(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        let ids = self.picker.meant();
        if !ids.is_empty() {
            bulk::run(open, Bulk { ids, act: Act::Restore }, shell, out);
        }
        self.peek.hide();
        // - what is back is marked no longer; what is done as work is not back yet
        if open.work.is_none() {
            self.read(open, shell);
        }
    }

    fn show(&mut self, spelled: bool, open: &Open, shell: &Shell) {
        let Some(entry) = self.picker.selected().and_then(|id| open.contents.entry(id)) else { return };
        self.peek.open(spelled, (open, entry.id()), shell, [entry.password()]);
    }

    fn edge(&self, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.trash;
        if self.picker.ids.is_empty() || self.picker.filtering {
            return String::new();
        }
        let marked = self.picker.marks.len();
        let restore = if marked == 0 { text.restores.to_owned() } else { (text.restores_these)(marked) };
        popup::edge(
            shell,
            &[(Command::Open, &restore), (Command::DeleteForever, text.purge), (Command::Mark, text.marks)],
        )
    }

    fn view_row(&self, open: &Open, shell: &Shell, (at, id): (usize, Id), area: Rect, buf: &mut Buffer) {
        let theme = &shell.theme;
        let Some(entry) = open.contents.entry(id) else { return };
        let selected = at == self.picker.cursor;
        let marked = self.picker.marks.contains(&id);
        let base = theme.style(match (selected, marked) {
            (true, _) => Name::Selected,
            (false, true) => Name::Marked,
            (false, false) => Name::Text,
        });
        let quiet = if selected { base } else { theme.style(Name::Dim) };
        if selected {
            put(buf, area.x, area.y, area.width, &fill("", area.width), base);
        }
        put(buf, area.x, area.y, 1, if selected { ">" } else { " " }, base);
        put(buf, area.x + 1, area.y, 1, if marked { Sign::Marked.cell() } else { " " }, base);
        let kind = if area.width >= 90 { KIND } else { 0 };
        let rest = area.width.saturating_sub(3 + WHEN + kind);
        let user = if area.width >= 70 { rest * 2 / 5 } else { 0 };
        let title = if entry.title().is_empty() { shell.catalog().tui.vault.untitled } else { entry.title() };
        put_outside(buf, area.x + 3, area.y, (rest - user).saturating_sub(1), title, base);
        let x = area.x + 3 + rest - user;
        put_outside(buf, x, area.y, user.saturating_sub(1), entry.username(), quiet);
        let kind_name = words::kind(entry.kind(), shell.lang);
        put(buf, x + user, area.y, kind, &fit(kind_name, kind.saturating_sub(1)), quiet);
        put(
            buf,
            area.right() - WHEN,
            area.y,
            WHEN - 1,
            &when(open.contents.shelf().trashed_since(id), shell),
            quiet,
        );
    }
}

fn when(ms: u64, shell: &Shell) -> String {
    let days = shell.now.wall_ms.saturating_sub(ms) / 86_400_000;
    format!("{} ({})", date(ms, &shell.zone), (shell.catalog().tui.vault.days_ago)(days))
}

/// Visible rows: of the body without the frame, the filter and the line of what is shown.
fn rows(shell: &Shell) -> usize {
    usize::from(window(shell).body.height.saturating_sub(4)).max(1)
}

impl Page for Trash {
    fn scopes(&self) -> &'static [Scope] {
        self.picker.scopes(&[Scope::Trash, Scope::Entry, Scope::Browse, Scope::Anywhere])
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.trash.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        if self.picker.filtering {
            return &[Command::KeepSearch, Command::HitDown, Command::HitUp, Command::Back, Command::Help];
        }
        &[
            Command::CopyPassword,
            Command::CopyUser,
            Command::Reveal,
            Command::MarkAll,
            Command::Undo,
            Command::Search,
            Command::Back,
            Command::HelpHere,
        ]
    }

    fn selected(&self) -> Option<Id> {
        self.picker.selected()
    }

    fn shows(&self, open: &Open) -> Option<bool> {
        Some(self.picker.selected().is_some_and(|id| open.contents.has(id, Part::Password)))
    }

    fn is_shown(&self) -> bool {
        self.peek.is_open()
    }

    fn means(&self, command: Command) -> Option<Command> {
        use Command as C;
        // - what lies here is taken out before anything is done to it
        let no =
            matches!(command, C::Edit | C::Clone | C::Change | C::Move | C::Tags | C::Favourite | C::Trash);
        (!no).then_some(command)
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        match self.picker.update(input, rows(shell), shell) {
            Did::Nothing => {}
            Did::Moved => {
                self.peek.hide();
                return Turn::Stay;
            }
            Did::Filter => {
                self.peek.hide();
                self.read(open, shell);
                return Turn::Stay;
            }
        }
        let Input::Command(command) = input else { return Turn::Pass };
        if self.picker.ids.is_empty() && matches!(command, Command::Open | Command::Mark | Command::MarkAll) {
            return Turn::No(Unavailable::NoEntry);
        }
        match command {
            Command::Open | Command::Restore => self.restore(open, shell, out),
            Command::DeleteForever => {
                let ids = self.picker.meant();
                if !ids.is_empty() {
                    self.peek.hide();
                    return Turn::Over(Box::new(Ask::new(Then::Purge(ids), open)));
                }
            }
            Command::Mark => self.picker.mark(rows(shell)),
            Command::MarkAll => self.picker.mark_all(),
            Command::Reveal | Command::Spell => self.show(command == Command::Spell, open, shell),
            // - an edit would take the entry out of the trash, which is what Enter says
            Command::Edit
            | Command::Clone
            | Command::Change
            | Command::Move
            | Command::Tags
            | Command::Favourite
            | Command::Archive
            | Command::Trash => shell.tell(Notice::Unavailable(Unavailable::NotHere)),
            Command::GoTrash => return Turn::No(Unavailable::Already),
            _ => return Turn::Pass,
        }
        Turn::Stay
    }

    fn back(&mut self, open: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) -> bool {
        if self.peek.hide() {
            return true;
        }
        let did = self.picker.back();
        if did == Some(Did::Filter) {
            self.read(open, shell);
        }
        did.is_some()
    }

    fn settle(&mut self, open: &Open, shell: &Shell) {
        self.peek.hide();
        if self.version != open.contents.version() {
            self.read(open, shell);
        }
        self.picker.place(rows(shell));
    }

    fn hide(&mut self) {
        self.peek.hide();
    }

    fn deadline(&self, shell: &Shell) -> Option<Duration> {
        self.peek.deadline(shell)
    }

    fn tick(&mut self, _: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) {
        self.peek.tick(shell);
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        let seen = self.picker.visible(rows(shell));
        seen.filter_map(|(at, id)| {
            let entry = open.contents.entry(id)?;
            Some(Row {
                label: sanitise::line(entry.title()).into_owned(),
                value: when(open.contents.shelf().trashed_since(id), shell),
                focus: at == self.picker.cursor,
                action: Some(Command::Open),
            })
        })
        .collect()
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.trash, &shell.theme);
        let count = self.picker.ids.len();
        let inner = frame(buf, area, &format!("{} {count}", text.title), true, theme);
        popup::view_edge(buf, area, &self.edge(shell), shell);
        let caret = self.picker.view_filter(shell.catalog().tui.vault.search_hint, inner, buf, shell);
        let body = Rect { y: inner.y + 1, height: inner.height.saturating_sub(2), ..inner };
        if self.picker.ids.is_empty() {
            let empty = self.picker.filter.text().trim().is_empty();
            let vault = &shell.catalog().tui.vault;
            let told =
                if empty { (text.empty, text.empty_advice) } else { (vault.no_hits, vault.no_hits_advice) };
            let x = body.x + 1;
            put(buf, x, body.y + 1, body.width - 1, told.0, theme.style(Name::Title));
            for (y, line) in (body.y + 3..body.bottom()).zip(wrap(told.1, body.width - 2, 4)) {
                put(buf, x, y, body.width - 1, &line, theme.style(Name::Text));
            }
            return if self.picker.filtering { caret } else { Cursor::new(body.x, body.y) };
        }
        let mut cursor = caret;
        for (y, (at, id)) in (body.y..body.bottom()).zip(self.picker.visible(usize::from(body.height))) {
            self.view_row(open, shell, (at, id), Rect::new(body.x, y, body.width, 1), buf);
            if at == self.picker.cursor && !self.picker.filtering {
                cursor = Cursor::new(body.x, y);
            }
        }
        if self.peek.is_open() {
            view_peek(&self.peek, inner, buf, shell);
        }
        cursor
    }
}

/// Draws a shown password over the last lines of `inner`.
fn view_peek(peek: &Peek, inner: Rect, buf: &mut Buffer, shell: &Shell) {
    let theme = &shell.theme;
    let label = (shell.catalog().tui.part)(Part::Password);
    let at = crate::tui::widget::text::width(&label) + 2;
    let cells = inner.width.saturating_sub(at + 2);
    let mut lines = peek.lines(0, cells, shell);
    let most = usize::from(inner.height.saturating_sub(2)).min(8);
    // - of a long one the middle goes, never the line that says until when it is shown
    if lines.len() > most {
        let last = lines.pop();
        lines.truncate(most.saturating_sub(1));
        lines.extend(last);
    }
    let high = u16::try_from(lines.len()).unwrap_or(0);
    let top = inner.bottom().saturating_sub(high);
    crate::tui::widget::text::clear_area(buf, Rect { y: top, height: high, ..inner });
    put(buf, inner.x + 1, top, at, &label, theme.style(Name::Text));
    for (y, (line, name)) in (top..inner.bottom()).zip(lines) {
        put(buf, inner.x + 1 + at, y, cells, &line, theme.style(name));
    }
}
