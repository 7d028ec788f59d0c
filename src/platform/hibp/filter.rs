//! A filter made from the list once: small enough to carry to a server. It answers "among the
//! common ones, as good as surely" or "not among the N most common". A binary fuse filter (Graf and
//! Lemire, 2022) with three hashes and 16-bit fingerprints, so 1 in 65,536 is called leaked by
//! chance.
//!
//! # The file
//!
//! All numbers little-endian. `mamoriPF` · version u32 = 1 · seed u64 · keys u64 · least count u64
//! · segment length u32 · segments u32 · fingerprints, 2 bytes each · SHA-256 of all before it.
//! There are `(segments + 2) × segment length` fingerprints.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::{List, Unfit, head, parse};

const MAGIC: &[u8; 8] = b"mamoriPF";
const HEADER: usize = 8 + 4 + 8 + 8 + 8 + 4 + 4;
const DIGEST: usize = 32;
/// One in so many passwords is called leaked by chance.
pub const ONE_IN: u64 = 1 << 16;
/// The largest filter file, and the most keys: 4 GiB.
const MOST: u64 = 4 << 30;

/// What goes into a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
    /// Passwords seen at least so often.
    MinCount(u64),
    /// As many of the most common as fit into a file of so many bytes.
    Size(u64),
}

/// A filter in memory.
#[derive(Debug, PartialEq, Eq)]
pub struct Filter {
    seed: u64,
    keys: u64,
    least: u64,
    segment: u32,
    segments: u32,
    prints: Vec<u16>,
}

/// Why no filter was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// The list does not fit.
    #[error(transparent)]
    List(#[from] Unfit),
    /// No password of the list is taken.
    #[error("nothing of the list is taken")]
    Nothing,
    /// More keys than a filter holds.
    #[error("too many for one filter")]
    TooMany,
    /// Somebody stopped it.
    #[error("stopped")]
    Stopped,
}

