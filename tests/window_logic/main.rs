//! The window without a display and without a mouse of its own, walked by accessible names as a screen reader finds them. One program, for each that holds a
//! window takes long to link and much room on the disk.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![cfg(feature = "gui")]

mod access;
mod basics;
mod commands;
mod desk;
mod detail;
mod export;
mod folds;
mod idle;
mod keyboard;
mod lanes;
mod ledger;
mod mapping;
mod reading;
mod search;
mod sessions;
mod table;
mod working;
mod zone;
