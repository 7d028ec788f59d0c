//! The question before a plan: what happened, since when, and whether the vault itself is in doubt. For
//! an account that is named, or for a password or a user name that is typed here.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{PlanPage, name, open_plans, title};
use crate::model::Id;
use crate::model::incident::{Scope as Reach, Trigger};
use crate::ops::incident::act::{self, Begin as What, Opening};
use crate::secret::Secret;
use crate::text::tui::page::incident::SINCE_DAYS;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::{Deed, IncidentTold, Notice};
use crate::tui::page::popup::{self, Item};
use crate::tui::page::{Page, Turn};
use crate::tui::screen::vault::{Open, steps};
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::field::Field;
use crate::tui::widget::secret_field::SecretField;
use crate::tui::widget::text::width;

/// Cells it wants.
const WIDE: u16 = 70;
/// A day, ms.
const DAY: u64 = 86_400_000;

/// What the plan is for.
#[derive(Debug)]
enum Of {
    Entry(Id),
    Password(SecretField),
    UserName(Field),
}

/// What a row does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Typed,
    What,
    Since,
    Vault,
    Make,
    AddTo(Id),
    Cancel,
}

/// The question.
#[derive(Debug)]
pub struct Begin {
    of: Of,
    what: Field,
    since: usize,
    vault: bool,
    focus: usize,
}

impl Begin {
    /// For an account; where a plan began with it the page of that plan.
    pub fn entry(id: Id, open: &mut Open) -> Box<dyn Page> {
        let held =
            open_plans(open).iter().find(|one| one.trigger() == Trigger::Entry(id)).map(|one| one.id());
        if let Some(held) = held {
            return Box::new(PlanPage::new(held, open));
        }
        let mut begin = Begin::of(Of::Entry(id));
        begin.focus = begin.stops(open).iter().position(|stop| *stop == Stop::Make).unwrap_or(0);
        Box::new(begin)
    }

    /// For a password that is typed.
    pub fn password() -> Begin {
        Begin::of(Of::Password(SecretField::default()))
    }

    /// For a user name that is typed.
    pub fn user_name() -> Begin {
        Begin::of(Of::UserName(Field::default()))
    }

    fn of(of: Of) -> Begin {
        Begin { of, what: Field::default(), since: 0, vault: false, focus: 0 }
    }

    fn stops(&self, open: &Open) -> Vec<Stop> {
        let mut stops = Vec::new();
        stops.extend((!matches!(self.of, Of::Entry(_))).then_some(Stop::Typed));
        stops.extend([Stop::What, Stop::Since, Stop::Vault, Stop::Make]);
        if matches!(self.of, Of::Entry(_)) {
            stops.extend(open_plans(open).iter().take(3).map(|one| Stop::AddTo(one.id())));
        }
        stops.push(Stop::Cancel);
        stops
    }

    fn stop(&self) -> Option<Stop> {
        // - the rows in front of those that hang on the vault are always the same
        let typed = usize::from(!matches!(self.of, Of::Entry(_)));
        match self.focus.checked_sub(typed) {
            None => Some(Stop::Typed),
            Some(0) => Some(Stop::What),
            _ => None,
        }
    }

    fn make(&self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        let typed;
        let begin = match &self.of {
            Of::Entry(id) => What::Entry(*id),
            Of::Password(field) if !field.is_empty() => {
                typed = Secret::copy_of(field.expose());
                What::Password(&typed)
            }
            Of::UserName(field) if !field.text().trim().is_empty() => What::UserName(field.text()),
            Of::Password(_) | Of::UserName(_) => {
                shell.tell(Notice::Incident(IncidentTold::Empty));
                return Turn::Stay;
            }
        };
        let now = shell.now.wall_ms;
        let scope = if self.vault { &[Reach::Vault][..] } else { &[] };
        let since_ms = now.saturating_sub(SINCE_DAYS.get(self.since).copied().unwrap_or(0) * DAY);
        let opening = Opening { begin, since_ms, note: self.what.text().trim(), scope, now_ms: now };
        let made = act::open(&mut open.contents.session().sealer(&mut *shell.entropy), &opening);
        let done = match &made {
            Ok((_, change)) => steps::apply_as(open, change, (Deed::Incident, 1), shell, out),
            Err(_) => false,
        };
        let (true, Ok((id, _))) = (done, made) else {
            shell.tell(Notice::Incident(IncidentTold::Refused));
            return Turn::Stay;
        };
        shell.tell(Notice::Incident(IncidentTold::Opened));
        Turn::Replace(Box::new(PlanPage::new(id, open)))
    }

