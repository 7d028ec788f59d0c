//! The trash, in both languages.

use crate::tui::notice::TrashTold;

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
    /// It is empty.
    pub empty: &'static str,
    /// How something gets there.
    pub empty_advice: &'static str,
    /// Enter: restores.
    pub restores: &'static str,
    /// Enter: restores so many.
    pub restores_these: fn(usize) -> String,
    /// Deletes for ever.
    pub purge: &'static str,
    /// The same as a title and a row.
    pub button: &'static str,
    /// Space: marks.
    pub marks: &'static str,
    /// So many entries.
    pub these: fn(usize) -> String,
    /// It cannot be undone.
    pub for_ever: &'static str,
    /// Where it stays yet.
    pub backups: &'static str,
    /// What is told.
    pub told: fn(TrashTold) -> String,
}

/// English.
pub const EN: Text = Text {
    title: "Trash",
    empty: "The trash is empty.",
    empty_advice: "What you throw away with d comes here. Nothing is deleted by itself.",
    restores: "restore",
    restores_these: |count| format!("restore {count}"),
    purge: "delete for ever",
    button: "Delete for ever",
    marks: "mark",
    these: |count| format!("{count} entries"),
    for_ever: "Every password and note of it goes, the history too. This cannot be undone.",
    backups: "Backups of the vault keep it until they are replaced.",
    told: |told| match told {
        TrashTold::Restored(1) => "Restored. z undoes.".to_owned(),
        TrashTold::Restored(count) => format!("{count} entries restored. z undoes."),
        TrashTold::Purged(1) => "Deleted for ever.".to_owned(),
        TrashTold::Purged(count) => format!("{count} entries deleted for ever."),
        TrashTold::NotTheWord => "That is not what was to be typed. Nothing was deleted.".to_owned(),
    },
};

/// Japanese.
pub const JA: Text = Text {
    title: "ごみ箱",
    empty: "ごみ箱は空です。",
    empty_advice: "d で捨てたアイテムがここに入ります。自動で消えることはありません。",
    restores: "復元",
    restores_these: |count| format!("{count} 件を復元"),
    purge: "完全に削除",
    button: "完全に削除",
    marks: "印",
    these: |count| format!("アイテム {count} 件"),
    for_ever: "パスワードもメモも履歴もすべて消えます。取り消せません。",
    backups: "保管庫のバックアップには、入れ替わるまで残ります。",
    told: |told| match told {
        TrashTold::Restored(1) => "復元しました。z で元に戻せます。".to_owned(),
        TrashTold::Restored(count) => format!("{count} 件を復元しました。z で元に戻せます。"),
        TrashTold::Purged(1) => "完全に削除しました。".to_owned(),
        TrashTold::Purged(count) => format!("{count} 件を完全に削除しました。"),
        TrashTold::NotTheWord => "入力が一致しません。何も削除していません。".to_owned(),
    },
};
