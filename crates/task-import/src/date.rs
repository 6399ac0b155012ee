//! Days, times and instants as files write them.

mod cursor;
mod forms;
mod moment;
mod names;
mod slash;

pub(crate) use forms::{UnreadDate, from_number, read_date};
pub use moment::Moment;
pub(crate) use names::weekday;
pub(crate) use slash::{SlashOrder, slash_order};

/// A day with the time of another column. A time stays what it is; `None` if the text is no time.
pub(crate) fn at_time(moment: Moment, time: &str) -> Option<Moment> {
    let Moment::Day(day) = moment else { return Some(moment) };
    read_date(&format!("{day} {time}"), SlashOrder::DayFirst).ok().flatten()
}
