//! THE TABLE: every thing a person can ask for, with its id, scope, group, keys and the reason why
//! it may be refused. Keymap, palette, `?` help, footer hints, `mamori keys` and the README table
//! are projections of it; nothing is bound elsewhere. Titles come from the catalog by exhaustive
//! match, so there is no prose here.

mod check;

use crate::text::{KeyRow, Lang};
use crate::tui::app::App;
use crate::tui::key::{label_sequence, parse_sequence};

/// Where keys act. Which scopes are in force is [`App::scopes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everywhere, text fields too.
    Anywhere,
    /// Wherever no text field has the focus.
    Browse,
    /// An entry is selected: list, detail and whatever shows entries.
    Entry,
    /// Any text field.
    Field,
    /// The search field over the list.
    Search,
    /// A form of several fields.
    Form,
    /// The unlock screen.
    Unlock,
    /// A list of choices in front of the screen.
    Choice,
    /// The trash.
    Trash,
    /// A folder or a tag is selected: the sidebar and the lists of all of them.
    Filing,
    /// The generator.
    Generator,
    /// Where findings or steps are worked through.
    Health,
}

impl Scope {
    /// All of them.
    pub const ALL: [Scope; 12] = [
        Scope::Anywhere,
        Scope::Browse,
        Scope::Entry,
        Scope::Field,
        Scope::Search,
        Scope::Form,
        Scope::Unlock,
        Scope::Choice,
        Scope::Trash,
        Scope::Filing,
        Scope::Generator,
        Scope::Health,
    ];

    /// The scopes that are in force together somewhere; a key means one thing in each row.
    pub const TOGETHER: &'static [&'static [Scope]] = &[
        &[Scope::Entry, Scope::Browse, Scope::Anywhere],
        &[Scope::Trash, Scope::Entry, Scope::Browse, Scope::Anywhere],
        &[Scope::Filing, Scope::Browse, Scope::Anywhere],
        &[Scope::Generator, Scope::Browse, Scope::Anywhere],
        &[Scope::Health, Scope::Entry, Scope::Browse, Scope::Anywhere],
        &[Scope::Search, Scope::Field, Scope::Anywhere],
        &[Scope::Form, Scope::Field, Scope::Anywhere],
        &[Scope::Unlock, Scope::Field, Scope::Anywhere],
        &[Scope::Choice, Scope::Anywhere],
        &[Scope::Choice, Scope::Field, Scope::Anywhere],
    ];

    /// Its keys are letters as well: no field has the focus.
    pub fn is_outside_fields(self) -> bool {
        matches!(
            self,
            Scope::Browse | Scope::Entry | Scope::Trash | Scope::Filing | Scope::Generator | Scope::Health
        )
    }

    /// True when keys of both may be meant at the same time.
    pub fn overlaps(self, other: Scope) -> bool {
        self == other || Scope::TOGETHER.iter().any(|row| row.contains(&self) && row.contains(&other))
    }
}

/// How the help groups commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// Getting about.
    Move,
    /// The selected entry.
    Entry,
    /// Copying.
    Copy,
    /// The program as a whole.
    Program,
    /// Typing.
    Typing,
}

impl Group {
    /// All of them, in the order of the help.
    pub const ALL: [Group; 5] = [Group::Copy, Group::Entry, Group::Move, Group::Program, Group::Typing];
}

/// Why a command cannot be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unavailable {
    /// The vault is locked.
    Locked,
    /// No entry is selected.
    NoEntry,
    /// No folder or tag is selected.
    NoName,
    /// Several are marked, and it means one.
    Several,
    /// The entry has no password.
    NoPassword,
    /// The entry has no user name.
    NoUser,
    /// The entry has no one-time code.
    NoCode,
    /// The entry has no address.
    NoAddress,
    /// The entry has no notes.
    NoNotes,
    /// The entry has no field of that number.
    NoField,
    /// The focused row is no secret.
    NoSecret,
    /// The entry has no staged change.
    NoStaged,
    /// Nothing was copied that is still there.
    NothingCopied,
    /// Nothing is searched for.
    NoSearch,
    /// There is nothing to undo.
    NothingToUndo,
    /// There is nothing to redo.
    NothingToRedo,
    /// A newer mamori wrote this vault; this one only reads it.
    ReadOnly,
    /// No health check has looked yet.
    NotChecked,
    /// This is no tmux.
    NoTmux,
    /// It makes no sense on this screen.
    NotHere,
    /// The check found nothing.
    NoFinding,
    /// The row has no branch to open or close.
    NoBranch,
    /// It leads to where one is.
    Already,
    /// Its key acts elsewhere: where this is in force.
    Elsewhere(Scope),
}

