//! Tasks as iCalendar (RFC 5545): the events of a calendar feed ([`CalendarFeed`]), the to-dos of an export ([`TodoCalendar`]) and the
//! lines that both are made of, written and read ([`ContentLine`]). Never does I/O, knows no clock and no zone: what a zone does is
//! an argument ([`ZoneChange`]).

mod content_line;
mod feed;
mod owner;
mod properties;
mod time;
mod todo;
mod writer;
mod zone;

pub use content_line::ContentLine;
pub use feed::{CalendarFeed, FeedTask, RepeatSeries};
pub use todo::TodoCalendar;
pub use zone::ZoneChange;

/// The program that wrote a calendar.
pub const PRODUCT: &str = "-//todo-chatbot//Tasks//EN";
