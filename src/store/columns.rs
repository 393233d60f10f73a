//! Events as rows of a table: which columns there are, what a cell says, in which order rows stand.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::query::PRECISION_NAMES;
use super::unpack::{self, NameField};
use super::{EventId, EventSet, EventStore, NameId, Names, fold_text};
use crate::model::{Event, Status};

/// A column of the table of events.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Column {
    /// The date in words; the order of time.
    When,
    /// The title.
    Title,
    /// The kind's label.
    Kind,
    /// Who took part, in which role.
    Actors,
    /// The place.
    Place,
    /// The status.
    Status,
    /// The sources' titles.
    Source,
    /// The supporting sentences.
    Quote,
    /// The tags.
    Tags,
    /// The unit that the date is known to.
    Precision,
    /// The note.
    Note,
    /// The id.
    Id,
    /// File and line.
    Origin,
    /// A further field of the records, by its own name.
    Field(Arc<str>),
}

impl Column {
    /// Every column that all files have.
    pub const ALL: [Self; 13] = [
        Self::When,
        Self::Title,
        Self::Kind,
        Self::Actors,
        Self::Place,
        Self::Status,
        Self::Source,
        Self::Quote,
        Self::Tags,
        Self::Precision,
        Self::Note,
        Self::Id,
        Self::Origin,
    ];

    /// Its heading.
    pub fn heading(&self) -> &str {
        match self {
            Self::When => "When",
            Self::Title => "Title",
            Self::Kind => "Kind",
            Self::Actors => "Actors",
            Self::Place => "Place",
            Self::Status => "Status",
            Self::Source => "Source",
            Self::Quote => "Sentence",
            Self::Tags => "Tags",
            Self::Precision => "Known to",
            Self::Note => "Note",
            Self::Id => "Id",
            Self::Origin => "File and line",
            Self::Field(name) => name,
        }
    }

