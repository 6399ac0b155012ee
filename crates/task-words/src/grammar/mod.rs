//! What a run of words says about a task. The grammar is one for both languages; their words differ.

mod calendar;
mod clock;
mod clock_time;
mod day;
mod day_part;
mod fragment;
mod length;
mod repeat;

pub(crate) use clock_time::ClockTime;
pub(crate) use fragment::{DateParts, Fragment};

use user_language::Language;

use crate::context::ReadingContext;
use crate::meaning::{Meaning, PeriodUnit};
use crate::word::Word;

/// A run of words that is read as a whole.
pub(crate) struct Grammar<'a> {
    pub(crate) words: &'a [&'a Word],
    pub(crate) context: &'a ReadingContext,
    /// The language of the words.
    pub(crate) language: Language,
    /// Whether the words stand alone, without a title before them: short forms and days of the past are dates then.
    pub(crate) alone: bool,
}

/// What was read, and the place behind it.
type Read<T> = Option<(T, usize)>;

impl Grammar<'_> {
    /// Reads all words from `start` on; `None` if any of them says nothing.
    pub(crate) fn parts(&self, start: usize) -> Option<DateParts> {
        self.parts_or_contradiction(start).filter(|parts| !parts.contradicts)
    }

    /// The same, also where a time contradicts its part of the day: "this afternoon at 11am".
    pub(crate) fn parts_or_contradiction(&self, start: usize) -> Option<DateParts> {
        let mut parts = DateParts::default();
        let mut at = start;
        while at < self.words.len() {
            let (fragment, next) = self.fragment(at, start)?;
            parts.add(fragment, self.words, at..next)?;
            // "Friday - 9pm"
            at = if next + 1 < self.words.len() { self.skip(next, Meaning::Dash) } else { next };
        }
        parts.contradicts = parts.settle_time(self).is_none();
        Some(parts)
    }

    /// The longest fragment that begins here.
    fn fragment(&self, at: usize, start: usize) -> Read<Fragment> {
        let fragments = [
            self.repeat(at, start),
            self.end(at, start),
            self.written_time(at),
            self.day(at).map(|(day, next)| (Fragment::Day(day), next)),
            self.day_with_hour(at),
            self.clock(at, start),
            self.length(at),
            self.priority(at, start),
        ];
        // The first of those that are equally long.
        fragments.into_iter().flatten().rev().max_by_key(|(_, next)| *next)
    }

    /// The day that these words begin with, whatever follows.
    pub(crate) fn day_fragment(&self, at: usize) -> Option<Fragment> {
        let day = self.day(at).map(|(day, next)| (Fragment::Day(day), next));
        let days = [self.day_with_hour(at), day];
        days.into_iter().flatten().max_by_key(|(_, next)| *next).map(|(fragment, _)| fragment)
    }

    pub(crate) fn means(&self, at: usize, meaning: Meaning) -> bool {
        self.words.get(at).is_some_and(|word| word.means(meaning))
    }

    fn find<T>(&self, at: usize, pick: impl Fn(&Meaning) -> Option<T>) -> Option<T> {
        self.words.get(at)?.find(pick)
    }

    /// The place behind the words that lead to a day or a time: "due by", "ab", "bis spätestens".
    fn lead(&self, at: usize) -> usize {
        let behind = |place: usize| {
            let leads = self.means(place, Meaning::By) || self.means(place, Meaning::Starting);
            if leads { place + 1 } else { self.latest(place) }
        };
        let mut place = at;
        while behind(place) > place {
            place = behind(place);
        }
        place
    }

    /// The place behind "at the latest", if that is there.
    fn latest(&self, at: usize) -> usize {
        let latest = if self.means(at, Meaning::At) { self.skip(at + 1, Meaning::The) } else { at };
        if self.means(latest, Meaning::Latest) { latest + 1 } else { at }
    }

    /// The place behind a word that may be there.
    fn skip(&self, at: usize, meaning: Meaning) -> usize {
        if self.means(at, meaning) { at + 1 } else { at }
    }

    pub(crate) fn number(&self, at: usize) -> Option<u16> {
        self.find(at, |meaning| match meaning {
            Meaning::Number(number) => Some(*number),
            _ => None,
        })
    }

    pub(crate) fn ordinal(&self, at: usize) -> Option<u8> {
        self.find(at, |meaning| match meaning {
            Meaning::Ordinal(number) => Some(*number),
            _ => None,
        })
    }

    pub(crate) fn unit(&self, at: usize) -> Option<PeriodUnit> {
        self.find(at, |meaning| match meaning {
            Meaning::Unit(unit) => Some(*unit),
            _ => None,
        })
    }

    /// A weekday from Monday, 0, and whether it may stand without a word for it.
    fn weekday(&self, at: usize) -> Option<(u8, bool)> {
        self.find(at, |meaning| match meaning {
            Meaning::Weekday(day, sure) => Some((*day, *sure)),
            _ => None,
        })
    }

    pub(crate) fn month(&self, at: usize) -> Option<u8> {
        self.find(at, |meaning| match meaning {
            Meaning::Month(month) => Some(*month),
            _ => None,
        })
    }
}
