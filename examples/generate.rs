//! Writes a made-up chronology of any size, for trying speed: `cargo run --release --example generate -- --events N --lanes N --format jsonl|csv|json --seed N`.
//!
//! The same arguments give the same bytes; how they come about stands in `benches/support/made.rs`, which the benches share.

#[path = "../benches/support/made.rs"]
mod made;

use std::io::{self, BufWriter, Write as _};

use clap::{Parser, ValueEnum};
use made::{Made, Written};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// JSON Lines with the native names.
    Jsonl,
    /// JSON Lines with names that have to be recognised.
    OtherJsonl,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// Native JSON.
    Json,
    /// A JSON list of flat records.
    JsonList,
}

/// Writes a made-up chronology to stdout.
#[derive(Debug, Parser)]
struct Arguments {
    /// How many events.
    #[arg(long, default_value_t = 10_000)]
    events: u64,
    /// How many actors, each of which has a lane.
    #[arg(long, default_value_t = 100)]
    lanes: usize,
    /// The format.
    #[arg(long, value_enum, default_value_t = Form::Jsonl)]
    format: Form,
    /// What the choices begin with.
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let written = match arguments.format {
        Form::Jsonl => Written::Lines,
        Form::OtherJsonl => Written::OtherLines,
        Form::Csv => Written::Csv,
        Form::Tsv => Written::Tsv,
        Form::Json => Written::Native,
        Form::JsonList => Written::List,
    };
    let made = Made { events: arguments.events, lanes: arguments.lanes, seed: arguments.seed };
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    made::write(written, made, &mut out)?;
    out.flush()
}
