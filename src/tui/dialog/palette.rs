//! All commands by name, in both languages and in romaji; those used last stand first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Asked, counted, window};
use crate::ops::search::fold::{fold, query_skeleton, skeleton};
use crate::text::{Lang, catalog};
use crate::tui::app::App;
use crate::tui::command::{Command, Scope, TABLE};
use crate::tui::event::Input;
use crate::tui::screen::vault::list::field;
use crate::tui::screen::{Cursor, window as parts};
use crate::tui::theme::Name;
use crate::tui::widget::field::Field;
use crate::tui::widget::text::{fill, fit, put};

/// How many commands are remembered as used last.
pub const RECENT_MOST: usize = 6;

/// Words that fingers know from elsewhere.
const WORDS: &[(&str, Command)] = &[
    ("q", Command::Quit),
    ("q!", Command::Quit),
    ("x", Command::Quit),
    ("wq", Command::Quit),
    ("exit", Command::Quit),
    ("w", Command::Reload),
    ("e", Command::Edit),
    ("u", Command::Undo),
    ("h", Command::Help),
    ("set", Command::GoSettings),
    ("config", Command::GoSettings),
    ("delete", Command::Trash),
    ("otp", Command::CopyCode),
    ("totp", Command::CopyCode),
];

/// Readings of titles whose kanji nobody spells here, in romaji.
const READINGS: &[(Command, &str)] = &[
    (Command::Edit, "henshuu"),
    (Command::New, "shinki"),
    (Command::Clone, "fukusei"),
    (Command::Change, "henkou"),
    (Command::Move, "idou"),
    (Command::Trash, "gomibako sakujo"),
    (Command::GoTrash, "gomibako"),
    (Command::History, "rireki"),
    (Command::Search, "kensaku"),
    (Command::Sort, "narabe"),
    (Command::Undo, "modosu"),
    (Command::Redo, "yarinaosu"),
    (Command::Reveal, "hyouji"),
    (Command::Generator, "seisei"),
    (Command::GoVaults, "hokanko"),
    (Command::GoSettings, "settei"),
    (Command::Import, "torikomi"),
    (Command::Export, "kakidashi"),
    (Command::Language, "gengo nihongo eigo"),
    (Command::ClearClipboard, "shoukyo"),
    (Command::Quit, "shuuryou owaru"),
    (Command::GoTaken, "nottori nottorareta"),
    (Command::Messages, "oshirase"),
    (Command::Restore, "fukugen"),
    (Command::DeleteForever, "kanzen sakujo"),
    (Command::Favourite, "okiniiri"),
    (Command::MarkAll, "shirushi zenbu"),
    (Command::Mark, "shirushi"),
    (Command::ClipboardTest, "kakunin"),
    (Command::Archive, "kaiyaku"),
];

/// Cells of the keys at the right.
const KEYS: u16 = 11;

/// The window.
#[derive(Debug, Default)]
pub struct Palette {
    /// What is typed.
    field: Field,
    /// Which line.
    cursor: usize,
}

/// How well a command fits: the less the better; none when it does not.
fn fits(words: &[String], names: &[String], fuzzy: bool) -> Option<usize> {
    let mut sum = 0;
    for word in words {
        let of_name = |name: &String| -> Option<usize> {
            if name.starts_with(word.as_str()) {
                return Some(0);
            }
            let starts =
                name.split(|c: char| !c.is_alphanumeric()).any(|part| part.starts_with(word.as_str()));
            if starts {
                return Some(1);
            }
            if name.contains(word.as_str()) {
                return Some(2);
            }
            (fuzzy && scattered(word, name)).then_some(3)
        };
        sum += names.iter().filter_map(of_name).min()?;
    }
    Some(sum)
}

/// The letters of `word` come in this order in `name`.
fn scattered(word: &str, name: &str) -> bool {
    let mut rest = name.chars();
    word.chars().all(|c| rest.any(|other| other == c))
}

