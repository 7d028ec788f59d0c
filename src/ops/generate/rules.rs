//! What a site asks of its passwords, in the syntax that sites and browsers share (the HTML
//! attribute `passwordrules`): `minlength: 8; maxlength: 16; required: lower; required: digit,
//! [-_.]; allowed: upper; max-consecutive: 2`. Read and printed. Hostile texts are bounded.
//!
//! Each `required` is one set of which at least one character must stand in the password; `allowed`
//! adds characters that may. With neither, every printable ASCII character may. Of `special`,
//! `ascii-printable` and `unicode` the blank is left out, because forms cut it off at the ends; a
//! set in brackets may name it. Characters beyond ASCII are never used. A property of our own,
//! `length`, says how long the password is to be.

use std::fmt;

use super::RecipeError;

/// Most sets that may be required: beyond them counting gets slow.
pub const REQUIRED_MOST: usize = 6;
/// Most characters of a password by rules.
pub const RULES_MOST: u16 = 128;
/// How long a password is when the rules leave it open.
const USUAL: u16 = 20;
const SPECIAL: &str = "-~!@#$%^&*_+=`|(){}[:;\"'<>,.?]";

/// A set of printable ASCII characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct Chars(u128);

impl Chars {
    fn of(chars: impl IntoIterator<Item = u8>) -> Chars {
        Chars(chars.into_iter().filter(|c| (b' '..=b'~').contains(c)).fold(0, |set, c| set | 1 << c))
    }

    /// All that are printable, without the blank.
    pub fn printable() -> Chars {
        Chars::of(b'!'..=b'~')
    }

    fn named(name: &str) -> Option<Chars> {
        Some(match name {
            "lower" => Chars::of(b'a'..=b'z'),
            "upper" => Chars::of(b'A'..=b'Z'),
            "digit" => Chars::of(b'0'..=b'9'),
            "special" => Chars::of(SPECIAL.bytes()),
            "ascii-printable" | "unicode" => Chars::printable(),
            _ => return None,
        })
    }

    /// True when the character is in it.
    pub fn has(self, c: u8) -> bool {
        c < 128 && self.0 & 1 << c != 0
    }

    /// Nothing is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The characters, in order.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (0..128).filter(move |c| self.has(*c))
    }

    fn and(self, other: Chars) -> Chars {
        Chars(self.0 | other.0)
    }

    fn without(self, other: Chars) -> Chars {
        Chars(self.0 & !other.0)
    }
}

impl fmt::Display for Chars {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = *self;
        let mut parts: Vec<String> = Vec::new();
        for name in ["ascii-printable", "lower", "upper", "digit", "special"] {
            let whole = Chars::named(name).unwrap_or_default();
            if whole.without(rest).is_empty() {
                rest = rest.without(whole);
                parts.push(name.to_owned());
            }
        }
        if !rest.is_empty() {
            // - a hyphen stands first and a bracket last, or they would mean something else
            let mut set = String::from("[");
            let ends = Chars::of([b'-', b']']);
            set.extend(rest.has(b'-').then_some('-'));
            set.extend(rest.without(ends).iter().map(char::from));
            set.extend(rest.has(b']').then_some(']'));
            set.push(']');
            parts.push(set);
        }
        out.write_str(&parts.join(", "))
    }
}

/// Rules of a site, and the length chosen within them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// How long the password is to be.
    pub length: u16,
    /// The least length the site takes.
    pub least: u16,
    /// The greatest, at most [`RULES_MOST`].
    pub most: u16,
    /// Of each of these sets one character at least; sorted, none twice, at most [`REQUIRED_MOST`].
    pub required: Vec<Chars>,
    /// What else may stand in it.
    pub allowed: Chars,
    /// How often one character may stand in a row.
    pub run: Option<u16>,
}

impl Rules {
    /// Every character that may be used.
    pub fn alphabet(&self) -> Chars {
        let all = self.required.iter().fold(self.allowed, |all, set| all.and(*set));
        if all.is_empty() { Chars::printable() } else { all }
    }

    /// True when a text begins with a property of such rules; then it is no recipe of another kind.
    pub(super) fn looks_like(text: &str) -> bool {
        text.split_once(':').is_some_and(|(name, _)| property(name).is_some())
    }

    /// Reads rules.
    pub(super) fn parse(text: &str) -> Result<Rules, RecipeError> {
        let (mut length, mut least, mut most, mut run) = (None, 1, None::<u16>, None::<u16>);
        let mut required = Vec::new();
        let mut allowed = Chars::default();
        for part in split(text, ';')? {
            let part = part.trim();
            if part.is_empty() {
                continue;
            }
            let bad = || RecipeError::Option(part.to_owned());
            let (name, value) = part.split_once(':').ok_or_else(bad)?;
            let value = value.trim();
            match property(name).ok_or_else(bad)? {
                Property::Length => length = Some(number(value)?),
                Property::Least => least = least.max(number(value)?),
                Property::Most => most = Some(most.unwrap_or(u16::MAX).min(number(value)?)),
                Property::Run => run = Some(run.unwrap_or(u16::MAX).min(number(value)?)),
                Property::Required => required.push(set(value)?),
                Property::Allowed => allowed = allowed.and(set(value)?),
            }
        }
        required.retain(|set| !set.is_empty());
        required.sort_unstable();
        required.dedup();
        if required.len() > REQUIRED_MOST {
            return Err(RecipeError::TooManySets);
        }
        let most = most.unwrap_or(RULES_MOST).min(RULES_MOST);
        if least > most {
            return Err(RecipeError::Lengths(least, most));
        }
        let length = length.unwrap_or(USUAL).clamp(least, most);
        Ok(Rules { length, least, most, required, allowed, run })
    }
}

