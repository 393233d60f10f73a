//! The text of a record, packed into the store's arena and read back from it.
//!
//! A packed record is a run of fields, each `tag, length as a varint, bytes`. Names that many events share are packed as their
//! number in the store's [`NameTables`](super::NameTables). Evidence, links and further fields begin with an empty marker field; the fields that follow belong to it.
//! Nothing here trusts its input less than the builder that wrote it: a record is only ever read by the store that packed it.

use std::borrow::Cow;

use super::{NameId, NameTables};
use crate::model::{Event, Evidence, Further, Link, Origin, Participant, Status, Value};
use crate::time::{self, Dialect, When};

/// What a packed field holds. `*_NAME` tags hold a number, the others text.
mod tag {
    pub const ID: u8 = 1;
    pub const WHEN_TEXT: u8 = 2;
    pub const WHEN_CANONICAL: u8 = 3;
    pub const UNREAD_WHEN: u8 = 4;
    pub const TITLE: u8 = 5;
    pub const KIND_NAME: u8 = 6;
    pub const ACTOR_NAME: u8 = 7;
    pub const ROLE: u8 = 8;
    pub const PLACE_NAME: u8 = 9;
    pub const STATUS: u8 = 10;
    pub const TAG_NAME: u8 = 11;
    pub const NOTE: u8 = 12;
    pub const FILE: u8 = 13;
    pub const LINE: u8 = 14;
    pub const EVIDENCE: u8 = 20;
    pub const QUOTE: u8 = 21;
    pub const SOURCE_NAME: u8 = 22;
    pub const LOCATOR: u8 = 23;
    pub const PHRASE: u8 = 24;
    pub const URL: u8 = 25;
    pub const PUBLISHED: u8 = 26;
    pub const LINK: u8 = 30;
    pub const RELATION: u8 = 31;
    pub const FURTHER: u8 = 40;
    pub const VALUE_TEXT: u8 = 41;
    pub const VALUE_JSON: u8 = 42;
}

/// Which names of a record to walk over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameField {
    Place,
    Tag,
    Source,
}

impl NameField {
    const fn tag(self) -> u8 {
        match self {
            Self::Place => tag::PLACE_NAME,
            Self::Tag => tag::TAG_NAME,
            Self::Source => tag::SOURCE_NAME,
        }
    }
}

fn put(out: &mut Vec<u8>, tag: u8, text: &str) {
    if !text.is_empty() {
        out.push(tag);
        put_number(out, text.len() as u64);
        out.extend_from_slice(text.as_bytes());
    }
}

