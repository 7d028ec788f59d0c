//! Help of the command line in English.

use super::{Cmd, Commands, Help, Options};

/// Headings and closing lines.
pub const HELP: Help = Help {
    usage: "Usage",
    arguments: "Arguments",
    options: "Options",
    global: "Everywhere",
    examples: "Examples",
    more: "More, with examples: mamori COMMAND --help. Full screen: mamori",
    entries: "Entries",
    vault: "Vault",
    secrets: "Secrets",
    files: "In and out",
    other: "Other",
    reference: "ENTRY is an id, a whole path (folder/title; /title in no folder) or a title, exactly.\n\
        A field is ENTRY#FIELD: password (when none is named), new, username, url, urls, otp,\n\
        otp-uri, notes, title, folder, or a field of your own. %23 stands for a # in a name.",
    exits: "Exit codes: 0 done, 1 failed, 2 usage, 3 wrong password, 4 damaged, newer or not a vault,\n\
        5 no such or ambiguous entry, 6 vault busy or conflicting, 8 locked and nobody to ask,\n\
        130 interrupted.",
    environment: "Environment: MAMORI_VAULT, MAMORI_PASSWORD_FILE, MAMORI_PASSWORD_COMMAND, MAMORI_LANG.\n\
        Several secrets on standard input are lines in this order: master password, password of\n\
        the entry, one-time code key, secret fields in the order of their options.",
};

