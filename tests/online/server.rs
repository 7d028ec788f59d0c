//! A server on this machine that speaks the protocol of the range API of Have I Been Pwned: `GET
//! /range/ABCDE`, lines of `SUFFIX:COUNT` ended by CR LF, padding with count 0. It notes what it was
//! asked, and can be busy, slow, broken or somebody else.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sha1::{Digest, Sha1};

/// How it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// As the service does.
    Well,
    /// With this status.
    Status(u16),
    /// It takes the request and says nothing.
    Silent,
    /// It closes in the middle of the answer.
    Cut,
    /// It closes before the answer.
    Gone,
    /// With a page.
    Page,
    /// With this status and another address.
    Elsewhere,
}

/// A request: its first line and its headers, in lower case.
#[derive(Debug, Clone)]
pub struct Asked {
    pub line: String,
    pub headers: Vec<String>,
}

pub struct Server {
    pub port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
}

pub fn hex(password: &str) -> String {
    Sha1::digest(password.as_bytes()).iter().map(|byte| format!("{byte:02X}")).collect()
}

impl Server {
    /// Begins to listen; it ends with the process. `leaked` are passwords and how often they were seen.
    pub fn start(mood: Mood, leaked: &[(&str, u64)]) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let known: Vec<(String, u64)> = leaked.iter().map(|(word, count)| (hex(word), *count)).collect();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (known, notes) = (known.clone(), Arc::clone(&notes));
                std::thread::spawn(move || talk(stream, mood, &known, &notes));
            }
        });
        Server { port, asked }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/range/", self.port)
    }

    /// What it was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn talk(stream: TcpStream, mood: Mood, known: &[(String, u64)], notes: &Mutex<Vec<Asked>>) {
    let mut writer = stream.try_clone().unwrap();
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        let mut headers = Vec::new();
        loop {
            let mut header = String::new();
            if reader.read_line(&mut header).unwrap_or(0) == 0 {
                return;
            }
            if header.trim().is_empty() {
                break;
            }
            headers.push(header.trim().to_lowercase());
        }
        let prefix = line.split('/').nth(2).and_then(|rest| rest.split(' ').next()).unwrap_or("").to_owned();
        notes.lock().unwrap().push(Asked { line: line.trim().to_owned(), headers });
        let body = body(&prefix, known);
        let whole =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n", body.len());
        let sent = match mood {
            Mood::Well => writer.write_all(format!("{whole}{body}").as_bytes()),
            Mood::Status(status) => writer.write_all(
                format!("HTTP/1.1 {status} Sorry\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n").as_bytes(),
            ),
            Mood::Silent => {
                std::thread::sleep(Duration::from_secs(60));
                return;
            }
            Mood::Cut => {
                let half = body.get(..body.len() / 2).unwrap();
                let _ = writer.write_all(format!("{whole}{half}").as_bytes());
                return;
            }
            Mood::Gone => return,
            Mood::Page => {
                let page = "<html>Log in to the guest network</html>";
                let length = page.len();
                writer.write_all(
                    format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{page}").as_bytes(),
                )
            }
            Mood::Elsewhere => writer.write_all(
                b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n",
            ),
        };
        if sent.is_err() {
            return;
        }
    }
}

/// The answer to a prefix: what is known, among other lines and padding, sorted; the last line ends
/// without a line end, as the service's does.
fn body(prefix: &str, known: &[(String, u64)]) -> String {
    let mut lines: Vec<String> = known
        .iter()
        .filter(|(hash, _)| hash.starts_with(prefix))
        .map(|(hash, count)| format!("{}:{count}", &hash[5..]))
        .collect();
    for number in 0..40u32 {
        let rest = &hex(&format!("{prefix}{number}"))[5..];
        let count = if number % 2 == 0 { 0 } else { number };
        lines.push(format!("{rest}:{count}"));
    }
    lines.sort();
    lines.join("\r\n")
}
