//! Memory for secrets: the wiping allocator and two small locked areas. The one module of the
//! package with `unsafe` in it; every block gives its reason.
//!
//! What it does: every heap block is overwritten when it is freed or moved; keys and opened
//! secrets live in pages that are locked against swapping (`mlock`), left out of core dumps
//! (`MADV_DONTDUMP`) and emptied in a forked child (`MADV_WIPEONFORK`).
//!
//! What it does not do: it does not reach stacks (see [`crate::crypto::burn_after`]), registers,
//! buffers that stay alive, memory of C libraries or kernel buffers. Titles, user names and
//! addresses are ordinary heap and may be swapped. Where locking is refused (a limit of 0) the
//! program goes on with ordinary pages and [`lock_state`] says so.

#![expect(
    unsafe_code,
    reason = "an allocator, mmap and mlock have no safe interface; this is the one module with it"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::ptr::NonNull;
use std::sync::{Mutex, OnceLock};

use rustix::mm::{Advice, MapFlags, ProtFlags};
use zeroize::Zeroize;

static BEFORE_ABORT: OnceLock<fn()> = OnceLock::new();

/// Names what is called when memory cannot be had, to put the terminal back: most callers abort then.
/// One that asked with `try_reserve` goes on, and whoever draws takes the terminal again. Whether a
/// caller will go on cannot be seen from here, so nothing is guessed from the size.
pub fn on_exhaustion(restore: fn()) {
    let _ = BEFORE_ABORT.set(restore);
}

/// The global allocator: [`System`], with every block wiped before it is given back.
///
/// `realloc` is left to the trait's default (allocate, copy, free), because a forwarded `realloc`
/// would free the old block unwiped.
#[derive(Debug)]
pub struct WipingAlloc;

// SAFETY: every call is handed to `System` with the layout it came with; wiping touches only the
// `layout.size()` bytes of a block that is still allocated.
unsafe impl GlobalAlloc for WipingAlloc {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's contract for `alloc` is the one of `System.alloc`.
        let block = unsafe { System.alloc(layout) };
        if block.is_null() {
            exhausted();
        }
        block
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        let block = unsafe { System.alloc_zeroed(layout) };
        if block.is_null() {
            exhausted();
        }
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: `block` is live and `layout.size()` bytes long until `System.dealloc`.
        unsafe {
            std::ptr::write_bytes(block, 0, layout.size());
        }
        // The compiler may otherwise drop a write to memory that is about to be freed.
        std::hint::black_box(block);
        // SAFETY: the caller's contract for `dealloc` is the one of `System.dealloc`.
        unsafe { System.dealloc(block, layout) }
    }
}

#[cold]
fn exhausted() {
    if let Some(restore) = BEFORE_ABORT.get() {
        restore();
    }
}

/// Whether the system still gives memory: 64 KiB are mapped and given back, past the allocator.
pub fn is_there() -> bool {
    const SIZE: usize = 64 * 1024;
    let flags = ProtFlags::READ | ProtFlags::WRITE;
    // SAFETY: a new anonymous mapping at an address of the kernel's choice touches nothing.
    let mapped = unsafe { rustix::mm::mmap_anonymous(std::ptr::null_mut(), SIZE, flags, MapFlags::PRIVATE) };
    match mapped {
        Ok(base) => {
            // SAFETY: it is the mapping just made, and nothing points into it.
            let _ = unsafe { rustix::mm::munmap(base, SIZE) };
            true
        }
        Err(_) => false,
    }
}

