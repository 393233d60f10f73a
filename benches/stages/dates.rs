//! Reading dates: each form by itself and the generator's mixture, beside chrono, which is told one fixed form.

use std::hint::black_box;

use chrono::NaiveDate;
use chronolane::time::{self, DateOrder, Dialect};
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

/// Dates that are read in the comparison with chrono.
const MILLION: usize = 1_000_000;

/// As many dates in the forms that files have most, one form after the other. The order of day and month is settled, as it is for a column.
fn common(count: usize) -> Vec<String> {
    let form = |at: usize| {
        let (year, month, day) = (1950 + at % 80, 1 + at / 80 % 12, 1 + at % 28);
        let name = time::calendar::month_name(month as u8);
        match at % 10 {
            0 | 1 => format!("{year}-{month:02}-{day:02}"),
            2 | 3 => format!("{year}-{month:02}-{day:02}T12:{:02}:00Z", day + 20),
            4 => format!("{year}-{month:02}"),
            5 => format!("{day} {name} {year}"),
            6 => format!("{name} {day}, {year}"),
            7 => format!("{day:02}.{month:02}.{year}"),
            8 => format!("{day}/{month}/{year}"),
            _ => year.to_string(),
        }
    };
    (0..count).map(form).collect()
}

/// A million dates in many forms beside a million in the one form that chrono is told.
pub fn million(criterion: &mut Criterion) {
    let days: Vec<String> = (0..MILLION).map(|at| format!("{}-{:02}-{:02}", 1950 + at % 80, 1 + at / 80 % 12, 1 + at % 28)).collect();
    let mixed = common(MILLION);
    let dialect = Dialect { order: Some(DateOrder::Dmy), ..Dialect::default() };
    let mut group = criterion.benchmark_group("million dates");
    group.sample_size(10).throughput(Throughput::Elements(MILLION as u64));
    group.bench_function("chrono, one fixed form", |bencher| bencher.iter(|| read_by_chrono(&days)));
    group.bench_function("mixed common forms", |bencher| bencher.iter(|| read_all(&mixed, dialect)));
}

fn read_by_chrono(days: &[String]) {
    for date in days {
        black_box(NaiveDate::parse_from_str(black_box(date), "%Y-%m-%d").expect("a date"));
    }
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
    group.bench_function("chrono, one fixed form", |bencher| bencher.iter(|| read_by_chrono(&days)));
    let forms = [
        ("day", days.clone()),
        ("month", months),
        ("timestamp", instants),
        ("interval", intervals),
        ("approximate day", qualified),
        ("decade", decades),
        ("mixed", mixed()),
        ("about a year", each_day(|year, _, _| format!("c. {year}"))),
        ("century", each_day(|_, month, day| format!("{}th century", 4 + (month + day) % 16))),
        (
            "RFC 2822",
            each_day(|year, month, day| format!("{day} {} {year} 10:{:02}:00 +0530", time::calendar::month_short(month as u8), day)),
        ),
        ("Russian day", each_day(|year, _, day| format!("{day} августа {year} года"))),
    ];
    for (name, dates) in forms {
        group.bench_function(name, |bencher| bencher.iter(|| read_all(&dates, Dialect::default())));
    }
}
