//! The kernel's keyring of this user (Linux), in which `mamori unlock` keeps a vault's data key for a
//! while, so that commands need no password. Not a password store: the password never goes there.
//!
//! | what | how |
//! |---|---|
//! | name | type `user`, `mamori:` and the vault's id as 32 hex digits |
//! | payload | key epoch (u32, little-endian) ‖ data key (32 bytes) |
//! | place | the *user* keyring `@u`: every login of this user, tmux after its login ended too; or, when asked for, the session keyring `@s` of this login alone |
//! | permissions | possessor all; user view, read, search, set attributes |
//! | end | the kernel's own time-out; [`Keyring::revoke`] before it |
//!
//! A key is made ready in the keyring of this process, time-out and permissions included, and only then
//! linked to its place: a killed process leaves none without an end.
//!
//! `@u` is *not* linked into the session keyring, as others do to get at its keys: the permissions above
//! make that needless, it fails where the session's keyring was revoked (tmux after a logout), and in a
//! shell that `su` or `sudo -u` opened the session is another user's, who would get at the key with it.
//! For the same reason a session keyring that is not ours is not taken.
//!
//! What it does not do: any process of the same user can read the key while it is there, and so can
//! root. It is not written to disk and not swapped.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::crypto::keys::Key;

/// Bytes of a payload.
#[cfg(target_os = "linux")]
const PAYLOAD: usize = 4 + 32;

/// The longest time for which a key is kept: a week.
pub const LONGEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Who can use a kept key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Every login of this user on this machine.
    User,
    /// This login alone.
    Session,
}

/// A key that is kept.
#[derive(Debug)]
pub struct Held {
    /// The key epoch that it belongs to.
    pub epoch: u32,
    /// The data key.
    pub dek: Key,
    /// Who can use it.
    pub reach: Reach,
    /// How long it stays, rounded down to the unit the kernel tells (seconds, minutes, hours, days); none
    /// where it does not tell.
    pub left: Option<Duration>,
}

/// Why no key can be kept here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable {
    /// The system is not Linux.
    #[error("this system has no kernel keyring")]
    NoSuchSystem,
    /// The kernel was built without it, or hides it (some containers).
    #[error("this kernel has no keyring")]
    NotBuilt,
    /// A container or sandbox forbids it (seccomp).
    #[error("the keyring is forbidden here")]
    Forbidden,
    /// The user's share of keys is used up.
    #[error("the keyring of this user is full")]
    Full,
    /// The keyring of this login was revoked, and no other is there.
    #[error("the keyring of this login has ended")]
    Ended,
    /// This login has no keyring of its own, so nothing can be kept for it alone.
    #[error("this login has no keyring of its own")]
    NoSession,
    /// Anything else: the number of the error.
    #[error("the keyring failed with error {0}")]
    Other(i32),
}

impl Unavailable {
    /// Stable, for programs.
    pub fn word(self) -> &'static str {
        match self {
            Unavailable::NoSuchSystem => "no-such-system",
            Unavailable::NotBuilt => "not-built",
            Unavailable::Forbidden => "forbidden",
            Unavailable::Full => "full",
            Unavailable::Ended => "ended",
            Unavailable::NoSession => "no-session",
            Unavailable::Other(_) => "error",
        }
    }
}

/// Keeps data keys by the id of their vault.
pub trait Keyring: Send + Sync {
    /// Keeps a key for `time` (1 s to [`LONGEST`]), in place of one of the same vault.
    fn keep(
        &self,
        vault: &[u8; 16],
        epoch: u32,
        dek: &Key,
        reach: Reach,
        time: Duration,
    ) -> Result<(), Unavailable>;

    /// The key of a vault, if one is kept.
    fn find(&self, vault: &[u8; 16]) -> Result<Option<Held>, Unavailable>;

    /// Ends the key of a vault for everybody who could use it; true when there was one.
    fn revoke(&self, vault: &[u8; 16]) -> Result<bool, Unavailable>;

