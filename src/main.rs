//! The program: arguments to a command, or to the window.

use std::process::ExitCode;

use chronolane::cli::{self, Arguments};
use clap::Parser as _;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let exit = match &arguments.command {
        #[cfg(feature = "gui")]
        Some(cli::Command::Bench(bench)) => measure(bench),
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
    let start = chronolane::app::Start {
        files: arguments.files.clone(),
        options,
        zone: arguments.common.zone,
        private: arguments.private,
        exit_when_shown: arguments.exit_when_shown,
    };
    match chronolane::app::run(start) {
        Ok(()) => cli::Exit::Well,
        Err(error) => {
            complain(&format!("the window could not be opened ({error}); check, list and render work without one"));
            cli::Exit::Failed
        }
    }
}

#[cfg(feature = "gui")]
fn measure(bench: &cli::BenchArgs) -> cli::Exit {
    use std::io::Write as _;
    let figures = match bench.common.options() {
        Ok(options) => chronolane::app::bench::measure(&bench.files, &options, bench.frames as usize),
        Err(error) => {
            complain(&error.to_string());
            return cli::Exit::Usage;
        }
    };
    match figures {
        Ok(figures) => {
            let words = if bench.json {
                figures.to_json()
            } else if bench.csv {
                figures.to_csv()
            } else {
                figures.to_words()
            };
            let _ = writeln!(std::io::stdout(), "{words}");
            cli::Exit::Well
        }
        Err(error) => {
            complain(&error.to_string());
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
