//! Errors about lists of leaked passwords.

use super::{Problem, both, said};
use crate::platform::hibp::Unfit;
use crate::platform::hibp::filter::BuildError;
use crate::text::Lang;

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
    let (code, en, ja) = match unfit {
        Unfit::Io(kind) => {
            return super::vault::file(lang, kind, about);
        }
        Unfit::Foreign => {
            ("E0911", "not a list of password hashes", "パスワードのハッシュのリストではありません")
        }
        Unfit::Ntlm => ("E0912", "this is the NTLM list", "NTLM のリストです"),
        Unfit::Unsorted => ("E0913", "not sorted by hash", "ハッシュ順に並んでいません"),
        Unfit::Truncated => ("E0914", "cut off in the middle of a line", "行の途中で切れています"),
        Unfit::Part => ("E0915", "only a part of the list", "リストの一部しかありません"),
        Unfit::Damaged => ("E0916", "a damaged filter", "フィルターが壊れています"),
        Unfit::Newer => ("E0917", "a filter of a later mamori", "新しい mamori のフィルターです"),
    };
    let again = matches!(unfit, Unfit::Damaged | Unfit::Newer);
    let advice = if again {
        ("Make it again: mamori pwned build", "作り直してください: mamori pwned build")
    } else {
        (WHERE_EN, WHERE_JA)
    };
    both(lang, code, said(format!("{about}: {en}"), advice.0), said(format!("{about}: {ja}"), advice.1))
}
