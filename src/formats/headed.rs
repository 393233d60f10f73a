//! Tables whose header is that of a known program: their columns have fixed names, and nothing is guessed.

use std::collections::HashSet;

use super::delimited::DelimitedRows;
use super::table::{Cell, Item, Row, Rows as _};
use super::{Context, FormatError, Head, Input};

/// Whether the table at the beginning of a file has all of these columns; names in lower case.
pub(super) fn has_columns(head: &Head<'_>, wanted: &[&str]) -> bool {
    let header = head.header();
    wanted.iter().all(|name| header.iter().any(|column| column == name))
}

/// A row of such a table; its cells are taken by the names of their columns, and what is left is kept.
pub(super) struct NamedRow<'r> {
    row: &'r dyn Row,
    columns: &'r [String],
    taken: HashSet<usize>,
    /// The line at which it begins, from 1.
    pub line: u32,
}

impl<'r> NamedRow<'r> {
    /// The cell of a column by its name in lower case, without blanks around it; empty where there is none.
    pub(super) fn take(&mut self, name: &str) -> &'r str {
        let mut found = "";
        for (index, column) in self.columns.iter().enumerate() {
            if column.trim().to_lowercase() == name {
                self.taken.insert(index);
                found = self.row.cell(index).text();
                break;
            }
        }
        found
    }

    /// The cells that were not taken and have something in them, under the names of their columns.
    pub(super) fn rest(&self) -> Vec<(String, String)> {
        let named = (0..self.columns.len()).filter(|index| !self.taken.contains(index));
        let named = named.map(|index| (self.columns[index].clone(), self.row.cell(index)));
        let text = |(name, cell): (String, Cell<'_>)| (!cell.text().is_empty()).then(|| (name, cell.text().to_owned()));
        named.filter_map(text).chain(self.row.extra().into_iter().filter_map(text)).collect()
    }
}

/// What is done with each row.
type VisitRow<'v> = dyn FnMut(&mut Context<'_>, NamedRow<'_>) -> Result<(), FormatError> + 'v;

/// Visits every row of a table with a header. What is odd about a row's shape is said, and how many rows are blank.
pub(super) fn read(input: &Input<'_>, context: &mut Context<'_>, visit: &mut VisitRow<'_>) -> Result<(), FormatError> {
    let blank = walk(input, context, &mut |context, row| {
        if let Some((severity, message)) = row.row.remark() {
            context.ledger.problem(severity, row.line, 0, "", message, "");
        }
        visit(context, row)
    })?;
    if blank > 0 {
        context.note(format!("{blank} rows have nothing in any column; they are not counted."));
    }
    Ok(())
}

/// Visits every row to learn from it, and says nothing.
pub(super) fn scan(input: &Input<'_>, context: &mut Context<'_>, visit: &mut VisitRow<'_>) -> Result<(), FormatError> {
    walk(input, context, visit).map(|_| ())
}

/// Visits every row; gives how many are blank.
fn walk(input: &Input<'_>, context: &mut Context<'_>, visit: &mut VisitRow<'_>) -> Result<u64, FormatError> {
    let mut rows = DelimitedRows::open(input, context)?;
    let columns = rows.columns().to_vec();
    rows.walk(context, &mut |context, item| {
        // A text table has no items that are not rows.
        if let Item::Row(row) = item {
            visit(context, NamedRow { row, columns: &columns, taken: HashSet::new(), line: row.line() })?;
        }
        Ok(true)
    })?;
    Ok(rows.blank)
}
