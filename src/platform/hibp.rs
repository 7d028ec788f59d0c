//! Lists of leaked passwords on this machine: the file of Have I Been Pwned (SHA-1, sorted by hash,
//! one `HASH:COUNT` a line), looked up where it lies, and a small filter made from it ([`filter`]).
//!
//! The file may have tens of gigabytes: it is never read through. A look-up guesses the place from
//! the hash, which is spread evenly, and reads one block there. What is no such file is refused with
//! a reason.

pub mod filter;
pub mod range;

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Hex digits of a SHA-1 hash.
const HASH: usize = 40;
/// Bytes that are read at a time: some hundred lines.
const BLOCK: usize = 16 << 10;
/// Longest line: hash, colon, the digits of a count, the end.
const LINE: usize = HASH + 1 + 20 + 2;
/// Places that are looked at when a file is opened.
const PROBES: u64 = 64;

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It cannot be read.
    #[error("it cannot be read: {0}")]
    Io(io::ErrorKind),
    /// Neither a file nor lines of hashes.
    #[error("not a list of password hashes")]
    Foreign,
    /// Hashes of 32 digits: the NTLM list.
    #[error("the NTLM list; the SHA-1 list is needed")]
    Ntlm,
    /// Sorted by how often they were seen, or not at all.
    #[error("not sorted by hash")]
    Unsorted,
    /// It ends in the middle of a line.
    #[error("cut off in the middle of a line")]
    Truncated,
    /// Hashes are wanted from 0 to F; it has only a part of them.
    #[error("only a part of the list")]
    Part,
    /// A filter whose digest does not hold.
    #[error("a damaged filter")]
    Damaged,
    /// A filter of a later version.
    #[error("a filter of a later version")]
    Newer,
}

impl From<io::Error> for Unfit {
    fn from(error: io::Error) -> Unfit {
        Unfit::Io(error.kind())
    }
}

/// A SHA-1 hash and how often it was seen.
pub type Line = ([u8; 20], u64);

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Reads one line without its end.
fn parse(line: &[u8]) -> Result<Line, Unfit> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let (hex, count) = match line.iter().position(|byte| *byte == b':') {
        Some(at) => (&line[..at], line.get(at + 1..).unwrap_or(&[])),
        None => (line, &b"1"[..]),
    };
    if hex.len() == 32 && hex.iter().all(|byte| digit(*byte).is_some()) {
        return Err(Unfit::Ntlm);
    }
    let mut hash = [0; 20];
    let (pairs, []) = hex.as_chunks::<2>() else { return Err(Unfit::Foreign) };
    if hex.len() != HASH {
        return Err(Unfit::Foreign);
    }
    for (byte, [high, low]) in hash.iter_mut().zip(pairs) {
        *byte = digit(*high).ok_or(Unfit::Foreign)? << 4 | digit(*low).ok_or(Unfit::Foreign)?;
    }
    let count = count.trim_ascii();
    let digits = !count.is_empty() && count.len() <= 20 && count.iter().all(u8::is_ascii_digit);
    let count = std::str::from_utf8(count).ok().filter(|_| digits).and_then(|text| text.parse().ok());
    Ok((hash, count.ok_or(Unfit::Foreign)?))
}

/// The list, open. Several threads may look up at once.
#[derive(Debug)]
pub struct List {
    file: File,
    len: u64,
}

impl List {
    /// Opens a file and looks at some places of it: lines of hashes, sorted, of the whole range,
    /// with a last line that ends.
    pub fn open(path: &Path) -> Result<List, Unfit> {
        // Asked first: opening a pipe would wait for a writer.
        let meta = std::fs::metadata(path)?;
        if !meta.is_file() || meta.len() == 0 {
            return Err(Unfit::Foreign);
        }
        let list = List { file: File::open(path)?, len: meta.len() };
        list.check()?;
        Ok(list)
    }

    /// True when there is an ordinary file of this name.
    pub fn is_there(path: &Path) -> bool {
        std::fs::metadata(path).is_ok_and(|meta| meta.is_file())
    }

