//! The passwords of all marked entries: a new one for each beside the old one, as one step; and how
//! changes that are under way end, all together.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::model::{Entry, Id};
use crate::ops::staged::many::{self, End, Sorted};
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::page::popup::{self, Item};
use crate::tui::page::{Page, Turn};
use crate::tui::screen::vault::Open;
use crate::tui::screen::vault::bulk::{self, Act, Bulk};
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::field::Field;
use crate::tui::widget::text::width;

/// Most titles that are listed of each sort.
const NAMED_MOST: usize = 40;

/// What a row does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Reason,
    Make,
    Confirm,
    Discard,
    Later,
}

/// The popup.
#[derive(Debug)]
pub struct Many {
    ids: Vec<Id>,
    sorted: Sorted,
    reason: Field,
    focus: usize,
}

impl Many {
    /// For these entries.
    pub fn new(ids: Vec<Id>, open: &Open) -> Many {
        let mut made = Many { ids, sorted: Sorted::default(), reason: Field::default(), focus: 0 };
        made.read(open);
        // - the button that makes them; of what is under way nothing ends by one Enter
        let makes = made.stops().iter().position(|stop| *stop == Stop::Make);
        made.focus = makes.unwrap_or(made.stops().len() - 1);
        made
    }

    fn read(&mut self, open: &Open) {
        self.sorted = many::sort(open.contents.session().vault(), &self.ids);
        self.focus = self.focus.min(self.stops().len() - 1);
    }

    fn stops(&self) -> Vec<Stop> {
        let mut stops = Vec::new();
        if !self.sorted.fresh.is_empty() {
            stops.extend([Stop::Reason, Stop::Make]);
        }
        if !self.sorted.open.is_empty() {
            stops.extend([Stop::Confirm, Stop::Discard]);
        }
        stops.push(Stop::Later);
        stops
    }

    fn stop(&self) -> Stop {
        self.stops().get(self.focus).copied().unwrap_or(Stop::Later)
    }

    fn act(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        let (ids, act) = match self.stop() {
            Stop::Reason => {
                self.focus += 1;
                return Turn::Stay;
            }
            Stop::Later => return Turn::Close,
            Stop::Make => (
                &self.sorted.fresh,
                Act::Stage(self.reason.text().trim().to_owned(), shell.settings.rules.clone()),
            ),
            Stop::Confirm => (&self.sorted.open, Act::End(End::Confirm)),
            Stop::Discard => (&self.sorted.open, Act::End(End::Discard)),
        };
        let stays = !matches!(act, Act::End(_));
        bulk::run(open, Bulk { ids: ids.clone(), act }, shell, out);
        self.reason.clear();
        self.read(open);
        // - one Enter too many ends nothing
        self.focus = self.stops().len() - 1;
        // - what was just made is copied, sent and confirmed from here or from each entry
        if stays { Turn::Stay } else { Turn::Close }
    }

