//! The shipped rotators against real servers: each started for the test, on a socket in its own folder,
//! with passwords of every printable character.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::house::House;
use super::settings;

/// Every printable ASCII character once, no blank at an end.
const HARD: &str = "!\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~ x";

fn shipped(name: &str) -> String {
    format!("{}/assets/rotators/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// A server of the test; killed at its end.
struct Server {
    folder: PathBuf,
    child: std::process::Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        let pid = rustix::process::Pid::from_child(&self.child);
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::INT);
        let end = Instant::now() + Duration::from_secs(10);
        while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A folder of the user that the server runs as.
fn folder(name: &str, owner: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("mamori-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    if is_root() {
        assert!(Command::new("chown").arg(owner).arg(&folder).status().unwrap().success());
    }
    folder
}

/// A command as the user of the server.
fn as_user(user: &str, program: &Path) -> Command {
    if is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid", user, "--regid", user, "--init-groups"]).arg(program).env_clear();
        command.env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin").env("LANG", "C.UTF-8");
        command
    } else {
        Command::new(program)
    }
}

fn waited(mut ready: impl FnMut() -> bool, what: &str) {
    let end = Instant::now() + Duration::from_secs(60);
    while !ready() {
        assert!(Instant::now() < end, "{what} does not answer");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Says that a server is not there; in CI that is a failure only where it was asked for.
fn skipped(what: &str) {
    assert_ne!(std::env::var("MAMORI_SERVERS").as_deref(), Ok("true"), "{what} must be there");
    eprintln!("skipped: {what} is not installed here");
}

fn postgresql() -> Option<Server> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
    let bin = versions.map(|one| one.path().join("bin")).find(|bin| bin.join("initdb").exists())?;
    Command::new("python3").arg("-V").output().ok()?;
    let folder = folder("pg", "postgres");
    let data = folder.join("data");
    std::fs::write(folder.join("first"), "boss-pw-1\n").unwrap();
    let made = as_user("postgres", &bin.join("initdb"))
        .args(["-A", "scram-sha-256", "-U", "boss", "-N", "-D"])
        .arg(&data)
        .arg(format!("--pwfile={}", folder.join("first").display()))
        .current_dir("/")
        .stdout(Stdio::null())
        .status();
    assert!(made.unwrap().success(), "initdb");
    let child = as_user("postgres", &bin.join("postgres"))
        .arg("-D")
        .arg(&data)
        .args([
            "-c",
            "listen_addresses=",
            "-c",
            "log_statement=all",
            "-c",
            "fsync=off",
            "-c",
            "logging_collector=off",
        ])
        .arg("-k")
        .arg(&folder)
        .current_dir("/")
        .stdout(Stdio::null())
        .stderr(std::fs::File::create(folder.join("log")).unwrap())
        .spawn()
        .unwrap();
    let server = Server { folder, child };
    waited(|| server.folder.join(".s.PGSQL.5432").exists(), "PostgreSQL");
    waited(|| log(&server).contains("ready to accept connections"), "PostgreSQL");
    Some(server)
}

fn log(server: &Server) -> String {
    String::from_utf8_lossy(&std::fs::read(server.folder.join("log")).unwrap_or_default()).into_owned()
}

/// Rotates the entry twice and gives the passwords: one of every printable character, one by its recipe.
fn rotate_twice(house: &House, title: &str) -> Vec<String> {
    let mut all = vec![house.ok(&["get", "-n", title])];
    let run = house.with(&["change", title, "--rotate", "--secret-stdin"], format!("{HARD}\n").as_bytes());
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(house.ok(&["get", "-n", title]), HARD);
    all.push(HARD.to_owned());
    let run = house.run(&["change", title, "--rotate"]);
    assert_eq!(run.code, 0, "from the hard one to another: {}", run.err);
    all.push(house.ok(&["get", "-n", title]));
    assert!(!run.err.contains(all.last().unwrap()) && run.err.contains("| set"), "{}", run.err);
    all
}

#[test]
fn a_postgresql_role_gets_its_new_password_and_the_old_one_is_shut_out() {
    let Some(server) = postgresql() else { return skipped("PostgreSQL") };
    let house = House::new();
    house.fed(
        &["add", "db", "--kind", "database", "-u", "boss", "--field", "database=postgres", "--secret-stdin"],
        "boss-pw-1\n",
    );
    settings(
        &house,
        &format!(
            "[rotators.pg]\ncommand = [\"{}\", \"--host\", \"{}\", \"{{user}}\", \"{{field:database}}\"]\nkinds = [\"database\"]\n",
            shipped("postgresql"),
            server.folder.display()
        ),
    );
    let all = rotate_twice(&house, "db");
    let said = log(&server);
    assert!(said.contains("ALTER ROLE \"boss\" PASSWORD"), "{said}");
    assert!(all.iter().all(|one| !said.contains(one.as_str())), "a password is in the server's log");
    // - the password before does not open it any more
    house.ok(&["edit", "db", "--title", "stale"]);
    house.fed(&["edit", "stale", "--secret-stdin"], "boss-pw-1\n");
    let run = house.run(&["change", "stale", "--rotate"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("password authentication failed"), "{}", run.err);
    assert_eq!(house.ok(&["get", "-n", "stale"]), "boss-pw-1");
    let new = house.ok(&["get", "-n", "stale#new"]);
    assert!(!run.err.contains(&new) && !log(&server).contains(&new));
}

fn mariadb() -> Option<Server> {
    let program =
        ["/usr/sbin/mariadbd", "/usr/sbin/mysqld"].iter().map(Path::new).find(|file| file.exists())?;
    Command::new("python3").arg("-V").output().ok()?;
    let folder = folder("maria", "mysql");
    let data = folder.join("data");
    let install = Path::new("/usr/bin/mariadb-install-db");
    let made = as_user("mysql", install)
        .args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"])
        .arg(format!("--datadir={}", data.display()))
        .current_dir("/")
        .stdout(Stdio::null())
        .status();
    assert!(made.unwrap().success(), "mariadb-install-db");
    let child = as_user("mysql", program)
        .args(["--no-defaults", "--skip-networking", "--general-log"])
        .arg(format!("--datadir={}", data.display()))
        .arg(format!("--socket={}", folder.join("sock").display()))
        .arg(format!("--general-log-file={}", folder.join("log").display()))
        .current_dir("/")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let server = Server { folder, child };
    waited(|| server.folder.join("sock").exists(), "MariaDB");
    Some(server)
}

fn root_sql(server: &Server, sql: &str) -> String {
    let done = Command::new("mariadb")
        .args(["--no-defaults", "-u", "root", "-N", "-e", sql])
        .arg(format!("--socket={}", server.folder.join("sock").display()))
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

#[test]
fn a_mariadb_account_gets_its_new_password_and_the_old_one_is_shut_out() {
    let Some(server) = mariadb() else { return skipped("MariaDB") };
    root_sql(&server, "CREATE USER 'shop'@'localhost' IDENTIFIED BY 'shop-pw-1'");
    // - a mode in which a backslash is no escape must not change what is set
    root_sql(&server, "SET GLOBAL sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES'");
    let house = House::new();
    house.fed(&["add", "db", "--kind", "database", "-u", "shop", "--secret-stdin"], "shop-pw-1\n");
    settings(
        &house,
        &format!(
            "[rotators.maria]\ncommand = [\"{}\", \"--socket\", \"{}\", \"{{user}}\"]\nkinds = [\"database\"]\n",
            shipped("mariadb"),
            server.folder.join("sock").display()
        ),
    );
    let all = rotate_twice(&house, "db");
    // - the log of queries, which this server keeps, got a digest; of the hard one no part without escapes
    let said = log(&server);
    assert!(said.contains("SET PASSWORD = '*"), "{said}");
    assert!(!said.contains("az{|}~ x") && !said.contains(all[2].as_str()), "a password is in the log");
    house.ok(&["edit", "db", "--title", "stale"]);
    house.fed(&["edit", "stale", "--secret-stdin"], "shop-pw-1\n");
    let run = house.run(&["change", "stale", "--rotate"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("Access denied"), "{}", run.err);
    assert_eq!(house.ok(&["get", "-n", "stale"]), "shop-pw-1");
}

/// Programs of these names in a folder of their own write their arguments and their input into files.
fn stubs(house: &House, names: &[&str]) -> House {
    let folder = house.root().join("stubs");
    std::fs::create_dir_all(&folder).unwrap();
    for name in names {
        let file = folder.join(name);
        let root = house.root().display();
        std::fs::write(
            &file,
            format!("#!/bin/sh\nprintf '%s\\n' \"$@\" > {root}/{name}.args\ncat > {root}/{name}.in\n"),
        )
        .unwrap();
        std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    }
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    house.env("PATH", &path)
}

fn written(house: &House, name: &str) -> String {
    std::fs::read_to_string(house.root().join(name)).unwrap()
}

#[test]
fn a_unix_account_is_set_by_chpasswd_here_and_over_ssh() {
    let house = stubs(&House::new(), &["chpasswd", "ssh", "passwd"]);
    house.fed(
        &["add", "box", "--kind", "server", "-u", "taro", "--field", "host=web1.example", "--secret-stdin"],
        "old-1\n",
    );
    let file = shipped("unix-account");
    let command = |arguments: &str| {
        settings(
            &house,
            &format!("[rotators.unix]\ncommand = [\"{file}\", {arguments}]\nkinds = [\"server\"]\n"),
        );
        let old = house.ok(&["get", "-n", "box"]);
        let run =
            house.with(&["change", "box", "--rotate", "--secret-stdin"], format!("{old}{HARD}\n").as_bytes());
        assert_eq!(run.code, 0, "{}", run.err);
        (old.clone(), format!("{old}{HARD}"))
    };
    let (_, new) = command("\"{user}\"");
    assert_eq!(written(&house, "chpasswd.in"), format!("taro:{new}\n"));
    let (_, new) = command("\"--ssh\", \"{host}\", \"{user}\"");
    assert_eq!(written(&house, "ssh.in"), format!("taro:{new}\n"));
    let arguments = written(&house, "ssh.args");
    assert!(arguments.contains("\nweb1.example\n") && !arguments.contains("old-1"), "{arguments}");
    let (old, new) = command("\"--own\"");
    assert_eq!(written(&house, "passwd.in"), format!("{old}\n{new}\n{new}\n"));
}

#[test]
fn wordpress_gets_a_program_on_its_standard_input_and_nothing_in_its_arguments() {
    let house = stubs(&House::new(), &["wp", "ssh"]);
    house.fed(
        &[
            "add",
            "blog",
            "--kind",
            "website",
            "-u",
            "taro",
            "--url",
            "https://blog.example",
            "--secret-stdin",
        ],
        "old-1\n",
    );
    let file = shipped("wordpress");
    for (arguments, name) in [
        ("\"{user}\", \"/var/www/blog\"", "wp"),
        ("\"--ssh\", \"{host}\", \"{user}\", \"/var/www/blog\"", "ssh"),
    ] {
        settings(
            &house,
            &format!("[rotators.wp]\ncommand = [\"{file}\", {arguments}]\nkinds = [\"website\"]\n"),
        );
        let run = house.run(&["change", "blog", "--rotate"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let (new, program) = (house.ok(&["get", "-n", "blog"]), written(&house, &format!("{name}.in")));
        assert!(program.starts_with("<?php\n$login = base64_decode( 'dGFybw==' );\n"), "{program}");
        assert!(program.contains("wp_set_password( $password, $user->ID );") && !program.contains(&new));
        let arguments = written(&house, &format!("{name}.args"));
        assert!(arguments.contains("eval-file -") || arguments.contains("eval-file\n-"), "{arguments}");
        assert!(!arguments.contains(&new) && !arguments.contains("base64"), "{arguments}");
    }
}
