//! What an entry most likely is. Files of other products bring everything over as a login; which of
//! them is a mailbox, a server's panel or a registrar is read off its addresses and its title. A kind
//! that a person chose is never doubted.

use crate::model::{Entry, Kind};
use crate::ops::health::subject::host;
use crate::ops::search::fold::fold;

/// Hosts (and what lies below them) whose accounts are of a kind. Each is the sign-in page or the
/// panel that the service itself names in its help.
const SERVICES: &[(&str, Kind)] = &[
    // mail
    ("mail.google.com", Kind::Mailbox),
    ("gmail.com", Kind::Mailbox),
    ("mail.yahoo.co.jp", Kind::Mailbox),
    ("mail.yahoo.com", Kind::Mailbox),
    ("outlook.live.com", Kind::Mailbox),
    ("outlook.com", Kind::Mailbox),
    ("outlook.office.com", Kind::Mailbox),
    ("hotmail.com", Kind::Mailbox),
    ("mail.proton.me", Kind::Mailbox),
    ("webmail.sakura.ne.jp", Kind::Mailbox),
    ("webmail.lolipop.jp", Kind::Mailbox),
    ("webmail.xserver.ne.jp", Kind::Mailbox),
    ("mail.biglobe.ne.jp", Kind::Mailbox),
    ("webmail.sso.biglobe.ne.jp", Kind::Mailbox),
    ("mail.nifty.com", Kind::Mailbox),
    ("mail.ocn.jp", Kind::Mailbox),
    // servers and their panels
    ("xserver.ne.jp", Kind::Server),
    ("secure.xserver.ne.jp", Kind::Server),
    ("secure.sakura.ad.jp", Kind::Server),
    ("secure.sakura.ne.jp", Kind::Server),
    ("user.lolipop.jp", Kind::Server),
    ("manage.conoha.jp", Kind::Server),
    ("secure.netowl.jp", Kind::Server),
    ("console.aws.amazon.com", Kind::Server),
    ("cloud.google.com", Kind::Server),
    ("cp.coreserver.jp", Kind::Server),
    ("heteml.jp", Kind::Server),
    ("kagoya.jp", Kind::Server),
    ("cpi.ad.jp", Kind::Server),
    // registrars and name servers
    ("onamae.com", Kind::Domain),
    ("muumuu-domain.com", Kind::Domain),
    ("value-domain.com", Kind::Domain),
    ("star-domain.jp", Kind::Domain),
    ("domain.xserver.ne.jp", Kind::Domain),
    ("xdomain.ne.jp", Kind::Domain),
    ("godaddy.com", Kind::Domain),
    ("namecheap.com", Kind::Domain),
    ("gandi.net", Kind::Domain),
    ("dash.cloudflare.com", Kind::Domain),
    // money
    ("mizuhobank.co.jp", Kind::BankAccount),
    ("smbc.co.jp", Kind::BankAccount),
    ("bk.mufg.jp", Kind::BankAccount),
    ("resonabank.co.jp", Kind::BankAccount),
    ("jp-bank.japanpost.jp", Kind::BankAccount),
    ("rakuten-bank.co.jp", Kind::BankAccount),
    ("sbi-sec.co.jp", Kind::BankAccount),
    ("netbk.co.jp", Kind::BankAccount),
    ("japannetbank.co.jp", Kind::BankAccount),
    ("paypay-bank.co.jp", Kind::BankAccount),
    ("paypal.com", Kind::BankAccount),
    ("smbc-card.com", Kind::Card),
    ("rakuten-card.co.jp", Kind::Card),
    ("jcb.co.jp", Kind::Card),
    ("saisoncard.co.jp", Kind::Card),
];

/// Words in a title, folded, that name a kind, when no address does.
const TITLES: &[(&[&str], Kind)] = &[
    (&["webmail", "web めーる", "webめーる", "めーるあかうんと", "gmail", "imap", "smtp"], Kind::Mailbox),
    (&["さーばーぱねる", "さーばー", "hosting", "れんたるさーば", "cpanel", "plesk"], Kind::Server),
    (&["registrar", "れじすとら", "どめいん", "domain"], Kind::Domain),
    (&["wordpress", "わーどぷれす", "wp-admin"], Kind::Website),
    (&["銀行", "信用金庫", "bank"], Kind::BankAccount),
];

