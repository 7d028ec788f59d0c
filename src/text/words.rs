//! Words that both faces use: kinds of entries and the names of their fields.

use super::Lang;
use crate::model::Kind;

/// A kind, as a label.
pub fn kind(kind: Kind, lang: Lang) -> &'static str {
    let (en, ja) = match kind {
        Kind::Login => ("Login", "ログイン"),
        Kind::Mailbox => ("Mailbox", "メール"),
        Kind::Server => ("Server", "サーバー"),
        Kind::Database => ("Database", "データベース"),
        Kind::Domain => ("Domain", "ドメイン"),
        Kind::Website => ("Website", "サイト管理"),
        Kind::Card => ("Card", "カード"),
        Kind::BankAccount => ("Bank account", "銀行口座"),
        Kind::Identity => ("Identity", "個人情報"),
        Kind::SshKey => ("SSH key", "SSH 鍵"),
        Kind::ApiToken => ("API token", "API トークン"),
        Kind::Note => ("Note", "メモ"),
        Kind::Other(_) => ("Other", "その他"),
    };
    match lang {
        Lang::En => en,
        Lang::Ja => ja,
    }
}

/// A field of a kind by its stable name ([`Kind::fields`]); none for a name that a person chose.
pub fn field(name: &str, lang: Lang) -> Option<&'static str> {
    let (en, ja) = match name {
        "imap" => ("IMAP", "IMAP"),
        "smtp" => ("SMTP", "SMTP"),
        "webmail" => ("Webmail", "Web メール"),
        "host" => ("Host", "ホスト"),
        "port" => ("Port", "ポート"),
        "provider" => ("Provider", "事業者"),
        "contract" => ("Contract", "契約番号"),
        "database" => ("Database", "データベース"),
        "registrar" => ("Registrar", "レジストラー"),
        "nameservers" => ("Name servers", "ネームサーバー"),
        "auth-code" => ("Auth code", "認証コード"),
        "admin-url" => ("Admin page", "管理画面"),
        "software" => ("Software", "ソフトウェア"),
        "holder" => ("Holder", "名義"),
        "number" => ("Number", "番号"),
        "valid-to" => ("Valid to", "有効期限"),
        "security-code" => ("Security code", "セキュリティコード"),
        "pin" => ("PIN", "暗証番号"),
        "bank" => ("Bank", "金融機関"),
        "branch" => ("Branch", "支店"),
        "account-type" => ("Account type", "種別"),
        "account-number" => ("Account number", "口座番号"),
        "name" => ("Name", "氏名"),
        "reading" => ("Reading", "よみ"),
        "birthday" => ("Birthday", "生年月日"),
        "address" => ("Address", "住所"),
        "phone" => ("Phone", "電話番号"),
        "mail" => ("Mail address", "メールアドレス"),
        "public-key" => ("Public key", "公開鍵"),
        "private-key" => ("Private key", "秘密鍵"),
        "fingerprint" => ("Fingerprint", "フィンガープリント"),
        "token" => ("Token", "トークン"),
        "scope" => ("Scope", "権限の範囲"),
        _ => return None,
    };
    Some(match lang {
        Lang::En => en,
        Lang::Ja => ja,
    })
}

/// The title of a copy: the number of it behind what it is a copy of.
pub fn copy_title(base: &str, number: usize, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{base} ({number})"),
        Lang::Ja => format!("{base}（{number}）"),
    }
}

/// How long, in days, hours, minutes and seconds: `1 hour 30 minutes`, `1 時間 30 分`.
pub fn span(lang: Lang, time: std::time::Duration) -> String {
    let all = time.as_secs();
    let parts = [
        (all / 86_400, "day", "日"),
        (all / 3600 % 24, "hour", "時間"),
        (all / 60 % 60, "minute", "分"),
        (all % 60, "second", "秒"),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, en, ja)| match lang {
            Lang::En => format!("{count} {en}{}", if count == 1 { "" } else { "s" }),
            Lang::Ja => format!("{count} {ja}"),
        })
        .collect();
    said.join(" ")
}

/// Bytes as people read them: `812 B`, `12.4 KiB`.
pub fn bytes(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    UNITS.into_iter().find(|(unit, _)| bytes >= *unit).map_or_else(
        || format!("{bytes} B"),
        |(unit, name)| {
            let tenths = bytes.saturating_mul(10) / unit;
            format!("{}.{} {name}", tenths / 10, tenths % 10)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_their_unit() {
        let sizes = [0, 1023, 1024, 12_700, 5 << 20, 3 << 30, 3 << 40].map(bytes);
        assert_eq!(sizes, ["0 B", "1023 B", "1.0 KiB", "12.4 KiB", "5.0 MiB", "3.0 GiB", "3072.0 GiB"]);
    }

    #[test]
    fn a_span_names_only_what_is_in_it() {
        let span = |seconds| {
            [Lang::En, Lang::Ja].map(|lang| super::span(lang, std::time::Duration::from_secs(seconds)))
        };
        assert_eq!(span(5400), ["1 hour 30 minutes", "1 時間 30 分"]);
        assert_eq!(span(90_061), ["1 day 1 hour 1 minute 1 second", "1 日 1 時間 1 分 1 秒"]);
        assert_eq!(span(600), ["10 minutes", "10 分"]);
    }

    #[test]
    fn every_field_of_every_kind_has_a_label() {
        for kind in Kind::ALL {
            for known in kind.fields() {
                assert!(field(known.name, Lang::Ja).is_some(), "{}", known.name);
            }
        }
    }
}
