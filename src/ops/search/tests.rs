//! What a search finds.

use super::*;
use crate::model::{Section, Stamp};
use crate::ops::change::{Change, Edit, apply};

fn vault(titles: &[&str]) -> Vault {
    let mut vault = Vault::new([0; 16]);
    for (at, title) in titles.iter().enumerate() {
        let edits = vec![Edit { tag: Tag::TITLE, element: None, value: title.as_bytes().into() }];
        let record = Id([at as u8 + 1; 16]);
        let change = Change::Write { section: Section::Entries, record, kind: 1, edits };
        apply(&mut vault, &change, Stamp { hlc: at as u64 + 1, salt: 0, writer: 0 }).expect("fine");
    }
    vault
}

fn found<'a>(titles: &[&'a str], query: &str) -> Vec<&'a str> {
    let index = Index::build(&vault(titles), &Kind::word);
    let hits = search(&index, query, None);
    assert!(!hits.near || query.len() > 3, "{query}");
    hits.rows.iter().map(|row| titles[usize::from(index.id(*row).expect("a row").0[0]) - 1]).collect()
}

/// A day after the first of 1970, which is when everything here was made.
pub(super) const NOW: u64 = 86_400_000;

fn search(index: &Index, query: &str, rows: Option<&[u32]>) -> Hits {
    index.search(&Query::parse(query), Among { rows, states: &|_| true, now_ms: NOW, health: None })
}

const TITLES: &[&str] =
    &["my bank", "bank", "Bank of Japan", "riverbank", "みずほ銀行", "ゆうちょ", "ｴｯｸｽｻｰﾊﾞｰ"];

#[test]
fn the_best_hit_stands_first() {
    assert_eq!(found(TITLES, "bank"), ["bank", "Bank of Japan", "my bank", "riverbank", "ゆうちょ"]);
    assert_eq!(found(TITLES, "japan bank"), ["Bank of Japan"]);
    assert_eq!(found(TITLES, "bank login"), found(TITLES, "bank"));
    assert_eq!(found(TITLES, "gin"), ["みずほ銀行"], "and not every login");
    assert_eq!(found(TITLES, "log").len(), TITLES.len());
    assert_eq!(found(TITLES, "zzz"), [""; 0]);
    assert_eq!(found(TITLES, " ").len(), TITLES.len());
}

#[test]
fn kana_width_and_romaji_are_one() {
    for query in ["ゆうちょ", "ﾕｳﾁｮ", "ユウチョ", "yucho", "yuucho"] {
        assert_eq!(found(TITLES, query), ["ゆうちょ"], "{query}");
    }
    assert_eq!(found(TITLES, "みずほ"), ["みずほ銀行"]);
    assert_eq!(found(TITLES, "mizuho"), ["みずほ銀行"]);
    assert_eq!(found(TITLES, "ekkusu"), ["ｴｯｸｽｻｰﾊﾞｰ"]);
    assert_eq!(found(TITLES, "ＢＡＮＫ　ＪＡＰＡＮ"), ["Bank of Japan"]);
}

#[test]
fn narrowing_finds_what_a_whole_search_finds() {
    let mut titles = TITLES.to_vec();
    titles.extend(["おおさか", "いいだ", "Book of books"]);
    let index = Index::build(&vault(&titles), &Kind::word);
    let mut narrowed = 0;
    for query in
        ["bank", "yucho", "ban", "b o", "ｻｰﾊﾞｰ", "oosaka", "iida", "login b", "shashin", "book boo", "bnak of"]
    {
        narrowed += narrow(&index, query);
    }
    assert!(narrowed > 20, "{narrowed} times");
}

/// Types a query letter by letter, each search within the last one's hits where that is allowed,
/// and compares each with a fresh search; how often it was within.
fn narrow(index: &Index, query: &str) -> usize {
    let (mut hits, mut last, mut narrowed) = (None::<Hits>, Query::default(), 0);
    for end in (1..=query.len()).filter(|end| query.is_char_boundary(*end)) {
        let typed = query.get(..end).expect("a boundary");
        let next = Query::parse(typed);
        let within = hits.as_ref().filter(|_| last.narrows_to(&next));
        narrowed += usize::from(within.is_some());
        let found = search(index, typed, within.map(|hits| &hits.rows[..]));
        assert_eq!(found, search(index, typed, None), "{typed}");
        (hits, last) = (Some(found), next);
    }
    narrowed
}

