//! The language as a whole: what is printed reads back, and what is found is what a plain reading of every record finds.

use std::borrow::Cow;

use proptest::prelude::*;

use super::field::PRECISION_NAMES;
use super::{Chosen, Compare, Completing, Counted, DateValue, Field, Has, Node, Query, QueryError, Relation, Test, completing};
use crate::model::{Event, EventSink as _, Evidence, Further, Ledger, Link, Participant, Status, Value};
use crate::store::{EventId, EventStore, Facet, StoreBuilder, fold_text};
use crate::time::{self, Dialect, Qualities, Shape};

fn parsed(text: &str) -> Query {
    Query::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn errors_name_the_character() {
    let at = |text: &str| Query::parse(text).map_or_else(|error| error.at(), |_| 0);
    for (text, character) in [
        ("talks \"the surface", 7),
        ("talks colour:red", 7),
        ("kind:", 6),
        ("kind=", 6),
        ("kind:visit,", 12),
        ("talks - letters", 7),
        ("talks --letters", 7),
        ("status:perhaps", 8),
        ("status:denied,perhaps", 15),
        ("precision:exact", 11),
        ("has:quote,colour", 11),
        ("after:someday", 7),
        ("on:\"30 Febuary\"", 4),
        ("-\"open", 2),
        ("(talks or letters", 1),
        ("talks) letters", 6),
        ("talks ()", 7),
        ("or talks", 1),
        ("talks or", 7),
        ("talks or and letters", 10),
        ("sources>=two", 10),
        ("sources>=", 10),
        ("sources>=2x", 10),
        ("kind:\"\"", 6),
        ("\"  \"", 1),
    ] {
        assert_eq!(at(text), character, "{text}: {:?}", Query::parse(text));
    }
    assert_eq!(at(&"(".repeat(100)), 65);
}

#[test]
fn words_of_the_language_are_words_in_quotation_marks() {
    let word = |text: &str| Test::Text { field: Field::Text, whole: false, values: vec![text.to_owned()] };
    for text in ["or", "and", "undated", "|", "kind:visit", "a)b", "-a"] {
        let query = parsed(&format!("\"{text}\""));
        assert_eq!(query.root, Some(Node::Test(word(text))));
    }
    assert_eq!(parsed("missile(s)").root, Some(Node::Test(word("missile(s)"))));
    assert_eq!(parsed("E=mc2 a<b").to_string(), "\"E=mc2\" \"a<b\"");
    assert_eq!(parsed("“At the Surface”").root, Some(Node::Test(word("At the Surface"))));
    assert_eq!(parsed(r#""say \"no\"""#).root, Some(Node::Test(word("say \"no\""))));
    assert!(parsed("   ").is_empty());
}

#[test]
fn or_binds_less_than_standing_side_by_side() {
    for (text, printed) in [
        ("a b or c d", "a b or c d"),
        ("a (b or c) d", "a (b or c) d"),
        ("(a b) and c", "a b c"),
        ("a | (b | c)", "a or b or c"),
        ("-(a or b) -(c d) -(-e)", "-(a or b) -(c d) e"),
        ("KIND:Visit,\"State visit\" Source=x", "kind:Visit,\"State visit\" source=x"),
        ("sentence:talks sources>=2 sources=1 tags<3", "quote:talks sources>=2 sources=1 tags<3"),
        (
            "after:2023-07 before:\"1 September 2023\" on:2023~ during:202X",
            "after:2023-07 before:\"1 September 2023\" on:2023~ during:202X",
        ),
        ("field.Weapon:rifle field.\"Date of entry\"=\"1 May\"", "field.Weapon:rifle field.\"Date of entry\"=\"1 May\""),
        ("status=Denied,FALSE has:Quote,note precision:day undated", "status:denied,false has:quote,note precision:day undated"),
    ] {
        assert_eq!(parsed(text).to_string(), printed, "{text}");
    }
}

#[test]
fn an_unknown_field_says_how_a_column_is_asked() {
    let Err(error) = Query::parse("colour:red") else { panic!("it is read") };
    assert!(matches!(&error, QueryError::UnknownField { at: 1, name } if name == "colour"));
    assert!(error.to_string().contains("field.colour:"), "{error}");
}

#[test]
fn choices_are_read_off_and_written_into_a_query() {
    let query = parsed("talks kind=visit,letters status:denied -place=Moscow");
    assert_eq!(query.chosen(Facet::Kind, "letters"), Chosen::Wanted);
    assert_eq!(query.chosen(Facet::Place, "Moscow"), Chosen::Excluded);
    assert_eq!(query.chosen(Facet::Status, "denied"), Chosen::Wanted);
    assert_eq!(query.chosen(Facet::Actor, "Moscow"), Chosen::Neither);
    let with = |facet, value: &str, chosen| query.with_choice(facet, value, chosen).to_string();
    assert_eq!(with(Facet::Kind, "visit", Chosen::Neither), "talks kind=letters status:denied -place=Moscow");
    assert_eq!(with(Facet::Kind, "war", Chosen::Wanted), "talks kind=visit,letters,war status:denied -place=Moscow");
    assert_eq!(with(Facet::Kind, "visit", Chosen::Excluded), "talks kind=letters status:denied -place=Moscow -kind=visit");
    assert_eq!(with(Facet::Place, "Moscow", Chosen::Neither), "talks kind=visit,letters status:denied");
    assert_eq!(query.without_choices(Facet::Kind).to_string(), "talks status:denied -place=Moscow");
    let either = parsed("talks or letters");
    assert_eq!(either.with_choice(Facet::Actor, "Kim \"K\"", Chosen::Wanted).to_string(), r#"(talks or letters) actor="Kim \"K\"""#);
}

#[test]
fn what_is_being_typed_is_told() {
    let value = |from, field, prefix: &str| Completing::Value { from, field, prefix: prefix.to_owned() };
    let name = |from, prefix: &str| Completing::Name { from, prefix: prefix.to_owned() };
    for (text, what) in [
        ("talks ki", name(6, "ki")),
        ("-(ki", name(2, "ki")),
        ("", name(0, "")),
        ("kind:vi", value(5, Some(Field::Kind), "vi")),
        ("-kind:visit,\"state v", value(12, Some(Field::Kind), "state v")),
        ("actor=", value(6, Some(Field::Actor), "")),
        ("status:den", value(7, None, "den")),
        ("\"talks of ki", Completing::Nothing),
        ("after:20", Completing::Nothing),
        ("kind:\"visit\"", Completing::Nothing),
        ("colour:r", Completing::Nothing),
    ] {
        assert_eq!(completing(text, text.chars().count()), what, "{text}");
    }
    assert_eq!(completing("kind:vi talks", 7), value(5, Some(Field::Kind), "vi"));
    assert!(matches!(completing("has:q", 5), Completing::Word { from: 4, .. }));
}

/// A record in the hand, and the reading of a query over it without any index, bitmap or order.
type Record = Event<'static>;

fn texts(record: &Record) -> Vec<&str> {
    let mut all: Vec<&str> = vec![&record.id, &record.title, &record.note, &record.when_text];
    all.extend(record.when.iter().flat_map(|when| [when.text.as_ref(), when.canonical()]).take(1));
    all.extend(record.actors.iter().map(|actor| actor.role.as_ref()));
    all.extend(record.further.iter().map(|further| further.value.as_text()));
    for evidence in &record.evidence {
        all.extend([evidence.quote.as_ref(), &evidence.phrase, &evidence.url]);
    }
    all
}

fn field_texts(record: &Record, field: Field) -> Vec<&str> {
    let evidence = |of: for<'e> fn(&'e Evidence<'static>) -> &'e str| record.evidence.iter().map(of).collect::<Vec<_>>();
    match field {
        Field::Text => {
            let names = [Field::Actor, Field::Kind, Field::Place, Field::Source, Field::Tag];
            let mut all = texts(record);
            all.extend(names.into_iter().flat_map(|field| field_texts(record, field)));
            all
        }
        Field::Actor => record.actors.iter().map(|actor| actor.name.as_ref()).collect(),
        Field::Role => record.actors.iter().map(|actor| actor.role.as_ref()).collect(),
        Field::Kind => vec![&record.kind],
        Field::Place => vec![&record.place],
        Field::Tag => record.tags.iter().map(AsRef::as_ref).collect(),
        Field::Title => vec![&record.title],
        Field::Note => vec![&record.note],
        Field::Id => vec![&record.id],
        Field::Quote => evidence(|evidence| &evidence.quote),
        Field::Phrase => evidence(|evidence| &evidence.phrase),
        Field::Url => evidence(|evidence| &evidence.url),
        Field::Source => evidence(|evidence| &evidence.source),
    }
}

fn passes(text: &str, values: &[String], whole: bool, exact: &dyn Fn(&str) -> bool) -> bool {
    let folded = fold_text(text);
    !text.is_empty()
        && values.iter().any(|value| match (whole, exact(value)) {
            (true, true) => text == value,
            (true, false) => folded == fold_text(value),
            (false, _) => folded.contains(&*fold_text(value)),
        })
}

fn distinct<'r>(names: impl Iterator<Item = &'r str>) -> u32 {
    let mut names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    names.len() as u32
}

fn test_holds(test: &Test, record: &Record, all: &[Record]) -> bool {
    let reading = record.when.as_ref().map(|when| when.reading);
    match test {
        Test::Text { field, whole, values } => {
            let is_name = matches!(field, Field::Actor | Field::Kind | Field::Place | Field::Tag | Field::Source);
            let exact = |value: &str| is_name && all.iter().any(|record| field_texts(record, *field).contains(&value));
            field_texts(record, *field).into_iter().any(|text| passes(text, values, *whole, &exact))
        }
        Test::Further { name, whole, values } => record
            .further
            .iter()
            .any(|further| fold_text(&further.name) == fold_text(name) && passes(further.value.as_text(), values, *whole, &|_| false)),
        Test::Status(list) => record.status.is_some_and(|status| list.contains(&status)),
        Test::Precision(list) => reading.is_some_and(|reading| list.contains(&reading.precision)),
        Test::Undated => reading.is_none(),
        Test::Has(list) => list.iter().any(|has| match has {
            Has::Quote => field_texts(record, Field::Quote).iter().any(|text| !text.is_empty()),
            Has::Source => field_texts(record, Field::Source).iter().any(|text| !text.is_empty()),
            Has::Role => field_texts(record, Field::Role).iter().any(|text| !text.is_empty()),
            Has::Phrase => field_texts(record, Field::Phrase).iter().any(|text| !text.is_empty()),
            Has::Url => field_texts(record, Field::Url).iter().any(|text| !text.is_empty()),
            Has::Place => !record.place.is_empty(),
            Has::Note => !record.note.is_empty(),
            Has::Link => !record.links.is_empty(),
            Has::Date => reading.is_some(),
            Has::Kind => !record.kind.is_empty(),
            Has::Actor => !record.actors.is_empty(),
            Has::Tag => !record.tags.is_empty(),
            Has::Status => record.status.is_some(),
            Has::End => reading.is_some_and(|reading| reading.shape == Shape::Duration && !reading.qualities.has(Qualities::OPEN_END)),
        }),
        Test::Count { what, compare, number } => {
            let count = match what {
                Counted::Sources => distinct(record.evidence.iter().map(|evidence| evidence.source.as_ref())),
                Counted::Actors => distinct(record.actors.iter().map(|actor| actor.name.as_ref())),
                Counted::Tags => record.tags.len() as u32,
                Counted::Quotes => record.evidence.iter().filter(|evidence| !evidence.quote.is_empty()).count() as u32,
                Counted::Links => record.links.len() as u32,
            };
            compare.holds(count, *number)
        }
        Test::Time(relation, date) => reading.is_some_and(|reading| {
            let (start, end) = (reading.extent.earliest_start, reading.extent.latest_end);
            match relation {
                Relation::After => end > date.from_ms,
                Relation::Before => start < date.from_ms,
                Relation::On => reading.extent.meets(date.from_ms, date.to_ms),
                Relation::During => start >= date.from_ms && end <= date.to_ms,
            }
        }),
    }
}

fn holds(node: &Node, record: &Record, all: &[Record]) -> bool {
    match node {
        Node::All(parts) => parts.iter().all(|part| holds(part, record, all)),
        Node::Any(parts) => parts.iter().any(|part| holds(part, record, all)),
        Node::Not(part) => !holds(part, record, all),
        Node::Test(test) => test_holds(test, record, all),
    }
}

const NAMES: [&str; 6] = ["Élise", "elise", "Kim 김정은", "Пётр", "a b", "x"];
const DATES: [&str; 8] = ["2023", "2023-08", "2023-08-30", "2023-08-28/2023-09-02", "2023-09/..", "../2022", "2021~", "202X"];

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(&NAMES[..]).prop_map(str::to_owned)
}

fn maybe_name() -> impl Strategy<Value = String> {
    prop_oneof![1 => Just(String::new()), 2 => name()]
}

fn record() -> impl Strategy<Value = Record> {
    let evidence = (maybe_name(), maybe_name(), maybe_name()).prop_map(|(quote, source, phrase)| Evidence {
        quote: Cow::Owned(quote),
        source: Cow::Owned(source),
        phrase: Cow::Owned(phrase),
        ..Evidence::default()
    });
    let actors = prop::collection::vec((name(), maybe_name()), 0..3);
    let date = prop::option::weighted(0.8, prop::sample::select(&DATES[..]));
    let further = prop::option::of((prop::sample::select(&["Weapon", "x"][..]), maybe_name()));
    let rest = (prop::collection::vec(name(), 0..3), prop::collection::vec(evidence, 0..4), further, prop::option::of(name()), 0..8_u8);
    (maybe_name(), maybe_name(), maybe_name(), actors, date, rest).prop_map(
        |(title, kind, place, actors, date, (tags, evidence, further, link, status))| Event {
            title: Cow::Owned(title),
            kind: Cow::Owned(kind),
            place: Cow::Owned(place),
            actors: actors.into_iter().map(|(name, role)| Participant { name: Cow::Owned(name), role: Cow::Owned(role) }).collect(),
            when: date.map(|date| time::read(date, &Dialect::EDTF).expect("a date")),
            tags: tags.into_iter().map(Cow::Owned).collect(),
            evidence,
            links: link.into_iter().map(|to| Link { to: Cow::Owned(to), relation: Cow::Borrowed("") }).collect(),
            further: further
                .into_iter()
                .map(|(name, value)| Further { name: Cow::Borrowed(name), value: Value::Text(Cow::Owned(value)) })
                .collect(),
            status: Status::from_code(status),
            ..Event::default()
        },
    )
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![4 => name(), 2 => "[a-eлп김기 ]{0,2}[a-eлп김기]", 1 => "[\\\\\"”()a:=,-]{0,3}[a\"\\\\)]"]
}

fn test() -> impl Strategy<Value = Test> {
    let values = || prop::collection::vec(value(), 1..3);
    let one_of = |list: Vec<Has>| prop::collection::vec(prop::sample::select(list), 1..3);
    let fields: Vec<Field> = Field::ALL.iter().map(|(field, _)| *field).collect();
    prop_oneof![
        6 => (prop::sample::select(fields), any::<bool>(), values()).prop_map(|(field, whole, values)| Test::Text { field, whole, values }),
        1 => (prop::sample::select(&["weapon", "x", "no such: one"][..]), any::<bool>(), values())
            .prop_map(|(name, whole, values)| Test::Further { name: name.to_owned(), whole, values }),
        1 => prop::collection::vec(prop::sample::select(&Status::ALL[..]), 1..3).prop_map(Test::Status),
        1 => prop::collection::vec(prop::sample::select(&PRECISION_NAMES[..]), 1..3)
            .prop_map(|list| Test::Precision(list.into_iter().map(|(unit, _)| unit).collect())),
        2 => one_of(Has::ALL.iter().map(|(has, _)| *has).collect()).prop_map(Test::Has),
        1 => Just(Test::Undated),
        2 => (prop::sample::select(&Counted::ALL[..]), prop::sample::select(&Compare::ALL[..]), 0..4_u32)
            .prop_map(|(what, compare, number)| Test::Count { what: what.0, compare: compare.0, number }),
        2 => (prop::sample::select(&Relation::ALL[..]), prop::sample::select(&DATES[..])).prop_map(|(relation, text)| {
            let extent = time::read(text, &Dialect::EDTF).expect("a date").reading.extent;
            Test::Time(relation.0, DateValue { text: text.to_owned(), from_ms: extent.earliest_start, to_ms: extent.latest_end })
        }),
    ]
}

fn node() -> impl Strategy<Value = Node> {
    test().prop_map(Node::Test).prop_recursive(4, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| Node::all(parts).expect("one at least")),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| Node::any(parts).expect("one at least")),
            inner.prop_map(Node::not),
        ]
    })
}

