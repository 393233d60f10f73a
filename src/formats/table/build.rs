//! One row of a table into one event, by the plan.

use std::borrow::Cow;

use super::plan::WhenFrom;
use super::profile::{epoch_unit, is_url};
use super::{Cell, Plan, Row};
use crate::formats::Context;
use crate::formats::dates::{Spanned, is_missing, read_span, report_doubt, trimmed};
use crate::formats::draft::beginning;
use crate::formats::html;
use crate::formats::json::{Loose, evidence_of, linked_sources};
use crate::model::{Event, Evidence, Further, Participant, Severity, Status, Value};
use crate::time::DateError;

/// Makes the event of a row and passes it on; what is doubtful about the row goes to the ledger.
pub(super) fn deliver<'r>(plan: &'r Plan, row: &'r dyn Row, context: &mut Context<'_>) {
    let line = row.line();
    if let Some((severity, message)) = row.remark() {
        context.ledger.problem(severity, line, 0, "", message, "");
    }
    let mut event: Event<'r> = context.room.event();
    fill(&mut event, plan, row);
    let (start, end, field) = date_texts(plan, row);
    if is_missing(&start) && is_missing(&end) {
        event.when_text.clone_from(&start);
        context.ledger.problem(Severity::Error, line, 0, field, "The row has no date. It is kept among the undated.", "");
    } else {
        let blank_if_missing = |text: Cow<'r, str>| if is_missing(&text) { Cow::Borrowed("") } else { text };
        let (start, end) = (blank_if_missing(start), blank_if_missing(end));
        let spanned = match (&start, end.is_empty()) {
            // Most dates are one cell, from which the event borrows.
            (Cow::Borrowed(start), true) => read_span(start, "", plan.dialect),
            _ => read_span(&start, &end, plan.dialect).into_owned(),
        };
        match spanned {
            Spanned::Read(when) => {
                report_doubt(&when, context.ledger, line, field);
                event.when = Some(when);
            }
            Spanned::StartOnly(when, error) => {
                context.ledger.problem(Severity::Warning, line, 0, end_name(plan), format!("The end was left out: {error}."), &end);
                event.further.push(Further { name: Cow::Borrowed(end_name(plan)), value: Value::Text(end) });
                event.when = Some(when);
            }
            Spanned::Failed(error) => {
                let text = if end.is_empty() { start } else { Cow::Owned(format!("{start}/{end}")) };
                context.ledger.problem(Severity::Error, line, 0, field, reason(&error), &text);
                event.when_text = text;
            }
        }
    }
    context.count_record();
    context.deliver(&event, line);
    context.room.take_back(&mut event);
}

/// The reason for an undated row, as a sentence.
pub(crate) fn reason(error: &DateError) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// The name of the end's column.
fn end_name(plan: &Plan) -> &str {
    match plan.when {
        WhenFrom::Columns { end: Some(end), .. } => &plan.names[end],
        _ => "",
    }
}

/// The written start and end of a row, and the name of the column that they come from.
fn date_texts<'r>(plan: &'r Plan, row: &'r dyn Row) -> (Cow<'r, str>, Cow<'r, str>, &'r str) {
    match plan.when {
        WhenFrom::Columns { start, end, clock, epoch } => {
            let text = |column: Option<usize>| column.map_or("", |column| row.cell(column).text());
            let shown = |column: Option<usize>| {
                let text = text(column);
                if epoch { from_epoch(text).map_or(Cow::Borrowed(text), Cow::Owned) } else { Cow::Borrowed(text) }
            };
            let mut first = shown(start);
            let clock = text(clock);
            if !first.is_empty() && !is_missing(clock) {
                first = Cow::Owned(format!("{first} {}", with_colons(clock)));
            }
            (first, shown(end), start.or(end).map_or("", |column| &plan.names[column]))
        }
        WhenFrom::Parts { year, month, day } => {
            let [year_text, month, day] = [Some(year), Some(month), day].map(|column| column.map_or("", |column| row.cell(column).text()));
            let padded = |text: &str| format!("-{text:0>2}");
            let mut text = match year_text.strip_prefix('-') {
                Some(digits) if !digits.is_empty() => format!("-{digits:0>4}"),
                _ if year_text.is_empty() => String::new(),
                _ => format!("{year_text:0>4}"),
            };
            if !text.is_empty() && !is_missing(month) && month != "0" {
                text.push_str(&padded(month));
                if !is_missing(day) && day != "0" {
                    text.push_str(&padded(day));
                }
            }
            (Cow::Owned(text), Cow::Borrowed(""), &plan.names[year])
        }
    }
}