    /// Ends the keys of all vaults that this user sees; gives how many.
    fn revoke_all(&self) -> Result<usize, Unavailable>;

    /// Whether a key could be kept, and why not. For `reach` alone.
    fn available(&self, reach: Reach) -> Result<(), Unavailable>;
}

/// A keyring in memory, for tests; its time does not run.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Kept>);

type Kept = BTreeMap<[u8; 16], (u32, Key, Reach, Duration)>;

impl Memory {
    fn held(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keyring for Memory {
    fn keep(
        &self,
        vault: &[u8; 16],
        epoch: u32,
        dek: &Key,
        reach: Reach,
        time: Duration,
    ) -> Result<(), Unavailable> {
        self.held().insert(*vault, (epoch, dek.duplicate(), reach, time));
        Ok(())
    }

    fn find(&self, vault: &[u8; 16]) -> Result<Option<Held>, Unavailable> {
        let held = self.held();
        Ok(held.get(vault).map(|(epoch, dek, reach, time)| Held {
            epoch: *epoch,
            dek: dek.duplicate(),
            reach: *reach,
            left: Some(*time),
        }))
    }

    fn revoke(&self, vault: &[u8; 16]) -> Result<bool, Unavailable> {
        Ok(self.held().remove(vault).is_some())
    }

    fn revoke_all(&self) -> Result<usize, Unavailable> {
        Ok(std::mem::take(&mut *self.held()).len())
    }

    fn available(&self, _: Reach) -> Result<(), Unavailable> {
        Ok(())
    }
}

/// The keyring of this system.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

#[cfg(any(target_os = "linux", test))]
const PREFIX: &str = "mamori:";

/// The name of a vault's key.
#[cfg(any(target_os = "linux", test))]
fn name(vault: &[u8; 16]) -> String {
    format!("{PREFIX}{:032x}", u128::from_be_bytes(*vault))
}

/// A live key of ours in a line of `/proc/keys`: its number, its name, how long it stays.
#[cfg(any(target_os = "linux", test))]
fn row(line: &str) -> Option<(i32, &str, Option<Duration>)> {
    // - number, flags, uses, time left, permissions, user, group, type, name
    let mut words = line.split_whitespace();
    let id = i32::from_str_radix(words.next()?, 16).ok()?;
    let ended = words.next()?.contains(['R', 'D', 'i']);
    let left = words.nth(1)?;
    let name = (words.nth(3)? == "user").then(|| words.next())??.trim_end_matches(':');
    let ours = name.starts_with(PREFIX) && !ended && left != "expd";
    ours.then(|| (id, name, time_left(left)))
}

/// `14m` and the like, as the kernel writes it; none for `perm` and `expd`.
#[cfg(any(target_os = "linux", test))]
fn time_left(word: &str) -> Option<Duration> {
    let unit = word.chars().next_back()?;
    let number = word.strip_suffix(unit)?.parse::<u64>().ok()?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 60 * 60,
        'd' => 24 * 60 * 60,
        'w' => 7 * 24 * 60 * 60,
        _ => return None,
    };
    Some(Duration::from_secs(number.saturating_mul(seconds)))
}

#[cfg(target_os = "linux")]
mod linux {
    use linux_keyutils::{
        Key as Entry, KeyError, KeyPermissionsBuilder, KeyRing, KeyRingIdentifier, KeySerialId, Permission,
    };

    use super::{Duration, Held, Key, Keyring, PAYLOAD, Reach, System, Unavailable, name, row};
    use crate::secret::SecretBytes;

    /// A key without content in the keyring of this process, which ends with it.
    const PROBE: &str = "mamori-probe";

