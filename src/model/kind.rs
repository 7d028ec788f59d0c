//! Kinds of entries, and the fields that a form of each kind starts with.

/// The kind of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A login at a site.
    Login,
    /// A mail account.
    Mailbox,
    /// A server or its panel.
    Server,
    /// A database role.
    Database,
    /// A domain at a registrar.
    Domain,
    /// An administrator's account of a site, such as WordPress.
    Website,
    /// A payment card.
    Card,
    /// A bank account.
    BankAccount,
    /// A person's data.
    Identity,
    /// An SSH key.
    SshKey,
    /// A token for an interface.
    ApiToken,
    /// A note.
    Note,
    /// A kind this program does not know.
    Other(u16),
}

/// A field of a kind, by its stable name; the catalog says it in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindField {
    /// Stable name, also the name on the command line.
    pub name: &'static str,
    /// Nobody may see it unasked.
    pub secret: bool,
}

const fn plain(name: &'static str) -> KindField {
    KindField { name, secret: false }
}

const fn secret(name: &'static str) -> KindField {
    KindField { name, secret: true }
}

impl Kind {
    /// Every kind this program knows.
    pub const ALL: [Kind; 12] = [
        Kind::Login,
        Kind::Mailbox,
        Kind::Server,
        Kind::Database,
        Kind::Domain,
        Kind::Website,
        Kind::Card,
        Kind::BankAccount,
        Kind::Identity,
        Kind::SshKey,
        Kind::ApiToken,
        Kind::Note,
    ];

    /// The number in the file.
    pub fn number(self) -> u16 {
        match self {
            Kind::Login => 1,
            Kind::Mailbox => 2,
            Kind::Server => 3,
            Kind::Database => 4,
            Kind::Domain => 5,
            Kind::Website => 6,
            Kind::Card => 7,
            Kind::BankAccount => 8,
            Kind::Identity => 9,
            Kind::SshKey => 10,
            Kind::ApiToken => 11,
            Kind::Note => 12,
            Kind::Other(number) => number,
        }
    }

    /// The kind of a number in the file.
    pub fn from_number(number: u16) -> Kind {
        Kind::ALL.into_iter().find(|kind| kind.number() == number).unwrap_or(Kind::Other(number))
    }

    /// The word on the command line and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Login => "login",
            Kind::Mailbox => "mailbox",
            Kind::Server => "server",
            Kind::Database => "database",
            Kind::Domain => "domain",
            Kind::Website => "website",
            Kind::Card => "card",
            Kind::BankAccount => "bank-account",
            Kind::Identity => "identity",
            Kind::SshKey => "ssh-key",
            Kind::ApiToken => "api-token",
            Kind::Note => "note",
            Kind::Other(_) => "other",
        }
    }

    /// The kind of a word on the command line.
    pub fn from_word(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The fields a form of this kind starts with, beside title, user name, password, addresses.
    pub fn fields(self) -> &'static [KindField] {
        const MAILBOX: &[KindField] = &[plain("imap"), plain("smtp"), plain("webmail")];
        const SERVER: &[KindField] = &[plain("host"), plain("port"), plain("provider"), plain("contract")];
        const DATABASE: &[KindField] = &[plain("host"), plain("port"), plain("database")];
        const DOMAIN: &[KindField] = &[plain("registrar"), plain("nameservers"), secret("auth-code")];
        const WEBSITE: &[KindField] = &[plain("admin-url"), plain("software")];
        const CARD: &[KindField] =
            &[plain("holder"), secret("number"), plain("valid-to"), secret("security-code"), secret("pin")];
        const BANK: &[KindField] = &[
            plain("bank"),
            plain("branch"),
            plain("account-type"),
            plain("account-number"),
            plain("holder"),
            secret("pin"),
        ];
        const IDENTITY: &[KindField] = &[
            plain("name"),
            plain("reading"),
            plain("birthday"),
            plain("address"),
            plain("phone"),
            plain("mail"),
        ];
        const SSH: &[KindField] = &[plain("public-key"), secret("private-key"), plain("fingerprint")];
        const API: &[KindField] = &[secret("token"), plain("scope")];
        match self {
            Kind::Login | Kind::Note | Kind::Other(_) => &[],
            Kind::Mailbox => MAILBOX,
            Kind::Server => SERVER,
            Kind::Database => DATABASE,
            Kind::Domain => DOMAIN,
            Kind::Website => WEBSITE,
            Kind::Card => CARD,
            Kind::BankAccount => BANK,
            Kind::Identity => IDENTITY,
            Kind::SshKey => SSH,
            Kind::ApiToken => API,
        }
    }
}

/// A typed relation between two entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Its password is reset through this mailbox.
    ResetsThrough,
    /// Who controls this server controls it.
    ControlledBy,
    /// It lies on this server.
    HostedOn,
    /// It is registered at this registrar.
    RegisteredAt,
    /// A relation this program does not know.
    Other(u8),
}

impl Relation {
    /// The byte in the file.
    pub fn byte(self) -> u8 {
        match self {
            Relation::ResetsThrough => 1,
            Relation::ControlledBy => 2,
            Relation::HostedOn => 3,
            Relation::RegisteredAt => 4,
            Relation::Other(byte) => byte,
        }
    }

    /// The relation of a byte in the file.
    pub fn from_byte(byte: u8) -> Relation {
        match byte {
            1 => Relation::ResetsThrough,
            2 => Relation::ControlledBy,
            3 => Relation::HostedOn,
            4 => Relation::RegisteredAt,
            other => Relation::Other(other),
        }
    }

    /// The word on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Relation::ResetsThrough => "resets-through",
            Relation::ControlledBy => "controlled-by",
            Relation::HostedOn => "hosted-on",
            Relation::RegisteredAt => "registered-at",
            Relation::Other(_) => "other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_as_they_are_written() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_number(kind.number()), kind);
            assert_eq!(Kind::from_word(kind.word()), Some(kind));
        }
        assert_eq!(Kind::from_number(999), Kind::Other(999));
        for byte in 0..=255 {
            assert_eq!(Relation::from_byte(byte).byte(), byte);
        }
    }
}
