//! The fields of a record, packed into the store's memory and read back from it.
//!
//! ```text
//! piece of the file   {"id":"e1","when":"2023-08-30","title":"Letters",…}     kept as it was read
//!                            ▲            ▲               ▲
//! packed record       head │ ID 7,2 │ WHEN 19,10 │ TITLE 39,7 │ ACTOR 5 │ …    where each field stands, or the field itself
//! ```
//!
//! A packed record is a head (its length, where its line begins in the piece, its line's number) and a run of fields. A field that stands in the piece to the letter is
//! kept as its place there; one that does not (its escapes were taken out, or it was put together) as its bytes. So are, where the piece itself is not kept but read from its
//! file again, the fields that are drawn or looked up: id, date, title, roles and links. Names that many events share are kept as a number of the
//! piece's own table. Evidence, links and further fields begin with a marker; the fields that follow belong to it.
//! Nothing here trusts its input less than the builder that wrote it: a record is only ever read by the store that packed it.

use std::borrow::Cow;
use std::ops::Range;

use super::text::{Numbers, Packed};
use super::{NameId, NameTables};
use crate::model::{Event, Evidence, Further, Link, Origin, Participant, Place, Status, Value};
use crate::time::{self, Dialect, When};

/// What a packed field holds. `*_NAME` tags and those from 50 on hold a number, the others text.
mod tag {
    pub const ID: u8 = 1;
    pub const WHEN_TEXT: u8 = 2;
    pub const WHEN_CANONICAL: u8 = 3;
    pub const UNREAD_WHEN: u8 = 4;
    pub const TITLE: u8 = 5;
    pub const ROLE: u8 = 8;
    pub const NOTE: u8 = 12;
    pub const EVIDENCE: u8 = 20;
    pub const QUOTE: u8 = 21;
    pub const LOCATOR: u8 = 23;
    pub const PHRASE: u8 = 24;
    pub const URL: u8 = 25;
    pub const PUBLISHED: u8 = 26;
    pub const LINK: u8 = 30;
    pub const RELATION: u8 = 31;
    pub const FURTHER: u8 = 40;
    pub const VALUE_TEXT: u8 = 41;
    pub const VALUE_JSON: u8 = 42;
    pub const KIND_NAME: u8 = 50;
    pub const ACTOR_NAME: u8 = 51;
    pub const PLACE_NAME: u8 = 52;
    pub const TAG_NAME: u8 = 53;
    pub const SOURCE_NAME: u8 = 54;
    pub const STATUS: u8 = 55;
    pub const FILE: u8 = 56;
    /// From here on a tag holds a number.
    pub const NUMBERS: u8 = 50;
    /// Added to the tag of a text that stands in the piece.
    pub const LENT: u8 = 0x80;
}

/// Whether a field stays in memory where the text of its piece does not.
const fn stays(tag: u8) -> bool {
    matches!(
        tag,
        tag::ID
            | tag::WHEN_TEXT
            | tag::WHEN_CANONICAL
            | tag::UNREAD_WHEN
            | tag::TITLE
            | tag::ROLE
            | tag::LINK
            | tag::RELATION
            | tag::FURTHER
    )
}

/// Bytes of a record's head: its length, where its line begins in the piece, its line's number.
const HEAD: usize = 12;

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

/// Where records are packed, and the names that they share.
#[derive(Clone, Debug, Default)]
pub(super) struct Packing {
    pub names: NameTables,
    pub packed: Vec<u8>,
    /// The text that fields may stand in.
    pub place: Place,
    /// Whether that text is read from its file again when it is wanted.
    pub is_left: bool,
    /// The actors of the record packed last, each once.
    pub actors: Vec<NameId>,
    /// The kind of the record packed last.
    pub kind: Option<NameId>,
    /// Where in the text the record being packed begins.
    pub base: usize,
}

impl Packing {
    /// The numbers that its names have in other tables, where they are put if they are new there.
    pub fn numbers_in(&self, into: &mut NameTables) -> Numbers {
        let over = |from: &super::Names, into: &mut super::Names| from.iter().map(|(_, name)| into.intern(name)).collect();
        let names = &self.names;
        Numbers {
            actors: over(&names.actors, &mut into.actors),
            kinds: over(&names.kinds, &mut into.kinds),
            places: over(&names.places, &mut into.places),
            tags: over(&names.tags, &mut into.tags),
            sources: over(&names.sources, &mut into.sources),
        }
    }

