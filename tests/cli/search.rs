//! `list QUERY` speaks the language of the search field.

use super::house::House;

#[test]
fn tokens_of_the_search_field_work_on_the_command_line() {
    let house = House::new();
    house.ok(&[
        "add",
        "みずほ銀行",
        "--kind",
        "bank-account",
        "--folder",
        "お金/銀行",
        "--tag",
        "bank",
        "-u",
        "hana",
    ]);
    house.ok(&["add", "Amazon", "--tag", "bank-jp", "--url", "https://amazon.co.jp", "--folder", "shops"]);
    house.ok(&["add", "closed", "--folder", "shops/old"]);
    house.fed(&["add", "memo", "--kind", "note", "--notes-stdin"], "the ミズホ PIN\nsecond line\n");
    house.ok(&["rm", "closed"]);
    let found = |query: &[&str]| {
        let args: Vec<&str> = ["list", "--json"].iter().chain(query).copied().collect();
        let list = house.json(&args);
        let mut titles: Vec<String> =
            list.as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect();
        titles.sort();
        titles
    };
    assert_eq!(found(&["tag:bank"]), ["みずほ銀行"]);
    assert_eq!(found(&["ｔａｇ：ＢＡＮ"]), ["Amazon", "みずほ銀行"]);
    assert_eq!(found(&["kind:銀行口座"]), ["みずほ銀行"]);
    assert_eq!(found(&["folder:shops"]), ["Amazon"]);
    assert_eq!(found(&["is:trashed", "folder:shops"]), ["closed"]);
    assert_eq!(found(&["url:amazon", "tag:bank"]), [""; 0]);
    assert_eq!(found(&["--", "-tag:bank", "-kind:note"]), ["Amazon"]);
    assert_eq!(found(&["user:\"hana\""]), ["みずほ銀行"]);
    assert_eq!(found(&["note:mizuho"]), ["memo"]);
    assert_eq!(found(&["note:\"pin second\""]), [""; 0]);
    assert_eq!(found(&["--", "-note:pin", "is:otp"]), [""; 0]);
    assert_eq!(found(&["amzon"]), [""; 0], "what is only near is nothing to a script");
    assert_eq!(house.ok(&["list", "amzon"]), "");
    // What only the passwords tell is compared at once; what is not known is no empty list.
    house.ok(&["add", "twin", "--generate"]);
    house.ok(&["clone", "twin", "--title", "twin 2"]);
    assert_eq!(found(&["is:reused"]), ["twin", "twin 2"]);
    assert_eq!(found(&["is:weak"]), [""; 0]);
    let run = house.run(&["list", "is:leaked"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{}", run.err);
    assert!(run.err.contains("E0710") && run.err.contains("is:leaked"), "{}", run.err);
    let run = house.run(&["list", "--json", "color:red"]);
    assert_eq!((run.code, run.out.trim()), (0, "[\n]"), "{}", run.err);
    assert!(run.err.contains("color") && run.err.contains("folder:"), "{}", run.err);
}
