//! Where secrets and answers come from: the terminal, standard input line by line, a file, a
//! command. Never from arguments, never from the environment.
//!
//! Lines of standard input are taken in the order in which a command asks for them, which is that
//! of DESIGN 9: master password, entry password, one-time code key, secret fields. A line ends with
//! LF or CRLF; the last one may lack it.
//!
//! A password command is run by `sh -c` and its first words are the person's own: it comes from
//! an option or from the environment of the same person, who could run it as well. It gets no
//! standard input, and no secret is in its arguments or environment.

use std::io::{self, BufRead, IsTerminal, Read};
use std::path::{Path, PathBuf};

use crate::crypto::keys::PASSWORD_MAX;
use crate::error::{Ask, Fault, Line, Report};
use crate::platform::handed;
use crate::platform::tty::{PromptError, read_code_line, read_secret_line};
use crate::secret::{Secret, SecretBytes};

/// Longest line of standard input in bytes: the longest field.
const LINE_MOST: usize = 64 * 1024;
/// Longest note in bytes.
const NOTE_MOST: usize = 1 << 20;

/// Where the master password comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The person types it.
    Terminal,
    /// The next line of standard input.
    Stdin,
    /// A file, less one final line end.
    File(PathBuf),
    /// The output of a command, less one final line end.
    Command(String),
}

impl Source {
    /// The source that a path names: `-` is standard input.
    pub fn of_path(path: &Path) -> Source {
        if path.as_os_str() == "-" { Source::Stdin } else { Source::File(path.into()) }
    }
}

/// Standard input, taken line by line.
pub struct Asker {
    chunk: SecretBytes,
    at: usize,
    ended: bool,
    stdin_tty: bool,
}

impl std::fmt::Debug for Asker {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Asker(..)")
    }
}

impl Default for Asker {
    fn default() -> Asker {
        Asker {
            chunk: SecretBytes::with_capacity(0),
            at: 0,
            ended: false,
            stdin_tty: io::stdin().is_terminal(),
        }
    }
}

impl Asker {
    /// True when standard input is a terminal, so that there is somebody to ask.
    pub fn is_interactive(&self) -> bool {
        self.stdin_tty
    }

    fn next_byte(&mut self) -> Result<Option<u8>, Report> {
        if self.at == self.chunk.len() && !self.ended {
            self.at = 0;
            self.chunk = handed::stdin_chunk().map_err(|error| Fault::File(error.kind()))?;
            self.ended = self.chunk.is_empty();
        }
        let byte = self.chunk.expose().get(self.at).copied();
        self.at += usize::from(byte.is_some());
        Ok(byte)
    }

    /// The next line of standard input.
    pub fn line(&mut self, what: Line) -> Result<Secret, Report> {
        let most = if matches!(what, Line::Master | Line::NewMaster | Line::Export | Line::Code) {
            PASSWORD_MAX + 2
        } else {
            LINE_MOST + 2
        };
        let mut line = SecretBytes::with_capacity(most);
        let mut any = false;
        while let Some(byte) = self.next_byte()? {
            any = true;
            if byte == b'\n' {
                break;
            }
            line.push(&[byte]).map_err(|_| Ask::BadLine(what.clone()))?;
        }
        if !any {
            return Err(Ask::MissingLine(what).into());
        }
        if line.expose().last() == Some(&b'\r') {
            line.remove(line.len() - 1, line.len());
        }
        text(line, what)
    }

    /// The rest of standard input, less one final line end; at least something must be there.
    pub fn rest(&mut self) -> Result<Secret, Report> {
        let mut all = SecretBytes::with_capacity(NOTE_MOST + 2);
        let mut any = false;
        while let Some(byte) = self.next_byte()? {
            any = true;
            all.push(&[byte]).map_err(|_| Ask::BadLine(Line::Notes))?;
        }
        if !any {
            return Err(Ask::MissingLine(Line::Notes).into());
        }
        drop_line_end(&mut all);
        text(all, Line::Notes)
    }

    /// A password from a source other than the terminal; on it `prompt` is shown.
    pub fn from(&mut self, source: &Source, what: Line, prompt: &str) -> Result<Secret, Report> {
        match source {
            Source::Terminal => hidden(prompt, Ask::NobodyToAsk),
            Source::Stdin if self.stdin_tty => hidden(prompt, Ask::NobodyToAsk),
            Source::Stdin => self.line(what),
            Source::File(path) => {
                let name = path.display().to_string();
                let bytes = handed::file(path, PASSWORD_MAX + 2)
                    .map_err(|error| Report::from(Fault::File(error.kind())).about(&name))?;
                // - an empty file holds no line, and not a password that is empty
                if bytes.is_empty() {
                    return Err(Report::from(Ask::MissingLine(what)).about(&name));
                }
                trimmed(bytes)
            }
            Source::Command(command) => of_command(command),
        }
    }

