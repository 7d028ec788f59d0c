//! The short text of a [`Recipe`]: `KIND[:NUMBER][,OPTION]…`, read and printed.
//!
//! | kind | options |
//! |---|---|
//! | `random` | `lower>=N` `upper>=N` `digit>=N` `symbol>=N` (a bare `upper` is `upper>=1`), `no-lower` …, `symbols=SET`, `exclude=SET`, `no-similar` |
//! | `words` | `sep=TEXT`, `capital`, `digit`, `lang=ja`, `lang=both` |
//! | `pin` | |
//! | `pronounceable` | `capital`, `digit` |
//!
//! A bare number is `random:NUMBER`. In SET and TEXT `\,` is a comma and `\\` a backslash. What is
//! not named stays as in the kind's default; printing names only what differs from it. A text that
//! begins with a property of [`Rules`] is read as those.

use std::fmt::{self, Write};
use std::str::FromStr;

use super::{Class, List, Pronounceable, Random, Recipe, Rules, Words};

/// Most bytes of a recipe's text.
const TEXT_MOST: usize = 1_024;

/// Why a text is no recipe.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecipeError {
    /// Longer than 1,024 bytes.
    #[error("the recipe is too long")]
    TooLong,
    /// Not one of the four kinds.
    #[error("no such kind of password: {0}")]
    Kind(String),
    /// A number that is none, or over 65,535.
    #[error("not a number: {0}")]
    Number(String),
    /// An option the kind does not have.
    #[error("no such option here: {0}")]
    Option(String),
    /// An option that is there twice, or against another one.
    #[error("an option is there twice: {0}")]
    Twice(String),
    /// A backslash before something else than a comma or a backslash.
    #[error("a backslash that protects nothing")]
    Backslash,
    /// The least length is over the greatest.
    #[error("the least length is over the greatest: {0}, {1}")]
    Lengths(u16, u16),
    /// More sets are required than [`super::REQUIRED_MOST`].
    #[error("too many sets are required")]
    TooManySets,
}

fn word(class: Class) -> &'static str {
    match class {
        Class::Lower => "lower",
        Class::Upper => "upper",
        Class::Digit => "digit",
        Class::Symbol => "symbol",
    }
}

impl FromStr for Recipe {
    type Err = RecipeError;

    fn from_str(text: &str) -> Result<Recipe, RecipeError> {
        if text.len() > TEXT_MOST {
            return Err(RecipeError::TooLong);
        }
        if Rules::looks_like(text) {
            return Rules::parse(text).map(Recipe::Rules);
        }
        let parts = split(text)?;
        let (head, options) = parts.split_first().expect("a split text has a first part");
        let (kind, count) = match head.split_once(':') {
            Some((kind, count)) => (kind, Some(number(count)?)),
            None if head.starts_with(|c: char| c.is_ascii_digit()) => ("random", Some(number(head)?)),
            None => (head.as_str(), None),
        };
        let mut seen = Vec::new();
        let mut options = options.iter().map(|option| {
            let key = option.split(['=', '>']).next().unwrap_or(option);
            let key = Class::ALL
                .iter()
                .map(|c| word(*c))
                .find(|w| key.strip_prefix("no-") == Some(w))
                .unwrap_or(key);
            if seen.contains(&key) {
                return Err(RecipeError::Twice(option.clone()));
            }
            seen.push(key);
            Ok(option.as_str())
        });
        match kind {
            "random" => random(count, &mut options).map(Recipe::Random),
            "words" => words(count, &mut options).map(Recipe::Words),
            "pin" => match options.next() {
                Some(option) => Err(RecipeError::Option(option?.to_owned())),
                None => Ok(Recipe::Pin(count.unwrap_or(6))),
            },
            "pronounceable" => pronounceable(count, &mut options).map(Recipe::Pronounceable),
            other => Err(RecipeError::Kind(other.to_owned())),
        }
    }
}

type Options<'a> = &'a mut dyn Iterator<Item = Result<&'a str, RecipeError>>;

