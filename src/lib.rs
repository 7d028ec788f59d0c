//! mamori.
pub mod crypto;
pub mod ops;
pub mod platform;
pub mod secret;
pub mod text;