/// Marks every descriptor but the three standard ones as closed in programs that are started. Ours are so
/// from the beginning; this is about those that whoever started us left open. It stands here because a
/// descriptor that nobody owns has no safe interface.
pub fn close_descriptors_on_exec() {
    let mark = |raw: std::os::fd::RawFd| {
        // SAFETY: only flags of it are set, within this call. One that is not open is answered with EBADF;
        // one that was opened meanwhile is ours and has the flag already.
        let descriptor = unsafe { std::os::fd::BorrowedFd::borrow_raw(raw) };
        let _ = rustix::io::fcntl_setfd(descriptor, rustix::io::FdFlags::CLOEXEC);
    };
    match std::fs::read_dir("/proc/self/fd") {
        Ok(all) => {
            let numbers = all.flatten().filter_map(|one| one.file_name().to_str()?.parse().ok());
            numbers.filter(|number| *number > 2).for_each(mark);
        }
        // - without /proc all that there may be are asked
        Err(_) => {
            let most = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
            (3..i32::try_from(most.unwrap_or(DESCRIPTORS)).unwrap_or(i32::MAX).min(DESCRIPTORS as i32))
                .for_each(mark);
        }
    }
}

/// Descriptors that are looked at where nobody tells which there are.
const DESCRIPTORS: u64 = 65_536;

/// Leaves a large buffer out of core dumps; a refusal is ignored (the process is undumpable too).
pub fn exclude_from_dumps<T>(buffer: &mut [T]) {
    let size = std::mem::size_of_val(buffer);
    let start = buffer.as_mut_ptr() as usize;
    let page = rustix::param::page_size();
    let first = start.next_multiple_of(page);
    let last = (start + size) / page * page;
    if last > first {
        // SAFETY: `first..last` lies inside `buffer`, which is borrowed for the whole call, and
        // MADV_DONTDUMP changes no content.
        let _ = unsafe { rustix::mm::madvise(first as *mut _, last - first, Advice::LinuxDontDump) };
    }
}

/// Whether the two areas could be locked against swapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockState {
    /// Keys and opened secrets are locked.
    Both,
    /// Only the page of the keys is locked.
    KeysOnly,
    /// The memory-lock limit allows nothing: both may be swapped.
    Neither,
}

/// Says how far the locked areas could be had; makes them when they are not there yet.
pub fn lock_state() -> LockState {
    match (area(Area::Keys).locked, area(Area::Secrets).locked) {
        (true, true) => LockState::Both,
        (true, false) => LockState::KeysOnly,
        (false, _) => LockState::Neither,
    }
}

/// Which of the two areas a buffer lives in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// One page: data keys.
    Keys,
    /// Eight pages: passwords while they are typed, shown or copied.
    Secrets,
}

const GRANULE: usize = 32;

struct Arena {
    base: usize,
    locked: bool,
    used: Mutex<Granules>,
}

/// Which granules of an area are taken. The count of the free ones answers for a full area at once;
/// an import asks for tens of thousands of blocks that do not fit.
struct Granules {
    used: Vec<bool>,
    free: usize,
}

impl Granules {
    fn new(count: usize) -> Mutex<Granules> {
        Mutex::new(Granules { used: vec![false; count], free: count })
    }
}

static KEYS: OnceLock<Arena> = OnceLock::new();
static SECRETS: OnceLock<Arena> = OnceLock::new();

fn area(which: Area) -> &'static Arena {
    // Keys first: where only one page may be locked it must be theirs.
    let keys = KEYS.get_or_init(|| Arena::map(1));
    match which {
        Area::Keys => keys,
        Area::Secrets => SECRETS.get_or_init(|| Arena::map(8)),
    }
}

impl Arena {
    fn map(pages: usize) -> Arena {
        let size = pages * rustix::param::page_size();
        // SAFETY: a new anonymous mapping at an address of the kernel's choice touches nothing.
        let mapped = unsafe {
            rustix::mm::mmap_anonymous(
                std::ptr::null_mut(),
                size,
                ProtFlags::READ | ProtFlags::WRITE,
                MapFlags::PRIVATE,
            )
        };
        let Ok(base) = mapped else {
            return Arena { base: 0, locked: false, used: Granules::new(0) };
        };
        // SAFETY: `base..base+size` is the mapping just made; none of the three changes content.
        let locked = unsafe {
            let _ = rustix::mm::madvise(base, size, Advice::LinuxDontDump);
            let _ = rustix::mm::madvise(base, size, Advice::LinuxWipeOnFork);
            rustix::mm::mlock(base, size).is_ok()
        };
        Arena { base: base as usize, locked, used: Granules::new(size / GRANULE) }
    }

