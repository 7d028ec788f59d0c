//! Findings about the terminal and the way to the clipboard.

use super::{Said, pick};
use crate::doctor::Finding;
use crate::platform::clipboard::{Reason, Route};
use crate::text::{Lang, catalog};

pub(super) fn said(lang: Lang, finding: &Finding) -> Said {
    use Finding as F;
    match finding {
        F::NotATerminal => pick(
            lang,
            ("not run in a terminal, so none was asked", "Run it in the one that you use."),
            ("端末で実行されていないため、端末は調べていません", "ふだん使う端末で実行してください。"),
        ),
        F::TerminalAnswers(name) => {
            pick(lang, (format!("it answers ({name})"), ""), (format!("問い合わせに答えます ({name})"), ""))
        }
        F::TerminalSilent(name) => pick(
            lang,
            (
                format!("it does not say what it can ({name})"),
                "It is taken to be an ordinary one; the first start of a screen waits half a second.",
            ),
            (
                format!("端末が、何ができるかを答えません ({name})"),
                "ふつうの端末として扱います。画面が出るまで、0.5 秒ほど待つことがあります。",
            ),
        ),
        F::LinesWide => pick(
            lang,
            (
                "it draws lines two cells wide",
                "Frames are drawn in ASCII. A setting for ambiguous width in the terminal changes that.",
            ),
            (
                "罫線を 2 文字分の幅で描きます",
                "枠は ASCII の文字で描きます。端末の「曖昧な幅の文字」の設定で変えられます。",
            ),
        ),
        F::ColoursOff => pick(
            lang,
            ("without colours, as asked (NO_COLOR or the settings)", ""),
            ("色を使いません (NO_COLOR か設定のとおり)", ""),
        ),
        F::LocaleUtf8 => pick(lang, ("the locale is UTF-8", ""), ("ロケールは UTF-8 です", "")),
        F::LocalePlain => pick(
            lang,
            ("the locale names no encoding; UTF-8 is taken", ""),
            ("ロケールに文字コードの指定はありません。UTF-8 として扱います", ""),
        ),
        F::LocaleForeign(codeset) => pick(
            lang,
            (
                format!("the locale is {codeset}, and mamori writes UTF-8"),
                "Set LANG=ja_JP.UTF-8 (or C.UTF-8) where letters come out wrong.",
            ),
            (
                format!("ロケールは {codeset} ですが、mamori は UTF-8 で出力します"),
                "文字化けするときは LANG=ja_JP.UTF-8 にしてください。",
            ),
        ),
        F::Copy(route) => copy(lang, *route),
        F::TmuxNotWatched => pick(
            lang,
            (
                "in tmux, and the vault stays open when nobody is attached (lock_on_detach is off)",
                "A dropped connection then leaves it open until the idle time is over.",
            ),
            (
                "tmux の中ですが、誰も見ていなくても保管庫を開いたままにします (lock_on_detach がオフ)",
                "接続が切れても、操作しない時間が過ぎるまで開いたままです。",
            ),
        ),
        // - the others are taken above
        _ => pick(
            lang,
            ("in tmux: the vault is locked when nobody is attached any more", ""),
            ("tmux の中です。誰も見ていなくなると、保管庫をロックします", ""),
        ),
    }
}

fn copy(lang: Lang, route: Route) -> Said {
    let words = (catalog(lang).tui.page.about.route)(route);
    let fact = match lang {
        Lang::En => format!("copies go: {words}"),
        Lang::Ja => format!("コピーの行き先: {words}"),
    };
    let (en, ja) = match route {
        Route::None(Reason::TmuxOff) => (
            "In ~/.tmux.conf: set -s set-clipboard on. 'get' without -c prints the secret.",
            "~/.tmux.conf に set -s set-clipboard on と書いてください。-c を付けない mamori get なら、画面に出せます。",
        ),
        Route::None(_) => (
            "'mamori get' without -c prints the secret; v shows it in the full-screen program.",
            "-c を付けない mamori get か、画面の v で、秘密を表示できます。",
        ),
        Route::Tmux { nested: true } => (
            "Delete the buffer there: tmux delete-buffer",
            "外側の tmux に残ったら、そこで消してください: tmux delete-buffer",
        ),
        _ => ("", ""),
    };
    let advice = match lang {
        Lang::En => en,
        Lang::Ja => ja,
    };
    (fact, advice.to_owned())
}