fn put(vault: &mut Vault, at: u8, kind: Kind, edits: &[(Tag, &str)]) {
    let edits = edits.iter().enumerate().map(|(number, (tag, value))| Edit {
        tag: *tag,
        element: tag.is_many().then_some(Id([number as u8 + 1; 16])),
        value: match *tag {
            Tag::EXPIRES | Tag::INTERVAL | Tag::PASSWORD_CHANGED => {
                value.parse::<u64>().expect("a number").to_le_bytes().into()
            }
            Tag::FAVOURITE | Tag::ARCHIVED => [1].into(),
            _ => value.as_bytes().into(),
        },
    });
    let change = Change::Write {
        section: Section::Entries,
        record: Id([at; 16]),
        kind: kind.number(),
        edits: edits.collect(),
    };
    apply(vault, &change, Stamp { hlc: u64::from(at) + 100, salt: 0, writer: 0 }).expect("fine");
}

/// As the screens name some kinds.
pub(super) fn japanese(kind: Kind) -> &'static str {
    match kind {
        Kind::BankAccount => "銀行口座",
        Kind::Login => "ログイン",
        other => other.word(),
    }
}

const SEALED: &str = "no less than the forty bytes that a sealed value has";

/// What a person in Japan keeps, a little of each.
pub(super) fn kept() -> Vault {
    let mut vault = Vault::new([0; 16]);
    let all: &[(Kind, &[(Tag, &str)])] = &[
        (
            Kind::BankAccount,
            &[
                (Tag::TITLE, "みずほ銀行"),
                (Tag::USERNAME, "hana"),
                (Tag::FOLDER, "お金/銀行"),
                (Tag::LABEL, "bank"),
                (Tag::LABEL, "jp"),
                (Tag::FAVOURITE, "x"),
                (Tag::OTP, SEALED),
            ],
        ),
        (
            Kind::Login,
            &[
                (Tag::TITLE, "Amazon"),
                (Tag::USERNAME, "bank@example.jp"),
                (Tag::URL, "https://amazon.co.jp"),
                (Tag::FOLDER, "shops"),
                (Tag::LABEL, "bank-jp"),
            ],
        ),
        (Kind::Mailbox, &[(Tag::TITLE, "amazon mail"), (Tag::FOLDER, "shops/mail"), (Tag::ARCHIVED, "x")]),
        (Kind::SshKey, &[(Tag::TITLE, "key of hana"), (Tag::EXPIRES, "5"), (Tag::READING, "かぎ")]),
        (Kind::Login, &[(Tag::TITLE, "in change"), (Tag::PASSWORD, SEALED), (Tag::STAGED_SECRET, SEALED)]),
    ];
    for (at, (kind, edits)) in (1..).zip(all) {
        put(&mut vault, at, *kind, edits);
    }
    apply(&mut vault, &Change::Trash(Id([4; 16])), Stamp { hlc: 900, salt: 0, writer: 0 }).expect("fine");
    vault
}

