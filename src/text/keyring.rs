//! Why no key can be kept in the kernel's keyring, and what to do then.

use super::Lang;
use crate::platform::keyring::Unavailable;

/// What is so, and what to do, in whole sentences (the first without a full stop).
pub fn unavailable(lang: Lang, error: Unavailable) -> (String, String) {
    let (en, ja) = match error {
        Unavailable::NoSuchSystem => (
            (
                "not available: only Linux has a kernel keyring",
                "The password is asked each time. --password-command can fetch it from this system's own store.",
            ),
            (
                "使えません。カーネルのキーリングがあるのは Linux だけです",
                "パスワードは毎回たずねます。--password-command で、このシステムの保管場所から取り出すこともできます。",
            ),
        ),
        Unavailable::NotBuilt => (
            (
                "not available: this kernel has no keyring, or a container hides it",
                "The password is asked each time. --password-command can fetch it from elsewhere.",
            ),
            (
                "使えません。このカーネルにはキーリングがないか、コンテナーが隠しています",
                "パスワードは毎回たずねます。--password-command で、ほかの場所から取り出すこともできます。",
            ),
        ),
        Unavailable::Forbidden => (
            (
                "not available: a container or sandbox forbids the kernel keyring (seccomp)",
                "The password is asked each time. Run mamori outside of the container, or allow keyctl and add_key in its seccomp profile.",
            ),
            (
                "使えません。コンテナーなどがカーネルのキーリングを禁じています (seccomp)",
                "パスワードは毎回たずねます。コンテナーの外で使うか、seccomp の設定で keyctl と add_key を許してください。",
            ),
        ),
        Unavailable::Full => (
            (
                "not available: the kernel keyring of this user is full",
                "The password is asked each time. 'cat /proc/key-users' shows how many keys there are and may be.",
            ),
            (
                "使えません。このユーザーのキーリングがいっぱいです",
                "パスワードは毎回たずねます。鍵の数と上限は cat /proc/key-users で見られます。",
            ),
        ),
        Unavailable::Ended => (
            (
                "not available: the keyring of this login has ended",
                "Leave out --this-session, or log in anew.",
            ),
            (
                "使えません。このログインのキーリングは終わっています",
                "--this-session を付けないか、ログインし直してください。",
            ),
        ),
        Unavailable::NoSession => (
            (
                "not possible: this login has no keyring of its own, so nothing can be kept for it alone",
                "Leave out --this-session: then every login of this user on this machine can use the key.",
            ),
            (
                "できません。このログインだけのキーリングがないため、このログインだけで開けておくことはできません",
                "--this-session を付けないでください。その場合、この機械のこのユーザーのログインすべてで開きます。",
            ),
        ),
        Unavailable::Other(number) => {
            let said = match lang {
                Lang::En => (
                    format!("not available: the kernel keyring failed (error {number})"),
                    "The password is asked each time.",
                ),
                Lang::Ja => (
                    format!("使えません。カーネルのキーリングが失敗しました (エラー {number})"),
                    "パスワードは毎回たずねます。",
                ),
            };
            return (said.0, said.1.to_owned());
        }
    };
    let (fact, advice) = match lang {
        Lang::En => en,
        Lang::Ja => ja,
    };
    (fact.to_owned(), advice.to_owned())
}