    fn items(&self, open: &Open, shell: &Shell, cells: u16) -> Vec<Item> {
        let text = &shell.catalog().tui.page.staged;
        let stops = self.stops();
        let place = |stop| stops.iter().position(|one| *one == stop);
        let mut items = Vec::new();
        let counts = [
            (self.sorted.fresh.len(), text.many_fresh as fn(usize) -> String),
            (self.sorted.open.len(), text.many_open),
            (self.sorted.several.len(), text.many_several),
            (self.sorted.without.len(), text.many_without),
        ];
        for (count, words) in counts.into_iter().filter(|(count, _)| *count > 0) {
            items.push(Item::told(&words(count), Name::Text));
        }
        items.push(Item::gap());
        for stop in &stops {
            let words = match stop {
                Stop::Reason => {
                    let label = width(text.reason).min(cells * 2 / 5) + 2;
                    let (value, caret) = popup::field(&self.reason, popup::value_cells(label, cells));
                    let (label, stop) = (text.reason.to_owned(), place(Stop::Reason));
                    items.push(Item { label, value, stop, caret: Some(caret), ..Item::default() });
                    continue;
                }
                Stop::Make => (text.many_make)(self.sorted.fresh.len()),
                Stop::Confirm => (text.many_confirm)(self.sorted.open.len()),
                Stop::Discard => (text.many_discard)(self.sorted.open.len()),
                Stop::Later => text.many_close.to_owned(),
            };
            let mut item = Item::act(0, &words, String::new());
            item.stop = place(*stop);
            items.push(item);
        }
        items.push(Item::gap());
        if !self.sorted.fresh.is_empty() {
            items.push(Item::told(text.many_old_stay, Name::Dim));
        }
        let lists = [
            (&self.sorted.fresh, text.many_new),
            (&self.sorted.open, text.many_under_way),
            (&self.sorted.several, text.many_choose),
            (&self.sorted.without, text.many_none),
        ];
        for (ids, heading) in lists.into_iter().filter(|(ids, _)| !ids.is_empty()) {
            items.push(Item::told(heading, Name::Title));
            for id in ids.iter().take(NAMED_MOST) {
                items.push(Item::told(&line(open, *id, shell), Name::Dim));
            }
            if ids.len() > NAMED_MOST {
                items.push(Item::told(&(text.many_more)(ids.len() - NAMED_MOST), Name::Dim));
            }
        }
        items
    }

    fn edge(&self, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.staged;
        let words = match self.stop() {
            Stop::Reason => text.on,
            Stop::Make => text.keeps,
            Stop::Confirm => text.confirms,
            Stop::Discard => text.discards,
            Stop::Later => text.closes,
        };
        popup::edge(shell, &[(Command::Open, words)])
    }
}

/// Title and user name of an entry, on one line.
fn line(open: &Open, id: Id, shell: &Shell) -> String {
    let user = open.contents.entry(id).map_or("", Entry::username);
    let title = super::title(open, id, shell);
    let user = sanitise::line(user);
    if user.is_empty() || user == title { format!("  {title}") } else { format!("  {title}  {user}") }
}

impl Page for Many {
    fn scopes(&self) -> &'static [Scope] {
        if self.stop() == Stop::Reason {
            &[Scope::Form, Scope::Field, Scope::Anywhere]
        } else {
            &[Scope::Browse, Scope::Anywhere]
        }
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.staged.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        if self.stop() == Stop::Reason {
            &[Command::Accept, Command::FormUp, Command::FormDown, Command::Back, Command::Help]
        } else {
            &[Command::Open, Command::Down, Command::Up, Command::Undo, Command::Back, Command::HelpHere]
        }
    }

    fn popup(&self) -> bool {
        true
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let typing = self.stop() == Stop::Reason;
        let command = match input {
            Input::Char(c) if typing => {
                if !self.reason.type_char(c) {
                    shell.tell(Notice::FieldFull);
                }
                return Turn::Stay;
            }
            Input::Paste(bytes) if typing => {
                self.reason.paste(bytes);
                return Turn::Stay;
            }
            Input::Char(_) | Input::Paste(_) => return Turn::Pass,
            Input::Command(command) if typing && self.reason.edit(command) => return Turn::Stay,
            Input::Command(command) => command,
        };
        let last = self.stops().len() - 1;
        match command {
            Command::Down | Command::FormDown | Command::Next => self.focus = (self.focus + 1).min(last),
            Command::Up | Command::FormUp | Command::Previous => self.focus = self.focus.saturating_sub(1),
            Command::First => self.focus = 0,
            Command::Last => self.focus = last,
            Command::Open | Command::Accept | Command::Mark => return self.act(open, shell, out),
            Command::Undo | Command::Redo => return Turn::Pass,
            _ => {}
        }
        Turn::Stay
    }

    fn settle(&mut self, open: &Open, _: &Shell) {
        self.read(open);
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        popup::outline(&self.items(open, shell, super::WIDE), self.focus)
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let title = (shell.catalog().tui.page.staged.many_title)(self.ids.len());
        let items = self.items(open, shell, popup::inner_cells(area, super::WIDE));
        popup::view(buf, area, super::WIDE, &title, &self.edge(shell), &items, self.focus, shell)
    }
}
