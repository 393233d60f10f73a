//! `chronolane check`: what became of every row.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::args::CheckArgs;
use super::{CliError, Exit, complain, sessions};
use crate::formats::Silent;
use crate::jobs;
use crate::model::{FileLedger, Ledger};

/// Problems of a kind printed for people; all of those kept are in the JSON.
const PRINTED: usize = 10;
/// Files up to which each is named, whatever there is to say of it.
const FILES_NAMED: usize = 20;

#[derive(Serialize)]
struct Report<'a> {
    rows: u64,
    records: u64,
    plotted: u64,
    undated: u64,
    rejected: u64,
    files: Vec<FileReport<'a>>,
}

#[derive(Serialize)]
struct FileReport<'a> {
    path: &'a str,
    format: &'a str,
    rows: u64,
    plotted: u64,
    undated: u64,
    rejected: u64,
    problems_total: u64,
    groups: Vec<GroupReport>,
    problems: Vec<ProblemReport<'a>>,
}

#[derive(Serialize)]
struct GroupReport {
    kind: &'static str,
    label: &'static str,
    count: u64,
}

#[derive(Serialize)]
struct ProblemReport<'a> {
    severity: &'static str,
    kind: &'static str,
    line: u32,
    column: u32,
    field: &'a str,
    message: &'a str,
    text: &'a str,
}

impl<'a> From<&'a FileLedger> for FileReport<'a> {
    fn from(file: &'a FileLedger) -> Self {
        let problems = file.problems.iter().map(|problem| ProblemReport {
            severity: problem.severity.name(),
            kind: problem.kind.name(),
            line: problem.line,
            column: problem.column,
            field: &problem.field,
            message: &problem.message,
            text: &problem.text,
        });
        let groups = file.kinds.iter().map(|(kind, count)| GroupReport { kind: kind.name(), label: kind.label(), count });
        Self {
            path: &file.path,
            format: &file.format,
            rows: file.rows,
            plotted: file.plotted,
            undated: file.undated,
            rejected: file.rejected,
            problems_total: file.problems_total,
            groups: groups.collect(),
            problems: problems.collect(),
        }
    }
}

/// Reads the files and prints their ledger.
pub(super) fn run(args: &CheckArgs) -> Result<Exit, CliError> {
    let named = sessions::named(&args.files)?;
    let options = sessions::options(&args.common.options()?, &named, true)?;
    let surveyed = jobs::survey(&named.files, &options, &Silent)?;
    for message in &surveyed.unread {
        complain(&format!("chronolane: {message}"));
    }
    let ledger = &surveyed.ledger;
    let mut out = BufWriter::new(io::stdout().lock());
    if args.json {
        json(ledger, &mut out)?;
    } else {
        words(ledger, &mut out)?;
    }
    out.flush()?;
    let is_troubled = ledger.is_troubled() || !surveyed.unread.is_empty() || named.troubled;
    Ok(if is_troubled { Exit::Troubled } else { Exit::Well })
}

fn json(ledger: &Ledger, out: &mut impl Write) -> Result<(), CliError> {
    let report = Report {
        rows: ledger.rows(),
        records: ledger.records(),
        plotted: ledger.plotted(),
        undated: ledger.undated(),
        rejected: ledger.rejected(),
        files: ledger.files.iter().map(FileReport::from).collect(),
    };
    serde_json::to_writer(&mut *out, &report).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// A heading within a line.
fn lower(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn words(ledger: &Ledger, out: &mut impl Write) -> Result<(), CliError> {
    // Of a folder of hundreds of files those are named of which there is something to say.
    let is_many = ledger.files.len() > FILES_NAMED;
    let is_quiet = |file: &&FileLedger| is_many && file.problems_total == 0;
    for file in ledger.files.iter().filter(|file| !is_quiet(file)) {
        writeln!(
            out,
            "{} ({}): {} rows = {} plotted + {} undated + {} rejected",
            file.path, file.format, file.rows, file.plotted, file.undated, file.rejected
        )?;
        for (kind, count) in file.kinds.iter() {
            writeln!(out, "  {count} x {}. {}", lower(kind.label()), kind.advice())?;
            for problem in file.problems.iter().filter(|problem| problem.kind == kind).take(PRINTED) {
                let place = if problem.line > 0 { format!("line {}", problem.line) } else { "file".to_owned() };
                let field = if problem.field.is_empty() { String::new() } else { format!(", {}", problem.field) };
                let text = if problem.text.is_empty() { String::new() } else { format!("  [{}]", problem.text.replace(['\n', '\r'], " ")) };
                writeln!(out, "    {} {place}{field}: {}{text}", problem.severity.name(), problem.message)?;
            }
            let more = count.saturating_sub(PRINTED as u64);
            if more > 0 {
                writeln!(out, "    and {more} more; --json lists up to {} of all kinds", FileLedger::PROBLEMS_KEPT)?;
            }
        }
    }
    let quiet: Vec<&FileLedger> = ledger.files.iter().filter(is_quiet).collect();
    if !quiet.is_empty() {
        let sum = |of: fn(&FileLedger) -> u64| quiet.iter().map(|file| of(file)).sum::<u64>();
        let (rows, plotted) = (sum(|file| file.rows), sum(|file| file.plotted));
        writeln!(out, "{} files of which there is nothing to say: {rows} rows = {plotted} plotted", quiet.len())?;
    }
    if ledger.files.len() > 1 {
        writeln!(
            out,
            "all: {} rows = {} plotted + {} undated + {} rejected",
            ledger.rows(),
            ledger.plotted(),
            ledger.undated(),
            ledger.rejected()
        )?;
    }
    Ok(())
}
