//! Where the calendar's lines fall.
