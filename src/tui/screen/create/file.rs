//! The first run: the file that is to be taken in is chosen before the vault is made, so that the
//! making ends in what would come in.

use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Asked;
use crate::tui::app::Shell;
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::page::path::{Path, Purpose};
use crate::tui::page::{Given, Turn};
use crate::tui::screen::{Cursor, Row};

/// The state.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The field; none before the step was entered.
    field: Option<Path>,
    /// The file.
    pub chosen: Option<PathBuf>,
}

impl State {
    /// The step is entered; what was typed before is still there.
    pub fn ask(&mut self, shell: &mut Shell, out: &mut Vec<Effect>) {
        // - it is chosen once more: an answer about the folder is no choice
        self.chosen = None;
        match &mut self.field {
            // - an export may have been made meanwhile
            Some(field) => field.refresh(shell, out),
            None => self.field = Some(Path::new(Purpose::Import, shell, out)),
        }
    }

    /// One step back inside it; false when there is none.
    pub fn back(&mut self) -> bool {
        self.field.as_mut().is_some_and(Path::step_back)
    }

    /// Takes the outcome of a job; gives back what is not its own.
    pub fn done(
        &mut self,
        job: JobId,
        outcome: Outcome,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        let Some(field) = &mut self.field else { return Some(outcome) };
        let left = field.answered(job, outcome, shell, out);
        if let Some(Turn::Give(Given::Path(path))) = field.result() {
            self.chosen = Some(path);
        }
        left
    }
}

pub(super) fn update(state: &mut State, input: Input<'_>, shell: &mut Shell, out: &mut Vec<Effect>) -> Asked {
    // - what is chosen is looked at first; the step goes on once the disk has answered
    state.chosen = None;
    if let Some(field) = &mut state.field {
        field.take(input, shell, out);
    }
    Asked::Stay
}

pub(super) fn outline(state: &State, shell: &Shell) -> Vec<Row> {
    state.field.as_ref().map_or_else(Vec::new, |field| field.told(shell))
}

pub(super) fn view(state: &State, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    state.field.as_ref().map_or(Cursor::new(0, 0), |field| field.draw(shell, area, buf))
}