/// A time of day in a column of its own, with colons where it has dots: `13.45`.
fn with_colons(clock: &str) -> Cow<'_, str> {
    let is_dotted = (2..=3).contains(&clock.split('.').count())
        && clock.split('.').all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
        && clock.split('.').skip(1).all(|part| part.len() == 2);
    if is_dotted { Cow::Owned(clock.replace('.', ":")) } else { Cow::Borrowed(clock) }
}

/// A count of seconds, milliseconds, microseconds or nanoseconds since 1970 as an RFC 3339 timestamp.
pub(crate) fn from_epoch(text: &str) -> Option<String> {
    let digits = epoch_unit(text)?;
    let count: i128 = text.parse().ok()?;
    let per_second = 10_i128.pow(digits);
    let (seconds, rest) = (count.div_euclid(per_second), count.rem_euclid(per_second));
    let moment = chrono::DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0)?;
    let whole = moment.format("%Y-%m-%dT%H:%M:%S");
    Some(if digits == 0 { format!("{whole}Z") } else { format!("{whole}.{rest:0>width$}Z", width = digits as usize) })
}

/// Fills an event with all but its date.
fn fill<'r>(event: &mut Event<'r>, plan: &'r Plan, row: &'r dyn Row) {
    let text = |column: Option<usize>| column.map_or(Cow::Borrowed(""), |column| plain(row.cell(column)));
    let is_native = plan.explanation.is_empty();
    event.id = text(plan.id);
    event.title = joined(row, &plan.title, plan.title_glue);
    event.kind = text(plan.kind);
    event.note = text(plan.note);
    let place = joined(row, &plan.place, ", ");
    if !is_missing(&place) {
        event.place = place;
    }
    for (column, role) in &plan.actors {
        actors(&mut event.actors, row.cell(*column), role, plan.roles_in_cells);
    }
    for column in &plan.tags {
        tags(&mut event.tags, row.cell(*column), is_native);
    }
    evidence(&mut event.evidence, plan, row);
    event.further.extend(plan.further.iter().filter_map(|column| kept(&plan.names[*column], row.cell(*column))));
    if !is_native {
        without_html(plan, event);
    }
    if let Some(column) = plan.status {
        event.status = Status::from_name(row.cell(column).text());
        if event.status.is_none() {
            event.further.extend(kept(&plan.names[column], row.cell(column)));
        }
    }
    for (name, cell) in row.extra() {
        event.further.extend(kept("", cell).map(|field| Further { name: Cow::Owned(name), value: field.value }));
    }
}

/// The texts of some columns that hold something, with `glue` between.
fn joined<'r>(row: &'r dyn Row, columns: &[usize], glue: &str) -> Cow<'r, str> {
    if let [one] = columns {
        return plain(row.cell(*one));
    }
    let parts: Vec<Cow<'r, str>> = columns.iter().map(|column| plain(row.cell(*column))).filter(|part| !is_missing(part)).collect();
    Cow::Owned(parts.join(glue))
}

/// Adds the tags of a cell.
fn tags<'r>(into: &mut Vec<Cow<'r, str>>, cell: Cell<'r>, is_native: bool) {
    match cell {
        Cell::Json(json) => into.extend(Loose::parse(json).into_texts().into_iter().filter(|tag| !tag.trim().is_empty())),
        cell => {
            let text = cell.text();
            let at = if is_native || text.contains(';') { ';' } else { ',' };
            into.extend(text.split(at).map(str::trim).filter(|tag| !tag.is_empty()).map(Cow::Borrowed));
        }
    }
}

