//! Findings about the vault file and what belongs to it.

use super::{Said, day, pick, size};
use crate::crypto::kdf::Params;
use crate::doctor::{Finding, Level};
use crate::error::Report;
use crate::text::{Lang, problem, sanitise};

pub(super) fn said(lang: Lang, finding: &Finding) -> Said {
    use Finding as F;
    match finding {
        F::VaultMissing => pick(
            lang,
            ("there is no vault yet", "'mamori init' makes one."),
            ("保管庫はまだありません", "mamori init で作れます。"),
        ),
        F::VaultUnreadable(error) => of(lang, Report::from(*error)),
        F::VaultWhole { bytes } => pick(
            lang,
            (format!("whole, as far as can be seen without the password ({})", size(*bytes)), ""),
            (format!("パスワードなしで確かめられる範囲では、壊れていません ({})", size(*bytes)), ""),
        ),
        F::VaultBeforeKeyChange => pick(
            lang,
            (
                "this file is from before a change of the master password that this machine has seen; it can only be read",
                "Look for the later file. This one can be merged into it: mamori merge FILE. Or make it the vault again: mamori passwd",
            ),
            (
                "この機械で見たマスターパスワードの変更より前のファイルです。読むことしかできません",
                "新しい方のファイルを探してください。これはそこへ合わせられます: mamori merge ファイル。これを保管庫に戻すには mamori passwd",
            ),
        ),
        F::VaultMode(mode) => match finding.level() {
            Level::Ok => pick(
                lang,
                (format!("only you can read the file ({mode:04o})"), ""),
                (format!("ファイルを読めるのはあなただけです ({mode:04o})"), ""),
            ),
            Level::Note => pick(
                lang,
                (
                    format!("others on this machine can read the file ({mode:04o})"),
                    "It is encrypted, but a copy lets them guess the password. chmod 600 FILE closes it.",
                ),
                (
                    format!("この機械のほかのユーザーもファイルを読めます ({mode:04o})"),
                    "暗号化されていますが、写しがあればパスワードを試せます。chmod 600 ファイル で閉じられます。",
                ),
            ),
            Level::Problem => pick(
                lang,
                (
                    format!("others on this machine can write the file ({mode:04o})"),
                    "They could put an old or a broken one in its place. chmod 600 FILE closes it.",
                ),
                (
                    format!("この機械のほかのユーザーもファイルを書き換えられます ({mode:04o})"),
                    "古いものや壊れたものに置き換えられるおそれがあります。chmod 600 ファイル で閉じてください。",
                ),
            ),
        },
        F::VaultOwner(user) => pick(
            lang,
            (
                format!("the file belongs to another user (number {user})"),
                "A save by you may make it yours, and then the other one can no longer read it.",
            ),
            (
                format!("ファイルはほかのユーザー (番号 {user}) のものです"),
                "あなたが保存するとあなたのものになり、相手が読めなくなることがあります。",
            ),
        ),
        F::VaultNames(names) => pick(
            lang,
            (
                format!("the file has {names} names (hard links)"),
                "A save replaces it under this name only; under the other names the old state stays.",
            ),
            (
                format!("ファイルに名前が {names} 個あります (ハードリンク)"),
                "保存で新しくなるのはこの名前だけで、ほかの名前では古いまま残ります。",
            ),
        ),
        F::VaultLink(target) => pick(
            lang,
            (
                format!("a symbolic link to {}", target.display()),
                "A save replaces the file that it leads to; the link stays.",
            ),
            (
                format!("シンボリックリンクです: {}", target.display()),
                "保存ではリンク先のファイルを置き換えます。リンクはそのままです。",
            ),
        ),
        F::Kdf(params) => match finding.level() {
            Level::Problem => pick(
                lang,
                (
                    format!("guessing the password costs too little: {params}, below {}", Params::FLOOR),
                    "'mamori slots rekey' raises it. Old copies of the file keep the old cost.",
                ),
                (
                    format!("パスワードを次々に試されやすい設定です: {params} (目安 {})", Params::FLOOR),
                    "mamori slots rekey で強くできます。前の写しは前のままです。",
                ),
            ),
            _ => pick(
                lang,
                (format!("each guess at the password is costly enough ({params})"), ""),
                (format!("パスワードを次々に試されにくい設定です ({params})"), ""),
            ),
        },
        F::KdfMemory { need, free } => match finding.level() {
            Level::Problem => pick(
                lang,
                (
                    format!("opening needs {} of memory, {} are free here", size(*need), size(*free)),
                    "Close other programs, or raise the memory limit of this container.",
                ),
                (
                    format!("開くには {} のメモリーが必要ですが、空きは {} です", size(*need), size(*free)),
                    "ほかのプログラムを閉じるか、コンテナーのメモリーの上限を上げてください。",
                ),
            ),
            _ => pick(
                lang,
                (format!("enough memory to open it ({} needed, {} free)", size(*need), size(*free)), ""),
                (format!("開くためのメモリーは足ります (必要 {}、空き {})", size(*need), size(*free)), ""),
            ),
        },
        other => around(lang, other),
    }
}

