//! What the pages over the list say: a file for each page, with both languages side by side.

use crate::tui::files::Failure;

pub mod about;
pub mod ask;
pub mod broken;
pub mod browse;
pub mod codes;
pub mod demo;
pub mod export;
pub mod form;
pub mod generator;
pub mod health;
pub mod history;
pub mod import;
pub mod incident;
pub mod links;
pub mod mail;
pub mod names;
pub mod other;
pub mod path;
pub mod qr;
pub mod search;
pub mod send;
pub mod settings;
pub mod slots;
pub mod staged;
pub mod trash;
pub mod vaults;
pub mod welcome;

/// The strings of all pages.
#[derive(Debug)]
pub struct Pages {
    /// The form of an entry.
    pub form: form::Text,
    /// The generator.
    pub generator: generator::Text,
    /// The sidebar, the sort menu, marks, folders and tags.
    pub browse: browse::Text,
    /// Folders and tags as a whole.
    pub names: names::Text,
    /// Questions.
    pub ask: ask::Text,
    /// The trash.
    pub trash: trash::Text,
    /// All one-time codes.
    pub codes: codes::Text,
    /// The history of an entry.
    pub history: history::Text,
    /// A change of a password under way.
    pub staged: staged::Text,
    /// Sending into another pane.
    pub send: send::Text,
    /// A QR code.
    pub qr: qr::Text,
    /// Bringing entries over.
    pub import: import::Text,
    /// A taken-over account.
    pub incident: incident::Text,
    /// How accounts hang together.
    pub links: links::Text,
    /// Many mailboxes, another address.
    pub mail: mail::Text,
    /// Writing entries to a file.
    pub export: export::Text,
    /// Backups and other copies of the vault.
    pub other: other::Text,
    /// A file that is damaged or gone.
    pub broken: broken::Text,
    /// The path field.
    pub path: path::Text,
    /// Settings.
    pub settings: settings::Text,
    /// The ways to open the vault.
    pub slots: slots::Text,
    /// Other vaults.
    pub vaults: vaults::Text,
    /// About the program.
    pub about: about::Text,
    /// The demo.
    pub demo: demo::Text,
    /// The first run.
    pub welcome: welcome::Text,
    /// Search tokens, recent and saved searches.
    pub search: search::Text,
    /// The health check.
    pub health: health::Text,
}

/// English.
pub const EN: Pages = Pages {
    form: form::EN,
    generator: generator::EN,
    browse: browse::EN,
    names: names::EN,
    ask: ask::EN,
    trash: trash::EN,
    codes: codes::EN,
    history: history::EN,
    staged: staged::EN,
    send: send::EN,
    qr: qr::EN,
    import: import::EN,
    incident: incident::EN,
    links: links::EN,
    mail: mail::EN,
    export: export::EN,
    other: other::EN,
    broken: broken::EN,
    path: path::EN,
    settings: settings::EN,
    slots: slots::EN,
    vaults: vaults::EN,
    about: about::EN,
    demo: demo::EN,
    welcome: welcome::EN,
    search: search::EN,
    health: health::EN,
};

/// Japanese.
pub const JA: Pages = Pages {
    form: form::JA,
    generator: generator::JA,
    browse: browse::JA,
    names: names::JA,
    ask: ask::JA,
    trash: trash::JA,
    codes: codes::JA,
    history: history::JA,
    staged: staged::JA,
    send: send::JA,
    qr: qr::JA,
    import: import::JA,
    incident: incident::JA,
    links: links::JA,
    mail: mail::JA,
    export: export::JA,
    other: other::JA,
    broken: broken::JA,
    path: path::JA,
    settings: settings::JA,
    slots: slots::JA,
    vaults: vaults::JA,
    about: about::JA,
    demo: demo::JA,
    welcome: welcome::JA,
    search: search::JA,
    health: health::JA,
};

/// Why a file could not be written, in English.
pub(in crate::text) fn disk_en(failure: &Failure) -> String {
    match failure {
        Failure::NotFound => "there is no such folder".to_owned(),
        Failure::NotAFile => "it is no ordinary file".to_owned(),
        Failure::Denied => "no permission".to_owned(),
        Failure::TooLarge(_) => "it is too long".to_owned(),
        Failure::NameTooLong => "its name is too long".to_owned(),
        Failure::Exists => "the name is taken".to_owned(),
        Failure::Full => "the disk is full".to_owned(),
        Failure::Lost => "the work broke off".to_owned(),
        Failure::Other(words) => words.clone(),
    }
}

/// Why a file could not be written, in Japanese.
pub(in crate::text) fn disk_ja(failure: &Failure) -> String {
    match failure {
        Failure::NotFound => "フォルダーがありません".to_owned(),
        Failure::NotAFile => "通常のファイルではありません".to_owned(),
        Failure::Denied => "権限がありません".to_owned(),
        Failure::TooLarge(_) => "長すぎます".to_owned(),
        Failure::NameTooLong => "名前が長すぎます".to_owned(),
        Failure::Exists => "同じ名前のものがあります".to_owned(),
        Failure::Full => "ディスクがいっぱいです".to_owned(),
        Failure::Lost => "処理が途中で止まりました".to_owned(),
        Failure::Other(words) => words.clone(),
    }
}
