//! The range API of Have I Been Pwned: asked with the first 5 hex digits of a SHA-1 digest, it answers
//! with what is known of all digests that begin so, padded with lines that mean nothing (count 0) so
//! that the length of the answer tells nothing. Used only where somebody asked for it. No cookie,
//! no redirect, one short time-out for each part of a request.
//!
//! Which digests are asked for, and what is made of the answers, is others' business.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::digit;

/// The service.
pub const URL: &str = "https://api.pwnedpasswords.com/range/";

/// Hex digits that are sent.
const SENT: usize = 5;
/// Hex digits of the rest of a digest.
const REST: usize = 35;
/// Longest answer in bytes; real ones have about 40,000.
#[cfg(feature = "online")]
const ANSWER_MOST: u64 = 4 << 20;
/// So many failures one after the other, and nothing more is asked.
const GIVES_UP: usize = 3;

/// Time for each part of a request.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Finding the address and getting through to it.
    pub connect: Duration,
    /// Until the answer begins.
    pub answer: Duration,
    /// All of it.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        let seconds = Duration::from_secs;
        Patience { connect: seconds(5), answer: seconds(8), whole: seconds(15) }
    }
}

/// Why an answer did not come, or is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// This program was built without it.
    #[error("built without the network")]
    NotBuilt,
    /// The address of the service is none, or is not encrypted.
    #[error("not an https address")]
    Address,
    /// The proxy that the environment names is none that can be used.
    #[error("the proxy cannot be used")]
    Proxy,
    /// It could not be reached.
    #[error("the service could not be reached")]
    Unreachable,
    /// It took too long.
    #[error("the service did not answer in time")]
    Slow,
    /// The encrypted connection could not be made.
    #[error("no encrypted connection")]
    Tls,
    /// It asks to be left alone for a while (429, 503).
    #[error("the service is busy (status {0})")]
    Busy(u16),
    /// Another status.
    #[error("status {0}")]
    Status(u16),
    /// The answer was cut off.
    #[error("the answer was cut off")]
    Cut,
    /// The answer is none of this service.
    #[error("not an answer of this service")]
    Foreign,
}

/// The proxy for an address by the usual variables; `env` looks one up. The one of its scheme goes
/// before the one for everything; hosts of `no_proxy` have none.
pub fn proxy(env: &dyn Fn(&str) -> Option<String>, address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?']).next().unwrap_or("");
    let host = host.rsplit('@').next().unwrap_or("");
    let host = match host.strip_prefix('[') {
        Some(inner) => inner.split(']').next().unwrap_or(""),
        None => host.split(':').next().unwrap_or(""),
    };
    let set = |name: &str| {
        [name.to_owned(), name.to_ascii_uppercase()]
            .iter()
            .find_map(|name| env(name).filter(|one| !one.trim().is_empty()))
    };
    let none = set("no_proxy").unwrap_or_default();
    let excepted = none.split(',').map(str::trim).filter(|one| !one.is_empty()).any(|one| {
        let name = one.trim_start_matches("*.").trim_start_matches('.').to_ascii_lowercase();
        let host = host.to_ascii_lowercase();
        one == "*" || host == name || host.strip_suffix(&name).is_some_and(|rest| rest.ends_with('.'))
    });
    if excepted {
        return None;
    }
    set(&format!("{scheme}_proxy")).or_else(|| set("all_proxy"))
}

/// A variable of this process, for [`proxy`].
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The service may be asked at this address: encrypted, or on this machine.
pub fn is_fit(address: &str) -> bool {
    let near = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
    let ends = |rest: &str| rest.starts_with(['/', ':']);
    let here = near.iter().any(|start| address.strip_prefix(start).is_some_and(ends));
    here || address.strip_prefix("https://").is_some_and(|rest| !rest.starts_with('/') && !rest.is_empty())
}