fn put_mark(out: &mut Vec<u8>, tag: u8, text: &str) {
    out.push(tag);
    put_number(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

/// Puts a number in four bytes, so that a name's can be changed where it stands.
fn put_fixed(out: &mut Vec<u8>, tag: u8, number: u32) {
    out.extend_from_slice(&[tag, 4]);
    out.extend_from_slice(&number.to_le_bytes());
}

fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn take_number(bytes: &[u8], at: &mut usize) -> u64 {
    let (mut number, mut shift) = (0, 0);
    while let Some(&byte) = bytes.get(*at) {
        *at += 1;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 || shift > 56 {
            break;
        }
        shift += 7;
    }
    number
}

/// Where records are packed: the names that they share, and where in the text the number of each stands.
#[derive(Debug, Default)]
pub(super) struct Packing {
    pub names: NameTables,
    pub text: Vec<u8>,
    /// For actors, kinds, places, tags and sources: where the numbers stand; only kept where they may have to be changed.
    pub stands: Option<Box<[Vec<u32>; 5]>>,
}

/// For each table of names, the number that a name of one table has in another.
pub(super) struct Renumbered([Vec<u32>; 5]);

impl Renumbered {
    /// The new number of an actor.
    pub fn actor(&self, old: NameId) -> NameId {
        NameId(self.0[0][old.0 as usize])
    }

    /// The new number of a kind.
    pub fn kind(&self, old: u32) -> u32 {
        self.0[1][old as usize]
    }
}

impl Packing {
    fn name(&mut self, table: usize, tag: u8, number: NameId) {
        put_fixed(&mut self.text, tag, number.0);
        if let Some(stands) = &mut self.stands {
            stands[table].push(self.text.len() as u32 - 4);
        }
    }

    /// Takes the names over into other tables.
    pub fn renumbering(&self, into: &mut NameTables) -> Renumbered {
        let over = |from: &super::Names, into: &mut super::Names| from.iter().map(|(_, name)| into.intern(name).0).collect();
        let names = &self.names;
        Renumbered([
            over(&names.actors, &mut into.actors),
            over(&names.kinds, &mut into.kinds),
            over(&names.places, &mut into.places),
            over(&names.tags, &mut into.tags),
            over(&names.sources, &mut into.sources),
        ])
    }

    /// Changes every number of a name in the text.
    pub fn renumber(&mut self, by: &Renumbered) {
        let Some(stands) = self.stands.take() else { return };
        for (places, numbers) in stands.iter().zip(&by.0) {
            if numbers.iter().enumerate().all(|(at, number)| at as u32 == *number) {
                continue;
            }
            for &at in places {
                if let Some(bytes) = self.text.get_mut(at as usize..at as usize + 4) {
                    let old = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
                    bytes.copy_from_slice(&numbers[old as usize].to_le_bytes());
                }
            }
        }
    }
}

/// Packs a record after its length in four bytes, giving shared names their numbers; gives where it stands.
pub(super) fn pack(event: &Event<'_>, id: &str, origin: Origin, into: &mut Packing) -> usize {
    let begin = into.text.len();
    into.text.extend_from_slice(&[0; 4]);
    fields_of(event, id, origin, into);
    close(&mut into.text, begin);
    begin
}

/// Writes the length of the record that begins at `begin` and ends with the text.
fn close(text: &mut [u8], begin: usize) {
    let length = (text.len() - begin - 4) as u32;
    text[begin..begin + 4].copy_from_slice(&length.to_le_bytes());
}

/// The record that begins at `at` of a text.
pub(super) fn record_at(text: &[u8], at: usize) -> &[u8] {
    let Some(&[a, b, c, d]) = text.get(at..at + 4) else { return &[] };
    text.get(at + 4..at + 4 + u32::from_le_bytes([a, b, c, d]) as usize).unwrap_or_default()
}

/// Copies a packed record under another id; gives where it stands.
pub(super) fn with_id(packed: &[u8], id: &str, text: &mut Vec<u8>) -> usize {
    let begin = text.len();
    text.extend_from_slice(&[0; 4]);
    put(text, tag::ID, id);
    for field in fields(packed).filter(|field| field.tag != tag::ID) {
        text.push(field.tag);
        put_number(text, field.bytes.len() as u64);
        text.extend_from_slice(field.bytes);
    }
    close(text, begin);
    begin
}

fn fields_of(event: &Event<'_>, id: &str, origin: Origin, into: &mut Packing) {
    let out = &mut into.text;
    put(out, tag::ID, id);
    pack_when(event.when.as_ref(), &event.when_text, out);
    put(out, tag::TITLE, &event.title);
    if !event.kind.is_empty() {
        let number = into.names.kinds.intern(&event.kind);
        into.name(1, tag::KIND_NAME, number);
    }
    for actor in &event.actors {
        let number = into.names.actors.intern(&actor.name);
        into.name(0, tag::ACTOR_NAME, number);
        put(&mut into.text, tag::ROLE, &actor.role);
    }
    if !event.place.is_empty() {
        let number = into.names.places.intern(&event.place);
        into.name(2, tag::PLACE_NAME, number);
    }
    if let Some(status) = event.status {
        put_fixed(&mut into.text, tag::STATUS, status as u32);
    }
    for label in &event.tags {
        let number = into.names.tags.intern(label);
        into.name(3, tag::TAG_NAME, number);
    }
    let out = &mut into.text;
    put(out, tag::NOTE, &event.note);
    put_fixed(out, tag::FILE, origin.file);
    put_fixed(out, tag::LINE, origin.line);
    for further in &event.further {
        pack_further(further, out);
    }
    for evidence in &event.evidence {
        put_mark(&mut into.text, tag::EVIDENCE, "");
        put(&mut into.text, tag::QUOTE, &evidence.quote);
        if !evidence.source.is_empty() {
            let number = into.names.sources.intern(&evidence.source);
            into.name(4, tag::SOURCE_NAME, number);
        }
        let out = &mut into.text;
        put(out, tag::LOCATOR, &evidence.locator);
        put(out, tag::PHRASE, &evidence.phrase);
        pack_when(evidence.when.as_ref(), &evidence.when_text, out);
        put(out, tag::URL, &evidence.url);
        put(out, tag::PUBLISHED, &evidence.published);
        for further in &evidence.further {
            pack_further(further, out);
        }
    }
    for link in &event.links {
        put_mark(&mut into.text, tag::LINK, &link.to);
        put(&mut into.text, tag::RELATION, &link.relation);
    }
}

fn pack_when(when: Option<&When<'_>>, unread: &str, out: &mut Vec<u8>) {
    if let Some(when) = when {
        put(out, tag::WHEN_TEXT, &when.text);
        put(out, tag::WHEN_CANONICAL, when.canonical.as_deref().unwrap_or(""));
    } else {
        put(out, tag::UNREAD_WHEN, unread);
    }
}

fn pack_further(further: &Further<'_>, out: &mut Vec<u8>) {
    put_mark(out, tag::FURTHER, &further.name);
    match &further.value {
        Value::Text(text) => put_mark(out, tag::VALUE_TEXT, text),
        Value::Json(text) => put_mark(out, tag::VALUE_JSON, text),
    }
}

/// A field of a packed record.
struct Field<'a> {
    tag: u8,
    bytes: &'a [u8],
}

impl<'a> Field<'a> {
    fn text(&self) -> &'a str {
        std::str::from_utf8(self.bytes).unwrap_or("")
    }

    fn name(&self) -> NameId {
        NameId(self.bytes.try_into().map_or(u32::MAX, u32::from_le_bytes))
    }
}

