//! Keyed digests of this run: SipHash-2-4 (Aumasson, Bernstein, INDOCRYPT 2012) under a random key.
//! Passwords are compared by these, so that none of them has to stay open. They leave the process
//! nowhere and mean nothing in the next run. Not a digest for files.

/// The random key of a run.
#[derive(Clone, Copy)]
pub struct RunKey(u64, u64);

impl std::fmt::Debug for RunKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("RunKey(..)")
    }
}

impl RunKey {
    /// Takes 16 random bytes.
    pub fn new(bytes: [u8; 16]) -> RunKey {
        let both = u128::from_le_bytes(bytes);
        // The cut is what is meant: each half is one word of the key.
        RunKey(both as u64, (both >> 64) as u64)
    }

    /// The digest of `bytes` as a value of `domain`: values of different domains are never equal.
    /// Never 0, which stands for "none".
    pub fn digest(&self, domain: u8, bytes: &[u8]) -> u64 {
        let mut sip = Sip::new(self.0, self.1 ^ u64::from(domain));
        sip.write(bytes);
        sip.finish().max(1)
    }

    /// The digest of letters one by one; `skip` are left out.
    pub fn letters(&self, domain: u8, letters: &[char], skip: [usize; 2]) -> u64 {
        let mut sip = Sip::new(self.0, self.1 ^ u64::from(domain));
        // Two letters are a block.
        let mut before = None;
        for (at, letter) in letters.iter().enumerate() {
            if at == skip[0] || at == skip[1] {
                continue;
            }
            let letter = u64::from(u32::from(*letter));
            match before.take() {
                Some(first) => sip.block(first | letter << 32),
                None => before = Some(letter),
            }
            sip.len += 4;
        }
        sip.tail = before.unwrap_or(0);
        sip.finish().max(1)
    }
}

struct Sip {
    v: [u64; 4],
    tail: u64,
    len: u64,
}

impl Sip {
    fn new(k0: u64, k1: u64) -> Sip {
        let v = [
            k0 ^ 0x736f_6d65_7073_6575,
            k1 ^ 0x646f_7261_6e64_6f6d,
            k0 ^ 0x6c79_6765_6e65_7261,
            k1 ^ 0x7465_6462_7974_6573,
        ];
        Sip { v, tail: 0, len: 0 }
    }

    fn round(&mut self) {
        let [a, b, c, d] = &mut self.v;
        *a = a.wrapping_add(*b);
        *b = b.rotate_left(13) ^ *a;
        *a = a.rotate_left(32);
        *c = c.wrapping_add(*d);
        *d = d.rotate_left(16) ^ *c;
        *a = a.wrapping_add(*d);
        *d = d.rotate_left(21) ^ *a;
        *c = c.wrapping_add(*b);
        *b = b.rotate_left(17) ^ *c;
        *c = c.rotate_left(32);
    }

    fn block(&mut self, word: u64) {
        self.v[3] ^= word;
        self.round();
        self.round();
        self.v[0] ^= word;
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.tail |= u64::from(*byte) << (8 * (self.len % 8));
            self.len += 1;
            if self.len.is_multiple_of(8) {
                let word = std::mem::take(&mut self.tail);
                self.block(word);
            }
        }
    }

    fn finish(mut self) -> u64 {
        let word = self.tail | self.len << 56;
        self.block(word);
        self.v[2] ^= 0xff;
        for _ in 0..4 {
            self.round();
        }
        self.v[0] ^ self.v[1] ^ self.v[2] ^ self.v[3]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_siphash_2_4() {
        // The vectors of the paper's reference: key 00..0f, input 00, 01, …
        let key = RunKey::new(std::array::from_fn(|at| at as u8));
        let input: Vec<u8> = (0..15).collect();
        assert_eq!(key.digest(0, &[]), 0x726f_db47_dd0e_0e31);
        assert_eq!(key.digest(0, &input[..1]), 0x74f8_39c5_93dc_67fd);
        assert_eq!(key.digest(0, &input[..8]), 0x93f5_f579_9a93_2462);
        assert_eq!(key.digest(0, &input), 0xa129_ca61_49be_45e5);
        assert_ne!(key.digest(1, &input), key.digest(0, &input));
    }

    #[test]
    fn letters_may_be_left_out() {
        let key = RunKey::new([7; 16]);
        let letters: Vec<char> = "さくらx".chars().collect();
        let none = [usize::MAX; 2];
        assert_eq!(key.letters(1, &letters, [3, 9]), key.letters(1, &letters[..3], none));
        assert_ne!(key.letters(1, &letters, [0, 3]), key.letters(1, &letters[..3], none));
        let bytes: Vec<u8> = letters.iter().flat_map(|letter| u32::from(*letter).to_le_bytes()).collect();
        assert_eq!(key.letters(1, &letters, [2, 9]), key.digest(1, &[&bytes[..8], &bytes[12..]].concat()));
        assert_eq!(key.letters(1, &letters, none), key.digest(1, &bytes));
    }
}
