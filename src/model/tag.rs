//! What an attribute means: its tag. A tag is never reused; a new meaning gets a new number.

/// The tag of an attribute. Bits: 0x8000 sealed · 0x4000 many elements · 0x2000 critical.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(pub u16);

const SEALED: u16 = 0x8000;
const MANY: u16 = 0x4000;
const CRITICAL: u16 = 0x2000;

/// How the value of a known tag is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// UTF-8.
    Text,
    /// u64, little-endian, 8 bytes.
    Number,
    /// One byte, 1; absent is empty.
    Flag,
    /// A sealed envelope.
    Sealed,
    /// Bytes with a meaning of their own, named at the tag.
    Bytes,
}

macro_rules! tags {
    ($($(#[$doc:meta])* $name:ident = $number:literal $(| $bit:ident)* : $shape:ident, max $max:expr;)*) => {
        impl Tag {
            $($(#[$doc])* pub const $name: Tag = Tag($number $(| $bit)*);)*

            /// Encoding and greatest value in bytes (of the plain value for sealed ones) of a known tag.
            pub fn known(self) -> Option<(Shape, usize)> {
                match self {
                    $(Tag::$name => Some((Shape::$shape, $max)),)*
                    _ => None,
                }
            }

            /// The name of a known tag, for JSON and for tests.
            pub fn name(self) -> Option<&'static str> {
                match self {
                    $(Tag::$name => Some(stringify!($name)),)*
                    _ => None,
                }
            }

            /// Every known tag.
            pub const ALL: &'static [Tag] = &[$(Tag::$name),*];
        }
    };
}

const LINE: usize = 4 << 10;
const FIELD: usize = 64 << 10;
const NOTE: usize = 1 << 20;
const FILE: usize = 16 << 20;

tags! {
    /// What a person calls the entry.
    TITLE = 1: Text, max LINE;
    /// User name.
    USERNAME = 2: Text, max LINE;
    /// The current password.
    PASSWORD = 3 | SEALED: Sealed, max FIELD;
    /// One address.
    URL = 4 | MANY: Text, max FIELD;
    /// Its place among the addresses.
    URL_PLACE = 5 | MANY: Number, max 8;
    /// One tag.
    LABEL = 6 | MANY: Text, max LINE;
    /// Folder as a path, `a/b`, no slash at either end.
    FOLDER = 7: Text, max LINE;
    /// Shown first.
    FAVOURITE = 8: Flag, max 1;
    /// Notes.
    NOTES = 9 | SEALED: Sealed, max NOTE;
    /// One-time codes, as an otpauth URI.
    OTP = 10 | SEALED: Sealed, max FIELD;
    /// Name of a custom field.
    FIELD_NAME = 11 | MANY: Text, max LINE;
    /// Plain value of a custom field.
    FIELD_VALUE = 12 | MANY: Text, max FIELD;
    /// Secret value of a custom field.
    FIELD_SECRET = 13 | MANY | SEALED: Sealed, max FIELD;
    /// Place of a custom field.
    FIELD_PLACE = 14 | MANY: Number, max 8;
    /// Another name, searched.
    ALIAS = 15 | MANY: Text, max LINE;
    /// Reading (よみ).
    READING = 16: Text, max LINE;
    /// The account is closed: kept, out of health.
    ARCHIVED = 17: Flag, max 1;
    /// In the trash: stamps it saw, each hlc u64 ‖ salt u64; 16 zeros first: out of sight.
    TRASH = 18: Bytes, max FILE;
    /// When it was made, ms.
    CREATED = 19: Number, max 8;
    /// When it expires, ms.
    EXPIRES = 20: Number, max 8;
    /// The kind, where it differs from the record's.
    KIND = 21: Number, max 8;
    /// Product an import came from.
    ORIGIN = 22: Text, max LINE;
    /// Its id there.
    ORIGIN_ID = 23: Text, max LINE;
    /// A link: relation u8 ‖ record id 16.
    LINK = 24 | MANY: Bytes, max 17;
    /// Secret of a staged change.
    STAGED_SECRET = 25 | MANY | SEALED: Sealed, max FIELD;
    /// Its state u8: 1 open, 2 discarded, 3 confirmed; the greatest wins, then the stamp.
    STAGED_STATE = 26 | MANY: Bytes, max 1;
    /// Why it was staged.
    STAGED_REASON = 27 | MANY: Text, max LINE;
    /// Since when, ms.
    STAGED_SINCE = 28 | MANY: Number, max 8;
    /// The recipe it was made by.
    STAGED_RECIPE = 29 | MANY: Text, max LINE;
    /// Password rule of the site.
    RULE = 30: Text, max LINE;
    /// Rotation interval in days.
    INTERVAL = 31: Number, max 8;
    /// When the next change is due, ms.
    DUE = 32: Number, max 8;
    /// Rotator command, as its words joined by NUL.
    ROTATOR = 33: Bytes, max FIELD;
    /// An ignored finding: kind u8 ‖ until u64 ms ‖ reason UTF-8.
    IGNORED = 34 | MANY: Bytes, max LINE;
    /// Name of an attachment.
    FILE_NAME = 35 | MANY: Text, max LINE;
    /// Its content.
    FILE_DATA = 36 | MANY | SEALED: Sealed, max FILE;
    /// Last use, ms; the greatest wins.
    USED = 37: Number, max 8;
    /// When the password was last changed, ms; 0 is unknown. Only where the stamp cannot tell.
    PASSWORD_CHANGED = 38: Number, max 8;
    /// What else uses this account (phone, mail program).
    USED_BY = 39 | MANY: Text, max LINE;
    /// Recipe for new passwords of this entry.
    RECIPE = 40: Text, max LINE;
    /// The page the login is for, where it differs from the address.
    MATCH_URL = 41: Text, max FIELD;
    /// Note on how the current password came about (`forced`).
    PASSWORD_NOTE = 42: Text, max LINE;
    /// A proposed link that somebody refused: relation u8 ‖ record id 16.
    LINK_REFUSED = 43 | MANY: Bytes, max 17;

    /// Name of a slot, a writer or the vault.
    NAME = 64: Text, max LINE;
    /// A folder kept although empty.
    EMPTY_FOLDER = 65 | MANY: Text, max LINE;
    /// A score sample: day u32 ‖ score u8 ‖ unchecked u32.
    SCORE = 66 | MANY: Bytes, max 9;
    /// A saved search: its name, a line feed, what was typed.
    SAVED_SEARCH = 67 | MANY: Text, max LINE;
    /// Expiry of a slice, ms.
    SLICE_UNTIL = 68: Number, max 8;
    /// A line of the activity log: ms u64 ‖ UTF-8.
    ACTIVITY = 69 | MANY: Bytes, max LINE;
    /// A setting of the vault: name NUL value.
    SETTING = 70 | MANY: Bytes, max FIELD;

    /// What an incident began with: record id 16, zeros for no entry ‖ user name UTF-8.
    INCIDENT_TRIGGER = 96: Bytes, max LINE;
    /// What an incident reaches: what u8 (1 the vault, 2 broken into too, 3 by hand) ‖ record id 16.
    INCIDENT_SCOPE = 97 | MANY: Bytes, max 17;
    /// A step: what u8 (1 computer, 2 master password, 3 recovery code, 4 key file, 5 backups, 6 password, 7 address) ‖ record id 16.
    STEP = 98 | MANY: Bytes, max 17;
    /// Its place.
    STEP_PLACE = 99 | MANY: Number, max 8;
    /// Its state u8: 1 to do, 2 staged, 3 done, 4 account closed, 5 skipped.
    STEP_STATE = 100 | MANY: Bytes, max 1;
    /// Its note.
    STEP_NOTE = 101 | MANY: Text, max LINE;
    /// A tick of a checklist: element 16 of the step ‖ name of the item UTF-8.
    STEP_TICK = 102 | MANY: Bytes, max LINE;
    /// When the incident was opened, ms.
    INCIDENT_OPENED = 103: Number, max 8;
    /// When it was closed, ms.
    INCIDENT_CLOSED = 104: Number, max 8;
    /// Since when the account is thought to be in other hands, ms.
    INCIDENT_SINCE = 105: Number, max 8;
    /// What happened.
    INCIDENT_NOTE = 106: Text, max LINE;
    /// The password that became known, where an incident began with one.
    INCIDENT_PASSWORD = 107 | SEALED: Sealed, max FIELD;
    /// Why a step is there: for each reason cause u8 ‖ pattern u8 ‖ flags u8 ‖ record id 16.
    STEP_REASON = 108 | MANY: Bytes, max LINE;
}

impl Tag {
    /// The value is a sealed envelope.
    pub fn is_sealed(self) -> bool {
        self.0 & SEALED != 0
    }

    /// The attribute has elements with ids of their own.
    pub fn is_many(self) -> bool {
        self.0 & MANY != 0
    }

    /// A program that does not know it must not write the file.
    pub fn is_critical(self) -> bool {
        self.0 & CRITICAL != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_unique_and_bits_fit_shapes() {
        let mut numbers: Vec<u16> = Tag::ALL.iter().map(|tag| tag.0 & 0x1fff).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), Tag::ALL.len());
        for tag in Tag::ALL {
            let (shape, _) = tag.known().expect("from the table");
            assert_eq!(tag.is_sealed(), shape == Shape::Sealed, "{tag:?}");
            assert!(!tag.is_critical());
        }
        assert_eq!(Tag(0x1fff).known(), None);
    }
}
