//! `otp`: the one-time code of an entry.

use std::io::IsTerminal;

use clap::ArgMatches;

use super::{Cli, clip, flag, required};
use crate::error::{Ask, Report};
use crate::model::Tag;
use crate::ops::edit::EntryEdit;
use crate::ops::reference::{self, Scope};
use crate::ops::totp::Otp;
use crate::store::Why;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let mut opened = cli.open()?;
    let name = reference::parse(required(matches, "entry")).entry;
    let id = cli.find(&opened, &name, Scope::Live)?;
    let vault = opened.open.vault();
    let entry = vault.entry(id).ok_or(crate::ops::change::ChangeError::NoSuchEntry)?;
    let title = entry.title().to_owned();
    let envelope = entry.otp().ok_or_else(|| Report::from(Ask::NoOtp).about(title.clone()))?;
    let key = opened.open.reveal_text(id, envelope)?;
    let mut otp = Otp::parse(key.expose())?;
    drop(key);
    let now = cli.now() / 1000;
    let code = otp.code(now);
    let left = otp.remaining(now);
    if left.is_none() {
        // Saved before the code is told: a code told twice would be refused by the site.
        cli.writable()?;
        if otp.advance() {
            let record =
                opened.open.vault().record(id).ok_or(crate::ops::change::ChangeError::NoSuchEntry)?;
            let mut sealer = opened.open.sealer(&mut cli.entropy);
            let mut edit = EntryEdit::of(&mut sealer, record);
            edit.secret(Tag::OTP, otp.uri().expose().as_bytes())?;
            if let Some(change) = edit.finish() {
                cli.apply(&mut opened, &change, Why::Edit)?;
            }
        }
    }
    if flag(matches, "copy") {
        return clip::copy(cli, &code, "otp", &title, flag(matches, "no_wait"));
    }
    if flag(matches, "json") {
        let left = left.map_or("null".to_owned(), |left| left.to_string());
        cli.out.put(format!("{{\"code\":\"{}\",\"remaining\":{left}}}\n", code.expose()).as_bytes());
        return Ok(());
    }
    cli.out.line(code.expose());
    if let Some(left) = left.filter(|_| std::io::stderr().is_terminal()) {
        cli.out.finish()?;
        cli.told(&(cli.text.say.code_left)(left));
    }
    Ok(())
}