impl Unavailable {
    /// Every reason.
    pub fn all() -> Vec<Unavailable> {
        use Unavailable as U;
        let mut all = vec![U::Locked, U::NoEntry, U::NoName, U::Several, U::NoPassword, U::NoUser, U::NoCode];
        all.extend([U::NoAddress, U::NoNotes, U::NoField, U::NoSecret, U::NoStaged, U::NothingCopied]);
        all.extend([
            U::NoSearch,
            U::NothingToUndo,
            U::NothingToRedo,
            U::ReadOnly,
            U::NotChecked,
            U::NotHere,
            U::Already,
            U::NoBranch,
            U::NoFinding,
        ]);
        all.extend(Scope::ALL.map(U::Elsewhere));
        all
    }
}

/// One row of the table.
#[derive(Debug)]
pub struct Spec {
    /// The command.
    pub command: Command,
    /// Its name in the configuration file and the palette, in kebab-case.
    pub id: &'static str,
    /// Where its keys act.
    pub scope: Scope,
    /// Where the help shows it.
    pub group: Group,
    /// Its keys as shipped, in the notation of [`crate::tui::key`].
    pub keys: &'static [&'static str],
    /// Whether it can be done now, and why not.
    pub check: fn(&App) -> Result<(), Unavailable>,
}

