//! Which ends of an interval are in doubt.

use super::{Dialect, Precision, read};

/// The precision of the start and of the end of an interval, each only where that end is uncertain or approximate; nothing for any other date.
///
/// `canonical` is a date in its canonical form: of `2004-06~/2006-08` only the start is in doubt, by a month.
pub fn doubtful_ends(canonical: &str) -> [Option<Precision>; 2] {
    let Some((start, end)) = canonical.split_once('/') else { return [None; 2] };
    [start, end].map(|side| {
        let doubtful = side.contains(['~', '?', '%']);
        doubtful.then(|| read(side, &Dialect::EDTF).ok()).flatten().map(|when| when.reading.precision)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_end_has_its_own_doubt() {
        assert_eq!(doubtful_ends("2004-06~/2006-08"), [Some(Precision::Month), None]);
        assert_eq!(doubtful_ends("2004-06/2006-08-11?"), [None, Some(Precision::Day)]);
        assert_eq!(doubtful_ends("1984%/.."), [Some(Precision::Year), None]);
        assert_eq!(doubtful_ends("1984~"), [None, None]);
    }
}