    /// What a cell says. `record` is the event's own.
    pub fn text(&self, store: &EventStore, event: EventId, record: &Event<'_>) -> String {
        match self {
            Self::When => match &record.when {
                Some(when) => store.wording_short(when),
                None if record.when_text.is_empty() => "no date".to_owned(),
                None => format!("no date: \"{}\"", record.when_text),
            },
            Self::Title => record.title.to_string(),
            Self::Kind => store.kind(event).map_or_else(String::new, |kind| store.kind_label(kind).to_owned()),
            Self::Actors => {
                let with_role = |name: &str, role: &str| if role.is_empty() { name.to_owned() } else { format!("{name} ({role})") };
                record.actors.iter().map(|actor| with_role(&actor.name, &actor.role)).collect::<Vec<_>>().join("; ")
            }
            Self::Place => record.place.to_string(),
            Self::Status => record.status.map_or_else(String::new, |status| status.name().to_owned()),
            Self::Source => {
                let mut titles: Vec<String> = Vec::new();
                for evidence in record.evidence.iter().filter(|evidence| !evidence.source.is_empty()) {
                    let source = store.source(&evidence.source);
                    let title = if source.title.is_empty() { &source.id } else { &source.title };
                    if !titles.contains(title) {
                        titles.push(title.clone());
                    }
                }
                titles.join("; ")
            }
            Self::Quote => record
                .evidence
                .iter()
                .map(|evidence| evidence.quote.as_ref())
                .filter(|quote| !quote.is_empty())
                .collect::<Vec<_>>()
                .join(" / "),
            Self::Tags => record.tags.join("; "),
            Self::Precision => {
                let precision = record.when.as_ref().map(|when| when.reading.precision);
                let name = PRECISION_NAMES.iter().find(|(unit, _)| Some(*unit) == precision);
                name.map_or_else(String::new, |(_, name)| (*name).to_owned())
            }
            Self::Note => record.note.to_string(),
            Self::Id => record.id.to_string(),
            Self::Origin => {
                let origin = store.origin(event);
                let file = store.files().get(origin.file as usize).and_then(|path| path.file_name());
                format!("{}, line {}", file.map_or_else(String::new, |name| name.to_string_lossy().into_owned()), origin.line)
            }
            Self::Field(name) => {
                let of_evidence = record.evidence.iter().flat_map(|evidence| &evidence.further);
                let own = record.further.iter().chain(of_evidence).filter(|field| field.name.as_ref() == name.as_ref());
                own.map(|field| field.value.as_text()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
            }
        }
    }
}

/// Letters of a text that its order goes by; texts that begin alike stand in the order of time.
const ORDERED_BY: usize = 120;
/// After so many events a sort looks whether it is still wanted.
const LOOK_EVERY: u32 = 4096;

/// The events of `among` (all of them, without it) in the order of a column; `None` where `stop` said so before it was done. Rows without a value come last in both directions, and rows
/// with the same stand in the order of time.
pub fn ordered(
    store: &EventStore,
    among: Option<&EventSet>,
    column: &Column,
    descending: bool,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<EventId>> {
    let events: Vec<EventId> = (0..store.len() as u32).map(EventId).filter(|event| among.is_none_or(|set| set.has(*event))).collect();
    let names = store.names();
    let by_name = |ranks: Vec<u32>, name: &dyn Fn(EventId) -> Option<NameId>| {
        sorted(&events, descending, stop, &mut |event| name(event).and_then(|id| ranks.get(id.0 as usize)).copied())
    };
    let first = |field: NameField| move |event: EventId| unpack::names_in(store.packed(event), field).next();
    let mut reader = store.reader();
    match column {
        Column::When => sorted(&events, descending, stop, &mut |event| store.start_ms(event)),
        Column::Kind => by_name(ranks(&names.kinds, &|id, _| store.kind_label(id).to_owned()), &|event| store.kind(event)),
        Column::Actors => by_name(ranks(&names.actors, &|_, name| name.to_owned()), &|event| store.actors(event).first().copied()),
        Column::Place => by_name(ranks(&names.places, &|_, name| name.to_owned()), &first(NameField::Place)),
        Column::Tags => by_name(ranks(&names.tags, &|_, name| name.to_owned()), &first(NameField::Tag)),
        Column::Source => by_name(ranks(&names.sources, &|_, name| store.source(name).title.clone()), &first(NameField::Source)),
        Column::Status => sorted(&events, descending, stop, &mut |event| store.status(event).map(|status: Status| status as u8)),
        Column::Precision => sorted(&events, descending, stop, &mut |event| store.brief(event).map(|brief| brief.precision)),
        Column::Title => sorted(&events, descending, stop, &mut |event| text_key(store.title_text(event))),
        Column::Id => sorted(&events, descending, stop, &mut |event| text_key(store.id_text(event))),
        Column::Quote => sorted(&events, descending, stop, &mut |event| {
            let record = reader.record(store.place(event));
            unpack::texts_of(record, unpack::TextField::Quote).next().and_then(text_key)
        }),
        Column::Note => sorted(&events, descending, stop, &mut |event| {
            let record = reader.record(store.place(event));
            unpack::texts_of(record, unpack::TextField::Note).next().and_then(text_key)
        }),
        Column::Origin => sorted(&events, descending, stop, &mut |event| {
            let origin = store.origin(event);
            Some((origin.file, origin.line))
        }),
        Column::Field(name) => sorted(&events, descending, stop, &mut |event| {
            let record = reader.record(store.place(event));
            unpack::further_in(record).find(|(own, value)| *own == name.as_ref() && !value.is_empty()).map(|(_, value)| field_key(value))
        }),
    }
}

/// What a text is ordered by; `None` for an empty one.
fn text_key(text: &str) -> Option<Box<str>> {
    (!text.is_empty()).then(|| fold_text(text).chars().take(ORDERED_BY).collect::<String>().into_boxed_str())
}

/// What a further field is ordered by: numbers by their size, before all other texts.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum FieldKey {
    /// The bits of a number, so turned that they stand in its order.
    Number(i64),
    Text(Option<Box<str>>),
}

fn field_key(text: &str) -> FieldKey {
    match text.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => {
            // As `f64::total_cmp` orders; no zero below zero.
            let bits = (number + 0.0).to_bits() as i64;
            FieldKey::Number(bits ^ (((bits >> 63) as u64) >> 1) as i64)
        }
        _ => FieldKey::Text(text_key(text)),
    }
}

