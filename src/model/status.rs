//! How sure a file is that an event happened.

/// The standing of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Status {
    /// Established.
    Confirmed = 1,
    /// Told by a source that is not a party.
    Reported,
    /// Told by a party.
    Claimed,
    /// Denied by a party.
    Denied,
    /// Some say so, some say not.
    Disputed,
    /// Shown to be untrue.
    False,
}

impl Status {
    /// Every status, in the order of standing.
    pub const ALL: [Self; 6] = [Self::Confirmed, Self::Reported, Self::Claimed, Self::Denied, Self::Disputed, Self::False];

    /// Reads a status by its name, whatever its case.
    pub fn from_name(name: &str) -> Option<Self> {
        // Most rows say nothing.
        if name.is_empty() {
            return None;
        }
        Self::ALL.into_iter().find(|status| status.name().eq_ignore_ascii_case(name.trim()))
    }

    /// Reads a status back from a column's byte.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|status| *status as u8 == code)
    }

    /// The name as it stands in files and on screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Reported => "reported",
            Self::Claimed => "claimed",
            Self::Denied => "denied",
            Self::Disputed => "disputed",
            Self::False => "false",
        }
    }

    /// Whether the event is drawn in outline, because someone says that it did not happen.
    pub const fn is_contested(self) -> bool {
        matches!(self, Self::Denied | Self::Disputed | Self::False)
    }
}
