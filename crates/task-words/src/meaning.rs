//! What a word may mean in a date.

use chrono::{NaiveDate, NaiveTime};
use task::Priority;

/// One meaning of a word. A word may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    // Days.
    /// So many days from today.
    Day(u8),
    /// From Monday, 0. `false`: too short to be one without a word for it.
    Weekday(u8, bool),
    /// So many days from today, at this hour.
    DayHour(u8, u8),
    /// A weekday at this hour.
    WeekdayHour(u8, u8),
    /// From January, 1.
    Month(u8),
    Unit(PeriodUnit),
    Weekend,
    EndOf(PeriodUnit),
    // Numbers.
    Number(u16),
    Ordinal(u8),
    Last,
    // Written dates and times.
    Date(NaiveDate),
    /// Day and month.
    DayMonth(u8, u8),
    /// Two numbers with a point between them: a day and month, or a time.
    Pair(u8, u8),
    /// Two or three numbers with slashes.
    Slashes(u16, u16, Option<u16>),
    /// A time; `false`: something else without a word for it.
    Time(NaiveTime, bool),
    /// A date and time as a program writes it, and the minutes that it is ahead of UTC.
    Written(NaiveDate, NaiveTime, Option<i16>),
    Length(u16, PeriodUnit),
    // Times of day.
    /// A part of the day, by its hour.
    Hour(u8),
    /// Of more than one day: "mornings".
    Plural,
    /// The end of the day.
    Midnight,
    Am,
    Pm,
    Clock,
    Half,
    Quarter,
    Past,
    To,
    // Words between.
    In,
    On,
    At,
    /// A time after it is not exact.
    Around,
    By,
    Latest,
    The,
    Of,
    And,
    With,
    Next,
    Coming,
    End,
    After,
    From,
    Now,
    Dash,
    // Repeats.
    Every,
    Other,
    Workday,
    /// What follows repeats.
    Always,
    /// On each of these weekdays; `false`: a name without a word for it.
    Weekdays(&'static [u8], bool),
    Adverb(u16, PeriodUnit),
    Until,
    /// How many times.
    Times,
    Starting,
    Completion,
    // Priorities.
    Level(Priority),
    PriorityWord,
    Urgent,
    /// What comes after it is no date of the task.
    Blocks,
}

impl Meaning {
    /// Whether it is a day by itself.
    pub(crate) fn is_day(&self) -> bool {
        matches!(
            self,
            Self::Day(_)
                | Self::Weekday(..)
                | Self::Weekdays(..)
                | Self::DayHour(..)
                | Self::WeekdayHour(..)
                | Self::Date(_)
                | Self::Written(..)
                | Self::DayMonth(..)
        )
    }

    pub(crate) fn is_time(&self) -> bool {
        matches!(self, Self::Time(..))
    }
}

/// A length of time. The longer ones come later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
pub(crate) enum PeriodUnit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}
