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
    cursor: usize,
}

/// Offers the newest draft of the vault that was just unlocked.
pub fn offer(open: &mut Open, _shell: &Shell) {
    let newest = open.contents.drafts.iter().filter_map(|draft| draft::about(open, draft));
    if let Some(about) = newest.max_by_key(|about| about.when) {
        open.pages.push(Box::new(Offer { about, then_edit: false, cursor: 0 }));
    }
}

/// The offer of the draft of an entry, where there is one.
pub fn of_entry(open: &Open, _shell: &Shell, id: Id) -> Option<Offer> {
    let name = draft::name(open, id);
    let held = open.contents.drafts.iter().find(|draft| draft.name == name)?;
    Some(Offer { about: draft::about(open, held)?, then_edit: true, cursor: 0 })
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
}

impl Page for Offer {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Choice, Scope::Anywhere]
    }

    fn name(&self, _open: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.form.draft.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Choose, Command::ChoiceDown, Command::ChoiceUp, Command::Back]
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
        let Input::Command(command) = input else { return Turn::Stay };
        match command {
            Command::ChoiceDown | Command::Next => self.cursor = (self.cursor + 1).min(ITEMS.len() - 1),
            Command::ChoiceUp | Command::Previous => self.cursor = self.cursor.saturating_sub(1),
            Command::Choose => match ITEMS[self.cursor] {
                Item::TakeUp => {
                    return match form(open, shell, &self.about, out) {
                        Some(state) => Turn::Replace(Box::new(state)),
                        None => {
                            shell.tell(Notice::CannotOpenValue);
                            Turn::Close
                        }
                    };
                }
                Item::Discard => {
                    draft::forget(open, self.about.name, out);
                    shell.tell(Notice::DraftDropped);
                    let id = Id(self.about.name.entry);
                    return match self.then_edit.then(|| State::edit(open, shell, id)).flatten() {
                        Some(state) => Turn::Replace(Box::new(state)),
                        None => Turn::Close,
                    };
                }
                _ => return Turn::Close,
            },
            _ => {}
        }
        Turn::Stay
    }

    fn outline(&self, _open: &Open, shell: &Shell) -> Vec<Row> {
        let text = &shell.catalog().tui.page.form;
        let told = Row::told(text.draft, &self.words(shell));
        let items = ITEMS.iter().enumerate().map(|(at, item)| Row {
            label: (text.item)(*item).to_owned(),
            value: String::new(),
            focus: at == self.cursor,
            action: Some(Command::Choose),
        });
        std::iter::once(told).chain(items).collect()
    }

    fn view(&self, _open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let text = &shell.catalog().tui.page.form;
        let items: Vec<String> = ITEMS.iter().map(|item| (text.item)(*item).to_owned()).collect();
        view::list(text.draft, &self.words(shell), &items, self.cursor, area, shell, buf)
    }
}
