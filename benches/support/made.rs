//! Made-up chronologies of any size, the same bytes for the same choices: for the generator and the benches.
//!
//! Actors are skewed (the n-th is named about 1/n as often as the first), events come in bursts, some have several actors, some dates are known to a
//! month or a year only, some are intervals, and words follow Zipf's law over a vocabulary of 60,000.

mod dice;

use std::fmt::Write as _;
use std::io;

use dice::{Dice, Zipf};

/// How a chronology is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// JSON Lines with the native names.
    Lines,
    /// JSON Lines with names that have to be recognised.
    OtherLines,
    /// Native JSON.
    Native,
    /// A JSON list of flat records.
    List,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
}

/// What is to be made.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// How many events.
    pub events: u64,
    /// How many actors, each of which has a lane.
    pub lanes: usize,
    /// What the choices begin with.
    pub seed: u64,
}

const VOCABULARY: usize = 60_000;
const COMMON: [&str; 24] = [
    "the",
    "of",
    "and",
    "talks",
    "missile",
    "letter",
    "visit",
    "sanction",
    "envoy",
    "artillery",
    "summit",
    "port",
    "cargo",
    "rail",
    "treaty",
    "council",
    "statement",
    "border",
    "drill",
    "shipment",
    "minister",
    "denied",
    "reported",
    "launch",
];
const KINDS: [&str; 12] =
    ["visit", "letter", "statement", "sanction", "launch", "shipment", "summit", "drill", "talks", "arrest", "ruling", "report"];