#[test]
fn tokens_ask_of_one_part() {
    let vault = kept();
    let index = Index::build(&vault, &japanese);
    let active = |state| state == State::Active;
    for (query, wanted) in [
        ("bank", &[1, 2][..]),
        ("tag:bank", &[1]),
        ("tag:ban", &[1, 2]),
        ("tag:\"ban\"", &[]),
        ("-tag:jp", &[2, 5]),
        ("tag:jp -tag:bank", &[]),
        ("folder:shops", &[2]),
        ("folder:お金", &[1]),
        ("folder:銀行", &[1]),
        ("folder:/銀行", &[]),
        ("folder:\"銀\"", &[]),
        ("kind:銀行口座", &[1]),
        ("kind:bank-account", &[1]),
        ("kind:\"bank account\"", &[1]),
        ("kind:bank", &[1]),
        ("kind:ログ", &[2, 5]),
        ("user:hana", &[1]),
        ("user:amazon", &[]),
        ("title:hana", &[]),
        ("title:mizuho", &[1]),
        ("url:amazon", &[2]),
        ("url:bank", &[]),
        ("is:favourite", &[1]),
        ("is:otp", &[1]),
        ("is:staged", &[5]),
        ("is:archived", &[3]),
        ("is:trashed", &[4]),
        ("is:trashed title:かぎ", &[4]),
        ("is:trashed is:expired", &[4]),
        ("is:expired", &[]),
        ("-is:favourite", &[2, 5]),
        ("-amazon -mizuho", &[5]),
        ("amazon -user:bank", &[]),
        ("\"in change\"", &[5]),
        ("\"change in\"", &[]),
        ("change in", &[5]),
        ("foo:bar", &[]),
        ("is:zzz", &[]),
    ] {
        let among = Among { rows: None, states: &active, now_ms: NOW, health: None };
        let hits = index.search(&Query::parse(query), among);
        let mut found: Vec<u8> = hits.rows.iter().map(|row| index.id(*row).expect("a row").0[0]).collect();
        found.sort_unstable();
        assert_eq!(found, wanted, "{query}");
    }
}

#[test]
fn a_password_is_old_after_its_interval() {
    let mut vault = Vault::new([0; 16]);
    put(&mut vault, 1, Kind::Login, &[(Tag::TITLE, "a"), (Tag::PASSWORD, SEALED)]);
    put(&mut vault, 2, Kind::Login, &[(Tag::TITLE, "b"), (Tag::PASSWORD, SEALED), (Tag::INTERVAL, "30")]);
    put(&mut vault, 3, Kind::Login, &[(Tag::TITLE, "c"), (Tag::PASSWORD, SEALED), (Tag::INTERVAL, "0")]);
    put(&mut vault, 4, Kind::Login, &[(Tag::TITLE, "d"), (Tag::INTERVAL, "1")]);
    put(&mut vault, 5, Kind::Mailbox, &[(Tag::TITLE, "e"), (Tag::PASSWORD, SEALED)]);
    let index = Index::build(&vault, &Kind::word);
    let old = |days: u64| {
        let among = Among { rows: None, states: &|_| true, now_ms: days * NOW, health: None };
        let hits = index.search(&Query::parse("is:old"), among).rows;
        hits.iter().map(|row| index.id(*row).expect("a row").0[0]).collect::<Vec<_>>()
    };
    assert_eq!(old(29), [0; 0]);
    assert_eq!(old(31), [2]);
    // - by the intervals of the health check: what opens other accounts sooner
    assert_eq!(old(400), [2, 5]);
    assert_eq!(old(731), [1, 2, 5]);
}

#[test]
fn a_title_is_ranked_by_its_sound_too() {
    let titles = ["あずま", "login of mizuho", "みずほ", "銀行 みずほ", "x mizu"];
    assert_eq!(found(&titles, "mizu"), ["みずほ", "login of mizuho", "x mizu", "銀行 みずほ"]);
    assert_eq!(found(&titles, "みず"), ["みずほ", "銀行 みずほ", "login of mizuho"], "its other name last");
}

#[test]
fn only_where_nothing_is_found_what_is_near_comes() {
    let index = Index::build(&vault(&["GitHub", "gthub", "bank", "みずほ銀行"]), &Kind::word);
    let hits = search(&index, "gthub", None);
    assert!(!hits.near && hits.rows.len() == 1);
    let hits = search(&index, "gihtub", None);
    assert!(hits.near && hits.rows.len() == 1, "{hits:?}");
    assert!(search(&index, "\"gihtub\"", None).rows.is_empty());
    assert!(search(&index, "gihtub tag:x", None).rows.is_empty());
    assert!(search(&index, "mzuho", None).near);
    assert!(search(&index, "gihtub -is:favourite", None).near);
}

