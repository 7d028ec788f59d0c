//! Where the command line writes: exact bytes into a pipe, text made safe on a terminal. It writes
//! to the descriptors themselves, since the buffers of the standard library are never wiped.

use std::io::{self, IsTerminal, Write};

use rustix::fd::BorrowedFd;
use rustix::io::Errno;

use crate::error::{Fault, Report};
use crate::text::sanitise;

/// Bytes that are held before they are written.
const HELD: usize = 64 * 1024;

/// Standard output.
pub struct Out {
    held: Vec<u8>,
    tty: bool,
    end: Option<Errno>,
}

impl std::fmt::Debug for Out {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Out(..)")
    }
}

impl Default for Out {
    fn default() -> Out {
        // Never grown: growing would leave copies of a secret to be freed elsewhere.
        Out { held: Vec::with_capacity(HELD), tty: io::stdout().is_terminal(), end: None }
    }
}

impl Out {
    /// True on a terminal.
    pub fn is_terminal(&self) -> bool {
        self.tty
    }

    /// Writes text from outside: made safe on a terminal, as it is in a pipe. Line ends stay.
    pub fn text(&mut self, text: &str) {
        if self.tty {
            self.put(sanitise::lines(text).as_bytes());
        } else {
            self.put(text.as_bytes());
        }
    }

    /// The same for what must stay on one line of a table on a terminal.
    pub fn cell(&mut self, text: &str) {
        if self.tty { self.put(sanitise::line(text).as_bytes()) } else { self.put(text.as_bytes()) }
    }

    /// Writes a path: made safe on a terminal, its exact bytes into a pipe, also where they are no text.
    pub fn path(&mut self, path: &std::path::Path) {
        if self.tty {
            self.put(sanitise::line(&path.to_string_lossy()).as_bytes());
        } else {
            self.put(path.as_os_str().as_encoded_bytes());
        }
    }

    /// Writes a line of our own making, with what came from outside already safe in it.
    pub fn line(&mut self, text: &str) {
        self.put(text.as_bytes());
        self.put(b"\n");
    }

    /// Writes bytes as they are.
    pub fn put(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(HELD) {
            if self.held.len() + chunk.len() > HELD {
                self.flush_held();
            }
            self.held.extend_from_slice(chunk);
        }
    }

    /// Writes what is held; [`Out::finish`] tells of a failure.
    pub fn flush_held(&mut self) {
        if self.end.is_none() {
            self.end = write_all(rustix::stdio::stdout(), &self.held).err();
        }
        self.held.clear();
    }

    /// Writes what is held. A reader that went away (`mamori list | head -1`) is no error.
    pub fn finish(&mut self) -> Result<(), Report> {
        self.flush_held();
        match self.end {
            None | Some(Errno::PIPE) => Ok(()),
            Some(errno) => Err(Fault::Output(io::Error::from(errno).kind()).into()),
        }
    }
}

/// For JSON: on a terminal what must not reach it is escaped, so that it stays the same JSON.
impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match std::str::from_utf8(bytes) {
            Ok(text) if self.tty && text.chars().any(sanitise::is_hostile) => {
                let mut units = [0; 2];
                for letter in text.chars() {
                    if sanitise::is_hostile(letter) && letter != '\n' {
                        for unit in letter.encode_utf16(&mut units) {
                            self.put(format!("\\u{unit:04x}").as_bytes());
                        }
                    } else {
                        self.put(letter.encode_utf8(&mut [0; 4]).as_bytes());
                    }
                }
            }
            _ => self.put(bytes),
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.flush_held();
        Ok(())
    }
}

impl Drop for Out {
    fn drop(&mut self) {
        self.flush_held();
    }
}

fn write_all(to: BorrowedFd<'_>, mut bytes: &[u8]) -> Result<(), Errno> {
    while !bytes.is_empty() {
        match rustix::io::write(to, bytes) {
            Ok(0) => return Err(Errno::IO),
            Ok(wrote) => bytes = bytes.get(wrote..).unwrap_or(&[]),
            Err(Errno::INTR) => {}
            Err(errno) => return Err(errno),
        }
    }
    Ok(())
}

/// A word as a shell reads it: quoted where it holds more than letters, digits and a few signs.
pub fn word(text: &str) -> String {
    let plain = |letter: char| {
        letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '/' | '@' | ':' | '%' | '+')
    };
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Writes a line for the person to standard error; a failure there has nobody to be told to.
pub fn tell(text: &str) {
    let safe = if io::stderr().is_terminal() { sanitise::lines(text) } else { text.to_owned() };
    let _ = write_all(rustix::stdio::stderr(), format!("{safe}\n").as_bytes());
}

/// The same without a line end, for a question or a countdown.
pub fn tell_part(text: &str) {
    let _ = write_all(rustix::stdio::stderr(), text.as_bytes());
}
