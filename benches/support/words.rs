//! Invented entries, the same for the same number: Japanese and English, as people and small firms
//! have them. Nothing in them is anybody's.

use std::fmt::Write as _;

use mamori::crypto::entropy::{Entropy, EntropyError};

/// A generator that anybody can repeat (SplitMix64, Steele et al. 2014). Never for a real vault.
#[derive(Debug, Clone)]
pub struct Repeatable(pub u64);

impl Repeatable {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// True in `percent` of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn one<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

impl Entropy for Repeatable {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        for chunk in out.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// A custom field.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: &'static str,
    pub value: String,
    pub secret: bool,
}

/// What an entry holds, in plain.
#[derive(Debug, Clone)]
pub struct Invented {
    pub title: String,
    pub reading: Option<&'static str>,
    pub username: String,
    pub urls: Vec<String>,
    pub tags: Vec<&'static str>,
    pub folder: &'static str,
    pub password: String,
    pub note: Option<String>,
    pub otp: Option<String>,
    pub fields: Vec<Field>,
    /// Passwords it had before, oldest first.
    pub before: Vec<String>,
}

/// Name, reading, domain.
const SITES: &[(&str, Option<&str>, &str)] = &[
    ("みずほ銀行", Some("みずほぎんこう"), "mizuho.example"),
    ("ゆうちょ銀行", Some("ゆうちょぎんこう"), "yucho.example"),
    ("三菱UFJ銀行", Some("みつびしゆーえふじぇいぎんこう"), "mufg.example"),
    ("楽天市場", Some("らくてんいちば"), "rakuten.example"),
    ("楽天カード", Some("らくてんかーど"), "card.rakuten.example"),
    ("ヤフー", None, "yahoo.example"),
    ("メルカリ", None, "mercari.example"),
    ("エックスサーバー", None, "xserver.example"),
    ("さくらインターネット", None, "sakura.example"),
    ("お名前.com", Some("おなまえどっとこむ"), "onamae.example"),
    ("ロリポップ!", None, "lolipop.example"),
    ("ＮＴＴドコモ", Some("えぬてぃてぃどこも"), "docomo.example"),
    ("ソフトバンク", None, "softbank.example"),
    ("東京電力", Some("とうきょうでんりょく"), "tepco.example"),
    ("東京ガス", Some("とうきょうがす"), "gas.tokyo.example"),
    ("日本年金機構", Some("にほんねんきんきこう"), "nenkin.example"),
    ("マイナポータル", None, "myna.example"),
    ("国税電子申告", Some("こくぜいでんししんこく"), "etax.example"),
    ("価格.com", Some("かかくどっとこむ"), "kakaku.example"),
    ("食べログ", Some("たべろぐ"), "tabelog.example"),
    ("じゃらん", None, "jalan.example"),
    ("ヨドバシカメラ", None, "yodobashi.example"),
    ("ニトリネット", None, "nitori.example"),
    ("弥生会計", Some("やよいかいけい"), "yayoi.example"),
    ("マネーフォワード", None, "moneyforward.example"),
    ("社内 勤怠システム", Some("しゃないきんたいしすてむ"), "kintai.corp.example"),
    ("取引先ポータル", Some("とりひきさきぽーたる"), "portal.client.example"),
    ("共有サーバー 管理画面", Some("きょうゆうさーばー"), "panel.host.example"),
    ("ﾈｯﾄﾊﾞﾝｸ", None, "netbank.example"),
    ("チャットワーク", None, "chat.work.example"),
    ("Amazon", None, "amazon.example"),
    ("GitHub", None, "github.example"),
    ("Google Workspace", None, "workspace.google.example"),
    ("Microsoft 365", None, "office.example"),
    ("Slack", None, "slack.example"),
    ("Dropbox", None, "dropbox.example"),
    ("Cloudflare", None, "cloudflare.example"),
    ("Stripe Dashboard", None, "stripe.example"),
    ("AWS Console", None, "aws.example"),
    ("WordPress admin", None, "blog.example"),
    ("MariaDB production", None, "db.internal.example"),
    ("Mail (IMAP)", None, "mail.example"),
    ("Router", None, "192.0.2.1"),
    ("Figma", None, "figma.example"),
    ("Netflix", None, "netflix.example"),
    ("Spotify", None, "spotify.example"),
    ("PayPal", None, "paypal.example"),
    ("Zoom", None, "zoom.example"),
];

const BRANCHES: &[&str] = &[
    "渋谷支店",
    "大阪支店",
    "名古屋",
    "福岡",
    "札幌",
    "法人",
    "個人",
    "経理",
    "予備",
    "テスト環境",
    "production",
    "staging",
    "personal",
    "work",
    "old",
    "family",
    "backup",
    "client A",
    "client B",
    "shop",
];

const PEOPLE: &[&str] = &[
    "tanaka",
    "sato",
    "suzuki",
    "takahashi",
    "ito",
    "watanabe",
    "yamamoto",
    "nakamura",
    "kobayashi",
    "kato",
    "smith",
    "jones",
    "garcia",
    "miller",
    "chen",
    "info",
    "admin",
    "billing",
    "root",
    "support",
];

const MAIL: &[&str] = &["example.co.jp", "example.jp", "example.com", "mail.example.org", "corp.example.net"];

const FOLDERS: &[&str] = &[
    "",
    "仕事",
    "仕事/サーバー",
    "仕事/取引先",
    "銀行・カード",
    "買い物",
    "家族",
    "Work",
    "Work/Servers",
    "Work/Clients/2024",
    "Personal",
    "Personal/Media",
    "公共料金",
];

const TAGS: &[&str] = &["重要", "共有", "経費", "server", "2fa", "monthly", "家計", "旧"];

const NOTES: &[&str] = &[
    "契約者番号は別紙を参照。問い合わせ窓口は平日 9 時から 17 時まで。",
    "引き落とし口座を変更済み。次の更新は来年 3 月。担当者に連絡してから変更すること。",
    "Recovery mail goes to the shared mailbox. Ask billing before cancelling the plan.",
    "Set up for the old office; the phone number on file has changed. See the ticket for details.",
    "秘密の質問: 最初に飼った犬の名前ではなく、母の旧姓でもない。",
];

/// The entry of a number.
pub fn invent(number: usize) -> Invented {
    let mut draw = Repeatable(0x6D61_6D6F_7269 ^ (number as u64) << 20);
    let (name, reading, domain) = draw.one(SITES);
    let mut title = name.to_owned();
    if draw.chance(70) {
        let _ = write!(title, " {}", draw.one(BRANCHES));
    }
    if draw.chance(40) {
        let _ = write!(title, " {}", draw.below(1000));
    }
    let person = draw.one(PEOPLE);
    let username = match draw.below(4) {
        0 => format!("{person}{}", draw.below(10_000)),
        1 => format!("{:08}", draw.below(100_000_000)),
        _ => format!("{person}.{}@{}", draw.below(1000), draw.one(MAIL)),
    };
    let mut urls = vec![format!("https://{domain}/login?site={}", draw.below(500))];
    if draw.chance(25) {
        urls.push(format!("https://www.{domain}/account/{}", draw.below(100_000)));
    }
    let mut tags = Vec::new();
    for _ in 0..draw.below(3) {
        tags.push(draw.one(TAGS));
    }
    tags.sort_unstable();
    tags.dedup();
    let mut fields = Vec::new();
    if draw.chance(20) {
        let value = format!("{:07}", draw.below(10_000_000));
        fields.push(Field {
            name: draw.one(&["口座番号", "契約番号", "customer"]), value, secret: false
        });
        if draw.chance(50) {
            let value = format!("{:04}", draw.below(10_000));
            fields.push(Field { name: draw.one(&["暗証番号", "PIN"]), value, secret: true });
        }
    }
    Invented {
        title,
        reading: reading.filter(|_| draw.chance(50)),
        username,
        urls,
        tags,
        folder: draw.one(FOLDERS),
        password: password(&mut draw),
        note: draw.chance(30).then(|| draw.one(NOTES).repeat(1 + draw.below(3))),
        otp: draw.chance(15).then(|| otp(&mut draw, person)),
        fields,
        before: if draw.chance(20) {
            (0..1 + draw.below(3)).map(|_| password(&mut draw)).collect()
        } else {
            Vec::new()
        },
    }
}

/// A password as a generator makes one.
pub fn password(draw: &mut Repeatable) -> String {
    const LETTERS: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#$%&*+-=?@";
    let len = 10 + draw.below(15);
    (0..len).map(|_| char::from(draw.one(LETTERS))).collect()
}

fn otp(draw: &mut Repeatable, person: &str) -> String {
    let key: String = (0..32).map(|_| char::from(draw.one(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))).collect();
    format!("otpauth://totp/Example:{person}?secret={key}&issuer=Example")
}

/// RoboForm's CSV of the entries `from..to`.
pub fn roboform(from: usize, to: usize) -> String {
    let mut out = String::from("\u{feff}Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\r\n");
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    for one in (from..to).map(invent) {
        let folder = if one.folder.is_empty() { String::new() } else { format!("/{}", one.folder) };
        let cells = [
            quoted(&one.title),
            quoted(&one.urls[0]),
            quoted(&one.urls[0]),
            quoted(&one.username),
            quoted(&one.password),
            quoted(one.note.as_deref().unwrap_or("")),
            quoted(&folder),
            String::new(),
        ];
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}
