//! Japanese.

use super::{Create, Opening, Overlay, Said, Text, Toast, Unlock, Vault, page, titles};
use crate::crypto::recovery::RecoveryError;
use crate::model::Relation;
use crate::tui::command::{Group, Scope, Unavailable};
use crate::tui::contents::Part;
use crate::tui::notice::{Cleared, CopyFailure, Deed, Exposed, Notice, Place, SaveFailure};
use crate::tui::screen::opening::Failure;

/// The strings.
pub const TEXT: Text = Text {
    language_name: "日本語",
    other_language: "English",
    command: titles::ja,
    short: titles::short_ja,
    scope,
    group,
    unavailable,
    notice,
    place,
    place_short,
    part,
    failure,
    too_small: |width, height| format!("画面が小さすぎます ({width}x{height}): 60x16 必要"),
    unlock: Unlock {
        title: "ロック解除",
        file: "保管庫",
        password: "マスターパスワード",
        full_width: "日本語入力がオンのようです。全角の英数字は半角と同じに扱います。",
        enter: "Enter で開きます。F3 で入力中の文字を表示します。",
        kept: "mamori unlock で開けたままです。空欄のまま Enter で開き、F9 で終わります。",
        lost: "マスターパスワードは再発行できません。忘れると誰にも開けられません。",
        blank: "ロックしました。何かキーを押してください。",
        unwritten: "書けていない変更があります。暗号化して保持し、また書き込みます。",
        code: "復旧コード",
        code_how: "紙のとおりに入力します。大文字・小文字、空白、ハイフンは問いません。",
        code_right: "打ち間違いはありません。Enter で開きます。",
        code_short: |typed| format!("34 文字のうち {typed} 文字です。"),
        code_wrong: |error| match error {
            RecoveryError::Length(typed) => format!("34 文字のうち {typed} 文字です。"),
            RecoveryError::Letter { group, letter } => {
                format!("{group} 番目の組: 「{letter}」は復旧コードに使われない文字です。")
            }
            RecoveryError::Check => {
                "打ち間違いがあります（最後の組が合いません）。1 組ずつ見比べてください。".to_owned()
            }
        },
        key_file: "鍵ファイル",
        no_key_file: "未選択（Enter で選ぶ）",
        forgotten: |key| format!("忘れたときは {key} で復旧コードを使えます。"),
    },
    opening: Opening {
        unlocking: "ロック解除中",
        creating: "保管庫を作成中",
        time: |done, whole| match whole {
            Some(whole) => format!("{}.{} 秒 / 約 {}.{} 秒", done / 10, done % 10, whole / 10, whole % 10),
            None => format!("{}.{} 秒", done / 10, done % 10),
        },
        why: "この少しの計算が、パスワードの総当たりを高くつくものにします。",
        cancel: "Esc で中止します。",
        stop: "中止",
    },
    create: Create {
        title: "新しい保管庫",
        language: "言語 (Language)",
        will_make: "このファイルに保管庫を作ります:",
        explain: "マスターパスワードを決めてください。これ一つですべてが開くので、長いものにします。関係のない言葉を四つか五つ並べると、強くて打ちやすくなります。",
        explain_short: "これ一つで全部が開きます。四つか五つの言葉がよいです。",
        password: "マスターパスワード",
        again: "もう一度",
        strength: "強さ",
        strength_hint: "長いほど強くなります。言葉をもう一つ足してください。",
        equal: "二つは同じです。",
        once_more: "ここにもう一度入力してください。",
        differ: "二つが違います。",
        empty: "先にマスターパスワードを入力してください。",
        control: "制御文字はマスターパスワードに使えません。",
        full_width: "日本語入力がオンのようです。全角の英数字は半角と同じに扱います。",
        button: "保管庫を作る",
        nothing_yet: "これを選ぶまで、何も書き込みません。",
        keep: "紙に書いて家に保管してください。再発行はできません。",
    },
    vault: Vault {
        entries: "アイテム",
        count: |hits, all| if hits == all { format!("{all}") } else { format!("{hits}/{all}") },
        hide: "隠す",
        search_hint: "文字を打って検索",
        no_hits: "一致するものがありません。",
        no_hits_advice: "文字を減らすと見つかりやすくなります。Esc で全部に戻ります。",
        empty: "この保管庫は空です。",
        empty_advice: |open, new, palette| {
            vec![
                format!("{open:<6} ほかのソフトから取り込む"),
                format!("{new:<6} 新しいアイテムを作る"),
                format!("{palette:<6} ほかのことを名前で探す"),
            ]
        },
        none_selected: "左でアイテムを選んでください。",
        kind: "種類",
        folder: "フォルダー",
        tags: "タグ",
        changed: "パスワード変更",
        modified: "編集",
        expires: "アイテムの期限",
        next_change: "次の変更",
        forced: "早めに (サイトが設定したパスワード)",
        never: "変えない",
        every: |days| format!("{days} 日ごと"),
        state: "状態",
        trashed: "ごみ箱",
        archived: "アーカイブ (解約済み)",
        days_ago: |days| match days {
            0 => "今日".to_owned(),
            1 => "昨日".to_owned(),
            days => format!("{days} 日前"),
        },
        favourite: "お気に入り",
        yes: "はい",
        untitled: "(タイトルなし)",
        below: |rows, key| {
            let gap = if key.is_empty() { "" } else { "  " };
            format!(" {key}{gap}下にあと {rows} 行 ")
        },
        enter_copies: "コピー",
        link: |relation, back| match (relation, back) {
            (Relation::ResetsThrough, false) => "再設定メール",
            (Relation::ResetsThrough, true) => "再設定の対象",
            (Relation::ControlledBy, false) => "管理元",
            (Relation::ControlledBy, true) => "管理の対象",
            (Relation::HostedOn, false) => "サーバー",
            (Relation::HostedOn, true) => "置いたサイト",
            (Relation::RegisteredAt, false) => "登録先",
            (Relation::RegisteredAt, true) => "登録の対象",
            (Relation::Other(_), false) => "つながり",
            (Relation::Other(_), true) => "つながり元",
        },
        expiry: |left| match left {
            None => "期限切れ".to_owned(),
            Some(days) => format!("あと {days} 日"),
        },
        enter_goes: "そこへ移動",
        enter_writes: "ファイルに保存",
        shows: "表示",
        hides_in: |seconds| format!("あと {seconds} 秒で隠す"),
        next_in: |seconds| format!("次まで {seconds} 秒"),
        spell_legend: "a小文字 A大文字 1数字 #記号 _空白 +濁点等つき",
        blanks: |mark, count| format!("{mark} は空白 ({count} 個)"),
        damaged_value: "(破損: この値は開けません)",
        more: "(続きあり: コピーすると全部読めます)",
        read_only: "読み取り専用",
        unwritten: "未保存",
        indexing: "読み込み中",
    },
    toast: Toast {
        copied: |part, title, place| match title {
            "" => format!("コピー: {part} ({place})"),
            title => format!("コピー: {title} {part} ({place})"),
        },
        sent: |part, title, place| match title {
            "" => format!("送信: {part} ({place})"),
            title => format!("送信: {title} {part} ({place})"),
        },
        clears_in: |seconds| format!("{seconds} 秒後に消去"),
        stays: "x で消去",
        copying: "コピー中",
        cannot_open: |part| format!("{part} (ここでは開けません)"),
        clear_sent: "クリップボード: 消去を送信",
        not_yet: "まだ消えていません（この画面に戻ると消去）",
    },
    overlay: Overlay {
        help: "この画面のキー",
        narrow: "文字を打って絞り込み",
        close: "Esc で閉じる",
        palette: "コマンド",
        no_command: "その名前のコマンドはありません。",
        messages: "お知らせ",
        no_messages: "お知らせはまだありません。",
        copy_field: "その番号の項目をコピー",
        here: "この画面",
        signs: "一覧の記号",
        sign_here: "選択中のアイテム",
        moves: "選択",
        sign_marked: "Space で印を付けたもの",
        copy_menu: "コピー",
        next_keys: "次のキー",
    },
    page: page::JA,
};

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Anywhere => "どこでも",
        Scope::Browse => "入力欄の外",
        Scope::Entry => "アイテムを選択中",
        Scope::Field => "入力欄",
        Scope::Search => "検索欄",
        Scope::Form => "フォーム",
        Scope::Unlock => "ロック解除",
        Scope::Choice => "選択肢の一覧",
        Scope::Filing => "フォルダー・タグ",
        Scope::Trash => "ごみ箱",
        Scope::Generator => "パスワード生成",
        Scope::Health => "点検・乗っ取り対応",
    }
}

