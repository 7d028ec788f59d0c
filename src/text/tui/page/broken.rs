//! A vault file that is found damaged or gone, in both languages.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Title of the question.
    pub title: &'static str,
    /// The vault's file is damaged: its name.
    pub broken: fn(&str) -> String,
    /// It is gone.
    pub gone: fn(&str) -> String,
    /// It was damaged, and a backup was opened in its place: its name, when that was made, how long ago.
    pub instead: fn(&str, &str, &str) -> String,
    /// The same, and the backup is from before a password change.
    pub older: fn(&str, &str, &str) -> String,
    /// The newest backup is another one, of that time: what was typed does not open it. The key that locks.
    pub newer: fn(&str, &str) -> String,
    /// Act: write what is open anew.
    pub rewrite: &'static str,
}

/// English.
pub const EN: Text = Text {
    title: "The file on the disk",
    broken: |name| {
        format!(
            "{name} is damaged: the disk or another program changed it. What is open here is whole. Written anew, the damaged file stays beside it with .damaged in its name."
        )
    },
    gone: |name| {
        format!("{name} is gone from its folder. What is open here is whole and can be written again.")
    },
    instead: |name, time, age| {
        format!(
            "{name} is damaged, so the backup of {time} ({age}) is open. Written anew it becomes the vault; the damaged file stays beside it with .damaged in its name."
        )
    },
    older: |name, time, age| {
        format!(
            "{name} is damaged, and what you typed is a former master password. It opens the backup of {time} ({age}), from before the password was changed. That is only read, and nothing is written over the damaged file."
        )
    },
    newer: |time, key| {
        format!(
            "There is a newer backup, of {time}: the present master password opens it. {key} locks; then type that one."
        )
    },
    rewrite: "Write what is open here",
};

/// Japanese.
pub const JA: Text = Text {
    title: "ディスク上のファイル",
    broken: |name| {
        format!(
            "{name} が壊れています（ディスクの故障か、ほかのプログラムの書き換え）。ここに開いている内容は無事です。書き直すと、壊れたファイルは名前に .damaged を付けて残します。"
        )
    },
    gone: |name| format!("{name} がなくなっています。ここに開いている内容は無事で、もう一度書けます。"),
    instead: |name, time, age| {
        format!(
            "{name} が壊れているので、{time} のバックアップ ({age}) を開きました。書き直すと、これが保管庫になります。壊れたファイルは名前に .damaged を付けて残します。"
        )
    },
    older: |name, time, age| {
        format!(
            "{name} が壊れています。入力されたのは前のマスターパスワードなので、それで開ける {time} のバックアップ ({age}) を開きました。パスワード変更より前のものです。読むだけで、壊れたファイルには何も書きません。"
        )
    },
    newer: |time, key| {
        format!(
            "もっと新しい {time} のバックアップがあります。今のマスターパスワードで開きます。{key} でロックしてから、それを入れてください。"
        )
    },
    rewrite: "開いている内容で書き直す",
};
