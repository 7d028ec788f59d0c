//! RoboForm's files, real ones and self-made ones, come in value by value. The files are not the
//! project's: they are read from beside it (`../shared/samples`, or `$MAMORI_SAMPLES`), and where
//! they are absent the test says that it skipped.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test: it may panic and print")]

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use mamori::crypto::kdf::Params;
use mamori::crypto::keys::SlotSecret;
use mamori::ops::import::plan::{Counts, plan};
use mamori::ops::import::{
    Encoding, Imported, Item, ItemKind, NoticeKind, Options, Source, Value, detect, read,
};
use mamori::platform::entropy::System;
use mamori::secret::Secret;
use mamori::session::{Credential, Device, NewSlot, Open, Sealed};

fn sample(name: &str) -> Option<Vec<u8>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("MAMORI_SAMPLES").map(PathBuf::from);
    let beside = ["../shared/samples", "../../shared/samples"].map(|path| here.join(path));
    let found = named.into_iter().chain(beside).find_map(|folder| std::fs::read(folder.join(name)).ok());
    if found.is_none() {
        println!("skipped: no {name} beside the project");
    }
    found
}

fn imported(bytes: &[u8]) -> Imported {
    assert_eq!(detect(bytes), Some(Source::RoboFormCsv));
    read(bytes, Options::default()).unwrap()
}

fn plain(secret: &Option<Secret>) -> &str {
    secret.as_ref().map_or("", Secret::expose)
}

fn fields(item: &Item) -> Vec<(&str, &str, bool)> {
    item.fields
        .iter()
        .map(|field| match &field.value {
            Value::Plain(value) => (field.name.as_str(), value.as_str(), false),
            Value::Secret(value) => (field.name.as_str(), value.expose(), true),
        })
        .collect()
}

/// Reads with another parser (the csv crate) and compares every cell with what came in.
fn check_cell_by_cell(bytes: &[u8], expected_rows: usize) -> Imported {
    let all = imported(bytes);
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let header = reader.headers().unwrap().clone();
    let tail = header.len() - 1;
    let second = &header[tail] == "RfFieldsV2";
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
    assert_eq!((rows.len(), all.items.len()), (expected_rows, expected_rows));
    for (row, item) in rows.iter().zip(&all.items) {
        let cell = |name: &str| {
            header.iter().position(|column| column == name).and_then(|at| row.get(at)).unwrap_or_default()
        };
        assert_eq!(item.line, row.position().unwrap().line());
        assert_eq!(item.title, cell("Name"));
        assert_eq!(item.username, cell("Login"));
        assert_eq!(plain(&item.password), cell("Pwd"), "{}", item.title);
        assert_eq!(plain(&item.notes), cell("Note"), "{}", item.title);
        assert_eq!(item.urls.concat(), cell("Url"));
        assert_eq!(item.match_url.as_deref().unwrap_or_default(), cell("MatchUrl"));
        let folder: String = item.folder.iter().map(|part| format!("/{part}")).collect();
        assert_eq!(folder, cell("Folder"));
        let login = !(cell("MatchUrl").is_empty() && cell("Login").is_empty() && cell("Pwd").is_empty());
        assert_eq!(item.kind == ItemKind::Login, login);
        assert_eq!(item.kind == ItemKind::Note, !login && cell("Url").is_empty());
        let kept: Vec<(String, String)> = row
            .iter()
            .skip(tail)
            .filter(|captured| !captured.is_empty())
            .map(|captured| {
                let mut parts: Vec<&str> = captured.splitn(if second { 5 } else { 3 }, [',', ':']).collect();
                (parts.remove(0).to_owned(), parts.pop().unwrap().to_owned())
            })
            .filter(|(name, value)| !(name == "User ID$" && value == cell("Login")))
            .filter(|(name, value)| !(name == "Password$" && value == cell("Pwd")))
            .collect();
        let got: Vec<(String, String)> =
            fields(item).into_iter().map(|(name, value, _)| (name.to_owned(), value.to_owned())).collect();
        assert_eq!(got, kept, "{}", item.title);
    }
    let ids: HashSet<&str> = all.items.iter().map(|item| item.origin_id.as_str()).collect();
    assert_eq!(ids.len(), all.items.len());
    all
}

