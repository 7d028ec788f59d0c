//! Findings about the machine and this process.

use super::{Said, day, pick, size};
use crate::doctor::{Finding, Level};
use crate::platform::surroundings::Swap;
use crate::text::{Lang, keyring};

pub(super) fn said(lang: Lang, finding: &Finding) -> Said {
    use Finding as F;
    let most = |limit: &Option<u64>| limit.map_or_else(|| "-".to_owned(), size);
    match finding {
        F::MemoryLocked => pick(
            lang,
            ("keys and opened secrets lie in locked memory: they are never swapped out", ""),
            ("鍵と開いた秘密は、スワップに書かれないメモリーに置いています", ""),
        ),
        F::MemoryKeysOnly { limit } => pick(
            lang,
            (
                format!(
                    "only keys lie in locked memory; opened secrets may be swapped out (limit {})",
                    most(limit)
                ),
                "'ulimit -l' shows the limit in KiB; 64 are enough. It is set in /etc/security/limits.conf (memlock).",
            ),
            (
                format!(
                    "スワップに書かれないのは鍵だけです。開いた秘密は書かれることがあります (上限 {})",
                    most(limit)
                ),
                "上限は ulimit -l で見られます (KiB)。64 あれば足ります。/etc/security/limits.conf の memlock で変えられます。",
            ),
        ),
        F::MemoryUnlocked { limit } => pick(
            lang,
            (
                format!(
                    "no memory may be locked: keys and opened secrets may be swapped out (limit {})",
                    most(limit)
                ),
                "'ulimit -l' shows the limit in KiB; 64 are enough. It is set in /etc/security/limits.conf (memlock).",
            ),
            (
                format!(
                    "メモリーをロックできないため、鍵や開いた秘密がスワップに書かれることがあります (上限 {})",
                    most(limit)
                ),
                "上限は ulimit -l で見られます (KiB)。64 あれば足ります。/etc/security/limits.conf の memlock で変えられます。",
            ),
        ),
        F::Hidden { .. } => match finding.level() {
            Level::Ok => pick(
                lang,
                ("no core files, and other programs of yours cannot read mamori's memory", ""),
                ("コアファイルは作られず、あなたのほかのプログラムも mamori のメモリーを読めません", ""),
            ),
            _ => pick(
                lang,
                (
                    "the system does not let mamori hide its memory from core files or other programs of yours",
                    "A sandbox may be in the way. Do not open the vault here if that matters.",
                ),
                (
                    "mamori のメモリーを、コアファイルやほかのプログラムから隠せません",
                    "サンドボックスなどに妨げられているようです。気になる場合は、ここで保管庫を開かないでください。",
                ),
            ),
        },
        F::Ptrace(Some(scope @ 1..)) => pick(
            lang,
            (format!("programs may not look into others that they did not start (ptrace_scope {scope})"), ""),
            (
                format!(
                    "プログラムは、自分が起動していないほかのプログラムの中を見られません (ptrace_scope {scope})"
                ),
                "",
            ),
        ),
        F::Ptrace(scope) => pick(
            lang,
            (
                match scope {
                    Some(_) => "programs of yours may look into one another (ptrace_scope 0)",
                    None => "programs of yours may look into one another (this kernel has no ptrace_scope)",
                },
                "mamori hides itself from them all the same; programs that you run beside it are not hidden.",
            ),
            (
                match scope {
                    Some(_) => "あなたのプログラムは、互いの中を見られます (ptrace_scope 0)",
                    None => {
                        "あなたのプログラムは、互いの中を見られます (このカーネルに ptrace_scope はありません)"
                    }
                },
                "それでも mamori 自身は見えないようにしています。一緒に使うほかのプログラムは見えます。",
            ),
        ),
        F::NoSwap => pick(lang, ("no swap: nothing is swapped out", ""), ("スワップはありません", "")),
        F::Swaps(all) => swaps(lang, finding.level(), all),
        F::Keyring => pick(
            lang,
            ("'mamori unlock' can keep the vault open for a while (kernel keyring)", ""),
            ("mamori unlock でしばらく開けておけます (カーネルのキーリング)", ""),
        ),
        F::NoKeyring(error) => {
            let (fact, advice) = keyring::unavailable(lang, *error);
            let (label, colon) = match lang {
                Lang::En => ("'mamori unlock'", ": "),
                Lang::Ja => ("mamori unlock は", ""),
            };
            (format!("{label}{colon}{fact}"), advice)
        }
        F::ClockBehind { saved } => pick(
            lang,
            (
                format!(
                    "the vault was saved on {}, which is more than a day from now: a clock is wrong",
                    day(*saved)
                ),
                "Set this clock, or that of the machine that saved. Until then one-time codes may be refused.",
            ),
            (
                format!(
                    "保管庫は {} に保存されたことになっていて、今より 1 日以上先です。どこかの時計が狂っています",
                    day(*saved)
                ),
                "この機械か、保存した機械の時計を合わせてください。それまで、ワンタイムコードが通らないことがあります。",
            ),
        ),
        F::ClockUnset => pick(
            lang,
            (
                "the clock of this machine is before 2026",
                "Set it. One-time codes, dates and the order of changes depend on it.",
            ),
            (
                "この機械の時計が 2026 年より前になっています",
                "時計を合わせてください。ワンタイムコードや日付、変更の順序に使います。",
            ),
        ),
        // - the others are taken above
        _ => pick(lang, ("the clock fits what was saved", ""), ("時計は、保存された日時と合っています", "")),
    }
}

fn swaps(lang: Lang, level: Level, all: &[(String, Swap)]) -> Said {
    let names = |wanted: fn(Swap) -> bool| {
        let names: Vec<&str> =
            all.iter().filter(|(_, swap)| wanted(*swap)).map(|(name, _)| name.as_str()).collect();
        names.join(", ")
    };
    if level == Level::Ok {
        let names = names(|_| true);
        return pick(
            lang,
            (format!("swap stays in memory or is encrypted ({names})"), ""),
            (format!("スワップはメモリーの中か、暗号化されています ({names})"), ""),
        );
    }
    let names = names(|swap| swap == Swap::NotKnown);
    pick(
        lang,
        (
            format!("swap in clear, or encrypted in a way that cannot be seen ({names})"),
            "Keys and passwords are not swapped out; titles and user names of an open vault may be.",
        ),
        (
            format!("暗号化されているとわからないスワップがあります ({names})"),
            "鍵とパスワードは書かれません。開いている保管庫のタイトルやユーザー名は書かれることがあります。",
        ),
    )
}
