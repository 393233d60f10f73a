//! Saying a date at its own precision.

use super::When;

/// The day in words.
pub fn day_text(at_ms: i64) -> String { let (y,m,d)=super::calendar::civil_from_ms(at_ms); format!("{d} {} {y}", super::calendar::month_name(m)) }
/// The instant in words.
pub fn instant_text(at_ms: i64) -> String { day_text(at_ms) }
/// A date in words.
pub fn wording(when: &When) -> String { when.text.to_string() }
/// A date in few words.
pub fn wording_short(when: &When) -> String { when.text.to_string() }
