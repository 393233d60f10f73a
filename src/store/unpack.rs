//! Packed records read back: single fields of one, or all of it.

use std::borrow::Cow;
use std::ops::Range;

use super::pack::{HEAD, stays, tag};
use super::text::Packed;
use super::{NameId, NameTables};
use crate::model::{Event, Evidence, Further, Link, Origin, Participant, Status, Value};
use crate::time::{self, Dialect, When};

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

/// A field of a packed record.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    pub tag: u8,
    bytes: &'a [u8],
    pub number: u32,
    record: Packed<'a>,
}

impl<'a> Field<'a> {
    pub fn text(&self) -> &'a str {
        std::str::from_utf8(self.bytes).unwrap_or("")
    }

    /// The name whose number it holds, by its number in the store.
    pub fn name(&self) -> NameId {
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

pub(super) fn fields(record: Packed<'_>) -> impl Iterator<Item = Field<'_>> {
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
    fields(packed).filter(move |f| f.tag == what.tag()).map(|f| f.text())
}

/// The further fields of a packed record with their values, those of its evidence among them.
pub(super) fn further_in(packed: Packed<'_>) -> impl Iterator<Item = (&str, &str)> {
    let mut items = fields(packed);
    std::iter::from_fn(move || {
        let name = items.find(|field| field.tag == tag::FURTHER)?;
        Some((name.text(), items.next().map_or("", |value| value.text())))
    })
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
    const fn tag(self) -> u8 {
        match self {
            Self::Id => tag::ID,
            Self::Title => tag::TITLE,
            Self::Quote => tag::QUOTE,
            Self::Note => tag::NOTE,
            Self::Role => tag::ROLE,
            Self::Phrase => tag::PHRASE,
            Self::Url => tag::URL,
        }
    }

    /// Whether it is in memory in every record.
    pub const fn stays(self) -> bool {
        stays(self.tag())
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