    impl From<KeyError> for Unavailable {
        fn from(error: KeyError) -> Unavailable {
            const ENOSYS: i32 = 38;
            match error {
                KeyError::PermissionDenied | KeyError::AccessDenied => Unavailable::Forbidden,
                KeyError::OperationNotSupported | KeyError::Unknown(ENOSYS) => Unavailable::NotBuilt,
                KeyError::QuotaExceeded => Unavailable::Full,
                KeyError::KeyRevoked | KeyError::KeyExpired => Unavailable::Ended,
                KeyError::Unknown(number) => Unavailable::Other(number),
                _ => Unavailable::Other(0),
            }
        }
    }

    fn user() -> Result<KeyRing, Unavailable> {
        Ok(KeyRing::from_special_id(KeyRingIdentifier::User, true)?)
    }

    fn process() -> Result<KeyRing, Unavailable> {
        Ok(KeyRing::from_special_id(KeyRingIdentifier::Process, true)?)
    }

    /// The keyring of this login alone: neither the one that all logins share where none was made, nor
    /// that of another user whose login this is (`su`, `sudo -u`).
    fn session() -> Result<KeyRing, Unavailable> {
        let session = match KeyRing::from_special_id(KeyRingIdentifier::Session, false) {
            Ok(session) => session,
            Err(KeyError::KeyRevoked) => return Err(Unavailable::Ended),
            Err(error) => return Err(error.into()),
        };
        match KeyRing::from_special_id(KeyRingIdentifier::UserSession, false) {
            Ok(shared) if shared == session => Err(Unavailable::NoSession),
            _ if session.metadata()?.get_uid() != rustix::process::geteuid().as_raw() => {
                Err(Unavailable::NoSession)
            }
            _ => Ok(session),
        }
    }

    fn ring(reach: Reach) -> Result<KeyRing, Unavailable> {
        match reach {
            Reach::User => user(),
            Reach::Session => session(),
        }
    }

