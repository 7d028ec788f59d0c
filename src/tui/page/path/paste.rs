//! What a terminal or a file manager puts in for a dropped or copied file, undone: quotes, escapes,
//! `file://` addresses, Windows paths. Pure text; nothing is looked up.

/// The path that `text` means. What is none of these forms stays as it is.
pub fn unquote(text: &str, wsl: bool) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    // - of several addresses on several lines, as file managers copy them, the first one
    if let Some(path) = address(line) {
        return windows(&path, wsl).unwrap_or(path);
    }
    let bare = enclosed(line).unwrap_or(line);
    if let Some(path) = windows(bare, wsl) {
        return path;
    }
    if is_windows(bare) {
        return bare.to_owned();
    }
    // - a blank at the end belongs to the name only when it was escaped
    let line = if line.ends_with('\\') { text.trim_start().trim_end_matches(['\n', '\r']) } else { line };
    match word(line) {
        Some(path) if quoted(line) => path,
        _ => line.to_owned(),
    }
}

/// It has marks of a shell in it.
fn quoted(line: &str) -> bool {
    line.starts_with(['\'', '"']) || line.contains('\\') || line.contains("/'") || line.contains("/\"")
}

/// The inside of one pair of quotes around the whole.
fn enclosed(line: &str) -> Option<&str> {
    ['\'', '"'].iter().find_map(|mark| {
        let inside = line.strip_prefix(*mark)?.strip_suffix(*mark)?;
        (!inside.contains(*mark)).then_some(inside)
    })
}

/// The first word as a shell reads it; none when a quote stays open. A blank ends it only where
/// another path follows: most names with blanks come without any quotes.
fn word(line: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        match c {
            '\'' => loop {
                match rest.next()? {
                    '\'' => break,
                    inside => out.push(inside),
                }
            },
            '"' => loop {
                match rest.next()? {
                    '"' => break,
                    '\\' => match rest.next()? {
                        escaped @ ('"' | '\\' | '$' | '`') => out.push(escaped),
                        other => out.extend(['\\', other]),
                    },
                    inside => out.push(inside),
                }
            },
            '\\' => out.push(rest.next()?),
            ' ' if rest.as_str().trim_start().starts_with(['/', '~', '\'', '"']) => return Some(out),
            ' ' if rest.as_str().trim().is_empty() => return Some(out),
            other => out.push(other),
        }
    }
    Some(out)
}

/// The path of a `file://` address of this machine.
fn address(line: &str) -> Option<String> {
    let line = enclosed(line).unwrap_or(line);
    let rest = line.get(..7).filter(|start| start.eq_ignore_ascii_case("file://")).and(line.get(7..))?;
    let (host, path) = rest.split_at(rest.find('/')?);
    let path = percent(path)?;
    match host.to_ascii_lowercase().as_str() {
        "" | "localhost" => Some(path),
        "wsl.localhost" | "wsl$" => Some(path.replacen('/', "//", 1)).and_then(|path| inside_wsl(&path)),
        _ => None,
    }
}

fn percent(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let (high, low) = (digit()?, digit()?);
        bytes.push(high << 4 | low);
    }
    String::from_utf8(bytes).ok().filter(|path| !path.contains('\0'))
}

/// `C:\…` or `C:/…`, also behind a slash as addresses have it, or `\\server\…`.
fn is_windows(path: &str) -> bool {
    drive(path).is_some() || path.starts_with("\\\\")
}

fn drive(path: &str) -> Option<(char, &str)> {
    let path = path.strip_prefix('/').filter(|rest| rest.get(1..2) == Some(":")).unwrap_or(path);
    let letter = path.chars().next().filter(char::is_ascii_alphabetic)?;
    let rest = path.get(1..)?.strip_prefix(':')?;
    rest.starts_with(['\\', '/']).then_some((letter.to_ascii_lowercase(), rest))
}

/// A path of Windows as Linux inside it reaches it; none when it is none.
fn windows(path: &str, wsl: bool) -> Option<String> {
    if !wsl {
        return None;
    }
    if let Some((letter, rest)) = drive(path) {
        return Some(format!("/mnt/{letter}{}", rest.replace('\\', "/")));
    }
    let slashes = path.strip_prefix("\\\\")?.replace('\\', "/");
    let (host, rest) = slashes.split_once('/')?;
    let ours = host.eq_ignore_ascii_case("wsl.localhost") || host.eq_ignore_ascii_case("wsl$");
    ours.then(|| inside_wsl(&format!("//{rest}"))).flatten()
}

