//! Which language and which encoding the surroundings ask for: pure functions over values of the
//! environment. Nothing here reads the environment itself.

use crate::text::Lang;

/// A look-up of an environment variable; `None` where it is not set.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Chooses the language: the option `--lang`, `MAMORI_LANG`, the configuration, then the locale
/// (`LC_ALL`, `LC_MESSAGES`, `LANG`; `LANGUAGE` goes before these unless they say `C`, as in GNU
/// gettext), else English. A value that names neither language is passed over.
///
/// On the Linux console (`TERM=linux`) it is always English: that has no Japanese glyphs.
pub fn language(option: Option<&str>, config: Option<&str>, env: Lookup<'_>) -> Lang {
    if env("TERM").as_deref() == Some("linux") {
        return Lang::En;
    }
    let own = env("MAMORI_LANG");
    [option, own.as_deref(), config]
        .into_iter()
        .flatten()
        .find_map(named)
        .or_else(|| of_locale(env))
        .unwrap_or(Lang::En)
}

/// True when the locale (`LC_ALL`, `LC_CTYPE`, `LANG`) names UTF-8. An empty locale is `C`.
pub fn is_utf8(env: Lookup<'_>) -> bool {
    utf8(&codeset(env))
}

/// The encoding that the locale names, where that is another than UTF-8 (`SJIS`, `eucJP`). A locale
/// that names none, as `C` on servers, says nothing about the terminal.
pub fn foreign_codeset(env: Lookup<'_>) -> Option<String> {
    Some(codeset(env)).filter(|codeset| !codeset.is_empty() && !utf8(codeset))
}

fn utf8(codeset: &str) -> bool {
    codeset.eq_ignore_ascii_case("utf-8") || codeset.eq_ignore_ascii_case("utf8")
}

fn codeset(env: Lookup<'_>) -> String {
    let locale = first(&["LC_ALL", "LC_CTYPE", "LANG"], env).unwrap_or_default();
    let codeset = locale.split_once('.').map_or("", |(_, rest)| rest);
    codeset.split_once('@').map_or(codeset, |(name, _)| name).to_owned()
}

fn of_locale(env: Lookup<'_>) -> Option<Lang> {
    let locale = first(&["LC_ALL", "LC_MESSAGES", "LANG"], env)?;
    if matches!(locale.split(['.', '@']).next(), Some("C" | "POSIX")) {
        return None;
    }
    let list = env("LANGUAGE").unwrap_or_default();
    list.split(':').find_map(named).or_else(|| named(&locale))
}

fn first(names: &[&str], env: Lookup<'_>) -> Option<String> {
    names.iter().filter_map(|name| env(name)).find(|value| !value.is_empty())
}

fn named(value: &str) -> Option<Lang> {
    match value.split(['_', '-', '.', '@']).next().unwrap_or("").to_ascii_lowercase().as_str() {
        "ja" => Some(Lang::Ja),
        "en" => Some(Lang::En),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> impl Fn(&str) -> Option<String> {
        let owned: Vec<_> = pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        move |wanted| owned.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone())
    }

    #[test]
    fn the_language_comes_from_the_nearest_source() {
        use Lang::{En, Ja};
        type Case<'a> = (Option<&'a str>, Option<&'a str>, &'a [(&'a str, &'a str)], Lang);
        let cases: &[Case<'_>] = &[
            (None, None, &[], En),
            (None, None, &[("LANG", "ja_JP.UTF-8")], Ja),
            (None, None, &[("LANG", "de_DE.UTF-8")], En),
            (None, None, &[("LANG", "ja_JP.UTF-8"), ("LC_MESSAGES", "en_US.UTF-8")], En),
            (None, None, &[("LC_MESSAGES", "en_US"), ("LC_ALL", "ja_JP.eucJP")], Ja),
            (None, None, &[("LC_ALL", ""), ("LANG", "ja_JP")], Ja),
            (None, None, &[("LANG", "en_US.UTF-8"), ("LANGUAGE", "fr:ja:en")], Ja),
            (None, None, &[("LANG", "C.UTF-8"), ("LANGUAGE", "ja")], En),
            (None, Some("ja"), &[("LANG", "en_US.UTF-8")], Ja),
            (None, Some("ja"), &[("MAMORI_LANG", "en")], En),
            (Some("ja"), Some("en"), &[("MAMORI_LANG", "en")], Ja),
            (Some("xx"), None, &[("MAMORI_LANG", "ja-JP")], Ja),
            (Some("ja"), Some("ja"), &[("TERM", "linux"), ("LANG", "ja_JP.UTF-8")], En),
        ];
        for (option, config, pairs, wanted) in cases {
            assert_eq!(language(*option, *config, &env(pairs)), *wanted, "{option:?} {config:?} {pairs:?}");
        }
    }

    #[test]
    fn utf8_is_read_from_the_codeset() {
        assert!(is_utf8(&env(&[("LANG", "ja_JP.utf8")])));
        assert!(is_utf8(&env(&[("LANG", "C"), ("LC_CTYPE", "C.UTF-8")])));
        assert!(is_utf8(&env(&[("LANG", "de_DE.UTF-8@euro")])));
        assert!(!is_utf8(&env(&[("LANG", "ja_JP.UTF-8"), ("LC_ALL", "ja_JP.eucJP")])));
        assert!(!is_utf8(&env(&[("LANG", "ja_JP")])));
        assert!(!is_utf8(&env(&[])));
        assert_eq!(foreign_codeset(&env(&[("LANG", "ja_JP.SJIS")])).as_deref(), Some("SJIS"));
        assert_eq!(foreign_codeset(&env(&[("LANG", "C")])), None);
        assert_eq!(foreign_codeset(&env(&[("LANG", "ja_JP.SJIS"), ("LC_ALL", "C.UTF-8")])), None);
    }
}
