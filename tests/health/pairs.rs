//! A labelled list of pairs: habits that must be found, and pairs that must not be.

use mamori::ops::health::{Check, Pattern, Why};

use crate::fixture::{Draw, login, run};

/// Pairs as people make them, with the title and host of each entry.
const ALIKE: &[(&str, &str)] = &[
    // The next number, the next year, another sign.
    ("Sakura2019!", "sakura2020!!"),
    ("Hanako0123", "Hanako0124"),
    ("taro1965", "taro1966"),
    ("Tanaka-2023", "Tanaka-2024"),
    ("Fujisan#1", "Fujisan#2"),
    ("tokyo2020", "Tokyo2021!"),
    ("himawari8", "himawari88"),
    ("Kyoto1192", "Kyoto1603"),
    ("yamada.s19580412", "yamada.s19580413"),
    ("19650412taro", "19650413taro"),
    ("Summer2022", "Summer2023!"),
    ("Winter2019", "Winter19!"),
    ("football1", "Football99"),
    ("Password1", "Password2"),
    ("P@ssword123", "P@ssword1234"),
    ("Neko-chan1", "Neko-chan2"),
    ("kumamoto!2021", "2022!kumamoto"),
    ("Hokkaido01", "Hokkaido02"),
    ("Shinkansen500", "Shinkansen700"),
    ("Osaka(2025)", "Osaka(1970)"),
    ("!Dragon7", "Dragon77!"),
    ("Pokemon151", "pokemon251"),
    ("Spring-2024-a", "Spring-2025-a"),
    // Signs and digits for letters.
    ("p@ssw0rd", "password"),
    ("S@kur@", "sakura"),
    ("h3ll0w0rld", "helloworld"),
    ("M4tsum0t0", "matsumoto"),
    ("$unshine7", "sunshine8"),
    ("adm1n1strat0r", "administrator"),
    ("l3tm31n!", "letmein"),
    // Case alone, and Shift.
    ("SAKURASAKU", "sakurasaku"),
    ("TokyoTower", "tokyotower"),
    ("1qaz2wsx", "!QAZ@WSX"),
    ("1qaz2wsx", "!QAZ\"WSX"),
    ("zaq12wsx", "ZAQ!@WSX"),
    // The keyboard, begun elsewhere.
    ("qwertyui", "asdfghjk"),
    ("qwerty", "wertyu"),
    ("1qaz2wsx", "2wsx3edc"),
    ("12345678", "23456789"),
    ("qwerty2019", "asdfgh2020"),
    // Full-width and half-width, kana and romaji.
    ("ﾊﾟｽﾜｰﾄﾞ", "パスワード"),
    ("ＳＡＫＵＲＡ２０１９", "SAKURA2019"),
    ("ｓａｋｕｒａ2019", "sakura2020"),
    ("さくら2019", "sakura2020"),
    ("サクラサク", "さくらさく"),
    ("matsumoto1", "matumoto2"),
    ("ひまわり22", "himawari23"),
    // The name of the site in it (the sites are those of `SITES`).
    ("amazon-Yuki1", "rakuten-Yuki1"),
    ("Yuki0815amazon", "Yuki0815rakuten"),
    ("ama_Taro99", "rak_Taro99"),
    ("amazonHanako", "rakutenHanako"),
    ("Nagoya@amazon", "Nagoya@rakuten"),
    ("AMAZON2020yuki", "RAKUTEN2021yuki"),
    // One or two edits.
    ("kX7qLm2Z", "kX7qLm2Y"),
    ("bluewhale", "bluewhales"),
    ("tamagoyaki", "tamagoyakii"),
    ("Xk3mQ9zLp2Wv7Rt5", "Xk3mQ9zLp2Wv7Rt6"),
    ("Xk3mQ9zLp2Wv7Rt5", "Xk3mQ9zLp2v7Rt"),
    ("correcthorsebattery", "corecthorsebatery"),
    ("shibuya-hachiko-77a", "shibuya-hachko-77b"),
    ("kagoshima2011", "kagoshma1999!"),
    ("1985041212", "1985041213"),
    ("hunter2hunter2", "hunter3hunter3"),
];

