//! A buffer between the drawing library and the terminal that holds nothing longer than a frame:
//! what is drawn may be a revealed password.

use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use zeroize::Zeroize;

/// A large frame, 160 by 48 in Japanese with every attribute, has some 20 KiB.
const BYTES: usize = 64 * 1024;

/// A frame of so few bytes comes in one piece, so nobody sees half of it: it goes without the marks
/// of mode 2026, which would be a tenth of what a key costs over SSH.
pub const WHOLE: usize = 1024;

const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// Collects bytes for the terminal; [`Write::flush`] sends and wipes them. It never grows: when it
/// is full it is sent early.
pub struct Output {
    tty: Arc<OwnedFd>,
    gone: Arc<AtomicBool>,
    held: Box<[u8]>,
    len: usize,
    /// Where the frame begins that is not sent yet.
    frame: Option<usize>,
}

impl std::fmt::Debug for Output {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Output(..)")
    }
}

impl Output {
    pub(super) fn new(tty: Arc<OwnedFd>, gone: Arc<AtomicBool>) -> Output {
        Output { tty, gone, held: vec![0; BYTES].into_boxed_slice(), len: 0, frame: None }
    }

    /// Asks the terminal to show nothing until [`Output::end_frame`] (mode 2026; one that does not
    /// know it goes on as before). A short frame does without.
    pub fn begin_frame(&mut self) -> io::Result<()> {
        let at = self.len;
        self.write_all(BEGIN)?;
        self.frame = (at + BEGIN.len() == self.len).then_some(at);
        Ok(())
    }

    /// Ends what [`Output::begin_frame`] began and sends it.
    pub fn end_frame(&mut self) -> io::Result<()> {
        let begun = self.frame.take().map(|at| (at, at + BEGIN.len()));
        match begun.filter(|(_, after)| self.len - after <= WHOLE) {
            Some((at, after)) => {
                self.held.copy_within(after..self.len, at);
                let shorter = self.len - BEGIN.len();
                self.held[shorter..self.len].zeroize();
                self.len = shorter;
            }
            None => self.write_all(END)?,
        }
        self.flush()
    }

    fn send(&mut self) -> io::Result<()> {
        let sent = if self.gone.load(Ordering::SeqCst) {
            Err(io::ErrorKind::BrokenPipe.into())
        } else {
            super::write_all(&self.tty, &self.held[..self.len])
        };
        self.held[..self.len].zeroize();
        self.len = 0;
        self.frame = None;
        if sent.is_err() {
            // The loop learns it from `Terminal::poll`.
            self.gone.store(true, Ordering::SeqCst);
        }
        sent
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.len == self.held.len() {
            self.send()?;
        }
        let room = &mut self.held[self.len..];
        let taken = room.len().min(bytes.len());
        room[..taken].copy_from_slice(&bytes[..taken]);
        self.len += taken;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.len == 0 { Ok(()) } else { self.send() }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        self.held.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::os::unix::net::UnixStream;

    use super::*;

    #[test]
    fn what_was_sent_is_wiped_and_what_is_too_long_goes_early() {
        let (mut far, near) = UnixStream::pair().unwrap();
        let reader = std::thread::spawn(move || {
            let mut all = Vec::new();
            far.read_to_end(&mut all).unwrap();
            all
        });
        let mut output = Output::new(Arc::new(near.into()), Arc::new(AtomicBool::new(false)));
        let text = b"S3CRET".repeat(BYTES / 5);
        output.write_all(&text).unwrap();
        output.flush().unwrap();
        assert!(output.held.iter().all(|byte| *byte == 0));
        drop(output);
        assert_eq!(reader.join().unwrap(), text);
    }

    #[test]
    fn a_short_frame_goes_bare_and_a_long_one_between_marks() {
        for (len, bare) in [(0, true), (300, true), (WHOLE, true), (WHOLE + 1, false), (BYTES * 2, false)] {
            let (mut far, near) = UnixStream::pair().unwrap();
            let reader = std::thread::spawn(move || {
                let mut all = Vec::new();
                far.read_to_end(&mut all).unwrap();
                all
            });
            let mut output = Output::new(Arc::new(near.into()), Arc::new(AtomicBool::new(false)));
            output.write_all(b"before").unwrap();
            output.begin_frame().unwrap();
            output.write_all(&b"x".repeat(len)).unwrap();
            output.end_frame().unwrap();
            assert!(output.held.iter().all(|byte| *byte == 0));
            drop(output);
            let frame = b"x".repeat(len);
            let frame = if bare { frame } else { [BEGIN, &frame, END].concat() };
            assert!(reader.join().unwrap() == [&b"before"[..], &frame].concat(), "{len}");
        }
    }

    #[test]
    fn a_dead_terminal_is_remembered_and_nothing_stays_for_it() {
        let (far, near) = UnixStream::pair().unwrap();
        drop(far);
        let gone = Arc::new(AtomicBool::new(false));
        let mut output = Output::new(Arc::new(near.into()), Arc::clone(&gone));
        output.write_all(b"S3CRET").unwrap();
        assert!(output.flush().is_err());
        assert!(gone.load(Ordering::SeqCst));
        assert!(output.held.iter().all(|byte| *byte == 0));
    }
}
