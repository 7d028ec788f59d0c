//! Checklists: which there are, and which belongs to a step. Their texts are `text::guide`'s.

use crate::model::Kind;
use crate::model::incident::Task;

/// A checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// One's own computer.
    Computer,
    /// A mailbox.
    Mailbox,
    /// A rental server's panel.
    Panel,
    /// WordPress.
    WordPress,
    /// DNS and registrar.
    Domain,
    /// Banks and cards.
    Payment,
    /// Any other account.
    Account,
}

impl Topic {
    /// Every checklist, in the order of a plan.
    pub const ALL: [Topic; 7] = [
        Topic::Computer,
        Topic::Mailbox,
        Topic::Panel,
        Topic::Domain,
        Topic::WordPress,
        Topic::Payment,
        Topic::Account,
    ];

    /// The word on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Topic::Computer => "computer",
            Topic::Mailbox => "mailbox",
            Topic::Panel => "panel",
            Topic::Domain => "domain",
            Topic::WordPress => "wordpress",
            Topic::Payment => "payment",
            Topic::Account => "account",
        }
    }

    /// The checklist of a word on the command line.
    pub fn from_word(word: &str) -> Option<Topic> {
        Topic::ALL.into_iter().find(|topic| topic.word() == word)
    }

    /// The checklist of a step; `kind` is that of its entry.
    pub fn of(task: Task, kind: Kind) -> Option<Topic> {
        match task {
            Task::Computer => Some(Topic::Computer),
            Task::MasterPassword
            | Task::RecoveryCode
            | Task::KeyFile
            | Task::OldBackups
            | Task::Address(_) => None,
            Task::Password(_) => Some(match kind {
                Kind::Mailbox => Topic::Mailbox,
                Kind::Server | Kind::Database | Kind::SshKey => Topic::Panel,
                Kind::Domain => Topic::Domain,
                Kind::Website => Topic::WordPress,
                Kind::Card | Kind::BankAccount => Topic::Payment,
                _ => Topic::Account,
            }),
        }
    }
}

/// The name under which it is ticked that the new password was set in what uses the account.
pub fn used(user: &str) -> String {
    format!("used:{user}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_checklist_has_a_word_of_its_own() {
        for topic in Topic::ALL {
            assert_eq!(Topic::from_word(topic.word()), Some(topic));
        }
        assert_eq!(Topic::from_word("moon"), None);
    }
}