proptest::proptest! {
    #[test]
    fn a_query_typed_letter_by_letter_finds_what_a_fresh_one_finds(
        words in proptest::collection::vec(
            "-?(tag:|folder:|kind:|user:|title:|is:|note:|url:|\")?(ban|bnk|am|zon|銀|みず|mizu|ﾊﾞ|jp|hana|archived|trashed|fav|s)?\"?",
            1..4,
        ),
    ) {
        let index = Index::build(&kept(), &japanese);
        narrow(&index, &words.join(" "));
    }
}

#[test]
fn one_entry_is_taken_in_again() {
    let mut vault = vault(TITLES);
    let mut index = Index::build(&vault, &Kind::word);
    let id = Id([2; 16]);
    let edits = vec![Edit { tag: Tag::TITLE, element: None, value: "zebra".as_bytes().into() }];
    let change = Change::Write { section: Section::Entries, record: id, kind: 1, edits };
    apply(&mut vault, &change, Stamp { hlc: 99, salt: 0, writer: 0 }).expect("fine");
    index.refresh(id, vault.entry(id), &Kind::word);
    assert_eq!(search(&index, "zebra", None).rows.len(), 1);
    let fresh = Index::build(&vault, &Kind::word);
    let order =
        |index: &Index| search(index, "", None).rows.iter().map(|row| index.id(*row)).collect::<Vec<_>>();
    assert_eq!(order(&index), order(&fresh));
    let titled: Vec<_> = by_title(&vault, &|_| true).iter().map(|entry| Some(entry.id())).collect();
    assert_eq!(order(&fresh), titled);
    index.refresh(id, None, &Kind::word);
    assert_eq!(index.len(), TITLES.len() - 1);
}

/// The searches that the page on Japanese search names (UX 3.2), and what each must find.
#[test]
fn romaji_kana_and_widths_find_kanji_and_every_beginning_does_too() {
    let titles = [
        "みずほ銀行",
        "楽天市場",
        "エックスサーバー",
        "ｴｯｸｽｻｰﾊﾞｰ 2",
        "郵便局",
        "ゆうちょ",
        "東京電力",
        "読売新聞",
        "千葉銀行",
        "ＡＢＣマート",
        "サーバー管理",
        "三井住友カード",
        "お名前.com",
        "市役所",
    ];
    for (query, wanted) in [
        ("mizuho", "みずほ銀行"),
        ("ginkou", "みずほ銀行"),
        ("ginko", "千葉銀行"),
        ("mizuhoginkou", "みずほ銀行"),
        ("rakuten", "楽天市場"),
        ("ichiba", "楽天市場"),
        ("ekkususa-ba-", "エックスサーバー"),
        ("ekkusu", "ｴｯｸｽｻｰﾊﾞｰ 2"),
        ("xserver", "エックスサーバー"),
        ("yubin", "郵便局"),
        ("yuubin", "郵便局"),
        ("yuubin", "ゆうちょ"),
        ("yucho", "ゆうちょ"),
        ("tokyo", "東京電力"),
        ("toukyou", "東京電力"),
        ("denryoku", "東京電力"),
        ("shimbun", "読売新聞"),
        ("sinbun", "読売新聞"),
        ("chiba", "千葉銀行"),
        ("tiba", "千葉銀行"),
        ("kanri", "サーバー管理"),
        ("mitsuisumitomo", "三井住友カード"),
        ("onamae", "お名前.com"),
        ("shiyakusho", "市役所"),
        ("ぎんこう", "千葉銀行"),
        ("ﾕｳﾁｮ", "ゆうちょ"),
        ("エックス", "ｴｯｸｽｻｰﾊﾞｰ 2"),
        ("abc", "ＡＢＣマート"),
    ] {
        for end in (1..=query.len()).filter(|end| query.is_char_boundary(*end)) {
            let typed = query.get(..end).expect("a boundary");
            assert!(
                found(&titles, typed).contains(&wanted),
                "{typed} of {query}: {:?}",
                found(&titles, typed)
            );
        }
    }
}
