//! `guide`: what to do when an account was taken over, without any vault.

use clap::ArgMatches;

use super::{Cli, option};
use crate::error::Report;
use crate::ops::incident::Topic;
use crate::text::guide;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let lang = cli.lang;
    let topics = match option(matches, "topic").and_then(Topic::from_word) {
        Some(topic) => vec![topic],
        None => {
            for line in guide::first(lang) {
                cli.out.line(line);
            }
            cli.out.line(guide::faked(lang));
            Topic::ALL.to_vec()
        }
    };
    let several = topics.len() > 1;
    for topic in topics {
        if several {
            cli.out.put(b"\n");
        }
        cli.out.line(&format!("{} ({})", guide::title(topic, lang), topic.word()));
        for item in guide::items(topic) {
            cli.out.line(&format!("  [ ] {}", item.text(lang)));
            cli.out.line(&format!("      {}", item.source));
        }
    }
    Ok(())
}
