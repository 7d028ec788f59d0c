//! What to do when an account was taken over: what comes first, and a checklist for each kind of
//! account. One text for the guide without a vault, for the page of the first run and for the steps of
//! an incident. Every item is our own wording and names the page it rests on.

mod items;

use super::Lang;
use crate::model::Incident;
use crate::ops::incident::{State, Step, Topic};

/// An item of a checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Its name in the vault; never changed, never used again for another.
    pub id: &'static str,
    en: &'static str,
    ja: &'static str,
    /// The page it rests on.
    pub source: &'static str,
}

impl Item {
    /// What to look at or to do.
    pub fn text(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Ja => self.ja,
        }
    }
}

/// What of the checklist of a step that is done was not ticked.
pub fn unticked(incident: Incident<'_>, step: &Step) -> Vec<&'static Item> {
    let all = step.topic.filter(|_| step.state == State::Done).map_or(&[][..], items);
    all.iter().filter(|item| !incident.is_ticked(step.task, item.id)).collect()
}

/// The checklist of a topic.
pub fn items(topic: Topic) -> &'static [Item] {
    match topic {
        Topic::Computer => items::COMPUTER,
        Topic::Mailbox => items::MAILBOX,
        Topic::Panel => items::PANEL,
        Topic::Domain => items::DOMAIN,
        Topic::WordPress => items::WORDPRESS,
        Topic::Payment => items::PAYMENT,
        Topic::Account => items::ACCOUNT,
    }
}

/// What a checklist is called.
pub fn title(topic: Topic, lang: Lang) -> &'static str {
    let (en, ja) = match topic {
        Topic::Computer => ("Your own computer", "自分のPC"),
        Topic::Mailbox => ("Mailbox", "メール"),
        Topic::Panel => ("Server panel", "サーバーの管理パネル"),
        Topic::Domain => ("Domain and DNS", "ドメインと DNS"),
        Topic::WordPress => ("WordPress", "WordPress"),
        Topic::Payment => ("Bank and card", "銀行とカード"),
        Topic::Account => ("Any other account", "そのほかのアカウント"),
    };
    pick(lang, en, ja)
}

/// What comes first, line by line: the order in which to act.
pub fn first(lang: Lang) -> &'static [&'static str] {
    const EN: &[&str] = &[
        "Take a breath: order matters more than speed.",
        "1. Is this computer clean? If in doubt, use another.",
        "2. Mailbox first: mail resets every other password. New password; look for forwarding that is not yours.",
        "3. Then the panels of your servers and domains.",
        "4. Then all with the same or a similar password.",
        "5. Banks and cards: call them if money is at risk.",
        "Keep each old password until its new one works.",
    ];
    const JA: &[&str] = &[
        "落ち着いてください。急ぐことより順番が大切です。",
        "1. このPCは安全ですか。不安なら別のPCを使います。",
        "2. まずメール。メールを読める人は、ほかのパスワードをすべて再設定できます。新しいパスワードにして、覚えのない転送設定がないか見ます。",
        "3. 次にサーバーの管理パネルとドメイン。",
        "4. 次に、同じか似たパスワードのものすべて。",
        "5. お金に関わるなら、銀行とカード会社に電話します。",
        "新しいものが通るまで、古いパスワードも残します。",
    ];
    pick(lang, EN, JA)
}

/// The warning about mails that are made to look as if they came from the host.
pub fn faked(lang: Lang) -> &'static str {
    pick(
        lang,
        "Mails that say \"your account sends spam\" are faked too. Open only addresses that are saved here, never a link in a mail.",
        "「あなたのアカウントが迷惑メールを送っています」という偽のメールもあります。メールのリンクは開かず、ここに保存したアドレスだけを開いてください。",
    )
}

fn pick<T>(lang: Lang, en: T, ja: T) -> T {
    match lang {
        Lang::En => en,
        Lang::Ja => ja,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn every_item_has_a_name_of_its_own_both_languages_and_a_page() {
        let mut ids = BTreeSet::new();
        for topic in Topic::ALL {
            assert!(items(topic).len() >= 5, "{topic:?}");
            for item in items(topic) {
                assert!(ids.insert((topic, item.id)), "{} twice", item.id);
                assert!(item.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", item.id);
                let host = item.source.strip_prefix("https://").expect("encrypted");
                assert!(host.contains('.') && !host.contains(' '), "{}", item.source);
                for lang in [Lang::En, Lang::Ja] {
                    let text = item.text(lang);
                    // Three lines of a page of eighty columns are what one reads at night.
                    assert!(!text.is_empty() && text.width() <= 200, "{}: {}", item.id, text.width());
                }
                assert!(item.ja.ends_with('。') && item.en.ends_with(['.', '?']), "{}", item.id);
            }
        }
    }

    #[test]
    fn what_the_issue_asks_for_is_in_the_lists() {
        let has = |topic, ids: &[&str]| {
            for id in ids {
                assert!(items(topic).iter().any(|item| item.id == *id), "{topic:?} {id}");
            }
        };
        has(Topic::Mailbox, &["forwarding", "filters", "app-passwords", "sessions", "autoresponder"]);
        has(Topic::Panel, &["ftp", "ssh", "cron", "databases", "two-factor"]);
        has(
            Topic::WordPress,
            &["administrators", "salts", "sessions", "plugins", "themes", "checksums", "backups"],
        );
        has(Topic::Domain, &["name-servers", "transfer-lock", "records"]);
        has(Topic::Computer, &["scan", "update"]);
        has(Topic::Payment, &["call", "statements"]);
    }
}
