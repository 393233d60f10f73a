//! SIMILE Timeline: events as XML or JSON, each with up to four times: `start latestStart earliestEnd end`.
//!
//! Something without `isDuration` that has an end happened at one time between its start and its end. The format writes days as midnight, so that a time of exactly
//! 00:00:00 is read as its day. The unit of numbers that a page's script gives (as millions of years) is not in the file and is not known here.

mod json;
mod xml;

pub use json::SimileJson;
pub use xml::SimileXml;

use super::Context;
use super::dates::Spanned;
use super::draft::Draft;
use super::parts::{self, within, without_midnight};
use crate::time::{self, DateError, DateOrder, Dialect};

/// The times of an event as they are written, each empty where there is none.
struct Times {
    start: String,
    latest_start: String,
    earliest_end: String,
    end: String,
    /// Whether the event lasted, as far as the file says.
    lasted: bool,
}

/// What a file tells beside its events.
#[derive(Default)]
struct Tally {
    /// Times that were midnight.
    midnights: u64,
    /// Whether the numbers of the file count back from a time that is not in it.
    counts_back: bool,
}

impl Times {
    /// The text of the whole: the start, what it may be at the latest, and the same of the end.
    fn written(&self) -> String {
        let both = |first: &str, last: &str| match (first.is_empty(), last.is_empty()) {
            (false, false) => format!("{first} .. {last}"),
            _ => format!("{first}{last}"),
        };
        let (start, end) = (both(&self.start, &self.latest_start), both(&self.earliest_end, &self.end));
        if end.is_empty() { start } else { format!("{start}/{end}") }
    }

    /// The meaning of the whole.
    fn meaning(&self, dialect: Dialect, tally: &mut Tally) -> Spanned<'static> {
        let dialect = Dialect { order: dialect.order.or(Some(DateOrder::Mdy)), ..dialect };
        let mut canonical = |text: &str| -> Result<String, DateError> {
            if text.trim().is_empty() {
                return Ok(String::new());
            }
            let (day, was_midnight) = without_midnight(text);
            tally.midnights += u64::from(was_midnight);
            time::read(day, &dialect).map(|when| when.canonical().to_owned())
        };
        let start = canonical(&self.start).and_then(|start| canonical(&self.latest_start).map(|latest| within(&start, &latest)));
        let (earliest_end, end) = (canonical(&self.earliest_end), canonical(&self.end));
        if !self.lasted {
            let last = if self.end.is_empty() { earliest_end } else { end };
            let moment = match (&start, last) {
                (Ok(start), Ok(last)) => Ok(within(start, &last)),
                (Ok(start), Err(error)) => {
                    return parts::as_written(self.written(), start).map_or_else(Spanned::Failed, |when| Spanned::StartOnly(when, error));
                }
                (Err(error), _) => Err(error.clone()),
            };
            return parts::spanned((self.written(), moment), None);
        }
        let whole = earliest_end.and_then(|earliest| {
            end.map(|end| if end.is_empty() && !earliest.is_empty() { format!("{earliest}..") } else { within(&earliest, &end) })
        });
        match (start, whole) {
            (Ok(start), Ok(end)) if end.is_empty() || end == start => parts::spanned((self.written(), Ok(start)), None),
            (Ok(start), Ok(end)) => {
                parts::as_written(self.written(), &format!("{start}/{end}")).map_or_else(Spanned::Failed, Spanned::Read)
            }
            (Ok(start), Err(error)) => {
                parts::as_written(self.start.clone(), &start).map_or_else(Spanned::Failed, |when| Spanned::StartOnly(when, error))
            }
            (Err(error), _) => Spanned::Failed(error),
        }
    }
}

/// Gives an event its date.
fn dated(draft: &mut Draft<'_>, times: &Times, tally: &mut Tally, context: &mut Context<'_>) {
    if times.start.is_empty() && times.end.is_empty() {
        return;
    }
    if tally.counts_back && is_number(&times.start) {
        let message = "The numbers of this file count back from a time that it does not give, such as millions of years before the present. Put years with BCE or EDTF in their place.";
        draft.undated(context, "start", message.to_owned(), &times.written());
        return;
    }
    let spanned = times.meaning(context.options.dialect, tally);
    let written = times.written();
    match spanned {
        // The text holds the end already.
        Spanned::Failed(error) => draft.date(context, "start", &written, Err(error)),
        other => draft.spanned(context, ["start", "end"], [&written, &times.end], other),
    }
}

impl Tally {
    /// Learns from the start and the end of every event whether plain numbers count back: then most events end before they begin.
    fn of_ends(ends: impl Iterator<Item = (String, String)>) -> Self {
        let numbers: Vec<(f64, f64)> =
            ends.filter_map(|(start, end)| Some((start.trim().parse().ok()?, end.trim().parse().ok()?))).collect();
        let back = numbers.iter().filter(|(start, end)| end < start).count();
        Self { midnights: 0, counts_back: back >= 2 && back * 2 > numbers.len() }
    }

    /// Says what concerns the file as a whole.
    fn report(&self, context: &mut Context<'_>) {
        if self.midnights > 0 {
            let message =
                "Times of exactly 00:00:00 are read as the whole day, since the format has no other way to write a day; there are";
            context.note(format!("{message} {} of them. Their text is kept.", self.midnights));
        }
    }
}

/// Whether a time is a plain number.
fn is_number(text: &str) -> bool {
    text.trim().trim_start_matches('?').parse::<f64>().is_ok()
}

/// Whether a flag is set.
fn is_true(text: &str) -> bool {
    text.trim().eq_ignore_ascii_case("true")
}