#[derive(Clone, Copy)]
enum Property {
    Length,
    Least,
    Most,
    Run,
    Required,
    Allowed,
}

fn property(name: &str) -> Option<Property> {
    Some(match name.trim().to_ascii_lowercase().as_str() {
        "length" => Property::Length,
        "minlength" => Property::Least,
        "maxlength" => Property::Most,
        "max-consecutive" => Property::Run,
        "required" => Property::Required,
        "allowed" => Property::Allowed,
        _ => return None,
    })
}

/// A number of at least 1; what is greater than any bound counts as the greatest there is.
fn number(text: &str) -> Result<u16, RecipeError> {
    let plain = !text.is_empty() && text.len() < 10 && text.bytes().all(|b| b.is_ascii_digit());
    let value: u32 = text.parse().ok().filter(|_| plain).unwrap_or(0);
    if value == 0 {
        return Err(RecipeError::Number(text.to_owned()));
    }
    Ok(u16::try_from(value).unwrap_or(u16::MAX))
}

/// Names and sets in brackets, taken together.
fn set(text: &str) -> Result<Chars, RecipeError> {
    let mut all = Chars::default();
    for part in split(text, ',')? {
        let part = part.trim();
        let inner = part.strip_prefix('[').and_then(|part| part.strip_suffix(']'));
        let more = match inner {
            Some(inner) => Chars::of(inner.bytes()),
            None => Chars::named(&part.to_ascii_lowercase())
                .ok_or_else(|| RecipeError::Option(part.to_owned()))?,
        };
        all = all.and(more);
    }
    Ok(all)
}

/// Splits where `at` stands outside brackets. A bracket that closes is the last of its kind in a
/// row, so that a set may end with one.
fn split(text: &str, at: char) -> Result<Vec<&str>, RecipeError> {
    let mut parts = Vec::new();
    let mut inside = false;
    let mut rest = text;
    let mut chars = text.char_indices().peekable();
    let mut start = 0;
    while let Some((place, c)) = chars.next() {
        match c {
            '[' if !inside => inside = true,
            ']' if inside => inside = chars.peek().is_some_and(|(_, next)| *next == ']'),
            c if c == at && !inside => {
                let (part, after) = rest.split_at_checked(place - start).unwrap_or((rest, ""));
                parts.push(part);
                rest = after.strip_prefix(at).unwrap_or(after);
                start = place + c.len_utf8();
            }
            _ => {}
        }
    }
    if inside {
        return Err(RecipeError::Option(rest.trim().to_owned()));
    }
    parts.push(rest);
    Ok(parts)
}

impl fmt::Display for Rules {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "length: {}", self.length)?;
        if self.least > 1 {
            write!(out, "; minlength: {}", self.least)?;
        }
        if self.most < RULES_MOST {
            write!(out, "; maxlength: {}", self.most)?;
        }
        for set in &self.required {
            write!(out, "; required: {set}")?;
        }
        if !self.allowed.is_empty() {
            write!(out, "; allowed: {}", self.allowed)?;
        }
        match self.run {
            Some(run) => write!(out, "; max-consecutive: {run}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rules(text: &str) -> Rules {
        Rules::parse(text).unwrap()
    }

    #[test]
    fn the_rules_of_sites_are_read() {
        let made = rules("minlength: 8; maxlength: 16; required: lower; required: upper; required: digit;");
        assert_eq!((made.length, made.least, made.most, made.required.len()), (16, 8, 16, 3));
        assert_eq!(made.alphabet().iter().count(), 62);
        let made = rules("Required: upper, lower ; required: [-;,]]; allowed: digit;max-consecutive: 2");
        assert_eq!((made.required.len(), made.run, made.length), (2, Some(2), 20));
        assert_eq!(made.alphabet().iter().count(), 66);
        assert!(b"-;,]9aZ".iter().all(|c| made.alphabet().has(*c)) && !made.alphabet().has(b'['));
        assert_eq!(rules("minlength: 12").alphabet(), Chars::printable());
        assert_eq!(rules("maxlength: 99999").most, RULES_MOST);
        assert!(rules("allowed: [あ a]").alphabet().has(b' '));
    }

    #[test]
    fn what_is_no_rule_is_refused_by_name() {
        for (text, bad) in [
            ("required: lowers", "lowers"),
            ("minlength 8", "minlength 8"),
            ("required: [abc", "required: [abc"),
            ("colour: red", "colour: red"),
        ] {
            assert_eq!(Rules::parse(text), Err(RecipeError::Option(bad.to_owned())));
        }
        assert_eq!(Rules::parse("minlength: 0"), Err(RecipeError::Number("0".to_owned())));
        assert_eq!(Rules::parse("minlength: 20; maxlength: 10"), Err(RecipeError::Lengths(20, 10)));
        let many: String = ('a'..='z').map(|c| format!("required: [{c}];")).collect();
        assert_eq!(Rules::parse(&many), Err(RecipeError::TooManySets));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,200}") {
            let _ = Rules::parse(&text);
        }

        #[test]
        fn what_is_printed_reads_back(sets in prop::collection::vec(0u128.., 0..6), allowed: u128, run: Option<u8>) {
            let chars = |bits: u128| Chars::of((b' '..=b'~').filter(|c| bits & 1 << c != 0));
            let mut required: Vec<Chars> = sets.into_iter().map(chars).filter(|set| !set.is_empty()).collect();
            required.sort_unstable();
            required.dedup();
            let run = run.map(|run| u16::from(run) + 1);
            let made = Rules { length: 20, least: 8, most: 30, required, allowed: chars(allowed), run };
            prop_assert_eq!(Rules::parse(&made.to_string()), Ok(made));
        }
    }
}
