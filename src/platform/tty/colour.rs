//! Which kinds of terminals have no colours. The terminfo database is not read: a name that is not
//! known here stands for a terminal of today, and they all have the sixteen.

/// Terminals of one colour, by name.
const ONE_COLOUR: &[&str] = &[
    "",
    "dumb",
    "unknown",
    "network",
    "dialup",
    "lpr",
    "printer",
    "ansi-m",
    "ansi-mono",
    "ansi-mini",
    "ansi77",
    "pcansi-m",
    "cons25-m",
    "cygwin-m",
    "eterm-mono",
    "sun",
    "sun-m",
    "screen.sun",
    "adm3",
    "adm3a",
    "adm5",
    "h19",
    "wy30",
    "wy50",
    "wy60",
    "wy100",
    "xterms",
    "xterm-vt220",
    "xterm-vt52",
    "xterm-old",
];

/// Beginnings of names: what follows is a size or a way to draw (`vt100-am`, `vt220-8bit`).
const FAMILIES: &[&str] =
    &["vt52", "vt1", "vt2", "vt3", "vt4", "vt50", "vt51", "tvi", "hp2", "ibm31", "wyse"];

/// A terminal of this kind (`TERM`) has colours.
pub fn has_colours(term: &str) -> bool {
    let name = term.to_ascii_lowercase();
    // - a multiplexer names what it stands for: `screen.vt100`
    let base = name.strip_prefix("screen.").unwrap_or(&name);
    let mono = base.ends_with("-m") || base.ends_with("-mono") || base.ends_with("-nocolor");
    !(mono || ONE_COLOUR.contains(&base) || FAMILIES.iter().any(|family| base.starts_with(family)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_terminals_get_no_colours_and_those_of_today_do() {
        for term in
            ["vt100", "vt102", "vt220-8bit", "VT320", "ansi-m", "xterm-mono", "screen.vt100", "dumb", ""]
        {
            assert!(!has_colours(term), "{term}");
        }
        for term in
            ["xterm", "xterm-256color", "linux", "tmux-256color", "screen", "foot", "ansi", "st-256color"]
        {
            assert!(has_colours(term), "{term}");
        }
    }
}