/// Finds the rest of a digest in an answer: how often it was seen, none when it was not. Every line
/// is looked at: half an answer is none.
fn find(answer: &[u8], wanted: &[u8]) -> Result<Option<u64>, Trouble> {
    let mut found = None;
    let mut any = false;
    for line in answer.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            continue;
        }
        let (rest, count) = line.split_at_checked(REST).ok_or(Trouble::Foreign)?;
        let count = count.strip_prefix(b":").ok_or(Trouble::Foreign)?;
        let digits = !count.is_empty() && count.len() <= 19 && count.iter().all(u8::is_ascii_digit);
        let count =
            std::str::from_utf8(count).ok().filter(|_| digits).and_then(|text| text.parse::<u64>().ok());
        let count = count.ok_or(Trouble::Foreign)?;
        if rest.iter().any(|byte| digit(*byte).is_none()) {
            return Err(Trouble::Foreign);
        }
        any = true;
        // - a count of 0 is padding
        if count > 0 && rest.eq_ignore_ascii_case(wanted) {
            found = Some(count);
        }
    }
    if any { Ok(found) } else { Err(Trouble::Foreign) }
}

/// Upper-case hex digits of a digest.
fn hex(hash: &[u8; 20]) -> String {
    hash.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// The service, asked by several threads at once.
pub struct Range {
    #[cfg(feature = "online")]
    agent: ureq::Agent,
    address: String,
    failed: AtomicUsize,
    trouble: Mutex<Option<Trouble>>,
}

impl std::fmt::Debug for Range {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Range({})", self.address)
    }
}

impl Range {
    /// The service at an address (the 5 digits are put behind it). Asks nothing yet.
    #[cfg(feature = "online")]
    pub fn new(
        address: &str,
        env: &dyn Fn(&str) -> Option<String>,
        patience: Patience,
    ) -> Result<Range, Trouble> {
        if !is_fit(address) {
            return Err(Trouble::Address);
        }
        let proxy =
            proxy(env, address).map(|one| ureq::Proxy::new(&one).map_err(|_| Trouble::Proxy)).transpose()?;
        let config = ureq::Agent::config_builder()
            .proxy(proxy)
            .https_only(address.starts_with("https://"))
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(concat!("mamori/", env!("CARGO_PKG_VERSION")))
            .timeout_resolve(Some(patience.connect))
            .timeout_connect(Some(patience.connect))
            .timeout_recv_response(Some(patience.answer))
            .timeout_global(Some(patience.whole))
            .build();
        let mut address = address.to_owned();
        if !address.ends_with('/') {
            address.push('/');
        }
        let agent = ureq::Agent::new_with_config(config);
        Ok(Range { agent, address, failed: AtomicUsize::new(0), trouble: Mutex::new(None) })
    }

    /// Not in this build.
    #[cfg(not(feature = "online"))]
    pub fn new(_: &str, _: &dyn Fn(&str) -> Option<String>, _: Patience) -> Result<Range, Trouble> {
        Err(Trouble::NotBuilt)
    }

    /// How often a digest was seen; none when it was not. After some failures one after the other
    /// nothing more is asked.
    pub fn look_up(&self, hash: &[u8; 20]) -> Result<Option<u64>, Trouble> {
        if self.failed.load(Ordering::Relaxed) >= GIVES_UP {
            return Err(self.trouble().unwrap_or(Trouble::Unreachable));
        }
        let mut digits = hex(hash);
        let (sent, rest) = digits.split_at_checked(SENT).unwrap_or((&digits, ""));
        let answer = self.ask(sent).and_then(|answer| find(&answer, rest.as_bytes()));
        zeroize::Zeroize::zeroize(&mut digits);
        match answer {
            Ok(_) => self.failed.store(0, Ordering::Relaxed),
            Err(trouble) => {
                // - who asks to be left alone is left alone at once
                let more = if matches!(trouble, Trouble::Busy(_)) { GIVES_UP } else { 1 };
                self.failed.fetch_add(more, Ordering::Relaxed);
                *self.trouble.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(trouble);
            }
        }
        answer
    }

