//! Errors of reading, opening, saving and joining vault files.

use std::io::ErrorKind;

use super::{Problem, both, said};
use crate::crypto::kdf::KdfError;
use crate::crypto::keys::{KeyFileError, PasswordError};
use crate::crypto::recovery::RecoveryError;
use crate::format::FormatError;
use crate::session::{JoinError, OpenError, SealError};
use crate::store::{ReadError, SaveError};
use crate::text::Lang;

/// What the system said, in a few words.
fn system(lang: Lang, kind: ErrorKind) -> String {
    let (en, ja) = match kind {
        ErrorKind::NotFound => ("there is no such file", "ファイルがありません"),
        ErrorKind::PermissionDenied => ("not allowed", "許可がありません"),
        ErrorKind::IsADirectory => ("it is a folder", "フォルダーです"),
        ErrorKind::NotADirectory => {
            ("a part of the path is no folder", "パスの途中がフォルダーではありません")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ("no space is left", "空き容量がありません"),
        ErrorKind::FileTooLarge => ("it is too large", "大きすぎます"),
        ErrorKind::AlreadyExists => ("it exists already", "すでにあります"),
        ErrorKind::ReadOnlyFilesystem => {
            ("the file system is read-only", "ファイルシステムが読み取り専用です")
        }
        ErrorKind::TimedOut => ("no answer", "応答がありません"),
        ErrorKind::InvalidInput => ("not a regular file", "普通のファイルではありません"),
        ErrorKind::InvalidData => ("not what it should hold", "内容が正しくありません"),
        _ => ("the disk or the system failed", "ディスクまたはシステムの障害です"),
    };
    match lang {
        Lang::En => en,
        Lang::Ja => ja,
    }
    .to_owned()
}

pub(super) fn read(lang: Lang, error: ReadError, path: &str) -> Problem {
    match error {
        ReadError::Missing => both(
            lang,
            "E0101",
            said(
                format!("there is no vault at {path}"),
                "Make one with 'mamori init', or name yours with --vault FILE.",
            ),
            said(
                format!("{path} に保管庫がありません"),
                "mamori init で作るか、--vault ファイル で指定してください。",
            ),
        ),
        ReadError::NotAFile => both(
            lang,
            "E0102",
            said(format!("{path} is no regular file"), "A vault is a file such as vault.mamori."),
            said(
                format!("{path} は普通のファイルではありません"),
                "保管庫は vault.mamori のようなファイルです。",
            ),
        ),
        ReadError::Denied => both(
            lang,
            "E0103",
            said(format!("not allowed to read {path}"), "Look at its owner and mode: ls -l"),
            said(format!("{path} を読む許可がありません"), "所有者と権限を ls -l で確かめてください。"),
        ),
        ReadError::Format(error) => format(lang, error, path),
        ReadError::Io(kind) => both(
            lang,
            "E0104",
            said(format!("{path} cannot be read: {}", system(lang, kind)), ""),
            said(format!("{path} を読めません: {}", system(lang, kind)), ""),
        ),
    }
}

pub(super) fn format(lang: Lang, error: FormatError, path: &str) -> Problem {
    let it = if path.is_empty() { "-" } else { path };
    let backups_en = "Nothing was changed. Look for an older state: mamori backup list";
    let backups_ja = "何も変更していません。古い状態を探してください: mamori backup list";
    match error {
        FormatError::NotAVault => both(
            lang,
            "E0201",
            said(format!("{it} is no mamori vault"), "Name another file with --vault FILE."),
            said(
                format!("{it} は mamori の保管庫ではありません"),
                "--vault ファイル で別のファイルを指定してください。",
            ),
        ),
        FormatError::Newer { maybe_damaged, .. } => both(
            lang,
            "E0202",
            said(
                format!("{it} was made by a newer mamori"),
                if maybe_damaged {
                    "Use the newer program; the file may also be damaged."
                } else {
                    "Use the newer program. Nothing was changed."
                },
            ),
            said(
                format!("{it} は新しい版の mamori で作られています"),
                if maybe_damaged {
                    "新しい版をお使いください。ファイルが壊れている可能性もあります。"
                } else {
                    "新しい版をお使いください。何も変更していません。"
                },
            ),
        ),
        FormatError::NewerPayload(_) => both(
            lang,
            "E0203",
            said(
                format!("{it} holds what only a newer mamori may read"),
                "Use the newer program. Nothing was changed.",
            ),
            said(
                format!("{it} には新しい版の mamori だけが読める内容があります"),
                "新しい版をお使いください。何も変更していません。",
            ),
        ),
        FormatError::Damaged => both(
            lang,
            "E0204",
            said(format!("{it} is damaged: bytes are missing, added or changed"), backups_en),
            said(format!("{it} は壊れています (バイトの欠け、余り、または変化)"), backups_ja),
        ),
        FormatError::HostileCost => both(
            lang,
            "E0205",
            said(
                format!("{it} is damaged or was tampered with: its key derivation is out of bounds"),
                backups_en,
            ),
            said(format!("{it} は壊れているか、手を加えられています (鍵の計算の値が範囲外)"), backups_ja),
        ),
        FormatError::TooLarge => both(
            lang,
            "E0206",
            said(format!("{it} is larger than a vault can be (512 MiB)"), ""),
            said(format!("{it} は保管庫の上限 (512 MiB) を超えています"), ""),
        ),
        FormatError::WrongKey => open(lang, OpenError::WrongPassword, path),
    }
}

pub(super) fn open(lang: Lang, error: OpenError, path: &str) -> Problem {
    match error {
        OpenError::Format(error) => format(lang, error, path),
        OpenError::WrongPassword => both(
            lang,
            "E0301",
            said(
                format!("this password does not open {path}"),
                "Capitals, the input method and the keyboard layout matter. The file itself is sound.",
            ),
            said(
                format!("このパスワードでは {path} が開きません"),
                "大文字・小文字、入力方式、キーボード配列を確かめてください。ファイルは壊れていません。",
            ),
        ),
        OpenError::NoSuchSlot => both(
            lang,
            "E0302",
            said(
                format!("{path} has no way to open it that this was meant for"),
                "With a key file: --key-file FILE. With the recovery code: --recovery.",
            ),
            said(
                format!("{path} には、それで開く開け方がありません"),
                "鍵ファイルなら --key-file ファイル、復旧コードなら --recovery を付けてください。",
            ),
        ),
        OpenError::NeedsMemory { need, free } => {
            let mib = |bytes: u64| bytes.div_ceil(1 << 20);
            both(
                lang,
                "E0303",
                said(
                    format!("opening takes {} MiB of memory, {} MiB are free", mib(need), free >> 20),
                    "End other programs, or open the vault on another machine.",
                ),
                said(
                    format!(
                        "開くには {} MiB のメモリーが必要ですが、空きは {} MiB です",
                        mib(need),
                        free >> 20
                    ),
                    "ほかのプログラムを終了するか、別の機械で開いてください。",
                ),
            )
        }
    }
}

pub(super) fn key_file(lang: Lang, error: KeyFileError, path: &str) -> Problem {
    match error {
        KeyFileError::Empty => both(
            lang,
            "E0320",
            said(format!("{path} is empty and cannot be a key file"), "A key file has 1 byte to 16 MiB."),
            said(
                format!("{path} は空なので、鍵ファイルとして使えません"),
                "鍵ファイルは 1 バイトから 16 MiB までのファイルです。",
            ),
        ),
        KeyFileError::TooLarge => both(
            lang,
            "E0320",
            said(format!("{path} is too large for a key file"), "A key file has 1 byte to 16 MiB."),
            said(
                format!("{path} は鍵ファイルとしては大きすぎます"),
                "鍵ファイルは 1 バイトから 16 MiB までのファイルです。",
            ),
        ),
    }
}

/// A slip in a recovery code, found before anything was tried.
pub(super) fn code(lang: Lang, error: RecoveryError) -> Problem {
    let (en, ja) = match error {
        RecoveryError::Length(typed) => (
            format!("a recovery code has 34 letters and digits, this has {typed}"),
            format!("復旧コードは 34 文字ですが、入力は {typed} 文字です"),
        ),
        RecoveryError::Letter { group, letter } => (
            format!("group {group} holds '{letter}', which is in no recovery code"),
            format!("{group} 番目の組の「{letter}」は、復旧コードに使われない文字です"),
        ),
        RecoveryError::Check => (
            "there is a typing mistake in the recovery code: its check letters do not fit".to_owned(),
            "復旧コードに打ち間違いがあります (確かめの文字が合いません)".to_owned(),
        ),
    };
    both(
        lang,
        "E0321",
        said(en, "Compare it with the paper, group by group. Capitals, blanks and hyphens do not matter."),
        said(ja, "紙と 1 組ずつ見比べてください。大文字・小文字、空白、ハイフンは問いません。"),
    )
}

pub(super) fn password(lang: Lang, error: PasswordError) -> Problem {
    match error {
        PasswordError::TooLong => both(
            lang,
            "E0305",
            said("a master password has at most 1,024 bytes", ""),
            said("マスターパスワードは 1,024 バイトまでです", ""),
        ),
        PasswordError::NotUtf8 => both(
            lang,
            "E0306",
            said("the master password is not UTF-8 text", "Is the terminal set to another encoding?"),
            said("マスターパスワードが UTF-8 の文字ではありません", "端末の文字コードを確かめてください。"),
        ),
        PasswordError::Control => both(
            lang,
            "E0307",
            said(
                "the master password holds a control character or one that cannot be typed everywhere",
                "Choose one without it; you would not be able to enter it on another machine.",
            ),
            said(
                "マスターパスワードに制御文字など、どこでも入力できるとは限らない文字があります",
                "含まないものを選んでください。別の機械で入力できなくなります。",
            ),
        ),
    }
}

pub(super) fn seal(lang: Lang, error: SealError) -> Problem {
    match error {
        SealError::Format(FormatError::TooLarge) => both(
            lang,
            "E0409",
            said(
                "the vault would become larger than 512 MiB",
                "Nothing was saved. Remove large attachments.",
            ),
            said("保管庫が 512 MiB を超えてしまいます", "保存していません。大きな添付を減らしてください。"),
        ),
        SealError::Format(error) => format(lang, error, ""),
        SealError::Entropy(_) => both(
            lang,
            "E1201",
            said("the system gives no random bytes", "Nothing was changed."),
            said("システムから乱数を得られません", "何も変更していません。"),
        ),
        SealError::Kdf(KdfError::Memory { need }) => open(lang, OpenError::NeedsMemory { need, free: 0 }, ""),
        SealError::Kdf(KdfError::OutOfBounds(_)) => super::ask::ask(lang, &crate::error::Ask::Kdf, ""),
        SealError::ReadOnly => both(
            lang,
            "E0410",
            said(
                "a newer mamori wrote this vault and lets this one only read it",
                "Use the newer program to change it.",
            ),
            said(
                "この保管庫は新しい版の mamori で書かれ、この版では読むことしかできません",
                "変更には新しい版をお使いください。",
            ),
        ),
        SealError::NoSlot => both(
            lang,
            "E0411",
            said("a vault needs at least one way to open it", ""),
            said("保管庫には少なくとも 1 つの開け方が必要です", ""),
        ),
        SealError::TooManySlots => both(
            lang,
            "E0420",
            said(
                "a vault has at most eight ways to open it",
                "Nothing was changed. Remove one that is no longer used: mamori slots list",
            ),
            said(
                "保管庫の開け方は 8 つまでです",
                "何も変更していません。使わなくなったものを外してください: mamori slots list",
            ),
        ),
    }
}

pub(super) fn save(lang: Lang, error: &SaveError, path: &str) -> Problem {
    let old_en = "Nothing was saved; the vault is as it was.";
    let old_ja = "保存していません。保管庫は元のままです。";
    match error {
        SaveError::Busy => both(
            lang,
            "E0401",
            said("another mamori is saving this vault", "Try again in a moment; nothing was changed."),
            said(
                "別の mamori がこの保管庫を保存しています",
                "少し待ってもう一度お試しください。何も変更していません。",
            ),
        ),
        SaveError::Exists => both(
            lang,
            "E0402",
            said(
                format!("{path} exists already and was left alone"),
                "Choose another file with --vault FILE, or open this one: mamori",
            ),
            said(
                format!("{path} はすでにあるため、そのままにしました"),
                "--vault ファイル で別の場所を選ぶか、これを開いてください: mamori",
            ),
        ),
        SaveError::Changed { .. } => both(
            lang,
            "E0403",
            said("another program changed the vault meanwhile", "Nothing was saved. Run the command again."),
            said(
                "その間に別のプログラムが保管庫を変更しました",
                "保存していません。もう一度実行してください。",
            ),
        ),
        SaveError::Live(error) => read(lang, *error, path),
        SaveError::Full => both(
            lang,
            "E0404",
            said(format!("no space is left for {path}"), format!("{old_en} Make room and try again.")),
            said(
                format!("{path} を書く空き容量がありません"),
                format!("{old_ja}空きを作ってもう一度お試しください。"),
            ),
        ),
        SaveError::Denied => both(
            lang,
            "E0405",
            said(
                format!("not allowed to write {path}"),
                format!(
                    "{old_en} It can be read all the same. Look at the owner and mode of its folder with ls -ld."
                ),
            ),
            said(
                format!("{path} に書き込む許可がありません"),
                format!("{old_ja}読むことはできます。フォルダーの所有者と権限を ls -ld で確かめてください。"),
            ),
        ),
        SaveError::OthersLock => both(
            lang,
            "E0421",
            said(
                format!("the lock file beside {path} belongs to another user"),
                format!(
                    "{old_en} It is hidden: a dot before the name of the vault, .lock behind it. Perhaps sudo made it: give it to yourself with sudo chown."
                ),
            ),
            said(
                format!("{path} の横にあるロックファイルが、ほかのユーザーのものです"),
                format!(
                    "{old_ja}保管庫の名前の前に点、後ろに .lock が付いた隠しファイルです。sudo で作られたときは sudo chown で自分のものにしてください。"
                ),
            ),
        ),
        SaveError::ReadOnly => both(
            lang,
            "E0406",
            said(
                format!("{path} lies on a read-only file system"),
                format!("{old_en} It can be read all the same."),
            ),
            said(
                format!("{path} は読み取り専用のファイルシステムにあります"),
                format!("{old_ja}読むことはできます。"),
            ),
        ),
        SaveError::NoFolder => both(
            lang,
            "E0407",
            said(format!("the folder of {path} does not exist"), old_en),
            said(format!("{path} のフォルダーがありません"), old_ja),
        ),
        SaveError::Io { kind, .. } => both(
            lang,
            "E0408",
            said(format!("{path} could not be written: {}", system(lang, *kind)), old_en),
            said(format!("{path} に書き込めません: {}", system(lang, *kind)), old_ja),
        ),
    }
}

pub(super) fn join(lang: Lang, error: JoinError, path: &str) -> Problem {
    match error {
        JoinError::Format(error) => format(lang, error, path),
        JoinError::OtherVault => both(
            lang,
            "E0501",
            said(
                format!("{path} is another vault, not a copy of this one"),
                "Only copies of one vault can be merged. Nothing was changed.",
            ),
            said(
                format!("{path} はこの保管庫の写しではなく、別の保管庫です"),
                "合わせられるのは同じ保管庫の写しだけです。何も変更していません。",
            ),
        ),
        JoinError::PasswordChanged { .. } => both(
            lang,
            "E0502",
            said(
                format!("the master password was changed in the other copy {path}"),
                "Nothing was saved. Open that copy with its new password, then merge this one into it.",
            ),
            said(
                format!("もう一方の写し {path} でマスターパスワードが変更されています"),
                "保存していません。そちらを新しいパスワードで開き、こちらを合わせてください。",
            ),
        ),
        JoinError::OlderEpoch { .. } => both(
            lang,
            "E0503",
            said(
                format!("{path} is from before the last change of the master password"),
                "Nothing was saved. If it is yours and sound: mamori merge FILE",
            ),
            said(
                format!("{path} は、前回マスターパスワードを変える前のものです"),
                "保存していません。ご自分の正しい写しなら mamori merge ファイル で合わせられます。",
            ),
        ),
    }
}

pub(super) fn file(lang: Lang, kind: ErrorKind, path: &str) -> Problem {
    both(
        lang,
        "E0105",
        said(format!("{path} cannot be read: {}", system(lang, kind)), ""),
        said(format!("{path} を読めません: {}", system(lang, kind)), ""),
    )
}

pub(super) fn write(lang: Lang, kind: ErrorKind, path: &str) -> Problem {
    both(
        lang,
        "E0412",
        said(
            format!("{path} could not be written: {}", system(lang, kind)),
            "An existing file is never overwritten; choose another name.",
        ),
        said(
            format!("{path} を書けません: {}", system(lang, kind)),
            "すでにあるファイルは上書きしません。別の名前にしてください。",
        ),
    )
}
