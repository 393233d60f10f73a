//! What a person should know about a reading: it was made by a rule, where the writer may have meant something else.

/// A reading that someone may want to look at. Its text says what was chosen and how to say it otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// `24/09/06`: the century is by rule.
    TwoDigitYear,
    /// `1918-21`: a season in EDTF, three years in many a table.
    SeasonOrRange,
    /// `1936-39`: part of a year in EDTF, read as years.
    RangeOrPart,
    /// `43`, in a column of dates: the year 43.
    SmallYear,
    /// The weekday that is written is not that day's.
    Weekday,
    /// The clocks of the zone that the user named showed this time twice.
    ShownTwice,
    /// They never showed it.
    NeverShown,
}

impl Doubt {
    /// Whether each reading is worth a warning of its own; else they are counted in one note.
    pub const fn is_warning(self) -> bool {
        !matches!(self, Self::TwoDigitYear)
    }

    /// What was chosen, and what to do where that is wrong.
    pub const fn message(self) -> &'static str {
        match self {
            Self::TwoDigitYear => "years of two digits are read as 1930 to 2029. Write all four digits where another century is meant",
            Self::SeasonOrRange => {
                "this is read as a season, as EDTF has it (21 spring, 22 summer, 23 autumn, 24 winter). Write it with a slash and all digits, like 1918/1921, where years are meant"
            }
            Self::RangeOrPart => {
                "this is read as a range of years; in strict EDTF it is part of a year. Write it with a slash and all digits, like 1936/1939, or use --dates edtf"
            }
            Self::SmallYear => {
                "this is read as a year of our era, because the other dates of the column are years. Write it with four digits, like 0043"
            }
            Self::Weekday => "the weekday that is written is not that day's. The day was kept as written; check it against the source",
            Self::ShownTwice => {
                "this is read as the earlier of two times, as the clocks of the zone were put back over it. Write it with its offset, like +01:00, where the later one is meant"
            }
            Self::NeverShown => {
                "this is read as if the clocks of the zone had not been put forward over it, so that they never showed it. Check it against the source"
            }
        }
    }
}
