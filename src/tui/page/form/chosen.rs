//! What lies in front of a form for a moment: a menu, or the question for a name. And what a button
//! of the form does.

use super::row::{LINE_MOST, Linked, Named, Problem, Row, What};
use super::save::Gone;
use super::{Path, Purpose, State, pick};
use crate::model::{Id, Kind, Relation};
use crate::ops::totp::Otp;
use crate::text::{sanitise, words};
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::page::{Turn, menu};
use crate::tui::screen::vault::Open;
use crate::tui::widget::typed::Typed;

/// An item of a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// Another name.
    Rename,
    /// From now on a secret.
    MakeSecret,
    /// From now on plain.
    MakePlain,
    /// Of several lines.
    Lines,
    /// Of one line.
    OneLine,
    /// One place up.
    Up,
    /// One place down.
    Down,
    /// Take it away.
    Remove,
    /// Write an attachment to a file.
    WriteOut,
    /// Nothing.
    Keep,
    /// A kind.
    Kind(Kind),
    /// A relation.
    Relation(Relation),
    /// An account of a moved telephone.
    Account(usize),
    /// All accounts of it.
    AllAccounts,
    /// Go on with a draft.
    TakeUp,
    /// Throw a draft away.
    Discard,
    /// Decide later.
    Later,
}

/// What a menu is about.
#[derive(Debug)]
enum Of {
    Row(usize),
    Accounts(Vec<Otp>),
    Link(Id),
    Kind,
}

/// A menu.
#[derive(Debug)]
pub struct Menu {
    /// Its heading.
    pub title: String,
    /// Its items.
    pub items: Vec<Item>,
    /// Which item.
    pub list: menu::Menu,
    of: Of,
}

impl Menu {
    /// Which account of a moved telephone?
    pub fn accounts(accounts: Vec<Otp>, shell: &Shell) -> Menu {
        let title = shell.catalog().tui.page.form.which_account.to_owned();
        let items = (0..accounts.len()).map(Item::Account).chain([Item::AllAccounts]).collect();
        Menu { title, items, list: menu::Menu::default(), of: Of::Accounts(accounts) }
    }

    /// How do the two hang together?
    pub fn relations(target: Id, shell: &Shell) -> Menu {
        let title = shell.catalog().tui.page.form.which_relation.to_owned();
        let items =
            [Relation::ResetsThrough, Relation::ControlledBy, Relation::HostedOn, Relation::RegisteredAt];
        Menu {
            title,
            items: items.map(Item::Relation).to_vec(),
            list: menu::Menu::default(),
            of: Of::Link(target),
        }
    }

    fn kinds(now: Kind, shell: &Shell) -> Menu {
        let title = shell.catalog().tui.page.form.which_kind.to_owned();
        let cursor = Kind::ALL.iter().position(|kind| *kind == now).unwrap_or(0);
        Menu { title, items: Kind::ALL.map(Item::Kind).to_vec(), list: menu::Menu { cursor }, of: Of::Kind }
    }

    fn row(at: usize, title: String, items: Vec<Item>) -> Menu {
        Menu { title, items, list: menu::Menu::default(), of: Of::Row(at) }
    }

    /// Its lines.
    pub fn lines(&self, shell: &Shell) -> Vec<menu::Line> {
        self.items.iter().map(|item| menu::Line::of(&self.label(*item, shell))).collect()
    }

    /// The words of an item.
    fn label(&self, item: Item, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.form;
        match (item, &self.of) {
            (Item::Kind(kind), _) => words::kind(kind, shell.lang).to_owned(),
            (Item::Relation(relation), _) => (text.relation)(relation).to_owned(),
            (Item::Account(number), Of::Accounts(accounts)) => {
                accounts.get(number).map_or(String::new(), |otp| {
                    let (issuer, account) = (otp.issuer.as_str(), otp.account.as_str());
                    let between = if issuer.is_empty() || account.is_empty() { "" } else { ": " };
                    sanitise::line(&format!("{issuer}{between}{account}")).into_owned()
                })
            }
            _ => (text.item)(item).to_owned(),
        }
    }
}

