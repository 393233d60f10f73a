//! Which column of a table becomes which field of an event.

use super::names::{place_rank, strength};
use super::native_column;
use super::profile::Column;
use crate::formats::{Field, FormatError, ReadOptions};
use crate::time::Dialect;

/// Where a row's date comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WhenFrom {
    /// Columns of dates.
    Columns {
        /// The date, or the start of what lasted.
        start: Option<usize>,
        /// The end of what lasted.
        end: Option<usize>,
        /// The time of day, where it has a column of its own.
        clock: Option<usize>,
        /// Whether the dates are counts of seconds or finer since 1970.
        epoch: bool,
    },
    /// A year, and where they are known a month and a day, each in a column of its own.
    Parts {
        /// The year.
        year: usize,
        /// The month.
        month: usize,
        /// The day.
        day: Option<usize>,
    },
}

/// What each column of a table means.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// The columns' names.
    pub names: Vec<String>,
    /// The date.
    pub when: WhenFrom,
    /// The identifier.
    pub id: Option<usize>,
    /// What happened, of one column or several.
    pub title: Vec<usize>,
    /// What stands between the parts of a title.
    pub title_glue: &'static str,
    /// The kind.
    pub kind: Option<usize>,
    /// Who took part, each column with the role that its name gives.
    pub actors: Vec<(usize, String)>,
    /// Whether `Name (role)` is a name with a role: only in a column literally named `actors`.
    pub roles_in_cells: bool,
    /// Where, from fine to coarse.
    pub place: Vec<usize>,
    /// How sure.
    pub status: Option<usize>,
    /// The supporting sentence.
    pub sentence: Option<usize>,
    /// Whether the title is the beginning of the sentence, which is all that the column of titles holds.
    pub is_title_cut: bool,
    /// Where it stands.
    pub source: Option<usize>,
    /// Its address.
    pub url: Option<usize>,
    /// When it was published.
    pub published: Option<usize>,
    /// The words that gave the date.
    pub phrase: Option<usize>,
    /// Free words.
    pub tags: Vec<usize>,
    /// The compiler's remark.
    pub note: Option<usize>,
    /// Columns kept under their own names.
    pub further: Vec<usize>,
    /// How dates are read; the order of day and month is settled on the way.
    pub dialect: Dialect,
    /// Whether the order of day and month can be a question.
    pub slashed: bool,
    /// Which column is read as what, for the ledger; empty where the header itself says so.
    pub explanation: String,
}

