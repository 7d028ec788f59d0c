//! Both languages: help, errors, settings, completions.

use super::house::House;

fn japanese(house: &House) -> House {
    house.env("LANG", "ja_JP.UTF-8")
}

/// Words that only an English sentence has.
fn english(text: &str) -> Option<String> {
    const WORDS: [&str; 22] = [
        "the",
        "is",
        "are",
        "for",
        "with",
        "and",
        "not",
        "to",
        "of",
        "this",
        "print",
        "error",
        "usage",
        "tip",
        "required",
        "following",
        "unexpected",
        "invalid",
        "found",
        "argument",
        "possible",
        "help",
    ];
    text.lines()
        .map(str::trim_start)
        .find(|line| {
            // Lines of options and examples hold words that are typed.
            let typed = line.starts_with("mamori ") || line.starts_with("printf ");
            let said: String = line
                .split(|c: char| c.is_whitespace())
                .filter(|word| !word.contains("--") && !word.contains("="))
                .collect::<Vec<_>>()
                .join(" ");
            !typed
                && said
                    .split(|c: char| !c.is_ascii_alphabetic())
                    .any(|word| WORDS.contains(&word.to_ascii_lowercase().as_str()))
        })
        .map(str::to_owned)
}

#[test]
fn parse_errors_are_in_the_language_of_the_reader() {
    let house = House::new();
    let ja = japanese(&house);
    let wrong: [&[&str]; 16] = [
        &["lits"],
        &["serch"],
        &["zzz"],
        &["list", "--jsn"],
        &["list", "--json=1"],
        &["get"],
        &["get", "a", "b"],
        &["add", "x", "--kind", "logn"],
        &["generate", "--words", "x"],
        &["generate", "--words"],
        &["generate", "--words", "3", "--pin", "4"],
        &["list", "--json", "--json"],
        &["backup"],
        &["backup", "lst"],
        &["--color", "pink", "list"],
        &["purge"],
    ];
    for args in wrong {
        let (en, ja) = (house.run(args), ja.run(args));
        assert_eq!((en.code, ja.code), (2, 2), "{args:?} {}", en.err);
        assert!(en.err.is_ascii(), "{args:?}: {}", en.err);
        assert!(
            !ja.err.is_ascii() && english(&ja.err).is_none(),
            "{args:?}: {} <- {:?}",
            ja.err,
            english(&ja.err)
        );
        assert!(en.err.contains("E0801") && ja.err.contains("E0801"));
        assert!(!en.err.contains("try '--help'"), "{}", en.err);
    }
    for (args, meant) in [
        (["lits"].as_slice(), "list"),
        (&["list", "--jsn"], "--json"),
        (&["add", "x", "--kind", "logn"], "login"),
    ] {
        assert!(house.run(args).err.contains(&format!("Did you mean '{meant}'?")), "{}", house.run(args).err);
        assert!(ja.run(args).err.contains(&format!("「{meant}」のことでしょうか。")));
    }
}

#[test]
fn the_language_comes_from_the_nearest_place() {
    let house = House::new();
    let said = |house: &House, args: &[&str]| house.run(args).err.contains("アイテム");
    assert!(!said(&house, &["get", "x"]));
    assert!(said(&house, &["--lang", "ja", "get", "x"]));
    assert!(said(&house, &["get", "x", "--lang=ja"]));
    assert!(said(&house.env("LC_MESSAGES", "ja_JP.UTF-8"), &["get", "x"]));
    let config = house.root().join("config/mamori");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), "language = \"ja\"\n").unwrap();
    assert!(said(&house, &["get", "x"]));
    assert!(!said(&house.env("MAMORI_LANG", "en"), &["get", "x"]));
    assert!(said(&house.env("MAMORI_LANG", "en"), &["get", "x", "--lang", "ja"]));
    // Wrong settings are told whole, and nothing runs.
    std::fs::write(config.join("config.toml"), "language = \"ja\"\nlock = 3\nclear_after = 1\n").unwrap();
    let run = japanese(&house).run(&["list"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("lock: ") && run.err.contains("clear_after: ") && english(&run.err).is_none(),
        "{}",
        run.err
    );
}

