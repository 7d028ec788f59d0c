//! `slots`: the ways to open the vault. One more revokes nothing; taking one out, and new costs, are a
//! key change ([`super::rekey`]).
//!
//! `slots list --json` gives `id, kind, name, since, kdf, opened` for each.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::ask::{Source, hidden};
use super::credential::{credential, key_file};
use super::rekey::{self, Asked, Goal, name_of};
use super::vault::Opened;
use super::{Cli, flag, kit, local_time, option, required};
use crate::crypto::entropy::Entropy;
use crate::crypto::kdf::Params;
use crate::crypto::keys::{KeyFile, SlotSecret};
use crate::error::{Ask, Line, Report};
use crate::format::header::{SLOTS_MAX, SlotKind};
use crate::ops::export;
use crate::secret::SecretBytes;
use crate::session::{Credential, NewSlot, SealError, Way};
use crate::store::Why;
use crate::store::disk::{Disk, Real};

/// Random bytes of a key file that is made.
const KEY_BYTES: usize = 64;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    match matches.subcommand() {
        Some(("list", sub)) => list(cli, sub),
        Some(("add", sub)) => add(cli, sub),
        Some(("remove", sub)) => remove(cli, sub),
        Some(("rename", sub)) => rename(cli, sub),
        Some(("rekey", sub)) => {
            cli.writable()?;
            let asked = Asked::of(cli, sub)?;
            let opened = cli.open_asking()?;
            rekey::change(cli, opened, Goal::Costs, asked)
        }
        _ => Err(Ask::NothingToDo.into()),
    }
}

/// The word of a kind, as it is typed.
fn word(kind: SlotKind) -> &'static str {
    match kind {
        SlotKind::Password => "password",
        SlotKind::KeyFile => "key-file",
        SlotKind::Recovery => "recovery",
    }
}

fn id_of(way: &Way) -> String {
    way.id.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[derive(serde::Serialize)]
struct Row {
    id: String,
    kind: &'static str,
    name: String,
    since: Option<String>,
    kdf: String,
    opened: bool,
}

fn list(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let opened = cli.open()?;
    let ways = opened.open.ways();
    if flag(matches, "json") {
        let row = |way: &Way| Row {
            id: id_of(way),
            kind: word(way.kind),
            name: way.name.clone(),
            since: way.since.and_then(export::time),
            kdf: way.params.to_string(),
            opened: way.opened,
        };
        super::write_json(&mut cli.out, &ways.iter().map(row).collect::<Vec<_>>())?;
        cli.out.put(b"\n");
        return Ok(());
    }
    let say = &cli.text.say;
    let rows: Vec<[String; 4]> = ways
        .iter()
        .map(|way| {
            let since = way.since.map_or_else(|| "-".to_owned(), local_time);
            [id_of(way), name_of(cli, way), since, way.params.to_string()]
        })
        .collect();
    let wide = |at: usize| {
        let cells = rows.iter().map(|row| unicode_width::UnicodeWidthStr::width(row[at].as_str()));
        cells.max().unwrap_or(0).min(40)
    };
    let widths = [0, 1, 2, 3].map(wide);
    for (row, way) in rows.iter().zip(&ways) {
        let cells: Vec<String> =
            row.iter().zip(widths).map(|(cell, wide)| super::help::pad(cell, wide)).collect();
        let mark = if way.opened { say.slot_opened } else { "" };
        cli.out.cell(format!("{}  {mark}", cells.join("  ")).trim_end());
        cli.out.put(b"\n");
    }
    for _ in 0..opened.open.unknown_ways() {
        cli.out.line(&format!("-  {}", say.slot_unknown));
    }
    if ways.iter().any(|way| way.params.below_floor()) {
        cli.warn(&(say.weak_slots)(&Params::FLOOR.to_string()));
    }
    Ok(())
}

/// The slot that is meant: by its id or the start of it, its name, or its kind where that is one only.
fn find(cli: &Cli<'_>, ways: &[Way], meant: &str) -> Result<Way, Report> {
    let by_id = |way: &&Way| meant.len() >= 4 && id_of(way).starts_with(&meant.to_lowercase());
    let by_name = |way: &&Way| way.name == meant;
    let by_kind = |way: &&Way| word(way.kind) == meant;
    let tests: [&dyn Fn(&&Way) -> bool; 3] = [&by_id, &by_name, &by_kind];
    for test in tests {
        let found: Vec<&Way> = ways.iter().filter(|way| test(way)).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Ok((*one).clone()),
            several => {
                let all: Vec<String> =
                    several.iter().map(|way| format!("{} {}", id_of(way), name_of(cli, way))).collect();
                return Err(Report::from(Ask::SeveralSlots(all)).about(meant));
            }
        }
    }
    Err(Report::from(Ask::NoSuchWay).about(meant))
}