/// Finds the columns of each field.
///
/// Errors: a map that names a column which is not there; no column that could be the date.
pub(super) fn make(columns: &[Column], options: &ReadOptions, file: &str, header_line: u32) -> Result<Plan, FormatError> {
    let chosen = Chooser { columns, options, is_native: native_column(columns, Field::When).is_some() };
    let when = chosen.when(file, header_line)?;
    let dates: Vec<usize> = match when {
        WhenFrom::Columns { start, end, clock, .. } => start.into_iter().chain(end).chain(clock).collect(),
        WhenFrom::Parts { year, month, day } => [year, month].into_iter().chain(day).collect(),
    };
    let actors = chosen.actors(&dates)?;
    let mut used = dates.clone();
    used.extend(actors.iter().map(|(column, _)| *column));
    let place = chosen.place(&used)?;
    used.extend(&place);
    let kind = chosen.one(Field::Kind, &used, Column::is_kind)?;
    let title = chosen.title(&used)?;
    used.extend(title.first().filter(|_| title.len() == 1));
    used.extend(kind);
    let sentence = chosen.one(Field::Sentence, &used, Column::is_words)?;
    used.extend(sentence);
    let url = chosen.one(Field::Url, &used, |column| column.share(column.urls) > 50)?;
    used.extend(url);
    let source = chosen.one(Field::Source, &used, |column| column.filled > 0 && column.share(column.numbers) < 50)?;
    used.extend(source);
    // A column of sources that holds addresses alone is a column of addresses.
    let (source, url) = match (source, url) {
        (Some(source), None) if columns[source].share(columns[source].urls) > 50 && !chosen.is_named(Field::Source) => (None, Some(source)),
        other => other,
    };
    let id = chosen.one(Field::Id, &used, |column| column.filled == column.cells && column.distinct() == column.filled)?;
    used.extend(id);
    let status = chosen.one(Field::Status, &used, |column| column.share(column.statuses) > 50)?;
    let published = chosen.one(Field::Published, &used, |column| column.filled > 0)?;
    let phrase = chosen.one(Field::Phrase, &used, |column| column.filled > 0)?;
    let note = chosen.one(Field::Note, &used, Column::is_words)?;
    let tags = match chosen.named(Field::Tags)? {
        Some(tags) => tags,
        None => chosen.best(Field::Tags, &used, |column| column.filled > 0).into_iter().collect(),
    };
    let (title, title_glue) = chosen.made_title(title, kind, &place, &actors, sentence, source);
    // A column of whole stories is no column of titles.
    let story = match title[..] {
        [one]
            if !chosen.is_named(Field::Title)
                && strength(&columns[one].name, Field::Title) < 80
                && columns[one].mean_letters() > STORY_LETTERS =>
        {
            Some(one)
        }
        _ => None,
    };
    let is_title_cut = story.is_some() && (sentence.is_none() || sentence == story);
    let sentence = if is_title_cut { story } else { sentence };
    let slashed = dates.iter().any(|column| columns[*column].slashed);
    let mut plan = Plan {
        names: columns.iter().map(|column| column.title.clone()).collect(),
        when,
        id,
        title,
        title_glue,
        kind,
        roles_in_cells: options.map.get(Field::Actors).is_none() && actors.len() == 1 && columns[actors[0].0].title == Field::Actors.name(),
        actors,
        place,
        status,
        sentence,
        is_title_cut,
        source,
        url,
        published,
        phrase,
        tags,
        note,
        further: Vec::new(),
        dialect: Dialect { small_years: dates.first().is_some_and(|column| columns[*column].is_dates()), ..options.dialect },
        slashed,
        explanation: String::new(),
    };
    plan.further = (0..columns.len()).filter(|column| !plan.keeps_whole(*column)).collect();
    if !chosen.is_native || !options.map.is_empty() {
        plan.explanation = plan.explain();
    }
    Ok(plan)
}

impl Column {
    /// Whether it could be a kind: words, few of them, and again and again.
    fn is_kind(&self) -> bool {
        self.is_words() && self.mean_letters() <= 60 && (self.filled < 20 || self.distinct() * 2 <= self.filled)
            || self.filled > 0 && self.share(self.numbers) >= 50 && self.distinct() <= 12
    }

    /// Whether it could be names.
    fn is_names(&self) -> bool {
        self.is_words() && self.mean_letters() <= 80
    }
}

/// Letters of the cells of a column, on average, beyond which they are stories rather than titles.
const STORY_LETTERS: u64 = 90;

/// Names of columns that hold actors together, each with its role.
const SETS: [&[&str]; 12] = [
    &["source name", "target name"],
    &["actor 1", "assoc actor 1", "actor 2", "assoc actor 2"],
    &["actor 1 name", "actor 2 name"],
    &["side a", "side b"],
    &["sender", "recipient"],
    &["sender", "receiver"],
    &["attacker", "target"],
    &["perpetrator", "victim"],
    &["source actor", "target actor"],
    &["player 1", "player 2"],
    &["team 1", "team 2"],
    &["home team", "away team"],
];

/// Chooses columns for fields, the map's word before the header's, the header's before what the contents suggest.
struct Chooser<'c> {
    columns: &'c [Column],
    options: &'c ReadOptions,
    is_native: bool,
}