    /// What went wrong last.
    pub fn trouble(&self) -> Option<Trouble> {
        *self.trouble.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    #[cfg(feature = "online")]
    fn ask(&self, sent: &str) -> Result<Vec<u8>, Trouble> {
        use std::io::Read as _;
        let request = self.agent.get(format!("{}{sent}", self.address)).header("Add-Padding", "true");
        let mut answer = request.call().map_err(|error| trouble(&error))?;
        match answer.status().as_u16() {
            200 => {}
            busy @ (429 | 503) => return Err(Trouble::Busy(busy)),
            other => return Err(Trouble::Status(other)),
        }
        let mut bytes = Vec::new();
        let mut reader = answer.body_mut().as_reader().take(ANSWER_MOST);
        match reader.read_to_end(&mut bytes) {
            Ok(_) if bytes.len() as u64 == ANSWER_MOST => Err(Trouble::Foreign),
            Ok(_) => Ok(bytes),
            Err(error) => Err(match trouble(&ureq::Error::from(error)) {
                Trouble::Slow => Trouble::Slow,
                _ => Trouble::Cut,
            }),
        }
    }

    #[cfg(not(feature = "online"))]
    fn ask(&self, _: &str) -> Result<Vec<u8>, Trouble> {
        Err(Trouble::NotBuilt)
    }
}

#[cfg(feature = "online")]
fn trouble(error: &ureq::Error) -> Trouble {
    match error {
        ureq::Error::StatusCode(status) => Trouble::Status(*status),
        ureq::Error::Timeout(_) => Trouble::Slow,
        ureq::Error::InvalidProxyUrl | ureq::Error::ConnectProxyFailed(_) => Trouble::Proxy,
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::Pem(_) => Trouble::Tls,
        ureq::Error::Protocol(_) | ureq::Error::BodyExceedsLimit(_) | ureq::Error::TooManyRedirects => {
            Trouble::Foreign
        }
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => Trouble::Slow,
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Trouble::Cut,
        _ => Trouble::Unreachable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_whole_and_padding_means_nothing() {
        let rest = "0018A45C4D1DEF81644B54AB7F969B88D65";
        let other = "00D4F6E8FA6EECAD2A3AA415EEC418D38EC";
        let answer = format!("{rest}:10\r\n{other}:0\r\n");
        assert_eq!(find(answer.as_bytes(), rest.as_bytes()), Ok(Some(10)));
        assert_eq!(find(answer.as_bytes(), other.as_bytes()), Ok(None), "padding");
        assert_eq!(find(answer.as_bytes(), "F".repeat(35).as_bytes()), Ok(None));
        assert_eq!(find(answer.to_lowercase().replace('\r', "").as_bytes(), rest.as_bytes()), Ok(Some(10)));
        for broken in [
            "",
            "<html>",
            answer.get(..60).unwrap(),
            &format!("{rest}10"),
            &format!("{rest}:"),
            &format!("{rest}:-1"),
        ] {
            assert_eq!(find(broken.as_bytes(), rest.as_bytes()), Err(Trouble::Foreign), "{broken}");
        }
    }

    #[test]
    fn the_usual_variables_name_the_proxy() {
        let of = |pairs: &'static [(&'static str, &'static str)], address: &str| {
            let env = move |wanted: &str| {
                pairs.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned())
            };
            proxy(&env, address)
        };
        assert_eq!(of(&[], URL), None);
        assert_eq!(of(&[("https_proxy", "http://p:1")], URL).as_deref(), Some("http://p:1"));
        assert_eq!(
            of(&[("HTTPS_PROXY", "http://p:1"), ("all_proxy", "http://a:1")], URL).as_deref(),
            Some("http://p:1")
        );
        assert_eq!(of(&[("ALL_PROXY", "http://a:1")], URL).as_deref(), Some("http://a:1"));
        assert_eq!(of(&[("http_proxy", "http://h:1")], URL), None, "another scheme");
        assert_eq!(of(&[("https_proxy", "  ")], URL), None);
        for none in [
            "*",
            "pwnedpasswords.com",
            ".pwnedpasswords.com",
            "a, api.pwnedpasswords.com",
            "*.pwnedpasswords.com",
        ] {
            let env = |name: &str| match name {
                "https_proxy" => Some("http://p:1".to_owned()),
                "no_proxy" => Some(none.to_owned()),
                _ => None,
            };
            assert_eq!(proxy(&env, URL), None, "{none}");
        }
        let env = |name: &str| match name {
            "https_proxy" => Some("http://p:1".to_owned()),
            "no_proxy" => Some("passwords.com, example.jp".to_owned()),
            _ => None,
        };
        assert!(proxy(&env, URL).is_some(), "the end of a name is no domain");
    }

    #[test]
    fn only_encrypted_addresses_and_those_of_this_machine_are_asked() {
        for fit in [URL, "https://mirror.example/range", "http://127.0.0.1:8080/", "http://[::1]/x"] {
            assert!(is_fit(fit), "{fit}");
        }
        for unfit in [
            "http://api.pwnedpasswords.com/range/",
            "http://127.0.0.1.evil.example/",
            "https://",
            "ftp://x",
            "",
        ] {
            assert!(!is_fit(unfit), "{unfit}");
        }
    }
}
