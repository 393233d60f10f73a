//! The components of a calendar: events and what else there is, each with its lines.
//!
//! Components are passed on as they end, so that a large calendar is never in memory as a whole. One that is never closed is passed on at the end of the file.

use std::borrow::Cow;

use super::lines::{Line, Unfolded, parse, unfolded};
use crate::formats::FormatError;

/// How deep components are followed; what is deeper is passed over.
const DEEPEST: usize = 64;

/// Lines of a component that are kept; no event has so many.
pub(super) const LINES_MOST: usize = 150_000;

/// A component.
#[derive(Clone, Debug, Default)]
pub(super) struct Component<'t> {
    /// Its name in capitals: `VEVENT`.
    pub name: String,
    /// The line at which it begins.
    pub number: u32,
    /// Its own lines.
    pub lines: Vec<Line<'t>>,
    /// The parts of a `VTIMEZONE`.
    pub inner: Vec<Component<'t>>,
    /// How many components within are not read: alarms and the like.
    pub passed_over: u32,
    /// How many lines beyond [`LINES_MOST`] are left out.
    pub left_out: u64,
    /// Whether its end was found.
    pub is_closed: bool,
}

impl<'t> Component<'t> {
    /// Its first line of a name.
    pub(super) fn line(&self, name: &str) -> Option<&Line<'t>> {
        self.lines.iter().find(|line| line.name == name)
    }

    /// All its lines of a name.
    pub(super) fn lines(&self, name: &str) -> impl Iterator<Item = &Line<'t>> {
        self.lines.iter().filter(move |line| line.name == name)
    }
}

/// What a calendar has at one place.
pub(super) enum Part<'t> {
    /// A component that has ended.
    Component(Component<'t>),
    /// A line that is none, with its number and text.
    Broken(u32, String),
}

/// What is done with each part, which ends so many bytes into the text.
type Visit<'v, 't> = dyn FnMut(Part<'t>, usize) -> Result<(), FormatError> + 'v;

/// Visits every component of a text as it ends, those within before those around them.
pub(super) fn walk<'t>(text: &'t str, visit: &mut Visit<'_, 't>) -> Result<(), FormatError> {
    let mut lines: Unfolded<'t> = unfolded(text);
    let mut open: Vec<Component<'t>> = Vec::new();
    let mut too_deep = 0_usize;
    // A name that stands alone, whose value some makers put on the next line.
    let mut alone: Option<(u32, Cow<'t, str>)> = None;
    while let Some((mut number, mut line)) = lines.next() {
        let done = lines.bytes_done();
        if line.trim().is_empty() {
            continue;
        }
        if let Some((name_number, name)) = alone.take() {
            if line.starts_with([':', ';']) {
                (number, line) = (name_number, Cow::Owned(name.into_owned() + &line));
            } else {
                visit(Part::Broken(name_number, name.into_owned()), done)?;
            }
        }
        let whole = line.clone();
        let Some(line) = parse(number, line) else {
            if is_name(&whole) {
                alone = Some((number, whole));
            } else {
                visit(Part::Broken(number, whole.into_owned()), done)?;
            }
            continue;
        };
        let name = line.value.trim().to_ascii_uppercase();
        match line.name.as_ref() {
            "BEGIN" if open.len() >= DEEPEST => too_deep += 1,
            "BEGIN" => open.push(Component { name, number, ..Component::default() }),
            "END" if too_deep > 0 => too_deep -= 1,
            "END" => {
                // The end of what was never begun ends nothing; an end further out ends what is open within.
                if let Some(at) = open.iter().rposition(|component| component.name == name) {
                    while open.len() > at {
                        let is_named = open.len() == at + 1;
                        close(&mut open, is_named, done, visit)?;
                    }
                }
            }
            _ if too_deep > 0 => {}
            _ => {
                if let Some(component) = open.last_mut() {
                    if component.lines.len() < LINES_MOST {
                        component.lines.push(line);
                    } else {
                        component.left_out += 1;
                    }
                }
            }
        }
    }
    if let Some((number, name)) = alone {
        visit(Part::Broken(number, name.into_owned()), text.len())?;
    }
    while !open.is_empty() {
        close(&mut open, false, text.len(), visit)?;
    }
    Ok(())
}

/// Whether a line could be the name of one.
fn is_name(line: &str) -> bool {
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Ends the innermost open component.
fn close<'t>(open: &mut Vec<Component<'t>>, is_closed: bool, done: usize, visit: &mut Visit<'_, 't>) -> Result<(), FormatError> {
    let Some(mut component) = open.pop() else { return Ok(()) };
    component.is_closed = is_closed;
    match (component.name.as_str(), open.last_mut()) {
        ("STANDARD" | "DAYLIGHT", Some(around)) if around.name == "VTIMEZONE" => {
            around.inner.push(component);
            Ok(())
        }
        ("VEVENT" | "VTODO" | "VJOURNAL" | "VTIMEZONE" | "VCALENDAR" | "VFREEBUSY", _) => visit(Part::Component(component), done),
        (_, Some(around)) => {
            around.passed_over += 1;
            Ok(())
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_end_where_their_ends_say_or_the_file_does() {
        let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\nBEGIN:VALARM\nTRIGGER:x\nEND:VALARM\nEND:VEVENT\nEND:VTODO\nnothing\nBEGIN:vevent\nSUMMARY:b\nEND:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:c";
        let mut seen = Vec::new();
        walk(text, &mut |part, _| {
            seen.push(match part {
                Part::Component(component) => {
                    format!("{} {} {} {}", component.name, component.number, component.lines.len(), component.is_closed)
                }
                Part::Broken(number, text) => format!("{number} {text}"),
            });
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, ["VEVENT 2 1 true", "9 nothing", "VEVENT 10 1 false", "VCALENDAR 1 0 true", "VEVENT 13 1 false"]);
    }

    #[test]
    fn a_value_on_the_next_line_belongs_to_its_name() {
        let mut seen = Vec::new();
        walk("BEGIN:VEVENT\nSUMMARY\n:a\nDTSTART\n;VALUE=DATE:20230701\nX\nY\nEND\n:VEVENT\nZ", &mut |part, _| {
            seen.push(match part {
                Part::Component(component) => {
                    component.lines.iter().map(|line| format!("{} {}={}", line.number, line.name, line.value)).collect::<Vec<_>>().join(" ")
                }
                Part::Broken(number, text) => format!("{number} {text}"),
            });
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, ["6 X", "7 Y", "2 SUMMARY=a 4 DTSTART=20230701", "10 Z"]);
    }

    #[test]
    fn nesting_of_any_depth_is_walked() {
        let text = "BEGIN:X\n".repeat(100_000) + "BEGIN:VEVENT\nEND:VEVENT\n" + &"END:X\n".repeat(100_000) + "BEGIN:VEVENT\nEND:VEVENT\n";
        let mut count = 0;
        walk(&text, &mut |_, _| {
            count += 1;
            Ok(())
        })
        .unwrap();
        assert_eq!(count, 1, "what is nested too deep is passed over, what follows is not");
    }
}
