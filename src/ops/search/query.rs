//! What a person searches for, read from what is typed: words, `"phrases"`, tokens such as
//! `tag:bank`, and `-` in front of each for "not". Pure: the index says what a query finds, and who
//! holds the keys opens the notes.

use super::fold;
use crate::ops::health::Check;

/// The name of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// A tag.
    Tag,
    /// A folder and what lies below it.
    Folder,
    /// A kind.
    Kind,
    /// Part of an address.
    Url,
    /// Part of the user name.
    User,
    /// Part of the title, its reading or an alias.
    Title,
    /// What the entry is.
    Is,
    /// Part of the notes, which are opened for it.
    Note,
}

impl Token {
    /// All of them, the most used first.
    pub const ALL: [Token; 8] = [
        Token::Tag,
        Token::Folder,
        Token::Kind,
        Token::Is,
        Token::User,
        Token::Url,
        Token::Title,
        Token::Note,
    ];

    /// The word before the colon, and the one of an input method that is left on.
    pub fn words(self) -> [&'static str; 2] {
        match self {
            Token::Tag => ["tag", "タグ"],
            Token::Folder => ["folder", "フォルダー"],
            Token::Kind => ["kind", "種類"],
            Token::Url => ["url", "アドレス"],
            Token::User => ["user", "ユーザー"],
            Token::Title => ["title", "タイトル"],
            Token::Is => ["is", "状態"],
            Token::Note => ["note", "メモ"],
        }
    }

    pub(super) fn named(folded: &str) -> Option<Token> {
        Token::ALL.into_iter().find(|token| token.words().iter().any(|word| fold::fold(word) == folded))
    }
}

/// What `is:` asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    /// A new password lies beside the old one.
    Staged,
    /// A favourite.
    Favourite,
    /// The account is closed.
    Archived,
    /// In the trash.
    Trashed,
    /// It has one-time codes.
    Otp,
    /// The password was not changed for longer than it should have been.
    Old,
    /// Its expiry has passed.
    Expired,
    /// Another entry has the same password.
    Reused,
    /// Another entry has nearly the same password.
    Similar,
    /// The password is easy to guess.
    Weak,
    /// The password stands in a list of leaked ones.
    Leaked,
}

impl Is {
    /// All of them.
    pub const ALL: [Is; 11] = [
        Is::Staged,
        Is::Favourite,
        Is::Archived,
        Is::Trashed,
        Is::Otp,
        Is::Old,
        Is::Expired,
        Is::Reused,
        Is::Similar,
        Is::Weak,
        Is::Leaked,
    ];

    /// The word in both languages.
    pub fn words(self) -> [&'static str; 2] {
        match self {
            Is::Staged => ["staged", "変更中"],
            Is::Favourite => ["favourite", "お気に入り"],
            Is::Archived => ["archived", "アーカイブ"],
            Is::Trashed => ["trashed", "ごみ箱"],
            Is::Otp => ["otp", "コード"],
            Is::Old => ["old", "古い"],
            Is::Expired => ["expired", "期限切れ"],
            Is::Reused => ["reused", "使い回し"],
            Is::Similar => ["similar", "類似"],
            Is::Weak => ["weak", "弱い"],
            Is::Leaked => ["leaked", "流出"],
        }
    }

    /// It is read from the entry itself. The others compare passwords, which a search does not open:
    /// they wait for a health check.
    pub fn is_known(self) -> bool {
        !matches!(self, Is::Reused | Is::Similar | Is::Weak | Is::Leaked)
    }

    /// The health check that says it.
    pub fn check(self) -> Option<Check> {
        match self {
            Is::Reused => Some(Check::Reused),
            Is::Similar => Some(Check::Similar),
            Is::Weak => Some(Check::Weak),
            Is::Leaked => Some(Check::Leaked),
            Is::Old => Some(Check::Old),
            Is::Staged | Is::Favourite | Is::Archived | Is::Trashed | Is::Otp | Is::Expired => None,
        }
    }

    /// It can be told: from the entry itself, or because its check ran.
    pub(super) fn is_told(self, ran: &dyn Fn(Check) -> bool) -> bool {
        self.is_known() || self.check().is_some_and(ran)
    }

    /// By its word, or by the beginning of one that no other begins with.
    fn named(folded: &str) -> Option<Is> {
        let folded = if folded == "favorite" { "favourite" } else { folded };
        let words = |is: &Is| is.words().map(fold::fold);
        let begun = |is: &Is| words(is).iter().any(|word| word.starts_with(folded));
        let exact = Is::ALL.into_iter().find(|is| words(is).iter().any(|word| word == folded));
        exact.or_else(|| {
            let mut all = Is::ALL.into_iter().filter(begun);
            all.next().filter(|_| all.next().is_none())
        })
    }

