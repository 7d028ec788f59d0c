//! What follows the first run once the vault is on the disk: the accounts that were typed are put
//! in, and the page that was wished for opens.

use super::{Account, Begun, Wish};
use crate::crypto::entropy::EntropyError;
use crate::model::{Kind, Tag};
use crate::ops::change::Change;
use crate::ops::edit::EntryEdit;
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::page::cliptest::ClipTest;
use crate::tui::page::import::Import;
use crate::tui::page::slots::wizard::{Goal, Wizard};
use crate::tui::page::{self, taken};
use crate::tui::screen::vault::{Open, copy};

/// Goes on with what was wished for.
pub fn go_on(
    open: &mut Open,
    Begun { wish, accounts, file }: Begun,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) {
    let changes: Vec<Change> =
        accounts.iter().filter_map(|account| entry(open, account, shell).ok().flatten()).collect();
    let none = changes.is_empty();
    if !none {
        copy::apply(open, &Change::Many(changes), shell, out);
    }
    // - offered, and left with Esc; where it is known already nobody is asked again
    let known = shell.memory.copies.iter().any(|(name, _)| *name == shell.terminal);
    let test = !shell.terminal.is_empty() && !known;
    if wish == Wish::Taken {
        open.pages.push(Box::new(taken::Taken::default()));
    }
    let test = (test && wish == Wish::Create).then(|| ClipTest::new(open, shell, out));
    // - who was broken into has other things to do first; `health` reminds him
    if matches!(wish, Wish::Create | Wish::Import) {
        open.pages.push(Box::new(Wizard::new(Goal::AddCode(true), open, shell)));
    }
    // - before the kit: its copy is cleared while a code is being written down
    if let Some(page) = test {
        open.pages.push(Box::new(page));
    }
    if let Some(file) = file.filter(|_| wish == Wish::Import) {
        let page = Import::of(file, open);
        open.pages.push(Box::new(page));
    } else if wish == Wish::Import || wish == Wish::Taken && none {
        let page = page::of(Command::Import, open, shell, out);
        open.pages.extend(page);
    }
}

fn entry(open: &Open, account: &Account, shell: &mut Shell) -> Result<Option<Change>, EntropyError> {
    let mut sealer = open.contents.session().sealer(&mut *shell.entropy);
    let mut edit = EntryEdit::new(&mut sealer, kind(account), shell.now.wall_ms)?;
    edit.text(Tag::TITLE, &account.title);
    edit.text(Tag::USERNAME, &account.user);
    if !account.password.is_empty() {
        edit.secret(Tag::PASSWORD, account.password.expose().as_bytes())?;
    }
    Ok(edit.finish())
}

/// A mailbox where its name says so: those come first.
fn kind(account: &Account) -> Kind {
    let title = account.title.to_lowercase();
    let mail = ["mail", "メール", "outlook", "icloud"].iter().any(|word| title.contains(word));
    if mail || title.contains('@') { Kind::Mailbox } else { Kind::Login }
}
