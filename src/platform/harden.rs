//! The first act of every mode of the binary: no core file, not readable by other processes of the
//! same user, and files that only the owner may read. Not a sandbox.

use rustix::fs::Mode;
use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit, umask};

/// Sets the core limit to 0, makes the process undumpable and the umask 077.
///
/// Both refusals are ignored: a process that cannot be hardened still has to open its vault. The
/// undumpable state ends with an `exec`, so every program of ours calls this for itself; piped
/// core handlers ignore the limit, which is why both are set.
pub fn harden() {
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    umask(Mode::RWXG | Mode::RWXO);
}

#[cfg(test)]
mod tests {
    use rustix::process::{dumpable_behavior, getrlimit};

    use super::*;

    #[test]
    fn the_process_is_undumpable_and_its_files_are_private() {
        harden();
        assert_eq!(getrlimit(Resource::Core), Rlimit { current: Some(0), maximum: Some(0) });
        assert_eq!(dumpable_behavior(), Ok(DumpableBehavior::NotDumpable));
        assert_eq!(umask(Mode::RWXG | Mode::RWXO), Mode::RWXG | Mode::RWXO);
    }
}