/// What an error says elsewhere, in one line and one more.
fn of(lang: Lang, report: Report) -> Said {
    let vault = match lang {
        Lang::En => "the vault",
        Lang::Ja => "保管庫",
    };
    let problem = problem::problem(lang, &report.about(vault));
    (problem.fact, problem.advice)
}

fn around(lang: Lang, finding: &Finding) -> Said {
    use Finding as F;
    match finding {
        F::FolderMode { mode, permissions } => match (finding.level(), permissions) {
            (Level::Ok, _) => pick(
                lang,
                (format!("nobody else can write into its folder ({mode:04o})"), ""),
                (format!("フォルダーに書き込めるのはあなただけです ({mode:04o})"), ""),
            ),
            (_, false) => pick(
                lang,
                (
                    "its folder has no permissions of its own: others on this machine may write there, too",
                    "That is so on FAT and on the disks of Windows in WSL. Where others use this machine, a folder in your home is better.",
                ),
                (
                    "フォルダーに権限の仕組みがないため、この機械のほかの人も書き込めます",
                    "FAT や、WSL から見た Windows のディスクでは、必ずこうなります。ほかの人も使う機械なら、ホームの中のフォルダーが安全です。",
                ),
            ),
            (Level::Note, true) => pick(
                lang,
                (
                    format!("everybody may make files in its folder, though not replace yours ({mode:04o})"),
                    "A folder of your own is better.",
                ),
                (
                    format!(
                        "フォルダーには誰でもファイルを作れます。あなたのものは置き換えられません ({mode:04o})"
                    ),
                    "あなただけのフォルダーの方が安全です。",
                ),
            ),
            (Level::Problem, true) => pick(
                lang,
                (
                    format!("others can write into its folder ({mode:04o})"),
                    "They could replace the vault by an old or a broken one. chmod go-w FOLDER closes it.",
                ),
                (
                    format!("ほかのユーザーもフォルダーに書き込めます ({mode:04o})"),
                    "保管庫を古いものや壊れたものに置き換えられるおそれがあります。chmod go-w フォルダー で閉じてください。",
                ),
            ),
        },
        F::FolderMissing => pick(
            lang,
            (
                "its folder does not exist",
                "'mamori init' makes the usual one; another one you make yourself.",
            ),
            (
                "フォルダーがありません",
                "いつもの場所なら mamori init が作ります。ほかの場所は、ご自分で作ってください。",
            ),
        ),
        F::DiskOrdinary(name) => pick(
            lang,
            (format!("on a disk of this machine ({name})"), ""),
            (format!("この機械のディスクにあります ({name})"), ""),
        ),
        F::DiskNetwork(name) => pick(
            lang,
            (
                format!("on another machine's disk ({name})"),
                "Two programs on two machines may not see one another's lock; mamori then notices the other's save and joins it.",
            ),
            (
                format!("ほかの機械のディスクにあります ({name})"),
                "2 台で同時に保存すると、互いのロックが見えないことがあります。その場合も、mamori は相手の保存に気づいて合わせます。",
            ),
        ),
        F::DiskWithoutPermissions(name) => pick(
            lang,
            (
                format!("on a file system without permissions ({name})"),
                "Others on this machine can copy the file. It is encrypted.",
            ),
            (
                format!("権限の仕組みがないファイルシステムにあります ({name})"),
                "この機械のほかのユーザーも写しを取れます。ファイルは暗号化されています。",
            ),
        ),
        F::DiskMemory(name) => pick(
            lang,
            (
                format!("in memory ({name}): it is gone at the next start of this machine"),
                "Put the vault on a disk.",
            ),
            (
                format!("メモリーの上にあり ({name})、この機械を再起動すると消えます"),
                "保管庫をディスクに置いてください。",
            ),
        ),
        F::DiskProgram(name) => pick(
            lang,
            (
                format!("on a file system that a program provides ({name})"),
                "What it promises for saves is that program's to say.",
            ),
            (
                format!("プログラムが用意するファイルシステムにあります ({name})"),
                "保存がどこまで確実かは、そのプログラムしだいです。",
            ),
        ),
        F::DiskReadOnly(name) => pick(
            lang,
            (
                format!("on a file system that is mounted read-only ({name})"),
                "The vault can be read there, not changed.",
            ),
            (
                format!("読み取り専用でマウントされています ({name})"),
                "ここでは読めますが、変更は保存できません。",
            ),
        ),
        F::Space { free, need } => match finding.level() {
            Level::Problem => pick(
                lang,
                (
                    format!("a save needs {} of room on the disk, {} are free", size(*need), size(*free)),
                    "Make room. Until then changes are not saved; the vault stays as it is.",
                ),
                (
                    format!("保存には {} の空きが必要ですが、{} しかありません", size(*need), size(*free)),
                    "空きを作ってください。それまで変更は保存できませんが、保管庫は今のまま残ります。",
                ),
            ),
            _ => pick(
                lang,
                (format!("enough room on the disk ({} free)", size(*free)), ""),
                (format!("ディスクの空きは足ります ({})", size(*free)), ""),
            ),
        },
        F::SavesHold => pick(
            lang,
            ("a save replaces the file in one step, and a lock keeps others out: tried", ""),
            ("保存は 1 回の操作で置き換わり、その間はロックが効きます (試しました)", ""),
        ),
        F::NoExchange => pick(
            lang,
            (
                "two files cannot change places in one step here",
                "A save renames instead, and looks just before whether the file is still the same one.",
            ),
            (
                "ここでは 2 つのファイルを 1 回の操作で入れ替えられません",
                "保存は名前の変更で行い、その直前に、同じファイルのままかどうかを確かめます。",
            ),
        ),
        F::NoLock => pick(
            lang,
            (
                "locks do not work here",
                "Do not save from two programs at the same moment. What another one saved before is noticed and joined.",
            ),
            (
                "ここではロックが効きません",
                "2 つのプログラムで同時に保存しないでください。先に保存されたものには気づいて合わせます。",
            ),
        ),
        F::NotTried => pick(
            lang,
            ("saving was not tried (--read-only)", ""),
            ("保存できるかは試していません (--read-only)", ""),
        ),
        F::CannotWrite(error) => of(lang, Report::from(error.clone())),
        other => kept(lang, other),
    }
}