impl Chooser<'_> {
    /// Whether the map or the native header speaks for a field.
    fn is_named(&self, field: Field) -> bool {
        self.options.map.get(field).is_some() || (self.is_native && native_column(self.columns, field).is_some())
    }

    /// The columns that the map, or else the native header, names for a field.
    fn named(&self, field: Field) -> Result<Option<Vec<usize>>, FormatError> {
        if let Some(names) = self.options.map.get(field) {
            return names.iter().map(|name| self.find(name)).collect::<Result<Vec<_>, _>>().map(Some);
        }
        Ok(if self.is_native { native_column(self.columns, field).map(|column| vec![column]) } else { None })
    }

    /// The column of that name, in whatever case.
    fn find(&self, name: &str) -> Result<usize, FormatError> {
        let same = |column: &Column| column.title == name;
        let alike = |column: &Column| column.title.trim().to_lowercase() == name.trim().to_lowercase();
        self.columns
            .iter()
            .position(same)
            .or_else(|| self.columns.iter().position(alike))
            .ok_or_else(|| FormatError::BadMap { message: format!("the file has no column {name:?}. Its columns are: {}.", self.listed()) })
    }

    /// The columns' names for an error.
    fn listed(&self) -> String {
        let mut names: Vec<&str> = self.columns.iter().take(40).map(|column| column.title.as_str()).collect();
        if self.columns.len() > 40 {
            names.push("…");
        }
        names.join(", ")
    }

    /// The column of a field that takes one: named, or the best that passes the test.
    fn one(&self, field: Field, used: &[usize], test: impl Fn(&Column) -> bool) -> Result<Option<usize>, FormatError> {
        Ok(match self.named(field)? {
            Some(columns) => columns.first().copied(),
            None => self.best(field, used, test),
        })
    }

    /// The unused column with the strongest name for a field, of those that pass the test.
    fn best(&self, field: Field, used: &[usize], test: impl Fn(&Column) -> bool) -> Option<usize> {
        let scored =
            self.columns.iter().enumerate().filter(|(index, column)| !used.contains(index) && test(column)).map(|(index, column)| {
                let emptiness = (100 - column.fill()) / 5;
                (strength(&column.name, field).saturating_sub(emptiness), index)
            });
        scored.filter(|(score, _)| *score >= 35).max_by_key(|(score, index)| (*score, usize::MAX - index)).map(|(_, index)| index)
    }

    /// The columns of the date.
    fn when(&self, file: &str, header_line: u32) -> Result<WhenFrom, FormatError> {
        let (when, end) = (self.named(Field::When)?, self.named(Field::End)?);
        let start = match &when {
            Some(columns) => columns.first().copied(),
            None => self.best_date(),
        };
        let parts = self.parts();
        let is_coarse = start.is_none_or(|start| self.columns[start].name.joined == "year" || self.columns[start].name.joined == "day");
        if let (None, true, Some(parts)) = (&when, is_coarse, parts) {
            return Ok(parts);
        }
        if start.is_none() && end.is_none() {
            let likely = |column: &&Column| column.date_share() + strength(&column.name, Field::When);
            let guess = self.columns.iter().max_by_key(likely).map_or("COLUMN", |column| column.title.as_str());
            let title = self.best(Field::Title, &[], Column::is_words).map_or("COLUMN", |column| self.columns[column].title.as_str());
            return Err(FormatError::NoDateColumn {
                file: file.to_owned(),
                line: u64::from(header_line),
                columns: self.listed(),
                example: format!("when={guess},title={title}"),
            });
        }
        let end = match end {
            Some(columns) => columns.first().copied(),
            None if self.is_native => None,
            None => start.and_then(|start| self.best_end(start)),
        };
        let is_epoch = |column: usize| self.columns[column].share(self.columns[column].epochs) > 80;
        let epoch = start.or(end).is_some_and(is_epoch);
        let clock = start.filter(|start| when.is_none() && self.columns[*start].clocks == 0).and_then(|start| self.clock(start, end));
        Ok(WhenFrom::Columns { start, end, clock, epoch })
    }

    /// The column that is most likely the date: by name and content together, never free text.
    fn best_date(&self) -> Option<usize> {
        let score = |column: &Column| {
            let strength = strength(&column.name, Field::When);
            let named_epoch =
                column.name.has(&["time", "timestamp", "epoch", "unix", "datetime", "ts"]) && column.share(column.epochs) > 80;
            let share = if named_epoch { 100 } else { column.date_share() };
            let is_plain_number = column.share(column.numbers) > 60;
            let is_exact = strength >= 90;
            let is_possible = match column.filled {
                0 => is_exact,
                _ if column.mean_letters() > 60 || column.clocks * 2 > column.filled => false,
                _ if is_exact => share >= 20 || !is_plain_number,
                _ if strength > 0 => share >= 50,
                _ => share >= 80 && !is_plain_number && strength_elsewhere(column) == 0,
            };
            is_possible.then_some((strength + share / 2 + column.fill() / 5).max(1))
        };
        self.columns
            .iter()
            .enumerate()
            .filter_map(|(index, column)| score(column).map(|score| (score, index)))
            .max_by_key(|(score, index)| (*score, usize::MAX - index))
            .map(|(_, index)| index)
    }

    /// The end that goes with a start.
    fn best_end(&self, start: usize) -> Option<usize> {
        let rest = self.columns[start].name.rest_of_date();
        self.best(Field::End, &[start], |column| {
            let other = column.name.rest_of_date();
            let is_date = column.filled == 0 || column.date_share() >= 50 || column.share(column.epochs) > 80;
            // A death ends a life and nothing else.
            let is_life = |column: &Column| column.name.has(&["birth", "born", "death", "died"]);
            is_date && (rest == other || rest.is_empty() || other.is_empty()) && is_life(column) == is_life(&self.columns[start])
        })
    }

    /// The time of day that goes with a date.
    fn clock(&self, start: usize, end: Option<usize>) -> Option<usize> {
        (0..self.columns.len()).find(|index| {
            let column = &self.columns[*index];
            *index != start
                && Some(*index) != end
                && ["time", "start time", "event time", "time of day", "hour", "uhrzeit"].contains(&column.name.joined.as_str())
                && column.share(column.clocks) > 80
        })
    }

    /// A year, a month and a day in columns of their own.
    fn parts(&self) -> Option<WhenFrom> {
        let of = |names: &[&str]| {
            (0..self.columns.len()).find(|index| {
                let column = &self.columns[*index];
                names.contains(&column.name.joined.as_str()) && column.share(column.numbers) > 80
            })
        };
        let (year, month) = (of(&["year", "event year", "start year"])?, of(&["month", "event month", "start month"])?);
        Some(WhenFrom::Parts { year, month, day: of(&["day", "event day", "start day"]) })
    }

    /// The columns of the actors, each with the role that its name gives.
    fn actors(&self, used: &[usize]) -> Result<Vec<(usize, String)>, FormatError> {
        if let Some(columns) = self.named(Field::Actors)? {
            let alone = columns.len() == 1;
            return Ok(columns.into_iter().map(|column| (column, if alone { String::new() } else { self.role(column) })).collect());
        }
        let free: Vec<usize> = (0..self.columns.len()).filter(|index| !used.contains(index) && self.columns[*index].is_names()).collect();
        let named = |name: &str| free.iter().copied().find(|index| self.columns[*index].name.joined == name);
        for set in SETS {
            let found: Vec<usize> = set.iter().filter_map(|name| named(name)).collect();
            if found.len() >= 2 {
                return Ok(found.into_iter().map(|column| (column, self.role(column))).collect());
            }
        }
        let is_fit = |column: &Column| column.is_names() && column.name.joined != "source name";
        let Some(best) = self.best(Field::Actors, used, is_fit) else { return Ok(Vec::new()) };
        let role = if self.columns[best].name.has(&["target", "victim", "attacker", "perpetrator", "sender", "recipient"]) {
            self.role(best)
        } else {
            String::new()
        };
        Ok(vec![(best, role)])
    }

    /// The role that a column's name gives: "source" of "Source Name", "side a" of `side_a`.
    fn role(&self, column: usize) -> String {
        let words: Vec<&str> = self.columns[column].name.words.iter().map(String::as_str).filter(|word| *word != "name").collect();
        words.join(" ")
    }

    /// The columns of the place, from fine to coarse; two at most.
    fn place(&self, used: &[usize]) -> Result<Vec<usize>, FormatError> {
        if let Some(columns) = self.named(Field::Place)? {
            return Ok(columns);
        }
        let fits = |column: &Column| column.share(column.numbers) < 50 && column.share(column.urls) < 20;
        let mut found: Vec<(u32, u32, usize)> = (0..self.columns.len())
            .filter(|index| !used.contains(index) && fits(&self.columns[*index]))
            .filter_map(|index| {
                let column = &self.columns[index];
                let strength = strength(&column.name, Field::Place);
                // The street and the country of a word are worth joining; a district between them is not.
                (strength >= 45 && column.fill() >= 20).then(|| (place_rank(&column.name), 100 - strength, index))
            })
            .collect();
        found.sort_unstable();
        let Some(first) = found.first().copied() else { return Ok(Vec::new()) };
        let last = found.last().copied().filter(|last| last.0 > first.0 && first.0 > 0);
        Ok(std::iter::once(first.2).chain(last.map(|last| last.2)).collect())
    }

    /// The columns of the title, where the header has any.
    fn title(&self, used: &[usize]) -> Result<Vec<usize>, FormatError> {
        if let Some(columns) = self.named(Field::Title)? {
            return Ok(columns);
        }
        let named = |names: &[&str]| {
            (0..self.columns.len()).find(|index| !used.contains(index) && names.contains(&self.columns[*index].name.joined.as_str()))
        };
        let first = named(&["first name", "firstname", "given name", "forename"]);
        let last = named(&["last name", "lastname", "surname", "family name"]);
        let best = self.best(Field::Title, used, Column::is_words);
        Ok(match (best, first, last) {
            (None, Some(first), Some(last)) => vec![first, last],
            // "First name" holds "name", which is a word of titles too.
            (Some(best), Some(first), Some(last)) if best == first || best == last => vec![first, last],
            (Some(best), ..) => vec![best],
            _ => Vec::new(),
        })
    }

    /// The title, made of the kind and the place or of what else there is where no column is one.
    fn made_title(
        &self,
        title: Vec<usize>,
        kind: Option<usize>,
        place: &[usize],
        actors: &[(usize, String)],
        sentence: Option<usize>,
        source: Option<usize>,
    ) -> (Vec<usize>, &'static str) {
        if !title.is_empty() {
            return (title, " ");
        }
        if self.is_native || self.options.map.get(Field::Title).is_some() {
            return (Vec::new(), " ");
        }
        if let Some(sentence) = sentence.filter(|sentence| self.columns[*sentence].mean_letters() <= 120) {
            return (vec![sentence], " ");
        }
        if let Some(kind) = kind {
            return (std::iter::once(kind).chain(place.first().copied()).collect(), ", ");
        }
        let taken = |index: &usize| place.contains(index) || actors.iter().any(|(actor, _)| actor == index) || Some(*index) == source;
        let tells = |column: &Column| {
            let is_id = column.name.words.iter().any(|word| word.ends_with("id")) || column.name.has(&["code", "hash", "key"]);
            column.is_words() && !is_id && column.fill() > 50 && (column.filled < 20 || column.distinct() * 50 >= column.filled)
        };
        let telling = (0..self.columns.len())
            .filter(|index| !taken(index) && tells(&self.columns[*index]))
            .max_by_key(|index| (self.columns[*index].mean_letters().min(60), usize::MAX - index));
        if telling.is_none() && !actors.is_empty() {
            return (actors.iter().map(|(column, _)| *column).collect(), ", ");
        }
        let parts = telling.into_iter().chain(place.first().copied()).collect::<Vec<_>>();
        if parts.is_empty() { (actors.iter().map(|(column, _)| *column).collect(), ", ") } else { (parts, ", ") }
    }
}

