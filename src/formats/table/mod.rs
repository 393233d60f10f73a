//! Tables of any origin into events: rows in, columns recognised, events out.
//!
//! A CSV file, a list of JSON objects and a spreadsheet are all [`Rows`]. They are walked up to three times: to recognise
//! the columns, to let the date column settle the order of day and month, and to make the events.

mod build;
mod names;
mod order;
mod plan;
mod profile;

use std::collections::HashMap;

use super::dates::trimmed;
use super::{Context, Field, FormatError};
pub(crate) use build::{from_epoch, reason, split_role};
pub(crate) use plan::Plan;

/// Rows on which recognition rests.
const SAMPLE_ROWS: usize = 1000;

/// A cell of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cell<'r> {
    /// There is none, or nothing in it.
    Absent,
    /// Text, or a number as it was written.
    Text(&'r str),
    /// A JSON list or object, as written.
    Json(&'r str),
}

impl<'r> Cell<'r> {
    /// The text without blanks around it; empty where there is none, and for lists.
    pub(crate) fn text(self) -> &'r str {
        match self {
            Self::Text(text) => trimmed(text),
            Self::Absent | Self::Json(_) => "",
        }
    }
}

/// A row of a table.
pub(crate) trait Row {
    /// The line at which it begins, from 1.
    fn line(&self) -> u32;
    /// The cell in a column, counted from 0.
    fn cell(&self, column: usize) -> Cell<'_>;
    /// Cells that no column is named for, with a name of their own.
    fn extra(&self) -> Vec<(String, Cell<'_>)>;
    /// A remark on the row's own shape: too short, too long.
    fn remark(&self) -> Option<(crate::model::Severity, String)> {
        None
    }
}

/// What a table has at one place.
pub(crate) enum Item<'r> {
    /// A row.
    Row(&'r dyn Row),
    /// Something that should have been one.
    Broken {
        /// Where it begins.
        line: u32,
        /// The character within the line, from 1; 0 where it is not known.
        column: u32,
        /// What is wrong with it.
        message: String,
        /// What stands there.
        text: &'r str,
    },
}

/// What is done with each item; `false` ends the walk.
pub(crate) type Visit<'v> = dyn FnMut(&mut Context<'_>, Item<'_>) -> Result<bool, FormatError> + 'v;

/// A table that can be walked from its beginning more than once.
pub(crate) trait Rows {
    /// The names of the columns, each different from the others.
    fn columns(&self) -> &[String];
    /// The line of the header, from 1.
    fn header_line(&self) -> u32;
    /// Visits the first rows in order, some thousands where there are so many: those by which the columns are told.
    fn walk_first(&mut self, context: &mut Context<'_>, visit: &mut Visit<'_>) -> Result<(), FormatError> {
        self.walk(context, visit)
    }
    /// Visits every row in order.
    fn walk(&mut self, context: &mut Context<'_>, visit: &mut Visit<'_>) -> Result<(), FormatError>;
    /// Rows that the last walk found to hold nothing, which are not counted.
    fn blank(&self) -> u64 {
        0
    }
    /// Visits every row on all cores, each core with a context of its own that is joined in order; false, with nothing done, where that cannot be.
    fn walk_in_pieces(&mut self, _context: &mut Context<'_>, _visit: &Take<'_>) -> Result<bool, FormatError> {
        Ok(false)
    }
}

/// What is done with each item on whatever core.
pub(crate) type Take<'v> = dyn Fn(&mut Context<'_>, Item<'_>) + Sync + 'v;

/// Recognises the columns of a table and passes on every row as an event.
pub(crate) fn read(rows: &mut dyn Rows, context: &mut Context<'_>) -> Result<(), FormatError> {
    let plan = recognise(rows, context)?;
    read_planned(rows, plan, context)
}

/// Finds what the columns of a table mean.
pub(crate) fn recognise(rows: &mut dyn Rows, context: &mut Context<'_>) -> Result<Plan, FormatError> {
    let mut columns: Vec<profile::Column> = rows.columns().iter().map(|name| profile::Column::new(name)).collect();
    let dialect = context.options.dialect;
    let mut seen = 0;
    rows.walk_first(context, &mut |_, item| {
        if let Item::Row(row) = item {
            for (index, column) in columns.iter_mut().enumerate() {
                column.add(row.cell(index), dialect);
            }
            seen += 1;
        }
        Ok(seen < SAMPLE_ROWS)
    })?;
    plan::make(&columns, context.options, context.file(), rows.header_line())
}

/// Passes on every row of a table as an event, by a plan.
pub(crate) fn read_planned(rows: &mut dyn Rows, mut plan: Plan, context: &mut Context<'_>) -> Result<(), FormatError> {
    if !plan.explanation.is_empty() {
        context.note(plan.explanation.clone());
    }
    note_zone(context);
    order::settle(rows, &mut plan, context)?;
    each(rows, context, &|context, row| build::deliver(&plan, row, context))
}

/// Notes in whose zone times without one are read, where the user has said so.
pub(crate) fn note_zone(context: &mut Context<'_>) {
    if let Some(zone) = context.options.dialect.zone {
        context.note(format!(
            "Times that are written without a zone are read by the clocks of {}, as you chose. Dates without a time of day have none.",
            zone.name()
        ));
    }
}

/// Passes every row to a reader of its own, on all cores where that can be; what should have been a row is rejected.
pub(crate) fn each(
    rows: &mut dyn Rows,
    context: &mut Context<'_>,
    of_row: &(dyn Fn(&mut Context<'_>, &dyn Row) + Sync),
) -> Result<(), FormatError> {
    let take = |context: &mut Context<'_>, item: Item<'_>| match item {
        Item::Row(row) => of_row(context, row),
        Item::Broken { line, column, message, text } => {
            context.count_record();
            context.ledger.reject(line, column, "", message, text);
        }
    };
    if rows.walk_in_pieces(context, &take)? {
        return Ok(());
    }
    rows.walk(context, &mut |context, item| {
        take(context, item);
        Ok(true)
    })
}

/// Notes that a table is read by a choice of the user's that was kept.
pub(crate) fn note_remembered(context: &mut Context<'_>) {
    context.note("The table is read as you chose for this header. Columns… in the menu File shows it and changes it.");
}

/// Notes how many rows the last walk found to hold nothing.
pub(crate) fn note_blank(rows: &dyn Rows, context: &mut Context<'_>) {
    if rows.blank() > 0 {
        context.note(format!("{} rows have nothing in any column; they are not counted.", rows.blank()));
    }
}

/// A name for a column that has none.
pub(crate) fn unnamed(index: usize) -> String {
    format!("column {}", index + 1)
}

/// Gives every column a name, and none the name of another.
pub(crate) fn distinct_names<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    // The names that are taken, with the number up to which others of that name were counted: thousands of columns may have one name.
    let mut taken: HashMap<String, u32> = HashMap::new();
    names
        .enumerate()
        .map(|(index, name)| {
            let name = name.trim();
            let base = if name.is_empty() { unnamed(index) } else { name.to_owned() };
            let Some(mut count) = taken.insert(base.clone(), 1) else { return base };
            let name = loop {
                count += 1;
                let name = format!("{base} ({count})");
                if !taken.contains_key(&name) {
                    break name;
                }
            };
            taken.insert(name.clone(), 1);
            taken.insert(base, count);
            name
        })
        .collect()
}

/// Whether a column's name alone speaks for a field.
pub(crate) fn is_named_for(name: &str, field: Field) -> bool {
    names::strength(&names::Name::of(name), field) > 0
}

/// Whether fields of these names make one event: a date and a title among them.
pub(crate) fn looks_like_event<'n>(names: impl Iterator<Item = &'n str>) -> bool {
    let (mut dated, mut titled) = (false, false);
    for name in names {
        let name = names::Name::of(name);
        dated |= names::strength(&name, Field::When) >= 85;
        titled |= names::strength(&name, Field::Title) >= 80;
    }
    dated && titled
}

/// Whether a field of that name would be a date.
pub(crate) fn names_a_date(name: &str) -> bool {
    names::strength(&names::Name::of(name), Field::When) >= 85
}

/// Whether a field's name stands for itself among the columns: the flat native header.
fn native_column(columns: &[profile::Column], field: Field) -> Option<usize> {
    columns.iter().position(|column| column.title == field.name())
}

#[cfg(test)]
mod tests {
    use super::distinct_names;

    #[test]
    fn names_that_thousands_of_columns_have_are_told_apart() {
        assert_eq!(
            distinct_names(["a", "", "a", "a (2)", "a", ""].into_iter()),
            ["a", "column 2", "a (2)", "a (2) (2)", "a (3)", "column 6"]
        );
        // A look at each name before for each of them would be five billion.
        let names = distinct_names(std::iter::repeat_n("a", 100_000));
        assert_eq!(names.last().map(String::as_str), Some("a (100000)"));
    }
}
