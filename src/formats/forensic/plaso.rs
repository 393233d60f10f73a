//! Plaso's JSON Lines: `timestamp` counts microseconds since 1970, and `date_time` says what kind of time it was.

use std::borrow::Cow;

use super::{Common, no_time};
use crate::formats::known::{self, Columns, text, whole_lines};
use crate::formats::table::Rows;
use crate::formats::{Confidence, Context, Format, FormatError, Head, Input, json};

/// Plaso's JSON Lines.
pub struct PlasoLines;

impl Format for PlasoLines {
    fn name(&self) -> &'static str {
        "plaso"
    }

    fn label(&self) -> &'static str {
        "Plaso JSON Lines"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["jsonl", "json"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let is_known = |line: &str| {
            line.trim_start().starts_with('{')
                && ["\"__container_type__\"", "\"timestamp\"", "\"timestamp_desc\""].iter().all(|name| line.contains(name))
        };
        if whole_lines(head).take(1).any(is_known) { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let mut rows = json::line_rows(input, context)?;
        let mut columns = Columns::of(rows.columns());
        let common = Common::of(&mut columns);
        let date = columns.look(&["timestamp"]);
        let (class, said) = (columns.look(&["datetimeclassname"]), columns.look(&["datetimestring"]));
        let dialect = context.options.dialect;
        context.note("Read as Plaso's JSON Lines: date from timestamp, UTC; kind from timestamp_desc; message as the sentence.");
        known::read(&mut rows, context, &|context, row| {
            let mut event = common.event(&columns, row);
            let written = text(row, date);
            if text(row, class) == "SemanticTime" {
                // Plaso's word for a time that was never set, or has no meaning on a clock.
                no_time(context, row, "date_time", text(row, said));
                event.when_text = Cow::Borrowed(text(row, said));
            } else {
                known::date(&mut event, Cow::Borrowed(written), microseconds(written), dialect, context, (row.line(), "timestamp"));
            }
            known::deliver(&event, row, context);
        })
    }
}

/// A count of microseconds since 1970 as a timestamp: to the second where it is whole, as most sources say no more.
fn microseconds(text: &str) -> Option<String> {
    let count: i64 = text.parse().ok()?;
    let moment = chrono::DateTime::from_timestamp_micros(count)?;
    Some(moment.format(if count % 1_000_000 == 0 { "%Y-%m-%dT%H:%M:%SZ" } else { "%Y-%m-%dT%H:%M:%S%.6fZ" }).to_string())
}

#[cfg(test)]
mod tests {
    use super::microseconds;

    #[test]
    fn microseconds_of_any_size_are_dates() {
        assert_eq!(microseconds("1327218753000000").as_deref(), Some("2012-01-22T07:52:33Z"));
        assert_eq!(microseconds("1331698658276340").as_deref(), Some("2012-03-14T04:17:38.276340Z"));
        assert_eq!(
            (microseconds("0").as_deref(), microseconds("-1").as_deref()),
            (Some("1970-01-01T00:00:00Z"), Some("1969-12-31T23:59:59.999999Z"))
        );
        assert_eq!((microseconds("9223372036854775807"), microseconds("x"), microseconds("")), (None, None, None));
    }
}
