//! What guessing would cost, as facts: how long half of a space takes at a stated speed. Not a
//! promise: whoever guesses may have more machines, or better ones.

use crate::crypto::kdf::Params;
use crate::format::header::Slot;
use crate::tui::app::Shell;
use crate::tui::screen::vault::Open;

/// Machines that whoever guesses has, each as fast as this one.
pub const MACHINES: f64 = 10_000.0;
/// Guesses a second at a site that keeps passwords under a plain, fast hash.
pub const FAST: f64 = 1e11;
/// KiB of memory passes a second that are taken where nothing was measured yet: 1 GiB.
const UNMEASURED_KIB: u64 = 1 << 20;

/// A time, as people say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// Less than a second.
    Moment,
    /// Seconds.
    Seconds(u64),
    /// Minutes.
    Minutes(u64),
    /// Hours.
    Hours(u64),
    /// Days.
    Days(u64),
    /// Years, below a million.
    Years(u64),
    /// A million years or more.
    Ages,
}

/// How long it takes on average to guess one of 2^`bits` at `speed` guesses a second.
pub fn span(bits: f64, speed: f64) -> Span {
    let seconds = (bits - 1.0 - speed.log2()).exp2();
    // - below 10^15 where it is cast, so nothing but the fraction is lost
    let whole = |unit: f64| (seconds / unit).round().max(1.0) as u64;
    match seconds {
        s if s < 1.0 => Span::Moment,
        s if s < 100.0 => Span::Seconds(whole(1.0)),
        s if s < 6_000.0 => Span::Minutes(whole(60.0)),
        s if s < 2.0 * 86_400.0 => Span::Hours(whole(3_600.0)),
        s if s < 2.0 * 31_557_600.0 => Span::Days(whole(86_400.0)),
        s if s < 1e6 * 31_557_600.0 => {
            let years = whole(31_557_600.0);
            // - more than two figures would pretend to know
            let round = 10u64.pow(years.ilog10().saturating_sub(1));
            Span::Years(years / round * round)
        }
        _ => Span::Ages,
    }
}

/// Milliseconds that one guess at this vault costs a machine like this: measured at the last
/// unlocking, else reckoned from the parameters of the cheapest way to open it.
pub fn guess_ms(open: &Open, shell: &Shell) -> u64 {
    let header = open.contents.session().header();
    let work = header.slots.iter().filter_map(|slot| match slot {
        Slot::Known(slot) => Some(slot.params.work_kib()),
        _ => None,
    });
    let reckoned = work.min().unwrap_or(Params::FLOOR.work_kib()) * 1000 / UNMEASURED_KIB;
    shell.memory.opening_ms.unwrap_or(reckoned).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_in_the_unit_that_fits() {
        assert_eq!(span(20.0, FAST), Span::Moment);
        assert_eq!(span(41.0, FAST), Span::Seconds(11));
        assert_eq!(span(50.0, FAST), Span::Minutes(94));
        assert_eq!(span(56.0, FAST), Span::Days(4));
        assert_eq!(span(77.5, FAST), Span::Years(33_000));
        assert_eq!(span(131.0, FAST), Span::Ages);
        assert_eq!(span(1000.0, 1.0), Span::Ages);
        // - 40 bits at a second a guess on 10,000 machines: 55 million seconds
        assert_eq!(span(40.0, MACHINES), Span::Days(636));
    }
}
