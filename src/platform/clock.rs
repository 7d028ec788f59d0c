//! The two clocks of the program behind one trait: the wall clock for stamps, and time since the
//! start of the machine for time-outs. Not a timer: nothing here waits.

use std::sync::Mutex;
use std::time::Duration;

use rustix::time::{ClockId, Timespec, clock_gettime};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01T00:00:00Z; 0 for a clock set before that. It may jump.
    fn now_ms(&self) -> u64;

    /// Time since the machine started. It never goes back, and the time the machine slept counts,
    /// so that a vault left open over a night in a bag is locked in the morning.
    fn boot(&self) -> Duration;
}

/// The clocks of the system.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Clock for System {
    fn now_ms(&self) -> u64 {
        u64::try_from(since_zero(clock_gettime(ClockId::Realtime)).as_millis()).unwrap_or(u64::MAX)
    }

    fn boot(&self) -> Duration {
        since_zero(clock_gettime(ClockId::Boottime))
    }
}

fn since_zero(time: Timespec) -> Duration {
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// A clock that stands where a test puts it.
#[derive(Debug, Default)]
pub struct Test(Mutex<(u64, Duration)>);

impl Test {
    /// A clock that shows `now_ms` and has just been started.
    pub fn at(now_ms: u64) -> Test {
        Test(Mutex::new((now_ms, Duration::ZERO)))
    }

    /// Lets `time` pass on both clocks.
    pub fn advance(&self, time: Duration) {
        let mut held = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        held.0 += u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        held.1 += time;
    }

    /// Sets the wall clock alone, as somebody who corrects it does.
    pub fn set_wall(&self, now_ms: u64) {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).0 = now_ms;
    }
}

impl Clock for Test {
    fn now_ms(&self) -> u64 {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).0
    }

    fn boot(&self) -> Duration {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_clock_moves_and_knows_this_century() {
        let (early, wall) = (System.boot(), System.now_ms());
        std::thread::sleep(Duration::from_millis(3));
        assert!(System.boot() >= early + Duration::from_millis(3));
        assert!(wall > 1_767_225_600_000, "after 2026-01-01");
    }

    #[test]
    fn correcting_the_wall_clock_leaves_time_outs_alone() {
        let clock = Test::at(5_000);
        clock.advance(Duration::from_secs(2));
        clock.set_wall(1);
        assert_eq!((clock.now_ms(), clock.boot()), (1, Duration::from_secs(2)));
    }
}
