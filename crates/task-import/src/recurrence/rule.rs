//! Rules of RFC 5545 in the form in which a task has them.

const FREQUENCIES: [&str; 4] = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];
const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const MAX_INTERVAL: u32 = 999;

/// The rule of every so many days, weeks, months or years.
pub(crate) fn every(interval: u32, frequency: &str) -> String {
    match interval {
        0 | 1 => format!("FREQ={frequency}"),
        _ => format!("FREQ={frequency};INTERVAL={interval}"),
    }
}

/// An RRULE with the parts that a task's rule has; `None` for one that means anything else.
pub(crate) fn read_rule(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_uppercase();
    let text = text.strip_prefix("RRULE:").unwrap_or(&text);
    let (mut frequency, mut interval, mut days, mut month_days, mut end, mut set) = (None, 1, None, None, None, None);
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=')?;
        match name {
            "FREQ" => frequency = FREQUENCIES.into_iter().find(|known| *known == value),
            "INTERVAL" => interval = value.parse().ok().filter(|number| (1..=MAX_INTERVAL).contains(number))?,
            "BYDAY" => days = Some(value),
            "BYMONTHDAY" => month_days = Some(value),
            "BYSETPOS" => set = Some(value),
            "UNTIL" | "COUNT" if end.is_none() && is_end(name, value) => end = Some(part),
            // The first day of the week, and parts that only the program itself knows.
            "WKST" => {}
            _ if name.starts_with("X-") || name.starts_with("TT_") => {}
            _ => return None,
        }
    }
    let frequency = frequency?;
    let days = match (days, set) {
        (Some(day), Some(set)) if frequency == "MONTHLY" && DAYS.contains(&day) => Some(format!("{set}{day}")),
        (days, None) => days.map(str::to_owned),
        _ => return None,
    };
    let mut rule = every(interval, frequency);
    if let Some(days) = days {
        if !days.split(',').all(|day| is_day(day, frequency)) || month_days.is_some() {
            return None;
        }
        rule += &format!(";BYDAY={days}");
    }
    if let Some(month_days) = month_days {
        let is_month_day = |day: &str| matches!(day.parse::<i32>(), Ok(1..=31 | -1));
        if frequency != "MONTHLY" || !month_days.split(',').all(is_month_day) {
            return None;
        }
        rule += &format!(";BYMONTHDAY={month_days}");
    }
    Some(end.map_or_else(|| rule.clone(), |end| format!("{rule};{end}")))
}

fn is_end(name: &str, value: &str) -> bool {
    let is_number = |text: &str, digits: std::ops::RangeInclusive<usize>| {
        digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    match (name, value.split_once('T')) {
        ("COUNT", _) => is_number(value, 1..=4),
        (_, None) => is_number(value, 8..=8),
        (_, Some((day, time))) => is_number(day, 8..=8) && is_number(time.trim_end_matches('Z'), 6..=6),
    }
}

/// A weekday; in a month with the number of the week.
fn is_day(text: &str, frequency: &str) -> bool {
    let Some(at) = text.len().checked_sub(2).filter(|at| text.is_char_boundary(*at)) else { return false };
    let (number, day) = text.split_at(at);
    let has_place = matches!(number.parse::<i32>(), Ok(1..=5 | -5..=-1));
    let fits = match frequency {
        "WEEKLY" => number.is_empty(),
        "MONTHLY" => has_place,
        _ => false,
    };
    fits && DAYS.contains(&day)
}
