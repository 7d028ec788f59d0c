//! New passwords from a [`Recipe`], and how strong a recipe is. Not a random generator: random
//! bytes come in as an [`Entropy`].
//!
//! Every password a recipe allows is equally likely, minimums included, and [`Space::bits`] is the
//! logarithm to base 2 of their exact number: what an attacker who knows the recipe has to search.

mod big;
mod chain;
pub mod choose;
mod list;
mod random;
mod recipe;
mod rules;
pub mod sites;
mod spoken;
#[cfg(test)]
mod tests;

pub use choose::{Chosen, Source};
pub use recipe::RecipeError;
pub use rules::{Chars, REQUIRED_MOST, RULES_MOST, Rules};

use crate::crypto::entropy::{Entropy, EntropyError};
use crate::secret::Secret;

/// Most characters of a random password.
pub const RANDOM_MOST: u16 = 256;
/// Most words.
pub const WORDS_MOST: u16 = 64;
/// Most characters of the separator between words.
pub const SEPARATOR_MOST: usize = 8;
/// Most digits of a PIN.
pub const PIN_MOST: u16 = 64;
/// Most letters of a pronounceable password.
pub const PRONOUNCEABLE_MOST: u16 = 128;
/// What `no-similar` leaves out.
pub const SIMILAR: &str = "0Oo1lI|2Z5S8B";

/// A class of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// a to z.
    Lower,
    /// A to Z.
    Upper,
    /// 0 to 9.
    Digit,
    /// ASCII punctuation, or the recipe's own set of it.
    Symbol,
}

impl Class {
    /// All classes, in the order a recipe is printed in.
    pub const ALL: [Class; 4] = [Class::Lower, Class::Upper, Class::Digit, Class::Symbol];
}

/// How a password is to be made. Read from and printed as a short text, such as
/// `random:20,upper>=1,digit>=2,no-similar`, `words:5,sep=.,capital,digit`, `pin:6`,
/// `pronounceable:12`; or the rules of a site (see [`Rules`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipe {
    /// Random characters.
    Random(Random),
    /// Words of a list.
    Words(Words),
    /// So many digits.
    Pin(u16),
    /// Consonants and vowels in turn.
    Pronounceable(Pronounceable),
    /// What a site asks for.
    Rules(Rules),
}

/// Random characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Random {
    /// Number of characters, 1 to [`RANDOM_MOST`].
    pub length: u16,
    /// Least number of lower case letters; `None` = none at all. So for the other classes.
    pub lower: Option<u16>,
    /// Least number of upper case letters.
    pub upper: Option<u16>,
    /// Least number of digits.
    pub digit: Option<u16>,
    /// Least number of symbols.
    pub symbol: Option<u16>,
    /// The symbols to choose from (ASCII punctuation); `None` = all 32.
    pub symbols: Option<String>,
    /// Characters never used.
    pub exclude: String,
    /// Leaves out [`SIMILAR`].
    pub no_similar: bool,
}

impl Random {
    /// The least number of characters of `class`; `None` = the class is not used.
    pub fn least(&self, class: Class) -> Option<u16> {
        match class {
            Class::Lower => self.lower,
            Class::Upper => self.upper,
            Class::Digit => self.digit,
            Class::Symbol => self.symbol,
        }
    }

    /// Sets the least number of characters of `class`.
    pub fn set_least(&mut self, class: Class, least: Option<u16>) {
        match class {
            Class::Lower => self.lower = least,
            Class::Upper => self.upper = least,
            Class::Digit => self.digit = least,
            Class::Symbol => self.symbol = least,
        }
    }
}

impl Default for Random {
    /// 20 characters, at least one of every class.
    fn default() -> Random {
        Random {
            length: 20,
            lower: Some(1),
            upper: Some(1),
            digit: Some(1),
            symbol: Some(1),
            symbols: None,
            exclude: String::new(),
            no_similar: false,
        }
    }
}

/// A list of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum List {
    /// The long list of the EFF, English (12.9 bits a word).
    #[default]
    En,
    /// Japanese words in romaji (11.5 bits a word).
    Ja,
    /// Both together (13.4 bits a word).
    Both,
}

/// Words of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Number of words, 1 to [`WORDS_MOST`].
    pub count: u16,
    /// What stands between two words, at most [`SEPARATOR_MOST`] characters.
    pub separator: String,
    /// Every word begins with a capital.
    pub capital: bool,
    /// One digit stands behind one of the words.
    pub digit: bool,
    /// Which words.
    pub list: List,
}

impl Default for Words {
    /// Six words with `-` between them: 77.5 bits.
    fn default() -> Words {
        Words { count: 6, separator: "-".to_owned(), capital: false, digit: false, list: List::En }
    }
}

