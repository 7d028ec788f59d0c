//! Search tokens, recent and saved searches, in both languages.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Title of the list of recent and kept searches.
    pub title: &'static str,
    /// Under an empty search field: what can be asked for.
    pub tokens_hint: &'static str,
    /// Under an empty search field when there are searches to take again.
    pub recent_hint: &'static str,
    /// A name in front of a colon that is none.
    pub unknown: fn(&str) -> String,
    /// What `is:` takes, where it is something else.
    pub is_hint: &'static str,
    /// What no health check has found out yet.
    pub unchecked: fn(&str) -> String,
    /// Nothing is what was typed; these are near.
    pub near: &'static str,
    /// Notes looked at, of how many.
    pub notes: fn(usize, usize) -> String,
    /// Heading of kept searches.
    pub kept: &'static str,
    /// Heading of recent searches.
    pub recent: &'static str,
    /// There are none yet.
    pub none: &'static str,
    /// What can be done in the list.
    pub keys: &'static str,
    /// Title of the question for a name.
    pub keep_title: &'static str,
    /// Label of what is kept.
    pub keep_query: &'static str,
    /// The name is one that is there already.
    pub replaces: &'static str,
    /// What keeping is for.
    pub keep_hint: &'static str,
    /// Enter: keeps.
    pub keeps: &'static str,
}

/// English.
pub const EN: Text = Text {
    title: "Searches",
    tokens_hint: "tag: folder: kind: is: user: url: title: note: -not",
    recent_hint: "Up: recent searches   or tag: folder: kind: is: note: -not",
    unknown: |name| format!("{name} is not known here."),
    is_hint: "Tab after is: offers what there is.",
    unchecked: |word| format!("is:{word} is not checked yet"),
    near: "No exact hit: these are near.",
    notes: |done, all| format!("Opening notes {done} of {all}   Esc stops"),
    kept: "Kept",
    recent: "Recent",
    none: "Nothing yet: searches with a hit come here.",
    keys: "Enter search   Delete forget   Esc back",
    keep_title: "Keep this search",
    keep_query: "Search",
    replaces: "There is one of this name; it is replaced.",
    keep_hint: "Then it is there with the up key while the search field is empty.",
    keeps: "keep",
};

/// Japanese.
pub const JA: Text = Text {
    title: "検索の一覧",
    tokens_hint: "tag:タグ kind:種類 is:状態 folder:フォルダー note:メモ -除く",
    recent_hint: "上キー: 最近の検索  tag:タグ kind:種類 is:状態 note:メモ",
    unknown: |name| format!("{name} は使えません。"),
    is_hint: "is: のあとに Tab で選べます。",
    unchecked: |word| format!("is:{word} はまだ調べていません"),
    near: "一致なし。近いものを表示中",
    notes: |done, all| format!("メモを調べています {done} / {all}   Esc 中止"),
    kept: "保存した検索",
    recent: "最近の検索",
    none: "まだありません。見つかった検索がここに残ります。",
    keys: "Enter 検索   Delete 消す   Esc 戻る",
    keep_title: "この検索を保存",
    keep_query: "検索",
    replaces: "同じ名前の検索があります。置き換えます。",
    keep_hint: "保存すると、検索欄が空のとき上キーで選べます。",
    keeps: "保存",
};
