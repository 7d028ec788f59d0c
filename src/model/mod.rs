//! Plain data: what a vault holds. It knows no file, no clock and no terminal. The base is the
//! [`record`]: attributes made of stamped versions; [`entry`] and [`incident`] read one as a person sees it.

pub mod entry;
pub mod id;
pub mod incident;
pub mod kind;
pub mod record;
pub mod stamp;
pub mod tag;
pub mod value;
pub mod vault;

pub use entry::{Entry, Field, FieldValue, Staged, StagedState, State};
pub use id::Id;
pub use incident::Incident;
pub use kind::{Kind, Relation};
pub use record::{Attr, Record, Records, Version};
pub use stamp::Stamp;
pub use tag::Tag;
pub use value::{Source, Value};
pub use vault::{Section, Vault};