fn fields(packed: &[u8]) -> impl Iterator<Item = Field<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let tag = *packed.get(at)?;
        at += 1;
        let length = take_number(packed, &mut at) as usize;
        let bytes = packed.get(at..at.checked_add(length)?)?;
        at += length;
        Some(Field { tag, bytes })
    })
}

/// The names of one field that a record holds, in order, doubles included.
pub(super) fn names_in(packed: &[u8], field: NameField) -> impl Iterator<Item = NameId> {
    fields(packed).filter(move |f| f.tag == field.tag()).map(|f| f.name())
}

/// The id of a packed record.
pub(super) fn id_in(packed: &[u8]) -> &str {
    fields(packed).find(|f| f.tag == tag::ID).map_or("", |f| f.text())
}

/// The file and line of a packed record.
pub(super) fn origin_in(packed: &[u8]) -> Origin {
    let number = |wanted| fields(packed).find(|field| field.tag == wanted).map_or(0, |field| field.name().0);
    Origin { file: number(tag::FILE), line: number(tag::LINE) }
}

/// The title of a packed record.
pub(super) fn title_in(packed: &[u8]) -> &str {
    fields(packed).find(|f| f.tag == tag::TITLE).map_or("", |f| f.text())
}

/// The canonical date of a packed record itself, not of its evidence; empty where it is undated.
pub(super) fn canonical_in(packed: &[u8]) -> &str {
    let mut text = "";
    for field in fields(packed) {
        match field.tag {
            tag::WHEN_TEXT => text = field.text(),
            tag::WHEN_CANONICAL => return field.text(),
            tag::ID => {}
            _ => break,
        }
    }
    text
}

/// The dates that the evidence of a packed record gives, in canonical form.
pub(super) fn evidence_dates_in(packed: &[u8]) -> impl Iterator<Item = &str> {
    let mut in_evidence = false;
    let mut items = fields(packed).peekable();
    std::iter::from_fn(move || {
        while let Some(field) = items.next() {
            match field.tag {
                tag::EVIDENCE => in_evidence = true,
                tag::WHEN_TEXT if in_evidence => {
                    if let Some(next) = items.next_if(|next| next.tag == tag::WHEN_CANONICAL) {
                        return Some(next.text());
                    }
                    return Some(field.text());
                }
                _ => {}
            }
        }
        None
    })
}

/// Every text that a search looks into, without shared names.
pub(super) fn texts_in(packed: &[u8]) -> impl Iterator<Item = &str> {
    fields(packed)
        .filter(|f| {
            matches!(
                f.tag,
                tag::ID
                    | tag::TITLE
                    | tag::NOTE
                    | tag::QUOTE
                    | tag::ROLE
                    | tag::PHRASE
                    | tag::URL
                    | tag::LOCATOR
                    | tag::WHEN_TEXT
                    | tag::UNREAD_WHEN
                    | tag::VALUE_TEXT
                    | tag::VALUE_JSON
            )
        })
        .map(|f| f.text())
}

/// The text of one field for a field search.
pub(super) fn texts_of(packed: &[u8], what: TextField) -> impl Iterator<Item = &str> {
    fields(packed)
        .filter(move |f| match what {
            TextField::Id => f.tag == tag::ID,
            TextField::Title => f.tag == tag::TITLE,
            TextField::Quote => f.tag == tag::QUOTE,
            TextField::Note => f.tag == tag::NOTE,
            TextField::Role => f.tag == tag::ROLE,
            TextField::Phrase => f.tag == tag::PHRASE,
            TextField::Url => f.tag == tag::URL,
        })
        .map(|f| f.text())
}

