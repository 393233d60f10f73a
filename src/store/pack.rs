//! The fields of a record, packed into the store's memory; `unpack` reads them back.
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

use std::collections::HashSet;

use super::text::{Numbers, Packed};
use super::unpack::{fields, origin_in};
use super::{NameId, NameTables};
use crate::model::{Event, Further, Place, Value};
use crate::time::When;

/// What a packed field holds. `*_NAME` tags and those from 50 on hold a number, the others text.
pub(super) mod tag {
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
pub(super) const fn stays(tag: u8) -> bool {
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
pub(super) const HEAD: usize = 12;

/// Actors of one event among which each is looked for one by one; of more, in a table.
const ACTORS_LOOKED_THROUGH: usize = 64;

fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
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
        let mut base = usize::MAX;
        let mut at = |text: &str| {
            // An empty text may stand anywhere.
            if !text.is_empty() {
                base = base.min(self.place.offset_of(text).unwrap_or(usize::MAX));
            }
        };
        at(id);
        at(&event.title);
        event.when.iter().for_each(|when| at(&when.text));
        for evidence in &event.evidence {
            at(&evidence.quote);
            at(&evidence.url);
        }
        let base = if base == usize::MAX { 0 } else { base };
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
        let mut many = (event.actors.len() > ACTORS_LOOKED_THROUGH).then(HashSet::new);
        for actor in &event.actors {
            let number = self.names.actors.intern(&actor.name);
            if many.as_mut().map_or_else(|| !self.actors.contains(&number), |known| known.insert(number)) {
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