    fn check(&self) -> Result<(), Unfit> {
        // What it is, its first line tells.
        let mut first = [0; LINE];
        let read = self.read_at(&mut first, 0)?;
        let line = first[..read].split(|byte| *byte == b'\n').next().unwrap_or(&[]);
        parse(line)?;
        let end = self.len.saturating_sub(LINE as u64 * 2);
        let mut tail = vec![0; LINE * 2];
        let read = self.read_at(&mut tail, end)?;
        let tail = tail[..read].strip_suffix(b"\n").unwrap_or(&tail[..read]);
        let last = tail.rsplit(|byte| *byte == b'\n').next().unwrap_or(&[]);
        if parse(last).is_err() {
            return Err(Unfit::Truncated);
        }
        let mut before: Option<[u8; 20]> = None;
        for probe in 0..=PROBES {
            let at =
                u64::try_from(u128::from(self.len) * u128::from(probe) / u128::from(PROBES)).unwrap_or(0);
            let lines = self.lines_near(at.min(self.len - 1))?;
            // In a small file the places overlap: their first lines go up all the same.
            let first = lines.first().map(|line| line.0);
            if !lines.is_sorted_by_key(|line| line.0) || first.is_some_and(|first| before > Some(first)) {
                return Err(Unfit::Unsorted);
            }
            before = first.or(before);
        }
        // The real list has many millions; of a small one nothing can be told.
        let (first, last) = (parse(line)?.0, parse(last)?.0);
        let part = self.len > 1 << 20 && (first[0] > 0x01 || last[0] < 0xfe);
        if part { Err(Unfit::Part) } else { Ok(()) }
    }

