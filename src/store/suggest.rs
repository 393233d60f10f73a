//! Completions for a query that is being typed: names of fields, and names of the store with the number of their events.

use super::query::{Completing, Counted, Field, Relation, completing, quoted_value};
use super::{EventStore, Facet, fold_text};

/// How many events bear each value of each facet, in the whole store.
#[derive(Clone, Debug, Default)]
pub struct AllCounts([Vec<u32>; Facet::ALL.len()]);

impl AllCounts {
    /// Counts them. Takes time linear in the store unless the search index is there.
    pub fn of(store: &EventStore) -> Self {
        Self(Facet::ALL.map(|facet| facet.counts(store, None, &|| false)))
    }

    fn of_facet(&self, facet: Facet) -> &[u32] {
        Facet::ALL.iter().position(|own| *own == facet).map_or(&[], |at| &self.0[at])
    }
}

/// Something that could be typed next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What takes the place of the text before the cursor, all of it.
    pub text: String,
    /// As the list shows it.
    pub label: String,
    /// Events that bear the name; `None` for a word of the language.
    pub count: Option<u32>,
}

/// Letters of a word from which on names are offered for it.
const FROM_LETTERS: usize = 2;

/// What the text before the cursor could become: at most `most` of it, names with the most events first.
pub fn completions(store: &EventStore, counts: &AllCounts, before: &str, most: usize) -> Vec<Completion> {
    let head = |from: usize| before.chars().take(from).collect::<String>();
    match completing(before, before.chars().count()) {
        Completing::Nothing => Vec::new(),
        Completing::Word { from, prefix, words } => {
            let head = head(from);
            let prefix = fold_text(&prefix).into_owned();
            let fitting = words.into_iter().filter(|word| word.starts_with(&prefix) && *word != prefix);
            fitting.take(most).map(|word| Completion { text: format!("{head}{word} "), label: word.to_owned(), count: None }).collect()
        }
        Completing::Value { from, field, prefix } => {
            let facet = field.map_or(Some(Facet::Status), Facet::of_field);
            let Some(facet) = facet else { return Vec::new() };
            let head = head(from);
            let written = |label: &str| format!("{head}{} ", quoted_value(label));
            names(store, counts, facet, &prefix, most)
                .map(|(label, count)| Completion { text: written(&label), label, count: Some(count) })
                .collect()
        }
        Completing::Name { from, prefix } => {
            let head = head(from);
            let folded = fold_text(&prefix).into_owned();
            if folded.is_empty() {
                return Vec::new();
            }
            let words = words_of_language().filter(|word| word.starts_with(&folded) && *word != folded);
            let mut out: Vec<Completion> =
                words.take(most / 2).map(|word| Completion { text: format!("{head}{word}"), label: word, count: None }).collect();
            if folded.chars().count() >= FROM_LETTERS {
                let mut found: Vec<(u32, Completion)> = Vec::new();
                for facet in Facet::ALL {
                    let field = facet.field().map_or("status", Field::name);
                    found.extend(names(store, counts, facet, &prefix, most).map(|(label, count)| {
                        let condition =
                            if facet == Facet::Status { format!("status:{label}") } else { format!("{field}={}", quoted_value(&label)) };
                        (count, Completion { text: format!("{head}{condition} "), label: format!("{field}: {label}"), count: Some(count) })
                    }));
                }
                found.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
                out.extend(found.into_iter().map(|(_, completion)| completion));
            }
            out.truncate(most);
            out
        }
    }
}

