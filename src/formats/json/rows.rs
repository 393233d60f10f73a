//! JSON objects of any shape as the rows of a table: nested fields under dotted names, lists as they stand.

use std::collections::{HashMap, HashSet};

use serde_json::value::RawValue;

use super::loose::within_bounds;
use super::message_of;
use super::native::Fields;
use super::record::raw_value;
use crate::formats::table::{self, Cell, Item, Row, Rows, Take, Visit};
use crate::formats::{Context, FormatError, TableChoice};
use crate::model::Value;

/// Objects by which the columns are named.
const SAMPLE: usize = 1000;
/// Columns that get a place of their own; what a stranger's file has beyond is kept with its row.
const COLUMNS_MOST: usize = 2000;
/// Objects that only wrap the fields of a record: GeoJSON, Airtable, Elasticsearch, JSON:API.
const WRAPPERS: [&str; 4] = ["properties", "fields", "_source", "attributes"];
/// How deep nested objects are taken apart; what is deeper is kept as JSON.
const DEEPEST: usize = 8;

/// What is done with each text that should be an object.
pub(super) type VisitText<'v> = dyn FnMut(&mut Context<'_>, u32, &str) -> Result<bool, FormatError> + 'v;

/// What is done with each of them on whatever core.
pub(super) type TakeText<'v> = dyn Fn(&mut Context<'_>, u32, &str) + Sync + 'v;

/// Texts, each of which should be a JSON object, with the lines at which they begin.
pub(super) trait Objects {
    /// Visits each in order, until the visitor says false.
    fn each(&mut self, context: &mut Context<'_>, visit: &mut VisitText<'_>) -> Result<(), FormatError>;
    /// Visits the first in order, some thousands where there are so many, until the visitor says false.
    fn each_first(&mut self, context: &mut Context<'_>, visit: &mut VisitText<'_>) -> Result<(), FormatError> {
        self.each(context, visit)
    }
    /// Visits each on all cores, each core with a context of its own that is joined in order; false, with nothing done, where that cannot be.
    fn in_pieces(&self, context: &mut Context<'_>, visit: &TakeText<'_>) -> Result<bool, FormatError>;
}

/// A table of objects.
pub(super) struct JsonRows<O> {
    objects: O,
    columns: Vec<String>,
    index: HashMap<String, usize>,
    first_line: u32,
}

impl<O: Objects> JsonRows<O> {
    /// A table of these objects, with the columns that the first of them have.
    pub(super) fn new(mut objects: O, context: &mut Context<'_>) -> Result<Self, FormatError> {
        let mut columns: Vec<String> = Vec::new();
        let mut index = HashMap::new();
        let (mut seen, mut first_line, mut refused) = (0, 1, None);
        objects.each_first(context, &mut |_, line, text| {
            if seen == 0 {
                first_line = line;
            }
            let mut flat = Vec::new();
            within_bounds(|| match serde_json::from_str::<Fields<'_>>(text) {
                Ok(fields) => flatten(fields, "", 0, &mut flat),
                Err(error) => refused = refused.take().or(Some(message_of(&error))),
            });
            for (name, _) in flat {
                if columns.len() < COLUMNS_MOST && !index.contains_key(&name) {
                    index.insert(name.clone(), columns.len());
                    columns.push(name);
                }
            }
            seen += 1;
            Ok(seen < SAMPLE)
        })?;
        if let (true, Some(refused)) = (columns.is_empty(), refused) {
            let message = format!("none of its first records can be read; the first: {refused}.");
            return Err(FormatError::NoRecords { file: context.file().to_owned(), message });
        }
        Ok(Self { objects, columns, index, first_line })
    }
}

impl<O: Objects> JsonRows<O> {
    /// Passes on every object as an event; as the user chose before for objects with the key.
    pub(super) fn read(&mut self, key: &[String], context: &mut Context<'_>) -> Result<(), FormatError> {
        let options = context.options;
        let Some(choice) = TableChoice::remembered(options, key) else { return table::read(self, context) };
        let chosen = choice.apply(options)?;
        table::note_remembered(context);
        table::read(self, &mut context.with_options(&chosen))
    }
}

/// The names by which a choice for objects with these fields is kept: the order in which they come is no part of it.
pub(in crate::formats) fn key_of(fields: &[String]) -> Vec<String> {
    let mut sorted: Vec<String> = fields.to_vec();
    sorted.sort_unstable();
    sorted.insert(0, "{}".to_owned());
    sorted
}

impl<O: Objects> Rows for JsonRows<O> {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn header_line(&self) -> u32 {
        self.first_line
    }

