//! The words of each language.

mod english;
mod german;

use std::collections::HashMap;
use std::sync::LazyLock;

use user_language::Language;

use crate::meaning::Meaning;

type WordTable = LazyLock<HashMap<&'static str, &'static [Meaning]>>;

static ENGLISH: WordTable = LazyLock::new(|| by_word(english::WORDS));
static GERMAN: WordTable = LazyLock::new(|| by_word(german::WORDS));
/// The weekdays from Monday, 0, of two weeks: a range may go over Sunday.
static WEEK: [u8; 14] = [0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6];

/// Rows of words parted by spaces, and what each of them may mean.
fn by_word(rows: &'static [(&str, &[Meaning])]) -> HashMap<&'static str, &'static [Meaning]> {
    rows.iter().flat_map(|(words, meanings)| words.split(' ').map(move |word| (word, *meanings))).collect()
}

/// What a word in plain spelling may mean.
pub(crate) fn meanings(plain: &str, language: Language) -> Vec<Meaning> {
    let bare = plain.strip_suffix('.').filter(|bare| !bare.is_empty()).unwrap_or(plain);
    match known(plain, language).or_else(|| known(bare, language)) {
        Some(meanings) => meanings.to_vec(),
        // "Mon/Wed" is no list that is read.
        None if bare.split('/').all(|day| weekday(day, language).is_some()) => vec![Meaning::Blocks],
        None => weekday_range(plain, language).or_else(|| weekday_and_hour(bare, language)).into_iter().collect(),
    }
}

fn known(word: &str, language: Language) -> Option<&'static [Meaning]> {
    let table = match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
    };
    table.get(word).copied()
}

/// A weekday, and whether it may stand without a word for it.
fn weekday(word: &str, language: Language) -> Option<(u8, bool)> {
    known(word, language)?.iter().find_map(|meaning| match meaning {
        Meaning::Weekday(day, sure) => Some((*day, *sure)),
        _ => None,
    })
}

/// "Mo-Fr", "tue–sat"
fn weekday_range(word: &str, language: Language) -> Option<Meaning> {
    let (first, last) = word.split_once(['-', '–'])?;
    let day = |word: &str| Some(weekday(word.trim_end_matches('.'), language)?.0);
    let (first, last) = (day(first)?, day(last)?);
    (last != first).then(|| Meaning::Weekdays(weekdays_between(first, last), false))
}

/// From the first to the last one, maybe over Sunday.
pub(crate) fn weekdays_between(first: u8, last: u8) -> &'static [u8] {
    let last = if last < first { last + 7 } else { last };
    WEEK.get(usize::from(first)..=usize::from(last)).unwrap_or_default()
}

/// "Freitagabend", "Montagmorgen"
fn weekday_and_hour(word: &str, language: Language) -> Option<Meaning> {
    let parts = german::DAY_PARTS.iter().filter(|_| language == Language::German);
    let (day, hour) = parts.into_iter().find_map(|(end, hour)| Some((word.strip_suffix(end)?, *hour)))?;
    weekday(day, language).filter(|(_, sure)| *sure).map(|(day, _)| Meaning::WeekdayHour(day, hour))
}

/// Words before a weekday that make it a name.
pub(crate) fn names_day(before: &str) -> bool {
    english::BEFORE_NAMES.split(' ').any(|word| word == before)
}
