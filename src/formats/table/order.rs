//! Day before month or month before day: a column of dates settles it for all its rows.

use super::plan::WhenFrom;
use super::{Item, Plan, Rows};
use crate::formats::{Context, FormatError};
use crate::time::{self, DateError, DateOrder};

/// The orders that a column's rows leave possible.
#[derive(Clone, Copy, Debug)]
struct Open {
    dmy: bool,
    mdy: bool,
}

/// Walks the date column of a table whose dates need it, and settles the order where one row leaves only one.
///
/// Where rows contradict each other, or none decides, ambiguous rows stay undated and say both readings.
pub(super) fn settle(rows: &mut dyn Rows, plan: &mut Plan, context: &mut Context<'_>) -> Result<(), FormatError> {
    if plan.dialect.order.is_some() || !plan.dialect.human || !plan.slashed {
        return Ok(());
    }
    let WhenFrom::Columns { start, end, .. } = plan.when else { return Ok(()) };
    let mut open = Open { dmy: true, mdy: true };
    let mut is_asked = false;
    let dialect = plan.dialect;
    let with = |order| time::Dialect { order: Some(order), ..dialect };
    let columns: Vec<usize> = start.into_iter().chain(end).collect();
    rows.walk(context, &mut |_, item| {
        let Item::Row(row) = item else { return Ok(true) };
        for column in &columns {
            let text = row.cell(*column).text();
            if !is_numeric(text) {
                continue;
            }
            if matches!(time::read(text, &dialect), Err(DateError::Ambiguous { .. })) {
                is_asked = true;
                continue;
            }
            let [dmy, mdy] = [DateOrder::Dmy, DateOrder::Mdy].map(|order| time::read(text, &with(order)).is_ok());
            if dmy != mdy {
                open.dmy &= dmy;
                open.mdy &= mdy;
            }
        }
        Ok(open.dmy || open.mdy)
    })?;
    match open {
        Open { dmy: true, mdy: false } if is_asked => {
            context.note("Day before month: other dates of the same column can be read in no other order. `--date-order mdy` reads them the other way.");
            plan.dialect.order = Some(DateOrder::Dmy);
        }
        Open { dmy: false, mdy: true } if is_asked => {
            context.note("Month before day: other dates of the same column can be read in no other order. `--date-order dmy` reads them the other way.");
            plan.dialect.order = Some(DateOrder::Mdy);
        }
        _ => {}
    }
    Ok(())
}

/// Whether a date has a number of one or two digits and a separator after it where a day or a month stands first.
pub(super) fn is_numeric(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let Some(first) = bytes.iter().position(u8::is_ascii_digit) else { return false };
    let digits = (first..).take_while(|at| is_digit(*at)).count();
    (1..=2).contains(&digits) && bytes.get(first + digits).is_some_and(|byte| b"/.-".contains(byte)) && is_digit(first + digits + 1)
}
