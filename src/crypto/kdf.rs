//! Argon2id version 1.3 (RFC 9106) with bounded parameters: from a password to 32 bytes.
//!
//! Not here: reading how much memory is free (`platform::resources`), and what is mixed with the
//! result ([`super::keys`]).

use argon2::{Algorithm, Argon2, Block, Version};

use crate::platform::memory;

/// Argon2id parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Params {
    /// Memory in KiB.
    pub m_kib: u32,
    /// Passes over the memory.
    pub t: u32,
    /// Lanes.
    pub p: u32,
}

/// Parameters outside the bounds of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("key derivation parameters out of bounds: m={} KiB, t={}, p={}", .0.m_kib, .0.t, .0.p)]
pub struct OutOfBounds(pub Params);

/// Why a key could not be derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KdfError {
    /// The parameters are outside the bounds.
    #[error(transparent)]
    OutOfBounds(#[from] OutOfBounds),
    /// The memory could not be had.
    #[error("{need} bytes of memory for the key derivation could not be had")]
    Memory {
        /// Bytes asked for.
        need: u64,
    },
}

/// Greatest m·t of one slot, in KiB (4 GiB).
pub const SLOT_WORK_KIB: u64 = 4 << 20;
/// Greatest sum of m·t over all slots of a file, in KiB (16 GiB).
pub const FILE_WORK_KIB: u64 = 16 << 20;

impl Params {
    /// What a new vault gets before its passes are calibrated: 64 MiB, 3 passes, 4 lanes.
    pub const FLOOR: Params = Params { m_kib: 64 * 1024, t: 3, p: 4 };
    /// The least the format allows; for tests, and said aloud when a person chooses it.
    pub const LEAST: Params = Params { m_kib: 8 * 1024, t: 1, p: 1 };

    /// Checks the bounds: 8 MiB <= m <= 1 GiB, 1 <= t <= 64, 1 <= p <= 16, m·t <= 4 GiB.
    pub fn check(self) -> Result<Params, OutOfBounds> {
        let fine = (8 * 1024..=1024 * 1024).contains(&self.m_kib)
            && (1..=64).contains(&self.t)
            && (1..=16).contains(&self.p)
            && self.work_kib() <= SLOT_WORK_KIB;
        if fine { Ok(self) } else { Err(OutOfBounds(self)) }
    }

    /// m·t in KiB, which CPU time is about proportional to.
    pub fn work_kib(self) -> u64 {
        u64::from(self.m_kib) * u64::from(self.t)
    }

    /// Bytes of memory one derivation takes.
    pub fn bytes(self) -> u64 {
        u64::from(self.m_kib) * 1024
    }

    /// What a slot that cost this costs after a key change on a machine that measured `measured`: what it
    /// did, but more where it was below the floor or where the costs are to rise. A slower machine never
    /// makes it less.
    pub fn after_change(self, measured: Params, raises: bool) -> Params {
        let more = measured.work_kib() > self.work_kib();
        if more && (raises || self.below_floor()) { measured } else { self }
    }

    /// What a recovery code costs where a password costs this: 160 random bits need no more than the
    /// floor.
    pub fn of_code(self) -> Params {
        if self.work_kib() > Params::FLOOR.work_kib() { Params::FLOOR } else { self }
    }

    /// True below 64 MiB or 3 passes: opened, but named.
    pub fn below_floor(self) -> bool {
        self.m_kib < Params::FLOOR.m_kib || self.t < Params::FLOOR.t
    }
}

impl std::fmt::Display for Params {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.m_kib.is_multiple_of(1024) {
            write!(out, "m={}MiB,t={},p={}", self.m_kib / 1024, self.t, self.p)
        } else {
            write!(out, "m={}KiB,t={},p={}", self.m_kib, self.t, self.p)
        }
    }
}

impl std::str::FromStr for Params {
    type Err = ();

    /// Reads `m=64MiB,t=3,p=4`; the unit is MiB or KiB, all three are needed, any order.
    fn from_str(text: &str) -> Result<Params, ()> {
        let (mut m, mut t, mut p) = (None, None, None);
        for part in text.split(',') {
            let (name, value) = part.trim().split_once('=').ok_or(())?;
            let slot = match name {
                "m" => &mut m,
                "t" => &mut t,
                "p" => &mut p,
                _ => return Err(()),
            };
            let number = match (name, value.strip_suffix("MiB"), value.strip_suffix("KiB")) {
                ("m", Some(mib), _) => mib.parse::<u32>().map_err(|_| ())?.checked_mul(1024).ok_or(())?,
                ("m", _, Some(kib)) => kib.parse().map_err(|_| ())?,
                ("m", None, None) => return Err(()),
                _ => value.parse().map_err(|_| ())?,
            };
            if slot.replace(number).is_some() {
                return Err(());
            }
        }
        Ok(Params { m_kib: m.ok_or(())?, t: t.ok_or(())?, p: p.ok_or(())? })
    }
}

