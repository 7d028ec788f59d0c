//! A key change on the command line: every slot that is to stay is asked for, what is not entered is
//! named and dropped, the recovery code is made anew, and only then is the file written.

use clap::ArgMatches;

use super::ask::hidden;
use super::credential::key_file;
use super::kit::{self, Kit};
use super::old_backups;
use super::vault::Opened;
use super::{Cli, option};
use crate::commit::{self, Standing};
use crate::crypto::kdf::Params;
use crate::crypto::keys::{KeyFile, SlotSecret};
use crate::crypto::recovery;
use crate::error::{Ask, Report};
use crate::format::header::SlotKind;
use crate::platform::{handed, resources};
use crate::session::{Credential, NewSlot, OpenError, Way};
use crate::store::Why;

/// Wrong secrets of one slot that are forgiven.
const TRIES: usize = 3;

/// What the change is for.
pub(super) enum Goal {
    /// Another master password in place of the one that opened the vault.
    Password(Credential),
    /// This slot goes.
    Remove([u8; 8]),
    /// New keys for the same slots.
    Costs,
}

/// What is to become of the recovery code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CodeWish {
    New,
    Keep,
    None,
}

/// What the options say.
pub(super) struct Asked {
    pub(super) kdf: Option<Params>,
    code: Option<CodeWish>,
    kit: kit::Wish,
    old: Option<old_backups::Wish>,
}

/// The words of `--recovery-code`.
pub(super) const CODE_WORDS: [&str; 3] = ["new", "keep", "none"];

