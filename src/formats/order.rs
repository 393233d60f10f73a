//! Day before month or month before day: the dates of a file settle it for all of them, or nobody does.

use std::sync::atomic::{AtomicBool, Ordering};

use serde::Deserialize;

use super::Context;
use crate::time::{self, DateError, DateOrder, Dialect};

/// What the dates seen so far leave possible. All cores may add to it at once: each answer only ever changes one way.
#[derive(Debug)]
pub(crate) struct Settling {
    dialect: Dialect,
    dmy: AtomicBool,
    mdy: AtomicBool,
    is_asked: AtomicBool,
    is_numeric: AtomicBool,
}

/// The dates of a record with native names.
#[derive(Deserialize)]
struct Dates {
    #[serde(default)]
    when: Option<String>,
    #[serde(default)]
    end: Option<String>,
}

impl Settling {
    /// Nothing seen; `None` where the order is given or strict forms have none.
    pub(crate) fn of(dialect: Dialect) -> Option<Self> {
        let [dmy, mdy] = [(); 2].map(|()| AtomicBool::new(true));
        let [is_asked, is_numeric] = [(); 2].map(|()| AtomicBool::new(false));
        (dialect.order.is_none() && dialect.human).then_some(Self { dialect, dmy, mdy, is_asked, is_numeric })
    }

    /// Takes a date into account.
    pub(crate) fn add(&self, text: &str) {
        if !is_numeric(text) || !self.is_open() {
            return;
        }
        set(&self.is_numeric, true);
        match time::read(text, &self.dialect) {
            Err(DateError::Ambiguous { .. }) => set(&self.is_asked, true),
            Err(_) => {}
            Ok(_) => {
                let with = |order| time::read(text, &Dialect { order: Some(order), ..self.dialect }).is_ok();
                let (dmy, mdy) = (with(DateOrder::Dmy), with(DateOrder::Mdy));
                if dmy != mdy {
                    set(if dmy { &self.mdy } else { &self.dmy }, false);
                }
            }
        }
    }

    /// Takes the dates of a JSON record into account.
    pub(crate) fn add_record(&self, json: &str) {
        if let Ok(dates) = serde_json::from_str::<Dates>(json) {
            dates.when.iter().chain(&dates.end).for_each(|text| self.add(text));
        }
    }

    /// Whether any date seen is one in which the order matters.
    pub(crate) fn is_numeric(&self) -> bool {
        self.is_numeric.load(Ordering::Relaxed)
    }

    /// Whether more dates can still settle it.
    pub(crate) fn is_open(&self) -> bool {
        self.dmy.load(Ordering::Relaxed) || self.mdy.load(Ordering::Relaxed)
    }

    /// The dialect with the order where it is settled, which is then noted. Where dates contradict each other, or none decides, ambiguous
    /// ones stay undated and say both readings.
    pub(crate) fn dialect(self, context: &mut Context<'_>) -> Dialect {
        let (order, words, other) = match (self.dmy.into_inner(), self.mdy.into_inner()) {
            (true, false) => (DateOrder::Dmy, "Day before month", "mdy"),
            (false, true) => (DateOrder::Mdy, "Month before day", "dmy"),
            _ => return self.dialect,
        };
        if !self.is_asked.into_inner() {
            return self.dialect;
        }
        context.note(format!(
            "{words}: other dates of the same column can be read in no other order. `--date-order {other}` reads them the other way."
        ));
        Dialect { order: Some(order), ..self.dialect }
    }
}

/// Writes only what changes, so that cores that see the same do not wait for each other.
fn set(answer: &AtomicBool, to: bool) {
    if answer.load(Ordering::Relaxed) != to {
        answer.store(to, Ordering::Relaxed);
    }
}

