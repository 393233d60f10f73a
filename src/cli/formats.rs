//! `chronolane formats`: what is read and written.

use std::io::{self, Write as _};

use super::{CliError, Exit};
use crate::formats;
use crate::writers;

/// Prints a line a format: its name, what it is, and the endings of its files.
pub(super) fn run() -> Result<Exit, CliError> {
    let mut out = io::stdout().lock();
    writeln!(out, "Read:")?;
    for format in formats::all() {
        writeln!(out, "  {:<17} {:<34} .{}", format.name(), format.label(), format.endings().join(" ."))?;
    }
    writeln!(out, "Written by convert:")?;
    for writer in writers::all() {
        writeln!(out, "  {:<12} {:<32} .{}", writer.name(), writer.label(), writer.ending())?;
    }
    writeln!(out, "Pictures and pages written by render:\n  .svg .png .pdf .html")?;
    Ok(Exit::Well)
}
