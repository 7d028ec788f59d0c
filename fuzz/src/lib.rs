//! What must hold of everything that comes from outside, one function a subject. That nothing
//! panics, hangs or takes much memory is held by libFuzzer itself (`run` sets the limits); here is
//! what is more than that. Not a test of what the program does with a person's own data: those are
//! in `tests/`.

use std::fmt::Write as _;
use std::time::Duration;

use mamori::crypto::kdf::FILE_WORK_KIB;
use mamori::crypto::keys;
use mamori::format::body::Plain;
use mamori::format::header;
use mamori::format::payload;
use mamori::ops::generate::Recipe;
use mamori::ops::import;
use mamori::ops::merge;
use mamori::ops::search::Query;
use mamori::ops::totp::{Otp, migration};
use mamori::platform::hibp::filter::Filter;
use mamori::platform::tty::parser::Parser;
use mamori::platform::tty::{Answer, Code, Input};
use mamori::text::sanitise;
use mamori::tui::page::path::paste;

/// Where the digest of a file with this header length stands.
fn digest_at(data: &[u8]) -> Option<usize> {
    let length = u32::from_le_bytes(data.get(8..12)?.try_into().ok()?) as usize;
    Some(length).filter(|length| *length <= 8192).map(|length| 12 + length + 32)
}

/// The header: once as it came, once with the digest repaired, as an attacker would.
pub fn header(data: &[u8]) {
    let _ = header::read(data, data.len() as u64);
    let mut repaired = data.to_vec();
    let Some(at) = digest_at(data).filter(|at| at + 32 <= data.len()) else { return };
    let digest = keys::sha256(&repaired[..at]);
    repaired[at..at + 32].copy_from_slice(&digest);
    // The length of the body is a claim about the file: let it be true.
    let Some(body) = repaired.get(76..84).and_then(|bytes| bytes.try_into().ok()) else { return };
    let body = u64::from_le_bytes(body);
    let Ok(read) = header::read(&repaired, (at as u64 + 32).saturating_add(body)) else { return };
    assert!(read.header.slots.len() <= 8);
    assert!(header::work_kib(&read.header.slots) <= FILE_WORK_KIB);
}

/// The payload: what decodes encodes to something that decodes to the same, and a join with itself
/// changes nothing.
pub fn payload(data: &[u8]) {
    let plain = |bytes: &[u8]| Plain::build(bytes.len(), |room| room.copy_from_slice(bytes));
    let Ok(Ok((vault, source))) = plain(data).map(|plain| payload::decode([7; 16], plain)) else { return };
    let Ok(again) = payload::encode(&vault, Some(&source)) else { return };
    let first = again.expose().to_vec();
    let (mut vault, _) = payload::decode([7; 16], again).expect("what was encoded decodes");
    let (copy, _) = payload::decode([7; 16], plain(&first).expect("short")).expect("and once more");
    let report = merge::join(&mut vault, copy);
    assert!(report.is_empty(), "a vault joined with itself is the same");
    for entry in vault.entries() {
        let _ = (entry.title(), entry.kind(), entry.username(), entry.state(), entry.folder());
        assert!(!sanitise::line(entry.title()).chars().any(char::is_control));
    }
}

/// Every importer, by detection: what is taken keeps to the limits.
pub fn import(data: &[u8]) {
    for undo_all_guards in [false, true] {
        let _ = import::detect(data);
        let _ = import::read(data, import::Options { undo_all_guards });
    }
}

/// The settings file.
pub fn config(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    match mamori::config::read(text) {
        Ok((_, problems)) => drop(mamori::config::placed(text, problems)),
        Err(mistakes) => assert!(!mistakes.is_empty(), "a refusal says why"),
    }
    drop(mamori::config::Memory::parse(text).print());
}