/// How strongly a name speaks for anything that can also look like a date.
fn strength_elsewhere(column: &Column) -> u32 {
    [Field::Published, Field::End, Field::Id].into_iter().map(|field| strength(&column.name, field)).max().unwrap_or(0)
        + if column.name.has(&["birth", "retrieved", "accessed", "created", "updated", "modified"]) { 50 } else { 0 }
}

impl Plan {
    /// Whether the event holds all of a column, so that it need not be kept under its own name as well.
    fn keeps_whole(&self, column: usize) -> bool {
        let one = [self.id, self.kind, self.sentence, self.source, self.url, self.published, self.phrase, self.note, self.status];
        let dated = match self.when {
            WhenFrom::Columns { start, end, clock, epoch } => {
                !epoch && (start == Some(column) || end == Some(column) || clock == Some(column))
            }
            WhenFrom::Parts { year, month, day } => column == year || column == month || day == Some(column),
        };
        dated
            || one.contains(&Some(column))
            || self.title == [column]
            || self.place == [column]
            || self.tags.contains(&column)
            || self.actors.iter().any(|(actor, _)| *actor == column)
    }

    /// The fields that a column is read as, the date before all others.
    pub(crate) fn fields_of(&self, column: usize) -> Vec<Field> {
        let mut fields = Vec::new();
        match self.when {
            WhenFrom::Columns { start, end, clock, .. } => {
                fields.extend((start == Some(column) || clock == Some(column)).then_some(Field::When));
                fields.extend((end == Some(column)).then_some(Field::End));
            }
            WhenFrom::Parts { year, month, day } => {
                fields.extend((column == year || column == month || day == Some(column)).then_some(Field::When));
            }
        }
        let several = [(Field::Title, &self.title), (Field::Place, &self.place), (Field::Tags, &self.tags)];
        let single = [
            (Field::Id, self.id),
            (Field::Kind, self.kind),
            (Field::Status, self.status),
            (Field::Sentence, self.sentence),
            (Field::Source, self.source),
            (Field::Url, self.url),
            (Field::Published, self.published),
            (Field::Phrase, self.phrase),
            (Field::Note, self.note),
        ];
        fields.extend(self.actors.iter().any(|(actor, _)| *actor == column).then_some(Field::Actors));
        fields.extend(several.into_iter().filter(|(_, columns)| columns.contains(&column)).map(|(field, _)| field));
        fields.extend(single.into_iter().filter(|(_, own)| *own == Some(column)).map(|(field, _)| field));
        fields
    }

