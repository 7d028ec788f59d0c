//! The terminal parser held to its words: keys, answers, pastes, and what it must not keep.

use proptest::prelude::*;

use super::*;

fn ms(time: u64) -> Duration {
    Duration::from_millis(time)
}

/// Feeds pieces, each at its time, and writes down what came of them; the clock then runs on.
fn parse(pieces: &[(u64, &[u8])]) -> Vec<String> {
    let mut parser = Parser::new();
    run(&mut parser, pieces)
}

fn run(parser: &mut Parser, pieces: &[(u64, &[u8])]) -> Vec<String> {
    let mut seen = Vec::new();
    let mut sink = |input: Input<'_>| seen.push(shown(input));
    for (at, bytes) in pieces {
        parser.feed(ms(*at), bytes, &mut sink);
    }
    let end = pieces.last().map_or(0, |(at, _)| *at) + 10_000;
    parser.tick(ms(end), &mut sink);
    seen
}

fn shown(input: Input<'_>) -> String {
    match input {
        Input::Key(key) => {
            let mut text = String::new();
            for (held, name) in [(key.ctrl, "C-"), (key.alt, "A-"), (key.shift, "S-")] {
                text.push_str(if held { name } else { "" });
            }
            match key.code {
                Code::Char(char) => text.push(char),
                code => text.push_str(&format!("{code:?}")),
            }
            text
        }
        Input::PasteChunk(bytes) => format!("<{}>", String::from_utf8_lossy(bytes)),
        Input::Answer(answer) => format!("{answer:?}"),
        other => format!("{other:?}"),
    }
}

fn one(bytes: &[u8]) -> String {
    parse(&[(0, bytes)]).join(" ")
}

