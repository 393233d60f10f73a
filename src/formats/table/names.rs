//! What a column's name says it holds.
//!
//! A name is taken apart into words (`startDate`, `start_date`, `Start date` and `startdate` are all "start date") and looked up
//! among phrases, each with a strength from 1 to 100. The strength decides only between columns; contents have a veto.

use crate::formats::Field;

/// A column's name taken apart.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// Its words in lower case.
    pub words: Vec<String>,
    /// The words with a blank between.
    pub joined: String,
}

/// Beginnings of names that are written together with what follows, as in `startdate`.
const STEMS: [&str; 20] = [
    "start", "end", "begin", "from", "to", "event", "incident", "birth", "death", "sql", "h", "pub", "source", "launch", "flight",
    "report", "issue", "actor", "expiry", "release",
];
/// Ends of such names.
const TAILS: [&str; 6] = ["date", "time", "year", "url", "name", "id"];

/// Letters of a name that are looked at; a stranger's header may be one name of millions.
const LONGEST: usize = 300;

impl Name {
    /// Takes a name apart.
    pub(super) fn of(name: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut word = String::new();
        let mut before = ' ';
        for character in name.chars().take(LONGEST) {
            let splits = (character.is_uppercase() && before.is_lowercase())
                || (character.is_numeric() != before.is_numeric() && character.is_alphanumeric() && before.is_alphanumeric());
            if (splits || !character.is_alphanumeric()) && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if character.is_alphanumeric() {
                word.extend(character.to_lowercase());
            }
            before = character;
        }
        if !word.is_empty() {
            words.push(word);
        }
        let words: Vec<String> = words.into_iter().flat_map(split_compound).collect();
        let joined = words.join(" ");
        Self { words, joined }
    }

    /// Whether one of its words is among these.
    pub(super) fn has(&self, words: &[&str]) -> bool {
        self.words.iter().any(|word| words.contains(&word.as_str()))
    }

    /// Its words without those that only say "date" and which end of it, such as "investigation" of "investigation start".
    pub(super) fn rest_of_date(&self) -> Vec<&str> {
        const PLAIN: [&str; 27] = [
            "start",
            "end",
            "begin",
            "date",
            "time",
            "datetime",
            "from",
            "to",
            "until",
            "event",
            "h",
            "birth",
            "death",
            "day",
            "when",
            "born",
            "died",
            "finish",
            "of",
            "listed",
            "listing",
            "delisted",
            "delisting",
            "removed",
            "removal",
            "on",
            "designation",
        ];
        self.words.iter().map(String::as_str).filter(|word| !PLAIN.contains(word)).collect()
    }
}

/// Splits `startdate` into "start" and "date".
fn split_compound(word: String) -> Vec<String> {
    for tail in TAILS {
        if let Some(stem) = word.strip_suffix(tail)
            && STEMS.contains(&stem)
        {
            return vec![stem.to_owned(), tail.to_owned()];
        }
    }
    vec![word]
}

/// How strongly a name says that its column is this field: 0 not at all, 100 without doubt.
pub(super) fn strength(name: &Name, field: Field) -> u32 {
    if name.words.is_empty() || name.has(never(field)) {
        return 0;
    }
    let mut best = 0;
    for (phrase, strength) in phrases(field) {
        let found = if name.joined == *phrase {
            *strength
        } else if contains_words(&name.joined, phrase) {
            strength.saturating_sub(25 + 2 * (name.words.len() as u32).min(8))
        } else {
            0
        };
        best = best.max(found);
    }
    if name.has(doubtful(field)) { best.saturating_sub(40) } else { best }
}

/// Whether the phrase stands in the text as whole words.
fn contains_words(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let end = at + phrase.len();
        (at == 0 || text.as_bytes()[at - 1] == b' ') && (end == text.len() || text.as_bytes()[end] == b' ')
    })
}

/// Words that rule a field out.
fn never(field: Field) -> &'static [&'static str] {
    match field {
        Field::When => &[
            "prec",
            "precision",
            "type",
            "format",
            "zone",
            "timezone",
            "tz",
            "count",
            "days",
            "duration",
            "age",
            "number",
            "num",
            "end",
            "until",
            "delisting",
            "delisted",
            "removed",
            "removal",
            "id",
            "desc",
            "kind",
            "quality",
        ],
        Field::End => &["prec", "precision", "type", "format", "count", "days", "id", "user", "friend", "weekend", "earliest"],
        Field::Title => &["id", "date", "url", "link", "code", "sector", "sectors", "type", "kind", "category", "class"],
        Field::Sentence => &["id", "date", "url", "link", "code", "sector", "sectors"],
        Field::Actors => {
            &["id", "code", "date", "url", "sectors", "sector", "count", "country", "type", "dataset", "new", "geo", "lat", "long"]
        }
        Field::Place => &[
            "id",
            "code",
            "date",
            "type",
            "source",
            "target",
            "lat",
            "lon",
            "latitude",
            "longitude",
            "precision",
            "prec",
            "actor",
            "birth",
            "icon",
            "zoom",
            "url",
            "line",
        ],
        Field::Kind => &["id", "code", "source", "target", "actor", "file", "media", "mime", "data", "date", "aircraft"],
        Field::Source => &["id", "date", "target", "sectors", "sector", "country", "number", "count", "scale", "code"],
        Field::Id => &["parent", "source", "user", "group", "story", "country", "timeline", "conflict", "actor"],
        _ => &[],
    }
}

