//! `unlock`: the vault's key into the kernel's keyring for a while, so that commands and the
//! full-screen program need no password. It always asks for the password itself, also to stay
//! unlocked for longer.

use std::time::Duration;

use clap::ArgMatches;

use super::{Cli, flag, option};
use crate::error::{Ask, Report};
use crate::platform::keyring::{LONGEST, Reach};
use crate::text::words;

/// How long without `--for`.
const USUAL: Duration = Duration::from_secs(15 * 60);

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let time = match option(matches, "for_time") {
        Some(asked) => parse(asked).ok_or_else(|| Report::from(Ask::Time).about(asked))?,
        None => USUAL,
    };
    let reach = if flag(matches, "this_session") { Reach::Session } else { Reach::User };
    // Where no key can be kept, that is told before the password is typed.
    cli.ring().available(reach)?;
    let opened = cli.open_asking()?;
    let header = opened.open.header();
    cli.ring().keep(&header.vault, header.epoch, opened.open.key(), reach, time)?;
    let say = &cli.text.say;
    let span = words::span(cli.lang, time);
    cli.told(&match reach {
        Reach::User => (say.unlocked)(&span),
        Reach::Session => (say.unlocked_session)(&span),
    });
    Ok(())
}

/// `90s`, `15m`, `1h30m`, `2d`: 1 s to a week.
fn parse(text: &str) -> Option<Duration> {
    let mut all: u64 = 0;
    let mut number = String::new();
    for letter in text.chars() {
        let unit = match letter {
            '0'..='9' => {
                number.push(letter);
                continue;
            }
            's' => 1,
            'm' => 60,
            'h' => 60 * 60,
            'd' => 24 * 60 * 60,
            _ => return None,
        };
        let count = std::mem::take(&mut number).parse::<u64>().ok()?;
        all = all.checked_add(count.checked_mul(unit)?)?;
    }
    let time = Duration::from_secs(all);
    (number.is_empty() && !time.is_zero() && time <= LONGEST).then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_with_its_units() {
        let seconds = |text: &str| parse(text).map(|time| time.as_secs());
        assert_eq!((seconds("90s"), seconds("15m"), seconds("1h30m")), (Some(90), Some(900), Some(5400)));
        assert_eq!((seconds("7d"), seconds("168h")), (Some(604_800), Some(604_800)));
        for bad in ["", "15", "m", "0s", "1w", "8d", "-5m", "1.5h", "15 m", "99999999999999999999s", "1h30"] {
            assert_eq!(seconds(bad), None, "{bad:?}");
        }
    }
}
