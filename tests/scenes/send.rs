//! A secret is typed into another pane of tmux: which, what listens there, and when it is asked once more.

use mamori::platform::panes::{Listens, Pane, PasteError};
use mamori::text::Lang;

use crate::robot::Robot;

fn pane(id: &str, place: &str, command: &str, listens: Listens) -> Pane {
    Pane { id: id.into(), place: place.into(), command: command.into(), listens }
}

fn panes() -> Vec<Pane> {
    vec![
        pane("%1", "work:0.1", "vi", Listens::Raw),
        pane("%2", "work:0.2", "ssh", Listens::Prompt),
        pane("%4", "work:1.0", "bash", Listens::Shown),
        pane("%5", "mail:0.0", "less", Listens::Nothing),
        pane("%6", "mail:0.1", "ssh", Listens::Synchronised),
        pane("%7", "mail:1.0", "su\u{202e}\u{1b}[31m", Listens::Unknown),
    ]
}

/// GitHub is selected, in a tmux of many panes.
fn in_tmux(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::open(lang, width, height);
    robot.app.shell.in_tmux = true;
    robot.world.panes = Some(panes());
    robot.keys("/ g i t enter");
    robot
}

fn pasted(robot: &Robot) -> Vec<(String, String)> {
    robot.world.pasted.lock().unwrap().clone()
}

#[test]
fn what_it_looks_like() {
    crate::snapshot("send", |lang, w, h| {
        let mut robot = in_tmux(lang, w, h);
        robot.keys("s");
        robot
    });
    crate::snapshot("send-shown", |lang, w, h| {
        let mut robot = in_tmux(lang, w, h);
        robot.keys("s down enter");
        robot
    });
    crate::snapshot("send-never", |lang, w, h| {
        let mut robot = in_tmux(lang, w, h);
        robot.keys("s end up enter");
        robot
    });
    crate::snapshot("send-none", |lang, w, h| {
        let mut robot = in_tmux(lang, w, h);
        robot.world.panes = Some(Vec::new());
        robot.keys("s");
        robot
    });
}

#[test]
fn the_pane_that_asks_for_a_password_is_offered_and_the_last_one_is_two_keys_away() {
    let mut robot = in_tmux(Lang::En, 80, 24);
    robot.keys("s enter");
    assert_eq!(pasted(&robot), [("%2".to_owned(), "S3CRET github".to_owned())]);
    assert!(robot.screen().contains("Sent to pane %2  work:0.2  ssh, without Enter."), "{}", robot.screen());
    assert!(robot.clipboard.is_empty(), "the clipboard has nothing of it");
    // - the same pane, whatever listens in another
    robot.world.panes.as_mut().unwrap()[0].listens = Listens::Prompt;
    robot.keys("s s");
    assert_eq!(pasted(&robot).len(), 2);
    assert_eq!(pasted(&robot)[1].0, "%2");
    // - pressed before tmux has answered it counts, too
    robot.hold = true;
    robot.keys("s s");
    robot.release();
    assert_eq!(pasted(&robot).len(), 3);
    // - and where that pane shows what is typed by now, it asks
    robot.world.panes.as_mut().unwrap()[1].listens = Listens::Shown;
    robot.keys("s s");
    assert_eq!(pasted(&robot).len(), 3);
    robot.keys("s");
    assert_eq!(pasted(&robot).len(), 4);
}

#[test]
fn where_it_would_be_seen_a_second_enter_is_asked_for() {
    for (keys, at, words) in [("down", "%4", "shown"), ("end", "%7", "not known")] {
        let mut robot = in_tmux(Lang::En, 80, 24);
        robot.keys("s").keys(keys).keys("enter");
        assert!(pasted(&robot).is_empty() && robot.screen().contains(words), "{}", robot.screen());
        // - a look at another pane takes it back
        robot.keys("up down").keys(if keys == "end" { "end" } else { "home down down down" }).keys("enter");
        assert!(pasted(&robot).is_empty(), "{}", robot.screen());
        robot.keys("enter");
        assert_eq!(pasted(&robot)[0].0, at);
    }
}

#[test]
fn nothing_goes_to_where_it_would_not_arrive_or_would_arrive_everywhere() {
    for (keys, words) in [("end up", "synchronised"), ("end up up", "scrollback")] {
        let mut robot = in_tmux(Lang::En, 80, 24);
        robot.keys("s").keys(keys).keys("enter enter enter");
        assert!(pasted(&robot).is_empty() && robot.screen().contains(words), "{}", robot.screen());
    }
}

#[test]
fn what_is_refused_is_said_and_the_panes_are_looked_at_anew() {
    for (error, words, asks) in [
        (PasteError::Changed, "Something else listens", 2),
        (PasteError::Gone, "is gone", 2),
        (PasteError::Control, "line break", 1),
        (PasteError::Refused, "did not take it", 1),
    ] {
        let mut robot = in_tmux(Lang::En, 80, 24);
        robot.world.refuses = Some(error);
        robot.keys("s enter");
        assert!(robot.effects.iter().filter(|effect| effect.starts_with("Panes")).count() == asks);
        assert!(robot.screen().contains(words), "{}", robot.screen());
        assert!(!robot.screen().contains("Sent to"));
    }
}

#[test]
fn anything_of_the_entry_can_be_sent() {
    let mut robot = in_tmux(Lang::En, 80, 24);
    robot.keys("s right");
    let seen = robot.screen();
    robot.keys("enter");
    let sent = pasted(&robot)[0].1.clone();
    assert!(sent != "S3CRET github" && !sent.is_empty(), "{seen}");
    // - what has the focus in the detail
    let mut robot = in_tmux(Lang::En, 160, 48);
    robot.keys("tab home s");
    assert!(!robot.screen().contains("< Password >"), "{}", robot.screen());
    // - both passwords of a staged change
    let mut robot = Robot::demo(Lang::En, 80, 24);
    robot.app.shell.in_tmux = true;
    robot.world.panes = Some(panes());
    robot.keys("/ i s : s t a g e d enter s");
    assert!(robot.screen().contains("< Password >"), "{}", robot.screen());
    robot.keys("enter s right enter");
    let both = pasted(&robot);
    assert!(both.len() == 2 && both[0].1 != both[1].1, "{}", robot.screen());
}

#[test]
fn outside_of_tmux_it_says_so() {
    let mut robot = in_tmux(Lang::En, 80, 24);
    robot.keys("enter");
    assert!(robot.screen().contains("s send"), "the footer of the detail: {}", robot.screen());
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("/ g i t enter enter");
    assert!(!robot.screen().contains("s send"), "{}", robot.screen());
    robot.keys("s");
    assert!(robot.screen().contains("not inside tmux"), "{}", robot.screen());
    let mut robot = in_tmux(Lang::Ja, 80, 24);
    robot.world.panes = None;
    robot.keys("s enter s");
    assert!(robot.screen().contains("応答しません") && pasted(&robot).is_empty(), "{}", robot.screen());
    robot.world.panes = Some(panes());
    robot.keys("f5 enter");
    assert_eq!(pasted(&robot).len(), 1);
}
