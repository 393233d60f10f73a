//! The records: event, actor, evidence, source, kind, and the ledger of what became of every row.
//!
//! Text fields are `Cow`: a reader lends its line, the store lends its arena, and nothing is copied on the way.

mod citation;
mod ledger;
mod passage;
mod problem_kind;
mod raw;
mod status;
mod text_file;

use std::borrow::Cow;

pub use citation::{CitationForm, citation};
pub use ledger::{FileLedger, Ledger, Problem, Severity};
pub use passage::{Passage, passage};
pub use problem_kind::{KindCounts, ProblemKind};
pub use raw::{PieceText, Place, RawText};
pub use status::Status;
pub use text_file::{TextFile, TextLost};

use crate::time::When;

/// One dated record, as read from a file or rebuilt by the store.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Event<'a> {
    /// Its identifier in the file; empty where the file gives none (the store then makes one).
    pub id: Cow<'a, str>,
    /// Its date; `None` makes it undated.
    pub when: Option<When<'a>>,
    /// The date as written where it could not be read (`when` is then `None`); empty where there was none.
    pub when_text: Cow<'a, str>,
    /// What happened, in a few words.
    pub title: Cow<'a, str>,
    /// The kind of event (visit, letters, …); empty where there is none.
    pub kind: Cow<'a, str>,
    /// Who took part.
    pub actors: Vec<Participant<'a>>,
    /// Where.
    pub place: Cow<'a, str>,
    /// How sure the file is of it.
    pub status: Option<Status>,
    /// Free words to find it by.
    pub tags: Vec<Cow<'a, str>>,
    /// The sentences that say so.
    pub evidence: Vec<Evidence<'a>>,
    /// Other events that it has to do with.
    pub links: Vec<Link<'a>>,
    /// The compiler's own remark.
    pub note: Cow<'a, str>,
    /// Every further field of its row, in the order of the row.
    pub further: Vec<Further<'a>>,
}

/// An owned copy of a text.
fn owned(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

fn all_owned(further: Vec<Further<'_>>) -> Vec<Further<'static>> {
    let value = |value| match value {
        Value::Text(text) => Value::Text(owned(text)),
        Value::Json(text) => Value::Json(owned(text)),
    };
    further.into_iter().map(|field| Further { name: owned(field.name), value: value(field.value) }).collect()
}

impl Event<'_> {
    /// The same, with texts of its own.
    pub fn into_owned(self) -> Event<'static> {
        Event {
            id: owned(self.id),
            when: self.when.map(When::into_owned),
            when_text: owned(self.when_text),
            title: owned(self.title),
            kind: owned(self.kind),
            actors: self.actors.into_iter().map(|actor| Participant { name: owned(actor.name), role: owned(actor.role) }).collect(),
            place: owned(self.place),
            status: self.status,
            tags: self.tags.into_iter().map(owned).collect(),
            evidence: self.evidence.into_iter().map(Evidence::into_owned).collect(),
            links: self.links.into_iter().map(|link| Link { to: owned(link.to), relation: owned(link.relation) }).collect(),
            note: owned(self.note),
            further: all_owned(self.further),
        }
    }

    /// Whether it has a place on the axis: a date that is bounded on one side at least.
    pub fn stands_on_axis(&self) -> bool {
        self.when.as_ref().is_some_and(|when| {
            let extent = when.reading.extent;
            extent.earliest_start != i64::MIN || extent.latest_end != i64::MAX
        })
    }
}

/// The memory of the lists of an event that is done with, for the next one.
#[derive(Debug, Default)]
pub struct Room {
    actors: Vec<Participant<'static>>,
    tags: Vec<Cow<'static, str>>,
    evidence: Vec<Evidence<'static>>,
    further: Vec<Further<'static>>,
}

impl Room {
    /// An event with nothing in it, whose lists have this room.
    pub fn event<'a>(&mut self) -> Event<'a> {
        let Self { actors, tags, evidence, further } = std::mem::take(self);
        Event { actors, tags, evidence, further, ..Event::default() }
    }

    /// Takes the room back from an event; its lists are empty then.
    pub fn take_back(&mut self, event: &mut Event<'_>) {
        self.actors = emptied(std::mem::take(&mut event.actors));
        self.tags = emptied(std::mem::take(&mut event.tags));
        self.evidence = emptied(std::mem::take(&mut event.evidence));
        self.further = emptied(std::mem::take(&mut event.further));
    }
}

/// Items for which room is kept; a row of millions is rare, and another one after it rarer.
const ROOM_MOST: usize = 4096;

/// An empty list in the memory of another, which collecting leaves where it is.
fn emptied<T, U>(mut list: Vec<T>) -> Vec<U> {
    if list.capacity() > ROOM_MOST {
        return Vec::new();
    }
    list.clear();
    list.into_iter().filter_map(|_| None).collect()
}

/// An actor in an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Participant<'a> {
    /// The actor's name as shown (an id of the actors' table is resolved before).
    pub name: Cow<'a, str>,
    /// Its part in the event ("sender", "target", …); empty where not said.
    pub role: Cow<'a, str>,
}

/// A sentence that supports an event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence<'a> {
    /// The supporting sentence, to the letter.
    pub quote: Cow<'a, str>,
    /// Where it stands: an id of the sources' table, or the source's plain name; empty where not said.
    pub source: Cow<'a, str>,
    /// Page, paragraph, line or character offset within the source.
    pub locator: Cow<'a, str>,
    /// The words that gave the date ("earlier this month").
    pub phrase: Cow<'a, str>,
    /// The date that this source gives, where it differs from the event's.
    pub when: Option<When<'a>>,
    /// That date as written, where it could not be read.
    pub when_text: Cow<'a, str>,
    /// The address of the sentence itself, where the row gives one; else the source's.
    pub url: Cow<'a, str>,
    /// The date of publication that the row gives, as written; else the source's.
    pub published: Cow<'a, str>,
    /// Every further field.
    pub further: Vec<Further<'a>>,
}

