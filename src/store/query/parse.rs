//! Reading a filter.

use super::field::{PRECISION_NAMES, precision_from_name};
use super::{Compare, Counted, DateValue, Field, Has, Node, Query, QueryError, Relation, Test};
use crate::model::Status;
use crate::time::{self, Dialect};

/// How deep parentheses may stand.
const DEEPEST: usize = 64;

impl Query {
    /// Reads a filter; errors name the character.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let mut reader = Reader { letters: text.chars().collect(), at: 0, open: Vec::new() };
        let root = reader.choice()?;
        if reader.peek() == Some(')') {
            return Err(QueryError::LoneClose { at: reader.at + 1 });
        }
        Ok(Self { root })
    }
}

struct Reader {
    letters: Vec<char>,
    at: usize,
    /// Where the parentheses stand that are open, from 1.
    open: Vec<usize>,
}

/// The mark that closes a phrase opened by this one.
fn closing(mark: char) -> Option<char> {
    match mark {
        '"' => Some('"'),
        '“' => Some('”'),
        _ => None,
    }
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    /// Skips white space; whether anything of this group follows.
    fn skip_space(&mut self) -> bool {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        self.peek().is_some_and(|letter| letter != ')')
    }

    /// The word `or`, `and` or the sign `|` where it stands here by itself.
    fn connective(&self) -> Option<String> {
        let rest = &self.letters[self.at..];
        let length = rest.iter().take_while(|letter| !letter.is_whitespace() && !matches!(letter, '(' | ')' | ':' | '"' | '“')).count();
        let ends = rest.get(length).is_none_or(|next| !matches!(next, ':' | '"' | '“'));
        let word: String = rest[..length].iter().collect();
        let is_one = word == "|" || word.eq_ignore_ascii_case("or") || word.eq_ignore_ascii_case("and");
        (ends && is_one).then_some(word)
    }

    fn choice(&mut self) -> Result<Option<Node>, QueryError> {
        let mut choices = Vec::new();
        let mut parts: Vec<Node> = Vec::new();
        // The connective that waits for its right side.
        let mut waiting: Option<(usize, String)> = None;
        while self.skip_space() {
            let at = self.at + 1;
            if let Some(word) = self.connective() {
                if parts.is_empty() || waiting.is_some() {
                    return Err(QueryError::LoneConnective { at, word });
                }
                self.at += word.chars().count();
                if !word.eq_ignore_ascii_case("and") {
                    choices.extend(Node::all(std::mem::take(&mut parts)));
                }
                waiting = Some((at, word));
                continue;
            }
            parts.push(self.part()?);
            waiting = None;
        }
        if let Some((at, word)) = waiting {
            return Err(QueryError::LoneConnective { at, word });
        }
        choices.extend(Node::all(parts));
        Ok(Node::any(choices))
    }

    fn part(&mut self) -> Result<Node, QueryError> {
        let minus_at = self.at + 1;
        if self.peek() != Some('-') {
            return self.positive();
        }
        self.at += 1;
        if self.peek().is_none_or(|letter| letter.is_whitespace() || matches!(letter, ')' | '-')) {
            return Err(QueryError::LoneMinus { at: minus_at });
        }
        Ok(Node::not(self.positive()?))
    }

    fn positive(&mut self) -> Result<Node, QueryError> {
        let begin = self.at;
        match self.peek() {
            Some('(') => return self.group(),
            Some(mark) if closing(mark).is_some() => return Ok(anywhere(self.quoted()?)),
            _ => {}
        }
        if let Some(name) = self.further_name() {
            return self.further(name);
        }
        let word = self.name_or_word();
        match self.peek() {
            Some(':') => self.field(&word, begin + 1),
            Some('=' | '<' | '>') => self.compared(&word),
            _ if word.eq_ignore_ascii_case("undated") => Ok(Node::Test(Test::Undated)),
            _ if word.is_empty() => Err(QueryError::NoValue { at: begin + 1, field: self.peek().into_iter().collect() }),
            _ => Ok(anywhere(word)),
        }
    }

    fn group(&mut self) -> Result<Node, QueryError> {
        let at = self.at + 1;
        if self.open.len() == DEEPEST {
            return Err(QueryError::TooDeep { at, most: DEEPEST });
        }
        self.open.push(at);
        self.at += 1;
        let inner = self.choice()?;
        if self.peek().is_none() {
            return Err(QueryError::OpenGroup { at });
        }
        self.at += 1;
        self.open.pop();
        inner.ok_or(QueryError::EmptyGroup { at })
    }

    /// A word up to a colon, or up to a sign that compares where a name stands before it.
    fn name_or_word(&mut self) -> String {
        let begin = self.at;
        let mut depth = 0_usize;
        while let Some(letter) = self.peek() {
            let compares = matches!(letter, '=' | '<' | '>') && {
                let name: String = self.letters[begin..self.at].iter().collect();
                Counted::from_name(&name).is_some() || letter == '=' && is_listed(&name)
            };
            match letter {
                ':' | '"' | '“' => break,
                _ if compares || letter.is_whitespace() => break,
                '(' => depth += 1,
                ')' if depth == 0 => break,
                ')' => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
        self.letters[begin..self.at].iter().collect()
    }

    /// The name after `field.`, where that stands here.
    fn further_name(&mut self) -> Option<String> {
        const PREFIX: &str = "field.";
        let begin = self.at;
        let word: String = self.letters[begin..].iter().take(PREFIX.len()).collect();
        if !word.eq_ignore_ascii_case(PREFIX) {
            return None;
        }
        self.at += PREFIX.len();
        let name = if self.peek().and_then(closing).is_some() {
            self.quoted().ok()
        } else {
            let name = self.until(|letter| letter.is_whitespace() || matches!(letter, ':' | '=' | '(' | ')' | '"' | '“'));
            (!name.is_empty()).then_some(name)
        };
        if name.is_none() || !matches!(self.peek(), Some(':' | '=')) {
            // A word that only begins so.
            self.at = begin;
            return None;
        }
        name
    }

    fn further(&mut self, name: String) -> Result<Node, QueryError> {
        let whole = self.peek() == Some('=');
        self.at += 1;
        let said = format!("field.{name}{}", if whole { '=' } else { ':' });
        let values = self.values(&said)?.into_iter().map(|(_, value)| value).collect();
        Ok(Node::Test(Test::Further { name, whole, values }))
    }

    /// What stands behind a name and its colon.
    fn field(&mut self, name: &str, name_at: usize) -> Result<Node, QueryError> {
        self.at += 1;
        let said = format!("{name}:");
        if let Some(relation) = Relation::from_name(name) {
            return self.date(relation, &said);
        }
        if let Some(field) = Field::from_name(name) {
            let values = self.values(&said)?.into_iter().map(|(_, value)| value).collect();
            return Ok(Node::Test(Test::Text { field, whole: false, values }));
        }
        self.listed(name, &said)?.ok_or_else(|| QueryError::UnknownField { at: name_at, name: name.to_owned() })
    }

    /// What stands behind a name and `=`, `<` or `>`.
    fn compared(&mut self, name: &str) -> Result<Node, QueryError> {
        if let Some(what) = Counted::from_name(name) {
            let rest: String = self.letters[self.at..].iter().take(2).collect();
            let found = Compare::ALL.into_iter().find(|(_, sign)| rest.starts_with(sign));
            let (compare, sign) = found.unwrap_or((Compare::Equal, "="));
            self.at += sign.len();
            let at = self.at + 1;
            let number = self.until(|letter| !letter.is_ascii_digit());
            let ends = self.peek().is_none_or(|letter| letter.is_whitespace() || letter == ')');
            let number = number.parse().ok().filter(|_| ends).ok_or(QueryError::NoNumber { at, name: what.name() })?;
            return Ok(Node::Test(Test::Count { what, compare, number }));
        }
        self.at += 1;
        let said = format!("{name}=");
        if let Some(field) = Field::from_name(name) {
            let values = self.values(&said)?.into_iter().map(|(_, value)| value).collect();
            return Ok(Node::Test(Test::Text { field, whole: true, values }));
        }
        let at = self.at;
        self.listed(name, &said)?.ok_or_else(|| QueryError::UnknownField { at, name: name.to_owned() })
    }

    /// A condition with names of its own; `None` where there is none of this name.
    fn listed(&mut self, name: &str, said: &str) -> Result<Option<Node>, QueryError> {
        let test = if name.eq_ignore_ascii_case("status") {
            let list = Status::ALL.map(Status::name).join(", ");
            Test::Status(self.names(said, "status", &list, Status::from_name)?)
        } else if name.eq_ignore_ascii_case("precision") {
            let list = PRECISION_NAMES.map(|(_, name)| name).join(", ");
            Test::Precision(self.names(said, "precision", &list, precision_from_name)?)
        } else if name.eq_ignore_ascii_case("has") {
            let list = Has::ALL.map(|(_, name)| name).join(", ");
            Test::Has(self.names(said, "thing that an event can have", &list, Has::from_name)?)
        } else {
            return Ok(None);
        };
        Ok(Some(Node::Test(test)))
    }

    fn names<T>(&mut self, said: &str, what: &'static str, list: &str, of: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, QueryError> {
        let values = self.values(said)?;
        let unknown = |at, name| QueryError::UnknownValue { at, name, what, list: list.to_owned() };
        values.into_iter().map(|(at, name)| of(&name).ok_or_else(|| unknown(at, name))).collect()
    }

    fn date(&mut self, relation: Relation, said: &str) -> Result<Node, QueryError> {
        let at = self.at + 1;
        let is_quoted = self.peek().and_then(closing).is_some();
        let text = if is_quoted { self.quoted()? } else { self.until(|letter| letter.is_whitespace() || letter == ')') };
        let text = text.trim().to_owned();
        if text.is_empty() {
            return Err(QueryError::NoValue { at, field: said.to_owned() });
        }
        let extent = time::read(&text, &Dialect::default()).map_err(|error| QueryError::BadDate { at, error })?.reading.extent;
        Ok(Node::Test(Test::Time(relation, DateValue { from_ms: extent.earliest_start, to_ms: extent.latest_end, text })))
    }

    /// A list of values with where each begins, from 1.
    fn values(&mut self, said: &str) -> Result<Vec<(usize, String)>, QueryError> {
        let mut values = Vec::new();
        loop {
            let at = self.at + 1;
            let value = if self.peek().and_then(closing).is_some() { self.quoted()? } else { self.value() };
            if value.is_empty() {
                return Err(QueryError::NoValue { at, field: said.to_owned() });
            }
            values.push((at, value));
            if self.peek() != Some(',') {
                return Ok(values);
            }
            self.at += 1;
        }
    }

    /// A value without quotation marks: up to white space, a comma or the end of the group.
    fn value(&mut self) -> String {
        let mut depth = 0_usize;
        let mut value = String::new();
        while let Some(letter) = self.peek() {
            match letter {
                ',' => break,
                _ if letter.is_whitespace() => break,
                '(' => depth += 1,
                ')' if depth == 0 => break,
                ')' => depth -= 1,
                _ => {}
            }
            value.push(letter);
            self.at += 1;
        }
        value
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
        let close = self.peek().and_then(closing).unwrap_or('"');
        self.at += 1;
        let mut phrase = String::new();
        loop {
            let Some(letter) = self.peek() else { return Err(QueryError::OpenQuote { at: open_at }) };
            self.at += 1;
            match letter {
                '\\' if self.peek().is_some_and(|next| matches!(next, '"' | '\\' | '”')) => {
                    phrase.extend(self.peek());
                    self.at += 1;
                }
                _ if letter == close => break,
                _ => phrase.push(letter),
            }
        }
        if phrase.trim().is_empty() { Err(QueryError::EmptyPhrase { at: open_at }) } else { Ok(phrase) }
    }
}

/// Whether a name can stand before `=`: a field, or a condition with names of its own.
fn is_listed(name: &str) -> bool {
    Field::from_name(name).is_some() || ["status", "precision", "has"].iter().any(|own| own.eq_ignore_ascii_case(name))
}

fn anywhere(text: String) -> Node {
    Node::Test(Test::Text { field: Field::Text, whole: false, values: vec![text] })
}