/// Records whose text is not in memory that are read for the names of their fields.
const READ_FOR_NAMES: usize = 20_000;
/// Names of fields that are told apart.
const MOST_NAMES: usize = 2_000;

/// The names of the further fields, with the number of values seen of each, the most frequent first; `None` where `stop` said so. Of records whose text is not in memory some are read,
/// spread over the file: a name that only others have is not found.
pub fn further_names(store: &EventStore, stop: &(dyn Fn() -> bool + Sync)) -> Option<Vec<(Arc<str>, usize)>> {
    let mut found: Vec<(Arc<str>, usize)> = Vec::new();
    let mut at_of: HashMap<Arc<str>, usize> = HashMap::new();
    let mut count = |name: &str| match at_of.get(name) {
        Some(&at) => found[at].1 += 1,
        None if found.len() < MOST_NAMES => {
            let name: Arc<str> = Arc::from(name);
            at_of.insert(Arc::clone(&name), found.len());
            found.push((name, 1));
        }
        None => {}
    };
    let mut unread: Vec<EventId> = Vec::new();
    for event in (0..store.len() as u32).map(EventId) {
        if event.0.is_multiple_of(LOOK_EVERY) && stop() {
            return None;
        }
        let mut is_read = true;
        for (name, _) in unpack::further_in(store.packed(event)) {
            is_read &= !name.is_empty();
            if !name.is_empty() {
                count(name);
            }
        }
        if !is_read {
            unread.push(event);
        }
    }
    let mut reader = store.reader();
    for event in unread.iter().step_by(unread.len() / READ_FOR_NAMES + 1) {
        if stop() {
            return None;
        }
        unpack::further_in(reader.record(store.place(*event))).filter(|(name, _)| !name.is_empty()).for_each(|(name, _)| count(name));
    }
    found.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    Some(found)
}

/// The place of each name in the order of its label, the same for labels that are the same but for case and accents.
fn ranks(names: &Names, label: &dyn Fn(NameId, &str) -> String) -> Vec<u32> {
    let mut labels: Vec<(String, usize)> =
        names.iter().map(|(id, name)| (fold_text(&label(id, name)).into_owned(), id.0 as usize)).collect();
    labels.sort_unstable();
    let mut ranks = vec![0; labels.len()];
    let mut rank = 0;
    for (at, (label, id)) in labels.iter().enumerate() {
        if at > 0 && labels[at - 1].0 != *label {
            rank += 1;
        }
        ranks[*id] = rank;
    }
    ranks
}

fn sorted<K: Ord + Send>(
    events: &[EventId],
    descending: bool,
    stop: &(dyn Fn() -> bool + Sync),
    key: &mut dyn FnMut(EventId) -> Option<K>,
) -> Option<Vec<EventId>> {
    let mut keyed: Vec<(K, EventId)> = Vec::with_capacity(events.len());
    let mut without: Vec<EventId> = Vec::new();
    for &event in events {
        if event.0.is_multiple_of(LOOK_EVERY) && stop() {
            return None;
        }
        match key(event) {
            Some(key) => keyed.push((key, event)),
            None => without.push(event),
        }
    }
    if descending {
        // The sort is stable: what is the same stays in the order of time.
        keyed.par_sort_by(|(one, _), (other, _)| Reverse(one).cmp(&Reverse(other)));
    } else {
        keyed.par_sort_by(|(one, _), (other, _)| one.cmp(other));
    }
    Some(keyed.into_iter().map(|(_, event)| event).chain(without).collect())
}

