//! A finding is left alone: with a reason, and until when. What is left alone stays in a list of its
//! own and comes back when its time is over.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::list::title_of;
use super::plan::Of;
use crate::crypto::entropy::array;
use crate::model::Id;
use crate::ops::health::{Check, ignore};
use crate::text::health as words;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::contents::date;
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::health;
use crate::tui::notice::{Deed, Notice};
use crate::tui::page::popup::{self, Item};
use crate::tui::page::{Page, Turn};
use crate::tui::screen::vault::{Open, steps};
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::field::Field;

/// Cells that the popup wants.
const WIDE: u16 = 64;

const DAY: u64 = 86_400_000;

/// For how long, in days; 0 is for good.
const DAYS: [u64; 4] = [30, 90, 365, 0];

/// The question.
#[derive(Debug)]
pub struct Leave {
    entry: Option<Id>,
    /// What is found of it and not left alone yet, the one that is meant first.
    checks: Vec<Check>,
    which: usize,
    reason: Field,
    focus: usize,
}

impl Leave {
    /// Asks about a finding.
    pub fn new(_: Of, entry: Option<Id>, check: Check, open: &Open) -> Leave {
        let mut checks = vec![check];
        if let Some(report) = &open.contents.report {
            let found = report.findings.iter().filter(|one| one.entry == entry && one.ignored.is_none());
            for one in found {
                if !checks.contains(&one.why.check()) {
                    checks.push(one.why.check());
                }
            }
        }
        // - the reason comes first: which finding is meant, the list has said
        let focus = usize::from(checks.len() > 1);
        Leave { entry, checks, which: 0, reason: Field::default(), focus }
    }

    /// Rows before those of the times: which finding, where there are several, and the reason.
    fn before(&self) -> usize {
        if self.checks.len() > 1 { 2 } else { 1 }
    }

    fn on_reason(&self) -> bool {
        self.focus + 1 == self.before()
    }

    fn check(&self) -> Check {
        self.checks.get(self.which).copied().unwrap_or(Check::Leaked)
    }

    fn turn_over(&mut self, forward: bool) {
        let all = self.checks.len().max(1);
        self.which = if forward { self.which + 1 } else { self.which + all - 1 } % all;
    }

    fn leave(&self, days: u64, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        let until = if days == 0 { 0 } else { shell.now.wall_ms + days * DAY };
        let Ok(fresh) = array(&mut *shell.entropy).map(Id) else {
            shell.tell(Notice::ChangeRefused);
            return Turn::Close;
        };
        let vault = open.contents.session().vault();
        let change = ignore::ignore(vault, self.entry, self.check(), until, self.reason.text(), fresh);
        if change.is_some_and(|change| steps::apply_as(open, &change, (Deed::LeftAlone, 1), shell, out)) {
            health::soon(open);
            shell.tell(Notice::Done(Deed::LeftAlone, 1));
        } else {
            shell.tell(Notice::ChangeRefused);
        }
        Turn::Close
    }

    fn items(&self, shell: &Shell, cells: u16) -> Vec<Item> {
        let text = &shell.catalog().tui.page.health;
        let label = crate::tui::widget::text::width(text.reason)
            .max(crate::tui::widget::text::width(text.finding))
            + 2;
        let room = popup::value_cells(label.min(cells * 2 / 5 + 2), cells);
        let mut items = Vec::new();
        if self.checks.len() > 1 {
            let name = words::check(self.check(), shell.lang);
            let value = vec![(format!("< {name} >"), Name::Text)];
            items.push(Item { label: text.finding.to_owned(), value, stop: Some(0), ..Item::default() });
        }
        let (value, caret) = popup::field(&self.reason, room);
        let stop = Some(self.before() - 1);
        items.push(Item {
            label: text.reason.to_owned(),
            value,
            stop,
            caret: Some(caret),
            ..Item::default()
        });
        items.push(Item::gap());
        for (at, days) in DAYS.into_iter().enumerate() {
            let until = Some(days).filter(|days| *days > 0);
            let until = until.map(|days| date(shell.now.wall_ms + days * DAY, &shell.zone));
            items.push(Item::act(self.before() + at, &(text.until)(days, until.as_deref()), String::new()));
        }
        items.push(Item::gap());
        items.push(Item::told(text.leave_told, Name::Dim));
        items
    }

    fn title(&self, open: &Open, shell: &Shell) -> String {
        let name = title_of(open, self.entry, shell);
        (shell.catalog().tui.page.health.leave_title)(&name, words::check(self.check(), shell.lang))
    }
}

impl Page for Leave {
    fn scopes(&self) -> &'static [Scope] {
        if self.on_reason() {
            &[Scope::Form, Scope::Field, Scope::Anywhere]
        } else {
            &[Scope::Browse, Scope::Anywhere]
        }
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        (shell.catalog().tui.short)(Command::Ignore).to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        if self.on_reason() {
            &[Command::Accept, Command::FormDown, Command::EraseLeft, Command::Back, Command::Help]
        } else {
            &[Command::Open, Command::Down, Command::Up, Command::Back, Command::HelpHere]
        }
    }

    fn popup(&self) -> bool {
        true
    }

    fn selected(&self) -> Option<Id> {
        self.entry
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let command = match input {
            Input::Char(c) => {
                if !self.reason.type_char(c) {
                    shell.tell(Notice::FieldFull);
                }
                return Turn::Stay;
            }
            Input::Paste(bytes) => {
                if self.on_reason() {
                    self.reason.paste(bytes);
                }
                return Turn::Stay;
            }
            Input::Command(command) => command,
        };
        let last = self.before() + DAYS.len() - 1;
        match command {
            Command::Down | Command::FormDown | Command::Next | Command::Accept => {
                self.focus = (self.focus + 1).min(last);
            }
            Command::Up | Command::FormUp | Command::Previous => self.focus = self.focus.saturating_sub(1),
            Command::First => self.focus = 0,
            Command::Last => self.focus = last,
            Command::Left if self.focus == 0 && !self.on_reason() => self.turn_over(false),
            Command::Right | Command::Mark | Command::Open if self.focus == 0 && !self.on_reason() => {
                self.turn_over(true);
            }
            Command::Open => {
                if let Some(days) = self.focus.checked_sub(self.before()).and_then(|at| DAYS.get(at)) {
                    return self.leave(*days, open, shell, out);
                }
            }
            other => {
                self.reason.edit(other);
            }
        }
        Turn::Stay
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        popup::outline(&self.items(shell, WIDE), self.focus)
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let items = self.items(shell, popup::inner_cells(area, WIDE));
        let text = &shell.catalog().tui.page.health;
        let edge = if self.on_reason() {
            popup::edge(shell, &[(Command::Accept, text.goes_on)])
        } else {
            popup::edge(shell, &[(Command::Open, text.leaves)])
        };
        popup::view(buf, area, WIDE, &self.title(open, shell), &edge, &items, self.focus, shell)
    }
}
