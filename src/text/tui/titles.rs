//! The titles of commands: for help and palette, and in short (at most 12 cells) for the footer.
//! A row for each; a row that is missing is a compile error.

use crate::tui::command::Command;

macro_rules! titles {
    ($($command:ident $en:literal $ja:literal;)*) => {
        /// Title in English.
        pub fn en(command: Command) -> &'static str {
            match command { $(Command::$command => $en,)* }
        }

        /// Title in Japanese.
        pub fn ja(command: Command) -> &'static str {
            match command { $(Command::$command => $ja,)* }
        }
    };
}

titles! {
    CopyPassword "Copy the password" "パスワードをコピー";
    CopyStaged "Copy the new, staged password" "変更中の新しいパスワードをコピー";
    CopyUser "Copy the user name" "ユーザー名をコピー";
    CopyCode "Copy the one-time code" "ワンタイムコードをコピー";
    CopyAddress "Copy the address" "アドレスをコピー";
    CopyInTurn "Copy in turn: user, password, code" "順にコピー: ユーザー名、パスワード、コード";
    Send "Send to another pane of tmux" "tmux の別のペインへ送る";
    CopyNotes "Copy the notes" "メモをコピー";
    CopyField1 "Copy field 1" "項目 1 をコピー";
    CopyField2 "Copy field 2" "項目 2 をコピー";
    CopyField3 "Copy field 3" "項目 3 をコピー";
    CopyField4 "Copy field 4" "項目 4 をコピー";
    CopyField5 "Copy field 5" "項目 5 をコピー";
    CopyField6 "Copy field 6" "項目 6 をコピー";
    CopyField7 "Copy field 7" "項目 7 をコピー";
    CopyField8 "Copy field 8" "項目 8 をコピー";
    CopyField9 "Copy field 9" "項目 9 をコピー";
    ClearClipboard "Clear the clipboard now" "クリップボードを今すぐ消去";
    Open "Open, or do what the row says" "開く、または行の操作";
    Reveal "Show or hide the secret" "秘密を表示 / 隠す";
    Spell "Spell the secret out" "秘密を一文字ずつ表示";
    Favourite "Add to favourites, or take out" "お気に入りに入れる / 外す";
    Trash "Move to the trash" "ごみ箱へ";
    Undo "Undo" "元に戻す";
    Redo "Redo" "やり直す";
    Search "Search" "検索";
    Down "Down" "下へ";
    Up "Up" "上へ";
    Left "Pane to the left" "左の枠へ";
    Right "Pane to the right" "右の枠へ";
    First "First row" "先頭へ";
    Last "Last row" "末尾へ";
    HalfDown "Half a page down" "半ページ下へ";
    HalfUp "Half a page up" "半ページ上へ";
    PageDown "Page down" "1 ページ下へ";
    PageUp "Page up" "1 ページ上へ";
    DetailDown "Scroll the detail down" "詳細を下へ送る";
    DetailUp "Scroll the detail up" "詳細を上へ送る";
    Next "Next pane or field" "次の枠・欄へ";
    Previous "Previous pane or field" "前の枠・欄へ";
    Back "One step back" "一つ戻る";
    Help "Keys of this screen" "この画面のキー";
    HelpHere "Keys of this screen" "この画面のキー";
    Palette "All commands by name" "すべてのコマンドを名前で";
    Language "日本語 / English" "日本語 / English";
    Reload "Reload the vault" "保管庫を読み直す";
    ReloadHere "Reload the vault" "保管庫を読み直す";
    Messages "Messages" "これまでのお知らせ";
    Lock "Lock now" "今すぐロック";
    LockHere "Lock now" "今すぐロック";
    Panic "Panic: clear, lock, blank" "緊急: 消去、ロック、画面を消す";
    Redraw "Redraw the screen" "画面を描き直す";
    Suspend "Suspend (fg brings it back)" "一時停止 (fg で戻る)";
    Cancel "Cancel; twice: quit" "中止、2 回で終了";
    Leave "Back; in the list: quit" "戻る、一覧では終了";
    Quit "Quit" "終了";
    Unlock "Unlock" "ロック解除";
    OtherWay "Recovery code, or password again" "復旧コードで開く / パスワードに戻る";
    UnlockDown "To the key file" "鍵ファイルの欄へ";
    UnlockUp "Back to the password" "パスワードの欄へ";
    Accept "Next field, or go on" "次の欄へ、または進む";
    FormDown "Next field" "次の欄へ";
    FormUp "Previous field" "前の欄へ";
    Save "Go on" "進む";
    KeepSearch "Keep the search, go to the list" "検索を保って一覧へ";
    HitDown "Next hit" "次の候補";
    HitUp "Previous hit" "前の候補";
    CopyHit "Copy the password of the marked hit" "選んだ候補のパスワードをコピー";
    Choose "Choose this line" "選んだ行に決める";
    ChoiceDown "Next line" "次の行";
    ChoiceUp "Previous line" "前の行";
    ChoicePageDown "Page down" "1 ページ下へ";
    ChoicePageUp "Page up" "1 ページ上へ";
    ShowTyped "Show or hide what is typed" "入力中の文字を表示 / 隠す";
    Erase "Erase to the left" "左を 1 字消す";
    EraseRight "Erase to the right" "右を 1 字消す";
    EraseWord "Erase the word to the left" "左の単語を消す";
    EraseLeft "Erase to the start" "行頭まで消す";
    EraseToEnd "Erase to the end" "行末まで消す";
    CaretLeft "Caret left" "カーソルを左へ";
    CaretRight "Caret right" "カーソルを右へ";
    CaretHome "Caret to the start" "カーソルを行頭へ";
    CaretEnd "Caret to the end" "カーソルを行末へ";
    CopyQr "Show as a QR code" "QR コードで表示";
    Edit "Edit" "編集";
    AddMailboxes "Many mailboxes at once" "メールボックスをまとめて作る";
    Readdress "Replace a mail address everywhere" "メールアドレスの置き換え";
    Clone "Clone" "複製";
    Change "Change the password (old one stays)" "パスワードを変更（古いものも残す）";
    Move "Move to a folder" "フォルダーへ移す";
    Tags "Tags" "タグを付ける";
    Falls "What falls if this falls" "破られたときの影響を見る";
    History "History" "履歴";
    Mark "Mark, or unmark" "印を付ける / 外す";
    MarkAll "Mark all shown, or none" "表示中の全部に印 / 全部外す";
    Rename "Rename the folder or tag" "フォルダー・タグの名前を変える";
    PutInto "Put it into another folder, or tag" "別のフォルダー・タグの中へ移す";
    MergeInto "Make it one with another folder or tag" "別のフォルダー・タグとまとめる";
    Dissolve "Remove the folder or tag, keep its entries" "フォルダー・タグをなくす（中身は残す）";
    NewFolder "New folder" "新しいフォルダー";
    GoFolders "All folders" "フォルダーの一覧";
    GoTags "All tags" "タグの一覧";
    Archive "Archive (account closed), or bring back" "アーカイブ（解約した） / 戻す";
    Restore "Restore" "復元";
    DeleteForever "Delete for ever" "完全に削除";
    New "New entry" "新しいアイテム";
    Generator "Password generator" "パスワード生成";
    CopyGenerated "Copy the generated password" "生成したパスワードをコピー";
    TypeRandom "Random characters" "ランダムな文字";
    TypeWords "Words" "単語";
    TypePin "PIN" "暗証番号";
    TypePronounceable "Pronounceable" "発音できる文字列";
    Sort "Sort order" "並べ替え";
    NextFound "Next difference or step" "次の違い・手順へ";
    PreviousFound "Previous difference or step" "前の違い・手順へ";
    GoHealth "Health: what is reused, weak, leaked" "点検: 使い回し、弱い、流出";
    GoDue "What is due for a change" "変更時期のもの";
    Ignore "Ignore a finding, or no longer" "指摘をそのままにする / 戻す";
    WriteReport "Write the report (without secrets)" "報告書を書き出す（秘密は含まない）";
    GoLinks "Proposed links" "つながりの候補";
    GoCodes "All one-time codes" "ワンタイムコードの一覧";
    GoTrash "The trash" "ごみ箱を開く";
    GoVaults "Other vaults" "ほかの保管庫";
    GoSettings "Settings" "設定";
    GoSlots "Ways to open the vault" "開け方（パスワード、復旧コード）";
    ChangeMaster "Change the master password" "マスターパスワードを変える";
    NewKit "Make a recovery kit" "復旧キットを作る";
    GoAbout "About mamori" "mamori について";
    Import "Import from another program" "ほかのソフトから取り込む";
    GoTaken "An account was taken over" "乗っ取られたかもしれない";
    BrokenInto "This account was taken over" "このアカウントが乗っ取られた";
    SkipStep "Skip the step, with a reason" "理由を付けて手順を見送る";
    GoIncidents "Plans for taken-over accounts" "乗っ取り対応の一覧";
    Export "Export" "書き出す";
    Backups "Backups, and back to one" "バックアップ（見る・戻す）";
    Merge "Merge another copy of this vault" "別の写しと合わせる";
    SaveSearch "Keep this search" "この検索を保存";
    Searches "Recent and kept searches" "最近の検索と保存した検索";
    ClipboardTest "Clipboard test" "クリップボードの確認";
    Generate "Generate this password" "このパスワードを生成";
    UndoTyping "Undo typing" "入力を元に戻す";
}

