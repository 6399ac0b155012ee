//! Whether `3/4/2026` is in March or April: the whole column decides.

/// Which part of a date with slashes is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SlashOrder {
    DayFirst,
    MonthFirst,
}

/// The order of a column: a part over 12 settles it. If none does, a table with commas has the month first.
pub(crate) fn slash_order<'a>(cells: impl Iterator<Item = &'a str>, delimiter: char) -> SlashOrder {
    for cell in cells {
        let mut parts = cell.trim().split('/');
        let mut part = || parts.next().and_then(|part| part.trim().parse::<u32>().ok());
        match (part(), part()) {
            (Some(13..=31), Some(1..=12)) => return SlashOrder::DayFirst,
            (Some(1..=12), Some(13..=31)) => return SlashOrder::MonthFirst,
            _ => {}
        }
    }
    if delimiter == ',' { SlashOrder::MonthFirst } else { SlashOrder::DayFirst }
}
