//! A secret as a QR code: its modules, and the code as lines of text for a terminal or a sheet of
//! paper. Not here: how a screen draws it in its colours.

use qrcodegen::{QrCode, QrCodeEcc};

use crate::secret::{Secret, SecretBytes};

/// The modules of a code.
#[derive(Debug)]
pub struct Modules {
    /// Modules in a row.
    pub side: u16,
    /// A byte for each, 1 for a dark one, row by row.
    pub bytes: SecretBytes,
}

impl Modules {
    /// The code of a secret; none when it is too long for any code.
    pub fn of(secret: &Secret) -> Option<Modules> {
        // - what the encoder leaves on the heap is wiped as it is freed, by the allocator
        let code = QrCode::encode_text(secret.expose(), QrCodeEcc::Low).ok()?;
        let side = u16::try_from(code.size()).ok()?;
        let mut bytes = SecretBytes::with_capacity(usize::from(side) * usize::from(side));
        for y in 0..code.size() {
            for x in 0..code.size() {
                bytes.push(&[u8::from(code.get_module(x, y))]).ok()?;
            }
        }
        Some(Modules { side, bytes })
    }

    /// True for a dark module; outside of the code all is light.
    pub fn is_dark(&self, x: i32, y: i32) -> bool {
        let side = i32::from(self.side);
        let inside = (0..side).contains(&x) && (0..side).contains(&y);
        inside && usize::try_from(y * side + x).is_ok_and(|at| self.bytes.expose().get(at) == Some(&1))
    }

    /// Two rows of modules in a line, with `quiet` light modules around. `ink`: what is printed is
    /// dark, as on paper; else it is light, as on a dark terminal.
    pub fn lines(&self, quiet: u16, ink: bool) -> Secret {
        let (from, to) = (-i32::from(quiet), i32::from(self.side + quiet));
        let mut out = String::with_capacity(usize::try_from((to - from) * (to - from) * 2).unwrap_or(0));
        for y in (from..to).step_by(2) {
            for x in from..to {
                let drawn = |y| y < to && self.is_dark(x, y) == ink;
                out.push(match (drawn(y), drawn(y + 1)) {
                    (true, true) => '\u{2588}',
                    (true, false) => '\u{2580}',
                    (false, true) => '\u{2584}',
                    (false, false) => ' ',
                });
            }
            out.push('\n');
        }
        Secret::from_string(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_back_from_its_lines() {
        let text = "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6789-AB";
        let code = Modules::of(&Secret::copy_of(text)).expect("short");
        assert!(!code.is_dark(-1, 0) && !code.is_dark(0, i32::from(code.side)));
        for ink in [true, false] {
            let lines = code.lines(4, ink);
            let rows: Vec<Vec<char>> = lines.expose().lines().map(|line| line.chars().collect()).collect();
            let side = usize::from(code.side) + 8;
            let mut found = rqrr::PreparedImage::prepare_from_greyscale(side * 4, side * 4, |x, y| {
                let (x, y) = (x / 4, y / 4);
                let cell = rows[y / 2][x];
                let drawn = match cell {
                    '\u{2588}' => true,
                    '\u{2580}' => y % 2 == 0,
                    '\u{2584}' => y % 2 == 1,
                    _ => false,
                };
                if drawn == ink { 0 } else { 255 }
            });
            let grids = found.detect_grids();
            assert_eq!(grids.first().expect("a code").decode().expect("readable").1, text, "{ink}");
        }
        assert!(Modules::of(&Secret::copy_of(&"x".repeat(5_000))).is_none());
    }
}