fn printed(inputs: &mut String, input: Input<'_>) {
    let _ = match input {
        Input::Key(key) => {
            if let Code::Char(c) = key.code {
                assert!(!c.is_control(), "a control character is no key");
            }
            let char = if let Code::Char(c) = key.code { c } else { ' ' };
            writeln!(inputs, "{key:?}{char}")
        }
        Input::PasteChunk(bytes) => bytes.iter().try_for_each(|byte| write!(inputs, "{byte:02x}")),
        Input::Answer(Answer::Name(name)) => {
            assert!(name.len() <= 64 && name.bytes().all(|byte| (0x20..0x7f).contains(&byte)));
            writeln!(inputs, "name {name}")
        }
        other => writeln!(inputs, "{other:?}"),
    };
}

/// What comes from the terminal: the same bytes mean the same however they are cut in pieces.
pub fn terminal(data: &[u8]) {
    let Some((cut, bytes)) = data.split_first() else { return };
    let step = usize::from(*cut) % 17 + 1;
    let now = Duration::from_secs(1);
    let end = Duration::from_secs(100);
    let (mut whole, mut pieces) = (String::new(), String::new());
    let mut parser = Parser::new();
    parser.feed(now, bytes, &mut |input| printed(&mut whole, input));
    parser.tick(end, &mut |input| printed(&mut whole, input));
    let mut parser = Parser::new();
    for piece in bytes.chunks(step) {
        parser.feed(now, piece, &mut |input| printed(&mut pieces, input));
    }
    parser.tick(end, &mut |input| printed(&mut pieces, input));
    assert_eq!(whole, pieces);
}

/// Keys as they are written in the settings.
pub fn keys(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let Some(chords) = mamori::tui::key::parse_sequence(text) else { return };
    for chord in chords {
        let again = mamori::tui::key::parse_sequence(&chord.notation());
        assert_eq!(again, Some(vec![chord]), "a key is read as it is written");
        let _ = (chord.label(), chord.narrowed());
    }
}

/// What is typed into the search, and every other outside text on its way to the screen.
pub fn query(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let query = Query::parse(text);
    let _ = (query.is_empty(), query.unknown(), query.asks_notes(), query.shown().count());
    assert!(query.narrows_to(&query) || query.is_empty(), "a query narrows to itself");
    let hostile = |c: char| c.is_control() || sanitise::is_hostile(c);
    assert!(!sanitise::line(text).chars().any(hostile));
    assert!(!sanitise::lines(text).chars().any(|c| c != '\n' && hostile(c)));
}

/// One-time codes: keys, `otpauth:` and `otpauth-migration:` addresses.
pub fn code(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    if let Ok(otp) = Otp::parse(text) {
        let uri = otp.uri();
        let again = Otp::parse(uri.expose()).expect("what is written is read");
        assert_eq!(otp.code_of(1).expose(), again.code_of(1).expose());
    }
    if migration::is_migration(text) {
        let _ = migration::parse(text);
    }
}

/// Recipes and the `passwordrules` of a site.
pub fn recipe(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let Ok(recipe) = text.parse::<Recipe>() else { return };
    let Ok(bits) = mamori::ops::generate::bits(&recipe) else { return };
    assert!(bits.is_finite() && bits >= 0.0, "{bits}");
}

/// A path as it was dropped or pasted.
pub fn paste(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    for wsl in [false, true] {
        let _ = paste::unquote(text, wsl);
    }
}

/// The compact list of leaked passwords, its digest repaired.
pub fn filter(data: &[u8]) {
    let Some(end) = data.len().checked_sub(32) else { return };
    let mut repaired = data.to_vec();
    let digest = keys::sha256(&data[..end]);
    repaired[end..].copy_from_slice(&digest);
    let Ok(filter) = Filter::parse(&repaired) else { return };
    let _ = (filter.has(&[0; 20]), filter.keys(), filter.least());
    let bytes = filter.bytes();
    assert!(Filter::parse(&bytes).is_ok(), "what is written is read");
}
