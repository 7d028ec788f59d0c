//! Errors of what was asked: arguments, standard input, questions.

use super::{Problem, both, said};
use crate::error::{Ask, Line};
use crate::format::header::SlotKind;
use crate::text::Lang;

fn line(lang: Lang, line: &Line) -> String {
    let (en, ja) = match line {
        Line::Master => ("the master password", "マスターパスワード"),
        Line::NewMaster => ("the new master password", "新しいマスターパスワード"),
        Line::Code => ("the recovery code", "復旧コード"),
        Line::Export => ("the password for the file", "ファイルのパスワード"),
        Line::Password => ("the password of the entry", "アイテムのパスワード"),
        Line::Otp => ("the one-time code key", "ワンタイムコードの鍵"),
        Line::Notes => ("the notes", "メモ"),
        Line::Field(name) => return name.clone(),
    };
    match lang {
        Lang::En => en,
        Lang::Ja => ja,
    }
    .to_owned()
}

pub(super) fn ask(lang: Lang, ask: &Ask, about: &str) -> Problem {
    match ask {
        Ask::Said(sentence) => {
            let (fact, advice) = sentence.split_once('\n').unwrap_or((sentence, ""));
            Problem { code: "E0801", fact: fact.to_owned(), advice: advice.to_owned() }
        }
        Ask::MissingLine(which) if !about.is_empty() => both(
            lang,
            "E0802",
            said(format!("{about} is empty: it should hold {}", line(lang, which)), ""),
            said(format!("{about} は空です。{} の行がありません", line(lang, which)), ""),
        ),
        Ask::MissingLine(which) => both(
            lang,
            "E0802",
            said(
                format!("standard input ends before {}", line(lang, which)),
                "Lines in this order: master password, password of the entry, one-time code key, secret fields. Nothing was written.",
            ),
            said(
                format!("標準入力に {} の行がありません", line(lang, which)),
                "1 行ずつ、マスターパスワード、アイテムのパスワード、ワンタイムコードの鍵、秘密の項目の順です。何も書き込んでいません。",
            ),
        ),
        Ask::BadLine(which) => both(
            lang,
            "E0803",
            said(
                format!("{} on standard input is too long or not UTF-8 text", line(lang, which)),
                "Nothing was written.",
            ),
            said(
                format!("標準入力の {} が長すぎるか、UTF-8 の文字ではありません", line(lang, which)),
                "何も書き込んでいません。",
            ),
        ),
        Ask::NobodyToAsk => both(
            lang,
            "E0304",
            said(
                "the vault is locked and there is no terminal to ask for the password",
                "Run 'mamori unlock' in a terminal first, or give it with --password-file FILE or --password-command CMD.",
            ),
            said(
                "保管庫はロックされており、パスワードをたずねる端末がありません",
                "先に端末で mamori unlock を実行するか、--password-file ファイル か --password-command コマンド で渡してください。",
            ),
        ),
        Ask::NeedsYes => both(
            lang,
            "E0804",
            said(
                "this needs an answer and there is no terminal to ask on",
                "Say --yes. Nothing was changed.",
            ),
            said(
                "確認が必要ですが、たずねる端末がありません",
                "--yes を付けてください。何も変更していません。",
            ),
        ),
        Ask::Recovery(error) => super::vault::code(lang, *error),
        Ask::WrongCode => both(
            lang,
            "E0322",
            said(
                format!("this recovery code does not open {about}"),
                "It is typed right, so it is another one: each change of the master password makes a new code. The file itself is sound.",
            ),
            said(
                format!("この復旧コードでは {about} が開きません"),
                "打ち間違いはないので、別のコードです。マスターパスワードを変えるとコードも新しくなります。ファイルは壊れていません。",
            ),
        ),
        Ask::WrongWithKeyFile => both(
            lang,
            "E0323",
            said(
                format!("this password with this key file does not open {about}"),
                "One of the two is not the right one. A key file that was edited or converted no longer fits. The vault itself is sound.",
            ),
            said(
                format!("このパスワードと鍵ファイルの組では {about} が開きません"),
                "どちらかが違います。編集や変換をした鍵ファイルは別のファイルです。保管庫は壊れていません。",
            ),
        ),
        Ask::NeedsKeyFile => both(
            lang,
            "E0324",
            said(
                format!("{about} opens only with its key file"),
                "Name it: --key-file FILE, or key_file in the settings.",
            ),
            said(
                format!("{about} を開くには鍵ファイルも必要です"),
                "--key-file ファイル か、設定の key_file で指定してください。",
            ),
        ),
        Ask::NoSlot(kind) => {
            let (en, ja) = match kind {
                SlotKind::Recovery => ("recovery code", "復旧コード"),
                SlotKind::KeyFile => ("key file", "鍵ファイル"),
                SlotKind::Password => ("password alone", "パスワードだけ"),
            };
            both(
                lang,
                "E0325",
                said(
                    format!("{about} has no way to open it with a {en}"),
                    "Open it with its master password; then 'mamori slots add' makes one.",
                ),
                said(
                    format!("{about} には{ja}の開け方がありません"),
                    "マスターパスワードで開いてください。mamori slots add で加えられます。",
                ),
            )
        }
        Ask::NoSuchWay => both(
            lang,
            "E0326",
            said(
                format!("there is no way to open the vault called '{about}'"),
                "Its id, its name or its kind: mamori slots list",
            ),
            said(
                format!("「{about}」という開け方はありません"),
                "ID、名前、種類のどれかで指定します: mamori slots list",
            ),
        ),
        Ask::SeveralSlots(all) => both(
            lang,
            "E0327",
            said(
                format!("'{about}' means several ways to open the vault"),
                format!("Name one by its id:\n  {}", all.join("\n  ")),
            ),
            said(
                format!("「{about}」に当てはまる開け方がいくつもあります"),
                format!("ID で指定してください:\n  {}", all.join("\n  ")),
            ),
        ),
        Ask::LastWay => both(
            lang,
            "E0328",
            said(
                "no password would be left that opens the vault",
                "Nothing was changed. Add another one first (mamori slots add password), or change it: mamori passwd",
            ),
            said(
                "保管庫を開くパスワードが一つもなくなってしまいます",
                "何も変更していません。先に別のものを加えるか (mamori slots add password)、mamori passwd で変えてください。",
            ),
        ),
        Ask::KeyFileUnnamed => both(
            lang,
            "E0329",
            said(
                "which file is to be the key file?",
                "Name one that never changes, or have one made: mamori slots add key-file FILE --create",
            ),
            said(
                "鍵ファイルにするファイルを指定してください",
                "変わることのないファイルか、新しく作るなら: mamori slots add key-file ファイル --create",
            ),
        ),
        Ask::OnlyKeyFile => both(
            lang,
            "E0330",
            said(format!("only a key file takes a file, so {about} is one too many"), ""),
            said(format!("ファイルを指定するのは鍵ファイルだけなので、{about} は余分です"), ""),
        ),
        Ask::VaultAsKeyFile => both(
            lang,
            "E0331",
            said(
                format!("{about} is the vault itself: it changes with every save"),
                "Nothing was changed. Choose a file that stays as it is.",
            ),
            said(
                format!("{about} は保管庫自身で、保存のたびに変わります"),
                "何も変更していません。変わらないファイルを選んでください。",
            ),
        ),
        Ask::KitToTerminal => both(
            lang,
            "E0332",
            said(
                "on a terminal the recovery code would stay in what can be scrolled back",
                "Send it to a printer, 'mamori slots add recovery --kit - | lpr', or into a file: --kit FILE.",
            ),
            said(
                "端末に出すと、復旧コードがスクロールの履歴に残ってしまいます",
                "プリンターへ (mamori slots add recovery --kit - | lpr)、またはファイルへ (--kit ファイル) 出してください。",
            ),
        ),
        Ask::NoTerminalForKit => both(
            lang,
            "E0333",
            said(
                "there is no terminal to show the new recovery code on",
                "Nothing was changed. Run it in a terminal, or say --recovery-code none for a key change.",
            ),
            said(
                "新しい復旧コードを表示する端末がありません",
                "何も変更していません。端末で実行するか、鍵の変更なら --recovery-code none を付けてください。",
            ),
        ),
        Ask::PasswordsDiffer => both(
            lang,
            "E0308",
            said("the two passwords differ", "Nothing was changed. Try again."),
            said("2 回のパスワードが一致しません", "何も変更していません。もう一度お試しください。"),
        ),
        Ask::EmptyPassword => both(
            lang,
            "E0309",
            said("the master password is empty", "Nothing was changed."),
            said("マスターパスワードが空です", "何も変更していません。"),
        ),
        Ask::PasswordCommand => both(
            lang,
            "E0310",
            said(
                "the command for the master password failed or printed nothing",
                "Run it by itself to see why.",
            ),
            said(
                "マスターパスワードのコマンドが失敗したか、何も出力しませんでした",
                "そのコマンドだけを実行して確かめてください。",
            ),
        ),
        Ask::Interrupted => both(
            lang,
            "E0805",
            said("interrupted", "Nothing was changed."),
            said("中断しました", "何も変更していません。"),
        ),
        Ask::ReadOnly => both(
            lang,
            "E0413",
            said("--read-only was given, so nothing was changed", ""),
            said("--read-only が指定されているため、変更していません", ""),
        ),
        Ask::Time => both(
            lang,
            "E0830",
            said(format!("'{about}' is no time for this"), "For example 90s, 15m or 1h30m; from 1s to 7d."),
            said(
                format!("「{about}」は時間として使えません"),
                "例: 90s (秒)、15m (分)、1h30m (時間と分)。1s から 7d (日) までです。",
            ),
        ),
        Ask::Kdf => both(
            lang,
            "E0806",
            said(
                format!("'{about}' are no usable costs"),
                "For example m=64MiB,t=3,p=4; m from 8MiB to 1024MiB, t from 1 to 64, p from 1 to 16, m times t at most 4 GiB.",
            ),
            said(
                format!("「{about}」は強さの指定として使えません"),
                "例: m=64MiB,t=3,p=4。m は 8MiB～1024MiB、t は 1～64、p は 1～16、m × t は 4 GiB までです。",
            ),
        ),
        Ask::Kind => both(
            lang,
            "E0807",
            said(
                format!("there is no kind '{about}'"),
                "Kinds: login, mailbox, server, database, domain, website, card, bank-account, identity, ssh-key, api-token, note",
            ),
            said(
                format!("「{about}」という種類はありません"),
                "種類: login、mailbox、server、database、domain、website、card、bank-account、identity、ssh-key、api-token、note",
            ),
        ),
        Ask::FieldPair => both(
            lang,
            "E0808",
            said(format!("'{about}' is not of the form NAME=VALUE"), ""),
            said(format!("「{about}」は NAME=VALUE の形ではありません"), ""),
        ),
        Ask::Relation => both(
            lang,
            "E0809",
            said(
                format!("there is no relation '{about}'"),
                "Relations: resets-through, controlled-by, hosted-on, registered-at",
            ),
            said(
                format!("「{about}」というつながりはありません"),
                "つながり: resets-through、controlled-by、hosted-on、registered-at",
            ),
        ),
        Ask::NothingToDo => both(
            lang,
            "E0810",
            said("nothing to do was named", "See --help."),
            said("何をするかが指定されていません", "--help を参照してください。"),
        ),
        Ask::SecretTwice => both(
            lang,
            "E0811",
            said("the password was given in two ways", "Choose --generate or --secret-stdin."),
            said(
                "パスワードが 2 通りに指定されています",
                "--generate か --secret-stdin のどちらかにしてください。",
            ),
        ),
        Ask::NoRevision => both(
            lang,
            "E0705",
            said(format!("there is no revision '{about}'"), "They are listed by 'mamori history ENTRY'."),
            said(format!("履歴「{about}」はありません"), "mamori history アイテム で一覧できます。"),
        ),
        Ask::NoBackup => both(
            lang,
            "E0706",
            said(format!("there is no backup '{about}'"), "They are listed by 'mamori backup list'."),
            said(format!("バックアップ「{about}」はありません"), "mamori backup list で一覧できます。"),
        ),
        Ask::NotBeside => both(
            lang,
            "E0832",
            said(
                format!("{about} is no copy beside the vault"),
                "--put-away moves only copies that a sync program left there; they are named by 'mamori status'.",
            ),
            said(
                format!("{about} は保管庫の隣の写しではありません"),
                "--put-away で移せるのは、同期ソフトが残した写しだけです。mamori status で確かめられます。",
            ),
        ),
        Ask::NotChecked => both(
            lang,
            "E0710",
            said(
                format!("{about} is not checked: there is no list of leaked passwords here"),
                "Name one: set pwned in config.toml (see 'mamori health --help').",
            ),
            said(
                format!("{about} は調べていません。流出パスワードのリストがありません"),
                "config.toml の pwned にリストを指定してください (mamori health --help)。",
            ),
        ),
        Ask::NoSuchFinding(check) => both(
            lang,
            "E0711",
            said(
                format!("the health check does not find '{check}' of {about}: there is nothing to ignore"),
                "What it finds, with the words for it: mamori health --json. Nothing was changed.",
            ),
            said(
                format!("{about} に「{check}」の指摘はありません。無視するものがありません"),
                "指摘とその名前: mamori health --json。何も変更していません。",
            ),
        ),
        Ask::NoOtp => both(
            lang,
            "E0707",
            said(format!("{about} has no one-time code key"), "Add it with 'mamori edit ENTRY --otp-stdin'."),
            said(
                format!("{about} にワンタイムコードの鍵がありません"),
                "mamori edit アイテム --otp-stdin で付けられます。",
            ),
        ),
        Ask::NeedsPlain => both(
            lang,
            "E0812",
            said(
                "JSON holds every secret in clear",
                "If you mean it, say --plain. 'mamori export FILE.mamori' is encrypted.",
            ),
            said(
                "JSON にはすべての秘密が平文で入ります",
                "それでよければ --plain を付けてください。mamori export ファイル.mamori なら暗号化されます。",
            ),
        ),
        Ask::Template(at) => both(
            lang,
            "E0813",
            said(
                format!("the template has no placeholder '{at}'"),
                "There are {title} {username} {password} {url} {urls} {otp} {notes} {folder} {id} {field:NAME}.",
            ),
            said(
                format!("テンプレートに「{at}」は使えません"),
                "{title} {username} {password} {url} {urls} {otp} {notes} {folder} {id} {field:NAME} が使えます。",
            ),
        ),
        Ask::NoHome => both(
            lang,
            "E1203",
            said(
                "HOME is not set, so the usual places of the vault and its backups are unknown",
                "Set HOME; or XDG_STATE_HOME and --vault FILE.",
            ),
            said(
                "HOME が設定されておらず、保管庫とバックアップのいつもの場所が分かりません",
                "HOME を設定するか、XDG_STATE_HOME と --vault ファイル を指定してください。",
            ),
        ),
        Ask::Format => both(
            lang,
            "E0814",
            said(
                format!("the format '{about}' is not known"),
                "Known: roboform (import), mamori and json (export).",
            ),
            said(
                format!("形式「{about}」は分かりません"),
                "使えるのは roboform (取り込み)、mamori と json (書き出し) です。",
            ),
        ),
        Ask::EmptyTitle => both(
            lang,
            "E0815",
            said("an entry needs a title", ""),
            said("アイテムにはタイトルが必要です", ""),
        ),
        Ask::BinaryToTerminal => both(
            lang,
            "E0818",
            said("an encrypted file is not for a terminal", "Name a file, or send it into a pipe."),
            said(
                "暗号化されたファイルは端末に出力できません",
                "ファイル名を指定するか、パイプに渡してください。",
            ),
        ),
        Ask::NoTerminal => both(
            lang,
            "E0817",
            // - one line: what shows it may have no more
            said(
                "the full-screen program needs a terminal; without one: mamori get ENTRY, mamori list, mamori --help",
                "",
            ),
            said(
                "全画面には端末が必要です。端末なしでは: mamori get アイテム、mamori list、mamori --help",
                "",
            ),
        ),
        Ask::NoSecretSource => both(
            lang,
            "E0816",
            said(
                format!("there is no terminal to ask for {about}"),
                "In a script give secrets as lines of standard input: --secret-stdin, --otp-stdin, --secret-field.",
            ),
            said(
                format!("{about} をたずねる端末がありません"),
                "スクリプトでは秘密を標準入力の行として渡します: --secret-stdin、--otp-stdin、--secret-field",
            ),
        ),
    }
}
