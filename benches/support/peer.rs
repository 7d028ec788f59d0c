//! The same entries for the peer: KeePass XML, which `keepassxc-cli import` makes into a KDBX file.

use std::fmt::Write as _;
use std::path::Path;

use mamori::model::{Entry, FieldValue, Tag};
use mamori::session::Open;

use super::process;
use super::vault::PASSWORD;

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let mut number = [0; 4];
        number[1..=chunk.len()].copy_from_slice(chunk);
        let number = u32::from_be_bytes(number);
        for at in 0..4 {
            let letter = LETTERS[(number >> (18 - 6 * at) & 63) as usize];
            out.push(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

fn time(ms: u64) -> String {
    jiff::Timestamp::from_second(ms as i64 / 1000).unwrap().to_string()
}

fn string(out: &mut String, key: &str, value: &str, protected: bool) {
    let mark = if protected { " ProtectInMemory=\"True\"" } else { "" };
    let (key, value) = (escaped(key), escaped(value));
    let _ = write!(out, "<String><Key>{key}</Key><Value{mark}>{value}</Value></String>");
}

fn entry(out: &mut String, open: &Open, entry: Entry<'_>, old: Option<&[u8]>, ms: u64) {
    let text = |envelope: Option<&[u8]>| match envelope {
        Some(envelope) => open.reveal_text(entry.id(), envelope).unwrap().expose().to_owned(),
        None => String::new(),
    };
    let _ = write!(out, "<Entry><UUID>{}</UUID>", base64(&entry.id().0));
    let made = time(entry.created());
    let _ = write!(
        out,
        "<Times><LastModificationTime>{}</LastModificationTime><CreationTime>{made}</CreationTime></Times>",
        time(ms)
    );
    let _ = write!(out, "<Tags>{}</Tags>", escaped(&entry.tags().join(";")));
    string(out, "Title", entry.title(), false);
    string(out, "UserName", entry.username(), false);
    string(out, "Password", &text(old.or(entry.password())), true);
    let urls = entry.urls();
    string(out, "URL", urls.first().copied().unwrap_or(""), false);
    for (at, url) in urls.iter().enumerate().skip(1) {
        string(out, &format!("KP2A_URL_{at}"), url, false);
    }
    string(out, "Notes", &text(entry.notes()), false);
    if entry.otp().is_some() {
        string(out, "otp", &text(entry.otp()), true);
    }
    for field in entry.fields() {
        match field.value {
            FieldValue::Plain(value) => string(out, field.name, value, false),
            FieldValue::Sealed(envelope) => string(out, field.name, &text(Some(envelope)), true),
        }
    }
}

/// All entries of a vault with their earlier passwords, as KeePass XML.
pub fn xml(open: &Open) -> String {
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<KeePassFile><Meta/><Root><Group>");
    let _ = write!(out, "<UUID>{}</UUID><Name>Root</Name>", base64(&[7; 16]));
    let mut all: Vec<Entry<'_>> = open.vault().entries().collect();
    all.sort_by_key(|entry| entry.folder());
    for (number, folder) in all.chunk_by(|one, next| one.folder() == next.folder()).enumerate() {
        let name = if folder[0].folder().is_empty() { "-" } else { folder[0].folder() };
        // One level: a KDBX group cannot have a slash in its name.
        let name = escaped(&name.replace('/', " "));
        let _ = write!(out, "<Group><UUID>{}</UUID><Name>{name}</Name>", base64(&[number as u8 + 8; 16]));
        for one in folder {
            entry(&mut out, open, *one, None, one.modified());
            let passwords = one.0.attr(Tag::PASSWORD, None).map_or(&[][..], |attr| &attr.versions);
            if passwords.len() > 1 {
                out.push_str("<History>");
                for version in passwords[1..].iter().rev() {
                    entry(&mut out, open, *one, Some(&version.value), version.stamp.ms());
                    out.push_str("</Entry>");
                }
                out.push_str("</History>");
            }
            out.push_str("</Entry>");
        }
        out.push_str("</Group>");
    }
    out.push_str("</Group></Root></KeePassFile>\n");
    out
}

/// Has the peer make its file of the same entries.
pub fn make(open: &Open, to: &Path) {
    let text = to.with_extension("xml");
    std::fs::write(&text, xml(open)).unwrap();
    let (from, into) = (text.to_string_lossy(), to.to_string_lossy());
    let _ = std::fs::remove_file(to);
    process::run(
        "keepassxc-cli",
        &["import", "-q", "-p", &from, &into],
        &format!("{PASSWORD}\n{PASSWORD}\n"),
    );
    std::fs::remove_file(text).unwrap();
}