/// The names of a facet in which some word begins so, with their counts; those that begin so as a whole come first.
fn names(store: &EventStore, counts: &AllCounts, facet: Facet, prefix: &str, most: usize) -> impl Iterator<Item = (String, u32)> {
    let needle = fold_text(prefix.trim_start()).into_owned();
    let listed = facet.rows(store, counts.of_facet(facet), "", usize::MAX, &|_| false);
    let mut found: Vec<(bool, String, u32)> = Vec::new();
    for row in listed.rows {
        let label = fold_text(&row.label);
        // What stands there already is no completion.
        if label == needle {
            continue;
        }
        let at_start = label.starts_with(&needle);
        let begins = |at: usize| label[..at].chars().next_back().is_none_or(|letter| !letter.is_alphanumeric());
        if at_start || !needle.is_empty() && label.match_indices(&needle).any(|(at, _)| begins(at)) {
            found.push((!at_start, row.label, row.count));
            // The rows come by their counts: enough that begin so are enough.
            if found.iter().filter(|(inside, ..)| !inside).count() >= most {
                break;
            }
        }
    }
    found.sort_by_key(|(inside, _, count)| (*inside, std::cmp::Reverse(*count)));
    found.into_iter().take(most).map(|(_, label, count)| (label, count))
}

/// Every beginning of a condition.
fn words_of_language() -> impl Iterator<Item = String> {
    let fields = Field::ALL.iter().map(|(_, name)| *name);
    let relations = Relation::ALL.iter().map(|(_, name)| *name);
    let with_colon = fields.chain(["status", "precision", "has"]).chain(relations).map(|name| format!("{name}:"));
    let counted = Counted::ALL.iter().map(|(_, name)| format!("{name}>="));
    with_colon.chain(counted).chain(["undated ".to_owned()])
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::model::{Event, EventSink as _, Ledger, Participant};
    use crate::store::{Query, StoreBuilder};

    fn store() -> EventStore {
        let mut builder = StoreBuilder::default();
        builder.begin_file("made.jsonl".into());
        for (line, (kind, actor)) in
            [("visit", "Sergei Shoigu"), ("visit", "Kim Jong Un"), ("state visit", "Kim Jong Un")].into_iter().enumerate()
        {
            let actors = vec![Participant { name: Cow::Borrowed(actor), role: Cow::Borrowed("") }];
            builder.event(&Event { kind: Cow::Borrowed(kind), actors, ..Event::default() }, line as u32 + 1);
        }
        builder.finish(Ledger::default())
    }

    fn offered(before: &str) -> Vec<(String, Option<u32>)> {
        let store = store();
        let counts = AllCounts::of(&store);
        completions(&store, &counts, before, 8).into_iter().map(|completion| (completion.text, completion.count)).collect()
    }

    fn named(text: &str, count: u32) -> (String, Option<u32>) {
        (text.to_owned(), Some(count))
    }

    #[test]
    fn names_are_offered_with_their_counts() {
        assert_eq!(offered("kind:v"), [named("kind:visit ", 2), named("kind:\"state visit\" ", 1)]);
        assert_eq!(offered("talks -actor:kim"), [named("talks -actor:\"Kim Jong Un\" ", 2)]);
        assert_eq!(offered("actor:\"sergei sh"), [named("actor:\"Sergei Shoigu\" ", 1)]);
        assert_eq!(offered("shoi"), [named("actor=\"Sergei Shoigu\" ", 1)]);
        assert_eq!(offered("kind:"), [named("kind:visit ", 2), named("kind:\"state visit\" ", 1)]);
        assert_eq!(offered("kind:visit"), [named("kind:\"state visit\" ", 1)]);
        assert!(offered("\"kim").is_empty() && offered("").is_empty() && offered("title:a").is_empty());
    }

    #[test]
    fn words_of_the_language_are_offered_first() {
        assert_eq!(offered("ki")[..2], [("kind:".to_owned(), None), named("actor=\"Kim Jong Un\" ", 2)]);
        assert_eq!(offered("sour"), [("source:".to_owned(), None), ("sources>=".to_owned(), None)]);
        assert_eq!(offered("has:qu"), [("has:quote ".to_owned(), None)]);
    }

    #[test]
    fn what_is_offered_can_be_read() {
        for before in ["kind:v", "ki", "has:", "status:", "precision:", "un", "talks act"] {
            for (text, _) in offered(before) {
                let whole = text.ends_with(' ');
                assert!(!whole || Query::parse(&text).is_ok(), "{text}");
            }
        }
    }
}
