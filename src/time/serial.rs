//! Days counted as spreadsheets count them.

use super::calendar::{civil_from_days, days_from_civil};

/// The date, or the time to the second, that a spreadsheet's serial number stands for; nothing where it stands for none.
///
/// In the system of 1900, day 1 is 1900-01-01 and day 60 is a 29 February that 1900 did not have: it is given no date, and is not moved to one. In the
/// system of 1904, day 0 is 1904-01-01. Only for cells that the file itself says are dates.
pub fn from_serial(serial: f64, counts_from_1904: bool) -> Option<String> {
    // The last day is that of year 9999.
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let seconds = ((serial - serial.floor()) * 86_400.0).round() as i64;
    let day = serial.floor() as i64 + seconds / 86_400;
    let seconds = seconds % 86_400;
    let epoch = match (counts_from_1904, day) {
        (true, _) => days_from_civil(1904, 1, 1),
        (false, 0 | 60) => return None,
        (false, 1..60) => days_from_civil(1899, 12, 31),
        (false, _) => days_from_civil(1899, 12, 30),
    };
    let (year, month, day) = civil_from_days(epoch + day);
    let date = format!("{year:04}-{month:02}-{day:02}");
    Some(if seconds == 0 { date } else { format!("{date}T{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60) })
}

#[cfg(test)]
mod tests {
    use super::from_serial;

    #[test]
    fn serials() {
        let of = |serial| from_serial(serial, false);
        assert_eq!(of(1.0).as_deref(), Some("1900-01-01"));
        assert_eq!(of(59.0).as_deref(), Some("1900-02-28"));
        assert_eq!(of(60.0), None);
        assert_eq!(of(61.0).as_deref(), Some("1900-03-01"));
        assert_eq!(of(45_168.0).as_deref(), Some("2023-08-30"));
        assert_eq!(of(45_168.5).as_deref(), Some("2023-08-30T12:00:00"));
        assert_eq!(of(45_168.999_999_9).as_deref(), Some("2023-08-31"));
        assert_eq!(from_serial(43_706.0, true).as_deref(), Some("2023-08-30"));
        assert!(of(-1.0).is_none() && of(f64::NAN).is_none() && of(1e300).is_none() && of(0.5).is_none());
    }
}
