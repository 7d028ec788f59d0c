//! What sites are known to ask of passwords: a small list, each row with the page that it rests on and
//! the day that page was read. A site of which no such page was found is not in it. Where a site takes
//! several kinds of characters of which some may be left out, the row asks for those that it always
//! takes.
//!
//! A row holds for its host and every host below it; of several that fit, the longest.

/// What one site asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Site {
    /// The host, without `www.`.
    pub host: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// The rule, as [`super::Rules`] reads it.
    pub rule: &'static str,
    /// Where it was read.
    pub source: &'static str,
    /// When, or the version of the page.
    pub read: &'static str,
}

/// Apple's list of password rules, commit 96cbab7 (2026-08-22).
const APPLE: &str = "apple/password-manager-resources password-rules.json";
const READ: &str = "2026-11-26";

const fn apple(host: &'static str, name: &'static str, rule: &'static str) -> Site {
    Site { host, name, rule, source: APPLE, read: READ }
}

const fn page(host: &'static str, name: &'static str, rule: &'static str, source: &'static str) -> Site {
    Site { host, name, rule, source, read: READ }
}

/// The list, by host.
pub const SITES: &[Site] = &[
    apple(
        "aeon.co.jp",
        "イオンカード",
        "minlength: 8; maxlength: 8; max-consecutive: 3; required: digit; required: upper, lower, [#$+./:=?@[^_|~]]",
    ),
    apple("aliexpress.com", "AliExpress", "minlength: 6; maxlength: 20; allowed: lower, upper, digit"),
    page(
        "alpha-mail.jp",
        "アルファメール",
        "minlength: 6; maxlength: 16; required: lower; required: upper; required: digit; allowed: [-!$%*.?@^_~]",
        "www.alpha-mail.jp/help_alpha2/mail_l_2_062.html",
    ),
    apple("ana.co.jp", "ANA", "minlength: 8; maxlength: 16; required: digit; required: upper, lower"),
    apple(
        "apple.com",
        "Apple",
        "minlength: 8; maxlength: 63; required: lower; required: upper; required: digit; allowed: ascii-printable",
    ),
    apple("asahi-net.or.jp", "ASAHI ネット", "minlength: 6; maxlength: 15; required: lower; required: digit"),
    apple(
        "chase.com",
        "Chase",
        "minlength: 8; maxlength: 32; max-consecutive: 2; required: lower, upper; required: digit; required: [!#$%+/=@~]",
    ),
    apple(
        "costco.com",
        "Costco",
        "minlength: 8; maxlength: 16; required: lower; required: upper; required: digit; required: [-!#$%&'()*+/:;=?@[^_`{|}~]]",
    ),
    page(
        "diners.co.jp",
        "ダイナースクラブ",
        "minlength: 12; maxlength: 50; required: lower; required: upper; required: digit; max-consecutive: 2",
        "www.ccwis.diners.co.jp (パスワードリセット)",
    ),
    apple(
        "dmm.com",
        "DMM.com",
        "minlength: 4; maxlength: 16; required: lower; required: upper; required: digit",
    ),
    apple(
        "eki-net.com",
        "えきねっと",
        "minlength: 6; maxlength: 12; required: digit; required: upper, lower",
    ),
    apple("fc2.com", "FC2", "minlength: 8; maxlength: 16; allowed: upper, lower, digit"),
    page(
        "future.ad.jp",
        "FutureWeb",
        "minlength: 6; maxlength: 16; required: lower; required: upper; allowed: digit, [-!#$%&()*+./:;=?@^_]",
        "www.future.ad.jp/faq/faq_319/ (2019-02-08)",
    ),
    apple("getflywheel.com", "Flywheel", "minlength: 7; maxlength: 72"),
    page(
        "github.com",
        "GitHub",
        "minlength: 8; required: lower; required: digit; allowed: ascii-printable",
        "github/docs creating-a-strong-password.md",
    ),
    apple(
        "google.com",
        "Google",
        "minlength: 8; allowed: lower, upper, digit, [-!\"#$%&'()*+,./:;<=>?@[^_{|}~]]",
    ),
    apple(
        "hetzner.com",
        "Hetzner",
        "minlength: 8; required: lower; required: upper; required: digit; required: [-^!$%/()=?+#.,;:~*@{}_&[]]",
    ),
    page(
        "homes.co.jp",
        "LIFULL HOME'S",
        "minlength: 8; maxlength: 16; allowed: lower, upper, digit",
        "mypage.homes.co.jp/?action=help&hid=6",
    ),
    page(
        "iwaicosmo.net",
        "岩井コスモ証券",
        "minlength: 8; maxlength: 20; required: lower, upper; required: digit; allowed: [-!\"#$%&+@]",
        "www.iwaicosmo.net/faq/post_661.html",
    ),
    apple("jal.co.jp", "JAL", "minlength: 8; maxlength: 16"),
    apple("japanpost.jp", "日本郵便", "minlength: 8; maxlength: 16; required: digit; required: upper, lower"),
    apple(
        "live.com",
        "Microsoft",
        "minlength: 8; required: lower; required: upper; required: digit; allowed: [-@_#!&$`%*+()./,;~:{}|?>=<^'[]]",
    ),
    apple(
        "microsoft.com",
        "Microsoft",
        "minlength: 8; required: lower; required: upper; required: digit; required: special",
    ),
    page(
        "mizuho-sc.com",
        "みずほ証券ネット倶楽部",
        "minlength: 8; maxlength: 16; required: lower, upper; required: digit; allowed: [-#+./:_]",
        "faq.mizuho-sc.com/faq/show/8203",
    ),
    apple(
        "my.konami.net",
        "KONAMI",
        "minlength: 8; maxlength: 32; required: lower; required: upper; required: digit",
    ),
    page(
        "myjcom.jp",
        "J:COM",
        "required: lower, upper; required: digit; allowed: [-_!@#$%^&*()+[{},.<>:~]]",
        "cs.myjcom.jp (ミニヘルプ: ユーザーアカウントの登録)",
    ),
    apple("networksolutions.com", "Network Solutions", "minlength: 12; maxlength: 16"),
    apple("nicovideo.jp", "ニコニコ", "minlength: 12; maxlength: 32"),
    apple("ototoy.jp", "OTOTOY", "minlength: 8; allowed: upper, lower, digit, [- .=_]"),
    apple(
        "paypal.com",
        "PayPal",
        "minlength: 8; maxlength: 20; max-consecutive: 3; required: lower, upper; required: digit, [!@#$%^&*()]",
    ),
    page(
        "sakura.ad.jp",
        "さくらインターネット",
        "minlength: 8; maxlength: 32; required: lower, upper; required: digit",
        "help.sakura.ad.jp/360000338403457/",
    ),
    page(
        "sakura.ne.jp",
        "さくらのレンタルサーバ",
        "minlength: 8; required: lower, upper; required: digit",
        "help.sakura.ad.jp/mail/2108/",
    ),
    apple("sbisec.co.jp", "SBI 証券", "minlength: 10; maxlength: 20; allowed: upper, lower, digit"),
    apple(
        "sony.com",
        "Sony",
        "minlength: 8; maxlength: 30; max-consecutive: 2; required: lower, upper; required: digit; allowed: [-!@#^&*=+;:]",
    ),
    page(
        "xbit.jp",
        "エクスビット",
        "minlength: 8; maxlength: 16; required: lower; required: upper; required: digit",
        "manual.xbit.jp/?p=4680",
    ),
    page(
        "yahoo.co.jp",
        "Yahoo! JAPAN",
        "minlength: 8; required: lower; required: upper; required: digit; allowed: [-!\"#$%'()=~|^\\@[;:,./`+*}>?_]]",
        "www.yahoo-help.jp/app/answers/detail/a_id/41999 (2019-09-23)",
    ),
];

