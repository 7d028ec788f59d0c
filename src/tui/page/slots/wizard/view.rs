//! The wizard drawn, and what its rows say.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::{slot_words, told_failure};
use super::{Code, Goal, Step, Wizard};
use crate::tui::app::Shell;
use crate::tui::page::popup::{self, Item};
use crate::tui::screen::create::password;
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::width;

impl Wizard {
    /// What stays after a key change, in words.
    pub(super) fn stays(&self, shell: &Shell) -> Vec<String> {
        let text = &shell.catalog().tui.page.slots;
        let mut all = Vec::new();
        if self.goal == Goal::Password {
            all.push(text.new_password.to_owned());
        }
        all.extend(self.others().filter(|way| self.is_known(way.id)).map(|way| slot_words(way, shell)));
        match self.code {
            Code::New if self.kit.is_some() => all.push(text.new_code.to_owned()),
            Code::Keep => {
                all.extend(
                    self.codes().filter(|way| self.is_known(way.id)).map(|way| slot_words(way, shell)),
                );
            }
            _ => {}
        }
        all
    }

    /// What ends with a key change, in words; what it is for is not among it.
    pub(super) fn ends(&self, shell: &Shell) -> Vec<String> {
        let text = &shell.catalog().tui.page.slots;
        let skipped = self.others().filter(|way| !self.is_known(way.id));
        let mut all: Vec<String> = skipped.map(|way| slot_words(way, shell)).collect();
        match self.code {
            Code::New if self.kit.is_some() => {}
            Code::Keep => {
                all.extend(
                    self.codes().filter(|way| !self.is_known(way.id)).map(|way| slot_words(way, shell)),
                );
            }
            _ => all.extend(self.codes().map(|way| slot_words(way, shell))),
        }
        all.extend(std::iter::repeat_n(text.unknown.to_owned(), self.unknown));
        all
    }

    fn items(&self, cells: u16, shell: &Shell) -> (Vec<Item>, usize) {
        let text = &shell.catalog().tui.page.slots;
        let mut items = Vec::new();
        if let Some(failure) = &self.failure {
            let said = told_failure(failure, shell);
            items.push(Item::told(&format!("! {} {}", said.fact, said.advice), Name::Danger));
            items.push(Item::gap());
        }
        let told = |items: &mut Vec<Item>, words: &str, name| items.push(Item::told(words, name));
        let focus = match &self.step {
            Step::Entry(entry) => {
                items.extend(entry.items(cells, shell));
                entry.focus()
            }
            Step::Kit(kit) => {
                let why = self.goal.adds().then_some(text.kit_why);
                let skips = if self.goal.adds() { text.no_kit_now } else { text.no_code };
                items.extend(kit.items(cells, why, skips, shell));
                kit.focus()
            }
            Step::File(focus) => {
                told(&mut items, text.which_file, Name::Text);
                items.push(Item::gap());
                items.push(Item::act(0, text.file_there, String::new()));
                items.push(Item::act(1, text.file_new, String::new()));
                items.push(Item::gap());
                told(&mut items, text.file_warns, Name::Warn);
                *focus
            }
            Step::Name(field) => {
                told(&mut items, text.which_name, Name::Text);
                items.push(Item::gap());
                let label = width(text.name) + 2;
                let (value, caret) = popup::field(field, popup::value_cells(label, cells).min(40));
                items.push(Item {
                    label: text.name.to_owned(),
                    value,
                    stop: Some(0),
                    caret: Some(caret),
                    ..Item::default()
                });
                0
            }
            Step::Codes(focus) => {
                told(&mut items, text.which_code, Name::Text);
                items.push(Item::gap());
                for (at, words) in [text.code_new, text.code_keep, text.code_none].into_iter().enumerate() {
                    items.push(Item::act(at, words, String::new()));
                }
                *focus
            }
            Step::Confirm(focus) => {
                told(&mut items, text.will_stay, Name::Text);
                for words in self.stays(shell) {
                    told(&mut items, &format!("  {words}"), Name::Good);
                }
                let ends = self.ends(shell);
                if !ends.is_empty() {
                    items.push(Item::gap());
                    told(&mut items, text.will_end, Name::Text);
                    for words in ends {
                        told(&mut items, &format!("  {words}"), Name::Danger);
                    }
                }
                items.push(Item::gap());
                told(&mut items, text.what_changes, Name::Dim);
                items.push(Item::gap());
                items.push(Item::act(0, text.cancel, String::new()));
                items.push(Item::act(1, text.go, String::new()));
                *focus
            }
            Step::New(_) | Step::Working => 0,
        };
        (items, focus)
    }

    pub(super) fn title(&self, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.slots;
        match self.goal {
            Goal::AddPassword => text.add_password.to_owned(),
            Goal::AddKeyFile => text.add_key_file.to_owned(),
            Goal::AddCode(_) => text.add_code.to_owned(),
            Goal::Password => text.change_password.to_owned(),
            Goal::Remove(id) => {
                let way = self.ways.iter().find(|way| way.id == id);
                (text.remove)(&way.map(|way| slot_words(way, shell)).unwrap_or_default())
            }
            Goal::Costs => text.rekey.to_owned(),
        }
    }

    /// The page as rows.
    pub(super) fn told(&self, shell: &Shell) -> Vec<Row> {
        if let Step::New(state) = &self.step {
            return password::told(state, &around(self.goal, shell), shell);
        }
        let (items, focus) = self.items(76, shell);
        popup::outline(&items, focus)
    }

    /// Draws it.
    pub(super) fn draw(&self, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        if let Step::New(state) = &self.step {
            return password::draw(state, &around(self.goal, shell), shell, area, buf);
        }
        let wide = area.width.min(78);
        let place = Rect { x: area.x + (area.width - wide) / 2, width: wide, ..area };
        let high = place.height.min(22);
        let place = Rect { y: place.y + (place.height - high) / 3, height: high, ..place };
        if let Step::Kit(kit) = &self.step
            && let Some(cursor) = kit.view_qr(area, shell, buf)
        {
            return cursor;
        }
        let inner = frame(buf, place, &self.title(shell), true, &shell.theme);
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let inner = if inner.height > 14 {
            Rect { y: inner.y + 1, height: inner.height - 1, ..inner }
        } else {
            inner
        };
        let (items, focus) = self.items(inner.width.saturating_sub(2), shell);
        popup::sheet(buf, inner, &items, Some(focus), shell)
    }
}

/// What the step of a new password says around its fields.
fn around(goal: Goal, shell: &Shell) -> password::Around<'_> {
    let text = &shell.catalog().tui.page.slots;
    let master = goal == Goal::Password;
    password::Around {
        title: if master { text.change_password } else { text.add_password },
        explain: if master { text.new_explain } else { text.new_other },
        explain_short: if master { text.new_short } else { text.new_other },
        keep: text.new_keep,
        becomes: None,
        button: text.next,
        so_far: shell.catalog().tui.page.slots.nothing_yet,
    }
}
