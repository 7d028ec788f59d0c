//! Why no incident, or no step of one, is meant.

use super::{Problem, both, said};
use crate::ops::incident::StepError;
use crate::text::Lang;

pub(super) fn step(lang: Lang, error: &StepError) -> Problem {
    match error {
        StepError::NoIncident => both(
            lang,
            "E0521",
            said(
                "no incident is open",
                "Open one: mamori incident open ENTRY. Closed ones: mamori incident list --all",
            ),
            said(
                "対応中の乗っ取りはありません",
                "始めるには: mamori incident open アイテム。終えたものは: mamori incident list --all",
            ),
        ),
        StepError::NotOfEntry => both(
            lang,
            "E0522",
            said("no incident is about this entry", "mamori incident list --all shows all of them."),
            said("このアイテムの乗っ取り対応はありません", "mamori incident list --all で一覧を見られます。"),
        ),
        StepError::Several(ids) => {
            let list: Vec<String> = ids.iter().map(ToString::to_string).collect();
            let list = list.join("\n");
            both(
                lang,
                "E0523",
                said(
                    "several incidents fit",
                    format!("Name one by its entry or by its id (mamori incident list names them):\n{list}"),
                ),
                said(
                    "あてはまる乗っ取り対応が複数あります",
                    format!("アイテムか id で指定してください (一覧: mamori incident list):\n{list}"),
                ),
            )
        }
        StepError::AlreadyOpen => both(
            lang,
            "E0524",
            said("an incident is open for this entry already", "mamori incident show ENTRY goes on with it."),
            said(
                "このアイテムの乗っ取り対応は、もう始まっています",
                "mamori incident show アイテム で続けられます。",
            ),
        ),
        StepError::NoStep { steps } => both(
            lang,
            "E0525",
            said(
                "there is no such step",
                format!("Steps are numbered 0 to {}: mamori incident show", steps.saturating_sub(1)),
            ),
            said(
                "その手順はありません",
                format!("手順は 0 から {} までです: mamori incident show", steps.saturating_sub(1)),
            ),
        ),
        StepError::NoAccount => both(
            lang,
            "E0526",
            said("this step is about no account", "It can be done, skipped, or be to do again."),
            said("この手順にアカウントはありません", "済み、見送り、やり直しのどれかにできます。"),
        ),
        StepError::Forced => both(
            lang,
            "E0527",
            said(
                "the host has set this password, so the step stays open",
                "Stage one of your own (--staged), set it at the site, then --done. Or --skip WHY.",
            ),
            said(
                "サーバー会社が設定したパスワードのままなので、この手順は終わりません",
                "--staged で自分のパスワードを作り、サイトで設定してから --done としてください。または --skip 理由",
            ),
        ),
        StepError::SeveralStaged => both(
            lang,
            "E0528",
            said(
                "two passwords are staged for this entry, one from each of two machines",
                "Try which one works, then confirm that one in the full-screen program (c) and discard the other.",
            ),
            said(
                "このアイテムには、2 台で別々に作った変更中のパスワードがあります",
                "どちらでログインできるか試し、全画面の c で一方を確定し、もう一方を取り消してください。",
            ),
        ),
    }
}
