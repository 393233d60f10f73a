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
    let options = match arguments.common.options() {
        Ok(options) => options,
        Err(error) => {
            complain(&error.to_string());
            return cli::Exit::Usage;
        }
    };
    match chronolane::app::run(arguments.files.clone(), options, arguments.exit_when_shown) {
        Ok(()) => cli::Exit::Well,
        Err(error) => {
            complain(&format!("the window could not be opened ({error}); check, list and render work without one"));
            cli::Exit::Failed
        }
    }
}

#[cfg(not(feature = "gui"))]
fn window(_arguments: &Arguments) -> cli::Exit {
    complain("this build has no window; use check, list or render");
    cli::Exit::Usage
}

/// Says something on stderr; a stderr that is gone is nobody's loss.
fn complain(words: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "chronolane: {words}");
}