    /// Puts a text, unless it is empty.
    fn put(&mut self, tag: u8, text: &str) {
        if !text.is_empty() {
            self.put_always(tag, text);
        }
    }

    /// Puts a text: its place where it stands in the piece behind the record's beginning, else its bytes.
    fn put_always(&mut self, tag: u8, text: &str) {
        let out = &mut self.packed;
        let lent =
            if self.is_left && stays(tag) { None } else { self.place.offset_of(text).and_then(|offset| offset.checked_sub(self.base)) };
        match lent {
            // Very short texts take less room as they are.
            Some(offset) if text.len() > 2 => {
                out.push(tag | tag::LENT);
                put_number(out, offset as u64);
                put_number(out, text.len() as u64);
            }
            _ => {
                out.push(tag);
                put_number(out, text.len() as u64);
                out.extend_from_slice(text.as_bytes());
            }
        }
    }

    fn put_name(&mut self, tag: u8, name: NameId) {
        self.packed.push(tag);
        put_number(&mut self.packed, u64::from(name.0));
    }

    /// Begins a record of a line; gives where it stands.
    fn begin(&mut self, base: usize, line: u32) -> usize {
        let begin = self.packed.len();
        self.base = base;
        self.packed.extend_from_slice(&[0; 4]);
        self.packed.extend_from_slice(&(base as u32).to_le_bytes());
        self.packed.extend_from_slice(&line.to_le_bytes());
        begin
    }

    /// Writes the length of the record that begins at `begin` and ends here.
    fn close(&mut self, begin: usize) {
        let length = (self.packed.len() - begin - HEAD) as u32;
        self.packed[begin..begin + 4].copy_from_slice(&length.to_le_bytes());
    }

    /// Packs a record; gives where it stands.
    pub fn pack(&mut self, event: &Event<'_>, id: &str, line: u32) -> usize {
        let base = [id, &event.title, event.when.as_ref().map_or("", |when| &when.text)]
            .into_iter()
            .chain(event.evidence.iter().flat_map(|evidence| [evidence.quote.as_ref(), evidence.url.as_ref()]))
            .filter(|text| !text.is_empty())
            .filter_map(|text| self.place.offset_of(text))
            .min()
            .unwrap_or(0);
        let begin = self.begin(base, line);
        self.fields_of(event, id);
        self.close(begin);
        begin
    }

    /// Packs a record of a store anew under another id, with all its text in it; gives where it stands.
    pub fn pack_again(&mut self, record: Packed<'_>, id: &str) -> usize {
        let origin = origin_in(record);
        let begin = self.begin(0, origin.line);
        self.put_always(tag::ID, id);
        self.put_name(tag::FILE, NameId(origin.file));
        for field in fields(record).filter(|field| field.tag != tag::ID && field.tag != tag::FILE) {
            if field.tag >= tag::NUMBERS {
                let number = if field.tag == tag::STATUS { NameId(field.number) } else { field.name() };
                self.put_name(field.tag, number);
            } else {
                self.put_always(field.tag, field.text());
            }
        }
        self.close(begin);
        begin
    }

