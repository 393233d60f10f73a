//! Reading a written date: its text in, its meaning on the axis out, one value at a time.
//!
//! [`read`] tries the plain forms first (`2023`, `2023-08`, `2023-08-30`, RFC 3339 timestamps and intervals of these), without
//! allocating; then all of EDTF (ISO 8601-2:2019 Annex A, levels 0 to 2); then, where the dialect allows it, the forms that people write. It never guesses: what can be
//! read two ways, what no calendar has and what has no bound at all is an error that says so. What is read is never moved.

mod bounds;
mod doubt;
mod edtf;
mod error;
mod fast;
mod human;
mod timestamp;
mod zoned;

use std::borrow::Cow;

pub use doubt::Doubt;
pub use error::{DateError, DateOrder};

pub(in crate::time) use bounds::{point as span, season_months};
pub(in crate::time) use edtf::{Element, End, Expression, Point, parse};
pub(in crate::time) use timestamp::Stamp;

use super::{Canonical, Extent, Qualities, Reading, Shape, When, Zone};
use bounds::Span;

/// Which ways of writing a date are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Whether the forms that people write are read as well as EDTF (`--dates any`), or EDTF alone (`--dates edtf`).
    pub human: bool,
    /// The order in which day, month and year are taken where the text leaves it open (`--date-order`).
    pub order: Option<DateOrder>,
    /// Whether a number of one or two digits alone is a year, because it stands in a column of dates.
    pub small_years: bool,
    /// The zone whose clocks showed the times that are written without one (`--assume-zone`); without it they belong to no zone.
    pub zone: Option<Zone>,
}

impl Default for Dialect {
    fn default() -> Self {
        Self { human: true, order: None, small_years: false, zone: None }
    }
}

impl Dialect {
    /// EDTF and timestamps alone.
    pub const EDTF: Self = Self { human: false, order: None, small_years: false, zone: None };
}

/// Reads one written date. White space around it is not part of it.
///
/// Bounds are in milliseconds on the axis (see [`Extent`]). The common forms cost no allocation.
///
/// Errors: see [`DateError`]; its text says what to do next.
pub fn read<'a>(text: &'a str, dialect: &Dialect) -> Result<When<'a>, DateError> {
    let when = read_floating(text, *dialect)?;
    Ok(match dialect.zone {
        Some(zone) => zoned::in_zone(when, zone),
        None => when,
    })
}

/// Reads one written date as it stands, without a zone for times that have none.
fn read_floating(text: &str, dialect: Dialect) -> Result<When<'_>, DateError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(DateError::Empty);
    }
    if let Some(reading) = fast::read(trimmed.as_bytes()) {
        return Ok(When { text: Cow::Borrowed(trimmed), canonical: None, reading, doubt: None });
    }
    let shifted = |error: DateError| error.shifted(text.chars().take_while(|c| c.is_whitespace()).count());
    if dialect.human {
        if let Some(canonical) = human::common::read(trimmed.as_bytes(), dialect.order)
            && let Some(reading) = fast::read(canonical.as_bytes())
        {
            return Ok(When { text: Cow::Borrowed(trimmed), canonical: Some(canonical), reading, doubt: None });
        }
        if let Some(written) = human::year_range(trimmed) {
            return when_of(trimmed, written);
        }
        if !begins_as_edtf(trimmed) {
            return human::read(trimmed, dialect).map_err(shifted).and_then(|written| when_of(trimmed, written));
        }
    }
    match read_edtf(trimmed) {
        Ok((canonical, reading)) => {
            let doubt = if dialect.human { human::doubt_of_edtf(trimmed) } else { None };
            Ok(When { text: Cow::Borrowed(trimmed), canonical, reading, doubt })
        }
        Err(error @ DateError::Unreadable { .. }) if dialect.human => match human::read(trimmed, dialect) {
            Ok(written) => when_of(trimmed, written),
            Err(other @ (DateError::NoSuchDate { .. } | DateError::Ambiguous { .. })) => Err(other),
            Err(_) => Err(shifted(error)),
        },
        Err(error) => Err(shifted(error)),
    }
}

