//! In which order the list stands: remembered between runs, as it says nothing of any vault.
//!
//! Not here: putting entries into that order ([`crate::tui::shelf`]).

/// By what the list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Title; Japanese ones by their reading.
    #[default]
    Title,
    /// Last use, the latest first.
    Used,
    /// Last edit, the latest first.
    Changed,
    /// Age of the password, the oldest first.
    PasswordAge,
    /// User name.
    User,
    /// Kind.
    Kind,
    /// Folder.
    Folder,
}

impl Order {
    /// All of them, in the order of the menu.
    pub const ALL: [Order; 7] = [
        Order::Title,
        Order::Used,
        Order::Changed,
        Order::PasswordAge,
        Order::User,
        Order::Kind,
        Order::Folder,
    ];

    fn word(self) -> &'static str {
        match self {
            Order::Title => "title",
            Order::Used => "used",
            Order::Changed => "changed",
            Order::PasswordAge => "password-age",
            Order::User => "user",
            Order::Kind => "kind",
            Order::Folder => "folder",
        }
    }
}

/// How the list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub order: Order,
    /// The other way round.
    pub reverse: bool,
    /// Favourites stand before all others.
    pub favourites_first: bool,
}

impl Default for Sort {
    fn default() -> Sort {
        Sort { order: Order::Title, reverse: false, favourites_first: true }
    }
}

impl Sort {
    /// Reads what [`Sort::print`] wrote; what is wrong is forgotten.
    pub fn parse(text: &str) -> Sort {
        let mut words = text.split(' ');
        let first = words.next().unwrap_or("");
        let Some(order) = Order::ALL.into_iter().find(|order| order.word() == first) else {
            return Sort::default();
        };
        let mut sort = Sort { order, ..Sort::default() };
        for word in words {
            match word {
                "reverse" => sort.reverse = true,
                "mixed" => sort.favourites_first = false,
                _ => {}
            }
        }
        sort
    }

    /// As one line.
    pub fn print(self) -> String {
        let reverse = if self.reverse { " reverse" } else { "" };
        let mixed = if self.favourites_first { "" } else { " mixed" };
        format!("{}{reverse}{mixed}", self.order.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_reads_back() {
        for order in Order::ALL {
            for (reverse, favourites_first) in [(false, false), (true, false), (false, true), (true, true)] {
                let sort = Sort { order, reverse, favourites_first };
                assert_eq!(Sort::parse(&sort.print()), sort);
            }
        }
        assert_eq!(Sort::parse("nonsense reverse"), Sort::default());
    }
}
