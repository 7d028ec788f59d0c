//! What is listed: what can be done, the entries that differ, the fields of one; and the changes that make
//! them what they are in the copy.

use super::{Act, Differences, Line, Mode, Step, Stop};
use crate::model::{Id, Record, Tag};
use crate::ops::change::Change;
use crate::ops::compare::{self, After, Differing, Field, Place};
use crate::tui::other::{Compared, Kind};
use crate::tui::screen::vault::Open;

impl Differences {
    pub(super) fn compared(&self) -> Option<&Compared> {
        match &self.step {
            Step::Look(compared) => Some(compared),
            Step::Away(_) | Step::Report(_) => None,
        }
    }

    /// Puts the lines together.
    pub(super) fn list(&mut self, open: &Open) {
        let Step::Look(compared) = &self.step else { return };
        let mut lines = Vec::new();
        let writes = !open.contents.read_only();
        let later = compared.held.epoch > open.contents.session().header().epoch;
        let backup = matches!(compared.source.kind, Kind::Backup(_));
        match self.mode {
            Mode::Restore => {
                if writes && !self.marks.is_empty() {
                    lines.push(Line::Act(Act::Marked));
                }
                if writes || later {
                    lines.push(Line::Act(Act::All));
                }
                if writes {
                    lines.push(Line::Act(Act::Other));
                }
            }
            Mode::Merge => {
                if writes {
                    lines.push(Line::Act(Act::All));
                    if matches!(compared.source.kind, Kind::Copy(_)) && compared.contained {
                        lines.push(Line::Act(Act::PutAway));
                    }
                    if backup {
                        lines.push(Line::Act(Act::Other));
                    }
                }
            }
        }
        let shown = |one: &Differing| {
            self.mode == Mode::Restore || one.place != Place::Here || one.after == After::Gone
        };
        let entries = compared.found.entries.iter().enumerate();
        lines.extend(entries.filter(|(_, one)| shown(one)).map(|(at, _)| Line::Entry(at)));
        self.lines = lines;
        self.cursor = self.cursor.min(self.lines.len().saturating_sub(1));
    }

    pub(super) fn line(&self) -> Option<Line> {
        self.lines.get(self.cursor).copied()
    }

    /// The entry in focus.
    pub(super) fn entry(&self) -> Option<&Differing> {
        match self.line()? {
            Line::Entry(at) => self.compared()?.found.entries.get(at),
            Line::Act(_) => None,
        }
    }

    pub(super) fn records<'a>(&'a self, open: &'a Open, id: Id) -> [Option<&'a Record>; 2] {
        let there = self.compared().and_then(|compared| compared.theirs.vault().record(id));
        [open.contents.session().vault().record(id), there]
    }

    /// The fields of the entry in focus.
    pub(super) fn fields(&self, open: &Open) -> Vec<Field> {
        let Some(one) = self.entry() else { return Vec::new() };
        let [here, there] = self.records(open, one.id);
        match one.place {
            Place::Both => one.fields.clone(),
            Place::There => there.map_or(Vec::new(), |record| compare::fields_of(record, one.after)),
            Place::Here => here.map_or(Vec::new(), |record| compare::fields_of(record, one.after)),
        }
    }

    /// The lines of the fields that can have the focus.
    pub(super) fn parts(&self, open: &Open) -> Vec<Stop> {
        let takes = self.takes(open);
        let fields = (0..self.fields(open).len()).map(Stop::Field);
        takes.then_some(Stop::Whole).into_iter().chain(fields).collect()
    }

    /// Single entries and fields can be taken.
    pub(super) fn takes(&self, open: &Open) -> bool {
        let there = self.entry().is_some_and(|one| one.place != Place::Here);
        self.mode == Mode::Restore && there && !open.contents.read_only()
    }

    pub(super) fn focused_field(&self, open: &Open) -> Option<Field> {
        match self.parts(open).get(self.field)? {
            Stop::Field(at) => self.fields(open).get(*at).copied(),
            Stop::Whole => None,
        }
    }

    /// The change that makes entries, or one field of one, what they are there.
    pub(super) fn change(
        &self,
        ids: &[Id],
        only: Option<(Tag, Option<Id>)>,
        open: &Open,
    ) -> Result<Vec<Change>, ()> {
        let Some(compared) = self.compared() else { return Ok(Vec::new()) };
        let (session, theirs) = (open.contents.session(), &compared.theirs);
        let mut all = Vec::new();
        for id in ids {
            let [here, there] = self.records(open, *id);
            let same = |record, one: &[u8], other: &[u8]| session.same_text(theirs, record, one, other);
            let mut adopt = |envelope: &[u8]| session.adopt(theirs, *id, envelope);
            match (here, there.filter(|record| !record.is_blank())) {
                (_, Some(there)) => {
                    all.extend(compare::take(here, there, only, &same, &mut adopt).map_err(|_| ())?);
                }
                // - it is not there: as it was then, it was not
                (Some(_), None) if only.is_none() => all.push(Change::Trash(*id)),
                _ => {}
            }
        }
        crate::crypto::burn();
        Ok(all)
    }
}
