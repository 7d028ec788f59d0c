//! The command line in Japanese.

use super::help_ja;
use super::say::{Fields, Say};
use super::{Text, Usage};
use crate::model::Tag;

/// The texts.
pub const TEXT: Text =
    Text { cmd: help_ja::COMMANDS, opt: help_ja::OPTIONS, help: help_ja::HELP, usage: USAGE, say: SAY };

const USAGE: Usage = Usage {
    error: "エラー",
    no_command: |what| format!("「{what}」というコマンドはありません"),
    no_option: |what| format!("「{what}」というオプションはここでは使えません"),
    extra: |what| format!("引数「{what}」は余分です"),
    bad_value: |option, value| format!("「{value}」は {option} の値として使えません"),
    no_value: |option| format!("{option} には値が必要です"),
    unwanted_value: |option, value| format!("{option} に値「{value}」は付けられません"),
    conflict: |one, other| format!("{one} と {other} は同時に使えません"),
    twice: |option| format!("{option} が 2 回指定されています"),
    missing: |what| format!("指定が足りません: {what}"),
    missing_command: "コマンドが足りません",
    not_utf8: "引数が UTF-8 の文字ではありません",
    other: "引数を解釈できません",
    meant: |what| format!("「{what}」のことでしょうか。"),
    possible: |values| format!("使える値: {values}"),
    see: |command| format!("詳しくは: {command} --help"),
};

