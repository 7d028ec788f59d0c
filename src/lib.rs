//! mamori.
pub mod commit;
pub mod config;
pub mod crypto;
pub mod format;
pub mod model;
pub mod ops;
pub mod platform;
pub mod secret;
pub mod session;
pub mod store;
pub mod text;
pub mod tui;
