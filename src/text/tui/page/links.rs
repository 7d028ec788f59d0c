//! How accounts hang together: what falls with one, and links that are proposed; in both languages.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Name of the tree: of which account.
    pub falls: fn(&str) -> String,
    /// What makes the tree know more.
    pub alone_advice: &'static str,
    /// The account is closed or thrown away.
    pub out_of_use: &'static str,
    /// The passwords are not compared yet.
    pub not_compared: &'static str,
    /// So many rows are closed below it.
    pub closed: fn(usize) -> String,
    /// The tree is being made.
    pub waits: &'static str,
    /// Enter: goes to the entry.
    pub goes: &'static str,
    /// Left and right.
    pub closes: &'static str,
    /// Left and right.
    pub opens: &'static str,
    /// The tree of the row.
    pub from_here: &'static str,

    /// Name of the proposals.
    pub proposed: &'static str,
    /// Further ones of an entry, in its detail.
    pub more_proposed: fn(usize) -> String,
    /// So many, so many of them marked.
    pub proposed_counts: fn(usize, usize) -> String,
    /// What they are and what Enter does.
    pub proposed_told: &'static str,
    /// There is none.
    pub none: &'static str,
    /// When there will be some.
    pub none_advice: &'static str,
    /// Enter: takes so many.
    pub takes: fn(usize) -> String,
    /// It is refused.
    pub refuses: &'static str,
    /// Sets, at most 12 cells.
    pub sets_short: &'static str,
    /// Refuses, at most 12 cells.
    pub refuses_short: &'static str,
}

/// English.
pub const EN: Text = Text {
    falls: |title| format!("What falls with {title}"),
    alone_advice: "Links tell what hangs on what: set them in the form of an entry (e), or let them be proposed (g l).",
    out_of_use: "It is archived or in the trash: nothing in use hangs on it.",
    not_compared: "Passwords are not compared yet: equal ones are missing.",
    closed: |count| format!("+{count}"),
    waits: "The accounts are being gathered.",
    goes: "go to it",
    closes: "close",
    opens: "open",
    from_here: "from here",

    proposed: "Proposed links",
    more_proposed: |count| format!("{count} more proposed: g l"),
    proposed_counts: |all, marked| {
        let all = if all == 1 { "1 link".to_owned() } else { format!("{all} links") };
        format!("{all} proposed, {marked} marked")
    },
    proposed_told: "Found in your entries; nothing is set yet. Links show what falls with what, and put a plan in order.",
    none: "No link is proposed.",
    none_advice: "Links are proposed where a mail address, a domain or a host of one entry is that of another.",
    takes: |count| if count == 1 { "set this link".to_owned() } else { format!("set {count} links") },
    refuses: "wrong: never propose again",
    sets_short: "set",
    refuses_short: "wrong",
};

/// Japanese.
pub const JA: Text = Text {
    falls: |title| format!("破られたときの影響: {title}"),
    alone_advice: "どれがどれに頼っているかは「つながり」で分かります。編集（e）で付けるか、「つながりの候補」（g l）から選んでください。",
    out_of_use: "解約済み、またはごみ箱にあるため、使用中のものへの影響はありません。",
    not_compared: "パスワードは比較前です。同じものはまだ出ていません。",
    closed: |count| format!("+{count}"),
    waits: "アカウントを集めています。",
    goes: "アイテムへ",
    closes: "閉じる",
    opens: "開く",
    from_here: "ここから見る",

    proposed: "つながりの候補",
    more_proposed: |count| format!("候補はほかに {count} 件: g l"),
    proposed_counts: |all, marked| format!("候補 {all} 件、印 {marked} 件"),
    proposed_told: "アイテムの内容から見つけた候補です。まだ付けていません。付けると、破られたときの影響と対応の順番が分かります。",
    none: "つながりの候補はありません。",
    none_advice: "メールアドレス、ドメイン、ホスト名がほかのアイテムと合うと、候補として出ます。",
    takes: |count| {
        if count == 1 { "つながりを付ける".to_owned() } else { format!("{count} 件を付ける") }
    },
    refuses: "違う（もう候補に出さない）",
    sets_short: "付ける",
    refuses_short: "違う",
};
