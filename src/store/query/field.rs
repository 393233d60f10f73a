//! The words of the filter language: fields, things that an event can have, things that can be counted.

use crate::time::Precision;

/// A field whose text a filter can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Every text and name of an event.
    Text,
    /// An actor's name.
    Actor,
    /// An actor's role.
    Role,
    /// A kind's id or label.
    Kind,
    /// A place.
    Place,
    /// A source's id, title, publisher or author.
    Source,
    /// A tag.
    Tag,
    /// The title.
    Title,
    /// A supporting sentence.
    Quote,
    /// The words that gave a date.
    Phrase,
    /// A note.
    Note,
    /// An address.
    Url,
    /// The id.
    Id,
}

impl Field {
    /// Every field with its name.
    pub const ALL: [(Self, &'static str); 13] = [
        (Self::Actor, "actor"),
        (Self::Role, "role"),
        (Self::Kind, "kind"),
        (Self::Place, "place"),
        (Self::Source, "source"),
        (Self::Tag, "tag"),
        (Self::Text, "text"),
        (Self::Title, "title"),
        (Self::Quote, "quote"),
        (Self::Phrase, "phrase"),
        (Self::Note, "note"),
        (Self::Url, "url"),
        (Self::Id, "id"),
    ];

    /// The field of a name; `sentence` is another name of `quote`.
    pub fn from_name(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("sentence") {
            return Some(Self::Quote);
        }
        named(&Self::ALL, name)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        name_of(&Self::ALL, self)
    }
}

/// Something that an event can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Has {
    /// A supporting sentence.
    Quote,
    /// A named source.
    Source,
    /// A place.
    Place,
    /// A duration with a stated end.
    End,
    /// A note.
    Note,
    /// A link to another event.
    Link,
    /// A date.
    Date,
    /// A kind.
    Kind,
    /// An actor.
    Actor,
    /// A role of an actor.
    Role,
    /// A tag.
    Tag,
    /// A status.
    Status,
    /// The words that gave a date.
    Phrase,
    /// An address of its own.
    Url,
}

impl Has {
    /// Everything that can be asked for, with its name.
    pub const ALL: [(Self, &'static str); 14] = [
        (Self::Quote, "quote"),
        (Self::Source, "source"),
        (Self::Place, "place"),
        (Self::End, "end"),
        (Self::Note, "note"),
        (Self::Link, "link"),
        (Self::Date, "date"),
        (Self::Kind, "kind"),
        (Self::Actor, "actor"),
        (Self::Role, "role"),
        (Self::Tag, "tag"),
        (Self::Status, "status"),
        (Self::Phrase, "phrase"),
        (Self::Url, "url"),
    ];

    pub(super) fn from_name(name: &str) -> Option<Self> {
        named(&Self::ALL, name)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        name_of(&Self::ALL, self)
    }
}

/// Something of which an event can have several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Distinct sources.
    Sources,
    /// Distinct actors.
    Actors,
    /// Tags.
    Tags,
    /// Supporting sentences.
    Quotes,
    /// Links to other events.
    Links,
}

impl Counted {
    /// Everything that can be counted, with its name.
    pub const ALL: [(Self, &'static str); 5] =
        [(Self::Sources, "sources"), (Self::Actors, "actors"), (Self::Tags, "tags"), (Self::Quotes, "quotes"), (Self::Links, "links")];

    pub(super) fn from_name(name: &str) -> Option<Self> {
        named(&Self::ALL, name)
    }

    pub(super) fn name(self) -> &'static str {
        name_of(&Self::ALL, self)
    }
}

/// How a count is compared with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `=`
    Equal,
    /// `>=`
    AtLeast,
    /// `>`
    Above,
}

impl Compare {
    /// Every sign, the longer ones first.
    pub(super) const ALL: [(Self, &'static str); 5] =
        [(Self::AtMost, "<="), (Self::AtLeast, ">="), (Self::Below, "<"), (Self::Equal, "="), (Self::Above, ">")];

    pub(super) fn sign(self) -> &'static str {
        name_of(&Self::ALL, self)
    }

    pub(super) const fn holds(self, count: u32, number: u32) -> bool {
        match self {
            Self::Below => count < number,
            Self::AtMost => count <= number,
            Self::Equal => count == number,
            Self::AtLeast => count >= number,
            Self::Above => count > number,
        }
    }
}

/// How an event's possible extent must lie to that of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Some of it can lie at or after the date's beginning.
    After,
    /// It can have begun before the date's beginning.
    Before,
    /// Some of it can lie within the date.
    On,
    /// All of it lies within the date.
    During,
}

impl Relation {
    /// Every relation with its name.
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::After, "after"), (Self::Before, "before"), (Self::On, "on"), (Self::During, "during")];

    pub(super) fn from_name(name: &str) -> Option<Self> {
        named(&Self::ALL, name)
    }

    pub(super) fn name(self) -> &'static str {
        name_of(&Self::ALL, self)
    }
}

/// The units of precision by name, from fine to coarse.
pub const PRECISION_NAMES: [(Precision, &str); 11] = [
    (Precision::Subsecond, "subsecond"),
    (Precision::Second, "second"),
    (Precision::Minute, "minute"),
    (Precision::Hour, "hour"),
    (Precision::Day, "day"),
    (Precision::Month, "month"),
    (Precision::Season, "season"),
    (Precision::Year, "year"),
    (Precision::Decade, "decade"),
    (Precision::Century, "century"),
    (Precision::Millennium, "millennium"),
];

pub(super) fn precision_from_name(name: &str) -> Option<Precision> {
    named(&PRECISION_NAMES, name)
}

pub(super) fn precision_name(precision: Precision) -> &'static str {
    name_of(&PRECISION_NAMES, precision)
}

fn named<T: Copy>(table: &[(T, &'static str)], name: &str) -> Option<T> {
    table.iter().find(|(_, own)| own.eq_ignore_ascii_case(name)).map(|(item, _)| *item)
}

fn name_of<T: Copy + PartialEq>(table: &[(T, &'static str)], item: T) -> &'static str {
    table.iter().find(|(own, _)| *own == item).map_or("", |(_, name)| name)
}