const SAY: Say = Say {
    warning: "警告",
    yes_no: " [y/N] ",
    yes: &["y", "yes", "はい", "ｙ"],

    ask_master: |vault| format!("{vault} のマスターパスワード: "),
    ask_master_again: "平文で書き出すため、もう一度マスターパスワードを入力してください: ",
    ask_new_master: "新しいマスターパスワード: ",
    ask_new_master_again: "確認のためもう一度: ",
    ask_other_master: |file| format!("{file} のマスターパスワード: "),
    ask_export_password: "書き出すファイルのパスワード: ",
    ask_password: "アイテムのパスワード (なければ Enter): ",
    ask_otp: "ワンタイムコードの鍵: ",
    ask_field: |name| format!("{name}: "),
    stop: "。",
    again: "もう一度入力してください。",
    ask_key_file: |vault| format!("{vault} の鍵ファイル: "),
    ask_code: |vault| format!("{vault} の復旧コード:"),

    calibrating: "このPCの速さを測っています ...",
    weak_kdf: |given, least| {
        format!(
            "{given} は {least} を下回ります。ファイルを手に入れた人がパスワードを速く試せるので、試験だけに使ってください。"
        )
    },
    weak_kdf_open: |given, least| {
        format!("この保管庫の鍵の計算 ({given}) は {least} を下回ります。強くするには mamori slots rekey。")
    },
    weak_master: |strength| {
        format!(
            "このマスターパスワードは推測されるおそれがあります: {strength}。無作為な単語を 5 つ以上並べると安全です: mamori generate --words 5"
        )
    },
    created: |path, kdf| format!("保管庫を作りました: {path} ({kdf})"),
    created_next: "マスターパスワードを忘れると誰にも開けません。次は mamori add タイトル、または mamori import ファイル.csv をどうぞ。",
    joined: |count| {
        format!("その間に別のプログラムが保存していたため、変更を合わせました (アイテム: {count})。")
    },
    source_in_clear: |path, word| {
        format!("{path} にはすべてのパスワードがそのまま残っています。確かめたら削除してください: rm {word}")
    },
    foreign_codeset: |codeset| {
        format!(
            "ロケールは {codeset} ですが、mamori は UTF-8 で出力します。文字化けするときは LANG=ja_JP.UTF-8 にしてください"
        )
    },
    unsaved_taken_in: "前回保存できなかった変更を含んでいます。次の変更のときに保存します",
    rolled_back: |saved| {
        format!(
            "このファイルには、このPCが {saved} に保存した内容がありません。古い写しに戻されたようです。足りない分は mamori backup list で探せます。"
        )
    },
    config_made: |path| format!("書きました: {path}"),
    config_none: |path| format!("{path} はありません。初期値のまま動きます（mamori config init で作れます）"),
    config_good: |path| format!("{path} に誤りはありません"),
    backups_lie_here: "この機械には保管庫のバックアップがあります。mamori backup list で一覧し、mamori backup restore 名前 で、なくなった保管庫の場所に戻せます",
    folder_open: |fact, advice| format!("{fact}。{advice}"),
    older_epoch: |saved| {
        format!(
            "このファイルは、このPCが {saved} に保存したマスターパスワード変更より前のものです。読むことしかできません。新しいものは mamori backup list で探せます。mamori passwd で新しいパスワードにすると、これが保管庫に戻ります。"
        )
    },
    ask_take_on: |saved| {
        format!(
            "{saved} のマスターパスワード変更から後に保存した内容は、このファイルにありません。これを保管庫に戻しますか?"
        )
    },
    ask_place_older: |name, saved| {
        format!(
            "バックアップ {name} は {saved} のマスターパスワード変更より前のものです。その後に保存した内容はなく、前のパスワードで開き、mamori passwd で新しいパスワードにするまでは読むだけです。これを置きますか?"
        )
    },
    kept_copy: |path| {
        format!("途中で終わった保存が見つかり、{path} として残しました。mamori merge で取り込めます。")
    },
    recreated: "保管庫のファイルが消えていたため、書き直しました。",

    tag: |tag| match tag {
        Tag::TITLE => "タイトル",
        Tag::USERNAME => "ユーザー名",
        Tag::PASSWORD => "パスワード",
        Tag::URL | Tag::URL_PLACE | Tag::MATCH_URL => "アドレス",
        Tag::LABEL => "タグ",
        Tag::FOLDER => "フォルダー",
        Tag::FAVOURITE => "お気に入り",
        Tag::NOTES => "メモ",
        Tag::OTP => "ワンタイムコードの鍵",
        Tag::FIELD_NAME | Tag::FIELD_VALUE | Tag::FIELD_SECRET | Tag::FIELD_PLACE => "項目",
        Tag::ALIAS => "別名",
        Tag::READING => "よみ",
        Tag::ARCHIVED => "アーカイブ",
        Tag::TRASH => "ごみ箱",
        Tag::CREATED => "作成",
        Tag::EXPIRES => "アイテムの期限",
        Tag::KIND => "種類",
        Tag::LINK => "つながり",
        Tag::LINK_REFUSED => "外したつながりの候補",
        Tag::STAGED_SECRET
        | Tag::STAGED_STATE
        | Tag::STAGED_REASON
        | Tag::STAGED_SINCE
        | Tag::STAGED_RECIPE => "変更中",
        Tag::ORIGIN | Tag::ORIGIN_ID => "取り込み元",
        Tag::PASSWORD_NOTE => "設定した人",
        Tag::PASSWORD_CHANGED => "パスワードの日付",
        Tag::RULE | Tag::RECIPE => "パスワードの規則",
        Tag::INTERVAL | Tag::DUE => "次の変更",
        Tag::FILE_NAME | Tag::FILE_DATA => "添付ファイル",
        Tag::IGNORED => "そのままにした指摘",
        Tag::USED_BY => "使っているもの",
        _ => "その他",
    },
    hidden: "******** (--reveal で表示)",
    fields: Fields {
        title: "タイトル",
        kind: "種類",
        state: "状態",
        username: "ユーザー名",
        password: "パスワード",
        staged: "変更中のパスワード",
        url: "アドレス",
        folder: "フォルダー",
        tags: "タグ",
        aliases: "別名",
        reading: "よみ",
        favourite: "お気に入り",
        otp: "ワンタイムコード",
        notes: "メモ",
        links: "つながり",
        attachments: "添付",
        created: "作成",
        modified: "編集",
        password_changed: "パスワード設定",
        expires: "アイテムの期限",
        id: "ID",
        active: "使用中",
        archived: "アーカイブ",
        trashed: "ごみ箱の中",
    },
    nothing_found: "見つかりませんでした。",
    nearly_found: "一致するものがないため、近いものを表示しました。",
    unknown_token: |name| {
        format!(
            "「{name}」は検索の指定（tag: folder: kind: is: user: url: title: note:）ではないため、言葉として探しました。"
        )
    },
    shown: |shown, all| format!("アイテム: {all} 件中 {shown} 件"),

    added: |title, id| format!("追加しました: {title}  {id}"),
    changed: |title| format!("変更しました: {title}"),
    unchanged: |title| format!("変更するところがありません: {title}"),
    moved: |title, folder| {
        if folder.is_empty() {
            format!("フォルダーの外へ移しました: {title}")
        } else {
            format!("移しました: {title} -> {folder}")
        }
    },
    cloned: |title, id| format!("複製しました: {title}  {id}"),
    trashed: |title| format!("ごみ箱に入れました: {title} (mamori restore で戻せます)"),
    restored: |title| format!("戻しました: {title}"),
    restored_to: |title, revision| format!("戻しました: {title} ({revision} の時点)"),
    only_mail_csv: "--entry、--columns、--no-header は --format mail-csv のときだけ使えます",
    no_mail_csv: "書き出すメールボックスがありません。--entry で指定するか、パスワードの変更を始めてください",
    attached: |name, title| format!("添付しました: {name} ({title})"),
    detached: |name, path| format!("書き出しました: {name} ({path})。平文で残ります。"),
    attachment_removed: |name, title| format!("外しました: {name} ({title})。履歴には残ります。"),
    linked: |one, relation, other| format!("つなぎました: {one} {relation} {other}"),
    ask_purge: |count| {
        format!("履歴も含め、この保管庫のすべての写しから永久に消しますか。アイテム: {count} 件")
    },
    purged: |count| format!("永久に消しました。アイテム: {count} 件"),
    not_done: "何も変更していません。",
    generated: "パスワード",
    bits: |bits| format!("{bits:.1} ビット"),
    code_left: |seconds| format!("あと {seconds} 秒有効"),

    unlocked: |time| {
        format!(
            "{time}のあいだ、この保管庫は、この機械にあるあなたのどの端末でも、マスターパスワードなしで開きます。mamori lock で終わります。"
        )
    },
    unlocked_session: |time| {
        format!(
            "{time}のあいだ、この保管庫は、このログインの中ではマスターパスワードなしで開きます。mamori lock で終わります。"
        )
    },
    locked: "ロックしました。この機械のどの端末でも、またマスターパスワードが必要です。全画面で開いている保管庫はそのままなので、そちらは L でロックしてください。",
    was_locked: "開けたままの保管庫はありませんでした。",
    locked_all: |path, count| {
        format!("{path} を読めないため、すべての保管庫をロックしました。開けたままだったもの: {count} 件")
    },
    status_vault_label: "保管庫:      ",
    status_state_label: "状態:        ",
    status_keyring_label: "キーリング:  ",
    status_unlocked: |left, session| {
        let whose = if session {
            "このログインの中だけ"
        } else {
            "この機械にあるあなたのどの端末でも"
        };
        left.map_or_else(
            || format!("マスターパスワードなしで開きます ({whose})"),
            |left| format!("あと約 {left}、マスターパスワードなしで開きます ({whose})"),
        )
    },
    status_locked: "ロックされています。マスターパスワードをたずねます (mamori unlock でしばらく開けておけます)",
    status_missing: "まだ保管庫がありません (mamori init で作れます)",
    status_keyring: "使えます",

    ask_drop_slots: |names| format!("入力されなかった次の開け方は使えなくなります: {names}。続けますか。"),
    slot_password: "パスワード",
    slot_key_file: "鍵ファイル",
    slot_recovery: "復旧コード",
    slot_unnamed: "名前なし",
    slot_opened: "今これで開いた",
    weak_slots: |least| {
        format!(
            "{least} を下回るものがあり、ファイルを手に入れた人に速く試されます。強くするには: mamori slots rekey"
        )
    },
    ask_new_slot: "この開け方の新しいパスワード: ",
    ask_same_or_new: "鍵ファイルと一緒に使うパスワード (今入力したものなら Enter): ",
    ask_remove_slot: |name| {
        format!("次の開け方を外しますか: {name}。鍵をすべて新しくするので、残すものを順にたずねます。")
    },
    ask_slot: |name| format!("残す: {name} のパスワード (外すなら Enter): "),
    ask_slot_file: |name| format!("残す: {name} の鍵ファイル (外すなら Enter): "),
    wrong_slot: "この開け方では開きません。もう一度入力してください。",
    slot_given_up: |name| format!("{name} は入力されなかったので外れます"),
    ask_code_stays: "残す復旧コード (外すなら Enter):",
    ask_no_code: "最後の組が入力されなかったので、復旧コードはなくなります。続けますか。",
    slot_added: "加えました。これからこの開け方でも開きます。",
    slot_renamed: "名前を変えました。",
    code_added: "これから復旧コードでも開きます。紙は通帳と同じようにしまってください。",
    password_alone: "パスワードだけでもまだ開きます。鍵ファイルを必ず求めるには、そちらを外してください: mamori slots remove password",
    key_beside_vault: "鍵ファイルが保管庫と同じフォルダーにあります。フォルダーごと写した人は両方を手に入れます",
    key_made: |path| {
        format!(
            "{path} がないと、この開け方では開けなくなります。別の場所に写しを置き、中身を変えないでください"
        )
    },
    making_keys: "新しい鍵を作っています ...",
    master_alike: |count| {
        format!(
            "新しいマスターパスワードと同じか、よく似たパスワードのアイテムが {count} 件あります: mamori health"
        )
    },
    keys_changed: "鍵をすべて新しくしました。残したもの以外では、もう開きません。",
    damaged_values: |titles| {
        format!(
            "次のアイテムの値は以前から壊れており、そのまま残しました (mamori history で確かめられます): {titles}"
        )
    },
    kit_name: |day| format!("{day} の復旧キット"),
    kit_next: "書き写したら Enter を押してください。Ctrl-C で中止します。",
    kit_last_group: "紙を見て、最後の組の 2 文字を入力 (b でもう一度表示、何も入れず Enter なら作らない): ",
    kit_wrong_group: "最後の組と違います。紙を見直してください。",
    kit_written: |path, word| {
        format!("{path} を読める人は誰でも保管庫を開けます。印刷したら削除してください: rm {word}")
    },
    code_void: "保存できなかったので、表示した復旧コードでは開きません。その紙は捨ててください",
    qr_too_large: |columns, rows| format!("QR コードの表示には {columns}x{rows} の画面が必要です。"),
    holding_backups: |count| format!("消したものがまだ残っているバックアップ: {count} 件"),
    ask_old_backups: "残す [k]、すぐ消す [d]、7 日後に消す [l] (何も入れなければ残す): ",
    old_backups_kept: "残しました。mamori backup list で確かめられます。",
    old_backups_gone: |count| format!("消したバックアップ: {count} 件"),
    old_backups_later: |count, when| {
        format!("{when} に消すバックアップ: {count} 件。mamori backup list で確かめられます。")
    },
    backup_due: |when| format!("{when} に消去"),
    slots_left_out: |names| {
        format!("開け方は 8 つまでなので、もう一方の写しの次のものは入りませんでした: {names}")
    },
    slot_unknown: "新しい版の開け方",
    old_backups: |count| format!("まだ古いパスワードで開くバックアップ: {count} 件"),

    plain_warning: "すべての秘密を平文で書き出します。ファイルを読める人なら誰でも読めます。使い終わったら消してください。",
    exported: |count, path| format!("{path} に書き出しました。アイテム: {count} 件"),
    merged: |added, changed, superseded| {
        format!("合わせました。新規: {added} 件、変更: {changed} 件、両方で編集: {superseded} 件")
    },
    merged_nothing: "新しいものはありませんでした。",
    merged_added: "新規",
    merged_changed: "変更",
    merged_superseded: "両方で編集されたため後のものが有効、もう一方は履歴にあります",
    merged_revived: "もう一方で編集されたため、ごみ箱から戻りました",
    merged_survived: "一方で永久に消され、もう一方で編集されたため残しました",
    merged_purged: "もう一方で永久に消されました",
    merged_settings: |count| format!("保管庫の設定（フォルダー、検索）: {count} 件"),
    their_password: "もう一方の写しでマスターパスワードが変更されていました。この保管庫も、これからはそのパスワードで開きます。",
    our_password: "両方の写しでマスターパスワードが変更されていました。後から変更したこの保管庫のものが残ります。",
    ask_older: "このファイルは、前回マスターパスワードを変える前のものです。それでも合わせますか。",
    no_backups: "バックアップはまだありません。",
    generation: |number| format!("保存 {number} 回目"),
    entry_count: |count| format!("{count} 件"),
    opens_with: |word| match word {
        "present" => "今のパスワード",
        "former" => "前のパスワード",
        _ => "別のパスワード",
    },
    unreadable: "読めません",
    restore_undo: |name| format!("取り消すには: mamori backup restore {name}"),
    entries_restored: |count, name| {
        format!("{count} 件を {name} の内容に戻しました。元の内容は履歴にあります。")
    },
    copy_beside: |name, word| {
        format!(
            "同期ソフトがこの保管庫の別の写し {name} を隣に残しています。確認: mamori merge --dry-run {word}"
        )
    },
    put_away: |path| format!("写しをバックアップへ移しました: {path}"),
    put_away_hint: |word| format!("写しはバックアップへ移せます: mamori merge --put-away {word}"),
    no_difference: "違いはありません。",
    only_there: "写しだけにある",
    only_here: "今だけにある",
    masked: "********",
    none: "（なし）",
    stays_here: "今の内容が残る",
    comes_in: "取り込む",
    ask_restore_backup: |name| {
        format!("保管庫を {name} の状態に戻しますか。それ以後の変更は別のバックアップに残ります。")
    },
    ask_backup_master: |name| format!("{name} の時点のマスターパスワード: "),
    backup_placed: |name| format!("{name} から戻しました。"),
    backup_restored: |name| format!("{name} から戻しました。戻す前の状態もバックアップにあります。"),
    older_backup: "このバックアップは、前回マスターパスワードを変える前のものです。今のパスワードで封をし直します。",

    copied: |field, title, place| format!("コピーしました: {title} の{field} -> {place}"),
    sent: |field, title, place| {
        format!("送りました (届いたかは確認できません): {title} の{field} -> {place}")
    },
    place_native: "このPCのクリップボード",
    place_terminal: "端末のクリップボード (OSC 52)",
    place_tmux: "端末のクリップボード (tmux 経由)",
    place_windows: "Windows のクリップボード",
    clear_sent: "クリップボードに消去を頼みました。消えたかどうかは確認できません。",
    not_ours: "その間に別のものがコピーされたため、そのままにしました。",
    ask_damaged: |path| {
        format!("{path} は壊れています。別の名前に変えて、バックアップをその場所に置きますか。")
    },
    set_aside: |path| format!("壊れたファイルは {path} に移しました。"),
    clears_in: |seconds| format!("あと {seconds} 秒で消します (Ctrl-C ですぐ消します)"),
    cleared: "クリップボードを消しました。",
    clears_by_helper: |seconds| format!("{seconds} 秒後に消します。"),
    not_cleared: "クリップボードを消せませんでした。",
    no_wait: "クリップボードは自動では消えません。ご自分で消してください。",
};