    /// Says which column is read as what.
    fn explain(&self) -> String {
        let name = |column: usize| format!("{:?}", self.names[column]);
        let all = |columns: &[usize]| columns.iter().map(|column| name(*column)).collect::<Vec<_>>().join(" and ");
        let mut parts = Vec::new();
        match self.when {
            WhenFrom::Columns { start, end, clock, epoch } => {
                if let Some(start) = start {
                    let clock = clock.map(|clock| format!(" with {}", name(clock))).unwrap_or_default();
                    let epoch = if epoch { " (counted since 1970, UTC)" } else { "" };
                    parts.push(format!("date from {}{clock}{epoch}", name(start)));
                }
                parts.extend(end.map(|end| format!("end from {}", name(end))));
            }
            WhenFrom::Parts { year, month, day } => {
                parts.push(format!("date from {}", all(&[year, month].into_iter().chain(day).collect::<Vec<_>>())));
            }
        }
        let actors: Vec<usize> = self.actors.iter().map(|(column, _)| *column).collect();
        let several = [("title", &self.title), ("actors", &actors), ("place", &self.place), ("tags", &self.tags)];
        let single = [
            ("id", self.id),
            ("kind", self.kind),
            ("status", self.status),
            ("sentence", self.sentence),
            ("source", self.source),
            ("url", self.url),
            ("published", self.published),
            ("phrase", self.phrase),
            ("note", self.note),
        ];
        parts.extend(
            several.into_iter().filter(|(_, columns)| !columns.is_empty()).map(|(field, columns)| format!("{field} from {}", all(columns))),
        );
        parts.extend(single.into_iter().filter_map(|(field, column)| column.map(|column| format!("{field} from {}", name(column)))));
        format!("Columns read: {}. All others are kept under their own names; `--map` changes this.", parts.join(", "))
    }
}