    fn begun(folded: &str) -> bool {
        Is::ALL.into_iter().any(|is| is.words().iter().any(|word| fold::fold(word).starts_with(folded)))
    }
}

/// A text to be found, folded, and the sound that it may also be found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    /// The text.
    pub text: String,
    /// Its sound; none for what is quoted.
    pub sound: Option<String>,
    /// It was quoted: as written and whole.
    pub quoted: bool,
}

impl Needle {
    pub(super) fn new(text: &str, quoted: bool) -> Needle {
        let skeleton = fold::query_skeleton(text);
        let latin = !quoted && (text.is_ascii() || fold::has_kana(text));
        // - a run of one letter is no spelling of a sound: `zzz` is not z; `sh` is the s of しんぶん
        let run = text.chars().nth(1).is_some() && text.chars().all(|letter| text.starts_with(letter));
        let sound = latin && !skeleton.is_empty() && (skeleton.len() > 1 || !run);
        Needle { text: text.to_owned(), sound: sound.then_some(skeleton), quoted }
    }

    /// Whatever holds `self` holds `less`.
    fn implies(&self, less: &Needle) -> bool {
        self.text.starts_with(&less.text)
            && self
                .sound
                .as_ref()
                .is_none_or(|louder| less.sound.as_ref().is_some_and(|sound| louder.contains(sound)))
    }

    /// True when it stands in a folded text.
    pub fn is_in(&self, folded: &str) -> bool {
        folded.contains(&self.text)
            || self
                .sound
                .as_ref()
                .is_some_and(|sound| fold::has_kana(folded) && fold::skeleton(folded).contains(sound))
    }
}

/// What one term wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Want {
    /// A text, in one part of the entry or anywhere.
    Text(Option<Token>, Needle),
    /// A tag, a folder or a kind by name.
    Name(Token, Needle),
    /// `is:`.
    Is(Is),
    /// `is:` with a word that is none: nothing is it.
    Nothing,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// It must not hold.
    pub not: bool,
    /// The condition.
    pub want: Want,
}

/// A query: all terms must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    pub(super) terms: Vec<Term>,
    notes: Vec<(bool, Needle)>,
    /// The words that must be found, for the rank of a title that is just these.
    pub(super) plain: String,
    unknown: Option<String>,
}

/// A piece of what was typed, between blanks.
pub(super) struct Piece<'a> {
    pub text: &'a str,
    pub start: usize,
    pub end: usize,
}

/// Parts at blanks outside quotes. A quote begins where a word or a value begins, so that the inch
/// in `27"` is none.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let (mut start, mut quoted, mut before) = (None, false, ' ');
    let mut piece = |from: Option<usize>, end: usize| {
        let part = from.and_then(|from| Some((from, text.get(from..end)?)));
        out.extend(part.map(|(start, text)| Piece { text, start, end }));
    };
    for (at, letter) in text.char_indices() {
        let begins = matches!(before, ':' | '-' | '：' | '－') || before.is_whitespace();
        if matches!(letter, '"' | '＂') && (quoted || begins) {
            quoted = !quoted;
        }
        if letter.is_whitespace() && !quoted {
            piece(start.take(), at);
        } else {
            start = start.or(Some(at));
        }
        before = letter;
    }
    piece(start, text.len());
    out
}

/// A value without its quotes, and whether it had some.
pub(super) fn unquoted(value: &str) -> (&str, bool) {
    match value.strip_prefix('"') {
        Some(rest) => (rest.strip_suffix('"').unwrap_or(rest), true),
        None => (value, false),
    }
}

impl Query {
    /// True when words are searched for, which some entries match better than others.
    pub fn has_words(&self) -> bool {
        !self.plain.is_empty()
    }

    /// Reads what is typed. Nothing is an error: a name that is no token's is part of a word.
    pub fn parse(typed: &str) -> Query {
        let folded: String =
            fold::fold(typed).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let mut query = Query::default();
        for piece in pieces(&folded) {
            query.read(piece.text);
        }
        query
    }