fn group(group: Group) -> &'static str {
    match group {
        Group::Move => "移動",
        Group::Entry => "アイテム",
        Group::Copy => "コピー",
        Group::Program => "全体",
        Group::Typing => "入力",
    }
}

fn unavailable(reason: Unavailable) -> &'static str {
    match reason {
        Unavailable::Locked => "保管庫はロックされています。",
        Unavailable::NoEntry => "アイテムが選ばれていません。",
        Unavailable::NoName => "フォルダーやタグが選ばれていません。",
        Unavailable::Several => "印が複数あります。これは一つずつ行います。",
        Unavailable::NoPassword => "このアイテムにはパスワードがありません。",
        Unavailable::NoUser => "このアイテムにはユーザー名がありません。",
        Unavailable::NoCode => "このアイテムにはワンタイムコードがありません。",
        Unavailable::NoAddress => "このアイテムにはアドレスがありません。",
        Unavailable::NoNotes => "このアイテムにはメモがありません。",
        Unavailable::NoField => "その番号の項目はありません。",
        Unavailable::NoSecret => "ここに表示できる秘密はありません。",
        Unavailable::NoStaged => "変更中のパスワードはありません。",
        Unavailable::NothingCopied => "mamori がコピーしたものは残っていません。",
        Unavailable::NoSearch => "検索していません。/ で検索してから保存します。",
        Unavailable::NothingToUndo => "元に戻すものがありません。",
        Unavailable::NothingToRedo => "やり直すものがありません。",
        Unavailable::ReadOnly => "この保管庫は、ここでは読むだけです。",
        Unavailable::NotChecked => "まだ点検していません。",
        Unavailable::NoTmux => "tmux の中ではないため、送り先のペインがありません。",
        Unavailable::NotHere => "この画面では使えません。",
        Unavailable::NoBranch => "この行の下に開閉するものはありません。",
        Unavailable::NoFinding => "そこでは何も見つかっていません。",
        Unavailable::Already => "もうその画面を開いています。",
        Unavailable::Elsewhere(Scope::Entry) => "アイテムに対する操作です。先にアイテムを選んでください。",
        Unavailable::Elsewhere(Scope::Trash) => "ごみ箱の中だけで使えます。",
        Unavailable::Elsewhere(Scope::Filing) => "フォルダーやタグに対する操作です。",
        Unavailable::Elsewhere(Scope::Generator) => "パスワード生成の中だけで使えます。",
        Unavailable::Elsewhere(Scope::Health) => "点検と乗っ取り対応の画面だけで使えます。",
        Unavailable::Elsewhere(_) => unavailable(Unavailable::NotHere),
    }
}

fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Unavailable(reason) => unavailable(*reason).to_owned(),
        Notice::NothingTyped => {
            "ここでは入力できません。矢印キーで選んで Enter を押してください。".to_owned()
        }
        Notice::FullWidthKey => "日本語入力がオンです。全角文字をキーとして受け取りました。".to_owned(),
        Notice::FieldFull => "欄がいっぱいです。何も追加していません。".to_owned(),
        Notice::PasteRefused => "貼り付けが長すぎるか途切れました。何も追加していません。".to_owned(),
        Notice::NotUtf8 => {
            "端末から UTF-8 でない文字が届きました。端末を UTF-8 に設定してください。".to_owned()
        }
        Notice::Cleared(cleared) => match cleared {
            Cleared::Done => "クリップボードを消去しました。",
            Cleared::Sent => "端末に消去を送信しました。",
            Cleared::NotOurs => "別のものがコピーされていたので、そのままにしました。",
            Cleared::NotYet => "まだ消えていません（この画面に戻ると消去）。",
        }
        .to_owned(),
        Notice::CopyFailed(failure) => match failure {
            CopyFailure::NoClipboard => "コピー不可: クリップボードがありません。v で表示します。",
            CopyFailure::TerminalRefuses => "コピー不可: この端末は受け取りません。v で表示します。",
            CopyFailure::TmuxOff => "コピー不可: tmux の設定 (set -s set-clipboard external)",
            CopyFailure::TmuxAway => "コピー不可: tmux に誰も接続していません。v で表示します。",
            CopyFailure::TooLong => "コピー不可: 長すぎます。v で表示します。",
            CopyFailure::Unreachable => "コピー不可: デスクトップに届きません。v で表示します。",
        }
        .to_owned(),
        Notice::CannotOpenValue => "この値は破損していて開けません。ほかは無事です。".to_owned(),
        Notice::CodeAwaited(seconds) => {
            format!("このコードはあと {seconds} 秒です。次のものを自動でコピーします (Esc 中止)。")
        }
        Notice::CodeNotAwaited => "コードはコピーしません。".to_owned(),
        Notice::ChangeLeft => "何も変更していません。入力はロックまで残り、c で続けられます。".to_owned(),
        Notice::SearchKept => "検索を保存しました。検索欄が空のとき、上キーで選べます。".to_owned(),
        Notice::SearchForgotten => "保存した検索を消しました。z で戻せます。".to_owned(),
        Notice::Done(deed, count) => {
            format!("完了: {}。z で元に戻せます。", (page::JA.browse.deed)(*deed, *count))
        }
        // - what was made is in no trash
        Notice::Undone(Deed::Added, count) => {
            format!("元に戻しました: 追加した {count} 件は見えなくなりました。Z で戻ります。")
        }
        Notice::Undone(Deed::Imported, count) => {
            format!("元に戻しました: 取り込み ({count} 件)。新規分は見えません。Z で戻ります。")
        }
        Notice::Undone(deed, count) => {
            format!("元に戻しました: {}。Z でやり直せます。", (page::JA.browse.deed)(*deed, *count))
        }
        Notice::Redone(deed, count) => {
            format!("やり直しました: {}。z で元に戻せます。", (page::JA.browse.deed)(*deed, *count))
        }
        Notice::SentTo(pane) => format!("ペイン {pane} へ送りました (Enter なし)。"),
        Notice::Browsing => "アドレスをブラウザーに渡しました。".to_owned(),
        Notice::StepGone => "完全に削除したものなので、元に戻せません。".to_owned(),
        Notice::HealthStaged => {
            "変更中のパスワードがあるものが含まれます。先に確定か取り消しをしてください。".to_owned()
        }
        Notice::HealthAgain => "すべてを調べ直します。".to_owned(),
        Notice::HealthLast => "この一覧はこれで最後です。".to_owned(),
        Notice::HealthNoList => {
            "流出パスワードのリストは設定 pwned で指定します (mamori health --help)。".to_owned()
        }
        Notice::NothingChanged => "変更はありません。".to_owned(),
        Notice::FolderInItself => "フォルダーをその中へは移せません。".to_owned(),
        Notice::FolderThere => "その名前のフォルダーはもうあります。".to_owned(),
        Notice::ChangeRefused => "保管庫が変更を受け付けませんでした。何も変えていません。".to_owned(),
        Notice::Saved => "保存しました。".to_owned(),
        Notice::SaveFailed(failure) => {
            format!("未保存: {}変更は保持し、また試します。", save_failure(failure))
        }
        Notice::SavedAfterAll => "今度は保存できました。".to_owned(),
        Notice::Joined => "別の画面の保存と合わせました。両方の変更が入っています。".to_owned(),
        Notice::Reloaded => "読み直しました。新しい内容がありました。".to_owned(),
        Notice::ReloadFailed => "今はファイルを読めません。表示は前に読んだ内容です。".to_owned(),
        Notice::DraftKept => {
            "入力を下書きに残しました。e (編集) や n (新規) で続きから入力できます。".to_owned()
        }
        Notice::DraftDropped => "下書きを捨てました。".to_owned(),
        Notice::DraftNotKept => "下書きをディスクに残せません。Ctrl-S で保存してください。".to_owned(),
        Notice::TooLongHere => "ここには入りきりません。".to_owned(),
        Notice::FileWritten(path) => format!("{path} に書き出しました。暗号化されていません。"),
        Notice::FileFailed(failure) => {
            let said = (super::page::JA.path.failure)(failure);
            format!("{}{}", said.fact, said.advice)
        }
        Notice::CodesToo(count) => format!("保存すると、ほかに {count} 件のアイテムも作ります。"),
        Notice::EntrySaved => "保存しました。z で元に戻せます。".to_owned(),
        Notice::UpToDate => "ファイルに新しい内容はありません。".to_owned(),
        Notice::Imported(counts) => {
            format!("取り込みました (新規 {}、更新 {})。z で戻せます。", counts.new, counts.updated)
        }
        Notice::WorkLost => "処理が中断したのでロックしました。ディスクのファイルは元のままです。".to_owned(),
        Notice::Stopped => "中止しました。何も変えていません。".to_owned(),
        Notice::MailCsv(left, 0) => format!("アドレスかパスワードのない {left} 件を除いて書き出しました。"),
        Notice::MailCsv(_, formulas) => {
            format!("書き出しました。{formulas} 件は = + - @ で始まります（表計算では開かない）。")
        }
        Notice::Exported(count, name) => format!("{name} に {count} 件を書き出しました。"),
        Notice::FileDeleted(name) => format!("{name} を削除しました。"),
        Notice::QuitAgain => "もう一度 Ctrl-C で終了します。".to_owned(),
        Notice::QuitHow => "Ctrl-C で終了します。".to_owned(),
        Notice::LockedIdle => "しばらく操作がなかったのでロックしました。".to_owned(),
        Notice::PasswordChanged => {
            "マスターパスワードが別の場所で変わりました。新しいもので開いてください。".to_owned()
        }
        Notice::Created => "保管庫を作りました。".to_owned(),
        Notice::UnsavedAtQuit => {
            "まだディスクに書けていない変更があります。もう一度終了すると失われます。".to_owned()
        }
        Notice::CannotSuspend => "ここでは一時停止から戻れません。q で終了します。".to_owned(),
        Notice::ForeignLocale => "ロケールが UTF-8 ではありません: LANG=ja_JP.UTF-8".to_owned(),
        Notice::Trash(told) => (page::JA.trash.told)(*told),
        Notice::Slots(told) => (page::JA.slots.told)(*told),
        Notice::History(told) => (page::JA.history.told)(*told).to_owned(),
        Notice::Staged(told) => (page::JA.staged.told)(*told).to_owned(),
        Notice::Incident(told) => (page::JA.incident.told)(*told),
        Notice::TestCopies => "コピーは届きましたか。: の「クリップボードの確認」で分かります。".to_owned(),
        Notice::Recovered => "前回保存できなかった変更を取り込みました。".to_owned(),
        Notice::BackupsLieHere => {
            "保管庫のバックアップがあります。シェルで mamori backup list を実行。".to_owned()
        }
        Notice::ConflictCopy => "中断した保存の写しが隣にあります。: の「合わせる」で見られます。".to_owned(),
        Notice::CopyBeside(count) => {
            format!("同期ソフトの写しが隣に {count} 件あります。: の「合わせる」で見られます。")
        }
        Notice::FolderOpen(exposed) => match exposed {
            Exposed::Replaced => "保管庫のフォルダーに他人も書き込めます。chmod go-w で閉じてください。",
            Exposed::Added => "保管庫の隣に誰でもファイルを作れます。専用のフォルダーが安全です。",
            Exposed::NoPermissions => "保管庫のフォルダーには権限の仕組みがなく、他人も書き込めます。",
        }
        .to_owned(),
        Notice::ForkedKeys => {
            "パスワードが別々に変わりました。: の「合わせる」で、そちらのものを入力します。".to_owned()
        }
        Notice::PutBackElsewhere => {
            "別の画面で保管庫が前の状態に戻されました。ここも同じ内容にしました。".to_owned()
        }
        Notice::KeptBefore => {
            "パスワード変更前の未保存の変更があります。: の「合わせる」で見られます。".to_owned()
        }
        Notice::Other(told) => (page::JA.other.told)(told),
        Notice::RolledBack => {
            "このPCの最後の保存より古い写しです。: の「バックアップ」で比べられます。".to_owned()
        }
        Notice::OlderEpoch => "パスワード変更より前の写しなので、読むだけです。".to_owned(),
        Notice::SettingsRead => "設定ファイルが変わったので読み直しました。".to_owned(),
        Notice::SettingsWrong => "設定ファイルに誤りがあります。前の設定のまま動きます。".to_owned(),
        Notice::SettingsChanged => "設定ファイルがほかで変わりました。もう一度変えてください。".to_owned(),
        Notice::SettingsUnwritten(failure) => {
            format!("終了までは有効です。設定ファイルに書けませんでした（{}）。", page::disk_ja(failure))
        }
        Notice::SwitchWaits => "この保管庫を書き終えてから移ります。".to_owned(),
        Notice::ConsoleEnglish => "この端末は日本語の文字を表示できません。".to_owned(),
        Notice::KeptOpened => "mamori unlock の鍵で開きました。L でロックすると消えます。".to_owned(),
        Notice::KeptRevoked => "ロックしました。mamori unlock の鍵も消しました。".to_owned(),
        Notice::KeptOver => "mamori unlock の時間が過ぎました。パスワードが必要です。".to_owned(),
        Notice::LockedDetached => "tmux を誰も見ていなかったのでロックしました。".to_owned(),
        Notice::MemoryNotLocked => {
            "メモリーをロックできません。秘密がスワップに書かれることがあります。".to_owned()
        }
    }
}

