//! The recovery kit: what a member of the family finds on a sheet of paper, in both languages, and
//! what of it is enough to copy by hand. It holds the recovery code, so every text here is a secret.
//! Lines of at most 76 cells.

use super::Lang;
use super::sanitise;
use crate::secret::Secret;

/// What the kit tells of the vault. Names and paths come from outside.
#[derive(Debug)]
pub struct Facts<'a> {
    /// Name of the file.
    pub name: &'a str,
    /// Its whole path.
    pub path: &'a str,
    /// The machine it lies on.
    pub host: &'a str,
    /// The folder of its backups.
    pub backups: &'a str,
    /// The day the code was made, and the time, as people write it.
    pub made: &'a str,
    /// The code, in its groups.
    pub code: &'a Secret,
    /// The code as a QR code in lines of text.
    pub qr: Option<&'a Secret>,
}

/// The command that opens the vault with the code, for a shell.
pub fn command(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+@%".contains(c);
    let path = sanitise::line(path);
    if !path.is_empty() && path.chars().all(plain) {
        format!("mamori --recovery --vault {path}")
    } else {
        format!("mamori --recovery --vault '{}'", path.replace('\'', r"'\''"))
    }
}

/// The whole sheet, the reader's language first.
pub fn kit(first: Lang, facts: &Facts<'_>) -> Secret {
    let parts = match first {
        Lang::Ja => [ja(facts), en(facts)],
        Lang::En => [en(facts), ja(facts)],
    };
    let mut all = String::with_capacity(16 * 1024);
    let rule = "=".repeat(76);
    for part in &parts {
        all.push_str(part);
        all.push_str(&format!("\n{rule}\n\n"));
    }
    if let Some(qr) = facts.qr {
        all.push_str(match first {
            Lang::Ja => "復旧コードの QR コード / The recovery code as a QR code\n\n",
            Lang::En => "The recovery code as a QR code / 復旧コードの QR コード\n\n",
        });
        all.push_str(qr.expose());
    }
    Secret::from_string(all)
}

/// What is enough to copy by hand.
pub fn short(lang: Lang, facts: &Facts<'_>) -> Secret {
    let (command, host) = (command(facts.path), sanitise::line(facts.host));
    let (code, made) = (facts.code.expose(), facts.made);
    Secret::from_string(match lang {
        Lang::Ja => format!(
            "復旧コード\n\n    {code}\n\n紙に書き写してください。これだけで保管庫が開きます。\n\nいっしょに書いておくと、家族の方にも開けられます:\n    コンピューター  {host}\n    コマンド        {command}\n    作った日        {made}\n"
        ),
        Lang::En => format!(
            "Recovery code\n\n    {code}\n\nCopy it onto paper. It opens the vault by itself.\n\nWith these lines your family can open it, too:\n    Computer  {host}\n    Command   {command}\n    Made      {made}\n"
        ),
    })
}

fn ja(facts: &Facts<'_>) -> String {
    let line = |text: &str| sanitise::line(text).into_owned();
    let (name, path, host, backups) =
        (line(facts.name), line(facts.path), line(facts.host), line(facts.backups));
    let (code, made, command) = (facts.code.expose(), facts.made, command(facts.path));
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "mamori 復旧キット

この紙が 1 枚あれば、パスワードの保管庫をそのまま開けます。通帳と同じように
しまってください。写真に撮ったり、メールで送ったりしないでください。

  保管庫          {name}
  場所            {path}
  コンピューター  {host}
  作った日        {made}  (mamori {version})

復旧コード

    {code}

  最後の 2 文字は、打ち間違いを見つけるためのものです。

開け方

  1. 上のコンピューターの電源を入れ、いつも使っていた利用者でログインします。
     動かないときは、保管庫のファイルを別のコンピューター (Linux か、
     Windows の WSL) に写し、そこに mamori を入れて使います。
  2. 端末 (ターミナル) を開き、次のとおりに打って Enter を押します。

       {command}

     ファイルを写したときは、--vault の後に新しい場所を書きます。
  3. 上の復旧コードを打って Enter を押します。大文字・小文字、空白、ハイフンは
     問いません。打ち間違いはその場で知らせます。
  4. アイテムの一覧が出ます。上下の矢印キーで選び、Enter で中身を見ます。
     v でパスワードが見え、p でコピーします。q で終わります。
  5. これからも使うときは、新しいマスターパスワードを決めます。

       mamori passwd --recovery --vault (上と同じ場所)

ファイルが見つからないとき

  自動のバックアップは次の場所です: {backups}
  このコードを作った後のものは、同じコードで開きます。

してはいけないこと

  保管庫のファイルを別の場所に写すまでは、コンピューターを捨てたり、初期化
  したりしないでください。まずメールを守ってください。ほかのパスワードの多く
  は、メールで作り直せます。

この紙が使えなくなるとき

  マスターパスワードを変えたときや、この開け方を外したときです。新しい紙を
  作り、この紙は細かく切って捨ててください。
"
    )
}