/// Commands.
pub const COMMANDS: Commands = Commands {
    top: Cmd {
        about: "mamori keeps passwords in one encrypted file",
        more: "Without a command it opens the vault full-screen.",
        examples: "mamori init\n  makes a new vault\nmamori import roboform.csv\n  brings everything over from RoboForm\nmamori\n  opens the vault full-screen",
    },
    open: Cmd {
        about: "open the vault full-screen",
        more: "With QUERY the list starts with what it finds.",
        examples: "mamori open bank\n  opens the list, narrowed to bank",
    },
    init: Cmd {
        about: "make a new vault",
        more: "The master password is asked for twice and cannot be recovered by anybody. The cost of\nguessing it is measured on this machine, so that it takes about a second here.",
        examples: "mamori init\n  in the usual place\nmamori --vault work.mamori init\n  in a file of your choice",
    },
    list: Cmd {
        about: "list entries, or those in which every word is found",
        more: "Looks at titles, user names, addresses, tags, folders, kinds and other names; kana are\nalso found by their romaji. No hit is no error. On a terminal a table; in a pipe lines of\npath, user name and id with tabs between them. 'search' is the same command.",
        examples: "mamori list\n  everything\nmamori list ginkou yokohama\n  what holds both words\nmamori list --json --folder work\n  for programs",
    },
    show: Cmd {
        about: "show an entry, secrets hidden",
        more: "A template holds {title} {username} {password} {url} {urls} {otp} {notes} {folder} {id}\nand {field:NAME}; a secret named there is revealed. {{ is a brace, \\n a new line.",
        examples: "mamori show xserver\n  everything but the secrets\nmamori show xserver --reveal\n  with the secrets\nmamori show db --format '{username}:{password}'\n  as you need it",
    },
    get: Cmd {
        about: "print one field, or copy it",
        more: "In a pipe the bytes are exact, with a line end behind them (-n leaves it out).",
        examples: "mamori get xserver\n  prints the password\nmamori get -c xserver\n  copies it and clears the clipboard after a while\nmamori get xserver#username\n  another field",
    },
    add: Cmd {
        about: "add an entry",
        more: "On a terminal the password is asked for. In a script it comes from --generate or\n--secret-stdin. Secrets are never arguments: other people's programs could see them.",
        examples: "mamori add 'WordPress blog' --username taro --url https://blog.example --generate\n  with a new random password\nprintf '%s\\n' \"$PW\" | mamori --password-file pw add db --secret-stdin\n  from a script\nmamori add Card --kind card --field holder='T Yamada' --secret-field number\n  asks for the number",
    },
    edit: Cmd {
        about: "change an entry",
        more: "--url, --tag, --alias, --field and --secret-field replace the whole list; --add-* and\n--drop-* change one. What is not named stays. Old values stay in the history.",
        examples: "mamori edit blog --generate\n  a new password, the old one in the history\nmamori edit blog --add-tag work --drop-url http://blog.example\n  one at a time\nmamori edit blog --unset otp\n  takes a field away",
    },
    mv: Cmd {
        about: "move an entry to a folder",
        more: "'' or / is outside of any folder.",
        examples: "mamori mv blog sites/wordpress\n  the folder is made when it is new",
    },
    clone: Cmd {
        about: "make a copy of an entry",
        more: "Takes everything along but the history, staged changes and links.",
        examples: "mamori clone mail --title 'mail 2'\n  under another title",
    },
    rm: Cmd {
        about: "put entries into the trash",
        more: "Nothing is lost: 'mamori restore' brings them back.",
        examples: "mamori rm old-blog\n  into the trash",
    },
    restore: Cmd {
        about: "take an entry out of the trash, or back to a revision",
        more: "Revisions are those of 'mamori history', by number or id.",
        examples: "mamori restore old-blog\n  out of the trash\nmamori restore blog --to 3\n  as it was at revision 3",
    },
    purge: Cmd {
        about: "delete entries for ever, with their history",
        more: "The entry vanishes from every copy of the vault that is merged with this one. It asks\nfirst; without a terminal it needs --yes.",
        examples: "mamori purge old-blog\n  one entry\nmamori purge --trash\n  empties the trash",
    },
    history: Cmd {
        about: "show earlier states of an entry",
        more: "Each line is one change. --reveal shows the passwords there were.",
        examples: "mamori history blog --reveal\n  with old passwords",
    },
    link: Cmd {
        about: "say how one entry depends on another",
        more: "RELATION is resets-through (a mailbox), controlled-by or hosted-on (a server), or\nregistered-at (a registrar).",
        examples: "mamori link blog resets-through mail\n  the blog's password is reset by mail",
    },
    generate: Cmd {
        about: "make passwords",
        more: "A recipe is random:20,upper>=1,digit>=2,no-symbol,symbols=-_.,exclude=xyz,no-similar,\nor words:5,sep=.,capital,digit, or pin:6, or pronounceable:12,capital,digit. Every password\nof a recipe is equally likely; the bits are exact.",
        examples: "mamori generate\n  20 characters of all classes\nmamori generate --words 5\n  five words\nmamori generate --rules 'random:16,no-symbol' --count 3\n  as a site wants it",
    },
    otp: Cmd {
        about: "print the one-time code of an entry",
        more: "A counter code (HOTP) moves its counter on and saves.",
        examples: "mamori otp github\n  the code of now\nmamori otp -c github\n  copies it",
    },
    passwd: Cmd {
        about: "change the master password",
        more: "Makes every key anew and seals everything again. Other ways to open the vault end and\nare named first. Backups from before keep the old password.",
        examples: "mamori passwd\n  asks for the old and twice for the new",
    },
    import: Cmd {
        about: "take in another product's export",
        more: "Reads RoboForm's CSV of every generation. Importing the same file again adds nothing. A\ndamaged file imports nothing and the line is named.",
        examples: "mamori import roboform.csv --dry-run\n  tells what would become what\nmamori import roboform.csv\n  does it",
    },
    export: Cmd {
        about: "write entries to a file",
        more: "A .mamori file is encrypted, with the master password or a password of its own. JSON is\nin clear: it needs --plain and the master password once more. - is standard output.",
        examples: "mamori export copy.mamori\n  encrypted\nmamori export all.json --format json --plain\n  readable by everybody",
    },
    merge: Cmd {
        about: "merge another copy of this vault",
        more: "Nothing is lost: where both sides changed a field, the later change holds and the other\nis in the history. The report names every such field.",
        examples: "mamori merge vault-laptop.mamori\n  joins the other copy into this vault",
    },
    backup: Cmd {
        about: "list backups, or restore one",
        more: "Backups are made on their own: at most one in ten minutes; the last 10, one a day for a\nweek, one a month for a year.",
        examples: "mamori backup list\n  the newest first\nmamori backup restore NAME\n  puts the vault back; the present state becomes a backup",
    },
    backup_list: Cmd {
        about: "list the backups of this vault, newest first",
        more: "Opens nothing and needs no password.",
        examples: "mamori backup list --json\n  for programs",
    },
    backup_restore: Cmd {
        about: "put the vault back to a backup",
        more: "The present state becomes a backup first, so this can be undone.",
        examples: "mamori backup restore NAME\n  NAME as 'mamori backup list' shows it",
    },
    keys: Cmd {
        about: "print the keys of the full-screen program",
        more: "",
        examples: "mamori keys\n  the one table of keys",
    },
    completions: Cmd {
        about: "print a completion script for a shell",
        more: "",
        examples: "mamori completions bash > ~/.local/share/bash-completion/completions/mamori\n  for bash\nmamori completions zsh > ~/.zfunc/_mamori\n  for zsh",
    },
};

