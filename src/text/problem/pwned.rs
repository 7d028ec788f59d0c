//! Errors about lists of leaked passwords.

use super::{Problem, both, said};
use crate::platform::hibp::Unfit;
use crate::platform::hibp::filter::BuildError;
use crate::platform::hibp::range::Trouble;
use crate::text::{Lang, health};

pub(super) fn pwned(lang: Lang, error: BuildError, about: &str) -> Problem {
    const WHERE_EN: &str =
        "Needed is the SHA-1 list of Have I Been Pwned, sorted by hash, as its downloader writes it.";
    const WHERE_JA: &str =
        "Have I Been Pwned の SHA-1 リスト (ハッシュ順、公式ダウンローダーの形式) が必要です。";
    let unfit = match error {
        BuildError::List(unfit) => unfit,
        BuildError::Nothing => {
            return both(
                lang,
                "E0908",
                said(format!("{about}: no password was seen so often"), "Give a smaller --min-count."),
                said(
                    format!("{about}: その回数以上のパスワードがありません"),
                    "--min-count を小さくしてください。",
                ),
            );
        }
        BuildError::TooMany => {
            return both(
                lang,
                "E0909",
                said(
                    format!("{about}: too many passwords for one filter"),
                    "Give a larger --min-count, or --size.",
                ),
                said(
                    format!("{about}: 1 つのフィルターには多すぎます"),
                    "--min-count を大きくするか、--size を付けてください。",
                ),
            );
        }
        BuildError::Stopped => {
            return both(lang, "E0910", said("stopped", ""), said("中断しました", ""));
        }
    };
    let code = match unfit {
        Unfit::Io(kind) => return super::vault::file(lang, kind, about),
        Unfit::Foreign => "E0911",
        Unfit::Ntlm => "E0912",
        Unfit::Unsorted => "E0913",
        Unfit::Truncated => "E0914",
        Unfit::Part => "E0915",
        Unfit::Damaged => "E0916",
        Unfit::Newer => "E0917",
    };
    let (en, ja) = (health::unfit(unfit, Lang::En), health::unfit(unfit, Lang::Ja));
    let again = matches!(unfit, Unfit::Damaged | Unfit::Newer);
    let advice = if again {
        ("Make it again: mamori pwned build", "作り直してください: mamori pwned build")
    } else {
        (WHERE_EN, WHERE_JA)
    };
    both(lang, code, said(format!("{about}: {en}"), advice.0), said(format!("{about}: {ja}"), advice.1))
}

/// The range API cannot be asked at all.
pub(super) fn range(lang: Lang, trouble: Trouble, about: &str) -> Problem {
    let fact = |lang| format!("{about}: {}", health::trouble(trouble, lang));
    let (en, ja) = match trouble {
        Trouble::Address => (
            "It begins with https://; http:// is for this machine alone.",
            "https:// で始まるアドレスにしてください。http:// はこのコンピューターだけに使えます。",
        ),
        Trouble::Proxy => ("See https_proxy and all_proxy.", "https_proxy と all_proxy を確かめてください。"),
        _ => (
            "A list on this machine can be used instead: --pwned FILE.",
            "代わりにリストを使えます: --pwned ファイル",
        ),
    };
    both(lang, "E0918", said(fact(Lang::En), en), said(fact(Lang::Ja), ja))
}
