//! What is from before a change of the master password: a file that was put back, a backup that the former
//! password opens in the place of a damaged file. It is told for what it is and only read, until a person
//! takes it on under a new password; and that can fail like every other save.

use mamori::commit::{self, Standing};
use mamori::model::State;
use mamori::platform::entropy::System;
use mamori::store::Why;
use mamori::store::memory::{Fault, Memory};
use mamori::text::Lang;
use mamori::tui::app::Screen;

use super::backups::{MINUTE, NEW, edit, id, opened, rekeyed, store, unlocked};
use super::slots::{opens, told};
use crate::robot::{MASTER, NOON, Robot, credential, path};
use mamori::model::Tag;
use mamori::tui::notice::SlotsTold;

const THIRD: &str = "S3CRET a third one";

/// The password was changed, something was saved after, and the file is what `made` makes of what lay there
/// before and what lies there now.
fn at(made: impl Fn(Vec<u8>, Vec<u8>) -> Vec<u8>, lang: Lang, width: u16, height: u16) -> Robot {
    let (disk, before) = rekeyed();
    let store = store(&disk);
    let mut open = opened(store.read().unwrap(), &credential(NEW), "server");
    edit(&mut open, "GitHub", NOON - 20 * MINUTE, |edit| edit.text(Tag::FOLDER, "later"));
    commit::commit(&store, &mut open, Why::Important, NOON - 20 * MINUTE, &mut System).unwrap();
    let now = store.read().unwrap();
    disk.put(&path(), made(before, now));
    unlocked(disk, lang, width, height)
}

/// The present file with a damaged head; the former password is typed.
fn former(lang: Lang, width: u16, height: u16) -> Robot {
    at(|_, now| damaged(now), lang, width, height)
}

/// The file of before lies there.
fn put_back(lang: Lang, width: u16, height: u16) -> Robot {
    at(|before, _| before, lang, width, height)
}

fn damaged(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes[40] ^= 1;
    bytes
}

fn aside(disk: &Memory) -> Vec<Vec<u8>> {
    let names = disk.names().into_iter().filter(|name| name.to_string_lossy().contains(".mamori.damaged-"));
    names.map(|name| disk.bytes(&name).unwrap()).collect()
}

/// From the question to the last step of the new password.
fn take_on(robot: &mut Robot) {
    while !robot.screen().contains(">Make it the vault again") {
        let before = robot.screen();
        robot.keys("down");
        assert!(robot.screen() != before, "{before}");
    }
    robot.keys("enter").types(MASTER).keys("enter");
    robot.keys("down down down enter").types(THIRD).keys("enter").types(THIRD).keys("enter enter");
}

#[test]
fn a_former_password_over_a_damaged_file_says_what_it_opened_and_writes_nothing() {
    crate::snapshot("older-instead", former);
    let mut robot = former(Lang::En, 80, 24);
    let bad = robot.disk.bytes(&path()).unwrap();
    for words in
        ["is damaged", "is a former", "2026-11-24 11:30 (today)", "newer backup, of 2026-11-24 11:40"]
    {
        assert!(robot.screen().contains(words), "{words}\n{}", robot.screen());
    }
    let disk = robot.disk.clone();
    let before = disk.names();
    // - it is only read, whatever is pressed
    robot.keys("esc / g i t enter d");
    robot.wait(60);
    assert!(robot.app.shell.unwritten.is_none(), "{}", robot.screen());
    assert_eq!(disk.bytes(&path()), Some(bad.clone()));
    assert_eq!(disk.names(), before);
    // - and it is offered again
    robot.keys("esc esc f5");
    assert!(robot.screen().contains("is a former"), "{}", robot.screen());
    // - the present password opens the newer backup
    robot.keys("f9");
    assert!(matches!(robot.app.screen, Screen::Locked(_)), "{}", robot.screen());
    robot.types(NEW).keys("enter");
    let open = robot.app.open().unwrap();
    assert!(open.contents.instead.is_some_and(|instead| instead.newer.is_none()));
    assert_eq!((open.contents.standing, open.contents.read_only()), (Standing::Fine, false));
    robot.keys("enter");
    assert!(robot.screen().contains("Written anew"), "{}", robot.screen());
    assert!(opens(&robot, &credential(NEW)) && !opens(&robot, &credential(MASTER)));
    assert_eq!(aside(&disk), [bad]);
}

