//! Timelines of incident response: Timesketch and Plaso tables and lines, log2timeline CSV, TLN, body files of The Sleuth Kit.
//!
//! A log's message is the quote, to the letter; what its time means is the kind. Times that a tool says were never set make an undated row.

mod body;
mod l2tcsv;
mod plaso;
mod timesketch;
mod tln;

pub use body::BodyFile;
pub use l2tcsv::L2tCsv;
pub use plaso::PlasoLines;
pub use timesketch::{TimesketchCsv, TimesketchLines};
pub use tln::Tln;

use std::borrow::Cow;

use super::Context;
use super::known::{Columns, text};
use super::table::Row;
use crate::model::{Event, Evidence, Participant, Severity};

/// Letters of a message that a title takes.
const TITLE_LETTERS: usize = 110;

/// The first line of a message, cut between words where it is long.
fn title(message: &str) -> Cow<'_, str> {
    let line = message.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let Some((end, _)) = line.char_indices().nth(TITLE_LETTERS) else { return Cow::Borrowed(line) };
    let cut = line.get(..end).unwrap_or_default();
    let cut = cut.rfind(' ').filter(|space| *space * 2 > cut.len()).map_or(cut, |space| &cut[..space]);
    Cow::Owned(format!("{cut}…"))
}

/// Puts a message in its event: the title of it, and all of it as the sentence of the file that it was found in.
fn put_message<'r>(event: &mut Event<'r>, message: &'r str, found_in: &'r str) {
    event.title = title(message);
    if !message.is_empty() || !found_in.is_empty() {
        event.evidence.push(Evidence { quote: Cow::Borrowed(message), source: Cow::Borrowed(found_in), ..Evidence::default() });
    }
}

/// Adds an actor with its role, unless the cell says that there is none.
fn put_actor<'r>(event: &mut Event<'r>, name: &'r str, role: &'static str) {
    if !matches!(name, "" | "-" | ":" | "N/A") {
        event.actors.push(Participant { name: Cow::Borrowed(name), role: Cow::Borrowed(role) });
    }
}

/// Keeps a row without a time among the undated, and says so.
fn no_time(context: &mut Context<'_>, row: &dyn Row, field: &str, written: &str) {
    context.ledger.problem(Severity::Error, row.line(), 0, field, "Its time is not set. It is kept among the undated.", written);
}

/// Labels in a cell: `a;b`, `a b`, or a list as Python or JSON writes it.
fn labels(cell: &str) -> impl Iterator<Item = &str> {
    let is_list = cell.starts_with('[');
    let parts = cell.split(move |letter: char| if is_list { letter == ',' } else { matches!(letter, ' ' | ';' | ',') });
    parts.map(|part| part.trim_matches(|letter: char| "[]'\" ".contains(letter))).filter(|part| !part.is_empty() && *part != "-")
}

/// Where the fields of Timesketch and Plaso stand that both have.
struct Common {
    message: Option<usize>,
    meaning: Option<usize>,
    hosts: Option<usize>,
    users: Option<usize>,
    found_in: Option<usize>,
    source: [Option<usize>; 2],
    labels: [Option<usize>; 2],
}

impl Common {
    fn of(columns: &mut Columns) -> Self {
        Self {
            message: columns.take(&["message"]),
            meaning: columns.take(&["timestampdesc"]),
            hosts: columns.take(&["hostname", "computername", "computer", "host"]),
            users: columns.take(&["username", "user", "usersid"]),
            found_in: columns.take(&["displayname", "filename"]),
            source: [columns.take(&["sourceshort", "source"]), columns.take(&["sourcelong"])],
            labels: [columns.take(&["tag", "tags"]), columns.take(&["label"])],
        }
    }

    /// The event of a row without its date.
    fn event<'r>(&self, columns: &'r Columns, row: &'r dyn Row) -> Event<'r> {
        let mut event = Event { kind: Cow::Borrowed(text(row, self.meaning)), further: columns.further(row), ..Event::default() };
        put_message(&mut event, text(row, self.message), text(row, self.found_in));
        put_actor(&mut event, text(row, self.hosts), "host");
        put_actor(&mut event, text(row, self.users), "user");
        event.tags.extend(self.source.iter().map(|column| text(row, *column)).filter(|tag| !tag.is_empty()).map(Cow::Borrowed));
        for column in self.labels.into_iter().flatten() {
            match row.cell(column) {
                super::table::Cell::Json(json) => {
                    let texts = super::json::Loose::parse(json).into_texts();
                    event.tags.extend(texts.into_iter().filter(|tag| !tag.trim().is_empty()));
                }
                cell => event.tags.extend(labels(cell.text()).map(Cow::Borrowed)),
            }
        }
        if event.title.is_empty() {
            event.title = event.kind.clone();
        }
        event
    }
}

#[cfg(test)]
mod tests;