    /// The key of a vault and where it lies. `@u` first: a search of `@s` looks into it, too.
    fn entry(vault: &[u8; 16]) -> Result<Option<(Entry, Reach)>, Unavailable> {
        for reach in [Reach::User, Reach::Session] {
            let found = match ring(reach) {
                Ok(ring) => ring.search(&name(vault)),
                Err(_) if reach == Reach::Session => return Ok(None),
                Err(error) => return Err(error),
            };
            match found {
                Ok(entry) => return Ok(Some((entry, reach))),
                Err(KeyError::KeyDoesNotExist | KeyError::KeyExpired | KeyError::KeyRevoked) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(None)
    }

    fn listed() -> Vec<(Entry, Option<Duration>)> {
        let keys = std::fs::read_to_string("/proc/keys").unwrap_or_default();
        keys.lines()
            .filter_map(row)
            .map(|(id, _, left)| (Entry::from_id(KeySerialId::new(id)), left))
            .collect()
    }

    impl Keyring for System {
        fn keep(
            &self,
            vault: &[u8; 16],
            epoch: u32,
            dek: &Key,
            reach: Reach,
            time: Duration,
        ) -> Result<(), Unavailable> {
            let place = ring(reach)?;
            let mut payload = SecretBytes::with_capacity(PAYLOAD);
            let full = |_| Unavailable::Other(0);
            payload.push(&epoch.to_le_bytes()).map_err(full)?;
            payload.push(dek.expose()).map_err(full)?;
            let made = process()?.add_key(&name(vault), payload.expose())?;
            let user = Permission::VIEW | Permission::READ | Permission::SEARCH | Permission::SETATTR;
            let permissions = KeyPermissionsBuilder::builder().posessor(Permission::ALL).user(user).build();
            let seconds = usize::try_from(time.as_secs().clamp(1, super::LONGEST.as_secs())).unwrap_or(1);
            let ready = made.set_timeout(seconds).and_then(|()| made.set_perms(permissions));
            // - one that was kept before must not outlive its successor in the other place
            let done = ready.map_err(Unavailable::from).and_then(|()| {
                self.revoke(vault)?;
                Ok(place.link_key(made)?)
            });
            if done.is_err() {
                let _ = made.revoke();
            }
            done
        }

        fn find(&self, vault: &[u8; 16]) -> Result<Option<Held>, Unavailable> {
            let Some((entry, reach)) = entry(vault)? else { return Ok(None) };
            let mut payload = SecretBytes::filled(PAYLOAD, |_| Ok::<(), Unavailable>(()))?;
            let read = match entry.read(&mut payload.expose_mut()) {
                Err(KeyError::KeyExpired | KeyError::KeyRevoked | KeyError::KeyDoesNotExist) => {
                    return Ok(None);
                }
                read => read?,
            };
            let held = payload.expose();
            let (Some((epoch, dek)), PAYLOAD) = (held.split_first_chunk::<4>(), read) else {
                // - not of our making
                let _ = entry.revoke();
                return Ok(None);
            };
            let mut key = Key::zero();
            key.expose_mut().copy_from_slice(dek);
            let left = listed().into_iter().find(|(listed, _)| *listed == entry).and_then(|(_, left)| left);
            Ok(Some(Held { epoch: u32::from_le_bytes(*epoch), dek: key, reach, left }))
        }

        fn revoke(&self, vault: &[u8; 16]) -> Result<bool, Unavailable> {
            let mut any = false;
            // - it may lie in both places
            while let Some((entry, _)) = entry(vault)? {
                entry.revoke()?;
                any = true;
            }
            Ok(any)
        }

        fn revoke_all(&self) -> Result<usize, Unavailable> {
            user()?;
            let listed = listed();
            let mut count = 0;
            for (entry, _) in listed {
                match entry.revoke() {
                    Ok(()) => count += 1,
                    Err(KeyError::KeyExpired | KeyError::KeyRevoked | KeyError::KeyDoesNotExist) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            Ok(count)
        }

        fn available(&self, reach: Reach) -> Result<(), Unavailable> {
            // - podman's profile allows to look keys up and forbids to add one: only a key that was made tells
            let probe = process()?.add_key(PROBE, b"-")?;
            let _ = probe.revoke();
            ring(reach).map(drop)
        }
    }
}

#[cfg(not(target_os = "linux"))]
impl Keyring for System {
    fn keep(&self, _: &[u8; 16], _: u32, _: &Key, _: Reach, _: Duration) -> Result<(), Unavailable> {
        Err(Unavailable::NoSuchSystem)
    }

    fn find(&self, _: &[u8; 16]) -> Result<Option<Held>, Unavailable> {
        Err(Unavailable::NoSuchSystem)
    }

    fn revoke(&self, _: &[u8; 16]) -> Result<bool, Unavailable> {
        Err(Unavailable::NoSuchSystem)
    }

    fn revoke_all(&self) -> Result<usize, Unavailable> {
        Err(Unavailable::NoSuchSystem)
    }

    fn available(&self, _: Reach) -> Result<(), Unavailable> {
        Err(Unavailable::NoSuchSystem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_list_is_read_for_live_keys_of_ours() {
        let id = "00000000000000000000000000000001";
        let line = format!("1915b8f5 I--Q---     1  14m 3f2b0000     0     0 user      mamori:{id}: 36");
        let wanted = (0x1915_b8f5, format!("mamori:{id}"), Some(Duration::from_secs(840)));
        let read = row(&line).map(|(number, name, left)| (number, name.to_owned(), left));
        assert_eq!(read, Some(wanted));
        assert_eq!(name(&1u128.to_be_bytes()), format!("mamori:{id}"));
        for (from, to) in [("I--Q", "IR-Q"), (" 14m", "expd"), ("user ", "logon"), ("mamori:", "other:")] {
            assert_eq!(row(&line.replace(from, to)), None, "{to}");
        }
        for (word, seconds) in [("59s", 59), ("2h", 7200), ("3d", 259_200), ("1w", 604_800)] {
            assert_eq!(time_left(word), Some(Duration::from_secs(seconds)));
        }
        assert_eq!((time_left("perm"), time_left("")), (None, None));
    }
}
