//! The new password of a draft: drawn by the recipe of the entry, taken from the generator, or typed;
//! how strong it is, and whether it is shown.

use crate::model::{Entry, Id};
use crate::ops::generate::choose::{self, Source as From};
use crate::ops::generate::{Chosen, Recipe, Space};
use crate::ops::strength::{self, Strength};
use crate::secret::Secret;
use crate::text::{self, Lang, rule};
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::event::Input;
use crate::tui::notice::{Notice, StagedTold};
use crate::tui::page::popup;
use crate::tui::screen::vault::Open;
use crate::tui::screen::vault::reveal::Peek;
use crate::tui::theme::Name;
use crate::tui::widget::secret_field::SecretField;

/// Where it comes from.
#[derive(Debug)]
enum Source {
    /// Generated, by this recipe where it is known, and whose that is.
    Drawn(Secret, Option<Chosen>),
    /// Typed.
    Typed(SecretField),
}

/// How strong it is, and how that is known.
#[derive(Debug, Clone, Copy)]
enum Rated {
    /// Drawn from 2^bits.
    Exact(f64),
    /// Typed, or made elsewhere.
    Estimated(Strength),
}

impl Rated {
    fn line(&self, lang: Lang) -> (String, Name) {
        let (words, level) = match self {
            Rated::Exact(bits) => (text::strength::exact(*bits, lang), strength::level(*bits)),
            Rated::Estimated(found) => (text::strength::estimated(found, lang), found.level()),
        };
        (words, Name::of_strength(level))
    }
}

/// The new password; at first one that is typed, and empty.
#[derive(Debug)]
pub(super) struct Made {
    source: Source,
    /// Shows a drawn one.
    pub(super) peek: Peek,
    /// How strong it is.
    rated: Option<Rated>,
    /// The drawn one was shown: it may be written down, or stand in the form of a site.
    seen: bool,
}

impl Default for Made {
    fn default() -> Made {
        let source = Source::Typed(SecretField::default());
        Made { source, peek: Peek::default(), rated: None, seen: false }
    }
}

/// How the passwords of an entry are made, and where that is from.
pub(super) fn chosen(entry: Id, open: &Open, shell: &Shell) -> Chosen {
    let usual = || Chosen { recipe: Recipe::default(), source: From::Usual };
    let entry = open.contents.entry(entry);
    entry.map_or_else(usual, |entry| choose::of_entry(entry, &shell.settings.rules))
}

impl Made {
    /// Makes a new one by the recipe of the entry, or by the usual one.
    pub(super) fn draw(&mut self, entry: Id, open: &Open, shell: &mut Shell) {
        let chosen = chosen(entry, open, shell);
        let space = Space::of(&chosen.recipe);
        let drawn = space.and_then(|space| Ok((space.draw(&mut *shell.entropy)?, space.bits()?)));
        match drawn {
            Ok((secret, bits)) => {
                let rated = Some(Rated::Exact(bits));
                *self = Made { source: Source::Drawn(secret, Some(chosen)), rated, ..Made::default() };
            }
            Err(_) => shell.tell(Notice::Staged(StagedTold::NoRandom)),
        }
    }

    /// Takes one that was made elsewhere.
    pub(super) fn take(&mut self, secret: Secret, entry: Id, open: &Open) {
        *self = Made { source: Source::Drawn(secret, None), seen: self.seen, ..Made::default() };
        self.rate(entry, open);
    }

    /// It was not typed.
    pub(super) fn is_drawn(&self) -> bool {
        matches!(self.source, Source::Drawn(..))
    }

    /// The recipe that it was drawn by.
    pub(super) fn recipe(&self) -> Option<&Recipe> {
        match &self.source {
            Source::Drawn(_, chosen) => chosen.as_ref().map(|chosen| &chosen.recipe),
            Source::Typed(_) => None,
        }
    }

    /// Whose rule it was drawn by, in words.
    pub(super) fn told(&self, shell: &Shell) -> Option<String> {
        match &self.source {
            Source::Drawn(_, Some(chosen)) => rule::brief(&chosen.source, shell.lang),
            Source::Drawn(_, None) | Source::Typed(_) => None,
        }
    }

    /// Another one would not be the same: it was shown, chosen or typed.
    pub(super) fn worth_keeping(&self) -> bool {
        match &self.source {
            Source::Drawn(_, recipe) => self.seen || recipe.is_none(),
            Source::Typed(field) => !field.is_empty(),
        }
    }

    /// What it is; empty while nothing is typed.
    pub(super) fn text(&self) -> &str {
        match &self.source {
            Source::Drawn(secret, _) => secret.expose(),
            Source::Typed(field) => field.expose(),
        }
    }

    /// Estimates what was typed, or made elsewhere.
    fn rate(&mut self, entry: Id, open: &Open) {
        let secret = Secret::copy_of(self.text());
        let entry = open.contents.entry(entry);
        let urls = entry.map_or(Vec::new(), Entry::urls);
        let own = entry.into_iter().flat_map(|entry| [entry.title(), entry.username()]).chain(urls);
        let own: Vec<&str> = own.collect();
        self.rated = (!secret.is_empty()).then(|| Rated::Estimated(strength::strength(&secret, &own)));
    }

    /// Takes what is typed or pasted; false when there is no room.
    pub(super) fn type_in(&mut self, input: Input<'_>, entry: Id, open: &Open) -> bool {
        let Source::Typed(field) = &mut self.source else { return true };
        let fits = match input {
            Input::Char(c) => field.type_char(c).is_ok(),
            Input::Paste(bytes) => field.paste(bytes).is_ok(),
            Input::Command(_) => true,
        };
        self.rate(entry, open);
        fits
    }

    /// Takes a key of editing; false when it is none, or nothing is typed here.
    pub(super) fn edit(&mut self, command: Command, entry: Id, open: &Open) -> bool {
        let Source::Typed(field) = &mut self.source else { return false };
        let taken = field.edit(command);
        if taken && command != Command::ShowTyped {
            self.rate(entry, open);
        }
        taken
    }

    /// Shows it, or hides it.
    pub(super) fn show(&mut self, spelled: bool, shell: &Shell) {
        match &mut self.source {
            Source::Drawn(secret, _) => {
                let secret = Secret::copy_of(secret.expose());
                self.seen = true;
                self.peek.toggle(spelled, shell, || vec![secret]);
            }
            Source::Typed(field) => {
                field.edit(Command::ShowTyped);
            }
        }
    }

    /// Hides a drawn one; true when it was shown.
    pub(super) fn cover(&mut self) -> bool {
        self.peek.hide()
    }

    /// Hides it.
    pub(super) fn hide(&mut self) {
        self.peek.hide();
        if let Source::Typed(field) = &mut self.source {
            field.shown = false;
        }
    }

    /// Its lines, with how strong it is, and where the caret is.
    pub(super) fn lines(&self, room: u16, shell: &Shell) -> (Vec<(String, Name)>, Option<u16>) {
        let (mut lines, caret) = match &self.source {
            Source::Drawn(..) => (self.peek.lines(0, room, shell), None),
            Source::Typed(field) => {
                let (lines, caret) = popup::secret_field(field, room, shell);
                (lines, Some(caret))
            }
        };
        if let Some(rated) = &self.rated {
            lines.push(rated.line(shell.lang));
        }
        (lines, caret)
    }
}