/// Whether a text can be EDTF: it begins with four digits of a year, or with a sign that only EDTF has.
fn begins_as_edtf(text: &str) -> bool {
    let bytes = text.as_bytes();
    let bytes = bytes.strip_prefix(b"..").unwrap_or(bytes);
    match bytes.first() {
        Some(b'[' | b'{' | b'/' | b'Y') | None => true,
        _ => {
            let start = bytes.iter().take(2).take_while(|byte| b"-?~%".contains(byte)).count();
            let rest = bytes.get(start..start + 4);
            rest.is_some_and(|year| year.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'X' | b'u')))
        }
    }
}

/// The date of a text that has been put into canonical form.
fn when_of(text: &str, written: human::Written) -> Result<When<'_>, DateError> {
    let human::Written { canonical, doubt } = written;
    let reading = match fast::read(canonical.as_bytes()) {
        Some(reading) => reading,
        None => read_edtf(&canonical)?.1,
    };
    Ok(When { text: Cow::Borrowed(text), canonical: Some(canonical), reading, doubt })
}

/// Whether a text says "now" as the end of what goes on: "present", "ongoing", "heute".
pub fn is_present(text: &str) -> bool {
    human::is_present(text.trim())
}

/// The separate members of a set (`[1667,1668,1670]`, `{1960,1961-12}`), in the order written; empty for everything else.
///
/// `canonical` is a date in its canonical form; instants stand where the zone shows them. A member without a bound on one side has `i64::MIN` or `i64::MAX` there.
pub fn members(canonical: &str, zone: Zone) -> Vec<Extent> {
    if !canonical.starts_with(['[', '{']) {
        return Vec::new();
    }
    match parse(canonical) {
        Ok(Expression::Set { elements, .. }) if elements.len() > 1 => elements
            .iter()
            .filter_map(|element| bounds::element(element, zone).ok())
            .map(|span| Extent::moment(span.start_ms, span.end_ms))
            .collect(),
        _ => Vec::new(),
    }
}

/// The meaning of a date in its canonical form with its instants where a zone shows them; nothing where it cannot be read.
///
/// What began before clocks were put back and ended after, at an earlier time of the clock, reaches from the one time to the other.
pub fn placed(canonical: &str, zone: Zone) -> Option<Reading> {
    if zone.is_utc() {
        return read(canonical, &Dialect::EDTF).ok().map(|when| when.reading);
    }
    if let Ok(stamp) = Stamp::parse(canonical.as_bytes()) {
        return Some(moment(stamp.span_in(zone)));
    }
    let expression = parse(canonical).ok()?;
    if let Expression::Interval(start, end) = &expression {
        let sides = (bounds::end(start, zone).ok()?, bounds::end(end, zone).ok()?);
        return match sides {
            (Side::At(from), Side::At(to)) if from.start_ms >= to.end_ms => interval(&Side::At(to), &Side::At(from)).ok(),
            (from, to) => interval(&from, &to).ok(),
        };
    }
    reading_of(&expression, zone).ok()
}

/// Reads EDTF with its leniencies; gives the canonical text where it differs.
fn read_edtf(text: &str) -> Result<(Option<Canonical<'static>>, Reading), DateError> {
    let (compact, text) = if text.starts_with(['[', '{']) && text.contains(char::is_whitespace) {
        let compact = without_blanks(text);
        (Some(Canonical::from(compact.clone())), Cow::Owned(compact))
    } else {
        (None, Cow::Borrowed(text))
    };
    let expression = parse(&text)?;
    let reading = reading_of(&expression, Zone::UTC).map_err(|error| error.with_canonical(&text))?;
    Ok((compact, reading))
}

/// A set without the blanks at its brackets, commas and dots. Others stay, and make it no date: `1 760` is not 1760.
fn without_blanks(text: &str) -> String {
    let mut compact = String::with_capacity(text.len());
    let parts = |letter: char| matches!(letter, '[' | '{' | ']' | '}' | ',' | '.');
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if !letter.is_whitespace() {
            compact.push(letter);
            continue;
        }
        while letters.peek().is_some_and(|next| next.is_whitespace()) {
            letters.next();
        }
        if !compact.ends_with(parts) && letters.peek().is_some_and(|next| !parts(*next)) {
            compact.push(letter);
        }
    }
    compact
}