/// Takes HTML off the texts that are shown; what was written and where it links to is kept beside.
fn without_html<'r>(plan: &'r Plan, event: &mut Event<'r>) {
    let name = |columns: &[usize]| if let [one] = columns { plan.names[*one].as_str() } else { "title" };
    let title = std::mem::take(&mut event.title);
    event.title = html::field(name(&plan.title), title, true, &mut event.further);
    if let (Some(column), Some(first)) = (plan.sentence, event.evidence.first_mut()) {
        let quote = std::mem::take(&mut first.quote);
        let mut once = Vec::new();
        let is_kept = plan.title == [column];
        first.quote = html::field(&plan.names[column], quote, false, if is_kept { &mut once } else { &mut event.further });
        if plan.is_title_cut {
            event.title = Cow::Owned(beginning(&first.quote));
        }
    }
    if let Some(column) = plan.note {
        let note = std::mem::take(&mut event.note);
        event.note = html::field(&plan.names[column], note, false, &mut event.further);
    }
}

/// A cell under its column's name; nothing where nothing is in it.
fn kept<'r>(name: &'r str, cell: Cell<'r>) -> Option<Further<'r>> {
    let value = match cell {
        Cell::Absent | Cell::Text("") => return None,
        Cell::Text(text) => Value::Text(Cow::Borrowed(text)),
        Cell::Json(json) => Value::Json(Cow::Borrowed(json)),
    };
    Some(Further { name: Cow::Borrowed(name), value })
}

/// A cell as plain text; the items of a list with semicolons between.
#[inline]
fn plain(cell: Cell<'_>) -> Cow<'_, str> {
    match cell {
        Cell::Json(json) => match Loose::parse(json) {
            Loose::List(items) if items.iter().all(Loose::is_scalar) => {
                Cow::Owned(items.into_iter().map(Loose::into_text).collect::<Vec<_>>().join("; "))
            }
            _ => Cow::Borrowed(json),
        },
        cell => Cow::Borrowed(cell.text()),
    }
}

/// Adds the actors of a cell.
fn actors<'r>(into: &mut Vec<Participant<'r>>, cell: Cell<'r>, role: &'r str, roles_in_cells: bool) {
    match cell {
        Cell::Json(json) => into.extend(Loose::parse(json).into_participants().into_iter().map(|mut actor| {
            if actor.role.is_empty() {
                actor.role = Cow::Borrowed(role);
            }
            actor
        })),
        cell => {
            for name in between_semicolons(cell.text()).map(trimmed).filter(|name| !is_missing(name)) {
                let (name, own) = if roles_in_cells { split_role(name) } else { (name, "") };
                into.push(Participant { name: Cow::Borrowed(name), role: Cow::Borrowed(if own.is_empty() { role } else { own }) });
            }
        }
    }
}

/// The parts of a text between semicolons.
fn between_semicolons(text: &str) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(b';', text.as_bytes()).chain([text.len()]);
    let mut begin = 0;
    ends.map(move |end| &text[std::mem::replace(&mut begin, end + 1)..end])
}

/// Splits `Name (role)`.
pub(crate) fn split_role(text: &str) -> (&str, &str) {
    let split = text.strip_suffix(')').and_then(|inner| inner.rsplit_once('('));
    match split.map(|(name, role)| (name.trim(), role.trim())) {
        Some((name, role)) if !name.is_empty() && !role.is_empty() => (name, role),
        _ => (text, ""),
    }
}

