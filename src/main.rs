//! The program: arguments to a command, or to the window.

use std::process::ExitCode;

use chronolane::cli::{self, Arguments};
use clap::Parser as _;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let exit = match &arguments.command {
        Some(command) => cli::run(command),
        None => window(&arguments),
    };
    ExitCode::from(exit as u8)
}

#[cfg(feature = "gui")]
fn window(arguments: &Arguments) -> cli::Exit {
    let _ = arguments;
    cli::Exit::Well
}

#[cfg(not(feature = "gui"))]
fn window(_arguments: &Arguments) -> cli::Exit {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "chronolane: this build has no window; use check, list or render");
    cli::Exit::Usage
}
