//! The recipe as a person sets it: one set of options for each type, kept while another is looked
//! at, and the rules of sites. Pure.

use crate::ops::generate::{
    Class, GenerateError, List, PIN_MOST, Pronounceable, Random, Recipe, RecipeError, Rules, Words,
};
use crate::text::Lang;
use crate::tui::widget::field::Field;

/// Most characters that are asked for here; the command line gives longer ones.
pub const LENGTH_MOST: u16 = 128;
/// Most words.
pub const WORDS_MOST: u16 = 20;

/// Rules that many sites have, in the order shown; after them come rules that are typed.
pub const PRESETS: [&str; 5] = [
    "minlength: 8; maxlength: 16; required: lower; required: upper; required: digit",
    "minlength: 8; maxlength: 20; required: lower; required: upper; required: digit; required: [-_.!]",
    "minlength: 8; maxlength: 32; required: lower; required: digit; max-consecutive: 2",
    "minlength: 6; maxlength: 12; required: lower, upper; required: digit",
    "minlength: 12; maxlength: 72; required: lower; required: upper; required: digit; required: special",
];

/// The type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Random characters.
    Random,
    /// Words.
    Words,
    /// Digits.
    Pin,
    /// Pronounceable.
    Pronounceable,
}

impl Type {
    /// All, in the order of their keys.
    pub const ALL: [Type; 4] = [Type::Random, Type::Words, Type::Pin, Type::Pronounceable];
}

/// A row of the options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// The type.
    Type,
    /// Which rules of a site.
    Rule,
    /// The rules that are typed.
    RuleText,
    /// How long.
    Length,
    /// A class of characters and its least number.
    Class(Class),
    /// Which symbols.
    Symbols,
    /// Characters never used.
    Exclude,
    /// Leaves out what looks alike.
    Similar,
    /// Which words.
    List,
    /// What stands between words.
    Separator,
    /// Capitals.
    Capital,
    /// A digit.
    Digit,
}

/// Why there is no password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The text is no rule.
    Text(RecipeError),
    /// The options leave nothing.
    Options(GenerateError),
}

/// The options of all types.
#[derive(Debug)]
pub struct Options {
    /// The type in front.
    pub kind: Type,
    /// 0 = none, then the presets, then the typed ones.
    pub rule: usize,
    /// Rules as typed.
    pub rule_text: Field,
    /// Symbols as typed; empty = all.
    pub symbols: Field,
    /// Characters never used, as typed.
    pub exclude: Field,
    /// The separator as typed.
    pub separator: Field,
    rule_length: Option<u16>,
    random: Random,
    words: Words,
    pin: u16,
    spoken: Pronounceable,
}

impl Options {
    /// The usual ones; words are those of the language.
    pub fn in_language(lang: Lang) -> Options {
        let mut made = Options::of(Recipe::default());
        if lang == Lang::Ja {
            made.words.list = List::Ja;
        }
        made
    }

    /// With this recipe in front.
    pub fn of(recipe: Recipe) -> Options {
        let words = Words { count: 5, ..Words::default() };
        let mut made = Options {
            kind: Type::Random,
            rule: 0,
            rule_text: Field::default(),
            symbols: Field::default(),
            exclude: Field::default(),
            separator: Field::of(&words.separator),
            rule_length: None,
            random: Random::default(),
            words,
            pin: 6,
            spoken: Pronounceable::default(),
        };
        match recipe {
            Recipe::Random(random) => {
                made.symbols = Field::of(random.symbols.as_deref().unwrap_or(""));
                made.exclude = Field::of(&random.exclude);
                made.random = random;
            }
            Recipe::Words(words) => {
                made.kind = Type::Words;
                made.separator = Field::of(&words.separator);
                made.words = words;
            }
            Recipe::Pin(digits) => (made.kind, made.pin) = (Type::Pin, digits),
            Recipe::Pronounceable(spoken) => (made.kind, made.spoken) = (Type::Pronounceable, spoken),
            Recipe::Rules(rules) => {
                made.rule_length = Some(rules.length);
                let known = PRESETS.iter().position(|text| {
                    parsed(text).is_ok_and(|preset| Rules { length: rules.length, ..preset } == rules)
                });
                made.rule = known.unwrap_or(PRESETS.len()) + 1;
                if known.is_none() {
                    made.rule_text = Field::of(&rules.to_string());
                }
            }
        }
        made
    }

