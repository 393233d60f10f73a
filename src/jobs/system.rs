//! Handing a file that this program wrote to the system: opening it, and showing it in its folder. Nothing that a record names is ever opened here.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// Opens a file with the system's program for it.
pub fn open_with_system(path: &Path) -> io::Result<()> {
    let path = std::path::absolute(path)?;
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(target_os = "windows") {
        Command::new("explorer")
    } else {
        Command::new("xdg-open")
    };
    start(command.arg(path))
}

/// Shows the folder of a file, with the file marked where the system can.
pub fn reveal_in_folder(path: &Path) -> io::Result<()> {
    let path = std::path::absolute(path)?;
    if cfg!(target_os = "macos") {
        return start(Command::new("open").arg("-R").arg(path));
    }
    if cfg!(target_os = "windows") {
        let mut selected = std::ffi::OsString::from("/select,");
        selected.push(path);
        return start(Command::new("explorer").arg(selected));
    }
    start(Command::new("xdg-open").arg(path.parent().unwrap_or(&path)))
}

/// Starts a program and leaves it to itself.
fn start(command: &mut Command) -> io::Result<()> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    // Waited for on a thread of its own, so that it does not stay as a zombie.
    drop(std::thread::Builder::new().name("chronolane child".to_owned()).spawn(move || child.wait()));
    Ok(())
}
