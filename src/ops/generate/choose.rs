//! Which recipe makes the new password of an entry, and where that comes from: the entry's own recipe;
//! the rule that was noted for it; the rule that the settings have for its host; the list of known sites;
//! else the usual one. What cannot be read or gives no password is passed over.

use super::sites::{self, Site, is_below};
use super::{Recipe, Space};
use crate::model::{Entry, Tag};
use crate::ops::health::subject;

/// Where a recipe comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// It was asked for.
    Asked,
    /// The entry's own recipe.
    Recipe,
    /// The rule noted for the entry.
    Rule,
    /// The settings, for this host.
    Settings(String),
    /// The list of known sites.
    Known(&'static Site),
    /// None of these: the usual one.
    Usual,
}

/// A recipe and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The recipe.
    pub recipe: Recipe,
    /// Where it comes from.
    pub source: Source,
}

/// Rules of the settings: host and rule.
pub type HostRules = [(String, String)];

/// The recipe of an entry.
pub fn of_entry(entry: Entry<'_>, own: &HostRules) -> Chosen {
    for (tag, source) in [(Tag::RECIPE, Source::Recipe), (Tag::RULE, Source::Rule)] {
        if let Some(recipe) = read(entry.0.text(tag)) {
            return Chosen { recipe, source };
        }
    }
    of_addresses(entry.urls().into_iter(), own)
}

/// The recipe for addresses, the first that is known.
pub fn of_addresses<'a>(mut urls: impl Iterator<Item = &'a str>, own: &HostRules) -> Chosen {
    let usual = || Chosen { recipe: Recipe::default(), source: Source::Usual };
    urls.find_map(|url| of_host(&subject::host(url)?, own)).unwrap_or_else(usual)
}

/// The recipe for a host; none where nothing is known of it.
pub fn of_host(host: &str, own: &HostRules) -> Option<Chosen> {
    let fitting = own.iter().filter(|(parent, _)| is_below(host, parent));
    let named = fitting.max_by_key(|(parent, _)| parent.len());
    let named = named.and_then(|(parent, rule)| {
        Some(Chosen { recipe: read(rule)?, source: Source::Settings(parent.clone()) })
    });
    named.or_else(|| {
        let site = sites::of_host(host)?;
        Some(Chosen { recipe: read(site.rule)?, source: Source::Known(site) })
    })
}

/// A text as a recipe that gives passwords.
pub fn read(text: &str) -> Option<Recipe> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    text.parse::<Recipe>().ok().filter(|recipe| Space::of(recipe).and_then(|space| space.bits()).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> Vec<(String, String)> {
        let pair = |host: &str, rule: &str| (host.to_owned(), rule.to_owned());
        vec![pair("example.jp", "random:12"), pair("pay.example.jp", "pin:8"), pair("broken.jp", "colour:1")]
    }

    #[test]
    fn the_settings_come_before_the_list_and_the_longest_host_wins() {
        let of = |url: &str| of_addresses([url].into_iter(), &own());
        assert_eq!(of("https://www.example.jp/login").source, Source::Settings("example.jp".into()));
        let pay = of("https://a.pay.example.jp");
        assert_eq!((pay.recipe, pay.source), (Recipe::Pin(8), Source::Settings("pay.example.jp".into())));
        assert!(
            matches!(of("https://login.yahoo.co.jp/").source, Source::Known(site) if site.host == "yahoo.co.jp")
        );
        assert_eq!(of("https://broken.jp").source, Source::Usual);
        assert_eq!(of("memo").source, Source::Usual);
        let over = [("yahoo.co.jp".to_owned(), "random:30".to_owned())];
        let over = of_addresses(["https://yahoo.co.jp"].into_iter(), &over);
        assert_eq!(over.source, Source::Settings("yahoo.co.jp".into()));
        // - of several addresses the first that is known
        let both = of_addresses(["https://nowhere.example", "https://yahoo.co.jp"].into_iter(), &[]);
        assert!(matches!(both.source, Source::Known(_)));
    }
}