/// Words that make a field less likely.
fn doubtful(field: Field) -> &'static [&'static str] {
    match field {
        Field::When => &[
            "created",
            "updated",
            "modified",
            "added",
            "entered",
            "retrieved",
            "accessed",
            "published",
            "publication",
            "source",
            "reported",
            "alt",
            "last",
            "latest",
            "deadline",
            "upload",
            "indictment",
            "original",
        ],
        Field::Url => &["image", "icon", "thumbnail", "img", "photo", "logo", "media"],
        Field::Actors => &["landing", "file", "full"],
        Field::Title => &["file", "user", "host", "source", "airport", "facility", "place", "country", "city", "region", "media"],
        _ => &[],
    }
}

/// The phrases of a field, in English and some other languages.
#[rustfmt::skip]
fn phrases(field: Field) -> &'static [(&'static str, u32)] {
    match field {
        Field::Id => &[("id", 95), ("uid", 90), ("uuid", 90), ("event id", 98), ("event id cnty", 99), ("identifier", 85), ("key", 60), ("obsid", 70), ("unique id", 85), ("globaleventid", 99)],
        Field::When => &[
            ("when", 100), ("event date", 98), ("date", 97), ("date time", 96), ("datetime", 97), ("start date", 95), ("date start", 95), ("start", 90), ("begin", 88),
            ("begin date", 92), ("date begin", 92), ("from date", 88), ("date from", 88), ("start time", 90), ("timestamp", 80), ("time", 82), ("from", 62), ("since", 60),
            ("day", 58), ("launch time", 92), ("date of event", 97), ("sql date", 96), ("h date", 90), ("occurred", 80), ("occurred at", 85), ("year", 50), ("birth", 40),
            ("birth date", 45), ("h birth", 45), ("born", 40), ("death date", 38), ("died", 35), ("period", 40), ("dated", 70), ("first seen", 76), ("listed on", 88), ("listing date", 88), ("date listed", 88), ("designation date", 86), ("date of designation", 86), ("designated", 70),
            ("datum", 92), ("beginn", 85), ("fecha", 92), ("fecha inicio", 94), ("data", 55), ("inicio", 80), ("debut", 80), ("début", 80), ("дата", 92), ("日期", 92), ("날짜", 92), ("تاريخ", 92),
        ],
        Field::End => &[
            ("end", 95), ("end date", 97), ("date end", 97), ("until", 88), ("to date", 85), ("date to", 85), ("finish", 82), ("end time", 92), ("stop", 75), ("to", 60), ("h date end", 96),
            ("h end", 80), ("death", 45), ("death date", 50), ("died", 50), ("date of death", 50), ("h date death", 50), ("h death", 50), ("ende", 90), ("fin", 80), ("delisting date", 80), ("delisted", 70), ("removal date", 70), ("removed", 60), ("fecha fin", 92), ("конец", 90),
        ],
        Field::Title => &[
            ("title", 98), ("headline", 95), ("event", 88), ("name", 84), ("label", 88), ("subject", 80), ("event name", 94), ("event title", 97), ("event text", 92), ("summary", 70),
            ("what", 85), ("what happened", 90), ("heading", 85), ("caption", 60), ("message", 68), ("description", 55), ("desc", 55), ("short description", 72), ("text", 45), ("content", 50),
            ("details", 42), ("reason", 40), ("incident", 75), ("titel", 95), ("titre", 95), ("título", 95), ("titulo", 95), ("ereignis", 90), ("événement", 90), ("evento", 90), ("название", 95), ("событие", 92),
        ],
        Field::Kind => &[
            ("kind", 98), ("type", 90), ("event type", 97), ("category", 90), ("sub event type", 80), ("event text", 82), ("class", 72), ("classification", 78), ("event class", 85), ("action", 72), ("event kind", 95),
            ("type of violence", 75), ("incident type", 90), ("kategorie", 85), ("art", 50), ("typ", 85), ("categoría", 85), ("catégorie", 85), ("phase", 50), ("schema", 72), ("тип", 85), ("investigation", 45),
        ],
        Field::Actors => &[
            ("actors", 100), ("actor", 96), ("who", 92), ("participants", 95), ("participant", 94), ("people", 86), ("persons", 86), ("person", 84), ("parties", 76), ("entities", 74), ("entity", 72),
            ("actor name", 95), ("member", 70), ("leader", 78), ("ruler", 72), ("president", 62), ("defendant", 72), ("suspect", 70), ("perpetrator", 80), ("attacker", 80), ("victim", 72), ("organization", 78),
            ("organisation", 74), ("org", 60), ("company", 66), ("agency", 70), ("authority", 76), ("operator", 76), ("target", 66), ("target name", 68), ("sender", 80), ("recipient", 78), ("receiver", 76), ("speaker", 74),
            ("author", 40), ("group", 42), ("side a", 80), ("side b", 80), ("source name", 50), ("actor 1", 96), ("actor 2", 95), ("assoc actor 1", 80), ("assoc actor 2", 80), ("actor 1 name", 96), ("actor 2 name", 95),
            ("akteure", 92), ("akteur", 90), ("beteiligte", 88), ("acteur", 90), ("acteurs", 92), ("actores", 92), ("участники", 90), ("wer", 80), ("attendees", 84), ("organizer", 60),
        ],
        Field::Place => &[
            ("place", 98), ("location", 96), ("where", 94), ("city", 88), ("town", 86), ("village", 86), ("address", 80), ("neighborhood", 82), ("neighbourhood", 82), ("venue", 84), ("site", 62), ("country", 70),
            ("region", 60), ("province", 66), ("state", 52), ("states", 52), ("district", 50), ("county", 62), ("facility name", 78), ("facility", 68), ("airport", 74), ("airport name", 80), ("where coordinates", 82), ("landing location", 60), ("admin 1", 50), ("adm 1", 50),
            ("ort", 90), ("lieu", 90), ("lugar", 90), ("luogo", 90), ("место", 90), ("stadt", 84), ("land", 60), ("pays", 66), ("ciudad", 84), ("origin state", 58),
        ],
        Field::Status => &[("status", 92), ("certainty", 60), ("verification", 60)],
        Field::Sentence => &[
            ("sentence", 100), ("quote", 97), ("quotation", 96), ("excerpt", 90), ("passage", 85), ("evidence", 80), ("notes", 74), ("text", 70), ("description", 72), ("desc", 70), ("details", 70), ("summary", 68),
            ("body", 76), ("content", 60), ("source headline", 78), ("additional information", 72), ("reason", 66), ("beschreibung", 72), ("narrative", 72), ("comment", 50), ("comments", 50), ("message", 45),
        ],
        Field::Source => &[
            ("source", 95), ("sources", 94), ("publisher", 80), ("outlet", 80), ("citation", 86), ("citations", 84), ("reference", 84), ("references", 82), ("ref", 76), ("newspaper", 80), ("publication", 74),
            ("source name", 88), ("source title", 88), ("source article", 70), ("source office", 60), ("source long", 50), ("quelle", 92), ("fuente", 90), ("источник", 90),
        ],
        Field::Url => &[("url", 97), ("source url", 98), ("link", 90), ("links", 70), ("href", 85), ("uri", 80), ("web", 60), ("website", 70), ("web page", 70), ("article url", 92)],
        Field::Published => &[("published", 96), ("publication date", 95), ("pub date", 92), ("source date", 88), ("date published", 94), ("published at", 92)],
        Field::Phrase => &[("phrase", 95), ("date phrase", 90)],
        Field::Tags => &[("tags", 97), ("tag", 90), ("keywords", 90), ("keyword", 80), ("topics", 75), ("themes", 70), ("schlagworte", 85)],
        Field::Note => &[("note", 92), ("notes", 60), ("remark", 88), ("remarks", 88), ("compiler note", 90)],
    }
}

