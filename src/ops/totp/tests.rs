//! Tests: the RFCs' vectors, hostile addresses.

use proptest::prelude::*;

use super::*;

fn otp(key: &[u8], algorithm: Algorithm, digits: u8) -> Otp {
    Otp { algorithm, digits, ..Otp::with_key(SecretBytes::copy_of(key)).unwrap() }
}

fn parsed(text: &str) -> Otp {
    Otp::parse(text).unwrap()
}

/// RFC 4226, appendix D.
#[test]
fn hotp_vectors() {
    let codes =
        ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"];
    let mut made = otp(b"12345678901234567890", Algorithm::Sha1, 6);
    made.moving = Moving::Counter { counter: 0 };
    for code in codes {
        assert_eq!(made.code(12_345).expose(), code);
        assert!(made.advance());
    }
    assert_eq!((made.moving, made.remaining(5)), (Moving::Counter { counter: 10 }, None));
}

/// RFC 6238, appendix B (with the key lengths of its erratum 2866).
#[test]
fn totp_vectors() {
    let seed = "1234567890".repeat(7);
    let seed = seed.as_bytes();
    let times = [59, 1_111_111_109, 1_111_111_111, 1_234_567_890, 2_000_000_000, 20_000_000_000];
    let table = [
        (Algorithm::Sha1, 20, ["94287082", "07081804", "14050471", "89005924", "69279037", "65353130"]),
        (Algorithm::Sha256, 32, ["46119246", "68084774", "67062674", "91819424", "90698825", "77737706"]),
        (Algorithm::Sha512, 64, ["90693936", "25091201", "99943326", "93441116", "38618901", "47863826"]),
    ];
    for (algorithm, length, codes) in table {
        for (time, code) in times.into_iter().zip(codes) {
            for digits in 6..=8 {
                let made = otp(&seed[..length], algorithm, digits);
                assert!(code.ends_with(made.code(time).expose()), "{algorithm:?} {time} {digits}");
                assert_eq!(made.code(time).expose().len(), usize::from(digits));
            }
        }
    }
}

#[test]
fn the_rest_of_the_period_is_told() {
    let made = otp(b"k", Algorithm::Sha1, 6);
    assert_eq!([0, 1, 29, 30].map(|t| made.remaining(t)), [30, 29, 1, 30].map(Some));
    assert_eq!(made.code(0).expose(), made.code(29).expose());
    assert_ne!(made.code(29).expose(), made.code(30).expose());
}

/// RFC 4648, section 10.
#[test]
fn base32_vectors() {
    let cases = [
        ("f", "MY"),
        ("fo", "MZXQ"),
        ("foo", "MZXW6"),
        ("foob", "MZXW6YQ"),
        ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ];
    for (plain, text) in cases {
        let padded = format!("{text:=<width$}", width = text.len().next_multiple_of(8));
        for text in [text, &padded, &text.to_lowercase(), &format!(" {} ", text.replace("X", "X-"))] {
            assert_eq!(parsed(text).key.expose(), plain.as_bytes(), "{text}");
        }
        assert_eq!(parsed(text).base32_key().expose(), text);
    }
    for (text, why) in [
        ("", OtpError::NoKey),
        (" ==", OtpError::NoKey),
        ("MZXW6Y", OtpError::NotBase32),
        ("MZX", OtpError::NotBase32),
        ("MZXW6=YQ", OtpError::NotBase32),
        ("MZXW1", OtpError::NotBase32),
        ("ＭＺＸＷ", OtpError::NotBase32),
    ] {
        assert_eq!(Otp::parse(text).map(|_| ()), Err(why), "{text}");
    }
    assert_eq!(Otp::parse(&"A".repeat(1_640)).map(|_| ()), Err(OtpError::TooLong));
    assert_eq!(Otp::parse(&"A".repeat(4_097)).map(|_| ()), Err(OtpError::TooLong));
    assert!(Otp::parse(&"A".repeat(1_639)).is_ok());
}