    fn fields_of(&mut self, event: &Event<'_>, id: &str) {
        self.put(tag::ID, id);
        self.put_when(event.when.as_ref(), &event.when_text);
        self.put(tag::TITLE, &event.title);
        self.kind = (!event.kind.is_empty()).then(|| self.names.kinds.intern(&event.kind));
        if let Some(number) = self.kind {
            self.put_name(tag::KIND_NAME, number);
        }
        self.actors.clear();
        for actor in &event.actors {
            let number = self.names.actors.intern(&actor.name);
            if !self.actors.contains(&number) {
                self.actors.push(number);
            }
            self.put_name(tag::ACTOR_NAME, number);
            self.put(tag::ROLE, &actor.role);
        }
        if !event.place.is_empty() {
            let number = self.names.places.intern(&event.place);
            self.put_name(tag::PLACE_NAME, number);
        }
        if let Some(status) = event.status {
            self.put_name(tag::STATUS, NameId(status as u32));
        }
        for label in &event.tags {
            let number = self.names.tags.intern(label);
            self.put_name(tag::TAG_NAME, number);
        }
        self.put(tag::NOTE, &event.note);
        for further in &event.further {
            self.put_further(further);
        }
        for evidence in &event.evidence {
            self.put_always(tag::EVIDENCE, "");
            self.put(tag::QUOTE, &evidence.quote);
            if !evidence.source.is_empty() {
                let number = self.names.sources.intern(&evidence.source);
                self.put_name(tag::SOURCE_NAME, number);
            }
            self.put(tag::LOCATOR, &evidence.locator);
            self.put(tag::PHRASE, &evidence.phrase);
            self.put_when(evidence.when.as_ref(), &evidence.when_text);
            self.put(tag::URL, &evidence.url);
            self.put(tag::PUBLISHED, &evidence.published);
            for further in &evidence.further {
                self.put_further(further);
            }
        }
        for link in &event.links {
            self.put_always(tag::LINK, &link.to);
            self.put(tag::RELATION, &link.relation);
        }
    }

    fn put_when(&mut self, when: Option<&When<'_>>, unread: &str) {
        if let Some(when) = when {
            self.put(tag::WHEN_TEXT, &when.text);
            self.put(tag::WHEN_CANONICAL, when.canonical.as_deref().unwrap_or(""));
        } else {
            self.put(tag::UNREAD_WHEN, unread);
        }
    }

    fn put_further(&mut self, further: &Further<'_>) {
        self.put_always(tag::FURTHER, &further.name);
        match &further.value {
            Value::Text(text) => self.put_always(tag::VALUE_TEXT, text),
            Value::Json(text) => self.put_always(tag::VALUE_JSON, text),
        }
    }
}

/// A field of a packed record.
#[derive(Clone, Copy)]
struct Field<'a> {
    tag: u8,
    bytes: &'a [u8],
    number: u32,
    record: Packed<'a>,
}

impl<'a> Field<'a> {
    fn text(&self) -> &'a str {
        std::str::from_utf8(self.bytes).unwrap_or("")
    }

    /// The name whose number it holds, by its number in the store.
    fn name(&self) -> NameId {
        let local = NameId(self.number);
        let Some(numbers) = self.record.numbers else { return local };
        let table = match self.tag {
            tag::KIND_NAME => &numbers.kinds,
            tag::ACTOR_NAME => &numbers.actors,
            tag::PLACE_NAME => &numbers.places,
            tag::TAG_NAME => &numbers.tags,
            tag::SOURCE_NAME => &numbers.sources,
            _ => return local,
        };
        table.get(self.number as usize).copied().unwrap_or(NameId(u32::MAX))
    }
}

