//! The offer to go on with what was typed and not saved: at the next unlock, and where the entry is
//! to be edited.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::chosen::Item;
use super::draft::{self, About};
use super::{State, view};
use crate::model::Id;
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::page::menu::{self, Line, Menu};
use crate::tui::page::{Page, Turn};
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};

const ITEMS: [Item; 3] = [Item::TakeUp, Item::Discard, Item::Later];

/// The popup.
#[derive(Debug)]
pub struct Offer {
    about: About,
    /// The form opens after the draft is thrown away.
    then_edit: bool,
    menu: Menu,
}

/// Offers the newest draft of the vault that was just unlocked.
pub fn offer(open: &mut Open, _shell: &Shell) {
    let newest = open.contents.drafts.iter().filter_map(|draft| draft::about(open, draft));
    if let Some(about) = newest.max_by_key(|about| about.when) {
        open.pages.push(Box::new(Offer::of(about)));
    }
}

impl Offer {
    /// Of a draft that a person chose.
    pub fn of(about: About) -> Offer {
        Offer { about, then_edit: false, menu: Menu::default() }
    }
}

/// The offer of the draft of an entry, where there is one.
pub fn of_entry(open: &Open, _shell: &Shell, id: Id) -> Option<Offer> {
    let name = draft::name(open, id);
    let held = open.contents.drafts.iter().find(|draft| draft.name == name)?;
    Some(Offer { about: draft::about(open, held)?, then_edit: true, menu: Menu::default() })
}

/// The form of a draft; what it wanted attached is read again.
pub fn form(open: &Open, shell: &mut Shell, about: &About, out: &mut Vec<Effect>) -> Option<State> {
    let (mut state, attach) = draft::take_up(open, shell, about.name)?;
    for path in attach {
        state.read_file(path.into(), shell, out);
    }
    view::scroll(&mut state, open, shell);
    Some(state)
}

/// When a draft was kept, as it is told: the time, with the day where that is another.
pub fn when(about: &About, shell: &Shell) -> String {
    let zoned = |ms: u64| {
        let ms = i64::try_from(ms).unwrap_or(i64::MAX);
        let time = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        time.to_zoned(shell.zone.clone())
    };
    let (then, now) = (zoned(about.when), zoned(shell.now.wall_ms));
    let format = if then.date() == now.date() { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    then.strftime(format).to_string()
}

impl Offer {
    fn words(&self, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.form;
        let title = sanitise::line(&self.about.title).into_owned();
        let title = if title.is_empty() { text.draft_untitled.to_owned() } else { title };
        (text.draft_of)(&title, &when(&self.about, shell))
    }

    fn lines(shell: &Shell) -> Vec<Line> {
        let text = &shell.catalog().tui.page.form;
        ITEMS.iter().map(|item| Line::of((text.item)(*item))).collect()
    }
}

impl Page for Offer {
    fn scopes(&self) -> &'static [Scope] {
        menu::SCOPES
    }

    fn name(&self, _open: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.form.draft.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        menu::FOOTER
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
        let Input::Command(command) = input else { return Turn::Pass };
        if self.menu.update(command, ITEMS.len()) != menu::Did::Chosen {
            return Turn::Stay;
        }
        match ITEMS.get(self.menu.cursor) {
            Some(Item::TakeUp) => match form(open, shell, &self.about, out) {
                Some(state) => Turn::Replace(Box::new(state)),
                None => {
                    shell.tell(Notice::CannotOpenValue);
                    Turn::Close
                }
            },
            Some(Item::Discard) => {
                draft::forget(open, self.about.name, out);
                shell.tell(Notice::DraftDropped);
                let id = Id(self.about.name.entry);
                match self.then_edit.then(|| State::edit(open, shell, id)).flatten() {
                    Some(state) => Turn::Replace(Box::new(state)),
                    None => Turn::Close,
                }
            }
            _ => Turn::Close,
        }
    }

    fn outline(&self, _open: &Open, shell: &Shell) -> Vec<Row> {
        self.menu.outline(&self.words(shell), &Offer::lines(shell))
    }

    fn view(&self, _open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let title = shell.catalog().tui.page.form.draft;
        self.menu.view((title, &self.words(shell), ""), &Offer::lines(shell), shell, area, buf)
    }
}
