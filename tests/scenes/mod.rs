//! Scenes of single pages: keys → screen, effects, bytes on the disk. A file for each page.

mod about;
mod backups;
mod browse;
mod codes;
mod demo;
mod detail;
mod export;
mod form;
mod generator;
mod history;
mod import;
mod kept;
mod names;
mod palette;
mod path;
mod qr;
mod search;
mod settings;
mod side;
mod staged;
mod storm;
mod trash;
mod vaults;
mod welcome;
