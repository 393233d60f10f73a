//! `chronolane date`: what a date or a phrase means, with its bounds.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::args::DateArgs;
use super::{CliError, Exit};
use crate::time::{self, DateError, Dialect, PhraseReading, Shape, When};

#[derive(Serialize)]
struct Report {
    edtf: String,
    earliest: Option<String>,
    latest: Option<String>,
    shape: &'static str,
    words: String,
    reasoning: Option<String>,
    warning: Option<&'static str>,
}

impl Report {
    fn of(when: &When<'_>, reasoning: Option<String>) -> Self {
        let (earliest, latest) = time::listed_bounds(&when.reading);
        Self {
            edtf: when.canonical().to_owned(),
            earliest,
            latest,
            shape: if when.reading.shape == Shape::Moment { "moment" } else { "duration" },
            words: time::wording(when),
            reasoning,
            warning: when.doubt.map(time::Doubt::message),
        }
    }
}

/// Prints the reading of a date, or its readings.
pub(super) fn run(args: &DateArgs) -> Result<Exit, CliError> {
    let text = args.text.join(" ");
    let reports = reports(&text, args.on.as_deref(), args.dialect())?;
    let mut out = BufWriter::new(io::stdout().lock());
    let count = reports.len();
    for (place, report) in reports.iter().enumerate() {
        if args.json {
            serde_json::to_writer(&mut out, report).map_err(io::Error::from)?;
            writeln!(out)?;
            continue;
        }
        if count > 1 {
            writeln!(out, "{}reading {} of {count}", if place > 0 { "\n" } else { "" }, place + 1)?;
        }
        writeln!(out, "{}", report.words)?;
        writeln!(out, "  EDTF      {}", report.edtf)?;
        writeln!(out, "  earliest  {}", report.earliest.as_deref().unwrap_or("no bound"))?;
        writeln!(out, "  latest    {}", report.latest.as_deref().unwrap_or("no bound"))?;
        writeln!(out, "  shape     {}", report.shape)?;
        for (name, text) in [("because ", report.reasoning.as_deref()), ("note    ", report.warning)] {
            if let Some(text) = text {
                writeln!(out, "  {name}  {text}")?;
            }
        }
    }
    out.flush()?;
    Ok(if count == 1 && reports[0].warning.is_none() { Exit::Well } else { Exit::Troubled })
}

/// The readings of a date by itself, or of a phrase that was said on a day.
fn reports(text: &str, on: Option<&str>, dialect: Dialect) -> Result<Vec<Report>, CliError> {
    let failed = |error: DateError| CliError::Unread { text: text.to_owned(), error };
    if let Some(on) = on {
        time::read(on, &dialect).map_err(|error| CliError::Date { option: "on", error })?;
        let readings = time::phrase(text, on, &dialect).map_err(failed)?;
        return readings
            .into_iter()
            .map(|PhraseReading { edtf, reasoning }| {
                time::read(&edtf, &Dialect::EDTF).map(|when| Report::of(&when, Some(reasoning))).map_err(failed)
            })
            .collect();
    }
    match time::read(text, &dialect) {
        Ok(when) => Ok(vec![Report::of(&when, None)]),
        Err(DateError::Ambiguous { readings }) => readings
            .iter()
            .map(|(order, edtf)| {
                let reasoning = format!("read as {}; --date-order {} reads it so", order.name(), order.name());
                time::read(edtf, &Dialect::EDTF).map(|when| Report::of(&when, Some(reasoning))).map_err(failed)
            })
            .collect(),
        Err(error) => Err(failed(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_reading_two_or_none() {
        let count = |text: &str, on: Option<&str>| reports(text, on, Dialect::default()).map(|found| found.len()).unwrap_or_default();
        assert_eq!(count("5 May 2021", None), 1);
        assert_eq!(count("04/05/2021", None), 2);
        assert_eq!(count("earlier this month", Some("2023-08-30")), 1);
        assert_eq!(count("Wednesday", Some("2023-08-30")), 2);
        assert_eq!(count("Wednesday", None), 0);
        assert_eq!(count("Wednesday", Some("soon")), 0);
    }
}