/// What a name is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A new field.
    NewField,
    /// Another name of a field or an attachment.
    Rename(usize),
}

/// The question for a name.
#[derive(Debug)]
pub struct Ask {
    /// What for.
    pub what: Asked,
    /// What is typed.
    pub typed: Typed,
    /// What is wrong with it.
    pub problem: Option<Problem>,
}

/// What lies in front of the form.
#[derive(Debug, Default)]
pub enum Front {
    /// Nothing.
    #[default]
    None,
    /// A menu.
    Menu(Menu),
    /// A question.
    Ask(Ask),
}

impl State {
    /// Does what Enter does on a button, a row that is yes or no, a link, an attachment, a menu.
    pub(super) fn press(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        let at = self.focus;
        let Some(row) = self.rows.get_mut(at) else { return Turn::Stay };
        if self.on_menu {
            self.front = self.row_menu(at, shell);
            return Turn::Stay;
        }
        match &row.what {
            What::AddAddress => {
                self.rows.insert(at, Row::plain(What::Address, ""));
                self.now_touched(shell);
            }
            What::AddField => {
                let typed = Typed::plain("", 1024);
                self.front = Front::Ask(Ask { what: Asked::NewField, typed, problem: None });
            }
            What::Favourite => {
                row.on = !row.on;
                self.now_touched(shell);
            }
            What::Kind => self.front = Front::Menu(Menu::kinds(self.kind, shell)),
            What::Link(_) | What::File(_) => self.front = self.row_menu(at, shell),
            What::AddLink => return Turn::Over(Box::new(pick::Pick::new(open, shell, self.id))),
            What::AddFile => {
                self.path_for = None;
                return Turn::Over(Box::new(Path::new(Purpose::Attach, shell, out)));
            }
            What::Save => return self.save(open, shell, out),
            _ => self.go(at + 1, open, shell),
        }
        Turn::Stay
    }

    fn row_menu(&self, at: usize, shell: &Shell) -> Front {
        let Some(row) = self.rows.get(at) else { return Front::None };
        let alike = |other: usize| {
            let both = self.rows.get(other).map(|other| (&row.what, &other.what));
            matches!(both, Some((What::Address, What::Address) | (What::Field(_), What::Field(_))))
        };
        let mut items = Vec::new();
        match &row.what {
            What::Field(named) => {
                items.push(if named.secret { Item::MakePlain } else { Item::MakeSecret });
                let lines = row.typed.as_ref().is_some_and(Typed::has_lines);
                items.push(if lines { Item::OneLine } else { Item::Lines });
                if !named.of_kind {
                    items.insert(0, Item::Rename);
                }
            }
            What::File(_) => items.extend([Item::WriteOut, Item::Rename]),
            _ => {}
        }
        if at > 0 && alike(at - 1) {
            items.push(Item::Up);
        }
        if alike(at + 1) {
            items.push(Item::Down);
        }
        items.extend([Item::Remove, Item::Keep]);
        let label = super::view::label(self, row, shell);
        let title = match &row.what {
            What::File(file) => sanitise::line(&file.name).into_owned(),
            What::Link(_) | What::Address => shell.catalog().tui.page.form.menu.to_owned(),
            _ => label,
        };
        Front::Menu(Menu::row(at, title, items))
    }

    /// A key while a menu is in front.
    pub(super) fn menu(
        &mut self,
        mut menu: Menu,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let did = match input {
            Input::Command(command) => menu.list.update(command, menu.items.len()),
            Input::Char(_) | Input::Paste(_) => menu::Did::Nothing,
        };
        if did == menu::Did::Chosen {
            return self.chosen(menu, open, shell, out);
        }
        self.front = Front::Menu(menu);
        // - what is typed or pasted has no place here, and that is said
        if matches!(input, Input::Command(_)) { Turn::Stay } else { Turn::Pass }
    }

