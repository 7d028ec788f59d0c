//! Stamps: when a version was written, in an order that respects what its author had seen.

/// A hybrid logical clock (Kulkarni et al., 2014) with random bits: greater than every stamp its
/// author had seen. 18 bytes of content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Stamp {
    /// 48 bits of milliseconds since 1970, then a counter of 16 bits.
    pub hlc: u64,
    /// Random, drawn once for each accepted change; breaks ties between machines.
    pub salt: u64,
    /// Which writer, for display only.
    pub writer: u16,
}

impl Stamp {
    /// A stamp greater than `latest`, not before the clock.
    pub fn after(latest: u64, now_ms: u64, salt: u64, writer: u16) -> Stamp {
        let clock = (now_ms & 0xFFFF_FFFF_FFFF) << 16;
        Stamp { hlc: clock.max(latest.saturating_add(1)), salt, writer }
    }

    /// Milliseconds since 1970.
    pub fn ms(self) -> u64 {
        self.hlc >> 16
    }

    /// The greatest stamp below this one.
    pub fn just_below(self) -> Stamp {
        match (self.salt.checked_sub(1), self.hlc.checked_sub(1)) {
            (Some(salt), _) => Stamp { salt, writer: u16::MAX, ..self },
            (None, Some(hlc)) => Stamp { hlc, salt: u64::MAX, writer: u16::MAX },
            (None, None) => Stamp::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_after_what_was_seen_whatever_the_clock_says() {
        let ahead = Stamp::after(0, 5_000_000, 1, 0);
        let behind = Stamp::after(ahead.hlc, 1_000, 0, 0);
        assert!(behind > ahead);
        assert_eq!(Stamp::after(behind.hlc, 9_000_000, 0, 0).ms(), 9_000_000);
        assert!(ahead.just_below() < ahead);
        assert!(Stamp { hlc: 5, salt: 0, writer: 0 }.just_below() < Stamp { hlc: 5, salt: 0, writer: 0 });
    }
}
