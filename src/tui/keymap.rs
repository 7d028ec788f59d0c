//! From keys to commands: [`Keymap`] holds the bindings of the table with a person's own changes.
//! It knows nothing of screens; which scopes are in force comes in as an argument.

use crate::config;
use crate::tui::command::{Command, Scope, Spec, TABLE};
use crate::tui::key::{Chord, label_sequence, parse_sequence};

/// What a key means now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    /// A command.
    Run(Command),
    /// The first key of a longer binding.
    Pending,
    /// Nothing.
    Unbound,
}

/// Which keys run which command.
#[derive(Debug)]
pub struct Keymap {
    bindings: Vec<(Vec<Chord>, &'static Spec)>,
}

/// What is wrong with a person's own keys, as a fact; the catalog says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// No command has this id.
    UnknownCommand(String),
    /// This is not a key.
    NotAKey(String),
    /// Two commands want the same keys, or the keys of one begin those of the other: these.
    Clash(&'static str, &'static str, String),
}

impl From<Problem> for config::Problem {
    fn from(problem: Problem) -> config::Problem {
        match problem {
            Problem::UnknownCommand(name) => config::Problem::KeyCommand(name),
            Problem::NotAKey(text) => config::Problem::NotAKey(text),
            Problem::Clash(one, other, keys) => config::Problem::KeyClash(one, other, keys),
        }
    }
}

impl Default for Keymap {
    fn default() -> Keymap {
        let bindings = TABLE
            .iter()
            .flat_map(|spec| spec.keys.iter().filter_map(parse_of).map(move |keys| (keys, spec)))
            .collect();
        Keymap { bindings }
    }
}

fn parse_of(keys: &&'static str) -> Option<Vec<Chord>> {
    parse_sequence(keys)
}

impl Keymap {
    /// The shipped keys with those of `own` (command id, its keys) in place of them; every problem
    /// of `own` is reported together, and then the shipped keys stay.
    pub fn with(own: &[(String, Vec<String>)]) -> Result<Keymap, Vec<Problem>> {
        let mut map = Keymap::default();
        let mut problems = Vec::new();
        for (id, keys) in own {
            let Some(spec) = TABLE.iter().find(|spec| spec.id == id) else {
                problems.push(Problem::UnknownCommand(id.clone()));
                continue;
            };
            map.bindings.retain(|(_, bound)| bound.command != spec.command);
            for text in keys {
                match parse_sequence(text) {
                    Some(keys) if keys.len() <= 2 => map.bindings.push((keys, spec)),
                    _ => problems.push(Problem::NotAKey(text.clone())),
                }
            }
        }
        problems.extend(map.clashes());
        if problems.is_empty() { Ok(map) } else { Err(problems) }
    }

    fn clashes(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        for (at, (keys, spec)) in self.bindings.iter().enumerate() {
            for (others, other) in self.bindings.iter().skip(at + 1) {
                let begins = keys.starts_with(others) || others.starts_with(keys);
                if begins && spec.scope.overlaps(other.scope) {
                    let shared = if keys.len() < others.len() { keys } else { others };
                    found.push(Problem::Clash(spec.id, other.id, label_sequence(shared)));
                }
            }
        }
        found
    }

    /// What `key` means after the keys `pending`, where `scopes` are in force.
    pub fn resolve(&self, scopes: &[Scope], pending: &[Chord], key: Chord) -> Resolved {
        let mut result = Resolved::Unbound;
        for (keys, spec) in self.bindings.iter().filter(|(_, spec)| scopes.contains(&spec.scope)) {
            let Some((first, rest)) = keys.strip_prefix(pending).and_then(<[Chord]>::split_first) else {
                continue;
            };
            if *first == key {
                if rest.is_empty() {
                    return Resolved::Run(spec.command);
                }
                result = Resolved::Pending;
            }
        }
        result
    }

    /// What may follow the keys `pending`: the key and its command, in the order of the table.
    pub fn following(&self, scopes: &[Scope], pending: &[Chord]) -> Vec<(Chord, Command)> {
        self.bindings
            .iter()
            .filter(|(_, spec)| scopes.contains(&spec.scope))
            .filter_map(|(keys, spec)| Some((*keys.strip_prefix(pending)?.first()?, spec.command)))
            .collect()
    }

    /// Where a key acts that means nothing here: in which scope outside fields; none where the table does
    /// not know it.
    pub fn elsewhere(&self, key: Chord) -> Option<Scope> {
        let acts = self.bindings.iter().filter(|(keys, _)| keys.first() == Some(&key));
        acts.map(|(_, spec)| spec.scope).find(|scope| scope.is_outside_fields())
    }

    /// All keys of a command as a person reads them.
    pub fn labels(&self, command: Command) -> Vec<String> {
        self.bindings
            .iter()
            .filter(|(_, spec)| spec.command == command)
            .map(|(keys, _)| label_sequence(keys))
            .collect()
    }

    /// The key that a hint names: of a move the arrow, which needs no learning.
    pub fn hint(&self, command: Command) -> String {
        let arrow = match command {
            Command::Down => "Down",
            Command::Up => "Up",
            Command::Left => "Left",
            Command::Right => "Right",
            _ => return self.label(command),
        };
        if self.labels(command).iter().any(|label| label == arrow) {
            return arrow.to_owned();
        }
        self.label(command)
    }

    /// The first key of a command as a person reads it; empty when it has none.
    pub fn label(&self, command: Command) -> String {
        self.bindings
            .iter()
            .find(|(_, spec)| spec.command == command)
            .map_or(String::new(), |(keys, _)| label_sequence(keys))
    }
}

#[cfg(test)]
mod tests {

    use super::*;

    fn key(text: &str) -> Chord {
        Chord::parse(text).expect(text)
    }

    #[test]
    fn a_prefix_waits_and_the_second_key_decides() {
        let map = Keymap::default();
        let scopes = [Scope::Entry, Scope::Browse, Scope::Anywhere];
        assert_eq!(map.resolve(&scopes, &[], key("y")), Resolved::Pending);
        assert_eq!(map.resolve(&scopes, &[key("y")], key("u")), Resolved::Run(Command::CopyUser));
        assert_eq!(map.resolve(&scopes, &[key("y")], key("z")), Resolved::Unbound);
        assert_eq!(map.resolve(&[Scope::Anywhere], &[], key("y")), Resolved::Unbound);
    }

    #[test]
    fn own_keys_replace_and_clashes_are_named() {
        let own = |id: &str, keys: &str| vec![(id.to_owned(), vec![keys.to_owned()])];
        let map = Keymap::with(&own("copy-password", "Q")).expect("free");
        assert_eq!(map.labels(Command::CopyPassword), ["Q"]);
        assert_eq!(
            Keymap::with(&own("copy-password", "u")).err(),
            Some(vec![Problem::Clash("copy-user", "copy-password", "u".into())])
        );
        assert_eq!(
            Keymap::with(&own("copy-it", "c")).err(),
            Some(vec![Problem::UnknownCommand("copy-it".into())])
        );
        assert_eq!(Keymap::with(&own("search", "f99")).err(), Some(vec![Problem::NotAKey("f99".into())]));
        // - g begins other bindings, so it can be no binding itself
        assert!(Keymap::with(&own("search", "g")).is_err());
    }
}
