//! Forms that people write, in every language that is read, with the EDTF that they mean.

use crate::time::read::{DateError, DateOrder, Dialect, Doubt};
use crate::time::{listed_bounds, read};

/// What people write, and what it means; an empty meaning where it must not be read.
const FORMS: &[(&str, &str)] = &[
    // English.
    ("5 May 2021", "2021-05-05"),
    ("May 5th, 2021", "2021-05-05"),
    ("May 5, 2021", "2021-05-05"),
    ("the 5th of May 2021", "2021-05-05"),
    ("2021 May", "2021-05"),
    ("August 2023", "2023-08"),
    ("Sept. 2012", "2012-09"),
    ("Sep-2012", "2012-09"),
    ("31st March, 2016", "2016-03-31"),
    ("August-10, 2012", "2012-08-10"),
    ("August/10/2012", "2012-08-10"),
    ("8/Oct/2012", "2012-10-08"),
    ("2012/Aug/10", "2012-08-10"),
    ("Sunday, December 7, 2014", "2014-12-07"),
    ("13 Feb 858", "0858-02-13"),
    ("13-May-99", "1999-05-13"),
    ("31 December 192 AD", "0192-12-31"),
    ("August 10, 345 BC", "-0344-08-10"),
    ("30.08.2023", "2023-08-30"),
    ("30. 8. 2023", "2023-08-30"),
    ("2021/05/04", "2021-05-04"),
    ("2021.5.4", "2021-05-04"),
    ("5/2021", "2021-05"),
    ("2021/5", "2021-05"),
    ("25/07/2021", "2021-07-25"),
    ("7/16/1945", "1945-07-16"),
    ("6/6/666", "0666-06-06"),
    ("20210504", "2021-05-04"),
    ("20210504T134510Z", "2021-05-04T13:45:10Z"),
    ("20210504134510", "2021-05-04T13:45:10"),
    ("843", "0843"),
    ("-700", "-0700"),
    ("-10550", "Y-10550"),
    ("1780s", "178X"),
    ("1780's", "178X"),
    ("1800s", "18XX"),
    ("0's", "000X"),
    ("c. 1780s", "178X~"),
    ("mid-1960s", "[1963..1966]"),
    ("Early 1950's", "[1950..1953]"),
    ("late 1960s", "[1966..1969]"),
    ("18th century", "[1701..1800]"),
    ("9th cent.", "[0801..0900]"),
    ("8th c. BC", "[-0799..-0700]"),
    ("eighth century BC", "[-0799..-0700]"),
    ("twenty-first century", "[2001..2100]"),
    ("beginning of the 6th century B.C.", "[-0599..-0566]"),
    ("mid 7th century B.C.", "[-0666..-0633]"),
    ("end of the first century BC", "[-0033..0000]"),
    ("first half of the 18th century", "[1701..1750]"),
    ("second half of 2019", "2019-41"),
    ("early to mid 18th century", "[1701..1767]"),
    ("3rd millennium BC", "[-2999..-2000]"),
    ("late 1952", "1952-39"),
    ("early March 2001", "[2001-03-01..2001-03-10]"),
    ("Mid 7/1947", "[1947-07-11..1947-07-20]"),
    ("End of 7/1952", "[1952-07-21..1952-07-31]"),
    ("Summer 1947", "1947-22"),
    ("Fall 1938", "1938-23"),
    ("Winter 1889/90", "1889-24"),
    ("late summer 1947", "1947-08"),
    ("Q3 2019", "2019-35"),
    ("2019 Q3", "2019-35"),
    ("3Q 2019", "2019-35"),
    ("third quarter of 2019", "2019-35"),
    ("1952?", "1952?"),
    ("c. 1920", "1920~"),
    ("ca. 1920", "1920~"),
    ("circa 1920", "1920~"),
    ("about 1920", "1920~"),
    ("~ 1920", "1920~"),
    ("c. 1952?", "1952%"),
    ("1952 (approximate)", "1952~"),
    ("6/1948 (approximate)", "1948-06~"),
    ("probably May 1952", "1952-05?"),
    ("before 1300", "[..1299]"),
    ("Before 400BC", "[..-0400]"),
    ("prior to May 2021", "[..2021-04]"),
    ("after 5 May 2021", "[2021-05-06..]"),
    ("by 1300", "[..1300]"),
    ("1300 or earlier", "[..1300]"),
    ("1300 or later", "[1300..]"),
    ("since 1990", "1990/.."),
    ("from 1990 onwards", "1990/.."),
    ("until May 1990", "../1990-05"),
    ("between 1847 and 1850", "[1847..1850]"),
    ("Between 47 and 50", "[0047..0050]"),
    ("Between 27BC and 14AD", "[-0026..0014]"),
    ("Between 500BC and 400BC", "[-0499..-0399]"),
    ("Between 19 December 1848 and 31 March 1855", "[1848-12-19..1855-03-31]"),
    ("858 after 13 Feb 858", "[0858-02-14..0858-12-31]"),
    ("c. 890 after 889", "0890~"),
    ("1847 or 1848", "[1847,1848]"),
    ("from 1914 to 1918", "1914/1918"),
    ("1914-18", "1914/1918"),
    ("1914–18", "1914/1918"),
    ("1914–1918", "1914/1918"),
    ("1914 - 1918", "1914/1918"),
    ("1914-1918", "1914/1918"),
    ("1847/48", "1847/1848"),
    ("1909–12", "1909/1912"),
    ("1918–21", "1918/1921"),
    ("1999–00", "1999/2000"),
    ("1990–present", "1990/.."),
    ("1952–?", "1952/"),
    ("1952–", "1952/"),
    ("5–7 May 2021", "2021-05-05/2021-05-07"),
    ("10 to 22 August 2012", "2012-08-10/2012-08-22"),
    ("August 10 - 22, 2012", "2012-08-10/2012-08-22"),
    ("28 July – 30 August 2023", "2023-07-28/2023-08-30"),
    ("10 August 2013 - 12 September", "2013-08-10/2013-09-12"),
    ("May–June 2021", "2021-05/2021-06"),
    ("May-June 2021", "2021-05/2021-06"),
    ("480–323 BC", "-0479/-0322"),
    ("31 BC – AD 14", "-0030/0014"),
    ("AD 34–55", "0034/0055"),
    ("9th–10th century", "08XX/09XX"),
    ("8/10/2012 - 8/15/2012", "2012-08-10/2012-08-15"),
    ("55 BC", "-0054"),
    ("AD 34", "0034"),
    ("1200 BCE", "-1199"),
    ("c. 1300 B.C.", "-1299~"),
    ("70000 B.C.E.", "Y-69999"),
    ("10,000 BC", "-9999"),
    ("12,000 BC", "Y-11999"),
    ("9500 BP", "-7550"),
    ("35000 C14 BP", "Y-33050~"),
    ("1204 A.D. ", "1204"),
    // Times.
    ("Fri Nov 22 1963 12:15:00 GMT-0600", "1963-11-22T12:15:00-06:00"),
    ("Wed, 30 Aug 2023 10:00:00 GMT", "2023-08-30T10:00:00Z"),
    ("Wed, 30 Aug 2023 10:00:00 +0530", "2023-08-30T10:00:00+05:30"),
    ("5 May 2021 3:45 pm", "2021-05-05T15:45"),
    ("5/24/1990 15:00", "1990-05-24T15:00"),
    ("8/25/2005 1:25:00 AM", "2005-08-25T01:25:00"),
    ("9:00 AM, Tuesday, 21 May 2013", "2013-05-21T09:00"),
    ("Jan 1 2025, 9:30", "2025-01-01T09:30"),
    ("5 May 2021 13:00 - 16:00", "2021-05-05T13:00/2021-05-05T16:00"),
    // German.
    ("5. Mai 2021", "2021-05-05"),
    ("am 3. Oktober 1990", "1990-10-03"),
    ("Mittwoch, den 30. August 2023", "2023-08-30"),
    ("März 1848", "1848-03"),
    ("Anfang 1952", "1952-37"),
    ("Ende Mai 1945", "[1945-05-21..1945-05-31]"),
    ("um 1920", "1920~"),
    ("44 v. Chr.", "-0043"),
    ("14 n. Chr.", "0014"),
    ("18. Jahrhundert", "[1701..1800]"),
    ("1960er Jahre", "196X"),
    ("vor 1300", "[..1299]"),
    ("nach 1300", "[1301..]"),
    ("zwischen 1847 und 1850", "[1847..1850]"),
    ("von 1914 bis 1918", "1914/1918"),
    ("Sommer 1947", "1947-22"),
    // French.
    ("5 mai 2021", "2021-05-05"),
    ("1er août 1914", "1914-08-01"),
    ("le 14 juillet 1789", "1789-07-14"),
    ("vers 1920", "1920~"),
    ("avant 1300", "[..1299]"),
    ("44 av. J.-C.", "-0043"),
    ("14 ap. J.-C.", "0014"),
    ("XVIIIe siècle", "[1701..1800]"),
    ("fin du XVIIIe siècle", "[1767..1800]"),
    ("années 1960", "196X"),
    ("entre 1847 et 1850", "[1847..1850]"),
    ("du 5 au 7 mai 2021", "2021-05-05/2021-05-07"),
    ("été 1947", "1947-22"),
    // Spanish.
    ("5 de mayo de 2021", "2021-05-05"),
    ("15 sept. 1810", "1810-09-15"),
    ("hacia 1920", "1920~"),
    ("antes de 1300", "[..1299]"),
    ("44 a. C.", "-0043"),
    ("siglo XVIII", "[1701..1800]"),
    ("años 1960", "196X"),
    ("entre 1847 y 1850", "[1847..1850]"),
    ("de 1914 a 1918", "1914/1918"),
    ("verano de 1947", "1947-22"),
    // Russian.
    ("5 мая 2021 г.", "2021-05-05"),
    ("30 августа 2023 года", "2023-08-30"),
    ("август 2023", "2023-08"),
    ("около 1920 г.", "1920~"),
    ("44 г. до н. э.", "-0043"),
    ("14 г. н. э.", "0014"),
    ("XVIII век", "[1701..1800]"),
    ("XIX в.", "[1801..1900]"),
    ("конец XVIII века", "[1767..1800]"),
    ("1960-е годы", "196X"),
    ("1960-е гг.", "196X"),
    ("между 1847 и 1850", "[1847..1850]"),
    ("с 1914 по 1918", "1914/1918"),
    ("1939—1945 гг.", "1939/1945"),
    ("лето 1947", "1947-22"),
    ("в начале мая 2021", "[2021-05-01..2021-05-10]"),
    ("после 1300 года", "[1301..]"),
    // Ukrainian.
    ("5 травня 2021 р.", "2021-05-05"),
    ("24 лютого 2022 року", "2022-02-24"),
    ("серпень 2023", "2023-08"),
    ("близько 1920", "1920~"),
    ("XVIII століття", "[1701..1800]"),
    ("між 1847 і 1850", "[1847..1850]"),
    ("влітку 1947", "1947-22"),
    // Korean.
    ("2021년 8월 30일", "2021-08-30"),
    ("2021년 8월", "2021-08"),
    ("2021년", "2021"),
    ("2021. 8. 30.", "2021-08-30"),
    ("약 1920년", "1920~"),
    ("기원전 44년", "-0043"),
    ("18세기", "[1701..1800]"),
    ("1960년대", "196X"),
    ("1947년 여름", "1947-22"),
    ("2023년 8월 30일 수요일", "2023-08-30"),
    // Chinese and Japanese.
    ("2023年8月30日", "2023-08-30"),
    ("2023年8月", "2023-08"),
    ("2023年8月30日(水)", "2023-08-30"),
    ("2023年8月30日 星期三", "2023-08-30"),
    ("２０２３年８月３０日", "2023-08-30"),
    ("约1920年", "1920~"),
    ("1920年頃", "1920~"),
    ("公元前44年", "-0043"),
    ("紀元前44年", "-0043"),
    ("18世纪", "[1701..1800]"),
    ("18世紀末", "[1767..1800]"),
    ("1960年代", "196X"),
    ("1300年以前", "[..1300]"),
    ("1947年夏", "1947-22"),
    ("2019年第3四半期", "2019-35"),
    ("1914年至1918年", "1914/1918"),
    // Not dates, or not whole ones.
    ("5 May", ""),
    ("May", ""),
    ("Tuesday", ""),
    ("13:45", ""),
    ("3", ""),
    ("35.49", ""),
    ("1-2", ""),
    ("1-2-3", ""),
    ("4/13/1", ""),
    ("February 29, 2022", ""),
    ("32 August 2014", ""),
    ("June 10 - 31, 2022", ""),
    ("February 151998", ""),
    ("2012/80/10", ""),
    ("20-30-12", ""),
    ("18/13/2022", ""),
    ("soon", ""),
    ("I may be here by 2020", ""),
    ("Version: 1.1.30", ""),
    ("12000", ""),
    ("10,000", ""),
    ("at 101 points!", ""),
    ("14PM", ""),
    ("25:12", ""),
    ("1950-1940", ""),
    ("early 5 May 2021", ""),
    ("60s", ""),
    ("0 BC", ""),
    ("2012-13-01", ""),
    ("2023-02-30", ""),
    ("7.125", ""),
    ("12.5", ""),
    ("1984.5", ""),
    ("5.250", ""),
    ("1/250", ""),
    ("10-100", ""),
    ("Sat 1984", ""),
    ("1984 AM", ""),
    ("t 1984", ""),
    ("1984 UTC", ""),
    ("last 2019", ""),
    ("pre-1914", "[..1913]"),
    ("post-1945", "[1946..]"),
    ("before -6000", "[..-6001]"),
    ("Q1-Q2 2019", "2019-33/2019-34"),
    ("au début de 1952", "1952-37"),
    ("à la fin du XIXe siècle", "[1867..1900]"),
    ("a principios de 1952", "1952-37"),
    ("2-я половина XVIII века", "[1751..1800]"),
    ("first quarter of the 18th century", "[1701..1725]"),
    ("last quarter of the 18th century", "[1776..1800]"),
    ("Spring Summer 1947", ""),
    ("early late 1952", ""),
    ("BC 1-11-19", ""),
    ("Monday Tuesday 5 May 2021", ""),
    ("1952 1953", ""),
    ("5 May 2021 6 June 2022", ""),
    ("05.2021", "2021-05"),
    ("2021.05", "2021-05"),
    ("last quarter of 2019", "2019-36"),
    ("–", ""),
    ("1914–1918–1920", ""),
];

