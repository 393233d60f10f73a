//! Reading a filter.

use super::{Field, Query, QueryError, Term, Test};
use crate::model::Status;
use crate::store::fold_text;
use crate::time::{self, Dialect};

impl Query {
    /// Reads a filter; errors name the character.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let mut reader = Reader { letters: text.chars().collect(), at: 0 };
        let mut terms = Vec::new();
        while reader.skip_space() {
            terms.push(reader.term()?);
        }
        Ok(Self { terms })
    }
}

struct Reader {
    letters: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    /// Skips white space; whether anything follows.
    fn skip_space(&mut self) -> bool {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        self.peek().is_some()
    }

    fn term(&mut self) -> Result<Term, QueryError> {
        let minus_at = self.at + 1;
        let negated = self.peek() == Some('-');
        if negated {
            self.at += 1;
            if self.peek().is_none_or(char::is_whitespace) {
                return Err(QueryError::LoneMinus { at: minus_at });
            }
        }
        let begin = self.at;
        if self.peek() == Some('"') {
            let phrase = self.quoted()?;
            return Ok(Term { negated, test: Test::Anywhere(fold_text(&phrase).into_owned()) });
        }
        let word = self.until(|letter| letter.is_whitespace() || letter == ':' || letter == '"');
        if self.peek() != Some(':') {
            return Ok(Term { negated, test: Test::Anywhere(fold_text(&word).into_owned()) });
        }
        self.at += 1;
        let test = self.field(&word, begin + 1)?;
        Ok(Term { negated, test })
    }

    fn field(&mut self, name: &str, name_at: usize) -> Result<Test, QueryError> {
        let is_after = name.eq_ignore_ascii_case("after");
        if is_after || name.eq_ignore_ascii_case("before") {
            let at = self.at + 1;
            let text = if self.peek() == Some('"') { self.quoted()? } else { self.until(char::is_whitespace) };
            if text.is_empty() {
                return Err(QueryError::NoValue { at, field: name.to_owned() });
            }
            let when = time::read(&text, &Dialect::default()).map_err(|error| QueryError::BadDate { at, error })?;
            let start_ms = when.reading.extent.earliest_start;
            return Ok(if is_after { Test::After(start_ms) } else { Test::Before(start_ms) });
        }
        let field = Field::from_name(name).ok_or_else(|| QueryError::UnknownField { at: name_at, name: name.to_owned() })?;
        let mut values = Vec::new();
        loop {
            let at = self.at + 1;
            let value =
                if self.peek() == Some('"') { self.quoted()? } else { self.until(|letter| letter.is_whitespace() || letter == ',') };
            if value.is_empty() {
                return Err(QueryError::NoValue { at, field: name.to_owned() });
            }
            if field == Field::Status && Status::from_name(&value).is_none() {
                return Err(QueryError::UnknownStatus { at, name: value });
            }
            values.push(fold_text(&value).into_owned());
            if self.peek() != Some(',') {
                return Ok(Test::In(field, values));
            }
            self.at += 1;
        }
    }

    fn until(&mut self, stop: impl Fn(char) -> bool) -> String {
        let begin = self.at;
        while self.peek().is_some_and(|letter| !stop(letter)) {
            self.at += 1;
        }
        self.letters[begin..self.at].iter().collect()
    }

    /// A phrase; the reader stands on its opening mark and ends behind its closing one.
    fn quoted(&mut self) -> Result<String, QueryError> {
        let open_at = self.at + 1;
        self.at += 1;
        let phrase = self.until(|letter| letter == '"');
        if self.peek().is_none() {
            return Err(QueryError::OpenQuote { at: open_at });
        }
        self.at += 1;
        Ok(phrase)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn errors_name_the_character() {
        let at = |text: &str| Query::parse(text).map_or_else(|error| error.at(), |_| 0);
        assert_eq!(at("talks \"the surface"), 7);
        assert_eq!(at("talks colour:red"), 7);
        assert_eq!(at("kind:"), 6);
        assert_eq!(at("kind:visit,"), 12);
        assert_eq!(at("talks - letters"), 7);
        assert_eq!(at("status:perhaps"), 8);
        assert_eq!(at("after:someday"), 7);
        assert_eq!(at("-\"open"), 2);
    }

    #[test]
    fn terms_are_read() {
        let query = Query::parse("Talks -\"At the Surface\" kind:visit,letters after:2023-07").unwrap();
        assert_eq!(query.terms.len(), 4);
        assert_eq!(query.terms[0], Term { negated: false, test: Test::Anywhere("talks".into()) });
        assert_eq!(query.terms[1], Term { negated: true, test: Test::Anywhere("at the surface".into()) });
        assert_eq!(query.terms[2].test, Test::In(Field::Kind, vec!["visit".into(), "letters".into()]));
        assert_eq!(query.terms[3].test, Test::After(1_688_169_600_000));
        assert!(Query::parse("   ").unwrap().is_empty());
    }

    proptest! {
        #[test]
        fn any_text_gives_a_query_or_a_character_within_it(text in ".{0,40}") {
            if let Err(error) = Query::parse(&text) {
                prop_assert!(error.at() >= 1 && error.at() <= text.chars().count() + 1);
            }
        }
    }
}
