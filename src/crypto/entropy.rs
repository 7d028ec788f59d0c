//! Random bytes, as a trait so that pure code takes them as an argument, and unbiased choices from
//! them. Not a generator: the system's own is [`crate::platform::entropy::System`].

/// The system could give no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the system gives no random bytes")]
pub struct EntropyError;

/// A source of random bytes.
pub trait Entropy {
    /// Fills `out` whole or fails.
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError>;
}

/// Draws an array of random bytes.
pub fn array<const N: usize>(source: &mut dyn Entropy) -> Result<[u8; N], EntropyError> {
    let mut out = [0; N];
    source.fill(&mut out)?;
    Ok(out)
}

/// Draws a number in `0..bound`, each equally likely: values above the greatest multiple of
/// `bound` are thrown away, never folded. `bound` must not be 0.
pub fn below(source: &mut dyn Entropy, bound: u32) -> Result<u32, EntropyError> {
    assert!(bound > 0, "a choice needs at least one thing to choose");
    let unfair = (u32::MAX - bound + 1) % bound;
    loop {
        let drawn = u32::from_le_bytes(array(source)?);
        if drawn <= u32::MAX - unfair {
            return Ok(drawn % bound);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Script(Vec<u32>);
    impl Entropy for Script {
        fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
            let next = self.0.pop().ok_or(EntropyError)?;
            out.copy_from_slice(&next.to_le_bytes());
            Ok(())
        }
    }

    #[test]
    fn the_unfair_tail_is_thrown_away() {
        // 2^32 = 3 * 1_431_655_765 + 1: only u32::MAX is unfair for 3.
        assert_eq!(below(&mut Script(vec![5, u32::MAX]), 3), Ok(2));
        // For a power of two nothing is unfair.
        assert_eq!(below(&mut Script(vec![u32::MAX]), 4), Ok(3));
        assert_eq!(below(&mut Script(vec![]), 4), Err(EntropyError));
    }
}
