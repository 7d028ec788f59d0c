//! Tests: every rule of the format.

use proptest::prelude::*;

use super::super::{detect, read};
use super::*;

const V2: &str = "Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\n";

fn imported(text: &str) -> Imported {
    read(text.as_bytes(), Options::default()).unwrap()
}

fn row(rest: &str) -> Item {
    let mut all = imported(&format!("{V2}{rest}\n"));
    assert_eq!(all.items.len(), 1);
    all.items.remove(0)
}

fn plain(secret: &Option<Secret>) -> Option<&str> {
    secret.as_ref().map(Secret::expose)
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

fn notices(text: &str) -> Vec<NoticeKind> {
    imported(text).notices.into_iter().map(|notice| notice.what).collect()
}

fn fault(text: &str) -> (Option<u64>, ImportFault) {
    let error = read(text.as_bytes(), Options::default()).unwrap_err();
    (error.line, error.what)
}

#[test]
fn every_generation_order_case_and_separator_gives_the_same_entry() {
    for text in [
        "Name,Url,Login,Pwd,Note,Folder,Rf_fields\nSite,https://a.jp/,me,p:w,memo,/仕事/Web,User ID$:txt:me,Password$:pwd:p:w,x:txt:1\n",
        "Name,Url,MatchUrl,Login,Pwd,Note,Folder,Rf_fields\nSite,https://a.jp/,,me,p:w,memo,/仕事/Web,User ID$:txt:me,Password$:pwd:p:w,x:txt:1\n",
        "Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\nSite,https://a.jp/,,me,p:w,memo,/仕事/Web,\"User ID$,,,txt,me\",\"Password$,,,pwd,p:w\",\"x,,,txt,1\"\n",
        "URL,name,FOLDER,note,PWD,login, rffieldsV2 \r\nhttps://a.jp/,Site,/仕事/Web,memo,p:w,me,\"User ID$,,,txt,me\",\"Password$,,,pwd,p:w\",\"x,,,txt,1\"\r\n",
        "Name\tUrl\tLogin\tPwd\tNote\tFolder\tRfFieldsV2\nSite\thttps://a.jp/\tme\tp:w\tmemo\t/仕事/Web\tUser ID$,,,txt,me\tPassword$,,,pwd,p:w\tx,,,txt,1\n",
        "Name;Url;Login;Pwd;Note;Folder;RfFieldsV2\nSite;https://a.jp/;me;p:w;memo;/仕事/Web;x,,,txt,1\n",
        // The tail's first cell in the middle, the rest behind.
        "Name,RfFieldsV2,Url,Login,Pwd,Note,Folder\nSite,\"Password$,,,pwd,p:w\",https://a.jp/,me,p:w,memo,/仕事/Web,\"x,,,txt,1\"\n",
    ] {
        assert_eq!(detect(text.as_bytes()), Some(Source::RoboFormCsv), "{text}");
        let all = imported(text);
        let item = &all.items[0];
        assert_eq!(
            (item.line, item.kind, item.title.as_str(), item.username.as_str()),
            (2, ItemKind::Login, "Site", "me"),
            "{text}"
        );
        assert_eq!((plain(&item.password), plain(&item.notes)), (Some("p:w"), Some("memo")), "{text}");
        assert_eq!(
            (item.urls.as_slice(), &item.match_url),
            (&["https://a.jp/".to_owned()][..], &None),
            "{text}"
        );
        assert_eq!(item.folder, ["仕事", "Web"], "{text}");
        assert_eq!(fields(item), [("x", "1", false)], "{text}");
        assert_eq!(item.origin_id, "04f2b0486dea62085308ed6a1052140b", "{text}");
        assert_eq!(all.folders, [vec!["仕事".to_owned()], vec!["仕事".to_owned(), "Web".to_owned()]]);
    }
    let template =
        imported("Name,URL,Login,Pwd,Note,Folder\nSite,https://a.jp/,me,pw,,\nJust a note,,,,text,\n");
    assert_eq!(
        template.items.iter().map(|item| item.kind).collect::<Vec<_>>(),
        [ItemKind::Login, ItemKind::Note]
    );
}

#[test]
fn kinds_are_told_by_what_is_empty() {
    for (text, kind) in [
        ("n,,,,,note,", ItemKind::Note),
        ("n,,,,,,", ItemKind::Note),
        ("n,,,,,,,\"a,,,txt,b\"", ItemKind::Note),
        ("n,https://a,,,,,", ItemKind::Bookmark),
        ("n,https://a,https://a,,,,", ItemKind::Login),
        ("n,,https://a,,,,", ItemKind::Login),
        ("n,,,me,,,", ItemKind::Login),
        ("n,,,,pw,,", ItemKind::Login),
        ("n,https://a,,,,,,\"q,,,txt,b\"", ItemKind::Login),
        ("n,https://a,,,pw", ItemKind::Login),
    ] {
        assert_eq!(row(text).kind, kind, "{text}");
    }
    let both = row("n,https://a,https://b,me,,,");
    assert_eq!(
        (both.urls.as_slice(), both.match_url.as_deref()),
        (&["https://a".to_owned()][..], Some("https://b"))
    );
    assert_eq!(row("n,,https://b,me,,,").urls, ["https://b"]);
}

#[test]
fn captured_fields_are_dropped_only_where_they_repeat() {
    let item = row("n,u,m,me,pw,note,,\"User ID$,log,,txt,me\",\"Password$,,,pwd,pw\",\"Note$,,,are,note\"");
    assert!(item.fields.is_empty());
    let item = row("n,u,m,me,pw,,,\"User ID$,,,txt,other\",\"Password$,,,pwd,older\",\"Script$,,,txt,run\"");
    assert_eq!(
        fields(&item),
        [("User ID$", "other", false), ("Password$", "older", true), ("Script$", "run", true)]
    );
    assert_eq!(plain(&item.password), Some("pw"));
    let text = format!("{V2}n,u,m,me,pw,,,\"User ID$,log,,txt,me\",\"x,y,z,txt,1\"\n");
    assert_eq!(
        notices(&text),
        [NoticeKind::RepeatedFieldLeft("User ID$".into()), NoticeKind::PageNamesLeft(2)]
    );
}

#[test]
fn every_type_of_field_is_kept() {
    let item = row(
        "n,u,m,me,pw,,,\"a,,,txt,1\",\"b,,,pwd,2\",\"c,,,,3\",\"d,,,sel,4\",\"e,,,rad,5\",\"f,,,chk,*\",\"g,,,chk,0\",\"h:x,,,rck,*\",\"i:y,,,rck,0\",\"j,,,are,\"\"6\n7\"\"\",\"k,,,new,8\",\"-no-name-,,,txt,9\",\"PIN,,,txt,10\",\"l,,,chk,maybe\",,\"a,,,txt,again\"",
    );
    assert_eq!(
        fields(&item),
        [
            ("a", "1", false),
            ("b", "2", true),
            ("c", "3", false),
            ("d", "4", false),
            ("e", "5", false),
            ("f", "on", false),
            ("g", "off", false),
            ("h", "x", false),
            ("i:y", "off", false),
            ("j", "6\n7", false),
            ("k", "8", true),
            ("#12", "9", false),
            ("PIN", "10", true),
            ("l", "maybe", false),
            ("a", "again", false),
        ]
    );
    let text = "Name,Url,Login,Pwd,Rf_fields,Extra,\nn,u,me,pw,odd,kept,unnamed\n";
    let all = imported(text);
    assert_eq!(
        fields(&all.items[0]),
        [("Extra", "kept", true), ("#7", "unnamed", true), ("Rf_fields #1", "odd", true)]
    );
    assert_eq!(all.notices, [Notice { line: 2, what: NoticeKind::FieldKeptRaw("Rf_fields #1".into()) }]);
}

#[test]
fn one_time_code_keys_are_recognised() {
    let item = row("n,u,m,me,pw,,,\"TOTP KEY$,,,txt,jbsw y3dp ehpk 3pxp\"");
    assert_eq!((plain(&item.otp), item.fields.len()), (Some("jbsw y3dp ehpk 3pxp"), 0));
    let item = row("n,u,m,me,pw,,,\"totp key$,,,pwd,otpauth://totp/x?secret=MZXW6YTB&digits=8\"");
    assert_eq!(plain(&item.otp), Some("otpauth://totp/x?secret=MZXW6YTB&digits=8"));
    let text = format!(
        "{V2}n,u,m,me,pw,,,\"TOTP KEY$,,,txt,not a key!\",\"TOTP KEY$,,,txt,MZXW6YTB\",\"TOTP KEY$,,,txt,MY\"\n"
    );
    let all = imported(&text);
    assert_eq!(plain(&all.items[0].otp), Some("MZXW6YTB"));
    assert_eq!(fields(&all.items[0]), [("TOTP KEY$", "not a key!", true), ("TOTP KEY$", "MY", true)]);
    assert_eq!(
        all.notices,
        [Notice { line: 2, what: NoticeKind::OtpUnreadable(crate::ops::totp::OtpError::NotBase32) }]
    );
}

#[test]
fn the_apostrophe_guard_is_undone_where_it_is_sure() {
    let text =
        format!("{V2}'@n,u,m,''me,'@p,'=note,,\"Password$,,,pwd,'@p\",\"x,,,txt,'+1\",\"y,,,txt,'plain\"\n");
    let all = imported(&text);
    let item = &all.items[0];
    assert_eq!(
        (item.title.as_str(), item.username.as_str(), plain(&item.password)),
        ("@n", "'me", Some("@p"))
    );
    assert_eq!(
        (plain(&item.notes), fields(item)),
        (Some("'=note"), vec![("x", "'+1", false), ("y", "'plain", false)])
    );
    let own = |name: &str| name.to_owned();
    use NoticeKind::{GuardKept, GuardUndone, RepeatedFieldLeft};
    let told: Vec<_> = all.notices.into_iter().map(|notice| notice.what).collect();
    assert_eq!(
        told,
        [
            GuardUndone(own("Name")),
            GuardUndone(own("Login")),
            GuardUndone(own("Pwd")),
            GuardKept(own("Note")),
            RepeatedFieldLeft(own("Password$")),
            GuardKept(own("x")),
        ]
    );
    let all = read(text.as_bytes(), Options { undo_all_guards: true }).unwrap();
    assert_eq!((plain(&all.items[0].notes), fields(&all.items[0])[0]), (Some("=note"), ("x", "+1", false)));
}

#[test]
fn titles_are_cleaned_and_passwords_never_touched() {
    let text = format!(
        "{V2}\"か\u{3099}\u{1b}[31m\nx\",u,m,か\u{3099},\"か\u{3099}\u{1b}\r\n\",\"か\u{3099}\",\"/か\u{3099}//b\t/\"\n,https://me@a.jp/x,m,,,,\n,,,me,,,\n"
    );
    let all = imported(&text);
    let item = &all.items[0];
    assert_eq!((item.title.as_str(), item.username.as_str()), ("が [31m x", "が"));
    assert_eq!(
        (plain(&item.password), plain(&item.notes)),
        (Some("か\u{3099}\u{1b}\r\n"), Some("か\u{3099}"))
    );
    assert_eq!(item.folder, ["が", "b "]);
    assert_eq!((all.items[1].title.as_str(), all.items[2].title.as_str()), ("a.jp", "RoboForm #6"));
    let own = |name: &str| name.to_owned();
    use NoticeKind::{ControlReplaced, Normalised, TitleGuessed};
    let told: Vec<_> = all.notices.into_iter().map(|notice| (notice.line, notice.what)).collect();
    assert_eq!(
        told,
        [
            (2, Normalised(own("Folder"))),
            (2, ControlReplaced(own("Folder"))),
            (2, Normalised(own("Name"))),
            (2, ControlReplaced(own("Name"))),
            (2, Normalised(own("Login"))),
            (5, TitleGuessed),
            (6, TitleGuessed),
        ]
    );
}

#[test]
fn rows_that_fit_no_kind_are_kept_whole() {
    let text = format!("{V2}a,b\n,,,,,,\nn,u,m,me,pw,,\n");
    let all = imported(&text);
    assert_eq!(all.items.len(), 2);
    assert_eq!((all.items[0].kind, all.items[0].title.as_str()), (ItemKind::Raw, "RoboForm #2"));
    assert_eq!(fields(&all.items[0]), [("CSV", "a,b", true)]);
    let told: Vec<_> = all.notices.into_iter().map(|notice| (notice.line, notice.what)).collect();
    assert_eq!(told, [(2, NoticeKind::RowKeptRaw { cells: 2 }), (3, NoticeKind::EmptyRow)]);
    let wide = imported("Name,URL,Login,Pwd,Note,Folder\nn,u,me,pw,a note, with a comma,/x\nn,u,me,pw,,,\n");
    assert_eq!(wide.items.iter().map(|item| item.kind).collect::<Vec<_>>(), [ItemKind::Raw, ItemKind::Login]);
}

#[test]
fn ids_are_stable_and_equal_rows_are_counted() {
    let text = format!("{V2}n,u,m,me,pw,,/f\nn,u,m,me,other,,/f\nn,u,m,you,pw,,/f\nx,y\nx,y\n");
    let ids = |text: &str| imported(text).items.into_iter().map(|item| item.origin_id).collect::<Vec<_>>();
    let first = ids(&text);
    assert_eq!(first[1], format!("{}-2", first[0]));
    assert_eq!(first[4], format!("{}-2", first[3]));
    assert_ne!(first[0], first[2]);
    assert_eq!(ids(&text.replace("pw", "new")), first);
    // Lengths keep neighbours apart.
    assert_ne!(ids(&format!("{V2}ab,c,m,me,,,\n")), ids(&format!("{V2}a,bc,m,me,,,\n")));
}

#[test]
fn damage_imports_nothing_and_names_the_line() {
    use ImportFault::{ColumnTwice, Empty, QuoteOpen, TextAfterQuote, TooLong, Truncated, UnknownFormat};
    assert_eq!(fault(""), (None, Empty));
    assert_eq!(fault("\r\n \n"), (None, Empty));
    for no_header in ["a,b,c\n1,2,3\n", "Name,Url,Login\n", "x", "n,u,m,me,pw,,\n"] {
        assert_eq!(fault(no_header), (Some(1), UnknownFormat), "{no_header}");
        assert_eq!(detect(no_header.as_bytes()), None);
    }
    assert_eq!(fault("Name,Url,Login,Pwd,name\n"), (Some(1), ColumnTwice("name".into())));
    assert_eq!(fault(&format!("{V2}n,u,m,me,pw,,\nn,u,m,me,\"pw,,\nn,u\n")), (Some(3), QuoteOpen));
    assert_eq!(fault(&format!("{V2}n,\"u\"x,m,me,pw,,\n")), (Some(2), TextAfterQuote));
    for cut in ["n", "n,u,m", "n,u,m,me,p", "n,u,m,me,pw,note"] {
        assert_eq!(fault(&format!("{V2}n,u,m,me,pw,,\n{cut}")), (Some(3), Truncated));
    }
    let wide = |cells: usize| format!("{V2}n{}\n", ",".repeat(cells - 1));
    assert_eq!(fault(&wide(1_001)), (Some(2), ImportFault::TooManyCells));
    assert_eq!(imported(&wide(1_000)).items.len(), 1);
    assert_eq!(notices(&format!("{V2}n,u,m,me,pw,note,/fol")), [NoticeKind::LastRowUnended]);
    let long = |most: usize| "あ".repeat(most / 3 + 1);
    for (text, column, most) in [
        (format!("{},u,m,me,pw,,", long(LINE_MOST)), "Name", LINE_MOST),
        (format!("n,u,m,{},pw,,", long(LINE_MOST)), "Login", LINE_MOST),
        (format!("n,{},m,me,pw,,", long(FIELD_MOST)), "Url", FIELD_MOST),
        (format!("n,u,m,me,{},,", long(FIELD_MOST)), "Pwd", FIELD_MOST),
        (format!("n,u,m,me,pw,{},", long(NOTE_MOST)), "Note", NOTE_MOST),
        (format!("n,u,m,me,pw,,/{}", long(LINE_MOST)), "Folder", LINE_MOST),
        (format!("n,u,m,me,pw,,,\"x,,,txt,{}\"", long(FIELD_MOST)), "x", FIELD_MOST),
        (format!("n,u,m,me,pw,,,{}", long(FIELD_MOST)), "RfFieldsV2 #1", FIELD_MOST),
        (format!("n,u,{}", long(FIELD_MOST)), "RoboForm #2", FIELD_MOST),
    ] {
        assert_eq!(fault(&format!("{V2}{text}\n")), (Some(2), TooLong { column: column.into(), most }));
    }
    let fits = row(&format!("n,u,m,me,{},{},", "p".repeat(FIELD_MOST), "n".repeat(NOTE_MOST)));
    assert_eq!(plain(&fits.notes).map(str::len), Some(NOTE_MOST));
}

#[test]
fn too_many_rows_are_refused() {
    let mut text = V2.to_owned();
    text.push_str(&"\"\",\n".repeat(ROWS_MOST as usize));
    assert_eq!(imported(&text).notices.len() as u64, ROWS_MOST);
    text.push_str("n,u,m,me,pw,,\n");
    assert_eq!(fault(&text), (Some(ROWS_MOST + 2), ImportFault::TooManyRows));
}

#[test]
fn a_hundred_thousand_rows_are_read_in_no_time() {
    let mut text = V2.to_owned();
    for at in 0..100_000 {
        text.push_str(&format!("サイト {at},https://s{at}.example.jp/login,https://s{at}.example.jp/,user{at}@example.jp,\"pw,{at}\",\"memo\n{at}\",/仕事/{},\"User ID$,,,txt,user{at}@example.jp\",\"Password$,,,pwd,\"\"pw,{at}\"\"\",\"x,,,txt,{at}\"\n", at % 50));
    }
    let began = std::time::Instant::now();
    let all = imported(&text);
    let took = began.elapsed();
    assert_eq!((all.items.len(), all.folders.len(), all.notices.len()), (100_000, 51, 200_000));
    println!("100,000 rows ({} bytes): {took:?}", text.len());
    // Generous: this build is not the optimised one, and the machine is shared.
    assert!(took.as_secs() < 60, "{took:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_bytes_are_a_panic(head in 0usize..4, body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let head: &[u8] = [&b""[..], V2.as_bytes(), b"Name,Url,Login,Pwd,Rf_fields\n", b"\xFF\xFE"][head];
        let bytes = [head, &body].concat();
        let _ = (detect(&bytes), read(&bytes, Options::default()));
    }

    #[test]
    fn no_text_is_a_panic_and_no_row_vanishes(body in "([a'@=:*,\n]|\"\"|,,,txt,|:pwd:|\\$|あ|/){0,60}") {
        for head in [V2, "Name,Url,Login,Pwd,Rf_fields\n", "Folder,Pwd,Login,Url,Name\n"] {
            if let Ok(all) = read(format!("{head}{body}").as_bytes(), Options { undo_all_guards: true }) {
                let empty = all.notices.iter().filter(|n| n.what == NoticeKind::EmptyRow).count();
                let rows = body.lines().filter(|line| !line.is_empty()).count();
                // A quoted cell may hold line ends; else each line is a row.
                prop_assert!(all.items.len() + empty <= rows);
                prop_assert!(body.contains('"') || all.items.len() + empty == rows);
            }
        }
    }
}