fn save_failure(failure: &SaveFailure) -> String {
    match failure {
        SaveFailure::Full => "ディスクがいっぱいです。".to_owned(),
        SaveFailure::Denied => "書き込む権限がありません。".to_owned(),
        SaveFailure::OthersLock => "ロックファイルが他のユーザーのものです。".to_owned(),
        SaveFailure::Lost => "処理が途中で止まりました。".to_owned(),
        SaveFailure::Busy => "別の mamori が保存中です。".to_owned(),
        SaveFailure::Exists => "同じ名前のファイルがもうあります。".to_owned(),
        SaveFailure::NoFolder => "フォルダーがなくなっています。".to_owned(),
        SaveFailure::Disk => "ディスクに書けません。".to_owned(),
        SaveFailure::Damaged => "保管庫のファイルが壊れています。".to_owned(),
        SaveFailure::Newer => "新しい版の mamori が書いたファイルです。".to_owned(),
        SaveFailure::Foreign => "別の保管庫のファイルに替わっています。".to_owned(),
        SaveFailure::Older => "古いファイルに替わっています。".to_owned(),
        SaveFailure::Other(words) => format!("{words}。"),
    }
}

fn place(place: Place) -> &'static str {
    match place {
        Place::Desktop => "このPCのクリップボード",
        Place::Terminal => "お使いの端末",
        Place::TerminalUnsure => "端末、対応していれば",
        Place::Tmux => "tmux 経由で端末",
        Place::OuterTmux => "外側の tmux、写しが残ることも",
    }
}