#[test]
fn help_is_whole_in_both_languages() {
    let house = House::empty();
    let ja = japanese(&house);
    let names = "open init list search show get add edit mv clone rm restore purge history link generate otp passwd import export merge backup keys completions";
    for name in names.split(' ') {
        for level in ["-h", "--help"] {
            let (en, ja) = (house.ok(&[name, level]), ja.ok(&[name, level]));
            assert!(en.is_ascii(), "{name}: {en}");
            assert!(english(&ja).is_none(), "{name}: {:?}", english(&ja));
            assert!(en.contains("Usage: mamori") && ja.contains("使い方: mamori"));
            assert_eq!(level == "--help", en.contains("\nExamples:\n") && ja.contains("\n例:\n"), "{name}");
        }
    }
    assert!(house.ok(&["--help"]).contains("Exit codes"));
    assert!(house.ok(&["-h"]).lines().count() <= 24);
    assert!(house.ok(&["backup", "restore", "--help"]).contains("mamori backup restore NAME"));
    // Required arguments do not stand in the way of help.
    assert_eq!(house.run(&["get", "-h"]).code, 0);
    assert_eq!(house.run(&["--vault", "x", "list", "--help"]).code, 0);
}

#[test]
fn completions_and_version() {
    let house = House::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(house.ok(&["completions", shell]).contains("passwd"), "{shell}");
    }
    let script = house.file("script", house.ok(&["completions", "bash"]).as_bytes());
    assert_eq!(house.shell(&format!("bash -n {script}")).code, 0);
    assert!(house.ok(&["-V"]).starts_with("mamori "));
    assert_eq!(house.run(&["completions", "tcsh"]).code, 2);
}

#[test]
fn keys_are_the_table_of_the_full_screen_program() {
    let house = House::empty();
    let rows = house.json(&["keys", "--json"]);
    let rows = rows.as_array().unwrap();
    assert!(rows.len() > 30);
    assert!(rows.iter().all(|row| row["id"] == "language" || row["title"].as_str().unwrap().is_ascii()));
    assert!(rows.iter().any(|row| row["keys"].to_string().contains("F9")));
    assert!(japanese(&house).ok(&["keys"]).contains("パスワードをコピー"));
}

#[test]
fn a_locale_that_cannot_show_japanese_gets_english() {
    let house = House::new().env("LANG", "ja_JP.eucJP");
    let run = house.run(&["get", "x"]);
    assert!(run.code == 5 && run.err.is_ascii(), "{}", run.err);
    assert!(!house.run(&["--lang", "ja", "get", "x"]).err.is_ascii());
    assert!(!house.env("MAMORI_LANG", "ja").run(&["get", "x"]).err.is_ascii());
}

#[test]
fn without_a_home_the_advice_is_one_that_helps() {
    let house = House::new();
    let vault = house.vault();
    let vault = vault.to_str().unwrap();
    let bare = house.env("HOME", "").env("XDG_STATE_HOME", "");
    let run = bare.run(&["--vault", vault, "list"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("E1203") && run.err.contains("XDG_STATE_HOME and --vault FILE"), "{}", run.err);
    let state = house.path("state");
    bare.env("XDG_STATE_HOME", &state).ok(&["--vault", vault, "list"]);
}

#[test]
fn the_settings_file_is_made_named_and_checked() {
    let house = House::new();
    let place = house.run(&["config", "path"]).out;
    assert!(place.ends_with("config.toml\n"), "{place}");
    let file = std::path::PathBuf::from(place.trim_end());
    assert!(house.run(&["config", "check"]).err.contains("config init"));
    assert_eq!(house.run(&["config", "init"]).code, 0);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("\n#clear_after = 30\n") && text.contains("\n#copy-password = [\"p\""), "{text}");
    assert_eq!(house.run(&["config", "check"]).code, 0);
    assert_eq!(house.run(&["config", "init"]).code, 1, "a file that is there is left alone");
    std::fs::write(&file, "ascii = 1\n[keys]\ncopy-password = [\"u\"]\n").unwrap();
    let run = japanese(&house).run(&["config", "check"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("1 行目") && run.err.contains("3 行目"), "{}", run.err);
    assert_eq!(house.run(&["config", "path"]).code, 0);
}