/// Costs of one more slot: as asked for, or measured here, never less than the one that opened it.
fn costs(cli: &Cli<'_>, opened: &Opened, matches: &ArgMatches) -> Result<Params, Report> {
    if let Some(asked) = option(matches, "kdf") {
        return cli.costs(Some(asked));
    }
    let measured = cli.costs(None)?;
    let held = opened.open.ways().into_iter().find(|way| way.opened).map(|way| way.params);
    Ok(held.filter(|held| held.work_kib() > measured.work_kib()).unwrap_or(measured))
}

fn add(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let kind = required(matches, "slot_kind");
    let file = matches.get_one::<PathBuf>("slot_file").cloned();
    let wish = kit::Wish::of(cli, matches)?;
    match (kind, &file) {
        ("key-file", None) => return Err(Ask::KeyFileUnnamed.into()),
        ("key-file", _) | (_, None) => {}
        (_, Some(file)) => return Err(Report::from(Ask::OnlyKeyFile).about(file.display().to_string())),
    }
    let opened = cli.open_asking()?;
    if opened.open.header().slots.len() >= SLOTS_MAX {
        return Err(SealError::TooManySlots.into());
    }
    let name = option(matches, "slot_name").unwrap_or("").to_owned();
    match (kind, file) {
        ("recovery", _) => add_recovery(cli, opened, name, matches, &wish),
        ("key-file", Some(file)) => add_key_file(cli, opened, name, matches, &file),
        _ => {
            let password = new_secret(cli, matches, cli.text.say.ask_new_slot)?;
            put(cli, opened, matches, name, credential(&password)?)
        }
    }
}

fn source(cli: &Cli<'_>, matches: &ArgMatches) -> Source {
    match matches.get_one::<PathBuf>("new_password_file") {
        Some(path) => Source::of_path(path),
        None if cli.source == Source::Stdin => Source::Stdin,
        None => Source::Terminal,
    }
}

fn new_secret(
    cli: &mut Cli<'_>,
    matches: &ArgMatches,
    prompt: &str,
) -> Result<crate::secret::Secret, Report> {
    let source = source(cli, matches);
    cli.new_password(&source, Line::NewMaster, prompt)
}

fn put(
    cli: &mut Cli<'_>,
    mut opened: Opened,
    matches: &ArgMatches,
    name: String,
    credential: Credential,
) -> Result<(), Report> {
    let params = costs(cli, &opened, matches)?;
    let kind = credential.kind();
    let slot = NewSlot { credential, name, params };
    let now = cli.now();
    opened.open.add_slot(&slot, now, &mut cli.entropy)?;
    cli.save(&mut opened, Why::Important)?;
    cli.told(cli.text.say.slot_added);
    if kind == SlotKind::KeyFile {
        cli.told(cli.text.say.password_alone);
    }
    Ok(())
}

fn add_key_file(
    cli: &mut Cli<'_>,
    mut opened: Opened,
    name: String,
    matches: &ArgMatches,
    file: &Path,
) -> Result<(), Report> {
    let vault = Real.resolve(opened.store.path()).ok();
    if vault.is_some() && Real.resolve(file).ok() == vault {
        return Err(Report::from(Ask::VaultAsKeyFile).about(file.display().to_string()));
    }
    let create = flag(matches, "create");
    let made = create.then(|| made_key(cli)).transpose()?;
    let key = match &made {
        Some(bytes) => KeyFile::of(bytes.expose())?,
        None => key_file(file)?,
    };
    let beside =
        |path: &Path| std::path::absolute(path).ok().and_then(|path| path.parent().map(Path::to_owned));
    if beside(file).is_some() && beside(file) == beside(opened.store.path()) {
        cli.warn(cli.text.say.key_beside_vault);
    }
    let credential = match source(cli, matches) {
        Source::Terminal => {
            let own = cli.credential_of(&mut opened)?;
            same_or_new(cli, &own, key)?
        }
        _ => {
            let typed = new_secret(cli, matches, cli.text.say.ask_new_slot)?;
            Credential::KeyFile(SlotSecret::with_key(typed.expose().as_bytes(), key)?)
        }
    };
    // The file is there before the vault asks for it.
    if let Some(bytes) = &made {
        super::export::write(&opened.store, file, bytes.expose())?;
    }
    let store = opened.store.clone();
    let done = put(cli, opened, matches, name, credential);
    match (done, made) {
        (Err(report), Some(_)) => {
            let _ = Disk::remove(&**store.disk(), file);
            Err(report)
        }
        (Ok(()), Some(_)) => {
            cli.warn(&(cli.text.say.key_made)(&file.display().to_string()));
            Ok(())
        }
        (done, None) => done,
    }
}

