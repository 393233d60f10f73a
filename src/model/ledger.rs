//! What became of every row of every file: the first promise, kept as numbers.

use std::collections::{HashMap, HashSet};

use super::{KindCounts, ProblemKind};

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; the row is drawn as it stands.
    Note,
    /// Doubtful: the row is kept, and someone should look.
    Warning,
    /// The row is undated or rejected because of it.
    Error,
}

impl Severity {
    /// The word used in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Something that a person should know about a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// What it has in common with others.
    pub kind: ProblemKind,
    /// The line at which its row begins, from 1; 0 where it concerns the file as a whole.
    pub line: u32,
    /// The column or character within the line, from 1; 0 where it concerns the row.
    pub column: u32,
    /// The field's name; empty where it concerns the row.
    pub field: String,
    /// What is wrong and what to do, in words a reporter understands.
    pub message: String,
    /// The text in question, cut to a readable length.
    pub text: String,
}

/// What became of the rows of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileLedger {
    /// The file, as the user named it.
    pub path: String,
    /// The format it was read as.
    pub format: String,
    /// Rows found: `plotted + undated + rejected`.
    pub rows: u64,
    /// Records found: rows of the file, each of which may yield several events or none.
    pub records: u64,
    /// Rows that stand on the axis.
    pub plotted: u64,
    /// Rows read whose date is missing, unreadable, impossible or unbounded.
    pub undated: u64,
    /// Rows not readable as a record.
    pub rejected: u64,
    /// Dates whose year was written with two digits and completed by a rule.
    pub two_digit_years: u64,
    /// The first [`FileLedger::PROBLEMS_KEPT`] problems, in the order of the file.
    pub problems: Vec<Problem>,
    /// All problems, kept or only counted.
    pub problems_total: u64,
    /// Problems that are more than a note.
    pub serious_total: u64,
    /// How many problems there are of each kind, kept or only counted.
    pub kinds: KindCounts,
    /// Rejected rows as they stand, where someone asked for them.
    rejected_rows: Option<Vec<String>>,
    rejected_bytes: usize,
}

impl FileLedger {
    /// Problems kept with their text; the rest are counted.
    pub const PROBLEMS_KEPT: usize = 10_000;
    /// Characters of a row's text that a problem keeps.
    pub const TEXT_KEPT: usize = 200;
    /// Bytes of rejected rows that are held.
    const REJECTED_BYTES: usize = 64 * 1024 * 1024;

    /// An empty ledger for a file.
    pub fn new(path: impl Into<String>, format: impl Into<String>) -> Self {
        Self { path: path.into(), format: format.into(), ..Self::default() }
    }

    /// Notes a problem; `text` is cut to [`FileLedger::TEXT_KEPT`] characters.
    pub fn problem(&mut self, severity: Severity, line: u32, column: u32, field: &str, message: impl Into<String>, text: &str) {
        let message = message.into();
        self.add(ProblemKind::of(severity, line, &message), severity, (line, column), field, message, text);
    }

    fn add(&mut self, kind: ProblemKind, severity: Severity, (line, column): (u32, u32), field: &str, message: String, text: &str) {
        self.kinds.count(kind);
        self.problems_total += 1;
        self.serious_total += u64::from(severity > Severity::Note);
        if self.problems.len() < Self::PROBLEMS_KEPT {
            let mut kept: String = text.chars().take(Self::TEXT_KEPT).collect();
            if kept.len() < text.len() {
                kept.push('…');
            }
            self.problems.push(Problem { severity, kind, line, column, field: field.to_owned(), message, text: kept });
        }
    }

    /// Drops the notes on a field of the file as a whole.
    pub fn drop_notes(&mut self, field: &str) {
        self.drop_if(|problem| problem.severity == Severity::Note && problem.line == 0 && problem.field == field);
    }

    /// Drops the notes that are so, from the counts too.
    fn drop_if(&mut self, mut is_dropped: impl FnMut(&Problem) -> bool) {
        let (kinds, total) = (&mut self.kinds, &mut self.problems_total);
        self.problems.retain(|problem| {
            let is_dropped = problem.severity == Severity::Note && is_dropped(problem);
            if is_dropped {
                kinds.uncount(problem.kind);
                *total -= 1;
            }
            !is_dropped
        });
    }

    /// Adds what became of the rows of a later piece of the same file.
    pub fn append(&mut self, piece: Self) {
        self.rows += piece.rows;
        self.records += piece.records;
        self.plotted += piece.plotted;
        self.undated += piece.undated;
        self.rejected += piece.rejected;
        self.two_digit_years += piece.two_digit_years;
        self.problems_total += piece.problems_total;
        self.serious_total += piece.serious_total;
        self.kinds.add(&piece.kinds);
        let room = Self::PROBLEMS_KEPT.saturating_sub(self.problems.len());
        self.problems.extend(piece.problems.into_iter().take(room));
    }

    /// Forgets what became of rows so far; what concerns the file as a whole stays.
    pub fn start_over(&mut self) {
        let whole: Vec<Problem> = self.problems.drain(..).filter(|problem| problem.line == 0).collect();
        let (path, format) = (std::mem::take(&mut self.path), std::mem::take(&mut self.format));
        let mut kinds = KindCounts::default();
        for problem in &whole {
            kinds.count(problem.kind);
        }
        let serious = whole.iter().filter(|problem| problem.severity > Severity::Note).count();
        *self = Self {
            path,
            format,
            problems_total: whole.len() as u64,
            serious_total: serious as u64,
            problems: whole,
            kinds,
            ..Self::default()
        };
    }

