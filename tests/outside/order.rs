//! The order of a save, as the kernel sees it: a new file that no link can lead astray, written, waited for,
//! put in place, the folder waited for. A wait that failed is final for its file: the page cache may have
//! dropped what it could not write, and a second wait would say that all is well.

use super::{Bench, SAVE, skipped};

/// Where these stand in a trace, each after the one before it.
fn in_order(trace: &[&str], steps: &[&dyn Fn(&str) -> bool]) -> Vec<usize> {
    let mut from = 0;
    let place = |(number, step): (usize, &&dyn Fn(&str) -> bool)| {
        let at = trace.iter().skip(from).position(|line| step(line));
        let at = from + at.unwrap_or_else(|| panic!("step {number} is not there after {from}: {trace:#?}"));
        from = at + 1;
        at
    };
    steps.iter().enumerate().map(place).collect()
}

#[test]
fn a_save_is_on_the_disk_before_it_takes_the_vaults_place_and_a_failed_wait_is_never_repeated() {
    let bench = Bench::new("order");
    if bench.calls().is_none() {
        skipped("a program can be traced (strace)");
        return;
    }
    bench.reset();
    // - with the path of each descriptor
    let done = bench.home.command(&bench.tracer(&["-y".to_owned()]), &SAVE).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let text = std::fs::read_to_string(bench.home.0.join("trace")).unwrap();
    let trace: Vec<&str> = text.lines().collect();
    let folder = bench.home.0.join("vaults").display().to_string();
    let is_temp = |line: &str| line.contains("vaults/.vault.mamori.") && line.contains(".tmp");
    let made = |line: &str| is_temp(line) && line.contains("O_CREAT");
    let written = |line: &str| is_temp(line) && line.starts_with("write(");
    let waited = |line: &str| is_temp(line) && line.starts_with("fsync(");
    let placed = |line: &str| is_temp(line) && line.starts_with("rename");
    let folder_waited = |line: &str| line.starts_with("fsync(") && line.contains(&format!("<{folder}>"));
    let places = in_order(&trace, &[&made, &written, &waited, &placed, &folder_waited]);
    let opened = trace[places[0]];
    for flag in ["O_EXCL", "O_NOFOLLOW", "O_CLOEXEC", "0600"] {
        assert!(opened.contains(flag), "{flag}: {opened}");
    }
    let later = trace.iter().skip(places[2]).filter(|line| written(line)).count();
    assert_eq!(later, 0, "nothing is written after the wait");

    for error in ["EIO", "ENOSPC", "EDQUOT"] {
        bench.reset();
        let extra = ["-y", "-e", &format!("inject=fsync:error={error}:when=1")].map(str::to_owned);
        let done = bench.home.command(&bench.tracer(&extra), &SAVE).output().unwrap();
        assert_eq!(done.status.code(), Some(1), "{error}");
        let text = std::fs::read_to_string(bench.home.0.join("trace")).unwrap();
        let trace: Vec<&str> = text.lines().collect();
        let count = |wanted: &dyn Fn(&str) -> bool| trace.iter().filter(|line| wanted(line)).count();
        assert_eq!((count(&waited), count(&placed)), (1, 0), "{error}: {trace:#?}");
        assert_eq!(count(&|line| is_temp(line) && line.starts_with("unlink")), 1, "{error}: {trace:#?}");
        // - the next save is made of a new file
        bench.goes_on(error);
    }
}
