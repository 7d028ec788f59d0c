//! What `change` reports and asks, in both languages.

use crate::text::Lang;

/// The sentences. What comes from outside is made safe by whoever prints them.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct Lines {
    pub ask_new: fn(title: &str) -> String,
    pub ask_forced: fn(title: &str) -> String,
    pub staged: fn(title: &str, strength: Option<String>) -> String,
    pub confirmed: fn(title: &str) -> String,
    pub discarded: fn(title: &str) -> String,
    pub forced: fn(title: &str) -> String,
    /// So many staged passwords are left.
    pub more_wait: fn(count: usize) -> String,
    /// What to do next with one, with several; `entry` is ready for a shell.
    pub next: fn(entry: &str) -> String,
    pub next_all: fn(entries: &str) -> String,
    pub next_forced: fn(entry: &str) -> String,
}

/// The sentences of a language.
pub fn lines(lang: Lang) -> &'static Lines {
    match lang {
        Lang::En => &EN,
        Lang::Ja => &JA,
    }
}

const EN: Lines = Lines {
    ask_new: |title| format!("New password of '{title}': "),
    ask_forced: |title| format!("The password that the host has set for '{title}': "),
    staged: |title, strength| match strength {
        Some(strength) => format!("'{title}': a new password lies beside the old one: {strength}."),
        None => format!("'{title}': the new password lies beside the old one."),
    },
    confirmed: |title| {
        format!("'{title}': the new password is the current one; the old one is in the history.")
    },
    discarded: |title| format!("'{title}': the new password was dropped; the old one stays."),
    forced: |title| format!("'{title}': recorded as the current password; the old one is in the history."),
    more_wait: |count| match count {
        1 => "Another new password still waits for it.".to_owned(),
        count => format!("{count} other new passwords still wait for it."),
    },
    next: |entry| {
        format!(
            "Set it at the site (mamori get -c {entry}#new; the old one: mamori get -c {entry}), log in with it, then:\n  \
             mamori change {entry} --confirm    or, to drop it: --discard"
        )
    },
    next_all: |entries| {
        format!(
            "Set each at its site (mamori get -c ENTRY#new), log in with it, then:\n  \
             mamori change {entries} --confirm    or, to drop them: --discard"
        )
    },
    next_forced: |entry| {
        format!("Somebody else knows this one. Replace it with one of your own: mamori change {entry}")
    },
};

const JA: Lines = Lines {
    ask_new: |title| format!("「{title}」の新しいパスワード: "),
    ask_forced: |title| format!("「{title}」にサーバー会社が設定したパスワード: "),
    staged: |title, strength| match strength {
        Some(strength) => format!("「{title}」の新しいパスワードを、今のものの横に作りました: {strength}。"),
        None => format!("「{title}」の新しいパスワードを、今のものの横に置きました。"),
    },
    confirmed: |title| {
        format!("「{title}」のパスワードを新しいものに切り替えました。前のものは履歴にあります。")
    },
    discarded: |title| format!("「{title}」の新しいパスワードを取り消しました。今のものはそのままです。"),
    forced: |title| format!("「{title}」の今のパスワードとして記録しました。前のものは履歴にあります。"),
    more_wait: |count| format!("変更中のパスワードが、まだ {count} 件残っています。"),
    next: |entry| {
        format!(
            "サイトで設定し (mamori get -c {entry}#new、今のものは mamori get -c {entry})、ログインできたら:\n  \
             mamori change {entry} --confirm    取り消すなら --discard"
        )
    },
    next_all: |entries| {
        format!(
            "それぞれのサイトで設定し (mamori get -c アイテム#new)、ログインできたら:\n  \
             mamori change {entries} --confirm    取り消すなら --discard"
        )
    },
    next_forced: |entry| {
        format!("ほかの人も知っているパスワードです。自分のものに替えてください: mamori change {entry}")
    },
};

/// What `--rotate` reports.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct Rotate {
    pub running: fn(rotator: &str, title: &str) -> String,
    pub done: fn(title: &str) -> String,
    pub not_shown: &'static str,
    pub set_but_unsaved: fn(title: &str, entry: &str) -> String,
}

/// The sentences of a language.
pub fn rotate_lines(lang: Lang) -> &'static Rotate {
    match lang {
        Lang::En => &ROTATE_EN,
        Lang::Ja => &ROTATE_JA,
    }
}

const ROTATE_EN: Rotate = Rotate {
    running: |rotator, title| {
        format!("'{title}': the new password is saved beside the old one; running {rotator} ...")
    },
    done: |title| format!("'{title}': set at the host and confirmed; the old one is in the history."),
    not_shown: "(its output is not shown: it could hold a password of less than four characters)",
    set_but_unsaved: |title, entry| {
        format!(
            "'{title}': the host has the new password, but that could not be saved. It lies beside the old one: \
             mamori change {entry} --confirm"
        )
    },
};

const ROTATE_JA: Rotate = Rotate {
    running: |rotator, title| {
        format!("「{title}」の新しいパスワードを今のものの横に保存しました。{rotator} を実行中...")
    },
    done: |title| format!("「{title}」のパスワードを設定先に入れ、確定しました。前のものは履歴にあります。"),
    not_shown: "(4 文字未満のパスワードが含まれるおそれがあるため、出力は表示しません)",
    set_but_unsaved: |title, entry| {
        format!(
            "「{title}」: 設定先には新しいパスワードが入りましたが、保管庫に保存できませんでした。今のものの横に\
             あります: mamori change {entry} --confirm"
        )
    },
};

/// What `helpers install` reports and asks.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct Helpers {
    pub installed: fn(folder: &str, names: &str) -> String,
    pub replace: fn(names: &str) -> String,
}

/// The sentences of a language.
pub fn helper_lines(lang: Lang) -> &'static Helpers {
    match lang {
        Lang::En => &HELPERS_EN,
        Lang::Ja => &HELPERS_JA,
    }
}

const HELPERS_EN: Helpers = Helpers {
    installed: |folder, names| {
        format!(
            "Written into {folder}: {names}\nTheir first lines say what to write into the settings (mamori config path)."
        )
    },
    replace: |names| format!("These are there and differ: {names}. Replace them?"),
};

const HELPERS_JA: Helpers = Helpers {
    installed: |folder, names| {
        format!(
            "{folder} に書き出しました: {names}\n設定 (mamori config path) の書き方は、それぞれの先頭にあります。"
        )
    },
    replace: |names| format!("内容の違うものがあります: {names}。置き換えますか。"),
};

/// What is said of password rules.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct RuleLines {
    pub unknown_site: fn(host: &str) -> String,
    /// Label in `show`.
    pub label: &'static str,
}

/// The sentences of a language.
pub fn rule_lines(lang: Lang) -> &'static RuleLines {
    match lang {
        Lang::En => &RULES_EN,
        Lang::Ja => &RULES_JA,
    }
}

const RULES_EN: RuleLines = RuleLines {
    unknown_site: |host| {
        format!("no rule is known for {host}\nGive it with --rules, or keep it in the settings ([rules]).")
    },
    label: "Password rule",
};

const RULES_JA: RuleLines = RuleLines {
    unknown_site: |host| {
        format!("{host} の規則は分かりません\n--rules で指定するか、設定の [rules] に書いてください。")
    },
    label: "パスワードの規則",
};