    fn chosen(&mut self, menu: Menu, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        let Some(item) = menu.items.get(menu.list.cursor).copied() else { return Turn::Stay };
        match (menu.of, item) {
            (Of::Accounts(accounts), Item::Account(number)) => {
                self.take_account(accounts, number, false, shell);
            }
            (Of::Accounts(accounts), _) => self.take_account(accounts, 0, true, shell),
            (Of::Link(target), Item::Relation(relation)) => {
                let row = Row::button(What::Link(Linked { element: None, relation, target }));
                let at = self.rows.iter().position(|row| matches!(row.what, What::AddLink));
                let at = at.unwrap_or(self.rows.len());
                self.rows.insert(at, row);
                self.focus = at + 1;
                self.now_touched(shell);
            }
            (Of::Kind, Item::Kind(kind)) => self.change_kind(kind, shell),
            (Of::Row(at), item) => return self.row_item(at, item, open, shell, out),
            _ => {}
        }
        Turn::Stay
    }

    fn row_item(
        &mut self,
        at: usize,
        item: Item,
        open: &mut Open,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        self.on_menu = false;
        match item {
            Item::Rename => {
                let name = match self.rows.get(at).map(|row| &row.what) {
                    Some(What::Field(named)) => named.name.clone(),
                    Some(What::File(file)) => file.name.clone(),
                    _ => return Turn::Stay,
                };
                let typed = Typed::plain(&name, 1024.max(name.len()));
                self.front = Front::Ask(Ask { what: Asked::Rename(at), typed, problem: None });
            }
            Item::MakeSecret | Item::MakePlain => {
                self.open_row(at, open);
                let Some(row) = self.rows.get_mut(at) else { return Turn::Stay };
                let What::Field(named) = &mut row.what else { return Turn::Stay };
                named.secret = item == Item::MakeSecret;
                let old = row.typed.take();
                let (text, lines) =
                    old.as_ref().map_or(("", false), |typed| (typed.text(), typed.has_lines()));
                let typed = if item == Item::MakeSecret {
                    row.fresh_secret(text)
                } else {
                    Typed::plain(text, super::row::FIELD_MOST)
                };
                row.typed = Some(typed.of_lines(lines));
                row.sealed = None;
                // - so that it is written, even where the text is what it was
                row.on = true;
                self.now_touched(shell);
            }
            Item::Lines | Item::OneLine => {
                self.open_row(at, open);
                if let Some(typed) = self.rows.get_mut(at).and_then(|row| row.typed.as_mut()) {
                    typed.set_lines(item == Item::Lines);
                }
            }
            Item::Up | Item::Down => {
                let to = if item == Item::Down { at + 1 } else { at.saturating_sub(1) };
                if to < self.rows.len() {
                    self.rows.swap(at, to);
                    self.focus = to;
                    self.fields_moved = self.fields_moved
                        || matches!(self.rows.get(to).map(|row| &row.what), Some(What::Field(_)));
                    self.now_touched(shell);
                }
            }
            Item::Remove => {
                let alone = self.rows.iter().filter(|row| matches!(row.what, What::Address)).count() == 1;
                if at < self.rows.len() {
                    let row = self.rows.remove(at);
                    match row.what {
                        What::Field(Named { element: Some(element), .. }) => {
                            self.gone.push(Gone::Field(element));
                        }
                        What::Link(Linked { element: Some(element), .. }) => {
                            self.gone.push(Gone::Link(element));
                        }
                        What::File(super::Attached { element: Some(element), .. }) => {
                            self.gone.push(Gone::File(element));
                        }
                        What::Address if alone => self.rows.insert(at, Row::plain(What::Address, "")),
                        _ => {}
                    }
                    self.now_touched(shell);
                }
            }
            Item::WriteOut => {
                let Some(What::File(file)) = self.rows.get(at).map(|row| &row.what) else {
                    return Turn::Stay;
                };
                let name = sanitise::file_name(&file.name);
                self.path_for = Some(at);
                return Turn::Over(Box::new(Path::write(&name, shell, out)));
            }
            _ => {}
        }
        Turn::Stay
    }

