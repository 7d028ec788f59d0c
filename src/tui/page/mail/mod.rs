//! Mail addresses: many mailboxes from a list (`many`), and another address in place of one
//! (`readdress`). Both look through all entries, which a job does. What is found and made is
//! [`crate::ops::mailboxes`]'s and [`crate::ops::readdress`]'s.

pub mod job;
mod many;
mod readdress;

pub use many::Mailboxes;
pub use readdress::Readdress;