    fn add_to(&self, plan: Id, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        let (Of::Entry(id), Some(incident)) = (&self.of, open.contents.session().vault().incident(plan))
        else {
            return Turn::Close;
        };
        if let Some(change) = act::reach(incident, Reach::Broken(*id), true)
            && !steps::apply_as(open, &change, (Deed::Incident, 1), shell, out)
        {
            shell.tell(Notice::Incident(IncidentTold::Refused));
            return Turn::Stay;
        }
        shell.tell(Notice::Incident(IncidentTold::Added));
        Turn::Replace(Box::new(PlanPage::new(plan, open)))
    }

    fn act(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        match self.stops(open).get(self.focus) {
            Some(Stop::Typed | Stop::What) => self.focus += 1,
            Some(Stop::Since) => self.since = (self.since + 1) % SINCE_DAYS.len(),
            Some(Stop::Vault) => self.vault = !self.vault,
            Some(Stop::Make) => return self.make(open, shell, out),
            Some(Stop::AddTo(plan)) => return self.add_to(*plan, open, shell, out),
            Some(Stop::Cancel) | None => return Turn::Close,
        }
        Turn::Stay
    }

    /// Types into the field in focus; true when it was one.
    fn edit(&mut self, input: &Input<'_>, shell: &mut Shell) -> bool {
        let stop = self.stop();
        let field = match (&mut self.of, stop) {
            (Of::Password(field), Some(Stop::Typed)) => {
                let full = match input {
                    Input::Char(c) => field.type_char(*c).is_err(),
                    Input::Paste(bytes) => field.paste(bytes).is_err(),
                    Input::Command(command) => return field.edit(*command),
                };
                if full {
                    shell.tell(Notice::FieldFull);
                }
                return true;
            }
            (Of::UserName(field), Some(Stop::Typed)) => field,
            (_, Some(Stop::What)) => &mut self.what,
            _ => return false,
        };
        match input {
            Input::Char(c) => {
                if !field.type_char(*c) {
                    shell.tell(Notice::FieldFull);
                }
                true
            }
            Input::Paste(bytes) => {
                field.paste(bytes);
                true
            }
            Input::Command(command) => field.edit(*command),
        }
    }

