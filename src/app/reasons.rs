//! How the words of the evidence lead to a date: "'earlier this month', said on 30 August 2023: 1 to 30 August 2023".
//!
//! Decided here, shown by the detail pane.

use crate::model::{Event, Evidence};
use crate::time::{self, Dialect};

/// What a phrase says about the date of its event.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Reason {
    /// It can be true of the event's date, or nothing is known against it.
    Supports(String),
    /// No reading of it can be true of the event's date.
    Contradicts(String),
    /// The event has no date, and this would be one.
    Offers {
        /// How it comes about.
        reasoning: String,
        /// The date as EDTF.
        edtf: String,
    },
}

/// What every phrase of an event's evidence says. `published` gives the date of publication of an evidence's source.
pub(super) fn reasons(event: &Event<'_>, published: impl Fn(&Evidence<'_>) -> String) -> Vec<Reason> {
    let phrased = event.evidence.iter().filter(|evidence| !evidence.phrase.trim().is_empty());
    phrased.flat_map(|evidence| reasons_of(event, evidence, &published(evidence))).collect()
}

fn reasons_of(event: &Event<'_>, evidence: &Evidence<'_>, published: &str) -> Vec<Reason> {
    let dialect = Dialect::default();
    // A source that gives another date than the event's is held to its own.
    let when = evidence.when.as_ref().or(event.when.as_ref());
    let Ok(readings) = time::phrase(&evidence.phrase, published, &dialect) else {
        let said = time::read(published, &dialect).map_or_else(|_| String::new(), |when| format!(", said on {}", time::wording(&when)));
        return vec![Reason::Supports(format!("“{}”{said}", evidence.phrase))];
    };
    let Some(when) = when else {
        return readings.into_iter().map(|reading| Reason::Offers { reasoning: reading.reasoning, edtf: reading.edtf }).collect();
    };
    let date = time::in_any_zone(&when.reading);
    let fits = |edtf: &str| time::read(edtf, &Dialect::EDTF).is_ok_and(|read| time::agrees(&read.reading.extent, &date));
    if let Some(reading) = readings.iter().find(|reading| fits(&reading.edtf)) {
        return vec![Reason::Supports(reading.reasoning.clone())];
    }
    if time::hangs_on_story(&evidence.phrase) {
        return vec![Reason::Supports(format!("“{}”", evidence.phrase))];
    }
    let whose = if evidence.when.is_some() { "the date that its source gives" } else { "the event's date" };
    let likeliest = readings.into_iter().next();
    likeliest.map(|reading| Reason::Contradicts(format!("{}. This contradicts {whose}.", reading.reasoning))).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn said(phrase: &'static str, when: Option<&'static str>) -> Vec<Reason> {
        let read = |text| time::read(text, &Dialect::default()).unwrap();
        let evidence = Evidence { phrase: Cow::Borrowed(phrase), ..Evidence::default() };
        let event = Event { when: when.map(read), evidence: vec![evidence], ..Event::default() };
        reasons(&event, |_| "2023-08-30".to_owned())
    }

    #[test]
    fn a_phrase_that_fits_is_a_reason() {
        let reasoning = "'earlier this month', said on 30 August 2023: 1 to 30 August 2023";
        assert_eq!(said("earlier this month", Some("2023-08-14")), [Reason::Supports(reasoning.to_owned())]);
        assert_eq!(
            said("in due course", Some("2023-08-14")),
            [Reason::Supports("“in due course”, said on Wednesday 30 August 2023".to_owned())]
        );
    }

    #[test]
    fn a_phrase_that_cannot_be_true_is_flagged() {
        let found = said("earlier this month", Some("2023-07"));
        assert!(
            matches!(&found[..], [Reason::Contradicts(words)] if words.ends_with("1 to 30 August 2023. This contradicts the event's date.")),
            "{found:?}"
        );
    }

    #[test]
    fn a_phrase_that_hangs_on_what_was_told_before_proves_nothing() {
        assert_eq!(said("in the same month", Some("2022-11")), [Reason::Supports("“in the same month”".to_owned())]);
    }

    #[test]
    fn a_phrase_of_an_event_without_a_date_is_offered() {
        let found = said("last month", None);
        assert!(matches!(&found[..], [Reason::Offers { edtf, .. }, ..] if edtf == "2023-07"), "{found:?}");
    }

    #[test]
    fn a_source_with_its_own_date_is_held_to_that() {
        let read = |text| time::read(text, &Dialect::default()).unwrap();
        let evidence = Evidence { phrase: Cow::Borrowed("last month"), when: Some(read("2023-07-04")), ..Evidence::default() };
        let event = Event { when: Some(read("2023-08-14")), evidence: vec![evidence], ..Event::default() };
        assert!(matches!(&reasons(&event, |_| "2023-08-30".to_owned())[..], [Reason::Supports(_)]));
    }
}