/// The row for a host.
pub fn of_host(host: &str) -> Option<&'static Site> {
    let fitting = SITES.iter().filter(|site| is_below(host, site.host));
    fitting.max_by_key(|site| site.host.len())
}

/// The host is `parent`, or lies below it.
pub(super) fn is_below(host: &str, parent: &str) -> bool {
    host.strip_suffix(parent).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::super::{Recipe, Space};
    use super::*;

    #[test]
    fn every_rule_is_read_gives_strong_passwords_and_names_its_source() {
        let mut last = "";
        for site in SITES {
            assert!(site.host > last, "{} is out of order", site.host);
            last = site.host;
            let recipe: Recipe = site.rule.parse().unwrap_or_else(|error| panic!("{}: {error}", site.host));
            assert!(matches!(recipe, Recipe::Rules(_)), "{}", site.host);
            let bits = Space::of(&recipe).and_then(|space| space.bits()).expect("makes passwords");
            // - eight characters are what one of them takes at most
            assert!(bits > 45.0, "{}: {bits}", site.host);
            assert!(site.source.contains('.') && site.read.len() == 10, "{}", site.host);
            assert!(!site.host.starts_with("www.") && site.host == site.host.to_lowercase());
        }
    }

    #[test]
    fn a_row_holds_for_hosts_below_it_and_for_no_other() {
        assert_eq!(of_host("yahoo.co.jp").map(|site| site.name), Some("Yahoo! JAPAN"));
        assert_eq!(of_host("login.yahoo.co.jp").map(|site| site.name), Some("Yahoo! JAPAN"));
        for other in ["notyahoo.co.jp", "yahoo.co.jp.example", "co.jp", ""] {
            assert_eq!(of_host(other), None, "{other}");
        }
    }
}