fn kept(lang: Lang, finding: &Finding) -> Said {
    use Finding as F;
    match finding {
        F::Temps(count) => pick(
            lang,
            (
                format!("what a killed save left lies beside it: {count}"),
                "The next save looks at it: what holds something new is kept, the rest goes.",
            ),
            (
                format!("途中で終わった保存の残りが隣にあります: {count} 件"),
                "次の保存のときに調べ、新しい内容があれば残し、なければ片付けます。",
            ),
        ),
        F::Copies(names) => pick(
            lang,
            (
                format!("other copies of this vault lie beside it: {}", names.join(", ")),
                "If a sync program made them, take in what they hold: mamori merge FILE. Then delete them.",
            ),
            (
                format!("この保管庫の別の写しが隣にあります: {}", names.join("、")),
                "同期ソフトが作ったものなら、mamori merge ファイル で合わせてから削除してください。",
            ),
        ),
        F::Unsaved(count) => pick(
            lang,
            (
                format!("changes that an earlier run could not save are kept: {count}"),
                "They come in when the vault is opened, and are saved with the next change.",
            ),
            (
                format!("前回保存できなかった変更が残っています: {count} 件"),
                "保管庫を開くと取り込み、次の変更のときに保存します。",
            ),
        ),
        F::NoBackups => pick(
            lang,
            ("no backups yet", "They come by themselves, the first one with a change."),
            ("バックアップはまだありません", "変更を保存すると自動で作られます。"),
        ),
        F::Backups { count, newest, older: 0 } => pick(
            lang,
            (format!("backups: {count}, the newest of {}", day(*newest)), ""),
            (format!("バックアップ: {count} 件、最新は {}", day(*newest)), ""),
        ),
        F::Backups { count, newest, older } => pick(
            lang,
            (
                format!(
                    "backups: {count}, the newest of {}; {older} open with a former password",
                    day(*newest)
                ),
                "",
            ),
            (
                format!(
                    "バックアップ: {count} 件、最新は {}。{older} 件は前のパスワードで開きます",
                    day(*newest)
                ),
                "",
            ),
        ),
        F::BackupsUnsound { name, count } => pick(
            lang,
            (
                format!("the newest of {count} backups is damaged: {name}"),
                "The disk may be failing: copy the vault elsewhere. 'mamori backup list' shows the others.",
            ),
            (
                format!("バックアップ {count} 件のうち、最新のものが壊れています: {name}"),
                "ディスクが傷んでいるかもしれません。保管庫をほかの場所にも写してください。ほかのバックアップは mamori backup list で見られます。",
            ),
        ),
        F::StateMode(mode) | F::BackupsMode(mode) => {
            let (en, ja) = match finding {
                F::StateMode(_) => {
                    ("the folder of backups, drafts and notes", "バックアップや下書きのフォルダー")
                }
                _ => ("the folder of backups", "バックアップのフォルダー"),
            };
            match finding.level() {
                Level::Ok => pick(
                    lang,
                    (format!("{en} is yours alone ({mode:04o})"), ""),
                    (format!("{ja}を開けるのはあなただけです ({mode:04o})"), ""),
                ),
                _ => pick(
                    lang,
                    (
                        format!("others can look into {en} ({mode:04o})"),
                        "What is in it is encrypted. chmod 700 FOLDER closes it.",
                    ),
                    (
                        format!("ほかのユーザーも{ja}を開けます ({mode:04o})"),
                        "中身は暗号化されています。chmod 700 フォルダー で閉じられます。",
                    ),
                ),
            }
        }
        F::SettingsMode(mode) => match finding.level() {
            Level::Ok => pick(
                lang,
                (format!("nobody else can write the settings file ({mode:04o})"), ""),
                (format!("設定ファイルに書き込めるのはあなただけです ({mode:04o})"), ""),
            ),
            _ => pick(
                lang,
                (
                    format!("others can write the settings file ({mode:04o})"),
                    "They could name another vault there. chmod 600 FILE closes it; 'mamori config path' names it.",
                ),
                (
                    format!("ほかのユーザーも設定ファイルを書き換えられます ({mode:04o})"),
                    "別の保管庫を指すように変えられるおそれがあります。chmod 600 で閉じてください。場所は mamori config path でわかります。",
                ),
            ),
        },
        F::SettingsOpen(weak) => {
            let weak = sanitise::line(&weak.display().to_string()).into_owned();
            pick(
                lang,
                (
                    format!("no command of the settings is run: somebody else may write or own {weak}"),
                    "Look into the settings (mamori config path), then chmod go-w closes it.",
                ),
                (
                    format!(
                        "設定にあるコマンドは実行しません。ほかのユーザーが {weak} を書き換えられるか、所有しています"
                    ),
                    "設定の中身を確かめ (mamori config path)、chmod go-w で閉じてください。",
                ),
            )
        }
        F::SettingsWrong(count) => pick(
            lang,
            (format!("mistakes in the settings file: {count}"), "'mamori config check' names them."),
            (format!("設定ファイルに誤りがあります: {count} か所"), "mamori config check で確かめられます。"),
        ),
        // - the others are taken above
        _ => pick(lang, ("the settings are right", ""), ("設定に誤りはありません", "")),
    }
}