macro_rules! shorts {
    ($($command:ident $en:literal $ja:literal;)*) => {
        /// Short title in English; the whole one where there is no short one.
        pub fn short_en(command: Command) -> &'static str {
            match command { $(Command::$command => $en,)* other => en(other) }
        }

        /// Short title in Japanese; the whole one where there is no short one.
        pub fn short_ja(command: Command) -> &'static str {
            match command { $(Command::$command => $ja,)* other => ja(other) }
        }
    };
}

shorts! {
    Open "open" "開く";
    CopyPassword "password" "パスワード";
    CopyHit "password" "パスワード";
    CopyStaged "new one" "新しい方";
    CopyUser "user" "ユーザー名";
    CopyCode "code" "コード";
    CopyAddress "address" "アドレス";
    CopyInTurn "in turn" "順に";
    Send "send" "送る";
    Search "search" "検索";
    Palette "commands" "コマンド";
    Help "keys" "キー一覧";
    HelpHere "keys" "キー一覧";
    Reveal "show" "表示";
    Back "back" "戻る";
    Lock "lock" "ロック";
    LockHere "lock" "ロック";
    Reload "reload" "読み直す";
    ReloadHere "reload" "読み直す";
    Leave "quit" "終了";
    Quit "quit" "終了";
    Cancel "quit" "終了";
    Unlock "unlock" "開く";
    OtherWay "other way" "別の開け方";
    UnlockDown "key file" "鍵ファイル";
    UnlockUp "password" "パスワード";
    ShowTyped "show" "表示";
    Language "日本語" "English";
    KeepSearch "to the list" "一覧へ";
    HitDown "down" "下へ";
    Down "down" "下へ";
    ChoiceDown "down" "下へ";
    HitUp "up" "上へ";
    Up "up" "上へ";
    ChoiceUp "up" "上へ";
    Choose "choose" "決定";
    Accept "next" "次へ";
    Save "create" "作成";
    FormUp "up" "上へ";
    ChoicePageDown "page down" "次ページ";
    PageDown "page down" "次ページ";
    FormDown "down" "下へ";
    ClearClipboard "clear" "消去";
    Next "other pane" "隣の枠";
    EraseLeft "erase all" "全部消す";
    Undo "undo" "元に戻す";
    Trash "trash" "ごみ箱";
    CopyQr "QR code" "QR";
    Edit "edit" "編集";
    AddMailboxes "mailboxes" "まとめて作る";
    Readdress "new address" "置き換え";
    Clone "clone" "複製";
    Change "change" "変更";
    Move "folder" "フォルダー";
    Tags "tags" "タグ";
    Falls "what falls" "影響";
    History "history" "履歴";
    Mark "mark" "印";
    MarkAll "mark all" "全部に印";
    Favourite "favourite" "お気に入り";
    Rename "rename" "名前";
    PutInto "move" "移す";
    MergeInto "merge" "まとめる";
    Dissolve "remove" "なくす";
    NewFolder "new folder" "新規";
    GoFolders "folders" "フォルダー";
    GoTags "tags" "タグ";
    Archive "archive" "アーカイブ";
    Restore "restore" "復元";
    DeleteForever "delete" "完全に削除";
    New "new" "新規";
    Generator "generator" "生成";
    CopyGenerated "copy" "コピー";
    TypeRandom "random" "ランダム";
    TypeWords "words" "単語";
    TypePin "PIN" "暗証番号";
    TypePronounceable "pronounceable" "発音できる";
    Sort "sort" "並べ替え";
    NextFound "next" "次へ";
    PreviousFound "previous" "前へ";
    GoHealth "health" "点検";
    GoDue "due" "変更時期";
    Ignore "ignore" "そのままに";
    WriteReport "report" "報告書";
    GoLinks "links" "つながり";
    GoCodes "codes" "コード一覧";
    GoTrash "trash" "ごみ箱";
    GoVaults "vaults" "保管庫";
    GoSettings "settings" "設定";
    GoAbout "about" "情報";
    Import "import" "取り込む";
    GoTaken "taken over" "乗っ取り";
    BrokenInto "taken over" "乗っ取り";
    SkipStep "skip" "見送る";
    GoIncidents "plans" "対応一覧";
    Export "export" "書き出す";
    Backups "backups" "バックアップ";
    Merge "merge" "合わせる";
    SaveSearch "keep search" "検索保存";
    Searches "searches" "検索一覧";
    ClipboardTest "test copy" "コピー試験";
    Generate "generate" "生成";
    UndoTyping "undo" "元に戻す";
}