    fn read(&mut self, piece: &str) {
        let (not, rest) = match piece.strip_prefix('-') {
            Some(rest) if !rest.is_empty() => (true, rest),
            _ => (false, piece),
        };
        let named = rest.split_once(':').filter(|(name, _)| !name.starts_with('"'));
        if let Some((name, value)) = named {
            if let Some(token) = Token::named(name) {
                return self.token(not, token, value);
            }
            // - an address, a time or a port has a colon, too
            let word = !name.is_empty() && name.chars().all(char::is_alphabetic);
            if word && !value.starts_with('/') && !value.starts_with(|c: char| c.is_ascii_digit()) {
                self.unknown.get_or_insert_with(|| name.to_owned());
            }
        }
        let (text, quoted) = unquoted(rest);
        if text.is_empty() {
            return;
        }
        if !not {
            let gap = if self.plain.is_empty() { "" } else { " " };
            self.plain.push_str(gap);
            self.plain.push_str(text);
        }
        self.terms.push(Term { not, want: Want::Text(None, Needle::new(text, quoted)) });
    }

    /// A token; one without a value is still being typed and says nothing yet.
    fn token(&mut self, not: bool, token: Token, value: &str) {
        let (value, quoted) = unquoted(value);
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let want = match token {
            Token::Url | Token::User | Token::Title => Want::Text(Some(token), Needle::new(value, quoted)),
            Token::Tag | Token::Folder | Token::Kind => Want::Name(token, Needle::new(value, quoted)),
            Token::Note => return self.notes.push((not, Needle::new(value, quoted))),
            Token::Is => match Is::named(value) {
                Some(is) => Want::Is(is),
                // - the beginning of several words
                None if Is::begun(value) => return,
                None => {
                    self.unknown.get_or_insert_with(|| format!("is:{value}"));
                    Want::Nothing
                }
            },
        };
        self.terms.push(Term { not, want });
    }

    /// Nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.notes.is_empty()
    }

    /// A name before a colon that is no token's, or a word after `is:` that is none.
    pub fn unknown(&self) -> Option<&str> {
        self.unknown.as_deref()
    }

    /// What only a health check can answer that did not run; `ran` says which did.
    pub fn unchecked(&self, ran: &dyn Fn(Check) -> bool) -> Option<Is> {
        self.terms.iter().find_map(|term| match term.want {
            Want::Is(is) if !is.is_told(ran) => Some(is),
            _ => None,
        })
    }

    /// It asks for what a health check found: its hits change with the next check.
    pub fn asks_health(&self) -> bool {
        self.terms.iter().any(|term| matches!(term.want, Want::Is(is) if is.check().is_some()))
    }

    /// Some of it stands in notes: what the index finds are candidates.
    pub fn asks_notes(&self) -> bool {
        !self.notes.is_empty()
    }

    /// Whether the notes of an entry, opened, hold what they must; empty when it has none.
    pub fn fits_notes(&self, notes: &str) -> bool {
        let folded = fold::fold(notes);
        self.notes.iter().all(|(not, needle)| needle.is_in(&folded) != *not)
    }

    /// True when every entry without notes is out.
    pub fn needs_notes(&self) -> bool {
        self.notes.iter().any(|(not, _)| !not)
    }

    /// It asks for entries in the trash, or for archived ones, by name.
    pub(super) fn asks(&self, wanted: Is) -> bool {
        self.terms.iter().any(|term| !term.not && term.want == Want::Is(wanted))
    }

    /// Words that must be found somewhere, not quoted: what may be looked for nearly.
    pub(super) fn loose(&self) -> Option<Vec<&Needle>> {
        let words = self.terms.iter().filter_map(|term| match &term.want {
            Want::Text(None, needle) if !term.not => Some(needle),
            _ => None,
        });
        let words: Vec<&Needle> = words.collect();
        let loose = |needle: &&Needle| !needle.quoted && needle.text.chars().count() >= 3;
        (!words.is_empty() && words.iter().all(loose)).then_some(words)
    }

    /// The texts to be shown where they were found, and of which part.
    pub fn shown(&self) -> impl Iterator<Item = (Option<Token>, &Needle)> {
        self.terms.iter().filter(|term| !term.not).filter_map(|term| match &term.want {
            Want::Text(part, needle) => Some((*part, needle)),
            Want::Name(token, needle) => Some((Some(*token), needle)),
            Want::Is(_) | Want::Nothing => None,
        })
    }

    /// True when every hit of `longer` is one of `self`, so that it may be looked for among those. A
    /// query that only grew need not be: `oo` has no sound of its own and `oosaka` has; what must
    /// not be found grows into something rarer; `is:trashed` brings in what was left out.
    pub fn narrows_to(&self, longer: &Query) -> bool {
        let same = |is| self.asks(is) == longer.asks(is);
        same(Is::Trashed)
            && same(Is::Archived)
            && self.terms.iter().all(|less| longer.terms.iter().any(|more| implies(more, less)))
    }
}