    /// Asks for a line that may be seen; none without somebody to ask.
    pub fn visible(&mut self, prompt: &str) -> Result<Option<String>, Report> {
        if !self.stdin_tty || !io::stderr().is_terminal() {
            return Ok(None);
        }
        super::out::tell_part(&crate::text::sanitise::lines(prompt));
        let mut answer = String::new();
        io::stdin().lock().take(8192).read_line(&mut answer).map_err(|error| Fault::File(error.kind()))?;
        Ok(Some(answer.trim_end_matches(['\n', '\r']).to_owned()))
    }

    /// Asks a question that is answered by yes or no; none without somebody to ask.
    pub fn confirm(&mut self, question: &str, yes: &[&str]) -> Result<bool, Report> {
        if !self.stdin_tty || !io::stderr().is_terminal() {
            return Err(Ask::NeedsYes.into());
        }
        super::out::tell_part(&crate::text::sanitise::lines(question));
        let mut answer = String::new();
        io::stdin().lock().take(64).read_line(&mut answer).map_err(|error| Fault::File(error.kind()))?;
        Ok(yes.contains(&answer.trim().to_lowercase().as_str()))
    }
}

/// Asks for one line on the terminal without echo.
pub fn hidden(prompt: &str, nobody: Ask) -> Result<Secret, Report> {
    let safe = crate::text::sanitise::line(prompt);
    read_secret_line(&safe).map_err(|error| unasked(error, nobody))
}

/// Asks for a recovery code, shown in its groups while it is typed and gone afterwards.
pub fn code(prompt: &str) -> Result<Secret, Report> {
    let safe = crate::text::sanitise::line(prompt);
    read_code_line(&safe).map_err(|error| unasked(error, Ask::NobodyToAsk))
}

fn unasked(error: PromptError, nobody: Ask) -> Report {
    match error {
        PromptError::NoTerminal(_) => nobody.into(),
        PromptError::Interrupted | PromptError::Gone => Ask::Interrupted.into(),
        PromptError::TooLong => crate::crypto::keys::PasswordError::TooLong.into(),
        PromptError::NotALine => crate::crypto::keys::PasswordError::NotUtf8.into(),
    }
}

fn text(bytes: SecretBytes, what: Line) -> Result<Secret, Report> {
    // A copy of the right size: locked pages are few.
    Secret::from_bytes(SecretBytes::copy_of(bytes.expose())).map_err(|_| Ask::BadLine(what).into())
}

fn drop_line_end(bytes: &mut SecretBytes) {
    if bytes.expose().last() == Some(&b'\n') {
        bytes.remove(bytes.len() - 1, bytes.len());
        if bytes.expose().last() == Some(&b'\r') {
            bytes.remove(bytes.len() - 1, bytes.len());
        }
    }
}

fn trimmed(mut bytes: SecretBytes) -> Result<Secret, Report> {
    drop_line_end(&mut bytes);
    Secret::from_bytes(bytes).map_err(|_| crate::crypto::keys::PasswordError::NotUtf8.into())
}

fn of_command(command: &str) -> Result<Secret, Report> {
    let bytes = handed::output(command, PASSWORD_MAX + 2).map_err(|_| Ask::PasswordCommand)?;
    let password = trimmed(bytes)?;
    if password.is_empty() { Err(Ask::PasswordCommand.into()) } else { Ok(password) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(bytes: &[u8]) -> Vec<u8> {
        let mut held = SecretBytes::copy_of(bytes);
        drop_line_end(&mut held);
        held.expose().to_vec()
    }

    #[test]
    fn exactly_one_line_end_is_dropped() {
        assert_eq!(after(b"pw\n"), b"pw");
        assert_eq!(after(b"pw\r\n"), b"pw");
        assert_eq!(after(b"pw\n\n"), b"pw\n");
        assert_eq!(after(b" pw \r"), b" pw \r");
    }

    #[test]
    fn an_empty_password_of_a_command_is_none() {
        assert_eq!(of_command("printf 'a b\\n'").expect("runs").expose(), "a b");
        assert!(of_command("true").is_err());
    }
}
