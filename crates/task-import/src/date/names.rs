//! Names of months and weekdays, in English and German.

const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "jänner", "jan", "jän"],
    &["february", "februar", "feber", "feb"],
    &["march", "märz", "maerz", "mar", "mär", "mrz"],
    &["april", "apr"],
    &["may", "mai"],
    &["june", "juni", "jun"],
    &["july", "juli", "jul"],
    &["august", "aug"],
    &["september", "sept", "sep"],
    &["october", "oktober", "oct", "okt"],
    &["november", "nov"],
    &["december", "dezember", "dec", "dez"],
];

/// Monday first, with the codes of RFC 5545.
const WEEKDAYS: [(&str, &[&str]); 7] = [
    ("MO", &["monday", "montag", "mon", "mo", "mondays", "montags"]),
    ("TU", &["tuesday", "dienstag", "tue", "tues", "di", "tuesdays", "dienstags", "tu"]),
    ("WE", &["wednesday", "mittwoch", "wed", "mi", "wednesdays", "mittwochs", "we"]),
    ("TH", &["thursday", "donnerstag", "thu", "thur", "thurs", "do", "thursdays", "donnerstags", "th"]),
    ("FR", &["friday", "freitag", "fri", "fr", "fridays", "freitags"]),
    ("SA", &["saturday", "samstag", "sonnabend", "sat", "sa", "saturdays", "samstags"]),
    ("SU", &["sunday", "sonntag", "sun", "so", "sundays", "sonntags", "su"]),
];

/// The number of a month.
pub(super) fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|names| names.contains(&word.as_str()))?;
    u32::try_from(at + 1).ok()
}

/// A weekday as days after Monday, with its code in RFC 5545.
pub(crate) fn weekday(word: &str) -> Option<(u32, &'static str)> {
    let word = word.to_lowercase();
    let at = WEEKDAYS.iter().position(|(_, names)| names.contains(&word.as_str()))?;
    Some((u32::try_from(at).ok()?, WEEKDAYS[at].0))
}