/// `//Ubuntu/home/hana` is `/home/hana` here.
fn inside_wsl(path: &str) -> Option<String> {
    let (_, inside) = path.strip_prefix("//")?.split_once('/')?;
    Some(format!("/{inside}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::unquote;

    #[test]
    fn quotes_and_escapes_are_undone() {
        for (pasted, path) in [
            ("/home/hana/a.csv", "/home/hana/a.csv"),
            ("  /home/hana/a.csv \r\n", "/home/hana/a.csv"),
            ("/home/hana/My Passwords.csv", "/home/hana/My Passwords.csv"),
            ("'/home/hana/My Passwords.csv' ", "/home/hana/My Passwords.csv"),
            ("\"/home/hana/My Passwords.csv\"", "/home/hana/My Passwords.csv"),
            ("\"/home/a\\\"b\\x\"", "/home/a\"b\\x"),
            ("/home/hana/My\\ Passwords\\ \\(1\\).csv", "/home/hana/My Passwords (1).csv"),
            ("/home/hana/blank\\ ", "/home/hana/blank "),
            ("'/home/It'\\''s.csv'", "/home/It's.csv"),
            ("/home/It's.csv", "/home/It's.csv"),
            ("/home/'My File.csv'", "/home/My File.csv"),
            ("'/a b' '/c d'", "/a b"),
            ("/a\\ b /c\\ d", "/a b"),
            ("\n\n/a\n/b\n", "/a"),
            ("~/ダウンロード/パスワード\\ 一覧.csv", "~/ダウンロード/パスワード 一覧.csv"),
            ("'never closed", "'never closed"),
            ("", ""),
        ] {
            assert_eq!(unquote(pasted, false), path, "{pasted}");
        }
    }

    #[test]
    fn addresses_are_undone() {
        for (pasted, path) in [
            ("file:///home/hana/a%20b.csv", "/home/hana/a b.csv"),
            ("FILE://localhost/home/%E3%81%82.csv\r\n", "/home/あ.csv"),
            ("'file:///a%27b'", "/a'b"),
            ("file:///home/a b.csv", "/home/a b.csv"),
            ("file:///a\r\nfile:///b", "/a"),
            ("file:///bad%ff", "file:///bad%ff"),
            ("file:///bad%2", "file:///bad%2"),
            ("file:///nul%00", "file:///nul%00"),
            ("file://server/share/a", "file://server/share/a"),
        ] {
            assert_eq!(unquote(pasted, false), path, "{pasted}");
        }
    }

    #[test]
    fn windows_paths_are_found_in_wsl_and_left_alone_elsewhere() {
        for (pasted, path) in [
            ("C:\\Users\\Taro\\Downloads\\a b.csv", "/mnt/c/Users/Taro/Downloads/a b.csv"),
            ("\"C:\\Users\\Taro\\a b.csv\" ", "/mnt/c/Users/Taro/a b.csv"),
            ("d:/x/y.csv", "/mnt/d/x/y.csv"),
            ("file:///C:/Users/Taro/%E3%83%91%E3%82%B9.csv", "/mnt/c/Users/Taro/パス.csv"),
            ("\\\\wsl.localhost\\Ubuntu\\home\\hana\\a.csv", "/home/hana/a.csv"),
            ("\\\\wsl$\\Ubuntu\\home\\hana\\a.csv", "/home/hana/a.csv"),
            ("file://wsl.localhost/Ubuntu/home/hana/a.csv", "/home/hana/a.csv"),
            ("\\\\server\\share\\a.csv", "\\\\server\\share\\a.csv"),
        ] {
            assert_eq!(unquote(pasted, true), path, "{pasted}");
        }
        assert_eq!(unquote("C:\\Users\\a b.csv", false), "C:\\Users\\a b.csv");
    }

    proptest! {
        #[test]
        fn any_paste_is_read_without_a_panic(text in "\\PC{0,60}", wsl: bool) {
            unquote(&text, wsl);
        }

        #[test]
        fn what_a_shell_quotes_comes_back(name in "/[a-zA-Z あ'\"$\\\\()]{0,20}x") {
            let quoted = format!("'{}' ", name.replace('\'', "'\\''"));
            prop_assert_eq!(unquote(&quoted, false), name.clone());
            let escaped: String = name.chars().flat_map(|c| match c {
                '/' | 'a'..='z' | 'A'..='Z' | 'あ' => vec![c],
                other => vec!['\\', other],
            }).collect();
            prop_assert_eq!(unquote(&escaped, false), name);
        }
    }
}