fn en(facts: &Facts<'_>) -> String {
    let line = |text: &str| sanitise::line(text).into_owned();
    let (name, path, host, backups) =
        (line(facts.name), line(facts.path), line(facts.host), line(facts.backups));
    let (code, made, command) = (facts.code.expose(), facts.made, command(facts.path));
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "mamori recovery kit

This one sheet opens the vault of passwords, without anything else. Keep it
as you keep a bank book. Do not photograph it, do not send it by mail.

  Vault     {name}
  Place     {path}
  Computer  {host}
  Made      {made}  (mamori {version})

Recovery code

    {code}

  The last two letters are there to find slips.

How to open it

  1. Switch that computer on and log in as the user who has always used it.
     If it does not work any more, copy the file of the vault to another
     computer (Linux, or Windows with WSL) and install mamori there.
  2. Open a terminal, type this and press Enter:

       {command}

     If the file lies elsewhere now, write that place after --vault.
  3. Type the recovery code above and press Enter. Capitals, blanks and
     hyphens do not matter. A slip is told at once.
  4. A list of entries comes up. Choose with the arrow keys, Enter shows one.
     v shows its password, p copies it. q ends.
  5. To go on using it, choose a new master password:

       mamori passwd --recovery --vault (the same place)

If the file is not there

  Automatic backups lie in {backups}
  Those from after the code was made open with the same code.

What not to do

  Do not throw the computer away and do not reset it before the file of the
  vault is copied elsewhere. Look after the mailbox first: most other
  passwords can be made anew with it.

When this sheet ends

  When the master password is changed, or this way to open the vault is
  removed. Make a new sheet then, and shred this one.
"
    )
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn the_kit_holds_what_is_needed_in_both_languages_and_fits_a_sheet() {
        let (code, qr) = (Secret::copy_of("ABCD-EFGH"), Secret::copy_of("#  #\n"));
        let facts = Facts {
            name: "vault.mamori",
            path: "/home/hana/.local/share/mamori/vault.mamori",
            host: "hana-pc",
            backups: "/home/hana/.local/state/mamori/backups",
            made: "2026-11-26 19:05",
            code: &code,
            qr: Some(&qr),
        };
        for (lang, first) in [(Lang::Ja, "mamori 復旧キット"), (Lang::En, "mamori recovery kit")] {
            let whole = kit(lang, &facts);
            let text = whole.expose();
            assert!(text.starts_with(first));
            let wanted = [facts.name, facts.path, facts.host, facts.backups, facts.made, "ABCD-EFGH"];
            for wanted in wanted {
                assert!(text.matches(wanted).count() >= 2, "{wanted}");
            }
            assert!(text.ends_with("#  #\n"));
            for line in text.lines() {
                assert!(line.width() <= 78, "{line}");
            }
            // - a sheet of A4 has about 60 lines
            assert!(text.split(&"=".repeat(76)).all(|part| part.lines().count() <= 60));
            let short = short(lang, &facts);
            assert!(short.expose().contains("ABCD-EFGH") && short.expose().contains(facts.path));
            assert!(short.expose().lines().count() < 16);
        }
    }

    #[test]
    fn the_command_survives_a_shell() {
        assert_eq!(command("/a/b.mamori"), "mamori --recovery --vault /a/b.mamori");
        assert_eq!(command("/a b/it's"), r"mamori --recovery --vault '/a b/it'\''s'");
        assert_eq!(command("/家/v"), "mamori --recovery --vault '/家/v'");
        assert!(!command("/a\u{1b}[2J").contains('\u{1b}'));
    }
}