/// Options and arguments.
pub const OPTIONS: Options = Options {
    vault: "the vault file (else MAMORI_VAULT, the settings, the usual place)",
    password_file: "read the master password from a file; - is the first line of stdin",
    password_command: "take the master password from a command's output (run by sh)",
    lang: "language: ja or en",
    color: "colours: auto, always or never",
    config: "settings file",
    yes: "answer yes to every question",
    quiet: "say only what was asked for",
    read_only: "refuse to change the vault",
    help: "help; --help has examples",
    version: "version",
    query: "words that must all be found",
    entry: "id, folder/title or title",
    entry_field: "entry, or entry and field",
    entries: "id, folder/title or title each",
    json: "as JSON, for programs",
    kdf: "cost of guessing: m=64MiB,t=3,p=4 (measured when not given)",
    all: "archived and trashed ones, too",
    trash: "only those in the trash",
    archived: "only archived ones",
    reveal: "show secrets in clear",
    template: "print by a template such as '{username} {password}'",
    copy: "copy instead of printing",
    no_wait: "do not wait to clear the clipboard",
    no_newline: "no line end behind the value",
    title: "title",
    new_title: "another title",
    kind: "kind of entry (see below)",
    username: "user name",
    url: "address (may be repeated)",
    folder: "folder, a path a/b",
    tag: "tag (may be repeated)",
    alias: "other name, searched (may be repeated)",
    reading: "reading in kana, searched",
    favourite: "mark as favourite",
    no_favourite: "take the mark away",
    field: "field of your own (may be repeated)",
    secret_field: "secret field; its value is asked for, or a line of stdin",
    generate: "a new random password, by a recipe",
    secret_stdin: "the password is a line of stdin",
    otp_stdin: "the one-time code key is a line of stdin",
    notes_stdin: "the notes are the rest of stdin",
    add_url: "add an address",
    drop_url: "take an address away",
    add_tag: "add a tag",
    drop_tag: "take a tag away",
    add_field: "set or add a field",
    add_secret_field: "set or add a secret field",
    drop_field: "take a field away",
    unset: "take away: username, password, otp, notes, folder, reading, or a field",
    target_folder: "folder, a path a/b",
    revision: "revision, by number or id",
    purge_trash: "everything in the trash",
    relation: "resets-through, controlled-by, hosted-on, registered-at",
    link_target: "the entry it depends on",
    length: "characters",
    words: "words of the EFF list",
    pin: "digits only",
    pronounceable: "letters that can be spoken",
    rules: "a recipe (see --help)",
    no_similar: "without look-alikes such as 0 O l 1",
    count: "how many",
    new_password_file: "read the new master password from a file; - is the next line of stdin",
    import_file: "the exported file",
    import_format: "format of the file (else by its content)",
    dry_run: "only tell what would happen",
    undo_guards: "take away an apostrophe before = + - as well",
    export_file: "where to; - is standard output",
    export_format: "mamori or json",
    plain: "yes, in clear",
    export_password_file: "a password of its own for the file; - is the next line of stdin",
    merge_file: "the other copy",
    backup_name: "name of the backup",
    shell: "bash, zsh, fish, elvish or powershell",
};
