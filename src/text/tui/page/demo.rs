//! The demo, in both languages.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// In the header of every screen.
    pub banner: &'static str,
    /// Under the password field of the locked demo.
    pub unlock: &'static str,
}

/// English.
pub const EN: Text = Text {
    banner: "DEMO: nothing is saved",
    unlock: "Enter opens the demo again; it needs no password. Ctrl-C quits and leaves nothing behind.",
};

/// Japanese.
pub const JA: Text = Text {
    banner: "デモ: 何も保存されません",
    unlock: "Enter でもう一度開きます (パスワード不要)。Ctrl-C で終わり、何も残りません。",
};