    fn take(&self, size: usize) -> Option<NonNull<u8>> {
        let need = size.max(1).div_ceil(GRANULE);
        let mut held = self.used.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if need > held.free {
            return None;
        }
        let mut run = 0;
        for at in 0..held.used.len() {
            run = if held.used[at] { 0 } else { run + 1 };
            if run == need {
                let first = at + 1 - need;
                held.used[first..=at].fill(true);
                held.free -= need;
                return NonNull::new((self.base + first * GRANULE) as *mut u8);
            }
        }
        None
    }

    fn give_back(&self, block: NonNull<u8>, size: usize) {
        let first = (block.as_ptr() as usize - self.base) / GRANULE;
        let need = size.max(1).div_ceil(GRANULE);
        let mut held = self.used.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        held.used[first..first + need].fill(false);
        held.free += need;
    }
}

enum Home {
    Arena(Area, NonNull<u8>),
    Heap(Box<[u8]>),
}

/// A buffer of fixed size for secret bytes: in a locked area while there is room, else on the
/// wiped heap; zeroed when made and wiped when dropped.
pub struct Guarded {
    home: Home,
    size: usize,
}

// SAFETY: the block behind the pointer is owned by this value alone, like a Box.
unsafe impl Send for Guarded {}
// SAFETY: shared references give only shared slices.
unsafe impl Sync for Guarded {}

impl Guarded {
    /// Makes a zeroed buffer of `size` bytes.
    pub fn new(area_wanted: Area, size: usize) -> Guarded {
        // One long value must not push all the others out of the locked pages.
        let fits = area_wanted == Area::Keys || size <= 8 * 1024;
        let home = match fits.then(|| area(area_wanted).take(size)).flatten() {
            Some(block) => Home::Arena(area_wanted, block),
            None => Home::Heap(vec![0; size].into_boxed_slice()),
        };
        Guarded { home, size }
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        match &self.home {
            // SAFETY: the arena gave these `size` bytes to this value alone until it is dropped.
            Home::Arena(_, block) => unsafe { std::slice::from_raw_parts(block.as_ptr(), self.size) },
            Home::Heap(block) => block,
        }
    }

    /// The bytes, to write.
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        match &mut self.home {
            // SAFETY: as in `bytes`, and `self` is borrowed exclusively.
            Home::Arena(_, block) => unsafe { std::slice::from_raw_parts_mut(block.as_ptr(), self.size) },
            Home::Heap(block) => block,
        }
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        self.bytes_mut().zeroize();
        if let Home::Arena(which, block) = &self.home {
            area(*which).give_back(*block, self.size);
        }
    }
}

impl std::fmt::Debug for Guarded {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Guarded(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_do_not_overlap_and_come_back_zeroed() {
        let mut one = Guarded::new(Area::Secrets, 40);
        let two = Guarded::new(Area::Secrets, 40);
        one.bytes_mut().fill(7);
        assert_eq!(two.bytes(), [0; 40]);
        drop(one);
        let three = Guarded::new(Area::Secrets, 40);
        assert_eq!(three.bytes(), [0; 40]);
    }

    #[test]
    fn a_full_area_falls_back_to_the_heap() {
        let many: Vec<_> = (0..400).map(|_| Guarded::new(Area::Keys, 32)).collect();
        assert!(many.iter().any(|one| matches!(one.home, Home::Heap(_))));
        assert!(many.iter().all(|one| one.bytes().len() == 32));
    }

    #[test]
    fn what_is_given_back_can_be_had_again() {
        let count = 4096 / GRANULE;
        let arena = Arena::map(1);
        for _ in 0..3 {
            let all: Vec<_> = (0..count / 2).map(|_| arena.take(2 * GRANULE).expect("room")).collect();
            assert!(arena.take(1).is_none());
            all.into_iter().for_each(|block| arena.give_back(block, 2 * GRANULE));
        }
    }
}