/// Words that can be said, no two alike.
fn vocabulary() -> Vec<String> {
    let (heads, tails) = (["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "st", "tr"], ["a", "e", "i", "o", "u"]);
    let syllables: Vec<String> = heads.iter().flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}"))).collect();
    let mut words: Vec<String> = COMMON.iter().map(|&word| word.to_owned()).collect();
    let base = syllables.len();
    for number in 0..VOCABULARY - words.len() {
        words.push(format!("{}{}{}n", syllables[number % base], syllables[number / base % base], syllables[number / base / base % base]));
    }
    words
}

/// One event's fields, written over for each.
#[derive(Default)]
struct Row {
    when: String,
    title: String,
    actors: Vec<usize>,
    sentence: String,
    kind: &'static str,
}

struct Maker {
    dice: Dice,
    words: Vec<String>,
    word: Zipf,
    actor: Zipf,
    /// The day about which events come just now, counted from 2000-01-01.
    burst_day: u64,
    left_in_burst: u64,
}

/// Days that the chronology covers.
const DAYS: u64 = 25 * 365;

impl Maker {
    fn say(&mut self, count: usize, into: &mut String) {
        into.clear();
        for at in 0..count {
            if at > 0 {
                into.push(' ');
            }
            let word = self.word.draw(&mut self.dice);
            into.push_str(&self.words[word]);
        }
    }

    fn fill(&mut self, row: &mut Row) {
        if self.left_in_burst == 0 {
            self.burst_day = self.dice.below(DAYS);
            self.left_in_burst = 1 + self.dice.below(60);
        }
        self.left_in_burst -= 1;
        let spread = if self.dice.below(3) == 0 { DAYS } else { 20 };
        let day = if spread == DAYS { self.dice.below(DAYS) } else { (self.burst_day + self.dice.below(spread)).min(DAYS - 1) };
        let (year, month, of_month) = (2000 + day / 365, 1 + day % 365 / 31, 1 + day % 28);
        row.when.clear();
        let roll = self.dice.below(100);
        // A text in memory takes whatever is written to it.
        let _ = match roll {
            0..3 => write!(row.when, "{year}"),
            3..15 => write!(row.when, "{year}-{month:02}"),
            15..18 => write!(row.when, "{year}-{month:02}-{of_month:02}~"),
            18..24 => write!(row.when, "{year}-{month:02}-{of_month:02}/{}-{month:02}-{:02}", year + self.dice.below(2), of_month.max(28)),
            24..60 => write!(row.when, "{year}-{month:02}-{of_month:02}"),
            _ => write!(
                row.when,
                "{year}-{month:02}-{of_month:02}T{:02}:{:02}:{:02}Z",
                self.dice.below(24),
                self.dice.below(60),
                self.dice.below(60)
            ),
        };
        let mut text = std::mem::take(&mut row.title);
        self.say(5, &mut text);
        row.title = text;
        let mut text = std::mem::take(&mut row.sentence);
        self.say(24, &mut text);
        row.sentence = text;
        row.kind = KINDS[self.dice.below(KINDS.len() as u64) as usize];
        row.actors.clear();
        let count = if self.dice.below(10) < 7 { 1 } else { 2 + self.dice.below(2) };
        for _ in 0..count {
            let actor = self.actor.draw(&mut self.dice);
            if !row.actors.contains(&actor) {
                row.actors.push(actor);
            }
        }
    }
}

/// Puts the actors' names one after the other, each between `marks`.
fn names(actors: &[usize], marks: &str, between: &str, into: &mut String) {
    into.clear();
    for (at, actor) in actors.iter().enumerate() {
        // A text in memory takes whatever is written to it.
        let _ = write!(into, "{}{marks}Actor {actor}{marks}", if at > 0 { between } else { "" });
    }
}

/// Writes a chronology down.
pub fn write(written: Written, made: Made, out: &mut impl io::Write) -> io::Result<()> {
    let mut maker = Maker {
        dice: Dice(made.seed),
        words: vocabulary(),
        word: Zipf::over(VOCABULARY),
        actor: Zipf::over(made.lanes),
        burst_day: 0,
        left_in_burst: 0,
    };
    match written {
        Written::Csv => writeln!(out, "id,when,title,kind,actors,sentence,source,url")?,
        Written::Tsv => writeln!(out, "id\twhen\ttitle\tkind\tactors\tsentence\tsource\turl")?,
        Written::Native => writeln!(out, "{{\"chronolane\": 1, \"title\": \"Made up\", \"events\": [")?,
        Written::List => writeln!(out, "[")?,
        Written::Lines | Written::OtherLines => {}
    }
    let (mut row, mut of_row) = (Row::default(), String::new());
    for number in 0..made.events {
        maker.fill(&mut row);
        let Row { when, title, actors, sentence, kind } = &row;
        let source = number % 97;
        let comma = if matches!(written, Written::Native | Written::List) && number + 1 < made.events { "," } else { "" };
        match written {
            Written::Lines | Written::Native => names(actors, "\"", ", ", &mut of_row),
            Written::OtherLines | Written::List | Written::Csv | Written::Tsv => names(actors, "", "; ", &mut of_row),
        }
        match written {
            Written::Csv => {
                writeln!(out, "e{number},{when},{title},{kind},{of_row},\"{sentence}\",Wire {source},https://example.org/{number}")?;
            }
            Written::Tsv => {
                writeln!(out, "e{number}\t{when}\t{title}\t{kind}\t{of_row}\t{sentence}\tWire {source}\thttps://example.org/{number}")?;
            }
            Written::Lines | Written::Native => writeln!(
                out,
                "{{\"id\": \"e{number}\", \"when\": \"{when}\", \"title\": \"{title}\", \"kind\": \"{kind}\", \"actors\": [{of_row}], \
                 \"sentence\": \"{sentence}\", \"source\": \"Wire {source}\", \"url\": \"https://example.org/{number}\"}}{comma}"
            )?,
            Written::OtherLines | Written::List => writeln!(
                out,
                "{{\"event_id\": \"e{number}\", \"event_date\": \"{when}\", \"headline\": \"{title}\", \"category\": \"{kind}\", \
                 \"participants\": \"{of_row}\", \"quote\": \"{sentence}\", \"publisher\": \"Wire {source}\", \
                 \"link\": \"https://example.org/{number}\"}}{comma}"
            )?,
        }
    }
    match written {
        Written::Native => writeln!(out, "]}}"),
        Written::List => writeln!(out, "]"),
        Written::Lines | Written::OtherLines | Written::Csv | Written::Tsv => Ok(()),
    }
}
