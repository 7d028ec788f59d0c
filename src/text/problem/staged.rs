//! Why no staged change is meant, or none is made. `about` is the title; where several are open, the
//! list of them stands below it, a line each.

use super::{Problem, both, said};
use crate::ops::staged::StagedError;
use crate::text::Lang;

pub(super) fn staged(lang: Lang, error: &StagedError, about: &str) -> Problem {
    let (title, list) = about.split_once('\n').unwrap_or((about, ""));
    match error {
        StagedError::NoneOpen => both(
            lang,
            "E0611",
            said(
                format!("no change of a password is under way for '{title}'"),
                "mamori change ENTRY makes a new password beside the old one.",
            ),
            said(
                format!("「{title}」に変更中のパスワードはありません"),
                "mamori change アイテム で、今のパスワードの横に新しいものを作れます。",
            ),
        ),
        StagedError::AlreadyOpen(_) => both(
            lang,
            "E0612",
            said(
                format!("a change of the password of '{title}' is under way already; nothing was made"),
                "The new password: mamori get ENTRY#new. Then mamori change ENTRY --confirm, or --discard to begin again.",
            ),
            said(
                format!("「{title}」のパスワードはもう変更中です。何も作っていません"),
                "新しいパスワード: mamori get アイテム#new。そのあと mamori change アイテム --confirm、やり直すなら --discard としてください。",
            ),
        ),
        StagedError::Several(_) => both(
            lang,
            "E0613",
            said(
                format!("several new passwords wait for '{title}', for example from two machines"),
                format!(
                    "Try which one works (mamori get ENTRY#new1, #new2 ...), then name it with --which N:\n{list}"
                ),
            ),
            said(
                format!("「{title}」には変更中のパスワードが複数あります (2 台の機器で作った場合など)"),
                format!(
                    "どれでログインできるか試し (mamori get アイテム#new1、#new2 ...)、--which N で選んでください:\n{list}"
                ),
            ),
        ),
        StagedError::Same => both(
            lang,
            "E0614",
            said(format!("the new password of '{title}' is the one it has already"), "Nothing was changed."),
            said(format!("「{title}」の新しいパスワードが今のものと同じです"), "何も変更していません。"),
        ),
        StagedError::Empty => both(
            lang,
            "E0615",
            said(format!("the new password of '{title}' is empty"), "Nothing was changed."),
            said(format!("「{title}」の新しいパスワードが空です"), "何も変更していません。"),
        ),
    }
}
