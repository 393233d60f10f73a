//! What an event has, in two bytes: whether there is a quote, a note, a place, …, and how many sources.
//!
//! Made of the packed record alone, without its text; the search index keeps them for all events, so that `has:` and `sources>=2` need no record.

use super::pack::tag;
use super::text::Packed;
use super::unpack::{NameField, fields, names_in};

/// What an event has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Traits(u16);

/// Sources from which on they are counted anew.
const MANY: usize = 15;
const SOURCES_SHIFT: u32 = 12;

impl Traits {
    pub const QUOTE: Self = Self(1);
    pub const NOTE: Self = Self(1 << 1);
    pub const LINK: Self = Self(1 << 2);
    pub const ROLE: Self = Self(1 << 3);
    pub const PHRASE: Self = Self(1 << 4);
    pub const URL: Self = Self(1 << 5);
    pub const PLACE: Self = Self(1 << 6);
    pub const TAG: Self = Self(1 << 7);

    /// Reads them off a record.
    pub fn of(record: Packed<'_>) -> Self {
        let bits = fields(record).fold(0, |bits, field| {
            bits | match field.tag {
                tag::QUOTE => Self::QUOTE.0,
                tag::NOTE => Self::NOTE.0,
                tag::LINK => Self::LINK.0,
                tag::ROLE => Self::ROLE.0,
                tag::PHRASE => Self::PHRASE.0,
                tag::URL => Self::URL.0,
                tag::PLACE_NAME => Self::PLACE.0,
                tag::TAG_NAME => Self::TAG.0,
                _ => 0,
            }
        });
        Self(bits | (sources_in(record).min(MANY) as u16) << SOURCES_SHIFT)
    }

    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub const fn has_source(self) -> bool {
        self.0 >> SOURCES_SHIFT > 0
    }

    /// How many distinct sources there are; `None` where they are so many that the record must be asked.
    pub const fn sources(self) -> Option<usize> {
        let count = (self.0 >> SOURCES_SHIFT) as usize;
        if count < MANY { Some(count) } else { None }
    }
}

/// How many distinct sources a record names.
pub(super) fn sources_in(record: Packed<'_>) -> usize {
    let mut seen = Vec::new();
    for source in names_in(record, NameField::Source) {
        if !seen.contains(&source) {
            seen.push(source);
        }
    }
    seen.len()
}

/// How many fields of a tag a record has.
pub(super) fn count_in(record: Packed<'_>, tag: u8) -> usize {
    fields(record).filter(|field| field.tag == tag).count()
}