fn mix(key: u64, seed: u64) -> u64 {
    // The finaliser of MurmurHash3 (public domain).
    let mut hash = key.wrapping_add(seed);
    hash = (hash ^ hash >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ hash >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ hash >> 33
}

impl Filter {
    /// The three places of a hash.
    fn places(&self, hash: u64) -> [usize; 3] {
        let mask = u64::from(self.segment - 1);
        let span = u128::from(self.segments) * u128::from(self.segment);
        let first = u64::try_from((u128::from(hash) * span) >> 64).unwrap_or(0);
        let second = first + u64::from(self.segment);
        let third = second + u64::from(self.segment);
        let places = [first, second ^ (hash >> 18 & mask), third ^ (hash & mask)];
        places.map(|place| usize::try_from(place).unwrap_or(usize::MAX))
    }

    fn print(hash: u64) -> u16 {
        // The low half of the folded hash is the fingerprint.
        ((hash ^ hash >> 32) & 0xffff) as u16
    }

    /// True when the hash is in it, or by chance.
    pub fn has(&self, hash: &[u8; 20]) -> bool {
        let hash = mix(head(hash), self.seed);
        let found = self.places(hash).into_iter().map(|place| self.prints.get(place).copied().unwrap_or(0));
        found.fold(Filter::print(hash), |left, print| left ^ print) == 0
    }

    /// How many passwords are in it.
    pub fn keys(&self) -> u64 {
        self.keys
    }

    /// How often the rarest of them was seen.
    pub fn least(&self) -> u64 {
        self.least
    }

    /// Makes it of the first 64 bits of hashes, each once.
    fn of(keys: &[u64], least: u64) -> Result<Filter, BuildError> {
        let count = keys.len();
        if count == 0 {
            return Err(BuildError::Nothing);
        }
        let (segment, segments) = sizes(count as u64);
        let len = (segments as usize + 2) * segment as usize;
        let mut filter = Filter { seed: 0, keys: count as u64, least, segment, segments, prints: Vec::new() };
        // A seed fails about once in a hundred times.
        for attempt in 0..100u64 {
            filter.seed = mix(attempt + 1, 0x6d61_6d6f_7269);
            // Each place: how many keys there are, and what they are, mixed together.
            let mut held: Vec<(u32, u64)> = vec![(0, 0); len];
            for key in keys {
                let hash = mix(*key, filter.seed);
                for place in filter.places(hash) {
                    held[place].0 += 1;
                    held[place].1 ^= hash;
                }
            }
            let mut alone: Vec<usize> = (0..len).filter(|at| held[*at].0 == 1).collect();
            let mut order: Vec<(u64, usize)> = Vec::with_capacity(count);
            while let Some(at) = alone.pop() {
                let (1, hash) = held[at] else { continue };
                order.push((hash, at));
                for place in filter.places(hash) {
                    held[place].0 -= 1;
                    held[place].1 ^= hash;
                    if held[place].0 == 1 {
                        alone.push(place);
                    }
                }
            }
            if order.len() == count {
                drop(held);
                filter.prints = vec![0; len];
                for (hash, at) in order.into_iter().rev() {
                    let others = filter.places(hash).into_iter().filter(|place| *place != at);
                    let rest = others.fold(Filter::print(hash), |left, place| left ^ filter.prints[place]);
                    filter.prints[at] = rest;
                }
                return Ok(filter);
            }
        }
        Err(BuildError::TooMany)
    }

    /// Makes it from a list; `told` hears how many bytes were read and says whether to go on.
    pub fn build(
        path: &Path,
        take: Take,
        told: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Filter, BuildError> {
        let list = List::open(path)?;
        let least = match take {
            Take::MinCount(least) => least.max(1),
            Take::Size(bytes) => {
                let fits = keys_in(bytes);
                // How many passwords were seen how often, the rare ones one by one.
                let mut rare = vec![0u64; 1 << 16];
                let mut often = Vec::new();
                each(&list, told, &mut |_, count| match rare
                    .get_mut(usize::try_from(count).unwrap_or(usize::MAX))
                {
                    Some(number) => *number += 1,
                    None => often.push(count),
                })?;
                least_of(fits, &rare, often)
            }
        };
        let mut keys = Vec::new();
        let mut rarest = u64::MAX;
        each(&list, told, &mut |hash, count| {
            if count >= least {
                keys.push(head(hash));
                rarest = rarest.min(count);
            }
        })?;
        // The list is sorted, so equal beginnings stand together.
        keys.dedup();
        if keys.len() as u64 * 5 / 2 > MOST {
            return Err(BuildError::TooMany);
        }
        Filter::of(&keys, rarest)
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(HEADER + self.prints.len() * 2 + DIGEST);
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&1u32.to_le_bytes());
        for number in [self.seed, self.keys, self.least] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(&self.segment.to_le_bytes());
        out.extend_from_slice(&self.segments.to_le_bytes());
        self.prints.iter().for_each(|print| out.extend_from_slice(&print.to_le_bytes()));
        let digest = Sha256::digest(&out);
        out.extend_from_slice(&digest);
        out
    }

    /// True when a file begins as a filter does.
    pub fn is_one(path: &Path) -> bool {
        let mut magic = [0; 8];
        let regular = std::fs::metadata(path).is_ok_and(|meta| meta.is_file());
        regular
            && std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut magic)).is_ok()
            && magic == *MAGIC
    }

    /// Reads a filter file.
    pub fn read(path: &Path) -> Result<Filter, Unfit> {
        let meta = std::fs::metadata(path)?;
        if !meta.is_file() || meta.len() > MOST {
            return Err(Unfit::Foreign);
        }
        Filter::parse(&std::fs::read(path)?)
    }

    /// Reads the bytes of a filter.
    pub fn parse(bytes: &[u8]) -> Result<Filter, Unfit> {
        let (body, digest) = bytes.split_last_chunk::<DIGEST>().ok_or(Unfit::Damaged)?;
        let (header, prints) = body.split_first_chunk::<HEADER>().ok_or(Unfit::Damaged)?;
        if !header.starts_with(MAGIC) {
            return Err(Unfit::Foreign);
        }
        let long = |at: usize| {
            header.get(at..at + 8).and_then(|part| part.try_into().ok()).map_or(0, u64::from_le_bytes)
        };
        let short = |at: usize| {
            header.get(at..at + 4).and_then(|part| part.try_into().ok()).map_or(0, u32::from_le_bytes)
        };
        if short(8) != 1 {
            return Err(Unfit::Newer);
        }
        let (segment, segments) = (short(36), short(40));
        let places = (u64::from(segments) + 2) * u64::from(segment);
        let sound =
            segment.is_power_of_two() && segments > 0 && places.checked_mul(2) == Some(prints.len() as u64);
        if !sound || Sha256::digest(body)[..] != digest[..] {
            return Err(Unfit::Damaged);
        }
        let (prints, _) = prints.as_chunks::<2>();
        let prints = prints.iter().map(|print| u16::from_le_bytes(*print)).collect();
        Ok(Filter { seed: long(12), keys: long(20), least: long(28), segment, segments, prints })
    }
}

/// Length of a segment, and how many there are, for so many keys.
fn sizes(keys: u64) -> (u32, u32) {
    let many = (keys.max(2)) as f64;
    // The figures of the paper for three hashes.
    let power = (many.ln() / 3.33f64.ln() + 2.25).floor().clamp(2.0, 18.0);
    let segment = 1u32 << power as u32;
    let factor = (0.875 + 0.25 * 1e6f64.ln() / many.ln()).max(1.125);
    let places = (many * factor).ceil();
    let segments = (places / f64::from(segment)).ceil() - 2.0;
    (segment, segments.clamp(1.0, f64::from(u32::MAX - 2)) as u32)
}

fn file_size(keys: u64) -> u64 {
    let (segment, segments) = sizes(keys);
    (HEADER + DIGEST) as u64 + (u64::from(segments) + 2) * u64::from(segment) * 2
}