impl Palette {
    /// The commands that fit what is typed, best first; without anything typed those used last and
    /// then the table.
    pub fn hits(&self, app: &App) -> Vec<Command> {
        let typed = fold(self.field.text().trim().trim_start_matches([':', '：']).trim());
        if let Some((_, command)) = WORDS.iter().find(|(word, _)| *word == typed) {
            return vec![*command];
        }
        let below = app.scopes_below();
        let offered: Vec<Command> = TABLE
            .iter()
            .filter(|spec| {
                !matches!(
                    spec.command,
                    Command::HelpHere | Command::ReloadHere | Command::LockHere | Command::Palette
                )
            })
            .filter(|spec| {
                matches!(spec.scope, Scope::Entry | Scope::Browse | Scope::Anywhere)
                    || below.contains(&spec.scope)
            })
            // - fields that this entry has not got are no choice
            .filter(|spec| spec.command.field_number().is_none() || (spec.check)(app).is_ok())
            .map(|spec| spec.command)
            .collect();
        let recent = |command: &Command| {
            app.shell.recent.iter().position(|used| used == command).unwrap_or(usize::MAX)
        };
        if typed.is_empty() {
            let mut all = offered;
            all.sort_by_key(recent);
            return all;
        }
        let words: Vec<String> = typed.split_whitespace().map(str::to_owned).collect();
        // - one letter that is left of a word sounds like everything
        let sounds: Vec<String> = words.iter().map(|word| query_skeleton(word)).collect();
        let sounding = sounds.iter().all(|sound| sound.len() > 1);
        for fuzzy in [false, true] {
            let mut found: Vec<(usize, usize, Command)> = offered
                .iter()
                .filter_map(|command| {
                    let titles = [Lang::En, Lang::Ja].map(|lang| fold((catalog(lang).tui.command)(*command)));
                    let sound = skeleton(&titles[1]);
                    let mut names = vec![command.spec().id.to_owned()];
                    names.extend(titles);
                    let read = READINGS.iter().filter(|(one, _)| one == command);
                    names.extend(read.clone().map(|(_, reading)| (*reading).to_owned()));
                    let spelt = fits(&words, &names, fuzzy);
                    // - typed in kana, too
                    let mut spoken = vec![sound];
                    spoken.extend(read.map(|(_, reading)| skeleton(reading)));
                    let spoken = fits(&sounds, &spoken, false).filter(|_| sounding).map(|rank| rank + 1);
                    let rank = spelt.into_iter().chain(spoken).min()?;
                    Some((rank, recent(command), *command))
                })
                .collect();
            if !found.is_empty() {
                found.sort_by_key(|(rank, recent, _)| (*rank, *recent));
                return found.into_iter().map(|(_, _, command)| command).collect();
            }
        }
        Vec::new()
    }

    pub(super) fn update(&mut self, input: Input<'_>, app: &App) -> Asked {
        let command = match input {
            Input::Char(c) => {
                self.field.type_char(c);
                self.cursor = 0;
                return Asked::Stay;
            }
            Input::Paste(bytes) => {
                self.field.paste(bytes);
                self.cursor = 0;
                return Asked::Stay;
            }
            Input::Command(command) => command,
        };
        let hits = self.hits(app);
        let page = usize::from(parts(&app.shell).body.height.min(18).saturating_sub(4)).max(1);
        self.cursor = match command {
            Command::ChoiceDown | Command::Next => self.cursor + 1,
            Command::ChoiceUp | Command::Previous => self.cursor.saturating_sub(1),
            Command::ChoicePageDown => self.cursor + page,
            Command::ChoicePageUp => self.cursor.saturating_sub(page),
            Command::Choose => return hits.get(self.cursor).map_or(Asked::Stay, |hit| Asked::Run(*hit)),
            Command::Back | Command::Cancel => return Asked::Close,
            other => {
                if self.field.edit(other) {
                    self.cursor = 0;
                }
                self.cursor
            }
        }
        .min(hits.len().saturating_sub(1));
        Asked::Stay
    }

    pub(super) fn view(&self, app: &App, area: Rect, buf: &mut Buffer) -> Cursor {
        let shell = &app.shell;
        let (text, theme) = (shell.catalog().tui, &shell.theme);
        let hits = self.hits(app);
        let room = usize::from(area.height.min(18).saturating_sub(4)).max(1);
        let cursor = self.cursor.min(hits.len().saturating_sub(1));
        let offset = cursor.saturating_sub(room - 1);
        let inner =
            window(buf, area, 68, 18, &counted(text.overlay.palette, offset, room, hits.len()), shell);
        put(buf, inner.x, inner.y, 2, ":", theme.style(Name::Key));
        let caret = field(&self.field, (inner.x + 2, inner.y), inner.width - 2, theme, buf);
        if hits.is_empty() {
            put(buf, inner.x, inner.y + 2, inner.width, text.overlay.no_command, theme.style(Name::Dim));
        }
        for (y, at) in (inner.y + 2..inner.bottom()).zip(offset..hits.len()) {
            let command = hits[at];
            let refused = (command.spec().check)(app).err();
            let selected = at == cursor;
            let name = match (selected, refused) {
                (true, _) => Name::Selected,
                (false, Some(_)) => Name::Dim,
                (false, None) => Name::Text,
            };
            let keys = shell.keymap.hint(command);
            let title = (text.command)(app.means(command).unwrap_or(command));
            // - why it cannot be done now, in the line above all
            if let Some(reason) = refused.filter(|_| selected) {
                let told = fit((text.unavailable)(reason), inner.width);
                put(buf, inner.x, inner.y + 1, inner.width, &told, theme.style(Name::Warn));
            }
            let cells = inner.width.saturating_sub(KEYS);
            let mark = if selected { "> " } else { "  " };
            put(buf, inner.x, y, cells, &fill(&format!("{mark}{title}"), cells), theme.style(name));
            let name = if selected { Name::Selected } else { Name::Key };
            put(buf, inner.x + cells, y, KEYS, &fill(&keys, KEYS), theme.style(name));
        }
        caret
    }
}
