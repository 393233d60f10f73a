//! Reading dates: each form by itself and the generator's mixture, beside chrono, which is told one fixed form.

use std::hint::black_box;

use chrono::NaiveDate;
use chronolane::time::{self, Dialect};
use criterion::{Criterion, Throughput};

use crate::input;
use crate::made::Written;

/// Dates read in one go.
const COUNT: usize = 10_000;

/// The dates of a made-up file: days, months, years, about days, intervals and timestamps.
fn mixed() -> Vec<String> {
    let table = String::from_utf8(input::file(Written::Csv, COUNT as u64)).expect("made-up files are UTF-8");
    table.lines().skip(1).filter_map(|line| line.split(',').nth(1)).map(str::to_owned).collect()
}

/// So many dates that differ in their day.
fn each_day(form: impl Fn(usize, usize, usize) -> String) -> Vec<String> {
    (0..COUNT).map(|at| form(1950 + at % 80, 1 + at / 80 % 12, 1 + at % 28)).collect()
}

fn read_all(dates: &[String], dialect: Dialect) {
    for date in dates {
        black_box(time::read(black_box(date), &dialect).expect("a date"));
    }
}

pub fn dates(criterion: &mut Criterion) {
    let days = each_day(|year, month, day| format!("{year}-{month:02}-{day:02}"));
    let months = each_day(|year, month, _| format!("{year}-{month:02}"));
    let instants = each_day(|year, month, day| format!("{year}-{month:02}-{day:02}T12:{:02}:00Z", day + 20));
    let intervals = each_day(|year, month, day| format!("{year}-{month:02}-{day:02}/{}-{month:02}-{day:02}", year + 1));
    let qualified = each_day(|year, month, day| format!("{year}-{month:02}-{day:02}~"));
    let decades = each_day(|year, _, _| format!("{}X", year / 10));
    let mut group = criterion.benchmark_group("dates");
    group.throughput(Throughput::Elements(COUNT as u64));
    group.bench_function("chrono, one fixed form", |bencher| {
        bencher.iter(|| {
            for date in &days {
                black_box(NaiveDate::parse_from_str(black_box(date), "%Y-%m-%d").expect("a date"));
            }
        });
    });
    let forms = [
        ("day", days.clone()),
        ("month", months),
        ("timestamp", instants),
        ("interval", intervals),
        ("approximate day", qualified),
        ("decade", decades),
        ("mixed", mixed()),
    ];
    for (name, dates) in forms {
        group.bench_function(name, |bencher| bencher.iter(|| read_all(&dates, Dialect::default())));
    }
}
