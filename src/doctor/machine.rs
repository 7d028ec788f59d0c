//! The machine and this process: what keeps secrets out of swap, dumps and other programs, whether a
//! key can be kept, whether the clock can be right.

use super::Finding;
use crate::platform::keyring::{Keyring, Reach};
use crate::platform::memory::{LockState, lock_state};
use crate::platform::surroundings::{self, Hidden};

/// Before this program was written: 2026-01-01.
const WRITTEN: u64 = 1_767_225_600_000;
/// A day in milliseconds.
const DAY: u64 = 86_400_000;

/// Looks at it; `saved` is when this machine last saved the vault, by the stamps in it.
pub fn look(ring: &dyn Keyring, now_ms: u64, saved: Option<u64>) -> Vec<Finding> {
    let limit = surroundings::lock_limit();
    let Hidden { undumpable, no_core } = surroundings::hidden();
    let mut out = vec![
        match lock_state() {
            LockState::Both => Finding::MemoryLocked,
            LockState::KeysOnly => Finding::MemoryKeysOnly { limit },
            LockState::Neither => Finding::MemoryUnlocked { limit },
        },
        Finding::Hidden { undumpable, no_core },
        Finding::Ptrace(surroundings::ptrace_scope()),
    ];
    out.extend(surroundings::swaps().map(|swaps| match swaps.is_empty() {
        true => Finding::NoSwap,
        false => Finding::Swaps(swaps),
    }));
    out.push(match ring.available(Reach::User) {
        Ok(()) => Finding::Keyring,
        Err(error) => Finding::NoKeyring(error),
    });
    out.push(clock(now_ms, saved));
    out
}

fn clock(now_ms: u64, saved: Option<u64>) -> Finding {
    match saved {
        _ if now_ms < WRITTEN => Finding::ClockUnset,
        Some(saved) if saved > now_ms.saturating_add(DAY) => Finding::ClockBehind { saved },
        _ => Finding::ClockRight,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_save_of_tomorrow_shows_that_a_clock_is_wrong() {
        let now = WRITTEN + 100 * DAY;
        assert_eq!(clock(now, Some(now + DAY)), Finding::ClockRight);
        assert_eq!(clock(now, Some(now + DAY + 1)), Finding::ClockBehind { saved: now + DAY + 1 });
        assert_eq!(clock(now, None), Finding::ClockRight);
        assert_eq!(clock(5, None), Finding::ClockUnset);
    }
}