#[test]
fn every_key_has_its_name() {
    let table: &[(&[u8], &str)] = &[
        (b"aZ~ ", "a Z ~  "),
        ("あ\u{1f600}".as_bytes(), "あ \u{1f600}"),
        (b"\x01\x1a\x00\x1c\x1d\x1e\x1f\n", "C-a C-z C-  C-\\ C-] C-^ C-_ C-j"),
        (b"\r\t\x08\x7f", "Enter Tab Backspace Backspace"),
        (b"\x1b[A\x1b[B\x1b[C\x1b[D", "Up Down Right Left"),
        (b"\x1bOA\x1bOB\x1bOC\x1bOD\x1bOH\x1bOF", "Up Down Right Left Home End"),
        (b"\x1b[1;5A\x1b[1;2B\x1b[1;3C\x1b[1;8D", "C-Up S-Down A-Right C-A-S-Left"),
        (b"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~", "Home End Home End Home End"),
        (b"\x1b[2~\x1b[3~\x1b[5~\x1b[6~\x1b[3;5~", "Insert Delete PageUp PageDown C-Delete"),
        (b"\x1bOP\x1bOQ\x1bOR\x1bOS", "F(1) F(2) F(3) F(4)"),
        (b"\x1b[11~\x1b[15~\x1b[17~\x1b[21~\x1b[23~\x1b[24~", "F(1) F(5) F(6) F(10) F(11) F(12)"),
        (b"\x1b[[A\x1b[[E", "F(1) F(5)"),
        (b"\x1b[1;2P\x1b[1;5R\x1b[R\x1b[20;3~", "S-F(1) C-F(3) F(3) A-F(9)"),
        (b"\x1b[Z\x1b[9;2u\x1b[27;2;9~", "BackTab BackTab BackTab"),
        (b"\x1b[27;5;105~\x1b[105;5u\x1b[97;6u\x1b[97;2u", "C-i C-i C-S-a A"),
        (b"\x1b[49:33;2u\x1b[27u\x1b[13;5u\x1b[127;3u", "! Esc C-Enter A-Backspace"),
        (b"\x1b[97;1:3u\x1b[1;1:3A\x1b[57441;2u", ""),
        (b"\x1b[57400u\x1bOM\x1bOk\x1bOy", "1 Enter + 9"),
        (b"\x1bx\x1b\r\x1b\x7f", "A-x A-Enter A-Backspace"),
        (b"\x1b\x1b[A", "Esc Up"),
        ("\x1bあ".as_bytes(), "A-あ"),
        (b"\x1b[a\x1bOa\x1b[3^\x1b[3@", "S-Up C-Up C-Delete C-S-Delete"),
        (b"\x1b[I\x1b[O", "FocusGained FocusLost"),
        (b"\x1b[<0;5;6M\x1b[<0;5;6m\x1b[M !!x", "x"),
    ];
    for (bytes, wanted) in table {
        assert_eq!(one(bytes), *wanted, "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_lone_esc_is_a_key_after_its_time_and_not_before() {
    assert_eq!(parse(&[(0, b"\x1b"), (24, b"[A")]), ["Up"]);
    assert_eq!(parse(&[(0, b"\x1b"), (25, b"x")]), ["Esc", "x"]);
    assert_eq!(parse(&[(0, b"\x1b")]), ["Esc"]);
    let mut parser = Parser::new();
    parser.feed(ms(100), b"\x1b", &mut |_| {});
    assert_eq!(parser.deadline(), Some(ms(125)));
}

#[test]
fn answers_are_never_keys() {
    let vte = "Attributes { clipboard: false, vte: true }";
    assert_eq!(one(b"\x1b[?65;1;9c"), vte);
    assert_eq!(one(b"\x1b[?61;6;52c"), "Attributes { clipboard: true, vte: false }");
    assert_eq!(one(b"\x1b[3;2R"), "Position { row: 3, column: 2 }");
    assert_eq!(one(b"\x1b[1;80R"), "Position { row: 1, column: 80 }");
    assert_eq!(one(b"\x1bP>|xterm(379)\x1b\\x"), "Name(\"xterm(379)\") x");
    assert_eq!(one(b"\x1b]11;rgb:ffff/8080/0000\x07x"), "Background { red: 255, green: 128, blue: 0 } x");
    for other in [
        &b"\x1b[>0;115;0c"[..],
        b"\x1b[0n",
        b"\x1b[8;24;80t",
        b"\x1b[?2026;2$y",
        b"\x1b[?1u",
        b"\x1b]10;rgb:0/0/0\x1b\\",
        b"\x1bP1$r0m\x1b\\",
        b"\x1b_Gi=1;OK\x1b\\",
    ] {
        assert_eq!(one(other), "Other", "{}", other.escape_ascii());
    }
}

#[test]
fn split_and_late_answers_are_never_keys() {
    let answers: &[&[u8]] =
        &[b"\x1b[?62;4;52c", b"\x1bP>|foot(1.21.0)\x1b\\", b"\x1b]11;rgb:0/0/0\x1b\\", b"\x1b[3;3R"];
    for answer in answers {
        let whole = one(answer);
        for cut in 1..answer.len() {
            let mut parser = Parser::new();
            parser.expect_answer(ms(3_000));
            let (head, tail) = answer.split_at(cut);
            assert_eq!(run(&mut parser, &[(0, head), (400, tail)]), [whole.as_str()], "cut at {cut}");
        }
    }
}

#[test]
fn a_terminal_that_never_answers_does_not_slow_esc_for_ever() {
    let mut parser = Parser::new();
    parser.expect_answer(ms(3_000));
    assert_eq!(
        run(&mut parser, &[(2_000, b"\x1b"), (2_100, b"[A"), (3_000, b"\x1b"), (3_025, b"x")]),
        ["Up", "Esc", "x"]
    );
}

#[test]
fn a_string_without_end_gives_the_keyboard_back() {
    assert_eq!(parse(&[(0, b"\x1bP>|half"), (100, b"way"), (700, b"j")]), ["j"]);
    let mut steady: Vec<(u64, &[u8])> = vec![(0, b"\x1b]11;rgb")];
    steady.extend((1..=30).map(|step| (step * 100, &b"z"[..])));
    assert_eq!(parse(&steady).len(), 11, "after two seconds typed text is text again");
    let mut long = b"\x1bP".to_vec();
    long.extend(std::iter::repeat_n(b'q', STRING_BYTES + 3));
    assert_eq!(one(&long), "q q");
    assert_eq!(parse(&[(0, b"\x1bP"), (30, b"j")]), ["A-P", "j"]);
    assert_eq!(one(b"\x1bP>|cut\x1b[A"), "Up");
}

#[test]
fn a_paste_comes_whole_and_its_newlines_are_no_keys() {
    assert_eq!(one(b"a\x1b[200~one\rtwo\x1b[201~b"), "a PasteStart <one\rtwo> PasteEnd b");
    assert_eq!(one(b"\x1b[200~x\x1b[20y\x1b[201~"), "PasteStart <x> <\x1b[20> <y> PasteEnd");
    assert_eq!(one(b"\x1b[200~\x1b\x1b[201~"), "PasteStart <\x1b> PasteEnd");
    assert_eq!(parse(&[(0, b"\x1b[200~x\x1b[2"), (9_000, b"01~")]), ["PasteStart", "<x>", "PasteEnd"]);
    assert_eq!(one(b"\x1b[201~"), "");
}

#[test]
fn a_paste_that_is_too_long_is_refused_as_a_whole() {
    let mut bytes = b"\x1b[200~".to_vec();
    bytes.extend(std::iter::repeat_n(b'p', PASTE_BYTES));
    let mut fits = bytes.clone();
    fits.extend(b"\x1b[201~");
    bytes.extend(b"p\x1b[201~x");
    assert_eq!(parse(&[(0, &fits)]).last().map(String::as_str), Some("PasteEnd"));
    assert_eq!(one(&bytes), "PasteStart PasteRefused x");
}

#[test]
fn a_paste_whose_end_was_lost_can_be_left() {
    assert_eq!(
        parse(&[(0, b"\x1b[200~x"), (1_000, b"\x03"), (3_500, b"\x03"), (3_600, b"y")]),
        ["PasteStart", "<x>", "<\x03>", "PasteRefused", "y"]
    );
}

#[test]
fn bytes_that_are_not_utf8_are_no_keys() {
    assert_eq!(one(b"\xa4\xa2"), "Invalid Invalid");
    assert_eq!(one(b"\xe3\x81x"), "Invalid x");
    assert_eq!(one(b"\xc2\x85\xed\xa0\x80"), "Invalid Invalid");
    assert_eq!(parse(&[(0, b"\xe3"), (100, b"\x81"), (200, b"\x82")]), ["あ"]);
    assert_eq!(parse(&[(0, b"\xe3"), (600, b"x")]), ["Invalid", "x"]);
}

/// Everything the parser holds, in bytes.
fn held(parser: &Parser) -> Vec<u8> {
    let mut bytes = parser.char.to_vec();
    bytes.extend(parser.text);
    bytes.extend(parser.params.held());
    bytes
}

#[test]
fn nothing_typed_is_kept() {
    let blank = held(&Parser::new());
    for bytes in [
        "S3CRET".as_bytes(),
        "秘密".as_bytes(),
        b"\x1b[83;1u\x1b[27;2;83~",
        b"\x1b[200~S3CRET\x1b[201~",
        b"\x1b[200~S3CRET\x1b[20",
        b"\x1bP>|S3CRET\x1b\\",
    ] {
        let mut parser = Parser::new();
        parser.feed(ms(0), bytes, &mut |_| {});
        assert_eq!(held(&parser), blank, "{}", bytes.escape_ascii());
    }
}

/// What comes of pieces that arrive at once, with the chunks of a paste put together again.
fn joined(pieces: &[&[u8]]) -> Vec<Result<Vec<u8>, String>> {
    let mut parser = Parser::new();
    let mut seen: Vec<Result<Vec<u8>, String>> = Vec::new();
    let mut sink = |input: Input<'_>| match (input, seen.last_mut()) {
        (Input::PasteChunk(more), Some(Ok(held))) => held.extend(more),
        (Input::PasteChunk(first), _) => seen.push(Ok(first.to_vec())),
        (other, _) => seen.push(Err(shown(other))),
    };
    for piece in pieces {
        parser.feed(ms(0), piece, &mut sink);
    }
    parser.tick(ms(10_000), &mut sink);
    seen
}

fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => proptest::collection::vec(any::<u8>(), 0..6),
        2 => Just(b"\x1b[".to_vec()),
        1 => Just(b"\x1b[200~".to_vec()),
        1 => Just(b"\x1b[201~".to_vec()),
        1 => Just(b"\x1b[99999999999999;1:2:3:4:5u".to_vec()),
        1 => Just(b"\x1bP>|".to_vec()),
        1 => Just(b"\x1b]11;rgb:".to_vec()),
        1 => Just(b"\x1b\\".to_vec()),
        2 => "[0-9;:?<>A-Za-z~]{0,40}".prop_map(String::into_bytes),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_input_panics_and_control_characters_are_never_typed(
        pieces in proptest::collection::vec((0u64..700, hostile()), 0..8),
    ) {
        let mut parser = Parser::new();
        let mut now = 0;
        let mut sink = |input: Input<'_>| {
            if let Input::Key(Key { code: Code::Char(char), .. }) = input {
                assert!(!char.is_control(), "{char:?}");
            }
        };
        for (wait, bytes) in &pieces {
            now += wait;
            parser.feed(ms(now), bytes, &mut sink);
        }
        parser.tick(ms(now + 10_000), &mut sink);
        prop_assert!(parser.deadline().is_none());
    }

    #[test]
    fn where_the_reads_are_cut_does_not_matter(bytes in hostile(), cut in any::<prop::sample::Index>()) {
        let at = if bytes.is_empty() { 0 } else { cut.index(bytes.len()) };
        let (head, tail) = bytes.split_at(at);
        prop_assert_eq!(joined(&[&bytes]), joined(&[head, tail]));
    }
}
