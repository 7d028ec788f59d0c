//! Writing entries to a file: the format, which entries, where, under which password.

pub mod job;
