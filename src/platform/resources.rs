//! What this machine is and has: free memory, how long a pass of Argon2id takes, its name.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::crypto::kdf::{self, KdfError, Params};

/// Bytes of memory that can be had: the lesser of `MemAvailable` and what the control group
/// (cgroup v2) still allows. None where the system does not say.
pub fn free_memory() -> Option<u64> {
    let meminfo = read("/proc/meminfo")?;
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let system = line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.saturating_mul(1024);
    let limits = control_groups().into_iter().filter_map(|group| {
        let number = |name: &str| read(&format!("{group}/{name}"))?.trim().parse::<u64>().ok();
        Some(number("memory.max")?.saturating_sub(number("memory.current")?))
    });
    Some(limits.fold(system, u64::min))
}

/// Our control group and those above it.
fn control_groups() -> Vec<String> {
    let own = read("/proc/self/cgroup").unwrap_or_default();
    let Some(path) = own.lines().find_map(|line| line.strip_prefix("0::")) else { return Vec::new() };
    let mut groups = Vec::new();
    let mut path = path.trim_end_matches('/');
    loop {
        groups.push(format!("/sys/fs/cgroup{path}"));
        match path.rsplit_once('/') {
            Some((above, _)) => path = above,
            None => return groups,
        }
    }
}

fn read(path: &str) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

/// Parameters for a new vault: 64 MiB, 4 lanes, and as many passes as take about one second of
/// CPU time here (3 to 32). Takes one pass, about 60 ms.
pub fn calibrate() -> Result<Params, KdfError> {
    let one_pass = Params { t: 1, ..Params::FLOOR };
    let mut out = [0; 32];
    let before = cpu_time();
    kdf::derive(b"", &[0; 32], one_pass, &mut out)?;
    let took = cpu_time().saturating_sub(before);
    Ok(Params { t: kdf::calibrated(took), ..Params::FLOOR })
}

fn cpu_time() -> Duration {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(u64::try_from(now.tv_sec).unwrap_or(0), u32::try_from(now.tv_nsec).unwrap_or(0))
}

/// True when this Linux runs in Windows (WSL).
pub fn under_wsl() -> bool {
    read("/proc/sys/kernel/osrelease").is_some_and(|name| name.to_ascii_lowercase().contains("microsoft"))
}

/// The name of this machine, for "last saved on".
pub fn host_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_memory_is_known_here_and_plausible() {
        let free = free_memory().expect("Linux says it");
        assert!((16 << 20..1 << 50).contains(&free), "{free}");
    }

    #[test]
    fn a_calibrated_cost_is_in_bounds_and_never_below_the_floor() {
        let params = calibrate().expect("64 MiB are there");
        assert!(params.check().is_ok() && !params.below_floor(), "{params}");
    }
}
