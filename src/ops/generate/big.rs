//! Whole numbers of any size, just enough to count passwords exactly. Not a general library: no
//! signs, no division but by small numbers without a rest.

use std::cmp::Ordering;

use crate::crypto::entropy::{Entropy, EntropyError};

/// A whole number >= 0: limbs of 64 bits, lowest first, the last one never 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Big(Vec<u64>);

impl Big {
    pub(super) fn of(value: u64) -> Big {
        Big(if value == 0 { Vec::new() } else { vec![value] })
    }

    pub(super) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    fn bits(&self) -> usize {
        self.0.last().map_or(0, |top| self.0.len() * 64 - top.leading_zeros() as usize)
    }

    /// The logarithm to base 2, as exact as an `f64` holds it; minus infinity for 0.
    pub(super) fn log2(&self) -> f64 {
        let mut high = 0.0;
        for limb in self.0.iter().rev().take(3) {
            high = high * 2f64.powi(64) + *limb as f64;
        }
        high.log2() + 64.0 * self.0.len().saturating_sub(3) as f64
    }

    fn compare(&self, other: &Big) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    pub(super) fn less(&self, other: &Big) -> bool {
        self.compare(other) == Ordering::Less
    }

    fn trimmed(mut self) -> Big {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }

    pub(super) fn add(&mut self, other: &Big) {
        let mut carry = 0u128;
        for at in 0..self.0.len().max(other.0.len()) {
            if at == self.0.len() {
                self.0.push(0);
            }
            carry += u128::from(self.0[at]) + u128::from(other.0.get(at).copied().unwrap_or(0));
            self.0[at] = carry as u64;
            carry >>= 64;
        }
        if carry > 0 {
            self.0.push(carry as u64);
        }
    }

    /// Takes `other` away, which must not be greater.
    pub(super) fn subtract(&mut self, other: &Big) {
        let mut borrow = false;
        for at in 0..self.0.len() {
            let (first, under) = self.0[at].overflowing_sub(other.0.get(at).copied().unwrap_or(0));
            let (second, again) = first.overflowing_sub(u64::from(borrow));
            self.0[at] = second;
            borrow = under || again;
        }
        *self = std::mem::take(self).trimmed();
    }

    pub(super) fn scale(&mut self, by: u64) {
        let mut carry = 0u128;
        for limb in &mut self.0 {
            carry += u128::from(*limb) * u128::from(by);
            *limb = carry as u64;
            carry >>= 64;
        }
        if carry > 0 {
            self.0.push(carry as u64);
        }
        *self = std::mem::take(self).trimmed();
    }

    /// Divides by a number that is not 0; the rest, if any, is lost.
    pub(super) fn divide(&mut self, by: u64) {
        let mut rest = 0u128;
        for limb in self.0.iter_mut().rev() {
            rest = rest << 64 | u128::from(*limb);
            *limb = (rest / u128::from(by)) as u64;
            rest %= u128::from(by);
        }
        *self = std::mem::take(self).trimmed();
    }

    pub(super) fn times(&self, other: &Big) -> Big {
        let mut made = vec![0u64; self.0.len() + other.0.len()];
        for (low, a) in self.0.iter().enumerate() {
            let mut carry = 0u128;
            for (at, b) in other.0.iter().enumerate() {
                carry += u128::from(*a) * u128::from(*b) + u128::from(made[low + at]);
                made[low + at] = carry as u64;
                carry >>= 64;
            }
            made[low + other.0.len()] = carry as u64;
        }
        Big(made).trimmed()
    }

    /// Draws a number in `0..self`, each equally likely; `self` must not be 0.
    pub(super) fn draw_below(&self, source: &mut dyn Entropy) -> Result<Big, EntropyError> {
        assert!(!self.is_zero(), "a choice needs at least one thing to choose");
        let mask = u64::MAX >> ((64 - self.bits() % 64) % 64);
        loop {
            let mut limbs = Vec::with_capacity(self.0.len());
            for _ in 0..self.0.len() {
                limbs.push(u64::from_le_bytes(crate::crypto::entropy::array(source)?));
            }
            if let Some(top) = limbs.last_mut() {
                *top &= mask;
            }
            let drawn = Big(limbs).trimmed();
            if drawn.less(self) {
                return Ok(drawn);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn big(value: u128) -> Big {
        Big(vec![value as u64, (value >> 64) as u64]).trimmed()
    }

    proptest! {
        #[test]
        fn it_counts_as_u128_does(a: u128, b: u64, c in 1u64..) {
            let (mut sum, mut less, mut cut) = (big(a >> 1), big(a), big(a));
            sum.add(&big(u128::from(b)));
            prop_assert_eq!(&sum, &big((a >> 1) + u128::from(b)));
            sum.subtract(&big(u128::from(b)));
            prop_assert_eq!(sum, big(a >> 1));
            less.subtract(&big(a / 3));
            prop_assert_eq!(less, big(a - a / 3));
            cut.divide(c);
            prop_assert_eq!(cut, big(a / u128::from(c)));
            prop_assert_eq!(big(u128::from(b)).times(&big(u128::from(c))), big(u128::from(b) * u128::from(c)));
            let mut back = big(a).times(&big(u128::from(c)));
            let mut scaled = big(a);
            scaled.scale(c);
            prop_assert_eq!(&scaled, &back);
            back.divide(c);
            prop_assert_eq!(back, big(a));
            prop_assert_eq!(big(a).less(&big(u128::from(b))), a < u128::from(b));
            if a > 0 {
                prop_assert!((big(a).log2() - (a as f64).log2()).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn large_powers_have_their_logarithm() {
        let mut power = Big::of(1);
        for _ in 0..256 {
            power.scale(94);
        }
        assert!((power.log2() - 256.0 * 94f64.log2()).abs() < 1e-9);
        assert_eq!(Big::of(0).log2(), f64::NEG_INFINITY);
    }
}
