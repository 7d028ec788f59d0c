//! Pieces that screens are drawn with: functions over plain data and a buffer. They know no screen
//! and no vault. Every text of outside goes through [`crate::text::sanitise`] in here.

pub mod blanks;
pub mod code_field;
pub mod field;
pub mod frame;
pub mod secret_field;
pub mod text;
pub mod typed;
