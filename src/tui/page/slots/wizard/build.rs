//! What the wizard gathered becomes a job.

use super::super::job::{Add, Change, Job, New, Stays};
use super::super::kit::Kit;
use super::{Code, Goal, Step, Wizard};
use crate::crypto::keys::SlotSecret;
use crate::session::{Credential, Way};
use crate::tui::app::Shell;
use crate::tui::contents::date;
use crate::tui::screen::vault::Open;
use crate::tui::task::Task;

impl Wizard {
    /// Begins the job.
    pub(super) fn start(&mut self, open: &mut Open, shell: &mut Shell) {
        let job = if self.goal.adds() { self.add(shell) } else { Some(self.change(shell)) };
        let Some(job) = job else { return };
        self.step = Step::Working;
        open.work = Some(Task::Slots(job));
    }

    fn add(&mut self, shell: &Shell) -> Option<Job> {
        let name = self.name.clone().unwrap_or_default();
        let mut kit = None;
        let new = match self.goal {
            Goal::AddKeyFile => {
                let (path, make) = self.file.clone()?;
                let typed = self.new.as_ref().and_then(|new| SlotSecret::password(new.expose()).ok());
                let own = self.known.iter().find_map(|(_, one)| match one {
                    Credential::Password(secret) | Credential::KeyFile(secret) => Some(secret.duplicate()),
                    Credential::Recovery(_) => None,
                });
                New::KeyFile { password: typed.or(own)?, path, make }
            }
            Goal::AddCode(_) => {
                let held = self.kit.as_ref()?;
                kit = held.beside(shell);
                New::Ready(credential_of_code(held)?)
            }
            _ => {
                let secret = SlotSecret::password(self.new.as_ref()?.expose()).ok()?;
                New::Ready(Credential::Password(secret))
            }
        };
        Some(Job::Add(Box::new(Add { new, name, kit })))
    }

    fn change(&mut self, shell: &Shell) -> Job {
        let held = |id: [u8; 8]| self.ways.iter().find(|way| way.id == id);
        let credential = |id: [u8; 8]| {
            self.known.iter().find(|(known, _)| *known == id).map(|(_, credential)| credential.duplicate())
        };
        let mut stay = Vec::new();
        if let (Goal::Password, Some(new)) = (self.goal, &self.new) {
            let old = self.replaced().and_then(held);
            let key = old.and_then(|old| credential(old.id)).and_then(|one| match one {
                Credential::KeyFile(secret) => secret.key_file(),
                _ => None,
            });
            let made = match key {
                Some(key) => SlotSecret::with_key(new.expose(), key).map(Credential::KeyFile),
                None => SlotSecret::password(new.expose()).map(Credential::Password),
            };
            // - what cannot be a password was refused where it was typed
            stay.extend(made.ok().map(|credential| Stays {
                credential,
                name: old.map(|old| old.name.clone()).unwrap_or_default(),
                since: None,
                held: None,
            }));
        }
        let of_way = |way: &Way| {
            Some(Stays {
                credential: credential(way.id)?,
                name: way.name.clone(),
                since: way.since,
                held: Some(way.params),
            })
        };
        stay.extend(self.others().filter_map(of_way));
        let mut kit = None;
        match (&self.code, &self.kit) {
            (Code::New, Some(held)) => {
                kit = held.beside(shell);
                let day = date(shell.now.wall_ms, &shell.zone);
                stay.extend(credential_of_code(held).map(|credential| Stays {
                    credential,
                    name: (shell.catalog().tui.page.slots.kit_name)(&day),
                    since: None,
                    held: None,
                }));
            }
            (Code::Keep, _) => stay.extend(self.codes().filter_map(of_way)),
            _ => {}
        }
        Job::Change(Box::new(Change { stay, raises: self.goal == Goal::Costs, kit }))
    }
}

fn credential_of_code(kit: &Kit) -> Option<Credential> {
    let code = kit.code().expose().try_into().ok()?;
    Some(Credential::Recovery(SlotSecret::recovery(code)))
}
