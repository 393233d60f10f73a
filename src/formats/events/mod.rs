//! Event data that analysts load by the million: GDELT, ICEWS, ACLED, UCDP GED. Codes are said in words; nothing is scored or joined.

mod acled;
mod cameo;
mod gdelt;
mod icews;
mod ucdp;

pub use acled::Acled;
pub use gdelt::Gdelt;
pub use icews::{Icews, IcewsQuads};
pub use ucdp::UcdpGed;

use std::borrow::Cow;

use crate::model::Participant;

/// Adds an actor, unless there is no name.
fn actor<'r>(into: &mut Vec<Participant<'r>>, name: &'r str, role: &'static str) {
    if !name.is_empty() {
        into.push(Participant { name: Cow::Borrowed(name), role: Cow::Borrowed(role) });
    }
}

/// Parts of a place that are known, from fine to coarse, each said once.
fn place<'r>(parts: &[&'r str]) -> Cow<'r, str> {
    let mut said: Vec<&'r str> = Vec::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !said.contains(part) {
            said.push(part);
        }
    }
    match said.as_slice() {
        [] => Cow::Borrowed(""),
        [one] => Cow::Borrowed(one),
        several => Cow::Owned(several.join(", ")),
    }
}

#[cfg(test)]
mod tests;