fn edtf(text: &str) -> Result<String, DateError> {
    read(text, &Dialect::default()).map(|when| when.canonical().to_owned())
}

#[test]
fn what_people_write() {
    let mut wrong = Vec::new();
    for (text, meaning) in FORMS {
        match edtf(text) {
            Ok(canonical) if canonical == *meaning => {
                let again = read(&canonical, &Dialect::EDTF).map(|when| when.reading);
                if again != read(text, &Dialect::default()).map(|when| when.reading) {
                    wrong.push(format!("{text}: {canonical} is read otherwise again"));
                }
            }
            Err(_) if meaning.is_empty() => {}
            other => wrong.push(format!("{text}: {other:?}, wanted {meaning:?}")),
        }
        // Strictly, none of these is a date, but for the few that EDTF has as well.
        if !meaning.is_empty() && text != meaning {
            assert!(read(text, &Dialect::EDTF).is_err(), "{text}");
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_tables_of_the_documents_are_true() {
    let document = include_str!("../../../../docs/dates.md");
    let section = document.split("## Forms that people write").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
    let mut rows = 0;
    for line in section.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.split('`').collect();
        assert_eq!(edtf(cells[1]).as_deref(), Ok(cells[3]), "{line}");
        rows += 1;
    }
    assert!(rows > 50);
    for (text, meaning) in [
        ("1914-18", "1914/1918"),
        ("1909-12", "1909-12"),
        ("1918-21", "1918-21"),
        ("2040-33", "2040-33"),
        ("1909–12", "1909/1912"),
        ("Summer '47", "1947-22"),
    ] {
        assert_eq!(edtf(text).as_deref(), Ok(meaning), "{text}");
    }
}

#[test]
fn the_order_of_day_and_month_is_not_guessed() {
    let both = |text: &str| match edtf(text) {
        Err(DateError::Ambiguous { readings }) => readings.into_iter().map(|(order, date)| format!("{} {date}", order.name())).collect(),
        other => vec![format!("{other:?}")],
    };
    assert_eq!(both("04/05/2021"), ["dmy 2021-05-04", "mdy 2021-04-05"]);
    assert_eq!(both("04.05.2021"), ["dmy 2021-05-04", "mdy 2021-04-05"]);
    assert_eq!(both("1/2/2021 13:45"), ["dmy 2021-02-01T13:45", "mdy 2021-01-02T13:45"]);
    assert_eq!(both("24-09-06"), ["dmy 2006-09-24", "ymd 2024-09-06"]);
    assert_eq!(both("before 04/05/2021"), ["dmy [..2021-05-03]", "mdy [..2021-04-04]"]);
    assert_eq!(edtf("05/05/2021").unwrap(), "2021-05-05");
    assert_eq!(edtf("9/24/06").unwrap(), "2006-09-24");
    let ordered =
        |text: &str, order| read(text, &Dialect { order: Some(order), ..Dialect::default() }).map(|when| when.canonical().to_owned());
    assert_eq!(ordered("04/05/2021", DateOrder::Dmy).unwrap(), "2021-05-04");
    assert_eq!(ordered("04/05/2021", DateOrder::Mdy).unwrap(), "2021-04-05");
    assert_eq!(ordered("04/05/06", DateOrder::Ymd).unwrap(), "2004-05-06");
    assert!(matches!(ordered("04/05/2021", DateOrder::Ymd), Err(DateError::Ambiguous { .. })));
    // What the order says is no date is not turned round.
    assert!(matches!(ordered("04/25/2021", DateOrder::Dmy), Err(DateError::NoSuchDate { .. })));
    assert!(matches!(edtf("31/02/2021"), Err(DateError::NoSuchDate { .. })));
}

#[test]
fn what_is_doubtful_says_so() {
    let doubt = |text: &str| read(text, &Dialect::default()).unwrap().doubt;
    assert_eq!(edtf("1936-39").unwrap(), "1936/1939");
    assert_eq!(doubt("1936-39"), Some(Doubt::RangeOrPart));
    assert_eq!((edtf("1918-21").unwrap().as_str(), doubt("1918-21")), ("1918-21", Some(Doubt::SeasonOrRange)));
    assert_eq!(doubt("2021-21"), None);
    assert_eq!((edtf("2040-33").unwrap().as_str(), doubt("2040-33")), ("2040-33", None));
    assert_eq!(doubt("1914-18"), None);
    assert_eq!((edtf("1936–39").unwrap().as_str(), doubt("1936–39")), ("1936/1939", None));
    assert_eq!(read("1936-39", &Dialect::EDTF).unwrap().canonical(), "1936-39");
    assert_eq!(doubt("13-May-29"), Some(Doubt::TwoDigitYear));
    assert_eq!((edtf("13-May-29").unwrap(), edtf("13-May-30").unwrap()), ("2029-05-13".to_owned(), "1930-05-13".to_owned()));
    assert_eq!(doubt("Monday 30 August 2023"), Some(Doubt::Weekday));
    assert_eq!(doubt("Wednesday 30 August 2023"), None);
    assert!(Doubt::RangeOrPart.is_warning() && !Doubt::TwoDigitYear.is_warning());
}

#[test]
fn a_small_number_is_a_year_only_where_its_column_says_so() {
    let when = read("43", &Dialect { small_years: true, ..Dialect::default() }).unwrap();
    assert_eq!((when.canonical(), when.doubt), ("0043", Some(Doubt::SmallYear)));
    assert!(read("0", &Dialect { small_years: true, ..Dialect::default() }).is_err());
    assert!(edtf("43").is_err());
}

#[test]
fn errors_say_where() {
    assert!(matches!(edtf(" 5 May harbour"), Err(DateError::Unreadable { at: 8, .. })), "{:?}", edtf(" 5 May harbour"));
    assert!(edtf("5 May").unwrap_err().to_string().contains("the year is missing"));
    assert!(matches!(edtf("32 August 2014"), Err(DateError::NoSuchDate { .. })));
    assert!(matches!(edtf("February 29, 2022"), Err(DateError::NoSuchDate { .. })));
    assert!(matches!(edtf("June 10 - 31, 2022"), Err(DateError::NoSuchDate { .. })));
}

#[test]
fn bounds_of_what_people_write() {
    let bounds = |text: &str| {
        let (low, high) = listed_bounds(&read(text, &Dialect::default()).unwrap().reading);
        format!("{}..{}", low.unwrap_or_default(), high.unwrap_or_default())
    };
    assert_eq!(bounds("before 1300"), "..1299-12-31");
    assert_eq!(bounds("after 5 May 2021"), "2021-05-06..");
    assert_eq!(bounds("end of the first century BC"), "-0033-01-01..0000-12-31");
    assert_eq!(bounds("c. 1780s"), "1780-01-01..1789-12-31");
    assert_eq!(bounds("9th–10th century"), "0800-01-01..0999-12-31");
    assert_eq!(bounds("late 1952"), "1952-09-01..1952-12-31");
    assert_eq!(bounds("35000 C14 BP"), "-33050-01-01..-33050-12-31");
}