/// Four bytes of a head as a number.
fn head_number(record: Packed<'_>, at: usize) -> u32 {
    match record.bytes.get(at..at + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

fn fields(record: Packed<'_>) -> impl Iterator<Item = Field<'_>> {
    let end = HEAD + head_number(record, 0) as usize;
    let bytes = record.bytes.get(..end).unwrap_or_default();
    let base = head_number(record, 4) as usize;
    let mut at = HEAD;
    std::iter::from_fn(move || {
        let written = *bytes.get(at)?;
        at += 1;
        let tag = written & !tag::LENT;
        let number = take_number(bytes, &mut at) as usize;
        if tag >= tag::NUMBERS {
            return Some(Field { tag, bytes: &[], number: number as u32, record });
        }
        let bytes = if written == tag {
            let bytes = bytes.get(at..at.checked_add(number)?)?;
            at += number;
            bytes
        } else {
            let length = take_number(bytes, &mut at) as usize;
            let begin = base.checked_add(number)?.checked_sub(record.raw_from)?;
            // Without its text at hand it is empty.
            record.raw.get(begin..begin.checked_add(length)?).unwrap_or_default()
        };
        Some(Field { tag, bytes, number: 0, record })
    })
}

/// Where in its piece the fields stand that a record does not hold itself.
pub(super) fn lent_span(record: Packed<'_>) -> Range<usize> {
    let base = head_number(record, 4) as usize;
    let bytes = record.bytes.get(HEAD..HEAD + head_number(record, 0) as usize).unwrap_or_default();
    let (mut at, mut from, mut to) = (0, usize::MAX, 0);
    while let Some(&written) = bytes.get(at) {
        at += 1;
        let number = take_number(bytes, &mut at) as usize;
        if written & tag::LENT != 0 {
            let begin = base.saturating_add(number);
            let end = begin.saturating_add(take_number(bytes, &mut at) as usize);
            (from, to) = (from.min(begin), to.max(end));
        } else if written < tag::NUMBERS {
            at = at.saturating_add(number);
        }
    }
    if from < to { from..to } else { 0..0 }
}

/// The names of one field that a record holds, in order, doubles included.
pub(super) fn names_in(record: Packed<'_>, field: NameField) -> impl Iterator<Item = NameId> {
    fields(record).filter(move |f| f.tag == field.tag()).map(|f| f.name())
}

/// The id of a packed record.
pub(super) fn id_in(packed: Packed<'_>) -> &str {
    fields(packed).find(|f| f.tag == tag::ID).map_or("", |f| f.text())
}

/// The file and line of a packed record.
pub(super) fn origin_in(packed: Packed<'_>) -> Origin {
    // Only a record that was packed again, under another id, says its file itself; it does so behind its id.
    let own = fields(packed).take(2).find(|field| field.tag == tag::FILE);
    Origin { file: own.map_or(packed.file, |field| field.number), line: head_number(packed, 8) }
}

/// The participants of a packed record: names with their roles.
pub(super) fn participants_in(packed: Packed<'_>) -> impl Iterator<Item = (NameId, &str)> {
    let mut items = fields(packed).peekable();
    std::iter::from_fn(move || {
        let name = items.find(|field| field.tag == tag::ACTOR_NAME)?.name();
        Some((name, items.next_if(|next| next.tag == tag::ROLE).map_or("", |role| role.text())))
    })
}

/// The title of a packed record.
pub(super) fn title_in(packed: Packed<'_>) -> &str {
    fields(packed).find(|f| f.tag == tag::TITLE).map_or("", |f| f.text())
}

/// The canonical date of a packed record itself, not of its evidence; empty where it is undated.
pub(super) fn canonical_in(packed: Packed<'_>) -> &str {
    let mut text = "";
    for field in fields(packed) {
        match field.tag {
            tag::WHEN_TEXT => text = field.text(),
            tag::WHEN_CANONICAL => return field.text(),
            tag::ID | tag::FILE => {}
            _ => break,
        }
    }
    text
}

/// The dates that the evidence of a packed record gives, in canonical form.
pub(super) fn evidence_dates_in(packed: Packed<'_>) -> impl Iterator<Item = &str> {
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
pub(super) fn texts_in(packed: Packed<'_>) -> impl Iterator<Item = &str> {
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
pub(super) fn texts_of(packed: Packed<'_>, what: TextField) -> impl Iterator<Item = &str> {
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

impl TextField {
    /// Whether it is in memory in every record.
    pub const fn stays(self) -> bool {
        matches!(self, Self::Id | Self::Title | Self::Role)
    }
}

/// The date with its meaning read again from its canonical form.
fn when_again<'a>(text: &'a str, canonical: Option<&'a str>) -> Option<When<'a>> {
    let reading = time::read(canonical.unwrap_or(text), &Dialect::EDTF).ok()?.reading;
    Some(When { text: Cow::Borrowed(text), canonical: canonical.map(Into::into), reading, doubt: None })
}

/// Rebuilds a whole record, borrowing its text from the arena.
pub(super) fn unpack<'a>(packed: Packed<'a>, names: &'a NameTables) -> Event<'a> {
    let mut event = Event::default();
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
            tag::STATUS => event.status = Status::from_code(field.number as u8),
            tag::TAG_NAME => event.tags.push(Cow::Borrowed(names.tags.get(field.name()))),
            tag::NOTE => event.note = Cow::Borrowed(field.text()),
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
    event
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