/// The newer backup takes the damaged file's place under the password that it brings.
#[test]
fn the_newer_backup_takes_the_place_of_the_damaged_file_when_its_password_is_typed() {
    let mut robot = former(Lang::En, 80, 24);
    let bad = robot.disk.bytes(&path()).unwrap();
    robot.keys("home enter home enter");
    assert!(robot.screen().contains("A password of its own"), "{}", robot.screen());
    robot.types(NEW).keys("enter home enter down enter");
    assert!(robot.screen().contains("Put back"), "{}", robot.screen());
    assert!(opens(&robot, &credential(NEW)) && !opens(&robot, &credential(MASTER)));
    assert_eq!(aside(&robot.disk), [bad]);
    robot.keys("esc esc esc / g i t enter d");
    assert!(robot.app.shell.unwritten.is_none(), "{}", robot.screen());
}

#[test]
fn what_is_from_before_a_password_change_becomes_the_vault_again_only_under_a_new_password() {
    for (start, damaged) in [(put_back as fn(Lang, u16, u16) -> Robot, false), (former, true)] {
        let mut failed = 0;
        for verb in 1.. {
            let mut robot = start(Lang::En, 80, 24);
            let before = robot.disk.bytes(&path()).unwrap();
            take_on(&mut robot);
            assert_eq!(robot.disk.bytes(&path()).as_ref(), Some(&before), "nothing before the last step");
            robot.disk.fault(verb, Fault::Fail(std::io::ErrorKind::StorageFull));
            robot.keys("down enter");
            let over = robot.disk.verbs() < verb;
            robot.disk.restart(false);
            if told(&robot) != Some(SlotsTold::PasswordChanged) {
                failed += 1;
                assert_eq!(robot.disk.bytes(&path()).as_ref(), Some(&before), "verb {verb}");
                let open = robot.app.open().unwrap();
                assert!(open.contents.read_only() && open.contents.takes_on.is_some(), "verb {verb}");
                assert_eq!(open.contents.session().header().epoch, 1, "verb {verb}");
                robot.keys("down enter");
                assert_eq!(told(&robot), Some(SlotsTold::PasswordChanged), "verb {verb}\n{}", robot.screen());
            }
            let open = opened(robot.disk.bytes(&path()).unwrap(), &credential(THIRD), "check");
            // - the epoch after the one that was seen: no machine takes it for the older one
            assert_eq!(open.header().epoch, 3);
            assert_eq!(aside(&robot.disk), if damaged { vec![before] } else { vec![] });
            if !over {
                continue;
            }
            for word in [MASTER, NEW] {
                assert!(!opens(&robot, &credential(word)), "{word}");
            }
            // - from now on it is written as every other, and at the next unlock nothing is asked
            robot.keys("esc esc esc / g i t enter d");
            assert!(robot.app.shell.unwritten.is_none(), "{}", robot.screen());
            robot.keys("esc esc L").types(THIRD).keys("enter");
            let open = robot.app.open().unwrap();
            assert!(open.pages.is_empty(), "{}", robot.screen());
            let session = open.contents.session();
            assert_eq!(session.vault().entry(id(session, "GitHub")).unwrap().state(), State::Trashed);
            break;
        }
        assert!(failed > 4, "{failed}");
    }
}

/// Where the program may only read, or a later mamori must write, no key change is offered either.
#[test]
fn it_is_not_taken_on_where_nothing_may_be_written() {
    let (disk, before) = rekeyed();
    disk.put(&path(), before);
    let mut robot = Robot::on(disk, Lang::En, 80, 24);
    robot.world.read_only = true;
    robot.types(MASTER).keys("enter");
    assert!(robot.screen().contains("is only read"), "{}", robot.screen());
    assert!(!robot.screen().contains("Make it the vault again"), "{}", robot.screen());
}
