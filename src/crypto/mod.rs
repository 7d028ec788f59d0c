//! Bytes to bytes: key derivation ([`kdf`]), sealing ([`seal`]), the key tree ([`keys`]), values
//! sealed one by one ([`value`]), recovery codes ([`recovery`]), random choices ([`entropy`]). No
//! files, no model, no text for people.

pub mod entropy;
pub mod kdf;
pub mod keys;
pub mod recovery;
pub mod seal;
pub mod value;

/// Runs `work` and then overwrites 64 KiB of the stack below this frame, where key material that
/// `work` moved about would otherwise stay readable.
///
/// It reaches only the calling thread's stack; workers burn their own.
pub fn burn_after<T>(work: impl FnOnce() -> T) -> T {
    let result = run(work);
    burn();
    result
}

#[inline(never)]
fn run<T>(work: impl FnOnce() -> T) -> T {
    work()
}

/// Overwrites 64 KiB of the stack below the caller.
#[inline(never)]
pub fn burn() {
    let mut ash = [0u8; 64 * 1024];
    zeroize::Zeroize::zeroize(&mut ash[..]);
    std::hint::black_box(&ash);
}