/// A text field that a search can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextField {
    Id,
    Title,
    Quote,
    Note,
    Role,
    Phrase,
    Url,
}

/// The date with its meaning read again from its canonical form.
fn when_again<'a>(text: &'a str, canonical: Option<&'a str>) -> Option<When<'a>> {
    let reading = time::read(canonical.unwrap_or(text), &Dialect::EDTF).ok()?.reading;
    Some(When { text: Cow::Borrowed(text), canonical: canonical.map(Into::into), reading, doubt: None })
}

/// Rebuilds a whole record, borrowing its text from the arena.
pub(super) fn unpack<'a>(packed: &'a [u8], names: &'a NameTables) -> (Event<'a>, Origin) {
    let mut event = Event::default();
    let mut origin = Origin::default();
    let mut items = fields(packed).peekable();
    let mut in_evidence = false;
    while let Some(field) = items.next() {
        match field.tag {
            tag::ID => event.id = Cow::Borrowed(field.text()),
            tag::WHEN_TEXT => {
                let canonical = items.next_if(|next| next.tag == tag::WHEN_CANONICAL).map(|next| next.text());
                let when = when_again(field.text(), canonical);
                match event.evidence.last_mut().filter(|_| in_evidence) {
                    Some(evidence) => evidence.when = when,
                    None => event.when = when,
                }
            }
            tag::UNREAD_WHEN => match event.evidence.last_mut().filter(|_| in_evidence) {
                Some(evidence) => evidence.when_text = Cow::Borrowed(field.text()),
                None => event.when_text = Cow::Borrowed(field.text()),
            },
            tag::TITLE => event.title = Cow::Borrowed(field.text()),
            tag::KIND_NAME => event.kind = Cow::Borrowed(names.kinds.get(field.name())),
            tag::ACTOR_NAME => {
                let role = items.next_if(|next| next.tag == tag::ROLE).map_or("", |next| next.text());
                event.actors.push(Participant { name: Cow::Borrowed(names.actors.get(field.name())), role: Cow::Borrowed(role) });
            }
            tag::PLACE_NAME => event.place = Cow::Borrowed(names.places.get(field.name())),
            tag::STATUS => event.status = Status::from_code(field.name().0 as u8),
            tag::TAG_NAME => event.tags.push(Cow::Borrowed(names.tags.get(field.name()))),
            tag::NOTE => event.note = Cow::Borrowed(field.text()),
            tag::FILE => origin.file = field.name().0,
            tag::LINE => origin.line = field.name().0,
            tag::EVIDENCE => {
                in_evidence = true;
                event.evidence.push(Evidence::default());
            }
            tag::LINK => {
                let relation = items.next_if(|next| next.tag == tag::RELATION).map_or("", |next| next.text());
                event.links.push(Link { to: Cow::Borrowed(field.text()), relation: Cow::Borrowed(relation) });
            }
            tag::FURTHER => {
                let value = match items.next() {
                    Some(next) if next.tag == tag::VALUE_JSON => Value::Json(Cow::Borrowed(next.text())),
                    Some(next) => Value::Text(Cow::Borrowed(next.text())),
                    None => Value::Text(Cow::Borrowed("")),
                };
                let further = Further { name: Cow::Borrowed(field.text()), value };
                match event.evidence.last_mut().filter(|_| in_evidence) {
                    Some(evidence) => evidence.further.push(further),
                    None => event.further.push(further),
                }
            }
            _ => unpack_evidence_field(&field, event.evidence.last_mut(), names),
        }
    }
    (event, origin)
}

fn unpack_evidence_field<'a>(field: &Field<'a>, evidence: Option<&mut Evidence<'a>>, names: &'a NameTables) {
    let Some(evidence) = evidence else { return };
    match field.tag {
        tag::QUOTE => evidence.quote = Cow::Borrowed(field.text()),
        tag::SOURCE_NAME => evidence.source = Cow::Borrowed(names.sources.get(field.name())),
        tag::LOCATOR => evidence.locator = Cow::Borrowed(field.text()),
        tag::PHRASE => evidence.phrase = Cow::Borrowed(field.text()),
        tag::URL => evidence.url = Cow::Borrowed(field.text()),
        tag::PUBLISHED => evidence.published = Cow::Borrowed(field.text()),
        _ => {}
    }
}