/// The evidence of a row: its sentence with its source; further sources and addresses as evidence of their own.
fn evidence<'r>(into: &mut Vec<Evidence<'r>>, plan: &Plan, row: &'r dyn Row) {
    let text = |column: Option<usize>| column.map_or(Cow::Borrowed(""), |column| plain(row.cell(column)));
    // Filled where it stands: it is large, and moving it from place to place takes longer than finding what belongs in it.
    into.reserve_exact(1);
    into.push(Evidence::default());
    let Some(first) = into.last_mut() else { return };
    (first.quote, first.phrase, first.published) = (text(plan.sentence), text(plan.phrase), text(plan.published));
    let mut others = Vec::new();
    match plan.source.map(|column| row.cell(column)) {
        Some(Cell::Json(json)) => others = evidence_of(Loose::parse(json)),
        Some(cell) => {
            let mut linked = linked_sources(cell.text()).into_iter();
            match linked.next() {
                Some(one) => (first.source, first.url, first.further) = (one.source, one.url, one.further),
                None => first.source = Cow::Borrowed(cell.text()),
            }
            others.extend(linked);
        }
        None => {}
    }
    if let Some(column) = plan.url {
        match row.cell(column) {
            Cell::Json(json) => {
                let urls = Loose::parse(json).into_texts();
                others.extend(urls.into_iter().map(|url| Evidence { url, ..Evidence::default() }));
            }
            cell if cell.text().is_empty() => {}
            cell if is_lone(cell.text()) => first.url = Cow::Borrowed(cell.text()),
            cell => {
                let mut urls = addresses(cell.text());
                first.url = urls.next().map_or(Cow::Borrowed(cell.text()), Cow::Borrowed);
                others.extend(urls.map(|url| Evidence { url: Cow::Borrowed(url), ..Evidence::default() }));
            }
        }
    }
    if first.source.is_empty() && first.url.is_empty() && first.published.is_empty() && !others.is_empty() {
        // The sentence stands in the first of the listed sources as far as the file says.
        let listed = others.remove(0);
        let own = std::mem::take(first);
        let quote = if listed.quote.is_empty() { own.quote } else { listed.quote.clone() };
        *first = Evidence { quote, phrase: own.phrase, ..listed };
    }
    if first.is_empty() {
        into.pop();
    }
    into.append(&mut others);
}

/// What stands between the addresses of a cell.
const BETWEEN_ADDRESSES: [char; 4] = [';', ' ', '\n', '|'];

/// Whether a cell holds one address at most.
fn is_lone(text: &str) -> bool {
    memchr::memchr3(b';', b' ', b'|', text.as_bytes()).is_none() && memchr::memchr(b'\n', text.as_bytes()).is_none()
}

/// The addresses in a cell that holds several, between semicolons or blanks.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    text.split(BETWEEN_ADDRESSES).map(trimmed).filter(|part| is_url(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_since_1970_are_timestamps_to_their_own_digit() {
        assert_eq!(from_epoch("1658689261").unwrap(), "2022-07-24T19:01:01Z");
        assert_eq!(from_epoch("1658689261123").unwrap(), "2022-07-24T19:01:01.123Z");
        assert_eq!(from_epoch("1658689261123456").unwrap(), "2022-07-24T19:01:01.123456Z");
        assert_eq!(from_epoch("20220724"), None);
    }

    #[test]
    fn a_time_with_dots_is_one_with_colons() {
        assert_eq!(["13.45", "7.05.30", "13:45", "1.5", "13.456"].map(with_colons), ["13:45", "7:05:30", "13:45", "1.5", "13.456"]);
    }

    #[test]
    fn addresses_stand_alone_or_between_marks() {
        let all = |text| addresses(text).collect::<Vec<_>>();
        assert_eq!(all("https://example.org/a"), ["https://example.org/a"]);
        assert_eq!(all("\thttps://example.org/a\t"), ["https://example.org/a"]);
        assert_eq!(
            all("http://a.org; www.b.org|see https://c.org\nhttps://d.org"),
            ["http://a.org", "www.b.org", "https://c.org", "https://d.org"]
        );
        assert!(all("none").is_empty() && all("").is_empty());
        assert!(["", "https://example.org/a", "none"].into_iter().all(is_lone));
        assert!(["a b", "a;b", "a|b", "a\nb"].into_iter().all(|text| !is_lone(text)));
    }

    #[test]
    fn a_role_stands_in_brackets_at_the_end() {
        assert_eq!(split_role("Sergei Shoigu (visitor)"), ("Sergei Shoigu", "visitor"));
        assert_eq!(split_role("(unknown)"), ("(unknown)", ""));
        assert_eq!(split_role("A ()"), ("A ()", ""));
    }
}
