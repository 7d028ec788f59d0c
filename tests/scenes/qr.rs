//! A secret as a QR code: what a camera reads, and when it goes.

use mamori::text::Lang;
use mamori::tui::event::Event;
use ratatui::style::Color;

use crate::robot::{MASTER, NOTHING, Robot, Wanted, empty, put, sealed};

fn with(password: &str, otp: &str, width: u16, height: u16) -> Robot {
    let mut open = empty();
    put(&mut open, &Wanted { title: "Wi-Fi の箱", password, otp, ..NOTHING });
    let mut robot = Robot::start(Some(sealed(open)), Lang::Ja, width, height);
    robot.types(MASTER).keys("enter");
    robot
}

/// What a camera in front of the screen reads: eight dots a module, black and white.
fn read(robot: &Robot) -> Option<String> {
    let (buf, _) = robot.frame();
    let ascii = robot.app.shell.theme.ascii;
    let light = |color: Color| u8::from(color != Color::Black) * 255;
    let (wide, high) = (usize::from(buf.area.width), usize::from(buf.area.height));
    let dots = 8;
    let pixel = |x: usize, y: usize| {
        let column = if ascii { x / (dots / 2) } else { x / dots };
        let row = if ascii { y / dots } else { y / (2 * dots) };
        let cell = &buf[(u16::try_from(column).unwrap(), u16::try_from(row).unwrap())];
        let upper = !ascii && (y / dots).is_multiple_of(2) && cell.symbol() == "\u{2580}";
        light(if upper { cell.fg } else { cell.bg })
    };
    let (w, h) = if ascii { (wide * dots / 2, high * dots) } else { (wide * dots, high * dots * 2) };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(w, h, pixel);
    let grids = image.detect_grids();
    grids.first()?.decode().ok().map(|(_, text)| text)
}

#[test]
fn what_it_looks_like() {
    crate::snapshot("qr_revealed", |lang, w, h| {
        let mut robot = Robot::open(lang, w, h);
        robot.keys("/ g i t enter y q");
        robot
    });
    crate::snapshot("qr-hidden", |lang, w, h| {
        let mut robot = Robot::open(lang, w, h);
        robot.keys("/ g i t enter y q").wait(12);
        robot
    });
}

#[test]
fn a_camera_reads_it() {
    for password in ["S3CRET github", "パスワード ｶﾅ か\u{3099}", "0123456789", "a\tb \u{1b}[31m\"'"]
    {
        let mut robot = with(password, "", 120, 40);
        robot.keys("y q");
        assert_eq!(read(&robot).as_deref(), Some(password), "{}", robot.screen());
        robot.app.shell.theme.ascii = true;
        assert_eq!(read(&robot).as_deref(), Some(password), "two cells for a module");
    }
}

#[test]
fn a_code_gives_its_key_with_all_that_belongs_to_it() {
    let uri = "otpauth://totp/Example:hana?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Example&digits=8";
    let mut robot = with("", uri, 120, 40);
    robot.keys("y q");
    let read = read(&robot).unwrap_or_default();
    assert!(read.starts_with("otpauth://totp/") && read.contains("digits=8"), "{read}");
    assert!(read.contains("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "{read}");
}

#[test]
fn it_says_how_large_the_window_must_be() {
    let long = "S3CRET-".repeat(20);
    let mut robot = with(&long, "", 60, 16);
    robot.keys("y q");
    assert_eq!(read(&robot), None);
    let screen = robot.screen();
    let size = screen.split("画面を ").nth(1).unwrap().split(' ').next().unwrap();
    let (width, height) = size.split_once('x').unwrap();
    let (width, height): (u16, u16) = (width.parse().unwrap(), height.parse().unwrap());
    robot.resize(width.max(60), height - 1);
    assert_eq!(read(&robot), None, "one line less is too little");
    robot.resize(width.max(60), height);
    assert_eq!(read(&robot).as_deref(), Some(long.as_str()), "{}", robot.screen());
}

#[test]
fn what_no_code_holds_is_said() {
    let mut robot = with(&"s3cret".repeat(600), "", 160, 48);
    robot.keys("y q");
    assert!(robot.screen().contains("長すぎます"), "{}", robot.screen());
}

#[test]
fn it_goes_by_itself_and_with_the_keyboard() {
    let mut robot = with("S3CRET", "", 120, 40);
    robot.keys("y q").wait(11);
    assert!(read(&robot).is_some());
    robot.wait(1);
    assert!(read(&robot).is_none(), "{}", robot.screen());
    robot.keys("v");
    assert!(read(&robot).is_some());
    robot.event(Event::Focus(false));
    assert!(read(&robot).is_none());
    robot.keys("v v");
    assert!(read(&robot).is_none());
    robot.keys("v").resize(40, 10).resize(120, 40);
    assert!(read(&robot).is_none());
    robot.keys("esc");
    assert!(robot.app.open().unwrap().pages.is_empty());
}

#[test]
fn of_an_earlier_password_too() {
    let mut robot = with("S3CRET one", "", 120, 40);
    robot.keys("c end enter").types("S3CRET two").keys("enter enter");
    robot.keys("y q");
    assert_eq!(read(&robot).as_deref(), Some("S3CRET two"));
    robot.keys("esc H end y q");
    assert_eq!(read(&robot).as_deref(), Some("S3CRET one"), "{}", robot.screen());
}