/// Consonants and vowels in turn, a consonant first (3.2 bits a letter).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pronounceable {
    /// Number of letters, 1 to [`PRONOUNCEABLE_MOST`].
    pub length: u16,
    /// The first letter is a capital.
    pub capital: bool,
    /// A digit stands at the end, beyond the length.
    pub digit: bool,
}

impl Default for Pronounceable {
    fn default() -> Pronounceable {
        Pronounceable { length: 20, capital: false, digit: false }
    }
}

impl Default for Recipe {
    fn default() -> Recipe {
        Recipe::Random(Random::default())
    }
}

/// Why a recipe gives no password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GenerateError {
    /// The length, or number of words, is out of bounds.
    #[error("a length of {given} is outside {least} to {most}")]
    Length {
        /// What the recipe says.
        given: u16,
        /// The least allowed.
        least: u16,
        /// The most allowed.
        most: u16,
    },
    /// The minimums together ask for more characters than there are.
    #[error("the minimums ask for {sum} characters of {length}")]
    MinimumsOverLength {
        /// All minimums together.
        sum: u32,
        /// The length.
        length: u16,
    },
    /// A class has a minimum, but all its characters are excluded.
    #[error("no character of a class that is asked for is left")]
    EmptyClass(Class),
    /// No character at all is allowed.
    #[error("no character is allowed")]
    NothingAllowed,
    /// The recipe's own symbols hold something that is no ASCII punctuation.
    #[error("the symbols hold a character that is none")]
    NotASymbol(char),
    /// The separator is too long, holds a control character, or a digit beside `digit`.
    #[error("the separator cannot be used")]
    Separator,
    /// The system gives no random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

fn within(given: u16, least: u16, most: u16) -> Result<usize, GenerateError> {
    if (least..=most).contains(&given) {
        Ok(usize::from(given))
    } else {
        Err(GenerateError::Length { given, least, most })
    }
}

/// All passwords that a recipe allows. Made once, it draws many without counting again.
pub struct Space<'a>(Inner<'a>);

enum Inner<'a> {
    Random(random::Space),
    Words(&'a Words),
    Pin(u16),
    Pronounceable(&'a Pronounceable),
    Rules(chain::Space),
}

impl<'a> Space<'a> {
    /// Checks `recipe` and counts its passwords.
    pub fn of(recipe: &'a Recipe) -> Result<Space<'a>, GenerateError> {
        let inner = match recipe {
            Recipe::Random(random) => Inner::Random(random::Space::of(random)?),
            Recipe::Words(words) => spoken::check_words(words).map(|_| Inner::Words(words))?,
            Recipe::Pin(digits) => within(*digits, 1, PIN_MOST).map(|_| Inner::Pin(*digits))?,
            Recipe::Pronounceable(spoken) => {
                within(spoken.length, 1, PRONOUNCEABLE_MOST).map(|_| Inner::Pronounceable(spoken))?
            }
            Recipe::Rules(rules) => Inner::Rules(chain::Space::of(rules)?),
        };
        Ok(Space(inner))
    }

    /// log2 of the number of passwords.
    pub fn bits(&self) -> Result<f64, GenerateError> {
        match &self.0 {
            Inner::Random(space) => Ok(space.bits()),
            Inner::Words(words) => spoken::words_bits(words),
            Inner::Pin(digits) => spoken::pin_bits(*digits),
            Inner::Pronounceable(recipe) => spoken::pronounceable_bits(recipe),
            Inner::Rules(space) => Ok(space.bits()),
        }
    }

    /// Draws one of the passwords, each equally likely.
    pub fn draw(&self, source: &mut dyn Entropy) -> Result<Secret, GenerateError> {
        let bytes = match &self.0 {
            Inner::Random(space) => space.draw(source),
            Inner::Words(words) => spoken::words(words, source),
            Inner::Pin(digits) => spoken::pin(*digits, source),
            Inner::Pronounceable(recipe) => spoken::pronounceable(recipe, source),
            Inner::Rules(space) => space.draw(source),
        }?;
        Ok(Secret::from_bytes(bytes).expect("all parts of a recipe are text"))
    }
}

/// Makes one password; each that `recipe` allows is equally likely.
pub fn generate(recipe: &Recipe, source: &mut dyn Entropy) -> Result<Secret, GenerateError> {
    Space::of(recipe)?.draw(source)
}

/// log2 of the number of passwords that `recipe` allows.
pub fn bits(recipe: &Recipe) -> Result<f64, GenerateError> {
    Space::of(recipe)?.bits()
}

/// What [`bits`] says of words of a list, whoever put them together: of the recipe that makes `text`, as
/// a whole number and never more than there are. None where no recipe for words makes it.
pub fn bits_of_words(text: &str) -> Option<f64> {
    spoken::recipe_of(text).and_then(|recipe| spoken::words_bits(&recipe).ok()).map(f64::floor)
}
