//! Chronolane: a timeline for chronologies that must stand up to questions.
//!
//! The library holds every layer of the program; `docs/architecture.md` draws them. Each layer uses only those named before
//! it here, and a test holds that rule.

pub mod time;

pub mod model;

pub mod store;

pub mod formats;

pub mod view;

pub mod session;

pub mod style;

pub mod scene;

pub mod render;

pub mod writers;

pub mod jobs;

pub mod cli;

#[cfg(feature = "gui")]
pub mod app;