/// The kind of an entry, or what its addresses and its title say when it is a plain login.
pub fn kind(entry: Entry<'_>) -> Kind {
    let told = entry.kind();
    if told != Kind::Login {
        return told;
    }
    let urls = entry.urls();
    let title = fold(entry.title().trim());
    if super::address(&title).is_some() || urls.iter().any(|url| is_webmail(url)) {
        return Kind::Mailbox;
    }
    if urls.iter().any(|url| is_wordpress(url)) {
        return Kind::Website;
    }
    let by_host = urls.iter().filter_map(|url| host(url)).find_map(|host| service(&host));
    let by_title = || {
        let names = |words: &[&str]| words.iter().any(|word| title.contains(word));
        TITLES.iter().find(|(words, _)| names(words)).map(|(_, kind)| *kind)
    };
    by_host.or_else(by_title).unwrap_or(Kind::Login)
}

/// The kind of accounts at a host: of the longest name that it is or lies below.
fn service(host: &str) -> Option<Kind> {
    let fits = SERVICES.iter().filter(|(name, _)| super::is_under(host, name));
    fits.max_by_key(|(name, _)| name.len()).map(|(_, kind)| *kind)
}

/// A page on which mail is read: a host named for it, or a folder of a panel.
fn is_webmail(url: &str) -> bool {
    let Some(host) = host(url) else { return false };
    let first = host.split('.').next().unwrap_or("");
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split_once('/').map_or("", |(_, path)| path).to_ascii_lowercase();
    let folder = path.split(['/', '?', '#']).any(|part| matches!(part, "webmail" | "mail" | "roundcube"));
    matches!(first, "webmail" | "mail" | "imap" | "pop" | "smtp" | "roundcube") || folder
}

fn is_wordpress(url: &str) -> bool {
    url.split(['/', '?', '#']).any(|part| matches!(part, "wp-admin" | "wp-login.php"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::links::tests::{Fixture, NONE};

    #[test]
    fn a_login_is_taken_for_what_its_page_is() {
        let cases: &[(&str, &[&str], Kind)] = &[
            ("Gmail", &["https://accounts.google.com/"], Kind::Mailbox),
            ("Google", &["https://accounts.google.com/"], Kind::Login),
            ("info@example.jp", NONE, Kind::Mailbox),
            ("会社のメール", &["https://webmail.example.jp/"], Kind::Mailbox),
            ("Xserver", &["https://secure.xserver.ne.jp/xapanel/login/xserver/mail/"], Kind::Mailbox),
            ("Xserver", &["https://secure.xserver.ne.jp/xapanel/login/xserver/server/"], Kind::Server),
            ("お名前", &["https://navi.onamae.com/login"], Kind::Domain),
            ("花のブログ", &["https://blog.example.jp/wp-login.php"], Kind::Website),
            ("みずほ銀行", NONE, Kind::BankAccount),
            ("楽天市場", &["https://www.rakuten.co.jp/"], Kind::Login),
            ("メルマガ", &["https://mailmagazine.example.jp/"], Kind::Login),
            ("レンタルサーバー", NONE, Kind::Server),
        ];
        for (title, urls, expected) in cases {
            let mut fixture = Fixture::default();
            let id = fixture.add(Kind::Login, title, "someone", urls);
            assert_eq!(kind(fixture.entry(id)), *expected, "{title} {urls:?}");
        }
    }

    #[test]
    fn a_kind_that_a_person_chose_is_not_doubted() {
        let mut fixture = Fixture::default();
        let id = fixture.add(Kind::Note, "Gmail", "", &["https://mail.google.com/"]);
        assert_eq!(kind(fixture.entry(id)), Kind::Note);
    }
}
