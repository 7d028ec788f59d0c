//! What the program says, in Japanese and English: one [`Catalog`] per language, made of plain
//! structs of strings and functions, so that a missing translation is a compile error. Nothing
//! here reads the environment; the faces pass the catalog they chose.

pub mod cli;
pub mod doctor;
pub mod guide;
pub mod health;
pub mod health_report;
pub mod import;
pub mod incident;
pub mod keyring;
pub mod kit;
pub mod links;
pub mod mail;
pub mod problem;
pub mod rule;
pub mod sanitise;
pub mod strength;
pub mod tui;
pub mod words;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// English.
    En,
    /// Japanese.
    Ja,
}

/// Everything the program says in one language.
#[derive(Debug)]
pub struct Catalog {
    /// Which language this is.
    pub lang: Lang,
    /// The command line.
    pub cli: &'static cli::Text,
    /// The full-screen program.
    pub tui: &'static tui::Text,
}

/// The catalog of a language.
pub fn catalog(lang: Lang) -> &'static Catalog {
    match lang {
        Lang::En => &Catalog { lang: Lang::En, cli: &cli::en::TEXT, tui: &tui::en::TEXT },
        Lang::Ja => &Catalog { lang: Lang::Ja, cli: &cli::ja::TEXT, tui: &tui::ja::TEXT },
    }
}

/// A row of the key table, as the command line prints it (`mamori keys`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// Name of the command in the configuration file.
    pub id: &'static str,
    /// Where its keys act.
    pub scope: &'static str,
    /// Its group.
    pub group: &'static str,
    /// Its keys, as a person reads them.
    pub keys: Vec<String>,
    /// Its keys, as the configuration file has them.
    pub bound: Vec<String>,
    /// What it does.
    pub title: &'static str,
}
