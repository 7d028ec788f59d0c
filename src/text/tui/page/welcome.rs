//! The first run, in both languages.

use crate::tui::screen::create::Wish;

/// The test of the clipboard.
#[derive(Debug)]
pub struct Clip {
    /// Its name.
    pub title: &'static str,
    /// What the word is called in the toast.
    pub word: &'static str,
    /// What to do.
    pub explain: &'static str,
    /// Label of the field.
    pub paste: &'static str,
    /// The row for when nothing comes.
    pub nothing: &'static str,
    /// The word came.
    pub arrived: &'static str,
    /// Something else came.
    pub other: &'static str,
    /// Nothing was copied here: what to do instead.
    pub refused: &'static str,
    /// What that means.
    pub nothing_came: &'static str,
    /// What to set in tmux.
    pub tmux: &'static str,
    /// What terminals do.
    pub terminals: &'static str,
}

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
    /// Above the choices.
    pub begin: &'static str,
    /// A choice, and what it means.
    pub choice: fn(Wish) -> (&'static str, &'static str),
    /// Title of the steps for an account that was taken over.
    pub taken: &'static str,
    /// On to the accounts.
    pub accounts: &'static str,
    /// What to type there.
    pub accounts_hint: &'static str,
    /// Label of where it is.
    pub account_title: &'static str,
    /// Label of the user name.
    pub account_user: &'static str,
    /// Label of the password.
    pub account_password: &'static str,
    /// The row that adds.
    pub account_add: &'static str,
    /// The row that goes on, with the number added.
    pub account_go_on: fn(usize) -> String,
    /// The row that makes a master password.
    pub make: &'static str,
    /// The row that makes another one.
    pub make_again: &'static str,
    /// What to do with what was made.
    pub write_down: &'static str,
    /// Instead of what was made, while it is typed.
    pub on_paper: &'static str,
    /// Label of the field to type it in from paper.
    pub from_paper: &'static str,
    /// Everything typed is a capital.
    pub caps_lock: &'static str,
    /// The test of the clipboard.
    pub clip: Clip,
}

/// English.
pub const EN: Text = Text {
    title: "Welcome to mamori",
    begin: "What would you like to begin with?",
    choice: |wish| match wish {
        Wish::Create => {
            ("A new vault", "An empty, encrypted file on this computer. You add passwords one by one.")
        }
        Wish::Import => (
            "Import from another program",
            "Makes a vault, then takes in the file that RoboForm or another program exported (CSV). The file itself is left as it is.",
        ),
        Wish::Demo => {
            ("Just look around", "A made-up vault of forty entries, in memory only. Nothing is saved.")
        }
        Wish::Taken => (
            "An account was taken over",
            "What to do in which order, and which of your other accounts share its password.",
        ),
    },
    taken: "An account was taken over",
    accounts: "Enter: go on to your accounts",
    accounts_hint: "Type what matters most, or go on and import a file. What falls together is found next.",
    account_title: "Site or service",
    account_user: "User name",
    account_password: "Password now",
    account_add: "Add this account",
    account_go_on: |added| match added {
        0 => "Go on without: a file can be imported".to_owned(),
        added => format!("Go on ({added} added)"),
    },
    make: "Make one for me: five words",
    make_again: "Written down: go on (Ctrl-R makes another)",
    write_down: "Write these words on paper now, hyphens included. You will type them once from there.",
    on_paper: "(hidden: read it from your paper)",
    from_paper: "From your paper",
    caps_lock: "All capitals so far: is Caps Lock on?",
    clip: Clip {
        title: "Clipboard test",
        word: "Test word",
        explain: "This harmless word was copied. Paste it below as you paste elsewhere (Ctrl-Shift-V, Shift-Insert or the right mouse button):",
        paste: "Paste here",
        nothing: "Nothing arrives",
        arrived: "It arrived: copies work here. Enter closes.",
        other: "Something else came: what was copied before. Paste again, or choose the row below.",
        refused: "So there is nothing to paste. v shows a secret and V spells it out; both need no clipboard.",
        nothing_came: "Then v shows a secret and V spells it out; both need no clipboard. This is remembered for this terminal.",
        tmux: "In tmux 3.2 or newer copies pass with: tmux set -s set-clipboard on",
        terminals: "Windows Terminal, iTerm2 (once allowed), kitty, WezTerm, foot, Alacritty and Ghostty take copies; GNOME Terminal and others built on VTE, and macOS Terminal do not.",
    },
};

/// Japanese.
pub const JA: Text = Text {
    title: "mamori へようこそ",
    begin: "どれから始めますか?",
    choice: |wish| match wish {
        Wish::Create => ("新しい保管庫", "このPCに空の保管庫を作り、パスワードを一つずつ加えます。"),
        Wish::Import => (
            "ほかのソフトから取り込む",
            "保管庫を作ってから、RoboForm などが書き出したファイル (CSV) を取り込みます。元のファイルはそのまま残ります。",
        ),
        Wish::Demo => {
            ("試しに見てみる", "作りものの 40 件の保管庫です。メモリーの中だけで、何も保存しません。")
        }
        Wish::Taken => {
            ("乗っ取られたかもしれない", "何をどの順にするか、同じパスワードがほかのどこにあるかを示します。")
        }
    },
    taken: "乗っ取られたかもしれない",
    accounts: "Enter: アカウントの入力へ",
    accounts_hint: "大事なものから入力します。空のまま進み、ファイルを取り込めます。",
    account_title: "サイト・サービス",
    account_user: "ユーザー名",
    account_password: "今のパスワード",
    account_add: "このアカウントを加える",
    account_go_on: |added| match added {
        0 => "入力せずに次へ: 後でファイルを取り込めます".to_owned(),
        added => format!("次へ ({added} 件)"),
    },
    make: "作ってもらう: 五つの単語",
    make_again: "書き取った: 次へ (Ctrl-R で別のもの)",
    write_down: "この単語をハイフンも含めて紙に書き、次にそれを見て一度入力します。",
    on_paper: "(非表示: 紙を見てください)",
    from_paper: "紙を見て入力",
    caps_lock: "大文字ばかりです。Caps Lock がオンではありませんか?",
    clip: Clip {
        title: "クリップボードの確認",
        word: "確認用の言葉",
        explain: "無害な言葉をコピーしました。いつもの方法 (Ctrl-Shift-V、Shift-Insert、マウスの右ボタン) で下に貼り付けてください:",
        paste: "ここに貼り付け",
        nothing: "何も届かない",
        arrived: "届きました。ここではコピーが使えます。Enter で閉じます。",
        other: "別のものが届きました (前にコピーしたもの)。もう一度貼り付けるか、下の行を選びます。",
        refused: "貼り付けるものがありません。秘密は v で表示、V で一文字ずつ見られます。",
        nothing_came: "その場合は v で表示し、V で一文字ずつ見られます。この端末の結果として覚えておきます。",
        tmux: "tmux 3.2 以降なら次の設定で届きます: tmux set -s set-clipboard on",
        terminals: "Windows Terminal、iTerm2 (許可後)、kitty、WezTerm、foot、Alacritty、Ghostty は受け取ります。GNOME Terminal など VTE を使う端末と macOS のターミナルは受け取りません。",
    },
};