    /// Another kind: its fields come, those of the old one that are empty go.
    fn change_kind(&mut self, kind: Kind, shell: &Shell) {
        if kind == self.kind {
            return;
        }
        self.kind = kind;
        if self.new {
            self.kind_before = kind;
        }
        let focused = std::mem::discriminant(&What::Kind);
        let mut held = std::mem::take(&mut self.rows);
        held.retain(|row| {
            !matches!(&row.what, What::Field(named) if named.of_kind && row.is_empty()
            && named.element.is_none())
        });
        for mut fresh in super::row::rows(kind, None, &shell.zone) {
            let same = |row: &Row| match (&row.what, &fresh.what) {
                (What::Field(have), What::Field(wanted)) => have.name == wanted.name,
                (What::Link(_) | What::File(_), _) => false,
                (have, wanted) => std::mem::discriminant(have) == std::mem::discriminant(wanted),
            };
            // - what there may be several of stands before the button for one more
            let before: fn(&What) -> bool = match fresh.what {
                What::AddAddress => |what| matches!(what, What::Address),
                What::AddField => |what| matches!(what, What::Field(_)),
                What::AddLink => |what| matches!(what, What::Link(_)),
                What::AddFile => |what| matches!(what, What::File(_)),
                _ => |_| false,
            };
            if let Some(at) = held.iter().position(same) {
                let mut row = held.remove(at);
                if let (What::Field(have), What::Field(wanted)) = (&mut row.what, &fresh.what) {
                    have.of_kind = wanted.of_kind;
                }
                fresh = row;
            }
            let (mut theirs, rest): (Vec<Row>, Vec<Row>) =
                held.into_iter().partition(|row| before(&row.what));
            held = rest;
            for row in &mut theirs {
                if let What::Field(named) = &mut row.what {
                    named.of_kind = false;
                }
            }
            self.rows.append(&mut theirs);
            self.rows.push(fresh);
        }
        // - what the new kind has no row for, and is not empty, stays
        held.retain(|row| row.takes_text() && !row.is_empty());
        let at = self.rows.len().saturating_sub(1);
        self.rows.splice(at..at, held);
        let here = self.rows.iter().position(|row| std::mem::discriminant(&row.what) == focused);
        self.focus = here.unwrap_or(0);
        self.now_touched(shell);
    }

    /// A key while a name is asked for.
    pub(super) fn ask(&mut self, mut ask: Ask, open: &mut Open, input: Input<'_>, shell: &mut Shell) -> Turn {
        let done = match input {
            Input::Char(c) => ask.typed.type_char(c),
            Input::Paste(bytes) => ask.typed.paste(bytes),
            Input::Command(Command::Accept | Command::Save) => return self.asked(ask, open, shell),
            Input::Command(Command::UndoTyping) => {
                ask.typed.undo();
                true
            }
            Input::Command(command) => {
                ask.typed.edit(command);
                true
            }
        };
        if done {
            ask.problem = None;
        } else {
            shell.tell(Notice::TooLongHere);
        }
        self.front = Front::Ask(ask);
        Turn::Stay
    }

    fn asked(&mut self, mut ask: Ask, open: &mut Open, shell: &mut Shell) -> Turn {
        let name = ask.typed.text().trim().to_owned();
        if name.is_empty() || name.len() > LINE_MOST {
            ask.problem = Some(if name.is_empty() { Problem::NoName } else { Problem::TooLong });
            self.front = Front::Ask(ask);
            return Turn::Stay;
        }
        match ask.what {
            Asked::NewField => {
                let at = self.rows.iter().position(|row| matches!(row.what, What::AddField));
                let at = at.unwrap_or(self.rows.len());
                let named = Named { element: None, name, secret: false, of_kind: false };
                self.rows.insert(at, Row::plain(What::Field(named), ""));
                self.focus = at + 1;
                self.go(at, open, shell);
            }
            Asked::Rename(at) => match self.rows.get_mut(at).map(|row| &mut row.what) {
                Some(What::Field(named)) => named.name = name,
                Some(What::File(file)) => file.name = name,
                _ => {}
            },
        }
        self.now_touched(shell);
        Turn::Stay
    }
}