/// How fine a place column is, from the street to the continent.
pub(super) fn place_rank(name: &Name) -> u32 {
    const RANKS: [&[&str]; 7] = [
        &["place", "location", "where", "venue", "ort", "lieu", "lugar", "luogo", "место"],
        &["address", "facility", "site", "airport"],
        &["neighborhood", "neighbourhood", "village"],
        &["city", "town", "stadt", "ciudad"],
        &["district", "county"],
        &["province", "state", "states", "region", "adm", "admin"],
        &["country", "land", "pays"],
    ];
    RANKS.iter().position(|words| name.has(words)).unwrap_or(3) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_apart_however_they_are_written() {
        for text in ["startDate", "start_date", "Start date", "startdate", " START-DATE "] {
            assert_eq!(Name::of(text).joined, "start date", "{text}");
        }
        assert_eq!(Name::of("Actor1Name").joined, "actor 1 name");
        assert_eq!(Name::of("candidate").joined, "candidate");
        assert_eq!(Name::of("hdate_end").joined, "h date end");
    }

    #[test]
    fn the_better_name_is_the_stronger() {
        let strength_of = |name: &str, field| strength(&Name::of(name), field);
        assert!(strength_of("date", Field::When) > strength_of("updated date", Field::When));
        assert!(strength_of("date_start", Field::When) > strength_of("source_date", Field::When));
        assert!(strength_of("date", Field::When) > strength_of("basic_date", Field::When));
        assert_eq!(strength_of("date_prec", Field::When), 0);
        assert!(strength_of("first_seen", Field::When) > strength_of("birth_date", Field::When));
        assert!(
            strength_of("Listed on", Field::When) > 80
                && strength_of("Delisting date", Field::When) == 0
                && strength_of("Delisting date", Field::End) > 60
        );
        assert!(strength_of("Event Text", Field::Title) > strength_of("Country", Field::Title));
        assert!(strength_of("event_type", Field::Kind) > strength_of("type_of_violence", Field::Kind));
        assert_eq!(strength_of("Source Country", Field::Place), 0);
    }
}