    fn walk(&mut self, context: &mut Context<'_>, visit: &mut Visit<'_>) -> Result<(), FormatError> {
        let (index, width) = (&self.index, self.columns.len());
        self.objects.each(context, &mut |context, line, text| with_item(index, width, line, text, |item| visit(context, item)))
    }

    fn walk_first(&mut self, context: &mut Context<'_>, visit: &mut Visit<'_>) -> Result<(), FormatError> {
        let (index, width) = (&self.index, self.columns.len());
        self.objects.each_first(context, &mut |context, line, text| with_item(index, width, line, text, |item| visit(context, item)))
    }

    fn walk_in_pieces(&mut self, context: &mut Context<'_>, visit: &Take<'_>) -> Result<bool, FormatError> {
        let (index, width) = (&self.index, self.columns.len());
        self.objects.in_pieces(context, &|context, line, text| with_item(index, width, line, text, |item| visit(context, item)))
    }
}

/// Takes a text apart as a row of the columns, and passes on what it is.
fn with_item<T>(index: &HashMap<String, usize>, width: usize, line: u32, text: &str, take: impl FnOnce(Item<'_>) -> T) -> T {
    let taken_apart = within_bounds(|| {
        let fields = serde_json::from_str::<Fields<'_>>(text)?;
        let mut flat = Vec::with_capacity(width);
        flatten(fields, "", 0, &mut flat);
        Ok::<_, serde_json::Error>(flat)
    });
    match taken_apart {
        Ok(flat) => {
            let mut row = JsonRow { line, cells: vec![None; width], extra: Vec::new() };
            for (name, value) in flat {
                match index.get(&name) {
                    Some(column) if row.cells[*column].is_none() => row.cells[*column] = Some(value),
                    _ => row.extra.push((name, value)),
                }
            }
            take(Item::Row(&row))
        }
        Err(error) => {
            let column = if text.contains('\n') { 0 } else { error.column() as u32 };
            take(Item::Broken { line, column, message: format!("Not a JSON object: {}.", message_of(&error)), text })
        }
    }
}

/// One object as a row.
struct JsonRow<'a> {
    line: u32,
    cells: Vec<Option<Value<'a>>>,
    extra: Vec<(String, Value<'a>)>,
}

impl Row for JsonRow<'_> {
    fn line(&self) -> u32 {
        self.line
    }

    fn cell(&self, column: usize) -> Cell<'_> {
        self.cells.get(column).and_then(Option::as_ref).map_or(Cell::Absent, as_cell)
    }

    fn extra(&self) -> Vec<(String, Cell<'_>)> {
        self.extra.iter().map(|(name, value)| (name.clone(), as_cell(value))).collect()
    }
}

/// A value as a cell: numbers and yes and no are text.
fn as_cell<'a>(value: &'a Value<'_>) -> Cell<'a> {
    match value {
        Value::Text(text) => Cell::Text(text),
        Value::Json(json) if json.starts_with(['[', '{']) => Cell::Json(json),
        Value::Json(json) => Cell::Text(json),
    }
}

/// Takes an object apart into its fields, those of objects within under dotted names; `null` is nothing.
fn flatten<'a>(fields: Fields<'a>, prefix: &str, depth: usize, into: &mut Vec<(String, Value<'a>)>) {
    // The names beside an object that only wraps the fields, which may not be taken twice.
    let beside: HashSet<String> = if depth == 0 && fields.0.iter().any(|(key, _)| WRAPPERS.contains(&key.as_ref())) {
        fields.0.iter().map(|(key, _)| key.clone().into_owned()).collect()
    } else {
        HashSet::new()
    };
    for (key, raw) in fields.0 {
        if depth == 0
            && WRAPPERS.contains(&key.as_ref())
            && raw.get().starts_with('{')
            && let Ok(inner) = serde_json::from_str::<Fields<'a>>(raw.get())
            && !inner.0.is_empty()
        {
            let (own, taken): (Vec<_>, Vec<_>) = inner.0.into_iter().partition(|(name, _)| !beside.contains(name.as_ref()));
            flatten(Fields(own), "", depth + 1, into);
            flatten(Fields(taken), &key, depth + 1, into);
            continue;
        }
        let name = if prefix.is_empty() { key.into_owned() } else { format!("{prefix}.{key}") };
        let json: &'a RawValue = raw;
        if json.get() == "null" {
            continue;
        }
        if json.get().starts_with('{')
            && depth < DEEPEST
            && let Ok(inner) = serde_json::from_str::<Fields<'a>>(json.get())
            && !inner.0.is_empty()
        {
            flatten(inner, &name, depth + 1, into);
            continue;
        }
        into.push((name, raw_value(json)));
    }
}
