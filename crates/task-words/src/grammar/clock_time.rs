//! A time of day.

use chrono::{NaiveTime, Timelike};

/// How surely an hour is one of 24.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HourForm {
    /// "5pm", "17:00"
    Exact,
    /// "05:00": a part of the day may make it the later one.
    Short,
    /// "at 5": also what is likely may make it the later one.
    Likely,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClockTime {
    pub(crate) time: NaiveTime,
    /// Midnight at the end of the day.
    pub(crate) ends_day: bool,
    pub(crate) form: HourForm,
}

impl ClockTime {
    pub(crate) fn new(time: NaiveTime) -> Self {
        Self { time, ends_day: false, form: HourForm::Exact }
    }

    /// The same time, if it is exact as it is, or else in this form.
    pub(super) fn with_form(self, form: HourForm) -> Self {
        let is_exact = self.ends_day || !(1..=12).contains(&self.time.hour());
        Self { form: if is_exact { HourForm::Exact } else { form }, ..self }
    }

    /// A full hour; 24 ends the day.
    pub(super) fn at_hour(hour: u8) -> Option<Self> {
        Self::at(hour.into(), 0)
    }

    pub(super) fn at(hour: u16, minute: u16) -> Option<Self> {
        let time = NaiveTime::from_hms_opt(u32::from(hour) % 24, minute.into(), 0)?;
        let clock = Self { time, ends_day: hour == 24, form: HourForm::Exact };
        (hour < 24 || hour == 24 && minute == 0).then(|| clock.with_form(HourForm::Short))
    }

    /// From the start of the day on.
    pub(super) fn minutes(self) -> u16 {
        if self.ends_day { 24 * 60 } else { (self.time.hour() * 60 + self.time.minute()) as u16 }
    }
}