    /// Counts a row that became an event on the axis.
    pub fn count_plotted(&mut self) {
        self.rows += 1;
        self.plotted += 1;
    }

    /// Counts a row that became an event without a usable date.
    pub fn count_undated(&mut self) {
        self.rows += 1;
        self.undated += 1;
    }

    /// Counts a row that could not be read, and says why.
    pub fn reject(&mut self, line: u32, column: u32, field: &str, message: impl Into<String>, text: &str) {
        self.rows += 1;
        self.rejected += 1;
        self.add(ProblemKind::NotARecord, Severity::Error, (line, column), field, message.into(), text);
        if let Some(rows) = &mut self.rejected_rows {
            self.rejected_bytes += text.len();
            if self.rejected_bytes <= Self::REJECTED_BYTES {
                rows.push(text.to_owned());
            }
        }
    }

    /// Asks it to hold rejected rows as they stand, up to a limit, so that they can be saved.
    pub fn keep_rejected(&mut self) {
        self.rejected_rows = Some(Vec::new());
    }

    /// The rejected rows that it was asked to hold.
    pub fn rejected_rows(&self) -> &[String] {
        self.rejected_rows.as_deref().unwrap_or_default()
    }
}

/// The ledgers of all files that were opened together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// One a file, in the order in which they were opened.
    pub files: Vec<FileLedger>,
}

impl Ledger {
    /// Files from which on a note that is the same in all of them is said once.
    const SAME_NOTE: usize = 4;

    /// Leaves a note about a file as a whole that is the same in many files in the first of them, with the number of the others: a folder of five hundred files has not five
    /// hundred times something to say.
    pub fn join_notes(&mut self) {
        let is_joined = |problem: &Problem| problem.severity == Severity::Note && problem.line == 0;
        let mut files: HashMap<String, usize> = HashMap::new();
        for problem in self.files.iter().flat_map(|file| &file.problems).filter(|problem| is_joined(problem)) {
            *files.entry(problem.message.clone()).or_default() += 1;
        }
        files.retain(|_, count| *count >= Self::SAME_NOTE);
        let mut said: HashSet<String> = HashSet::new();
        for file in &mut self.files {
            file.drop_if(|problem| is_joined(problem) && said.contains(&problem.message));
            for problem in file.problems.iter_mut().filter(|problem| is_joined(problem)) {
                if let Some(count) = files.get(&problem.message) {
                    said.insert(problem.message.clone());
                    let more = format!(" (The same of {} more files.)", count - 1);
                    problem.message.push_str(&more);
                }
            }
        }
    }

    /// Adds up one number over all files.
    fn sum(&self, of: impl Fn(&FileLedger) -> u64) -> u64 {
        self.files.iter().map(of).sum()
    }

    /// Rows of all files.
    pub fn rows(&self) -> u64 {
        self.sum(|file| file.rows)
    }

    /// Records of all files.
    pub fn records(&self) -> u64 {
        self.sum(|file| file.records)
    }

    /// Rows on the axis.
    pub fn plotted(&self) -> u64 {
        self.sum(|file| file.plotted)
    }

    /// Rows without a usable date.
    pub fn undated(&self) -> u64 {
        self.sum(|file| file.undated)
    }

    /// Rows not readable as a record.
    pub fn rejected(&self) -> u64 {
        self.sum(|file| file.rejected)
    }

    /// How many problems of each kind all files have.
    pub fn kinds(&self) -> KindCounts {
        let mut kinds = KindCounts::default();
        self.files.iter().for_each(|file| kinds.add(&file.kinds));
        kinds
    }

    /// Problems of all files, notes among them.
    pub fn problems_total(&self) -> u64 {
        self.sum(|file| file.problems_total)
    }

    /// Whether any row was undated, rejected or drew a warning.
    pub fn is_troubled(&self) -> bool {
        self.files.iter().any(|file| file.undated + file.rejected + file.serious_total > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_that_many_files_share_is_said_once() {
        let file = |name: &str, notes: &[&str]| {
            let mut file = FileLedger::new(name, "csv");
            file.count_plotted();
            for note in notes {
                file.problem(Severity::Note, 0, 0, "", *note, "");
            }
            file.problem(Severity::Warning, 3, 0, "", "shared", "");
            file
        };
        let mut ledger =
            Ledger { files: (0..5).map(|at| file(&at.to_string(), &["shared", if at < 3 { "rare" } else { "own" }])).collect() };
        ledger.join_notes();
        let notes: Vec<Vec<&str>> =
            ledger.files.iter().map(|file| file.problems.iter().map(|one| one.message.as_str()).collect()).collect();
        assert_eq!(notes[0], ["shared (The same of 4 more files.)", "rare", "shared"]);
        assert_eq!((&notes[1], &notes[4]), (&vec!["rare", "shared"], &vec!["own", "shared"]), "warnings stay, and what few files say");
        assert_eq!(ledger.problems_total(), notes.iter().map(Vec::len).sum::<usize>() as u64);
        assert_eq!(ledger.kinds().iter().map(|(_, count)| count).sum::<u64>(), ledger.problems_total());
    }
}