/// Derives `out` from `password` and `salt`, on a pool of its own that is burned afterwards. The
/// block memory comes from the wiping allocator and is left out of core dumps.
pub fn derive(password: &[u8], salt: &[u8], params: Params, out: &mut [u8]) -> Result<(), KdfError> {
    params.check()?;
    let setting = argon2::Params::new(params.m_kib, params.t, params.p, Some(out.len()))
        .map_err(|_| KdfError::OutOfBounds(OutOfBounds(params)))?;
    let mut blocks: Vec<Block> = Vec::new();
    let need = KdfError::Memory { need: params.bytes() };
    blocks.try_reserve_exact(setting.block_count()).map_err(|_| need)?;
    blocks.resize(setting.block_count(), Block::new());
    memory::exclude_from_dumps(&mut blocks);

    let context = Argon2::new(Algorithm::Argon2id, Version::V0x13, setting);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = cores.min(params.p as usize);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|_| need)?;
    let done = pool.install(|| {
        super::burn_after(|| context.hash_password_into_with_memory(password, salt, out, &mut blocks[..]))
    });
    pool.broadcast(|_| super::burn());
    done.map_err(|_| KdfError::OutOfBounds(OutOfBounds(params)))
}

/// Passes that take about one second of CPU time, given what one pass of 64 MiB took: 3 to 32.
pub fn calibrated(one_pass: std::time::Duration) -> u32 {
    let passes = 1.0 / one_pass.as_secs_f64().max(0.001);
    // Clamped to 3..=32 first, so the cast loses nothing but the fraction.
    passes.clamp(3.0, 32.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9106, section 5.3 (without secret and associated data the RFC gives none, so this is
    /// the published vector of the reference implementation's test suite for Argon2id 1.3).
    #[test]
    fn reference_vector_of_argon2id() {
        let mut out = [0; 32];
        derive(b"password", b"somesalt", Params { m_kib: 65536, t: 2, p: 1 }, &mut out).expect("in bounds");
        assert_eq!(hex(&out), "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    }

    /// RFC 9106, section 5.3, which needs a secret and associated data: the crate beneath.
    #[test]
    fn rfc_9106_vector_of_argon2id() {
        let params = argon2::ParamsBuilder::new()
            .m_cost(32)
            .t_cost(3)
            .p_cost(4)
            .data(argon2::AssociatedData::new(&[4; 12]).expect("short"))
            .build()
            .expect("in bounds");
        let context =
            Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params).expect("in bounds");
        let mut out = [0; 32];
        context.hash_password_into(&[1; 32], &[2; 16], &mut out).expect("in bounds");
        assert_eq!(hex(&out), "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn bounds_hold_both_ways() {
        assert!(Params::LEAST.check().is_ok());
        assert!(Params { m_kib: 1024 * 1024, t: 4, p: 16 }.check().is_ok());
        for bad in [
            Params { m_kib: 8 * 1024 - 1, ..Params::LEAST },
            Params { m_kib: 1024 * 1024 + 1, ..Params::LEAST },
            Params { t: 0, ..Params::LEAST },
            Params { t: 65, ..Params::LEAST },
            Params { p: 0, ..Params::LEAST },
            Params { p: 17, ..Params::LEAST },
            Params { m_kib: 1024 * 1024, t: 5, p: 1 },
            Params { m_kib: u32::MAX, t: u32::MAX, p: u32::MAX },
        ] {
            assert_eq!(derive(b"", &[0; 32], bad, &mut [0; 32]), Err(OutOfBounds(bad).into()));
        }
    }

    #[test]
    fn parameters_are_read_as_they_are_written() {
        for params in [Params::FLOOR, Params::LEAST, Params { m_kib: 9000, t: 64, p: 16 }] {
            assert_eq!(params.to_string().parse(), Ok(params));
        }
        for bad in ["", "m=64,t=3,p=4", "m=64MiB,t=3", "m=64MiB,t=3,p=4,p=4", "m=99999999MiB,t=1,p=1", "x=1"]
        {
            assert_eq!(bad.parse::<Params>(), Err(()), "{bad}");
        }
    }

    #[test]
    fn costs_only_rise() {
        let (least, floor) = (Params::LEAST, Params::FLOOR);
        let (strong, stronger) = (Params { t: 9, ..floor }, Params { t: 20, ..floor });
        assert_eq!(least.after_change(strong, false), strong);
        assert_eq!(least.after_change(least, true), least);
        assert_eq!(strong.after_change(stronger, false), strong);
        assert_eq!(strong.after_change(stronger, true), stronger);
        assert_eq!(stronger.after_change(strong, true), stronger);
        assert_eq!((stronger.of_code(), floor.of_code(), least.of_code()), (floor, floor, least));
    }

    #[test]
    fn passes_are_clamped() {
        let after = |ms| calibrated(std::time::Duration::from_millis(ms));
        assert_eq!((after(0), after(55), after(9_000)), (32, 18, 3));
    }
}