    fn items(&self, open: &Open, shell: &Shell, cells: u16) -> Vec<Item> {
        let text = &shell.catalog().tui.page.incident;
        let (question, typed) = match &self.of {
            Of::Entry(id) => ((text.broken)(&title(open, *id)), ""),
            Of::Password(_) => (text.leaked.to_owned(), text.password),
            Of::UserName(_) => (text.named.to_owned(), text.user_name),
        };
        let labels = [typed, text.what, text.since_when];
        let label = labels.iter().map(|label| width(label)).max().unwrap_or(0).min(cells * 2 / 5) + 2;
        let room = popup::value_cells(label, cells);
        let mut items = vec![Item::told(&question, Name::Text), Item::gap()];
        for (at, stop) in self.stops(open).into_iter().enumerate() {
            items.extend((stop == Stop::Make).then(Item::gap));
            items.push(match stop {
                Stop::Typed => {
                    let (value, caret) = match &self.of {
                        Of::Password(field) => popup::secret_field(field, room, shell),
                        Of::UserName(field) => popup::field(field, room),
                        Of::Entry(_) => (Vec::new(), 0),
                    };
                    Item {
                        label: typed.to_owned(),
                        value,
                        stop: Some(at),
                        caret: Some(caret),
                        ..Item::default()
                    }
                }
                Stop::What => {
                    let (value, caret) = popup::field(&self.what, room);
                    let label = text.what.to_owned();
                    Item { label, value, stop: Some(at), caret: Some(caret), ..Item::default() }
                }
                Stop::Since => Item {
                    label: text.since_when.to_owned(),
                    value: vec![(format!("< {} >", text.since_days[self.since]), Name::Text)],
                    stop: Some(at),
                    ..Item::default()
                },
                Stop::Vault => {
                    let tick = if self.vault { "[x]" } else { "[ ]" };
                    Item::act(at, &format!("{tick} {}", text.vault_too), String::new())
                }
                Stop::Make => Item::act(at, text.make, String::new()),
                Stop::AddTo(plan) => {
                    let vault = open.contents.session().vault();
                    let named = vault.incident(plan).map_or(String::new(), |one| name(open, one, shell));
                    Item::act(at, &(text.add_to)(&named), String::new())
                }
                Stop::Cancel => Item::act(at, text.cancel, String::new()),
            });
        }
        items
    }
}

impl Page for Begin {
    fn scopes(&self) -> &'static [Scope] {
        if self.stop().is_some() {
            &[Scope::Form, Scope::Field, Scope::Anywhere]
        } else {
            &[Scope::Browse, Scope::Anywhere]
        }
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.incident.begin.to_owned()
    }

    fn is_plan(&self) -> bool {
        true
    }

    fn footer(&self) -> &'static [Command] {
        match self.stop() {
            Some(Stop::Typed) if matches!(self.of, Of::Password(_)) => {
                &[Command::FormDown, Command::ShowTyped, Command::Back, Command::Help]
            }
            Some(_) => &[Command::FormDown, Command::FormUp, Command::Back, Command::Help],
            None => &[Command::Open, Command::Up, Command::Down, Command::Back],
        }
    }

    fn selected(&self) -> Option<Id> {
        match self.of {
            Of::Entry(id) => Some(id),
            Of::Password(_) | Of::UserName(_) => None,
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
        if self.edit(&input, shell) {
            return Turn::Stay;
        }
        let stops = self.stops(open);
        let since = stops.get(self.focus) == Some(&Stop::Since);
        let Input::Command(command) = input else { return Turn::Stay };
        match command {
            Command::Down | Command::FormDown | Command::Next => {
                self.focus = (self.focus + 1).min(stops.len() - 1);
            }
            Command::Up | Command::FormUp | Command::Previous => self.focus = self.focus.saturating_sub(1),
            Command::Right if since => self.since = (self.since + 1).min(SINCE_DAYS.len() - 1),
            Command::Left if since => self.since = self.since.saturating_sub(1),
            Command::First => self.focus = 0,
            Command::Last => self.focus = stops.len() - 1,
            Command::Open | Command::Accept | Command::Mark => return self.act(open, shell, out),
            Command::Save => return self.make(open, shell, out),
            _ => {}
        }
        Turn::Stay
    }

    fn hide(&mut self) {
        if let Of::Password(field) = &mut self.of {
            field.shown = false;
        }
    }

    fn settle(&mut self, open: &Open, _: &Shell) {
        self.focus = self.focus.min(self.stops(open).len() - 1);
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        popup::outline(&self.items(open, shell, WIDE), self.focus)
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let text = &shell.catalog().tui.page.incident;
        let items = self.items(open, shell, popup::inner_cells(area, WIDE));
        let command = if self.stop().is_some() { Command::Accept } else { Command::Open };
        let words = match self.stops(open).get(self.focus) {
            Some(Stop::Since | Stop::Vault) => text.changes,
            _ => text.does,
        };
        let edge = popup::edge(shell, &[(command, words)]);
        popup::view(buf, area, WIDE, text.begin, &edge, &items, self.focus, shell)
    }
}