fn implies(more: &Term, less: &Term) -> bool {
    if more == less {
        return true;
    }
    match (&more.want, &less.want) {
        (Want::Text(part, more_text), Want::Text(of, less_text)) if !more.not && !less.not => {
            part == of && more_text.implies(less_text)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(typed: &str) -> Vec<String> {
        let query = Query::parse(typed);
        let show = |term: &Term| {
            let not = if term.not { "-" } else { "" };
            let text = |needle: &Needle| {
                if needle.quoted { format!("\"{}\"", needle.text) } else { needle.text.clone() }
            };
            match &term.want {
                Want::Text(None, needle) => format!("{not}{}", text(needle)),
                Want::Text(Some(token), needle) | Want::Name(token, needle) => {
                    format!("{not}{}:{}", token.words()[0], text(needle))
                }
                Want::Is(is) => format!("{not}is:{}", is.words()[0]),
                Want::Nothing => format!("{not}nothing"),
            }
        };
        query.terms.iter().map(show).collect()
    }

    #[test]
    fn words_phrases_tokens_and_not() {
        assert_eq!(terms("bank  tokyo"), ["bank", "tokyo"]);
        assert_eq!(terms("\"my bank\" x"), ["\"my bank\"", "x"]);
        assert_eq!(terms("-old tag:Bank -TAG:jp"), ["-old", "tag:bank", "-tag:jp"]);
        assert_eq!(terms("folder:\"My Work/a b\" c"), ["folder:\"my work/a b\"", "c"]);
        assert_eq!(terms("is:fav -is:old is:変更中"), ["is:favourite", "-is:old", "is:staged"]);
        assert_eq!(terms("is:favorite"), ["is:favourite"]);
        assert_eq!(terms("- 27\" a-b x:y https://x.jp"), ["-", "27\"", "a-b", "x:y", "https://x.jp"]);
        assert_eq!(terms("\"half"), ["\"half"].map(|one| format!("{one}\"")));
    }

    #[test]
    fn an_input_method_may_stay_on() {
        assert_eq!(terms("ｔａｇ：ＪＰ　－みずほ"), ["tag:jp", "-みずほ"]);
        assert_eq!(terms("タグ：銀行 種類：銀行口座"), ["tag:銀行", "kind:銀行口座"]);
        assert_eq!(terms("ﾒﾓ:x"), [""; 0]);
        assert!(Query::parse("ﾒﾓ:x").asks_notes());
        assert_eq!(terms("ｻｰﾊﾞｰ"), ["さーばー"], "the long vowel is no minus");
    }

    #[test]
    fn what_is_half_typed_says_nothing_yet() {
        for typed in ["tag:", "-tag:", "is:", "is:o", "note:", "\"", "tag:\"", "-\""] {
            assert!(Query::parse(typed).is_empty() && Query::parse(typed).unknown().is_none(), "{typed}");
        }
        assert_eq!(terms("is:ar"), ["is:archived"]);
        assert_eq!(terms("is:zzz"), ["nothing"]);
    }

    #[test]
    fn an_unknown_token_is_told_and_an_address_is_none() {
        assert_eq!(Query::parse("foo:bar").unknown(), Some("foo"));
        assert_eq!(Query::parse("is:zzz").unknown(), Some("is:zzz"));
        for typed in ["https://x.jp", "sv1.jp:993", "host:993", "a b", "\"foo:bar\""] {
            assert_eq!(Query::parse(typed).unknown(), None, "{typed}");
        }
    }

    #[test]
    fn notes_are_asked_for() {
        let query = Query::parse("note:みずほ -note:\"old pin\"");
        assert!(query.asks_notes() && query.needs_notes());
        assert!(
            query.fits_notes("ミズホ の件") && !query.fits_notes("") && !query.fits_notes("ﾐｽﾞﾎ, Old PIN")
        );
        assert!(Query::parse("note:mizuho").fits_notes("みずほ"));
        let without = Query::parse("-note:x");
        assert!(!without.needs_notes() && without.fits_notes(""));
    }

    #[test]
    fn a_query_narrows_only_where_it_must() {
        let narrows = |one: &str, next: &str| Query::parse(one).narrows_to(&Query::parse(next));
        for (one, next) in [("b", "ba"), ("b", "b o"), ("", "x"), ("tag:", "tag:a"), ("is:o", "is:old")] {
            assert!(narrows(one, next), "{one} {next}");
        }
        for (one, next) in [
            ("oo", "oosaka"),
            ("ﾊ", "ﾊﾞ"),
            ("-b", "-ba"),
            ("tag:a", "tag:ab"),
            ("x", "x is:trashed"),
            ("tag", "tag:a"),
            ("b x", "ba"),
            ("user:a", "title:ab"),
        ] {
            assert!(!narrows(one, next), "{one} {next}");
        }
    }
}
