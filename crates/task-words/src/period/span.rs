//! The words about time in a question, and the days that they name.

use chrono::NaiveDate;
use user_language::Language;

use super::days::{DayReader, UNSURE_MONTHS};
use crate::context::ReadingContext;
use crate::grammar::Grammar;
use crate::meaning::Meaning;
use crate::word::Word;

/// Words about time that name no days.
const VAGUE: [&str; 13] = [
    "soon",
    "soonish",
    "bald",
    "demnaechst",
    "later",
    "spaeter",
    "earlier",
    "recently",
    "neulich",
    "kuerzlich",
    "ago",
    "quarter",
    "quartal",
];
const ARTICLES: [&str; 6] = ["the", "dem", "den", "der", "die", "das"];

/// How the days that are meant lie to the days that are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// They are the same.
    On,
    /// The same, unless another day follows: "from Monday to Friday".
    From,
    /// From the first one on.
    Starting,
    Before,
    After,
    /// Until the last one.
    Until,
    /// Between two days.
    Between,
    /// "since Friday" may be a day of the past.
    Since,
}

/// The words for each relation; longer ones first.
const RELATIONS: [(&str, Relation); 35] = [
    ("on or before", Relation::Until),
    ("on or after", Relation::Starting),
    ("no later than", Relation::Until),
    ("not later than", Relation::Until),
    ("no earlier than", Relation::Starting),
    ("nicht spaeter als", Relation::Until),
    ("up to", Relation::Until),
    ("as of", Relation::Starting),
    ("prior to", Relation::Before),
    ("earlier than", Relation::Before),
    ("sooner than", Relation::Before),
    ("frueher als", Relation::Before),
    ("later than", Relation::After),
    ("spaeter als", Relation::After),
    ("before", Relation::Before),
    ("vor", Relation::Before),
    ("vorm", Relation::Before),
    ("after", Relation::After),
    ("beyond", Relation::After),
    ("nach", Relation::After),
    ("by", Relation::Until),
    ("until", Relation::Until),
    ("till", Relation::Until),
    ("til", Relation::Until),
    ("through", Relation::Until),
    ("bis", Relation::Until),
    ("spaetestens", Relation::Until),
    ("starting", Relation::Starting),
    ("ab", Relation::Starting),
    ("from", Relation::From),
    ("von", Relation::From),
    ("vom", Relation::From),
    ("between", Relation::Between),
    ("zwischen", Relation::Between),
    ("since", Relation::Since),
];

/// Days that a run of words names, and how they are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TimeSpan {
    pub(super) relation: Relation,
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
    /// The place of its first word.
    pub(super) start: usize,
    /// The place behind its last word.
    pub(super) end: usize,
    /// Whether it is a weekday, which may be one of the week after.
    pub(super) is_weekday: bool,
}

impl TimeSpan {
    /// The days that are meant.
    pub(super) fn days(&self, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        match self.relation {
            Relation::On | Relation::From => Some((self.from, self.to)),
            Relation::Starting => Some((self.from, NaiveDate::MAX)),
            Relation::Before => Some((NaiveDate::MIN, self.from.pred_opt()?)),
            Relation::After => Some((self.to.succ_opt()?, NaiveDate::MAX)),
            Relation::Until => Some((today.min(self.to), self.to)),
            Relation::Between | Relation::Since => None,
        }
    }
}

/// All that a question says about time.
#[derive(Debug, Default)]
pub(super) struct TimeWords {
    pub(super) spans: Vec<TimeSpan>,
    /// Whether there are words about time that are in no span.
    pub(super) has_unread: bool,
    /// Whether there is a relation to something that is no day, as in "before noon".
    pub(super) has_loose_relation: bool,
}

/// Reads the words about time from the first to the last.
pub(super) fn read_spans(words: &[&Word], context: &ReadingContext, language: Language) -> TimeWords {
    let mut time = TimeWords::default();
    let mut at = 0;
    while at < words.len() {
        let (relation, named) = relation_at(words, at).unwrap_or((Relation::On, at));
        let has_relation = named > at;
        let is_led = has_relation || (at > 0 && words[at - 1].plain == "due");
        let reader = DayReader(Grammar { words, context, language, alone: is_led });
        let place = if has_relation { after_article(words, named) } else { at };
        match reader.days(place) {
            Some((from, to, end)) => {
                let end = if relation == Relation::From { behind_onwards(words, end) } else { end };
                let relation = match relation {
                    Relation::From if words[end - 1].plain.starts_with("on") => Relation::Starting,
                    relation => relation,
                };
                let is_weekday = words[place..end].iter().any(|word| is_weekday(word));
                time.spans.push(TimeSpan { relation, from, to, start: at, end, is_weekday });
                at = end;
            }
            None if has_relation => {
                time.has_loose_relation |= relation != Relation::From && named < words.len();
                at = named;
            }
            None => {
                time.has_unread |= is_unread(words, at);
                at += 1;
            }
        }
    }
    time
}

/// The relation that begins here, and the place behind it.
fn relation_at(words: &[&Word], at: usize) -> Option<(Relation, usize)> {
    RELATIONS.iter().find_map(|(phrase, relation)| {
        let end = at + phrase.split(' ').count();
        let found = words.get(at..end)?;
        let is_same = found.iter().zip(phrase.split(' ')).all(|(word, wanted)| word.plain == wanted && !word.quoted);
        is_same.then_some((*relation, end))
    })
}

fn after_article(words: &[&Word], at: usize) -> usize {
    let is_article = words.get(at).is_some_and(|word| {
        ARTICLES.contains(&word.plain.as_str()) || word.means(Meaning::The) || word.means(Meaning::On)
    });
    if is_article { at + 1 } else { at }
}

/// The place behind the "on" of "from Friday on".
fn behind_onwards(words: &[&Word], end: usize) -> usize {
    let is_onwards = |word: &&&Word| ["on", "onwards", "onward"].contains(&word.plain.as_str());
    if words.get(end).filter(is_onwards).is_some() { end + 1 } else { end }
}

/// Whether a word that is in no span says something about time.
fn is_unread(words: &[&Word], at: usize) -> bool {
    let word = words[at];
    let modifies = word.means(Meaning::Every) || word.means(Meaning::Last);
    let next_names_time = words.get(at + 1).is_some_and(|next| names_time(next));
    VAGUE.contains(&word.plain.as_str()) || names_time(word) || (modifies && next_names_time)
}

fn is_weekday(word: &Word) -> bool {
    word.meanings.iter().any(|meaning| matches!(meaning, Meaning::Weekday(..)))
}

/// Whether a word is about time, whatever stands around it.
pub(super) fn names_time(word: &Word) -> bool {
    word.meanings.iter().any(|meaning| match meaning {
        Meaning::Month(_) => !UNSURE_MONTHS.contains(&word.plain.as_str()),
        Meaning::Weekday(_, sure) | Meaning::Time(_, sure) => *sure,
        Meaning::Workday
        | Meaning::Unit(_)
        | Meaning::Weekend
        | Meaning::EndOf(_)
        | Meaning::Length(..)
        | Meaning::Hour(_)
        | Meaning::Midnight
        | Meaning::Adverb(..) => true,
        meaning => meaning.is_day(),
    })
}