#[test]
fn the_real_first_generation_comes_in() {
    let Some(bytes) = sample("roboform/roboform-v1-Rf_fields.csv") else { return };
    let all = check_cell_by_cell(&bytes, 14);
    assert_eq!(all.encoding, Encoding::Utf8);
    assert_eq!(
        all.folders.iter().map(|path| path.join("/")).collect::<Vec<_>>(),
        ["Bank", "CornerCases", "Emails", "Emails/WS", "Servers", "Social"]
    );
    let kinds = all.items.iter().filter(|item| item.kind == ItemKind::Note).count();
    assert_eq!((kinds, all.items.iter().map(|item| item.fields.len()).sum::<usize>()), (2, 0));
    assert!(all.notices.iter().all(|n| matches!(n.what, NoticeKind::RepeatedFieldLeft(_))));
}

#[test]
fn the_real_second_generation_comes_in() {
    let Some(bytes) = sample("roboform/roboform-v2-utf8bom.csv") else { return };
    let all = check_cell_by_cell(&bytes, 4);
    assert_eq!(fields(&all.items[0]), [("Test", "Test", false)]);
    assert_eq!(all.items[2].kind, ItemKind::Note);
    assert_eq!(all.items[3].folder, ["Business"]);
}

fn check_japanese(bytes: &[u8], note_of_two_lines: &str) -> Imported {
    let all = imported(bytes);
    type Row<'a> = (ItemKind, &'a str, &'a str, &'a str, &'a str, &'a str, &'a str, &'a str);
    let got: Vec<Row<'_>> = all
        .items
        .iter()
        .map(|item| {
            let url = item.urls.first().map_or("", String::as_str);
            let folder = item.folder.last().map_or("", String::as_str);
            let matched = item.match_url.as_deref().unwrap_or_default();
            let (password, notes) = (plain(&item.password), plain(&item.notes));
            (item.kind, item.title.as_str(), item.username.as_str(), password, url, matched, notes, folder)
        })
        .collect();
    use ItemKind::{Bookmark, Login, Note};
    let blog = "https://blog.example.jp/wp-login.php";
    let memo = "WordPress\n更新は月初\n\"引用符\"と,カンマ";
    let [jp, com, bank] =
        ["https://mail.example.jp/", "https://mail.example.com/", "https://bank.example.jp/"];
    let (panel, panel_page) = ("https://panel.example.net/login", "https://panel.example.net/");
    let expected: [Row<'_>; 7] = [
        (Login, "ブログ管理（本店）", "admin", "Sakura-2019!", blog, blog, memo, "WordPress"),
        (Login, "メール info@example.jp", "info@example.jp", "Sakura-2020!", jp, jp, "", "メール"),
        (Login, "メール shop@example.com", "shop@example.com", "@Mark,\"q\"x", com, com, "", "メール"),
        (Login, "サーバーパネル", "hst00001", "Sakura2020", panel, panel_page, "", "仕事"),
        (Bookmark, "ブックマーク例", "", "", "https://example.org/", "", "", "参考"),
        (Note, "安全メモ", "", "", "", "", note_of_two_lines, ""),
        (Login, "銀行", "0012345", "ｐａｓｓ１２３", bank, bank, "全角で登録", "お金"),
    ];
    assert_eq!(got, expected);
    assert_eq!(fields(&all.items[0]), [("rememberme", "on", false)]);
    assert_eq!(fields(&all.items[3]), [("秘密の質問", "母の旧姓", false), ("契約番号", "A-1234", false)]);
    assert_eq!(plain(&all.items[3].otp), "JBSWY3DPEHPK3PXP");
    assert_eq!(fields(&all.items[6]), [("#1", "支店 001", false), ("region", "on", false)]);
    for at in [1, 2, 4, 5] {
        assert_eq!((all.items[at].fields.len(), all.items[at].otp.is_none()), (0, true));
    }
    let lines: Vec<u64> = all.items.iter().map(|item| item.line).collect();
    assert_eq!(lines, [2, 5, 6, 7, 8, 9, 12]);
    assert_eq!(
        all.folders.iter().map(|path| path.join("/")).collect::<Vec<_>>(),
        ["仕事", "仕事/WordPress", "仕事/メール", "参考", "個人", "個人/お金"]
    );
    let guards = all.notices.iter().filter(|n| n.what == NoticeKind::GuardUndone("Pwd".into()));
    assert_eq!(guards.map(|n| n.line).collect::<Vec<_>>(), [6]);
    all
}