/// Pairs that have nothing to do with each other, though they look a little alike.
const UNLIKE: &[(&str, &str)] = &[
    ("password", "sunshine"),
    ("Sakura2019!", "Momiji2019!"),
    ("tanaka2020", "yamada2020"),
    ("monkey12", "dragon12"),
    ("tokyo!99", "osaka!99"),
    ("amazon-Yuki1", "rakuten-Hiro7"),
    ("19850412", "19581203"),
    ("12345678", "87654322"),
    ("qwertyui", "poiuytre"),
    ("さくら2019", "もみじ2019"),
    ("baseball", "football"),
    ("letmein1", "welcome1"),
    ("kX7qLm2Z", "pQ4rTn9B"),
    ("1234", "1235"),
    ("abc1", "abd1"),
    ("amazon", "rakuten"),
    ("hokkaido", "fukuoka1"),
    ("shinkansen", "shinjuku99"),
    ("a1b2c3d4", "z9y8x7w6"),
    ("correcthorse", "batterystaple"),
];

const SITES: [(&str, &str); 2] = [("Amazon", "www.amazon.co.jp"), ("楽天市場", "www.rakuten.co.jp")];

fn pattern(one: &str, next: &str) -> Option<Pattern> {
    let [first, second] = SITES;
    let report = run(vec![login(1, first.0, first.1, one), login(2, second.0, second.1, next)]);
    let found = report.findings.iter().find_map(|one| match one.why {
        Why::Similar { pattern, .. } => Some(pattern),
        _ => None,
    });
    assert_eq!(found.is_some(), report.count(Check::Similar) == 2, "both or none: {one} {next}");
    found
}

const LETTERS: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#$%&*+-=?@";

#[test]
fn precision_and_recall_over_the_labelled_pairs() {
    assert!(ALIKE.len() >= 60);
    let missed: Vec<_> = ALIKE.iter().filter(|(one, next)| pattern(one, next).is_none()).collect();
    let wrong: Vec<_> = UNLIKE.iter().filter(|(one, next)| pattern(one, next).is_some()).collect();
    // Random ones, all in one vault: 3,000 passwords are 4.5 million pairs.
    let mut draw = Draw(88_172_645_463_325_252);
    let strong = (0..3_000).map(|at| {
        let len = 12 + draw.below(13);
        login(at, &format!("site {at}"), &format!("host{at}.example"), &draw.password(LETTERS, len))
    });
    let strong = run(strong.collect());
    let by_chance = strong.count(Check::Similar) + strong.count(Check::Reused);
    let hits = ALIKE.len() - missed.len();
    let recall = hits as f64 / ALIKE.len() as f64;
    let precision = hits as f64 / (hits + wrong.len() + by_chance) as f64;
    println!("recall {recall:.3} ({hits} of {}), precision {precision:.3}", ALIKE.len());
    println!("missed {missed:?}\nwrong {wrong:?}\nby chance among 3000 random ones {by_chance}");
    assert!(recall >= 0.95, "missed {missed:?}");
    assert!(precision >= 0.95, "wrong {wrong:?}");
    assert_eq!(by_chance, 0, "random passwords are never alike");
}

#[test]
fn the_pattern_is_the_plainest_that_fits() {
    for (one, next, wanted) in [
        ("ﾊﾟｽﾜｰﾄﾞ", "パスワード", Pattern::Width),
        ("SAKURASAKU", "sakurasaku", Pattern::Case),
        ("1qaz2wsx", "!QAZ@WSX", Pattern::ShiftKey),
        ("p@ssw0rd", "password", Pattern::Leet),
        ("Spring-2024-a", "Spring-2025-a", Pattern::Year),
        ("amazon-Yuki1", "rakuten-Yuki1", Pattern::Site),
        ("Sakura2019!", "sakura2020!!", Pattern::Stem),
        ("qwertyui", "asdfghjk", Pattern::Walk),
        ("kX7qLm2Z", "kX7qLm2Y", Pattern::OneEdit),
        ("hunter2hunter2", "hunter3hunter3", Pattern::TwoEdits),
        ("kagoshima2011", "kagoshma1999!", Pattern::StemEdit),
    ] {
        assert_eq!(pattern(one, next), Some(wanted), "{one} {next}");
    }
}