fn place_short(place: Place) -> &'static str {
    match place {
        Place::Desktop => "このPC",
        Place::Terminal => "端末",
        Place::TerminalUnsure => "端末、可能なら",
        Place::Tmux => "tmux",
        Place::OuterTmux => "外の tmux に残る",
    }
}

fn part(part: Part) -> String {
    match part {
        Part::User => "ユーザー名".to_owned(),
        Part::Password | Part::Generated => "パスワード".to_owned(),
        Part::Staged => "新パスワード".to_owned(),
        Part::Code => "コード".to_owned(),
        Part::Address(0) => "アドレス".to_owned(),
        Part::Address(number) => format!("アドレス {}", number + 1),
        Part::Notes => "メモ".to_owned(),
        Part::Field(number) => format!("項目 {}", number + 1),
        Part::Link(_) | Part::Proposed(_) => "つながり".to_owned(),
        Part::File(_) => "ファイル".to_owned(),
    }
}

fn failure(failure: &Failure) -> Said {
    let said = |fact: &str, advice: &str| Said { fact: fact.to_owned(), advice: advice.to_owned() };
    match failure {
        Failure::WrongPassword => said(
            "このパスワードでは開きません。",
            "Caps Lock と日本語入力を確かめて、もう一度入力してください。F3 で入力中の文字を表示します。",
        ),
        Failure::WrongCode => said(
            "この復旧コードでは開きません。",
            "打ち間違いはないので、別の保管庫か以前のコードです。パスワードを変えるとコードも新しくなります。",
        ),
        Failure::WrongWithKeyFile => said(
            "このパスワードと鍵ファイルの組では開きません。",
            "どちらかが違います。編集や変換をした鍵ファイルは別のファイルになります。",
        ),
        Failure::NeedsKeyFile => said(
            "この保管庫を開くには鍵ファイルも必要です。",
            "パスワードの下で（下矢印、Enter）鍵ファイルを選んでから、パスワードを入力してください。",
        ),
        Failure::OnlyRecovery => {
            said("この保管庫は復旧コードだけで開きます。", "F4 で復旧コードの欄に移ります。")
        }
        Failure::KeyFile(failure) => Said {
            fact: format!("鍵ファイルを使えません: {}。", page::disk_ja(failure)),
            advice: "パスワードの下で（下矢印、Enter）選び直してください。1 バイトから 16 MiB までです。"
                .to_owned(),
        },
        Failure::KeyFileEmpty => said(
            "鍵ファイルが空です。",
            "パスワードの下で（下矢印、Enter）選び直してください。1 バイトから 16 MiB までです。",
        ),
        Failure::NotAVault => said(
            "このファイルは mamori の保管庫ではありません。",
            "正しいファイルを指定してください: mamori --vault ファイル.mamori",
        ),
        Failure::Newer => said(
            "この保管庫は新しい mamori で作られています。",
            "このPCにも新しい mamori を入れてください。ファイルはそのままです。",
        ),
        Failure::NewerOrDamaged => said(
            "この保管庫は新しい mamori で作られたか、破損しています。",
            "最新の mamori で試してください。だめなら: mamori backup list",
        ),
        Failure::Damaged => said(
            "ファイルが破損しています。ファイルには手を加えていません。",
            "パスワードを入力すると、最新のバックアップを開きます。",
        ),
        Failure::NeedsMemory { wanted_mib } => Said {
            fact: format!("開くには {wanted_mib} MiB の空きメモリーが必要で、足りません。"),
            advice: "ほかのプログラムを閉じるか、メモリーの多いPCで開いてください。".to_owned(),
        },
        Failure::NotFound => said(
            "保管庫のファイルがなくなっています。",
            "移した場所を確かめるか、mamori backup list を実行してください。",
        ),
        Failure::NotAFile => said(
            "ふつうのファイルではありません。",
            "保管庫のファイルを指定してください: mamori --vault ファイル.mamori",
        ),
        Failure::TooLarge => said(
            "保管庫としては大きすぎるファイルです。",
            "正しいファイルを指定してください: mamori --vault ファイル.mamori",
        ),
        Failure::Lost => said(
            "処理が途中で止まりました。",
            "もう一度試してください。続くときは mamori を起動し直してください。",
        ),
        Failure::Denied => {
            said("ファイルを読む権限がありません。", "所有者と権限を確かめてください (ls -l)。")
        }
        Failure::Exists => said("この場所にはもう保管庫があります。", "mamori を起動し直すと開けます。"),
        Failure::CannotWrite(reason) => Said {
            fact: format!("保管庫を書けませんでした: {}", save_failure(reason)),
            advice: "何も作っていません。原因を直して、もう一度「保管庫を作る」を選んでください。".to_owned(),
        },
        Failure::Other(words) => Said {
            fact: format!("できませんでした: {words}。"),
            advice: "もう一度試してください。何も変わっていません。".to_owned(),
        },
    }
}