/// Rows with tabs between their cells and a head, as spreadsheets take them from the clipboard; `None` where `stop` said so. No cell is taken for a formula.
pub fn tab_separated(store: &EventStore, events: &[EventId], columns: &[Column], stop: &(dyn Fn() -> bool + Sync)) -> Option<String> {
    let mut out = columns.iter().map(|column| plain_cell(column.heading())).collect::<Vec<_>>().join("\t");
    out.push('\n');
    for (at, &event) in events.iter().enumerate() {
        if (at as u32).is_multiple_of(LOOK_EVERY) && stop() {
            return None;
        }
        let record = store.record(event);
        let cells: Vec<String> = columns.iter().map(|column| plain_cell(&column.text(store, event, &record))).collect();
        out.push_str(&cells.join("\t"));
        out.push('\n');
    }
    Some(out)
}

/// A cell that stays one cell, and text.
fn plain_cell(text: &str) -> String {
    let flat: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let begins = flat.trim_start().chars().next();
    match begins {
        Some('=' | '+' | '-' | '@') => format!("'{flat}"),
        // A spreadsheet would take what follows up to the next mark for one cell.
        Some('"') => format!("\"{}\"", flat.replace('"', "\"\"")),
        _ => flat,
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::prelude::*;

    use super::*;
    use crate::model::{EventSink as _, Evidence, Further, Ledger, Participant, Value};
    use crate::store::StoreBuilder;
    use crate::time::{Dialect, read};

    type Raw = (Option<u16>, String, String, String, u8, String);

    fn store_of(rows: &[Raw]) -> EventStore {
        let mut builder = StoreBuilder::default();
        builder.begin_file("made.jsonl".into());
        for (line, (day, title, kind, actor, status, quote)) in rows.iter().enumerate() {
            let when = day.map(|day| format!("20{:02}-{:02}", day % 30, day % 12 + 1));
            let actors = (!actor.is_empty()).then(|| Participant { name: Cow::Borrowed(actor), role: Cow::Borrowed("") });
            let event = Event {
                title: Cow::Borrowed(title),
                kind: Cow::Borrowed(kind),
                actors: actors.into_iter().collect(),
                status: Status::from_code(*status),
                when: when.as_deref().and_then(|when| read(when, &Dialect::EDTF).ok()),
                evidence: vec![Evidence { quote: Cow::Borrowed(quote), ..Evidence::default() }],
                ..Event::default()
            };
            builder.event(&event, line as u32 + 1);
        }
        builder.finish(Ledger::default())
    }

    #[test]
    fn cells_stay_cells_and_text() {
        for (text, cell) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("\t=1", "' =1"),
            ("a\tb\nc", "a b c"),
            ("\"quoted\" word", "\"\"\"quoted\"\" word\""),
            ("said \"so\"", "said \"so\""),
        ] {
            assert_eq!(plain_cell(text), cell);
        }
    }

    #[test]
    fn a_copied_table_has_a_head_and_a_line_for_each_row() {
        let store = store_of(&[(Some(3), "=1+1".into(), "visit".into(), "A".into(), 4, "So\nit was".into())]);
        let text = tab_separated(&store, &[EventId(0)], &[Column::When, Column::Title, Column::Status, Column::Quote], &|| false);
        assert_eq!(text.as_deref(), Some("When\tTitle\tStatus\tSentence\nApr 2003\t'=1+1\tdenied\tSo it was\n"));
        assert_eq!(tab_separated(&store, &[EventId(0)], &[Column::When], &|| true), None);
    }

    #[test]
    fn further_fields_are_columns_of_their_own() {
        let mut builder = StoreBuilder::default();
        builder.begin_file("made.jsonl".into());
        let further = |name: &'static str, value: &'static str| Further { name: name.into(), value: Value::Text(value.into()) };
        for (line, fields) in
            [vec![further("rank", "10"), further("=1", "x")], vec![further("rank", "9")], vec![further("rank", "n/a")], Vec::new()]
                .into_iter()
                .enumerate()
        {
            let evidence = Evidence { further: vec![further("page", "7")], ..Evidence::default() };
            let when = format!("200{line}");
            let event = Event { when: read(&when, &Dialect::EDTF).ok(), further: fields, evidence: vec![evidence], ..Event::default() };
            builder.event(&event, line as u32 + 1);
        }
        let store = builder.finish(Ledger::default());
        let names = further_names(&store, &|| false).unwrap();
        assert_eq!(names, [("page".into(), 4), ("rank".into(), 3), ("=1".into(), 1)]);
        assert_eq!(further_names(&store, &|| true), None);
        let rank = Column::Field("rank".into());
        let order =
            |descending| ordered(&store, None, &rank, descending, &|| false).unwrap().iter().map(|event| event.0).collect::<Vec<_>>();
        assert_eq!(order(false), [1, 0, 2, 3], "numbers by their size, then words, then what has none");
        assert_eq!(order(true), [2, 0, 1, 3]);
        let columns = [rank, Column::Field("=1".into()), Column::Field("page".into())];
        let text = tab_separated(&store, &[EventId(0), EventId(3)], &columns, &|| false);
        assert_eq!(text.as_deref(), Some("rank\t'=1\tpage\n10\tx\t7\n\t\t7\n"));
        let kept = serde_json::to_string(&columns).unwrap();
        assert_eq!(serde_json::from_str::<Vec<Column>>(&kept).unwrap(), columns);
        for pair in ["-2e3", "-1", "-0.5", "0", "1e-3", "2", "10", "1e300"].windows(2) {
            assert!(field_key(pair[0]) < field_key(pair[1]), "{pair:?}");
        }
        assert!(field_key("-0") == field_key("0") && field_key("nan") > field_key("5"));
    }

    proptest! {
        /// Every order holds every event once, values ascend (or descend), rows without one come last, ties stand in the order of time.
        #[test]
        fn rows_stand_in_order_and_none_is_lost(
            rows in prop::collection::vec((prop::option::of(0..90_u16), "[aBé]{0,2}", "[xÝ]{0,1}", "[kK]{0,1}", 0..8_u8, "[pqÄ]{0,2}"), 0..80),
            column in prop::sample::select(&Column::ALL[..]),
            descending in any::<bool>(),
            every in 1..4_u32,
        ) {
            let store = store_of(&rows);
            let words = (0..rows.len().div_ceil(64)).map(|block| (0..64).filter(|bit| (block as u32 * 64 + bit).is_multiple_of(every)).fold(0, |word, bit| word | 1 << bit)).collect();
            let among = EventSet::from_words(words, rows.len());
            let order = ordered(&store, Some(&among), &column, descending, &|| false).expect("it is not stopped");
            let mut all = order.clone();
            all.sort_unstable();
            prop_assert_eq!(all, (0..rows.len() as u32).map(EventId).filter(|event| among.has(*event)).collect::<Vec<_>>());
            let key = |event: EventId| {
                let record = store.record(event);
                match column {
                    Column::When => store.start_ms(event).map(|ms| format!("{ms:020}")),
                    Column::Status => record.status.map(|status| (status as u8).to_string()),
                    Column::Origin => Some(format!("{:09}", store.origin(event).line)),
                    Column::Precision => record.when.as_ref().map(|_| String::new()),
                    _ => Some(fold_text(&column.text(&store, event, &record)).into_owned()).filter(|text| !text.is_empty()),
                }
            };
            for pair in order.windows(2) {
                let (one, other) = (key(pair[0]), key(pair[1]));
                match (&one, &other) {
                    (Some(one), Some(other)) if one != other => prop_assert_eq!(one < other, !descending, "{:?}", column),
                    (None, Some(_)) => prop_assert!(false, "a row without a value stands before one with it"),
                    (Some(_), None) => {}
                    _ => prop_assert!(pair[0] < pair[1], "ties stand in the order of time"),
                }
            }
        }
    }
}