    /// The recipe.
    pub fn recipe(&self) -> Result<Recipe, Trouble> {
        Ok(match self.kind {
            Type::Random if self.rule > 0 => Recipe::Rules(self.rules()?),
            Type::Random => {
                let symbols = Some(self.symbols.text().to_owned()).filter(|text| !text.is_empty());
                let exclude = self.exclude.text().to_owned();
                Recipe::Random(Random { symbols, exclude, ..self.random.clone() })
            }
            Type::Words => {
                Recipe::Words(Words { separator: self.separator.text().to_owned(), ..self.words.clone() })
            }
            Type::Pin => Recipe::Pin(self.pin),
            Type::Pronounceable => Recipe::Pronounceable(self.spoken.clone()),
        })
    }

    fn rules(&self) -> Result<Rules, Trouble> {
        let text = PRESETS.get(self.rule.saturating_sub(1)).copied();
        let mut rules = parsed(text.unwrap_or(self.rule_text.text()))?;
        if let Some(length) = self.rule_length {
            rules.length = length.clamp(rules.least, rules.most);
        }
        Ok(rules)
    }

    /// The rows that there are.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows = vec![Row::Type];
        match self.kind {
            Type::Random if self.rule == 0 => {
                rows.extend([Row::Length, Row::Rule]);
                rows.extend(Class::ALL.map(Row::Class));
                if self.random.symbol.is_some() {
                    rows.push(Row::Symbols);
                }
                rows.extend([Row::Similar, Row::Exclude]);
            }
            Type::Random => {
                rows.extend([Row::Length, Row::Rule]);
                if self.rule > PRESETS.len() {
                    rows.push(Row::RuleText);
                }
            }
            Type::Words => {
                rows.extend([Row::Length, Row::List, Row::Separator, Row::Capital, Row::Digit]);
            }
            Type::Pin => rows.push(Row::Length),
            Type::Pronounceable => rows.extend([Row::Length, Row::Capital, Row::Digit]),
        }
        rows
    }

    /// The text field of a row.
    pub fn field(&self, row: Row) -> Option<&Field> {
        match row {
            Row::RuleText => Some(&self.rule_text),
            Row::Symbols => Some(&self.symbols),
            Row::Exclude => Some(&self.exclude),
            Row::Separator => Some(&self.separator),
            _ => None,
        }
    }

    /// The text field of a row, to type in.
    pub fn field_mut(&mut self, row: Row) -> Option<&mut Field> {
        match row {
            Row::RuleText => Some(&mut self.rule_text),
            Row::Symbols => Some(&mut self.symbols),
            Row::Exclude => Some(&mut self.exclude),
            Row::Separator => Some(&mut self.separator),
            _ => None,
        }
    }

    /// The length, number of words or digits.
    pub fn length(&self) -> u16 {
        match self.kind {
            Type::Random if self.rule > 0 => self.rules().map_or(0, |rules| rules.length),
            Type::Random => self.random.length,
            Type::Words => self.words.count,
            Type::Pin => self.pin,
            Type::Pronounceable => self.spoken.length,
        }
    }

    /// The least number of a class; none when it is not used.
    pub fn least(&self, class: Class) -> Option<u16> {
        self.random.least(class)
    }

    /// Whether a row that is on or off is on.
    pub fn on(&self, row: Row) -> bool {
        match (row, self.kind) {
            (Row::Similar, _) => self.random.no_similar,
            (Row::Capital, Type::Words) => self.words.capital,
            (Row::Capital, _) => self.spoken.capital,
            (Row::Digit, Type::Words) => self.words.digit,
            (Row::Digit, _) => self.spoken.digit,
            _ => false,
        }
    }

    /// Which words.
    pub fn list(&self) -> List {
        self.words.list
    }

    /// Changes the value of a row by one step.
    pub fn step(&mut self, row: Row, up: bool) {
        match row {
            Row::Type => {
                let at = Type::ALL.iter().position(|kind| *kind == self.kind).unwrap_or(0);
                self.kind = Type::ALL[turn(at, Type::ALL.len(), up)];
            }
            Row::Rule => {
                self.rule = turn(self.rule, PRESETS.len() + 2, up);
                self.rule_length = None;
            }
            Row::Length => self.set_length(up),
            Row::Class(class) => {
                let least = match (self.random.least(class), up) {
                    (None, true) => Some(0),
                    (None | Some(0), false) => None,
                    (Some(least), true) => Some((least + 1).min(9)),
                    (Some(least), false) => Some(least - 1),
                };
                self.random.set_least(class, least);
            }
            Row::List => {
                let all = [List::En, List::Ja, List::Both];
                let at = all.iter().position(|list| *list == self.words.list).unwrap_or(0);
                self.words.list = all[turn(at, all.len(), up)];
            }
            Row::Similar | Row::Capital | Row::Digit => self.toggle(row),
            Row::RuleText | Row::Symbols | Row::Exclude | Row::Separator => {}
        }
    }

    fn set_length(&mut self, up: bool) {
        let step = |value: u16, most: u16| {
            if up { (value + 1).min(most.max(value)) } else { value.saturating_sub(1).max(1) }
        };
        match self.kind {
            Type::Random if self.rule > 0 => {
                if let Ok(rules) = self.rules() {
                    self.rule_length = Some(step(rules.length, rules.most).clamp(rules.least, rules.most));
                }
            }
            Type::Random => {
                // - never below what the minimums ask for
                let least = Class::ALL.iter().filter_map(|class| self.random.least(*class)).sum::<u16>();
                self.random.length = step(self.random.length, LENGTH_MOST).max(least);
            }
            Type::Words => self.words.count = step(self.words.count, WORDS_MOST),
            Type::Pin => self.pin = step(self.pin, PIN_MOST),
            Type::Pronounceable => self.spoken.length = step(self.spoken.length, LENGTH_MOST),
        }
    }

    /// Turns what is on off and the other way round; of a choice takes the next.
    pub fn toggle(&mut self, row: Row) {
        let words = self.kind == Type::Words;
        match row {
            Row::Similar => self.random.no_similar = !self.random.no_similar,
            Row::Capital if words => self.words.capital = !self.words.capital,
            Row::Capital => self.spoken.capital = !self.spoken.capital,
            Row::Digit if words => self.words.digit = !self.words.digit,
            Row::Digit => self.spoken.digit = !self.spoken.digit,
            Row::Class(class) => {
                let least = if self.random.least(class).is_some() { None } else { Some(1) };
                self.random.set_least(class, least);
            }
            other => self.step(other, true),
        }
    }
}