macro_rules! commands {
    ($($(#[doc = $doc:literal])* $command:ident $id:literal $scope:ident $group:ident [$($key:literal)*] $check:ident;)*) => {
        /// What a person can ask for. A row of the table, without any payload.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Command { $($(#[doc = $doc])* $command,)* }

        /// The table.
        pub const TABLE: &[Spec] = &[$(Spec {
            command: Command::$command, id: $id, scope: Scope::$scope, group: Group::$group, keys: &[$($key),*], check: check::$check,
        },)*];
    };
}

commands! {
    // - the order inside a group is the order of the help
    /// Copy the password.
    CopyPassword "copy-password" Entry Copy ["p" "y y" "y p"] password;
    /// Copy the new password of a staged change.
    CopyStaged "copy-new-password" Entry Copy ["P" "y P"] staged;
    /// Copy the user name.
    CopyUser "copy-user" Entry Copy ["u" "y u"] user;
    /// Copy the one-time code.
    CopyCode "copy-code" Entry Copy ["t" "y t"] code;
    /// Open the address, or copy it where nothing can open it.
    CopyAddress "copy-address" Entry Copy ["o" "y o"] address;
    /// Copy user name, password and code in turn.
    CopyInTurn "copy-in-turn" Entry Copy ["b"] entry;
    /// Type a secret into another pane of tmux.
    Send "send-to-pane" Entry Copy ["s"] pane;
    /// Copy the notes.
    CopyNotes "copy-notes" Entry Copy ["y n"] notes;
    /// Copy field 1.
    CopyField1 "copy-field-1" Entry Copy ["y 1"] field1;
    /// Copy field 2.
    CopyField2 "copy-field-2" Entry Copy ["y 2"] field2;
    /// Copy field 3.
    CopyField3 "copy-field-3" Entry Copy ["y 3"] field3;
    /// Copy field 4.
    CopyField4 "copy-field-4" Entry Copy ["y 4"] field4;
    /// Copy field 5.
    CopyField5 "copy-field-5" Entry Copy ["y 5"] field5;
    /// Copy field 6.
    CopyField6 "copy-field-6" Entry Copy ["y 6"] field6;
    /// Copy field 7.
    CopyField7 "copy-field-7" Entry Copy ["y 7"] field7;
    /// Copy field 8.
    CopyField8 "copy-field-8" Entry Copy ["y 8"] field8;
    /// Copy field 9.
    CopyField9 "copy-field-9" Entry Copy ["y 9"] field9;
    /// Show a secret as a QR code.
    CopyQr "show-qr" Entry Copy ["y q"] reveal;
    /// Clear the clipboard now.
    ClearClipboard "clear-clipboard" Browse Copy ["x"] copied;

    /// Open the entry, or do what the focused row says.
    Open "open" Browse Entry ["enter"] open;
    /// Show or hide a secret.
    Reveal "reveal" Entry Entry ["v"] reveal;
    /// Spell a secret out, one character at a time.
    Spell "spell" Entry Entry ["V"] reveal;
    /// Edit the entry.
    Edit "edit" Entry Entry ["e"] change_entry;
    /// A new entry.
    New "new" Browse Entry ["n"] change_vault;
    /// A mailbox for each address of a list.
    AddMailboxes "add-mailboxes" Browse Entry [] change_vault;
    /// Another mail address in place of one, in every entry that uses it.
    Readdress "replace-address" Browse Entry [] change_vault;
    /// Make another entry like this one.
    Clone "clone" Entry Entry ["C"] change_entry;
    /// Change the password; the old one stays until the new one is confirmed.
    Change "change-password" Entry Entry ["c"] change_marked;
    /// Move to another folder.
    Move "move" Entry Entry ["m"] change_marked;
    /// Give tags, or take them.
    Tags "tags" Entry Entry ["#"] change_marked;
    /// Mark as favourite, or no longer.
    Favourite "favourite" Entry Entry ["*"] change_marked;
    /// Move the entry to the trash.
    Trash "trash" Entry Entry ["d"] change_marked;
    /// The account is closed: keep the entry, out of the way; or no longer.
    Archive "archive" Entry Entry [] change_marked;
    /// What falls if this account falls.
    Falls "what-falls" Entry Entry ["f"] entry;
    /// Earlier revisions of the entry.
    History "history" Entry Entry ["H"] entry;
    /// Mark the row, or no longer.
    Mark "mark" Browse Entry ["space"] open;
    /// Mark all rows that are shown, or none.
    MarkAll "mark-all" Browse Entry ["a"] open;
    /// Take an entry out of the trash, or bring a revision back.
    Restore "restore" Trash Entry [] change_entry;
    /// Delete for ever.
    DeleteForever "delete-for-ever" Trash Entry ["D"] change_entry;
    /// This account was broken into: opens a plan.
    BrokenInto "broken-into" Entry Entry ["!"] change_entry;
    /// Leave a step of a plan out, with a reason.
    SkipStep "skip-step" Health Entry ["-"] plan;
    /// Leave a finding alone, or no longer.
    Ignore "ignore" Health Entry ["i"] health;
    /// Give the folder or tag another name.
    Rename "rename" Filing Entry ["e"] name;
    /// Put the folder into another one; make the tag one with another.
    PutInto "put-into" Filing Entry ["m"] names;
    /// Make the folder or tag one with another.
    MergeInto "merge-into" Filing Entry [] names;
    /// Take the folder or tag away; its entries stay.
    Dissolve "dissolve" Filing Entry ["d"] names;
    /// A new folder.
    NewFolder "new-folder" Browse Entry [] change_vault;
    /// Undo the last change.
    Undo "undo" Browse Entry ["z"] undo;
    /// Redo what was undone.
    Redo "redo" Browse Entry ["Z"] redo;

    /// Search in this list.
    Search "search" Browse Move ["/"] open;
    /// Sort orders.
    Sort "sort" Browse Move ["S"] open;
    /// Keep this search under a name.
    SaveSearch "save-search" Browse Move [] search;
    /// Recent and kept searches.
    Searches "searches" Browse Move [] open;
    /// The next difference or step.
    NextFound "next-found" Browse Move ["]"] steps;
    /// The difference or step before.
    PreviousFound "previous-found" Browse Move ["["] steps;
    /// One row down.
    Down "down" Browse Move ["j" "down"] always;
    /// One row up.
    Up "up" Browse Move ["k" "up"] always;
    /// The pane to the left.
    Left "left" Browse Move ["h" "left"] open;
    /// The pane to the right.
    Right "right" Browse Move ["l" "right"] open;
    /// The first row.
    First "first" Browse Move ["home" "g g"] always;
    /// The last row.
    Last "last" Browse Move ["end" "G"] always;
    /// Half a page down.
    HalfDown "half-page-down" Browse Move ["ctrl+d"] always;
    /// Half a page up.
    HalfUp "half-page-up" Browse Move ["ctrl+u"] always;
    /// A page down.
    PageDown "page-down" Browse Move ["pgdn"] always;
    /// A page up.
    PageUp "page-up" Browse Move ["pgup"] always;
    /// Scroll the detail down from the list.
    DetailDown "detail-down" Browse Move ["J"] open;
    /// Scroll the detail up from the list.
    DetailUp "detail-up" Browse Move ["K"] open;
    /// The next pane or field.
    Next "next" Anywhere Move ["tab"] always;
    /// The previous pane or field.
    Previous "previous" Anywhere Move ["shift+tab"] always;
    /// One step back; cancels what runs.
    Back "back" Anywhere Move ["esc"] always;

    /// The keys of this screen.
    Help "help" Anywhere Program ["f1"] always;
    /// The same as help, outside fields.
    HelpHere "help-here" Browse Program ["?"] always;
    /// All commands by name.
    Palette "palette" Browse Program [":" "ctrl+p"] always;
    /// The password generator; in it, another one.
    Generator "generator" Browse Program ["r"] open;
    /// Copy what was generated.
    CopyGenerated "copy-generated" Generator Program ["p"] open;
    /// Random characters.
    TypeRandom "type-random" Generator Program ["1"] open;
    /// Words.
    TypeWords "type-words" Generator Program ["2"] open;
    /// Digits.
    TypePin "type-pin" Generator Program ["3"] open;
    /// Pronounceable.
    TypePronounceable "type-pronounceable" Generator Program ["4"] open;
    /// Plans for taken-over accounts.
    GoIncidents "incidents" Browse Program ["g i"] open;
    /// What is wrong with the passwords, and what to do about it.
    GoHealth "health" Browse Program ["g h"] open;
    /// Passwords whose change is due.
    GoDue "due" Browse Program ["g d"] checked;
    /// Write the report to a file, without any secret.
    WriteReport "write-report" Health Program ["w"] report;
    /// Links between accounts that the entries tell, to be set.
    GoLinks "proposed-links" Browse Program ["g l"] open;
    /// All one-time codes.
    GoCodes "codes" Browse Program ["g t"] open;
    /// The trash.
    GoTrash "go-trash" Browse Program ["g b"] open;
    /// All folders.
    GoFolders "folders" Browse Program [] open;
    /// All tags.
    GoTags "all-tags" Browse Program [] open;
    /// Other vaults.
    GoVaults "vaults" Browse Program ["g v"] open;
    /// Settings.
    GoSettings "settings" Browse Program ["g s"] open;
    /// The ways to open the vault.
    GoSlots "ways-to-open" Browse Program [] open;
    /// Another master password.
    ChangeMaster "change-master-password" Browse Program [] change_vault;
    /// A recovery kit.
    NewKit "recovery-kit" Browse Program [] change_vault;
    /// About this program.
    GoAbout "about" Browse Program ["g a"] open;
    /// Bring entries over from another program.
    Import "import" Browse Program [] change_vault;
    /// An account was taken over: what to do first, and a plan for it.
    GoTaken "taken-over" Browse Program [] open;
    /// Write entries to a file.
    Export "export" Browse Program [] open;
    /// Backups: what each holds, and the way back to one.
    Backups "backups" Browse Program [] open;
    /// Join another copy of this vault.
    Merge "merge" Browse Program [] change_vault;
    /// Copy a word and paste it back, to see whether copies arrive.
    ClipboardTest "clipboard-test" Browse Program [] open;
    /// Japanese or English.
    Language "language" Anywhere Program ["f2"] always;
    /// Read the vault again.
    Reload "reload" Anywhere Program ["f5"] open;
    /// The same as reload, outside fields.
    ReloadHere "reload-here" Browse Program ["R"] open;
    /// The messages of this session.
    Messages "messages" Browse Program ["g m"] always;
    /// Lock now.
    Lock "lock" Anywhere Program ["f9"] lockable;
    /// The same as lock, outside fields.
    LockHere "lock-here" Browse Program ["L"] lockable;
    /// Clear the clipboard, lock and blank the screen.
    Panic "panic" Anywhere Program ["ctrl+\\"] always;
    /// Draw the screen anew.
    Redraw "redraw" Anywhere Program ["ctrl+l"] always;
    /// Leave the screen until `fg`.
    Suspend "suspend" Browse Program ["ctrl+z"] always;
    /// Cancel or close; twice within a second: quit.
    Cancel "cancel" Anywhere Program ["ctrl+c"] always;
    /// Back; on the first screen quit.
    Leave "leave" Browse Program ["q"] always;
    /// Quit.
    Quit "quit" Browse Program [] always;

    /// Unlock.
    Unlock "unlock" Unlock Typing ["enter"] locked;
    /// The recovery code, or the password again.
    OtherWay "recovery-code" Unlock Typing ["f4"] locked;
    /// To the row of the key file.
    UnlockDown "to-key-file" Unlock Typing ["down"] locked;
    /// Back to the password.
    UnlockUp "to-password" Unlock Typing ["up"] locked;
    /// The next field of a form; at the last one, go on.
    Accept "accept" Form Typing ["enter"] always;
    /// The next field of a form.
    FormDown "form-down" Form Typing ["down"] always;
    /// The previous field of a form.
    FormUp "form-up" Form Typing ["up"] always;
    /// Go on, or save.
    Save "save" Form Typing ["ctrl+s"] always;
    /// Generate this password.
    Generate "generate" Form Typing ["ctrl+r"] always;
    /// Undo typing.
    UndoTyping "undo-typing" Form Typing ["ctrl+z"] always;
    /// Keep the search and go to the list.
    KeepSearch "keep-search" Search Typing ["enter"] always;
    /// The next hit.
    HitDown "hit-down" Search Typing ["down" "ctrl+n"] always;
    /// The previous hit.
    HitUp "hit-up" Search Typing ["up" "ctrl+p"] always;
    /// Copy the password of the marked hit.
    CopyHit "copy-hit" Search Typing ["ctrl+y"] password;
    /// Take the marked choice.
    Choose "choose" Choice Typing ["enter"] always;
    /// The next choice.
    ChoiceDown "choice-down" Choice Typing ["down"] always;
    /// The previous choice.
    ChoiceUp "choice-up" Choice Typing ["up"] always;
    /// A page of choices down.
    ChoicePageDown "choice-page-down" Choice Typing ["pgdn"] always;
    /// A page of choices up.
    ChoicePageUp "choice-page-up" Choice Typing ["pgup"] always;
    /// Show or hide what is typed.
    ShowTyped "show-typed" Field Typing ["f3"] always;
    /// Erase to the left.
    Erase "erase" Field Typing ["backspace" "ctrl+h"] always;
    /// Erase to the right.
    EraseRight "erase-right" Field Typing ["delete"] always;
    /// Erase the word to the left.
    EraseWord "erase-word" Field Typing ["ctrl+w"] always;
    /// Erase everything to the left.
    EraseLeft "erase-to-start" Field Typing ["ctrl+u"] always;
    /// Erase everything to the right.
    EraseToEnd "erase-to-end" Field Typing ["ctrl+k"] always;
    /// The caret one character left.
    CaretLeft "caret-left" Field Typing ["left"] always;
    /// The caret one character right.
    CaretRight "caret-right" Field Typing ["right"] always;
    /// The caret to the start.
    CaretHome "caret-home" Field Typing ["home"] always;
    /// The caret to the end.
    CaretEnd "caret-end" Field Typing ["end" "ctrl+e"] always;
}

impl Command {
    /// It goes from row to row or from pane to pane: where there is no further one it says nothing.
    pub fn is_move(self) -> bool {
        use Command as C;
        matches!(
            self,
            C::Down | C::Up | C::Left | C::Right | C::First | C::Last | C::HalfDown | C::HalfUp | C::PageDown
        ) || matches!(self, C::PageUp | C::DetailDown | C::DetailUp | C::Next | C::Previous | C::Back)
    }

    /// Its row of the table.
    pub fn spec(self) -> &'static Spec {
        TABLE.iter().find(|spec| spec.command == self).expect("every command is made by a row of the table")
    }

    /// The number of the field that this command copies, from 0.
    pub fn field_number(self) -> Option<usize> {
        use Command as C;
        [C::CopyField1, C::CopyField2, C::CopyField3, C::CopyField4, C::CopyField5]
            .iter()
            .chain(&[C::CopyField6, C::CopyField7, C::CopyField8, C::CopyField9])
            .position(|command| *command == self)
    }
}

/// The table as the command line prints it, in one language and with the keys as shipped.
pub fn table(lang: Lang) -> Vec<KeyRow> {
    let text = crate::text::catalog(lang).tui;
    TABLE
        .iter()
        .map(|spec| KeyRow {
            id: spec.id,
            scope: (text.scope)(spec.scope),
            group: (text.group)(spec.group),
            keys: spec
                .keys
                .iter()
                .filter_map(|keys| parse_sequence(keys))
                .map(|keys| label_sequence(&keys))
                .collect(),
            bound: spec.keys.iter().map(|keys| (*keys).to_owned()).collect(),
            title: (text.command)(spec.command),
        })
        .collect()
}

#[cfg(test)]
mod tests;