/// The meaning of a parsed date.
///
/// Errors: out of the axis' range; unbounded on both sides; an interval that ends before it begins.
fn reading_of(expression: &Expression, zone: Zone) -> Result<Reading, DateError> {
    match expression {
        Expression::Point(point) => Ok(moment(bounds::point(point, zone)?)),
        Expression::Interval(start, end) => interval(&bounds::end(start, zone)?, &bounds::end(end, zone)?),
        Expression::Set { all, elements } => set(*all, elements, zone),
    }
}

/// Something that happened somewhere in a span.
fn moment(span: Span) -> Reading {
    Reading {
        extent: Extent::moment(span.start_ms, span.end_ms),
        shape: Shape::Moment,
        precision: span.precision,
        qualities: span.qualities,
        sub_ms: span.sub_ms,
    }
}

/// Where one side of an interval lies.
enum Side {
    /// Somewhere in this span.
    At(Span),
    /// `..`: it has no such end.
    Open,
    /// Empty: it has one, and nobody knows it.
    Unknown,
}

/// Something that lasted from one span to another.
fn interval(start: &Side, end: &Side) -> Result<Reading, DateError> {
    let start_qualities = match start {
        Side::At(span) => span.qualities,
        Side::Open => Qualities::OPEN_START,
        Side::Unknown => Qualities::UNKNOWN_START,
    };
    let end_qualities = match end {
        Side::At(span) => span.qualities,
        Side::Open => Qualities::OPEN_END,
        Side::Unknown => Qualities::UNKNOWN_END,
    };
    let (precision, sub_ms) = match (start, end) {
        (Side::At(a), Side::At(b)) => (a.precision.min(b.precision), a.sub_ms),
        (Side::At(one), _) => (one.precision, one.sub_ms),
        (_, Side::At(one)) => (one.precision, 0),
        _ => return Err(DateError::Unbounded { canonical: String::new() }),
    };
    // What has no start at all has certainly begun; what has none that is known may have begun as late as it ended.
    let (earliest_start, mut latest_start) = match start {
        Side::At(span) => (span.start_ms, span.end_ms),
        Side::Open => (i64::MIN, i64::MIN),
        Side::Unknown => (i64::MIN, i64::MAX),
    };
    let (mut earliest_end, latest_end) = match end {
        Side::At(span) => (span.start_ms, span.end_ms),
        Side::Open => (i64::MAX, i64::MAX),
        Side::Unknown => (i64::MIN, i64::MAX),
    };
    if earliest_start >= latest_end {
        return Err(DateError::Backwards { start: String::new(), end: String::new() });
    }
    if earliest_start == i64::MIN && latest_end == i64::MAX {
        return Err(DateError::Unbounded { canonical: String::new() });
    }
    latest_start = latest_start.min(latest_end);
    earliest_end = earliest_end.max(earliest_start);
    Ok(Reading {
        extent: Extent { earliest_start, latest_start, earliest_end, latest_end },
        shape: Shape::Duration,
        precision,
        qualities: start_qualities.with(end_qualities),
        sub_ms,
    })
}

/// One of several, or all of several: a moment over their hull.
fn set(all: bool, elements: &[Element], zone: Zone) -> Result<Reading, DateError> {
    let mut hull: Option<Span> = None;
    for element in elements {
        let span = bounds::element(element, zone)?;
        hull = Some(match hull {
            None => span,
            Some(so_far) => so_far.hull(span),
        });
    }
    let Some(mut hull) = hull else { return Err(DateError::Empty) };
    if hull.start_ms == i64::MIN && hull.end_ms == i64::MAX {
        return Err(DateError::Unbounded { canonical: String::new() });
    }
    if all {
        hull.qualities = hull.qualities.with(Qualities::ALL_OF);
    } else if elements.len() > 1 {
        hull.qualities = hull.qualities.with(Qualities::ONE_OF);
    }
    Ok(moment(hull))
}

#[cfg(test)]
#[path = "read/tests.rs"]
mod tests;
