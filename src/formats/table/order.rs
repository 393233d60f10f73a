//! The date columns of a table settle the order of day and month for all their rows.

use super::plan::WhenFrom;
use super::{Item, Plan, Rows};
use crate::formats::order::Settling;
use crate::formats::{Context, FormatError};

/// Walks the date columns of a table whose dates need it, and settles the order where one row leaves only one.
pub(super) fn settle(rows: &mut dyn Rows, plan: &mut Plan, context: &mut Context<'_>) -> Result<(), FormatError> {
    let WhenFrom::Columns { start, end, .. } = plan.when else { return Ok(()) };
    let Some(mut settling) = Settling::of(plan.dialect).filter(|_| plan.slashed) else { return Ok(()) };
    rows.walk(context, &mut |_, item| {
        if let Item::Row(row) = item {
            start.iter().chain(&end).for_each(|column| settling.add(row.cell(*column).text()));
        }
        Ok(settling.is_open())
    })?;
    plan.dialect = settling.dialect(context);
    Ok(())
}
