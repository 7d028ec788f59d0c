//! Opening an address in a person's browser, where there is one on this machine: which program does
//! it is one pure function over the environment. Over SSH, in a container or without a graphical
//! session there is none. Not here: what happens instead (the address is copied).

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::process::{Command, Stdio};

use super::program;

/// The address as it may be opened: `http` or `https`, and `https` where it names no scheme; none
/// for every other scheme and for what is no address.
pub fn address(written: &str) -> Option<String> {
    let written = written.trim();
    if written.is_empty() || written.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let scheme = written.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        Some("http" | "https") => Some(written.to_owned()),
        Some(_) => None,
        // - `javascript:…` and `mailto:…` are schemes, `example.com:8080` is none
        None => {
            let host = written.split(['/', '?', '#']).next().unwrap_or("");
            let port = host.rsplit_once(':').is_none_or(|(name, port)| {
                !name.is_empty() && !port.is_empty() && port.chars().all(|c| c.is_ascii_digit())
            });
            let named = host.starts_with(|c: char| c.is_alphanumeric() || c == '[');
            (port && named).then(|| format!("https://{written}"))
        }
    }
}

/// The program that opens addresses on this machine for the person in front of it; none where that
/// person sits elsewhere or has no graphical session.
pub fn decide(env: &BTreeMap<String, String>, macos: bool) -> Option<&'static str> {
    let has = |name: &str| env.get(name).is_some_and(|value| !value.is_empty());
    if ["SSH_TTY", "SSH_CONNECTION", "SSH_CLIENT", "MOSH_CONNECTION", "container"].into_iter().any(has) {
        return None;
    }
    match () {
        () if macos => Some("open"),
        () if has("WSL_DISTRO_NAME") => Some("wslview"),
        () if has("DISPLAY") || has("WAYLAND_DISPLAY") => Some("xdg-open"),
        () => None,
    }
}

/// Opens an address; false where nothing can. The program gets it as one argument, sees no shell,
/// has nothing of our terminal, and is waited for on a thread of its own.
pub fn open(env: &BTreeMap<String, String>, written: &str) -> bool {
    let Some(url) = address(written) else { return false };
    let path = env.get("PATH").map_or("", String::as_str);
    let found = decide(env, cfg!(target_os = "macos")).and_then(|name| program::find(name, OsStr::new(path)));
    let Some(file) = found else { return false };
    start(Command::new(file).arg(url))
}

/// [`open`] with the environment of this process.
pub fn open_here(written: &str) -> bool {
    let text = |value: std::ffi::OsString| value.into_string().ok();
    let env = std::env::vars_os().filter_map(|(name, value)| Some((text(name)?, text(value)?)));
    open(&env.collect(), written)
}

fn start(command: &mut Command) -> bool {
    use std::os::unix::process::CommandExt as _;
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // - in a group of its own: Ctrl-C at our terminal is not for the browser
    let Ok(mut child) = program::spawn(command.process_group(0)) else { return false };
    let waits = std::thread::Builder::new().name("opener".to_owned()).spawn(move || child.wait());
    waits.is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn only_web_addresses_are_opened() {
        for (written, wanted) in [
            ("https://a.example/x?y=1&z=$(id)", Some("https://a.example/x?y=1&z=$(id)")),
            (" HTTP://a.example ", Some("HTTP://a.example")),
            ("a.example/login", Some("https://a.example/login")),
            ("a.example:8443/x", Some("https://a.example:8443/x")),
            ("銀行.example", Some("https://銀行.example")),
            ("file:///etc/passwd", None),
            ("ssh://a.example", None),
            ("javascript:alert(1)", None),
            ("mailto:a@example.jp", None),
            ("--help", None),
            ("/etc/passwd", None),
            ("a b", None),
            ("https://a\u{1b}[31m", None),
            ("", None),
        ] {
            assert_eq!(address(written).as_deref(), wanted, "{written}");
        }
    }

    #[test]
    fn a_browser_is_where_the_person_is() {
        assert_eq!(decide(&env(&[("DISPLAY", ":0")]), false), Some("xdg-open"));
        assert_eq!(decide(&env(&[("WAYLAND_DISPLAY", "wayland-0")]), false), Some("xdg-open"));
        assert_eq!(decide(&env(&[("WSL_DISTRO_NAME", "u"), ("DISPLAY", ":0")]), false), Some("wslview"));
        assert_eq!(decide(&env(&[]), true), Some("open"));
        assert_eq!(decide(&env(&[]), false), None);
        assert_eq!(decide(&env(&[("DISPLAY", "")]), false), None);
        for name in ["SSH_TTY", "SSH_CONNECTION", "SSH_CLIENT", "MOSH_CONNECTION", "container"] {
            assert_eq!(decide(&env(&[("DISPLAY", ":0"), (name, "x")]), false), None, "{name}");
            assert_eq!(decide(&env(&[(name, "x")]), true), None, "{name}");
        }
    }

    #[test]
    fn the_address_is_one_argument_and_no_shell_sees_it() {
        let folder = std::env::temp_dir().join(format!("mamori-opener-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let said = folder.join("said");
        assert!(start(Command::new("/usr/bin/touch").arg(&said).arg("--")));
        let until = std::time::Instant::now() + std::time::Duration::from_secs(5);
        while !said.exists() && std::time::Instant::now() < until {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        assert!(said.exists());
        assert!(!open(&env(&[("PATH", "/usr/bin")]), "https://a.example"), "no session, no browser");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