#[test]
fn addresses_are_read() {
    let made = parsed(
        "otpauth://totp/ACME%20Co:john.doe@email.com?secret=HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ&issuer=ACME%20Co&algorithm=SHA1&digits=6&period=30",
    );
    assert_eq!((made.issuer.as_str(), made.account.as_str()), ("ACME Co", "john.doe@email.com"));
    assert_eq!(made.base32_key().expose(), "HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ");
    let made = parsed(
        "OTPAUTH://TOTP/%E9%8A%80%E8%A1%8C%3A001?Secret=mzxw%20%36ytb%3D&Algorithm=sha512&Digits=8&Period=60#x",
    );
    assert_eq!((made.issuer.as_str(), made.account.as_str()), ("銀行", "001"));
    assert_eq!(
        (made.algorithm, made.digits, made.moving),
        (Algorithm::Sha512, 8, Moving::Time { period: 60 })
    );
    assert_eq!(made.key.expose(), b"fooba");
    let made = parsed("otpauth://hotp/x?secret=MY&counter=18446744073709551615&issuer=A+B");
    assert_eq!((made.moving, made.issuer.as_str()), (Moving::Counter { counter: u64::MAX }, "A B"));
    let mut last = made;
    assert!(!last.advance());
}

#[test]
fn bad_addresses_are_refused() {
    for (text, why) in [
        ("otpauth://", OtpError::Kind),
        ("otpauth://steam/x?secret=MY", OtpError::Kind),
        ("otpauth://totp/x", OtpError::NoKey),
        ("otpauth://totp/x?secret=", OtpError::NoKey),
        ("otpauth://totp/x?secret=M1", OtpError::NotBase32),
        ("otpauth://totp/x?secret=MY&secret=MY", OtpError::Twice),
        ("otpauth://totp/x?secret=MY&digits=5", OtpError::Digits),
        ("otpauth://totp/x?secret=MY&digits=262", OtpError::Digits),
        ("otpauth://totp/x?secret=MY&digits=+6", OtpError::Digits),
        ("otpauth://totp/x?secret=MY&period=0", OtpError::Period),
        ("otpauth://totp/x?secret=MY&period=86401", OtpError::Period),
        ("otpauth://totp/x?secret=MY&algorithm=MD5", OtpError::Algorithm),
        ("otpauth://hotp/x?secret=MY", OtpError::Counter),
        ("otpauth://hotp/x?secret=MY&counter=-1", OtpError::Counter),
        ("otpauth://totp/%zz?secret=MY", OtpError::Damaged),
        ("otpauth://totp/%?secret=MY", OtpError::Damaged),
        ("otpauth://totp/%ff?secret=MY", OtpError::Damaged),
    ] {
        assert_eq!(Otp::parse(text).map(|_| ()), Err(why), "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(
        key in proptest::collection::vec(any::<u8>(), 1..70), algorithm in 0usize..3, digits in 6u8..=8,
        timed: bool, period in 1..=PERIOD_MOST, counter: u64, issuer in "\\PC{0,12}", account in "\\PC{0,12}",
    ) {
        let mut made = otp(&key, [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512][algorithm], digits);
        made.moving = if timed { Moving::Time { period } } else { Moving::Counter { counter } };
        made.issuer = issuer.replace(':', "").trim().to_owned();
        made.account = if made.issuer.is_empty() { account.replace(':', "") } else { account }.trim().to_owned();
        let back = parsed(made.uri().expose());
        prop_assert_eq!(back.key.expose(), &key[..]);
        prop_assert_eq!((back.algorithm, back.digits, back.moving), (made.algorithm, made.digits, made.moving));
        prop_assert_eq!((back.issuer, back.account), (made.issuer, made.account));
    }

    #[test]
    fn no_text_is_a_panic(text in "(otpauth://(totp|hotp)/)?[ -~é]{0,40}(\\?secret=[A-Z2-7%=&]{0,20})?") {
        if let Ok(made) = Otp::parse(&text) {
            made.code(u64::MAX);
            made.remaining(u64::MAX);
        }
    }
}
