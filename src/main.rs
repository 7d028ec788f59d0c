//! The thin binary: hardens the process, then hands over to the command line or the full-screen program.

fn main() {}