fn query() -> impl Strategy<Value = Query> {
    node().prop_map(|root| Query { root: Some(root) })
}

fn store_of(records: &[Record]) -> EventStore {
    let mut builder = StoreBuilder::default();
    builder.begin_file("made.jsonl".into());
    for (line, record) in records.iter().enumerate() {
        builder.event(record, line as u32 + 1);
    }
    builder.finish(Ledger::default())
}

proptest! {
    #[test]
    fn any_text_gives_a_query_or_a_character_within_it(text in "[a-c :=<>(),\"“”|.-]{0,24}|\\PC{0,30}|(field\\.|kind:|sources>|after:|or |\\(|-|\"| ){0,8}") {
        match Query::parse(&text) {
            Ok(query) => prop_assert_eq!(Query::parse(&query.to_string()), Ok(query), "{}", text),
            Err(error) => prop_assert!(error.at() >= 1 && error.at() <= text.chars().count() + 1, "{error}"),
        }
        for cursor in 0..=text.chars().count() + 1 {
            completing(&text, cursor);
        }
    }

    #[test]
    fn what_is_printed_reads_back_to_the_same(query in query()) {
        let text = query.to_string();
        prop_assert_eq!(Query::parse(&text), Ok(query), "{}", text);
    }

    #[test]
    fn a_choice_that_is_made_is_there_and_others_stay(query in query(), facet in prop::sample::select(&Facet::ALL[..]), value in value(), excluded in any::<bool>()) {
        let value = if facet == Facet::Status { "denied".to_owned() } else { value };
        let chosen = if excluded { Chosen::Excluded } else { Chosen::Wanted };
        let with = query.with_choice(facet, &value, chosen);
        prop_assert_eq!(with.chosen(facet, &value), chosen);
        prop_assert_eq!(with.with_choice(facet, &value, Chosen::Neither).chosen(facet, &value), Chosen::Neither);
        prop_assert_eq!(with.without_choices(facet), query.without_choices(facet));
        prop_assert_eq!(Query::parse(&with.to_string()), Ok(with));
    }

    /// The filter finds what reading every record finds, with the search index and without.
    #[test]
    fn what_is_found_is_what_each_record_says(records in prop::collection::vec(record(), 1..90), query in query()) {
        let store = store_of(&records);
        let root = query.root.as_ref().expect("a condition");
        // A record without an id is given one, which searches see.
        let stored: Vec<Record> = (0..store.len() as u32).map(|event| store.record(EventId(event)).into_owned()).collect();
        for indexed in [false, true] {
            if indexed {
                store.index_words(&|| false);
            }
            let found = query.run(&store);
            for (at, record) in stored.iter().enumerate() {
                prop_assert_eq!(found.has(EventId(at as u32)), holds(root, record, &stored), "{} of {:?}, indexed: {}", query, record, indexed);
            }
        }
    }

    /// Facets count what choosing the value would find.
    #[test]
    fn a_facet_counts_what_its_choice_finds(records in prop::collection::vec(record(), 1..60), query in query(), facet in prop::sample::select(&Facet::ALL[..])) {
        let store = store_of(&records);
        for indexed in [false, true] {
            if indexed {
                store.index_words(&|| false);
            }
            let rest = query.without_choices(facet);
            let counts = facet.counts(&store, Some(&rest.run(&store)), &|| false);
            let rows = facet.rows(&store, &counts, "", 50, &|_| false);
            for row in &rows.rows {
                let found = rest.with_choice(facet, &row.value, Chosen::Wanted).run(&store);
                prop_assert_eq!(found.count(), row.count as usize, "{} {:?}", rest, row);
            }
            prop_assert_eq!(rows.in_all, rows.rows.len());
        }
    }
}
