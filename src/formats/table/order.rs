//! The date columns of a table settle the order of day and month for all their rows.

use super::plan::WhenFrom;
use super::{Item, Plan, Rows};
use crate::formats::order::Settling;
use crate::formats::{Context, FormatError};
use crate::model::{Event, EventSink, FileLedger, PartSink, RawText, Tables};

/// Walks the date columns of a table whose dates need it, on all cores where it can be read so, and settles the order where one row leaves only one.
pub(super) fn settle(rows: &mut dyn Rows, plan: &mut Plan, context: &mut Context<'_>) -> Result<(), FormatError> {
    let WhenFrom::Columns { start, end, .. } = plan.when else { return Ok(()) };
    let Some(settling) = Settling::of(plan.dialect).filter(|_| plan.slashed) else { return Ok(()) };
    let add = |item: &Item<'_>| {
        if let Item::Row(row) = item {
            start.iter().chain(&end).for_each(|column| settling.add(row.cell(*column).text()));
        }
    };
    let (mut ledger, mut nowhere) = (FileLedger::new(context.file(), ""), Nowhere);
    let mut apart = Context::new(context.options, &mut ledger, &mut nowhere, context.progress, context.bytes_total());
    if !rows.walk_in_pieces(&mut apart, &|_, item| add(&item))? {
        rows.walk(context, &mut |_, item| {
            add(&item);
            Ok(settling.is_open())
        })?;
    }
    plan.dialect = settling.dialect(context);
    Ok(())
}

/// Takes the pieces of a walk that makes no events.
struct Nowhere;

impl EventSink for Nowhere {
    fn event(&mut self, _event: &Event<'_>, _line: u32) {}

    fn tables(&mut self, _tables: Tables) {}

    fn part(&self) -> Option<Box<dyn PartSink>> {
        Some(Box::new(Self))
    }
}

impl PartSink for Nowhere {
    fn of_text(&self, _raw: &RawText, _bytes: usize, _kept: bool) -> Box<dyn PartSink> {
        Box::new(Self)
    }

    fn into_any(self: Box<Self>) -> Box<dyn std::any::Any> {
        self
    }
}
