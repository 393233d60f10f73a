//! Writes a made-up chronology of any size, for trying speed: `cargo run --release --example generate -- --events N --lanes N --format jsonl|csv|json --seed N`.
//!
//! The same arguments give the same bytes. Actors are skewed (the n-th is named about 1/n as often as the first), events come in bursts, some have
//! several actors, some dates are known to a month or a year only, some are intervals, and words follow Zipf's law over a vocabulary of 60,000.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write as _};

use clap::{Parser, ValueEnum};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Written {
    Jsonl,
    Csv,
    Json,
}

/// Writes a made-up chronology to stdout.
#[derive(Debug, Parser)]
struct Arguments {
    /// How many events.
    #[arg(long, default_value_t = 10_000)]
    events: u64,
    /// How many actors, each of which has a lane.
    #[arg(long, default_value_t = 100)]
    lanes: usize,
    /// The format.
    #[arg(long, value_enum, default_value_t = Written::Jsonl)]
    format: Written,
    /// What the choices begin with.
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

/// A stream of numbers that depends on its seed alone (`SplitMix64`: Steele, Lea and Flood, 2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(limit)) >> 64) as u64
    }

    /// A number from 0 up to 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Draws a rank, the n-th about 1/n as often as the first.
struct Zipf {
    sums: Vec<f64>,
}

impl Zipf {
    fn over(count: usize) -> Self {
        let sums = (1..=count.max(1))
            .scan(0.0, |sum, rank| {
                *sum += 1.0 / rank as f64;
                Some(*sum)
            })
            .collect();
        Self { sums }
    }

    fn draw(&self, dice: &mut Dice) -> usize {
        let at = dice.share() * self.sums.last().copied().unwrap_or(1.0);
        self.sums.partition_point(|&sum| sum < at).min(self.sums.len() - 1)
    }
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

fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let mut maker = Maker {
        dice: Dice(arguments.seed),
        words: vocabulary(),
        word: Zipf::over(VOCABULARY),
        actor: Zipf::over(arguments.lanes),
        burst_day: 0,
        left_in_burst: 0,
    };
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let mut row = Row::default();
    match arguments.format {
        Written::Csv => writeln!(out, "id,when,title,kind,actors,sentence,source,url")?,
        Written::Json => writeln!(out, "{{\"chronolane\": 1, \"title\": \"Made up\", \"events\": [")?,
        Written::Jsonl => {}
    }
    for number in 0..arguments.events {
        maker.fill(&mut row);
        let Row { when, title, actors, sentence, kind } = &row;
        let source = number % 97;
        if arguments.format == Written::Csv {
            let actors: Vec<String> = actors.iter().map(|actor| format!("Actor {actor}")).collect();
            let actors = actors.join("; ");
            writeln!(out, "e{number},{when},{title},{kind},{actors},\"{sentence}\",Wire {source},https://example.org/{number}")?;
            continue;
        }
        let actors: Vec<String> = actors.iter().map(|actor| format!("\"Actor {actor}\"")).collect();
        let actors = actors.join(", ");
        let comma = if arguments.format == Written::Json && number + 1 < arguments.events { "," } else { "" };
        writeln!(
            out,
            "{{\"id\": \"e{number}\", \"when\": \"{when}\", \"title\": \"{title}\", \"kind\": \"{kind}\", \"actors\": [{actors}], \
             \"sentence\": \"{sentence}\", \"source\": \"Wire {source}\", \"url\": \"https://example.org/{number}\"}}{comma}"
        )?;
    }
    if arguments.format == Written::Json {
        writeln!(out, "]}}")?;
    }
    out.flush()
}
