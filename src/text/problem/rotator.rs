//! Why a rotator cannot run, or did not do its work. `about` is the title of the entry, the program, or
//! the name of the rotator; of one that ended badly the title, and below it the entry for a shell.

use super::{Problem, both, said};
use crate::ops::rotation::rotator::{End, Unfit};
use crate::platform::rotator::StartError;
use crate::text::{Lang, sanitise};

pub(super) fn unfit(lang: Lang, error: &Unfit, about: &str) -> Problem {
    match error {
        Unfit::NoRotator => both(
            lang,
            "E0621",
            said(
                format!("no command is set up that could set the password of '{about}'"),
                "Set one up in the settings ([rotators.NAME], see mamori change --help), or without --rotate: mamori change ENTRY",
            ),
            said(
                format!("「{about}」のパスワードを設定するコマンドが決まっていません"),
                "設定の [rotators.名前] に書くか (mamori change --help)、--rotate なしで変更してください: mamori change アイテム",
            ),
        ),
        Unfit::Several(names) => both(
            lang,
            "E0622",
            said("several commands are for this entry", format!("Name one: --rotate={}", names.join(" | "))),
            said(
                "このアイテムのコマンドが複数あります",
                format!("1 つを選んでください: --rotate={}", names.join(" | ")),
            ),
        ),
        Unfit::NoSuch => both(
            lang,
            "E0623",
            said(
                format!("the settings have no command '{about}'"),
                "They are the tables [rotators.NAME]: mamori config path",
            ),
            said(
                format!("設定に「{about}」というコマンドはありません"),
                "設定の [rotators.名前] を見てください: mamori config path",
            ),
        ),
        Unfit::Placeholder(name) => both(
            lang,
            "E0624",
            said(
                format!("{name} is no placeholder"),
                "There are {user} {host} {url} {title} {id} {field:NAME}; passwords come on standard input.",
            ),
            said(
                format!("{name} は使えません"),
                "使えるのは {user} {host} {url} {title} {id} {field:名前} です。パスワードは標準入力で渡します。",
            ),
        ),
        Unfit::Empty(name) => both(
            lang,
            "E0625",
            said(
                format!("'{about}' has nothing for {{{name}}}"),
                "Fill it in: mamori edit ENTRY. Nothing was changed.",
            ),
            said(
                format!("「{about}」に {{{name}}} の値がありません"),
                "mamori edit アイテム で入力してください。何も変更していません。",
            ),
        ),
        Unfit::Unsafe(name) => both(
            lang,
            "E0626",
            said(
                format!("what '{about}' has for {{{name}}} could be read as an option or a command"),
                "Only letters, digits and _ . @ % + , : / = - are handed on. Nothing was changed.",
            ),
            said(
                format!("「{about}」の {{{name}}} の値は、オプションやコマンドと読まれるおそれがあります"),
                "渡せるのは文字、数字と _ . @ % + , : / = - だけです。何も変更していません。",
            ),
        ),
        Unfit::NotALine => both(
            lang,
            "E0627",
            said(
                format!("a password of '{about}' is not one line, so it cannot be handed to a command"),
                "The new one lies beside the old one. Set it by hand, then mamori change ENTRY --confirm",
            ),
            said(
                format!("「{about}」のパスワードが 1 行でないため、コマンドに渡せません"),
                "新しいものは今のものの横にあります。手で設定してから mamori change アイテム --confirm としてください。",
            ),
        ),
    }
}

pub(super) fn start(lang: Lang, error: &StartError, about: &str) -> Problem {
    match error {
        StartError::NotFound => both(
            lang,
            "E0631",
            said(
                format!("there is no program {about}"),
                "Write its whole path into the settings: mamori config path",
            ),
            said(
                format!("プログラム {about} がありません"),
                "設定には絶対パスで書いてください: mamori config path",
            ),
        ),
        StartError::Untrusted => both(
            lang,
            "E0632",
            said(
                format!(
                    "{about} is not run: it is no program, not yours or root's, or everybody may write it"
                ),
                format!("Look at it: ls -l {about}"),
            ),
            said(
                format!(
                    "{about} は実行しません。プログラムでないか、自分や root のものでないか、だれでも書き込めます"
                ),
                format!("確認してください: ls -l {about}"),
            ),
        ),
        StartError::Settings(weak) => {
            let weak = sanitise::line(&weak.display().to_string()).into_owned();
            both(
                lang,
                "E0635",
                said(
                    format!("no command of the settings is run: somebody else may write or own {weak}"),
                    format!(
                        "Whoever writes the settings could have every password sent anywhere. Look into them (mamori config path), then: chmod go-w {weak}"
                    ),
                ),
                said(
                    format!(
                        "設定にあるコマンドは実行しません。ほかのユーザーが {weak} を書き換えられるか、所有しています"
                    ),
                    format!(
                        "設定を書き換えられる人は、どのパスワードでも外へ送れます。中身を確かめ (mamori config path)、閉じてください: chmod go-w {weak}"
                    ),
                ),
            )
        }
        StartError::Failed(_) => both(
            lang,
            "E0633",
            said(format!("{about} could not be started"), "The new password lies beside the old one."),
            said(format!("{about} を実行できませんでした"), "新しいパスワードは今のものの横にあります。"),
        ),
    }
}

pub(super) fn ended(lang: Lang, end: End, about: &str) -> Problem {
    let (title, entry) = about.split_once('\n').unwrap_or((about, "ENTRY"));
    let (en, ja) = match end {
        End::Code(code) => (
            format!("the command for '{title}' ended with code {code}"),
            format!("「{title}」のコマンドが終了コード {code} で終わりました"),
        ),
        End::Signal(signal) => (
            format!("the command for '{title}' was killed (signal {signal})"),
            format!("「{title}」のコマンドが強制終了されました (シグナル {signal})"),
        ),
        End::TimedOut => (
            format!("the command for '{title}' took too long and was ended"),
            format!("「{title}」のコマンドが時間内に終わらず、止めました"),
        ),
        End::Asked => (
            format!("the command for '{title}' asked something on the terminal and was ended"),
            format!("「{title}」のコマンドが端末で何かをたずねたため、止めました"),
        ),
        End::Stopped => {
            (format!("the command for '{title}' was stopped"), format!("「{title}」のコマンドを止めました"))
        }
    };
    both(
        lang,
        "E0634",
        said(
            en,
            format!(
                "The new password lies beside the old one; which of them the host has is not known. Try the new one \
                 (mamori get {entry}#new). If it works: mamori change {entry} --confirm. If not: --rotate again, or --discard."
            ),
        ),
        said(
            ja,
            format!(
                "新しいパスワードは今のものの横にあります。設定先がどちらかは分かりません。新しいもの (mamori get {entry}#new) を\
                 試し、使えれば mamori change {entry} --confirm、使えなければ --rotate でもう一度か --discard としてください。"
            ),
        ),
    )
}