fn made_key(cli: &mut Cli<'_>) -> Result<SecretBytes, Report> {
    Ok(SecretBytes::filled(KEY_BYTES, |out| cli.entropy.fill(out))?)
}

/// The password that goes with a key file: the one that just opened the vault, or another one.
fn same_or_new(cli: &mut Cli<'_>, own: &Credential, key: KeyFile) -> Result<Credential, Report> {
    let say = &cli.text.say;
    let own = match own {
        Credential::Password(secret) | Credential::KeyFile(secret) => Some(secret),
        Credential::Recovery(_) => None,
    };
    if let Some(secret) = own {
        let typed = hidden(say.ask_same_or_new, Ask::NobodyToAsk)?;
        if typed.is_empty() {
            return Ok(Credential::KeyFile(secret.and_key(key)));
        }
        crate::crypto::keys::settable(typed.expose().as_bytes())?;
        let again = hidden(say.ask_new_master_again, Ask::NobodyToAsk)?;
        if !again.ct_eq(&typed) {
            return Err(Ask::PasswordsDiffer.into());
        }
        return Ok(Credential::KeyFile(SlotSecret::with_key(typed.expose().as_bytes(), key)?));
    }
    let typed = cli.new_password(&Source::Terminal, Line::NewMaster, say.ask_new_slot)?;
    Ok(Credential::KeyFile(SlotSecret::with_key(typed.expose().as_bytes(), key)?))
}

fn add_recovery(
    cli: &mut Cli<'_>,
    mut opened: Opened,
    name: String,
    matches: &ArgMatches,
    wish: &kit::Wish,
) -> Result<(), Report> {
    // The code has 160 random bits: the least cost of new vaults is more than enough.
    let params = match option(matches, "kdf") {
        Some(asked) => cli.costs(Some(asked))?,
        None => Params::FLOOR,
    };
    let Some(kit) = kit::new(cli, &opened.store, wish)? else {
        cli.told(cli.text.say.not_done);
        return Ok(());
    };
    let name = if name.is_empty() { (cli.text.say.kit_name)(&super::local_day(cli.now())) } else { name };
    let slot = NewSlot { credential: kit.credential.duplicate(), name, params };
    let now = cli.now();
    let added = opened.open.add_slot(&slot, now, &mut cli.entropy).map_err(Report::from);
    match added.and_then(|()| cli.save(&mut opened, Why::Important)) {
        Ok(_) => {
            kit.saved(cli);
            cli.told(cli.text.say.code_added);
            Ok(())
        }
        Err(report) => {
            kit.void(cli, &opened.store);
            Err(report)
        }
    }
}

fn remove(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let asked = Asked::of(cli, matches)?;
    let opened = cli.open_asking()?;
    let ways = opened.open.ways();
    let way = find(cli, &ways, required(matches, "slot"))?;
    if ways.iter().all(|other| other.id == way.id || other.kind == SlotKind::Recovery) {
        return Err(Ask::LastWay.into());
    }
    if !cli.confirmed(&(cli.text.say.ask_remove_slot)(&name_of(cli, &way)))? {
        return Ok(());
    }
    rekey::change(cli, opened, Goal::Remove(way.id), asked)
}

fn rename(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let mut opened = cli.open()?;
    let way = find(cli, &opened.open.ways(), required(matches, "slot"))?;
    opened.open.rename_way(way.id, required(matches, "slot_new_name"), &mut cli.entropy)?;
    cli.save(&mut opened, Why::Edit)?;
    cli.told(cli.text.say.slot_renamed);
    Ok(())
}
