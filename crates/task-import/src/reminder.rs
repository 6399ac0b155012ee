//! Reminders relative to the due time.

use task::{MAX_REMIND_MINUTES, MAX_REMINDERS};

/// Numbers of minutes before the due time, separated by commas.
pub(crate) fn minutes(text: &str) -> Vec<u32> {
    let numbers = text.split([',', ';', ' ']).filter_map(|number| number.parse().ok());
    numbers.filter(|minutes| *minutes <= MAX_REMIND_MINUTES).take(MAX_REMINDERS).collect()
}

/// The minutes of a duration of RFC 5545 that is not after the due time: `-PT15M`, `PT0S`, `-P1D`.
pub(crate) fn minutes_before(trigger: &str) -> Option<u32> {
    let (negative, text) = trigger.trim().strip_prefix('-').map_or((false, trigger.trim()), |text| (true, text));
    let (mut minutes, mut number) = (0_u32, None::<u32>);
    for c in text.strip_prefix('P')?.chars() {
        match (c, number) {
            ('0'..='9', before) => number = before.unwrap_or(0).checked_mul(10)?.checked_add(c.to_digit(10)?),
            ('T', None) => {}
            (unit, Some(amount)) => {
                let each = match unit {
                    'W' => 10_080,
                    'D' => 1_440,
                    'H' => 60,
                    'M' => 1,
                    'S' if amount == 0 => 0,
                    _ => return None,
                };
                minutes = minutes.checked_add(amount.checked_mul(each)?)?;
                number = None;
            }
            _ => return None,
        }
    }
    (minutes == 0 || negative).then_some(minutes).filter(|minutes| *minutes <= MAX_REMIND_MINUTES)
}
