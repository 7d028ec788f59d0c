//! The report of an incident as Markdown: what happened when, what was affected, what was done, what
//! is left. It holds no password, old or new; it can be sent to the host's support as it is.

use super::{Lang, pick, state, step, word};
use crate::model::incident::{Incident, StepState, Task};
use crate::model::{Id, Kind};
use crate::ops::incident::{Plan, State};
use crate::text::{guide, sanitise, words};

/// What the report asks its caller for.
pub struct World<'a> {
    /// The title of an entry.
    pub title: &'a dyn Fn(Id) -> String,
    /// Its user name.
    pub username: &'a dyn Fn(Id) -> String,
    /// A time for people.
    pub time: &'a dyn Fn(u64) -> String,
    /// Now, ms.
    pub now_ms: u64,
}

impl std::fmt::Debug for World<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("World(..)")
    }
}

/// Text from outside as one line of Markdown that means only itself.
fn safe(text: &str) -> String {
    let line = sanitise::line(text);
    let mut out = String::with_capacity(line.len());
    for letter in line.chars() {
        if "\\`*_{}[]<>#|~!&".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// Makes the report.
pub fn report(incident: Incident<'_>, plan: &Plan, lang: Lang, world: &World<'_>) -> String {
    let title = |id: Id| safe(&(world.title)(id));
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    let name = super::name(incident, lang, &title);
    line(&format!("# {}: {name}", word(lang, "Taken-over account", "アカウントの乗っ取り")));
    line("");
    line(&format!("- {}: {}", word(lang, "Report of", "作成日時"), (world.time)(world.now_ms)));
    line(&format!("- {}: {}", word(lang, "Found", "気づいた日時"), (world.time)(incident.opened())));
    if incident.since() < incident.opened() {
        line(&format!(
            "- {}: {}",
            word(lang, "In other hands since about", "乗っ取られたと思われる時期"),
            (world.time)(incident.since())
        ));
    }
    if let Some(closed) = incident.closed() {
        line(&format!("- {}: {}", word(lang, "Closed", "対応の終了"), (world.time)(closed)));
    }
    for id in incident.broken() {
        let user = safe(&(world.username)(id));
        let user = if user.is_empty() { String::new() } else { format!(" ({user})") };
        line(&format!("- {}: {}{user}", word(lang, "Account", "アカウント"), title(id)));
    }
    if !incident.note().is_empty() {
        line("");
        for part in incident.note().lines() {
            line(&safe(part));
        }
    }
    line("");
    line(&format!("## {}", word(lang, "Time line", "経過")));
    line("");
    for (ms, said) in time_line(incident, plan, lang, &title) {
        line(&format!("- {} {said}", (world.time)(ms)));
    }
    line("");
    line(&format!("## {}", word(lang, "What was affected", "影響を受けたもの")));
    line("");
    for (at, one) in plan.steps.iter().enumerate().filter(|(_, one)| matches!(one.task, Task::Password(_))) {
        let reasons = super::reasons(one, lang, &title);
        let kind = kind_word(one.kind, lang);
        let joined = reasons.join(word(lang, "; ", "、"));
        line(&format!("{at}. {}{kind}: {joined}", step(one.task, lang, &title)));
    }
    let parts = [
        (word(lang, "What was done", "済んだこと"), false),
        (word(lang, "What is left", "残っていること"), true),
    ];
    for (heading, left) in parts {
        line("");
        line(&format!("## {heading}"));
        line("");
        let mut none = true;
        for one in plan.steps.iter().filter(|one| one.state.is_open() == left) {
            none = false;
            let when =
                one.since.filter(|_| !left).map_or(String::new(), |ms| format!(" {}", (world.time)(ms)));
            let note = if one.note.is_empty() { String::new() } else { format!(" ({})", safe(&one.note)) };
            line(&format!("- {}: {}{when}{note}", step(one.task, lang, &title), state(one.state, lang)));
            for item in one.topic.map_or(&[][..], guide::items) {
                if incident.is_ticked(one.task, item.id) {
                    line(&format!("  - [x] {}", item.text(lang)));
                }
            }
        }
        // - what was not looked at is not done, whatever the step says
        for one in plan.steps.iter().filter(|one| left && !one.state.is_open()) {
            if one.kept {
                none = false;
                line(&format!("- {}: {}", step(one.task, lang, &title), super::kept_short(lang)));
            }
            let items = guide::unticked(incident, one);
            if items.is_empty() {
                continue;
            }
            none = false;
            let name = step(one.task, lang, &title);
            line(&format!("- {name}: {}", super::unticked(items.len(), lang)));
            // - of the account that was broken into each of them counts
            for item in items.into_iter().filter(|_| one.broken) {
                line(&format!("  - [ ] {}", item.text(lang)));
            }
        }
        if none {
            line(word(lang, "Nothing.", "ありません。"));
        }
    }
    out
}

fn kind_word(kind: Kind, lang: Lang) -> String {
    match kind {
        Kind::Login => String::new(),
        other => format!(" ({})", words::kind(other, lang)),
    }
}

/// What happened, in the order of time.
fn time_line(
    incident: Incident<'_>,
    plan: &Plan,
    lang: Lang,
    title: &dyn Fn(Id) -> String,
) -> Vec<(u64, String)> {
    let name = |task: Task| step(task, lang, title);
    let mut all: Vec<(u64, String)> =
        vec![(incident.opened(), word(lang, "The plan was opened.", "対応を始めました。").to_owned())];
    for (ms, task, said) in incident.said() {
        let now = match said {
            StepState::ToDo => State::ToDo,
            StepState::Staged => State::Staged,
            StepState::Done => State::Done,
            StepState::Closed => State::Closed,
            StepState::Skipped => State::Skipped,
        };
        all.push((ms, format!("{}: {}", name(task), state(now, lang))));
    }
    // What the entries themselves tell: changed, staged or set by the host without a word of a person's.
    for one in &plan.steps {
        let Some(ms) = one.since.filter(|_| one.state != State::Skipped) else { continue };
        let said = format!("{}: {}", name(one.task), state(one.state, lang));
        if !all.iter().any(|(at, held)| *held == said && at.abs_diff(ms) < 60_000) {
            all.push((ms, said));
        }
    }
    // - also where one's own password has replaced it since
    for (ms, task) in plan.steps.iter().filter_map(|one| Some((one.forced?, one.task))) {
        let said = format!("{}: {}", name(task), state(State::Forced, lang));
        if !all.iter().any(|(_, held)| *held == said) {
            all.push((ms, said));
        }
    }
    if let Some(closed) = incident.closed() {
        all.push((closed, pick(lang, "The plan was closed.".to_owned(), "対応を終えました。".to_owned())));
    }
    all.sort_by_key(|(ms, _)| *ms);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_outside_stays_text() {
        assert_eq!(safe("a*b_[x](y)<br>|`"), "a\\*b\\_\\[x\\](y)\\<br\\>\\|\\`");
        assert_eq!(safe("# top\nnext"), "\\# top\\<LF\\>next");
    }
}