fn parsed(text: &str) -> Result<Rules, Trouble> {
    match text.parse() {
        Ok(Recipe::Rules(rules)) => Ok(rules),
        Ok(_) => Err(Trouble::Text(RecipeError::Option(text.to_owned()))),
        Err(error) => Err(Trouble::Text(error)),
    }
}

/// The next of so many, round and round.
fn turn(at: usize, of: usize, up: bool) -> usize {
    (at + if up { 1 } else { of - 1 }) % of
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::generate::bits;

    #[test]
    fn every_preset_is_a_rule_and_every_recipe_comes_back() {
        for text in PRESETS {
            let rules = parsed(text).unwrap();
            assert_eq!(Options::of(Recipe::Rules(rules.clone())).recipe(), Ok(Recipe::Rules(rules)));
        }
        for text in [
            "random:30,digit>=3,no-symbol,exclude=abc,no-similar",
            "random:12,symbols=-_",
            "words:7,sep=.,capital,digit,lang=both",
            "pin:4",
            "pronounceable:9,digit",
            "length: 14; minlength: 9; required: [xyz0123456789]; max-consecutive: 1",
        ] {
            let recipe: Recipe = text.parse().unwrap();
            assert_eq!(Options::of(recipe.clone()).recipe(), Ok(recipe), "{text}");
        }
    }

    #[test]
    fn steps_stay_within_what_is_allowed() {
        let mut options = Options::of(Recipe::default());
        for kind in Type::ALL {
            for rule in 0..=PRESETS.len() {
                (options.kind, options.rule) = (kind, rule);
                for up in [false, true] {
                    for _ in 0..200 {
                        options.step(Row::Length, up);
                    }
                    let recipe = options.recipe().unwrap();
                    assert!(
                        up && bits(&recipe).is_ok() || !up && bits(&recipe).is_ok() && options.length() < 13,
                        "{recipe}"
                    );
                }
            }
        }
    }
}