impl Asked {
    /// Reads the options; wrong costs are told before anything is asked.
    pub(super) fn of(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<Asked, Report> {
        let code = option(matches, "recovery_code").map(|word| match word {
            "keep" => CodeWish::Keep,
            "none" => CodeWish::None,
            _ => CodeWish::New,
        });
        Ok(Asked {
            kdf: option(matches, "kdf").map(|asked| cli.costs(Some(asked))).transpose()?,
            code,
            kit: kit::Wish::of(cli, matches)?,
            old: old_backups::wish(matches),
        })
    }
}

/// A slot of the new key.
struct Stays {
    slot: NewSlot,
    since: Option<u64>,
}

/// Does it, from the questions to what becomes of the backups.
pub(super) fn change(cli: &mut Cli<'_>, mut opened: Opened, goal: Goal, asked: Asked) -> Result<(), Report> {
    let Some(seen) = takes_on(cli, &opened)? else { return Ok(()) };
    // The one who asks for it must know a secret, whatever key is kept.
    let own = cli.credential_of(&mut opened)?;
    let by = opened.open.opened_by();
    let ways = opened.open.ways();
    let interactive = cli.ask.is_interactive() && std::io::IsTerminal::is_terminal(&std::io::stderr());
    let measured = match asked.kdf {
        Some(params) => params,
        None => cli.costs(None)?,
    };
    let raises = matches!(goal, Goal::Costs);
    let costs = |held: Params| asked.kdf.unwrap_or_else(|| held.after_change(measured, raises));

    let mut stay: Vec<Stays> = Vec::new();
    let mut dropped: Vec<&Way> = Vec::new();
    let replaced = match goal {
        Goal::Password(_) => replaced(&ways, by),
        Goal::Remove(id) => Some(id),
        Goal::Costs => None,
    };
    for way in ways.iter().filter(|way| way.kind != SlotKind::Recovery) {
        if Some(way.id) == replaced {
            continue;
        }
        let credential = match Some(way.id) == by {
            true => Some(own.duplicate()),
            false if interactive => ask_for(cli, &opened, way)?,
            false => None,
        };
        match credential {
            Some(credential) => {
                let slot = NewSlot { credential, name: way.name.clone(), params: costs(way.params) };
                stay.push(Stays { slot, since: way.since });
            }
            None => dropped.push(way),
        }
    }
    let codes: Vec<&Way> =
        ways.iter().filter(|way| way.kind == SlotKind::Recovery && Some(way.id) != replaced).collect();
    if let Goal::Password(credential) = goal {
        let old = replaced.and_then(|id| ways.iter().find(|way| way.id == id));
        let params =
            old.map_or(measured, |old| asked.kdf.unwrap_or_else(|| old.params.after_change(measured, true)));
        let name = old.map(|old| old.name.clone()).unwrap_or_default();
        stay.insert(0, Stays { slot: NewSlot { credential, name, params }, since: None });
    }
    if stay.is_empty() {
        return Err(Ask::LastWay.into());
    }

    let wish = asked.code.unwrap_or(if codes.is_empty() { CodeWish::None } else { CodeWish::New });
    let kept = match wish {
        CodeWish::Keep if interactive || by.is_some_and(|by| codes.iter().any(|way| way.id == by)) => {
            keep_code(cli, &opened, &codes, own)?
        }
        _ => None,
    };
    let wants_new = wish == CodeWish::New && interactive;
    if !wants_new && kept.is_none() {
        dropped.extend(&codes);
    }
    let mut names: Vec<String> = dropped.iter().map(|way| name_of(cli, way)).collect();
    names.extend((0..opened.open.unknown_ways()).map(|_| cli.text.say.slot_unknown.to_owned()));
    if !names.is_empty() && !cli.confirmed(&(cli.text.say.ask_drop_slots)(&names.join(", ")))? {
        return Ok(());
    }
    let mut kit: Option<Kit> = None;
    if wants_new {
        kit = kit::new(cli, &opened.store, &asked.kit)?;
        if kit.is_none() && !codes.is_empty() && !cli.confirmed(cli.text.say.ask_no_code)? {
            return Ok(());
        }
    }
    let is_new = kit.is_some();
    let code = kit.as_ref().map(|kit| (kit.credential.duplicate(), None));
    if let Some((credential, since)) = code.or(kept) {
        let held = codes.first();
        let params = held.map_or(measured, |held| costs(held.params));
        let old = || held.map(|held| held.name.clone()).unwrap_or_default();
        // - a new code is another one: it does not go by the name of the old paper
        let name = if is_new { (cli.text.say.kit_name)(&super::local_day(cli.now())) } else { old() };
        stay.push(Stays { slot: NewSlot { credential, name, params: params.of_code() }, since });
    }
    let done = write(cli, &mut opened, &stay, seen);
    match (done, kit) {
        (Ok(()), Some(kit)) => kit.saved(cli),
        (Err(report), Some(kit)) => {
            kit.void(cli, &opened.store);
            return Err(report);
        }
        (done, None) => done?,
    }
    cli.told(cli.text.say.keys_changed);
    let old = old_backups::older(&opened);
    let heading = (cli.text.say.old_backups)(old.len());
    old_backups::settle(cli, &opened, &old, &heading, asked.old)
}

/// A file from before a password change that this machine has seen is taken on by a key change, when that is
/// said: the epoch that was seen, 0 where there is nothing to take on. None: it is not to be done.
fn takes_on(cli: &mut Cli<'_>, opened: &Opened) -> Result<Option<u32>, Report> {
    let Standing::OlderEpoch { saved } = commit::standing(&opened.store, &opened.open) else {
        return Ok(Some(0));
    };
    let question = (cli.text.say.ask_take_on)(&super::local_time(saved));
    let seen = opened.store.last_note(&opened.open.header().vault).map_or(0, |note| note.epoch);
    Ok(cli.confirmed(&question)?.then_some(seen))
}

/// The slot in whose place a new password comes: the one that opened the vault; who came in with a
/// recovery code has forgotten the password, so it is the first that has one.
fn replaced(ways: &[Way], by: Option<[u8; 8]>) -> Option<[u8; 8]> {
    let own = ways.iter().find(|way| Some(way.id) == by && way.kind != SlotKind::Recovery);
    let first = || ways.iter().find(|way| way.kind == SlotKind::Password);
    own.or_else(first).map(|way| way.id)
}

/// What a slot is called in a sentence.
pub(super) fn name_of(cli: &Cli<'_>, way: &Way) -> String {
    let say = &cli.text.say;
    let word = match way.kind {
        SlotKind::Password => say.slot_password,
        SlotKind::KeyFile => say.slot_key_file,
        SlotKind::Recovery => say.slot_recovery,
    };
    if way.name.is_empty() { word.to_owned() } else { format!("{word} ({})", cli.name(&way.name)) }
}

/// Asks for the secret of a slot that is to stay; none when it is skipped.
fn ask_for(cli: &mut Cli<'_>, opened: &Opened, way: &Way) -> Result<Option<Credential>, Report> {
    let name = name_of(cli, way);
    let key = match way.kind {
        SlotKind::KeyFile => match ask_file(cli, &name)? {
            None => return Ok(None),
            key => key,
        },
        SlotKind::Password | SlotKind::Recovery => None,
    };
    for left in (0..TRIES).rev() {
        let typed = hidden(&(cli.text.say.ask_slot)(&name), Ask::NobodyToAsk)?;
        if typed.is_empty() {
            return Ok(None);
        }
        let bytes = typed.expose().as_bytes();
        let credential = match &key {
            Some(key) => Credential::KeyFile(SlotSecret::with_key(bytes, key.duplicate())?),
            None => Credential::Password(SlotSecret::password(bytes)?),
        };
        let check = || opened.open.check_one(way.id, &credential, resources::free_memory());
        match handed::unseen(check).map_err(|_| Ask::Interrupted)? {
            Ok(()) => return Ok(Some(credential)),
            Err(OpenError::WrongPassword) if left > 0 => super::out::tell(cli.text.say.wrong_slot),
            Err(OpenError::WrongPassword) => {}
            Err(error) => return Err(Report::from(error).about(name)),
        }
    }
    cli.warn(&(cli.text.say.slot_given_up)(&name));
    Ok(None)
}

/// Asks for the key file of a slot until there is one that can be read; none when it is skipped.
fn ask_file(cli: &mut Cli<'_>, name: &str) -> Result<Option<KeyFile>, Report> {
    loop {
        let path = cli.ask.visible(&(cli.text.say.ask_slot_file)(name))?;
        let Some(path) = path.filter(|path| !path.is_empty()) else { return Ok(None) };
        match key_file(&cli.expanded(path.as_ref())) {
            Ok(key) => return Ok(Some(key)),
            Err(report) => cli.again(&report),
        }
    }
}

type Kept = Option<(Credential, Option<u64>)>;

/// The code that is to stay is typed; none when it is skipped.
fn keep_code(cli: &mut Cli<'_>, opened: &Opened, codes: &[&Way], own: Credential) -> Result<Kept, Report> {
    let by = opened.open.opened_by();
    if let (Credential::Recovery(_), Some(way)) = (&own, codes.iter().find(|way| Some(way.id) == by)) {
        return Ok(Some((own, way.since)));
    }
    for _ in 0..TRIES {
        let typed = super::ask::code(cli.text.say.ask_code_stays)?;
        if typed.is_empty() {
            return Ok(None);
        }
        let code = match recovery::parse(typed.expose()) {
            Ok(code) => code,
            Err(error) => {
                let report = Report::from(Ask::Recovery(error));
                cli.again(&report);
                continue;
            }
        };
        let code: &[u8; 20] = code.expose().try_into().expect("a code has 20 bytes");
        let credential = Credential::Recovery(SlotSecret::recovery(code));
        let check = || opened.open.check(&credential, resources::free_memory());
        let found = handed::unseen(check).map_err(|_| Ask::Interrupted)?;
        match found.ok().and_then(|id| codes.iter().find(|way| way.id == id)) {
            Some(way) => return Ok(Some((credential, way.since))),
            None => super::out::tell(cli.text.say.wrong_slot),
        }
    }
    Ok(None)
}

/// Makes the keys and writes the vault.
fn write(cli: &mut Cli<'_>, opened: &mut Opened, stay: &[Stays], seen: u32) -> Result<(), Report> {
    cli.told(cli.text.say.making_keys);
    let mut key = opened.open.new_key_after(seen, &mut cli.entropy)?;
    for one in stay {
        let entropy = &mut cli.entropy;
        let wrap = || key.wrap(&one.slot, one.since, entropy);
        handed::unseen(wrap).map_err(|_| Ask::Interrupted)??;
    }
    let now = cli.now();
    let taken = opened.open.take_key(key, now, &mut cli.entropy)?;
    cli.save(opened, Why::Important)?;
    if !taken.damaged.is_empty() {
        let titles = super::list::titles(opened.open.vault());
        let title = |id: &crate::model::Id| titles.get(id).cloned().unwrap_or_else(|| id.to_string());
        let names: Vec<String> = taken.damaged.iter().map(|id| cli.name(&title(id)).into_owned()).collect();
        cli.warn(&(cli.text.say.damaged_values)(&names.join(", ")));
    }
    Ok(())
}