fn random<'a>(count: Option<u16>, options: Options<'a>) -> Result<Random, RecipeError> {
    let mut made = Random::default();
    made.length = count.unwrap_or(made.length);
    for option in options {
        let option = option?;
        if let Some(class) = class_of(option.strip_prefix("no-")) {
            made.set_least(class, None);
        } else if let Some(class) = class_of(Some(option)) {
            made.set_least(class, Some(1));
        } else if let Some((name, least)) = option.split_once(">=")
            && let Some(class) = class_of(Some(name))
        {
            made.set_least(class, Some(number(least)?));
        } else if let Some(set) = option.strip_prefix("symbols=") {
            made.symbols = Some(set.to_owned());
        } else if let Some(set) = option.strip_prefix("exclude=") {
            made.exclude = set.to_owned();
        } else if option == "no-similar" {
            made.no_similar = true;
        } else {
            return Err(RecipeError::Option(option.to_owned()));
        }
    }
    Ok(made)
}

fn class_of(name: Option<&str>) -> Option<Class> {
    Class::ALL.into_iter().find(|class| Some(word(*class)) == name)
}

fn words<'a>(count: Option<u16>, options: Options<'a>) -> Result<Words, RecipeError> {
    let mut made = Words::default();
    made.count = count.unwrap_or(made.count);
    for option in options {
        match option? {
            "capital" => made.capital = true,
            "digit" => made.digit = true,
            "lang=en" => made.list = List::En,
            "lang=ja" => made.list = List::Ja,
            "lang=both" => made.list = List::Both,
            option => match option.strip_prefix("sep=") {
                Some(separator) => made.separator = separator.to_owned(),
                None => return Err(RecipeError::Option(option.to_owned())),
            },
        }
    }
    Ok(made)
}

fn pronounceable<'a>(count: Option<u16>, options: Options<'a>) -> Result<Pronounceable, RecipeError> {
    let mut made = Pronounceable::default();
    made.length = count.unwrap_or(made.length);
    for option in options {
        match option? {
            "capital" => made.capital = true,
            "digit" => made.digit = true,
            option => return Err(RecipeError::Option(option.to_owned())),
        }
    }
    Ok(made)
}

fn number(text: &str) -> Result<u16, RecipeError> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| plain).ok_or_else(|| RecipeError::Number(text.to_owned()))
}

/// Splits at commas that no backslash protects, and takes the backslashes away.
fn split(text: &str) -> Result<Vec<String>, RecipeError> {
    let mut parts = vec![String::new()];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let last = parts.last_mut().expect("there is always a last part");
        match c {
            ',' => parts.push(String::new()),
            '\\' => match chars.next() {
                Some(protected @ (',' | '\\')) => last.push(protected),
                _ => return Err(RecipeError::Backslash),
            },
            _ => last.push(c),
        }
    }
    Ok(parts)
}

impl fmt::Display for Recipe {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Recipe::Random(recipe) => {
                let usual = Random::default();
                write!(out, "random:{}", recipe.length)?;
                for class in Class::ALL {
                    match recipe.least(class) {
                        least if least == usual.least(class) => {}
                        Some(least) => write!(out, ",{}>={least}", word(class))?,
                        None => write!(out, ",no-{}", word(class))?,
                    }
                }
                if let Some(set) = &recipe.symbols {
                    option(out, "symbols", set)?;
                }
                if !recipe.exclude.is_empty() {
                    option(out, "exclude", &recipe.exclude)?;
                }
                flag(out, "no-similar", recipe.no_similar)
            }
            Recipe::Words(recipe) => {
                write!(out, "words:{}", recipe.count)?;
                if recipe.separator != Words::default().separator {
                    option(out, "sep", &recipe.separator)?;
                }
                flag(out, "capital", recipe.capital)?;
                flag(out, "digit", recipe.digit)?;
                match recipe.list {
                    List::En => Ok(()),
                    List::Ja => out.write_str(",lang=ja"),
                    List::Both => out.write_str(",lang=both"),
                }
            }
            Recipe::Rules(rules) => write!(out, "{rules}"),
            Recipe::Pin(digits) => write!(out, "pin:{digits}"),
            Recipe::Pronounceable(recipe) => {
                write!(out, "pronounceable:{}", recipe.length)?;
                flag(out, "capital", recipe.capital)?;
                flag(out, "digit", recipe.digit)
            }
        }
    }
}

fn flag(out: &mut fmt::Formatter<'_>, name: &str, on: bool) -> fmt::Result {
    if on { write!(out, ",{name}") } else { Ok(()) }
}

fn option(out: &mut fmt::Formatter<'_>, name: &str, value: &str) -> fmt::Result {
    write!(out, ",{name}=")?;
    for c in value.chars() {
        if matches!(c, ',' | '\\') {
            out.write_char('\\')?;
        }
        out.write_char(c)?;
    }
    Ok(())
}