/// Whether a date's first number is of one or two digits, with a separator and another number after it: it is a day or a month.
pub(crate) fn is_numeric(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let Some(first) = bytes.iter().position(u8::is_ascii_digit) else { return false };
    let digits = bytes[first..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    (1..=2).contains(&digits) && bytes.get(first + digits).is_some_and(|byte| b"/.-".contains(byte)) && is_digit(first + digits + 1)
}

#[cfg(test)]
mod tests {
    use super::is_numeric;
    use crate::formats::ReadOptions;
    use crate::formats::testing::{read, read_with};
    use crate::time::{DateOrder, Dialect};

    fn whens(file: &str, text: &str) -> Vec<String> {
        read(file, text).1.shown.into_iter().map(|event| event.when).collect()
    }

    #[test]
    fn one_date_settles_the_order_of_its_column() {
        assert_eq!(whens("x.csv", "when,title\n04/05/2021,a\n25/07/2021,b\n"), ["2021-05-04", "2021-07-25"]);
        assert_eq!(whens("x.csv", "when,title\n04-05-2021,a\n07-25-2021,b\n"), ["2021-04-05", "2021-07-25"]);
        assert_eq!(whens("x.csv", "when,title\nc. 04/05/2021,a\n13/07/2021,b\n"), ["2021-05-04~", "2021-07-13"]);
        let lines = "{\"when\":\"04/05/2021\",\"title\":\"a\"}\n{\"when\":\"25/07/2021\",\"title\":\"b\"}\n";
        assert_eq!(whens("x.jsonl", lines), ["2021-05-04", "2021-07-25"]);
        let native = "{\"chronolane\":1,\"events\":[{\"when\":\"04/05/2021\",\"title\":\"a\"},{\"when\":\"07/25/2021\",\"title\":\"b\"}]}";
        assert_eq!(whens("x.json", native), ["2021-04-05", "2021-07-25"]);
        let (ledger, _) = read("x.json", native);
        assert!(ledger.problems[0].message.starts_with("Month before day"), "{ledger:?}");
    }

    #[test]
    fn what_nothing_settles_stays_undated_with_both_readings() {
        for text in ["when,title\n04/05/2021,a\n06/07/2021,b\n", "when,title\n04/05/2021,a\n25/07/2021,b\n07/25/2021,c\n"] {
            let (ledger, kept) = read("x.csv", text);
            assert_eq!(kept.shown[0].when, "");
            let problem = &ledger.problems[0];
            assert!(problem.message.contains("2021-05-04 (dmy) or 2021-04-05 (mdy)"), "{problem:?}");
            assert_eq!((problem.line, problem.text.as_str()), (2, "04/05/2021"));
        }
        let options = ReadOptions { dialect: Dialect { order: Some(DateOrder::Mdy), ..Dialect::default() }, ..ReadOptions::default() };
        let (ledger, kept) = read_with("x.csv", b"when,title\n04/05/2021,a\n", &options).unwrap();
        assert_eq!((ledger.plotted, kept.shown[0].when.as_str()), (1, "2021-04-05"));
    }

    #[test]
    fn readings_by_a_rule_are_told() {
        let (ledger, kept) = read("x.csv", "when,title\n9/24/06,a\n10/13/99,b\n1936-39,c\n");
        let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
        assert_eq!(whens, ["2006-09-24", "1999-10-13", "1936/1939"]);
        let said: Vec<(&str, u32)> = ledger.problems.iter().map(|problem| (problem.severity.name(), problem.line)).collect();
        assert_eq!(said, [("warning", 4), ("note", 0)]);
        assert!(ledger.problems[1].message.starts_with("2: years of two digits are read as 1930 to 2029"), "{ledger:?}");
        let (ledger, _) = read("x.jsonl", "{\"when\":\"1936-39\",\"title\":\"a\"}\n{\"when\":\"13-May-99\",\"title\":\"a\"}\n");
        assert_eq!((ledger.problems_total, ledger.serious_total), (2, 1));
    }

    #[test]
    fn a_small_number_is_a_year_in_a_column_of_dates() {
        let text = "label,hdate\na,43\nb,14 October 1066\nc,c. 1300\nd,55 BC\ne,5 May 1789\nf,12 May 1790\n";
        let (ledger, kept) = read("x.csv", text);
        assert_eq!(kept.shown[0].when, "0043");
        assert!(ledger.problems.iter().any(|problem| problem.severity.name() == "warning" && problem.line == 2), "{ledger:?}");
    }

    #[test]
    fn numeric_dates() {
        assert!(["4/5/2021", "04.05.2021", "c. 4/5/2021", "1-2-3"].into_iter().all(is_numeric));
        assert!(["2021-05-04", "5 May 2021", "4", "May", "4 - 5 May 2021", ""].into_iter().all(|text| !is_numeric(text)));
    }
}