impl Evidence<'_> {
    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        let Self { quote, source, locator, phrase, when, when_text, url, published, further } = self;
        [quote, source, locator, phrase, when_text, url, published].into_iter().all(|text| text.is_empty())
            && when.is_none()
            && further.is_empty()
    }

    /// The same, with texts of its own.
    pub fn into_owned(self) -> Evidence<'static> {
        Evidence {
            quote: owned(self.quote),
            source: owned(self.source),
            locator: owned(self.locator),
            phrase: owned(self.phrase),
            when: self.when.map(When::into_owned),
            when_text: owned(self.when_text),
            url: owned(self.url),
            published: owned(self.published),
            further: all_owned(self.further),
        }
    }
}

/// A relation to another event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link<'a> {
    /// The other event's id.
    pub to: Cow<'a, str>,
    /// What it is to this one ("follows", "answers", …); empty where not said.
    pub relation: Cow<'a, str>,
}

/// A field that the program has no name for, kept as it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Further<'a> {
    /// The field's own name.
    pub name: Cow<'a, str>,
    /// Its value.
    pub value: Value<'a>,
}

/// The value of a further field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Plain text (a CSV cell, a JSON string).
    Text(Cow<'a, str>),
    /// Any other JSON value, as JSON text.
    Json(Cow<'a, str>),
}

impl Value<'_> {
    /// The value as one would read it.
    pub fn as_text(&self) -> &str {
        match self {
            Value::Text(text) | Value::Json(text) => text,
        }
    }
}

/// A document or statement that evidence stands in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its id in the sources' table; the plain name where there is no table.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Who wrote it.
    pub author: String,
    /// Its address.
    pub url: String,
    /// The address of an archived copy.
    pub archive_url: String,
    /// When it was published, as written.
    pub published: String,
    /// When it was read, as written.
    pub retrieved: String,
    /// A file beside the record file that holds its text.
    pub path: String,
    /// Its text itself.
    pub text: String,
    /// The SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Every further field.
    pub further: Vec<Further<'static>>,
}

/// A row of the actors' table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// Its id.
    pub id: String,
    /// Its name as shown.
    pub name: String,
    /// person, organization, state, …
    pub kind: String,
    /// The id or name of what it belongs to; empty where nothing is said.
    pub member_of: String,
    /// Other names that mean the same actor.
    pub aliases: Vec<String>,
    /// Every further field.
    pub further: Vec<Further<'static>>,
}

/// A row of the kinds' table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kind {
    /// Its id, as events name it.
    pub id: String,
    /// Its name as shown.
    pub label: String,
    /// A colour of its own, `#rrggbb`; empty for the palette's.
    pub color: String,
    /// A symbol of its own by name (circle, square, diamond, …); empty for the next free.
    pub shape: String,
    /// Every further field.
    pub further: Vec<Further<'static>>,
}

/// What a file says of itself beside its events. Files opened together add up theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// The file's title.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Kinds, in the file's order.
    pub kinds: Vec<Kind>,
    /// Actors, in the file's order.
    pub actors: Vec<Actor>,
    /// Sources, in the file's order.
    pub sources: Vec<Source>,
    /// Every further field at the top of the file.
    pub further: Vec<Further<'static>>,
}

/// Where a record stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Which of the opened files, counted from 0.
    pub file: u32,
    /// The line at which it begins, counted from 1.
    pub line: u32,
}

/// Where a reader puts what it has read; the store's builder is one.
pub trait EventSink {
    /// Takes one event that stands at `line` (from 1) of the file being read.
    fn event(&mut self, event: &Event<'_>, line: u32);
    /// Takes the tables of the file being read; at most once a file, before or after its events.
    fn tables(&mut self, tables: Tables);
    /// A sink for pieces of the file being read, to be filled on another thread and given back by [`EventSink::append`]; `None` where all events must come one by one.
    fn part(&self) -> Option<Box<dyn PartSink>> {
        None
    }
    /// Is told how many bytes the parts of the file will be read from.
    fn expect(&mut self, _bytes: u64) {}
    /// Takes the events of a part that it gave out, which follow those taken so far, with the text that they were read from and what has become of the file's rows up to now.
    fn append(&mut self, _part: Box<dyn PartSink>, _text: PieceText, _so_far: &FileLedger) {}
    /// Drops all that it has taken of the file being read, which is read from its beginning again.
    fn start_over(&mut self) {}
}

/// A sink for a piece of a file.
pub trait PartSink: EventSink + Send {
    /// An empty one of the same kind, for the events in so many bytes of a text. What they borrow from it need not be copied: where it is kept, the text comes along when the
    /// part is appended; where it is not, the part keeps what is drawn, and the rest is read from the file again.
    fn of_text(&self, raw: &RawText, bytes: usize, kept: bool) -> Box<dyn PartSink>;
    /// Itself, for the sink that gave it out.
    fn into_any(self: Box<Self>) -> Box<dyn std::any::Any>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_of_an_event_are_the_next_ones_room() {
        let text = String::from("x");
        let mut room = Room::default();
        let mut event = Event {
            title: Cow::Borrowed(&text),
            actors: vec![Participant::default(); 5],
            evidence: vec![Evidence { quote: Cow::Borrowed(&text), ..Evidence::default() }],
            ..Event::default()
        };
        room.take_back(&mut event);
        let next: Event<'static> = room.event();
        assert_eq!(next, Event::default());
        assert!(next.actors.capacity() >= 5 && next.evidence.capacity() >= 1);
    }
}