#[test]
fn japanese_in_utf8_and_in_cp932_is_the_same() {
    let Some(utf8) = sample("synthetic/roboform-ja-utf8bom.csv") else { return };
    let Some(cp932) = sample("synthetic/roboform-ja-cp932-resaved.csv") else { return };
    let one = check_japanese(&utf8, "一行目\n二行目：〒100-0001\n😀");
    // The spreadsheet that saved it anew has no emoji.
    let two = check_japanese(&cp932, "一行目\n二行目：〒100-0001\n");
    assert_eq!((one.encoding, two.encoding), (Encoding::Utf8, Encoding::Cp932));
    assert_eq!(two.notices[0].what, NoticeKind::EncodingGuessed(Encoding::Cp932));
    let ids = |all: &Imported| all.items.iter().map(|item| item.origin_id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&one), ids(&two));
}

#[test]
fn every_beginning_of_a_real_file_is_an_error_or_whole_rows() {
    let Some(bytes) = sample("roboform/roboform-v2-utf8bom.csv") else { return };
    let whole = imported(&bytes).items.len();
    for end in 0..bytes.len() {
        match read(&bytes[..end], Options::default()) {
            Ok(all) => {
                assert!(all.items.len() <= whole && all.items.iter().all(|i| i.kind != ItemKind::Raw));
                let told = all.notices.iter().any(|n| n.what == NoticeKind::LastRowUnended);
                assert_eq!(told, bytes[end - 1] != b'\n' && !all.items.is_empty(), "{end}");
            }
            Err(error) => assert!(error.line.is_some() || end <= 3, "{end}: {error:?}"),
        }
    }
}

#[test]
fn every_sample_goes_into_a_vault_once_and_is_all_there_after_reopening() {
    let names = [
        ("roboform/roboform-v1-Rf_fields.csv", 14),
        ("roboform/roboform-v2-utf8bom.csv", 4),
        ("synthetic/roboform-ja-utf8bom.csv", 7),
    ];
    for (name, count) in names {
        let Some(bytes) = sample(name) else { continue };
        let all = imported(&bytes);
        let credential = || Credential::Password(SlotSecret::password(b"correct horse").unwrap());
        let params = Params { m_kib: 8192, t: 1, p: 1 };
        let slot = NewSlot { credential: credential(), name: String::new(), params };
        let mut open = Open::create(&[slot], Device::default(), &mut System).unwrap();
        let planned = plan(&all, open.vault(), &mut open.sealer(&mut System), 1_000).unwrap();
        assert_eq!(planned.report.counts(), Counts { new: count, ..Counts::default() }, "{name}");
        open.apply(&planned.change.unwrap(), 1_000, &mut System).unwrap();

        let file = open.seal(2_000, &mut System).unwrap();
        let open = Sealed::read(file.bytes).unwrap().open(&credential(), Device::default(), None).unwrap();
        for (row, item) in planned.report.rows.iter().zip(&all.items) {
            let entry = open.vault().entry(row.entry).unwrap();
            assert_eq!((entry.title(), entry.username()), (item.title.as_str(), item.username.as_str()));
            assert_eq!(
                (entry.folder(), entry.urls()),
                (item.folder.join("/").as_str(), item.urls.iter().map(String::as_str).collect())
            );
            for (held, wanted) in [(entry.password(), &item.password), (entry.notes(), &item.notes)] {
                let held = held.map(|envelope| open.reveal_text(row.entry, envelope).unwrap());
                assert_eq!(plain(&held), plain(wanted), "{name} line {}", row.line);
            }
            assert_eq!(
                (entry.otp().is_some(), entry.fields().len()),
                (item.otp.is_some(), item.fields.len())
            );
        }
        let again = plan(&all, open.vault(), &mut open.sealer(&mut System), 3_000).unwrap();
        assert_eq!(again.change, None, "{name}");
        assert_eq!(again.report.counts(), Counts { unchanged: count, ..Counts::default() }, "{name}");
    }
}