/// The most keys whose file has at most so many bytes.
fn keys_in(bytes: u64) -> u64 {
    let (mut low, mut high) = (0u64, bytes.min(MOST) / 2 + 1);
    while low + 1 < high {
        let middle = low + (high - low) / 2;
        if file_size(middle) <= bytes { low = middle } else { high = middle }
    }
    low
}

/// The least count of which all that were seen as often or oftener fit.
fn least_of(fits: u64, rare: &[u64], mut often: Vec<u64>) -> u64 {
    often.sort_unstable_by(|one, next| next.cmp(one));
    if often.len() as u64 > fits {
        // Those that were seen as often as the first that does not fit stay out, too.
        return often.get(usize::try_from(fits).unwrap_or(usize::MAX)).map_or(u64::MAX, |count| count + 1);
    }
    let mut taken = often.len() as u64;
    for (count, number) in rare.iter().enumerate().rev() {
        taken += number;
        if taken > fits {
            return count as u64 + 1;
        }
    }
    1
}

fn each(
    list: &List,
    told: &mut dyn FnMut(u64, u64) -> bool,
    found: &mut dyn FnMut(&[u8; 20], u64),
) -> Result<(), BuildError> {
    use std::io::Seek;
    let mut file = list.file.try_clone().map_err(Unfit::from)?;
    file.rewind().map_err(Unfit::from)?;
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let mut line = Vec::with_capacity(super::LINE);
    let (mut done, mut number, mut before) = (0u64, 0u64, None);
    loop {
        line.clear();
        // A line is never longer: what is, is no line of this list.
        let read =
            reader.by_ref().take(super::LINE as u64 + 1).read_until(b'\n', &mut line).map_err(Unfit::from)?;
        if read == 0 {
            return Ok(());
        }
        let (hash, count) = parse(line.strip_suffix(b"\n").unwrap_or(&line))?;
        if before.is_some_and(|before| before > hash) {
            return Err(Unfit::Unsorted.into());
        }
        before = Some(hash);
        if count > 0 {
            found(&hash, count);
        }
        done += read as u64;
        number += 1;
        if number.is_multiple_of(1 << 18) && !told(done, list.len) {
            return Err(BuildError::Stopped);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{hash, made};
    use super::*;

    fn build(path: &Path, take: Take) -> Filter {
        Filter::build(path, take, &mut |_, _| true).unwrap()
    }

    #[test]
    fn what_is_in_it_is_found_and_little_else() {
        let path = made("filter", 60_000, "\r\n", true);
        let filter = build(&path, Take::MinCount(1));
        assert_eq!((filter.keys(), filter.least()), (60_000, 1));
        assert!((0..60_000).all(|number| filter.has(&hash(number))));
        let chance = (60_000..460_000u64).filter(|number| filter.has(&hash(*number))).count();
        println!(
            "{chance} of 400,000 by chance, {:.2} bits a key",
            filter.bytes().len() as f64 * 8.0 / 60_000.0
        );
        // 400,000 / 65,536 = 6.1 are expected.
        assert!(chance <= 20, "{chance}");
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn it_takes_the_most_common_by_count_or_by_size() {
        // Hash n was seen n + 1 times.
        let path = made("take", 90_000, "\n", true);
        let filter = build(&path, Take::MinCount(50_001));
        assert_eq!((filter.keys(), filter.least()), (40_000, 50_001));
        assert!(filter.has(&hash(50_000)));
        for size in [20_000, 60_000, 150_000] {
            let filter = build(&path, Take::Size(size));
            let len = filter.bytes().len() as u64;
            assert!(len <= size && filter.keys() > 3_000, "{size}: {len}, {} keys", filter.keys());
            assert_eq!(filter.least(), 90_001 - filter.keys());
            assert!(filter.has(&hash(90_000 - filter.keys())));
        }
        assert_eq!(Filter::build(&path, Take::MinCount(90_001), &mut |_, _| true), Err(BuildError::Nothing));
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn small_ones_can_be_made() {
        for count in 1..60u64 {
            let keys: Vec<u64> = (0..count).map(|number| head(&hash(number))).collect();
            let filter = Filter::of(&keys, 1).unwrap();
            assert!((0..count).all(|number| filter.has(&hash(number))), "{count}");
        }
    }

    #[test]
    fn a_changed_byte_is_noticed() {
        let filter = Filter::of(&[1, 2, 3], 1).unwrap();
        let bytes = filter.bytes();
        assert_eq!(Filter::parse(&bytes), Ok(filter));
        for at in 0..bytes.len() {
            let mut broken = bytes.clone();
            broken[at] ^= 1;
            assert!(Filter::parse(&broken).is_err(), "{at}");
            assert!(Filter::parse(&bytes[..at]).is_err(), "{at}");
        }
        // Sizes whose product is more than a u64 holds.
        let mut huge = bytes.clone();
        huge[36..40].copy_from_slice(&(1u32 << 31).to_le_bytes());
        huge[40..44].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(Filter::parse(&huge), Err(Unfit::Damaged));
        let mut newer = bytes.clone();
        newer[8] = 2;
        assert_eq!(Filter::parse(&newer), Err(Unfit::Newer));
    }
}