    fn read_at(&self, out: &mut [u8], at: u64) -> io::Result<usize> {
        let mut read = 0;
        while read < out.len() {
            match self.file.read_at(&mut out[read..], at + read as u64) {
                Ok(0) => break,
                Ok(more) => read += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(read)
    }

    /// Some whole lines around a place.
    fn lines_near(&self, at: u64) -> Result<Vec<Line>, Unfit> {
        let from = at.saturating_sub(LINE as u64);
        let mut block = vec![0; LINE * 6];
        let read = self.read_at(&mut block, from)?;
        let mut found = Vec::new();
        for line in whole_lines(&block[..read], from == 0, from + read as u64 == self.len) {
            found.push(parse(line)?);
        }
        Ok(found)
    }

    /// How often a hash was seen; none when it is not in the list.
    pub fn look_up(&self, wanted: &[u8; 20]) -> Result<Option<u64>, Unfit> {
        // The hash stands between these two places, and between these two hashes.
        let (mut low, mut high) = (0u64, self.len);
        let (mut least, mut most) = (0u64, u64::MAX);
        let key = head(wanted);
        let mut block = vec![0; BLOCK];
        for round in 0.. {
            if high - low <= BLOCK as u64 || round > 96 {
                break;
            }
            // A guess by proportion; when it does not close in, the middle.
            let guess = if round % 3 == 2 {
                low + (high - low) / 2
            } else {
                let share = u128::from(key.saturating_sub(least)) * u128::from(high - low);
                low + u64::try_from(share / u128::from((most - least).max(1))).unwrap_or(0).min(high - low)
            };
            let from = guess.saturating_sub(BLOCK as u64 / 2).clamp(low, high - BLOCK as u64);
            let read = self.read_at(&mut block, from)?;
            let (start, end) = (from == 0, from + read as u64 == self.len);
            let mut lines = whole_lines(&block[..read], start, end);
            let first = parse(lines.next().ok_or(Unfit::Foreign)?)?;
            let last = lines.next_back().map_or(Ok(first), parse)?;
            if *wanted < first.0 {
                (high, most) = (from + LINE as u64, head(&first.0));
            } else if *wanted > last.0 {
                (low, least) = ((from + read as u64).saturating_sub(LINE as u64), head(&last.0));
            } else {
                return scan(&block[..read], start, end, wanted);
            }
        }
        let from = low.saturating_sub(LINE as u64);
        let mut block = vec![0; usize::try_from(high - from).unwrap_or(BLOCK).min(BLOCK * 4) + LINE];
        let read = self.read_at(&mut block, from)?;
        scan(&block[..read], from == 0, from + read as u64 == self.len, wanted)
    }
}

/// The first 64 bits of a hash as a number.
fn head(hash: &[u8; 20]) -> u64 {
    hash.first_chunk::<8>().map_or(0, |head| u64::from_be_bytes(*head))
}

/// Lines of a block that are in it whole.
fn whole_lines(block: &[u8], starts: bool, ends: bool) -> impl DoubleEndedIterator<Item = &[u8]> {
    let from = if starts {
        0
    } else {
        block.iter().position(|byte| *byte == b'\n').map_or(block.len(), |at| at + 1)
    };
    let to = block.iter().rposition(|byte| *byte == b'\n').unwrap_or(0);
    let to = if ends && block.last() != Some(&b'\n') { block.len() } else { to };
    let inner = block.get(from..to.max(from)).unwrap_or(&[]);
    inner.split(|byte| *byte == b'\n').filter(|line| !line.is_empty())
}

fn scan(block: &[u8], starts: bool, ends: bool, wanted: &[u8; 20]) -> Result<Option<u64>, Unfit> {
    for line in whole_lines(block, starts, ends) {
        let (hash, count) = parse(line)?;
        if hash == *wanted {
            // The list is padded with counts of 0 in some editions: those were never seen.
            return Ok(Some(count).filter(|count| *count > 0));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use sha1::{Digest, Sha1};
    use std::io::Write;

    pub(super) fn hash(number: u64) -> [u8; 20] {
        Sha1::digest(number.to_le_bytes()).into()
    }

    fn hex(hash: &[u8]) -> String {
        hash.iter().map(|byte| format!("{byte:02X}")).collect()
    }

    /// The list of `count` hashes in a file of its own.
    pub(super) fn made(name: &str, count: u64, end: &str, last_end: bool) -> std::path::PathBuf {
        let mut all: Vec<String> =
            (0..count).map(|number| format!("{}:{}", hex(&hash(number)), number + 1)).collect();
        all.sort();
        let mut text = all.join(end);
        if last_end {
            text.push_str(end);
        }
        written(name, text.as_bytes())
    }

    fn written(name: &str, bytes: &[u8]) -> std::path::PathBuf {
        let path = std::env::temp_dir().join(format!("mamori-hibp-{}-{name}", std::process::id()));
        File::create(&path).unwrap().write_all(bytes).unwrap();
        path
    }

    fn refused(name: &str, bytes: &[u8]) -> Unfit {
        let path = written(name, bytes);
        let why = List::open(&path).unwrap_err();
        std::fs::remove_file(path).unwrap();
        why
    }

    #[test]
    fn every_line_is_found_and_nothing_else() {
        for (count, end, last_end) in [
            (1, "\n", false),
            (3, "\r\n", true),
            (700, "\n", true),
            (40_000, "\r\n", false),
            (40_000, "\n", true),
        ] {
            let path = made("found", count, end, last_end);
            let list = List::open(&path).unwrap();
            let step = usize::try_from(count / 700 + 1).unwrap();
            for number in (0..count).step_by(step) {
                assert_eq!(list.look_up(&hash(number)), Ok(Some(number + 1)), "{number} of {count}");
            }
            for number in count..count + 300 {
                assert_eq!(list.look_up(&hash(number)), Ok(None), "{number} of {count}");
            }
            for edge in [[0; 20], [255; 20]] {
                assert_eq!(list.look_up(&edge), Ok(None));
            }
            std::fs::remove_file(path).unwrap();
        }
    }

    #[test]
    fn a_lopsided_file_is_searched_too() {
        // Half of it begins alike: the guess by proportion is wrong there.
        let mut all: Vec<[u8; 20]> = (0..6_000).map(hash).collect();
        all[..3_000].iter_mut().for_each(|one| one[..6].fill(0x77));
        all.sort_unstable();
        let text: String = all.iter().map(|one| format!("{}:7\n", hex(one))).collect();
        let path = written("lopsided", text.as_bytes());
        let list = List::open(&path).unwrap();
        assert!(all.iter().step_by(5).all(|one| list.look_up(one) == Ok(Some(7))));
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn what_is_no_such_list_is_refused_with_its_reason() {
        let line = |number: u64, count: u64| format!("{}:{count}\n", hex(&hash(number)));
        assert_eq!(refused("empty", b""), Unfit::Foreign);
        assert_eq!(refused("foreign", b"password\n123456\n"), Unfit::Foreign);
        assert_eq!(refused("binary", &[0xff; 5000]), Unfit::Foreign);
        let ntlm: String = (0..50).map(|number| format!("{}:1\n", hex(&hash(number)[..16]))).collect();
        assert_eq!(refused("ntlm", ntlm.as_bytes()), Unfit::Ntlm);
        let by_count: String = (0..500).map(|number| line(number, 500 - number)).collect();
        assert_eq!(refused("by-count", by_count.as_bytes()), Unfit::Unsorted);
        let mut sorted: Vec<String> = (0..500).map(|number| line(number, 1)).collect();
        sorted.sort();
        let mut cut = sorted.concat();
        cut.truncate(cut.len() - 9);
        assert_eq!(refused("cut", cut.as_bytes()), Unfit::Truncated);
        assert_eq!(List::open(&std::env::temp_dir()).unwrap_err(), Unfit::Foreign);
        assert_eq!(List::open(Path::new("/nonexistent")).unwrap_err(), Unfit::Io(io::ErrorKind::NotFound));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), wanted: [u8; 20]) {
            let path = written("hostile", &bytes);
            if let Ok(list) = List::open(&path) {
                let _ = list.look_up(&wanted);
            }
            std::fs::remove_file(path).unwrap();
        }
    }
}
