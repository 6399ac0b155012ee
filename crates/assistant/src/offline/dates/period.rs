//! What a question or an order about several tasks says about time.

use chrono::NaiveDate;
use task_words::{DuePeriod, read_period};

use super::DateReader;
use crate::offline::command::TaskCommand;
use crate::offline::filter::{DueCondition, TaskFilter};
use crate::offline::missing::MissingFeature;
use crate::offline::target::TaskTarget;

/// Words before the last day that is meant: what should have been done earlier is meant too.
const UNTIL: [&str; 7] = ["by", "until", "till", "til", "through", "bis", "spätestens"];
/// Words for what should have been done.
const OVERDUE: [&str; 6] = ["overdue", "late", "überfällig", "überfällige", "überfälligen", "überfälliges"];
/// Words before the first one.
const SINCE: [&str; 9] = ["from", "between", "after", "since", "von", "vom", "ab", "zwischen", "nach"];

impl DateReader {
    /// The list that a question asks for by nothing but a time: "what is due today?"; none if it names no time.
    pub(super) fn due(&self, message: &str) -> Option<TaskCommand> {
        read_period(message, &self.context)?;
        let due = self.days(message, true);
        Some(due.map_or(TaskCommand::Missing(MissingFeature::UnreadDate), |due| {
            TaskCommand::ListSome(TaskFilter { due: Some(due), ..TaskFilter::open() })
        }))
    }

    /// The list, with days for the words about time in it.
    pub(super) fn list(&self, filter: TaskFilter, to_list: fn(TaskFilter) -> TaskCommand) -> TaskCommand {
        let Some(words) = filter.told_due() else { return to_list(filter) };
        let names_due = ["due", "fällig", "late"].iter().any(|word| words.contains(word));
        if filter.completed == Some(true) && !names_due {
            return TaskCommand::Missing(MissingFeature::CompletionDays);
        }
        match self.days(words, true) {
            Some(due) => to_list(TaskFilter { due: Some(due), ..filter }),
            None => TaskCommand::Missing(MissingFeature::UnreadDate),
        }
    }

    /// The tasks of an order, with days for the words about time in it; none if these are not understood.
    pub(super) fn target_days(&self, target: TaskTarget) -> Option<TaskTarget> {
        Some(match target {
            TaskTarget::Common(filter) => match filter.told_due() {
                Some(words) => {
                    TaskTarget::Common(Box::new(TaskFilter { due: Some(self.days(words, false)?), ..*filter }))
                }
                None => TaskTarget::Common(filter),
            },
            TaskTarget::Except(target, kept) => TaskTarget::Except(Box::new(self.target_days(*target)?), kept),
            target => target,
        })
    }

    /// Whether words speak of a time that is not understood.
    pub(super) fn is_unclear(&self, words: &str) -> bool {
        read_period(words, &self.context) == Some(DuePeriod::Unclear)
    }

    /// The days that words name; none if they are not understood. "By Friday" is all that should be done by then. A list of
    /// what is due today has what is overdue, too.
    fn days(&self, words: &str, is_list: bool) -> Option<DueCondition> {
        let is_late = |word: &&str| OVERDUE.contains(word);
        let others: Vec<&str> = words.split_whitespace().filter(|word| !is_late(word)).collect();
        let others = others.join(" ");
        if others.len() < words.len() && read_period(&others, &self.context).is_some() {
            // "Due today and overdue"
            let due = self.days(&others, is_list);
            return due.filter(|due| matches!(due, DueCondition::Days(NaiveDate::MIN, _)));
        }
        let has = |known: &[&str]| words.to_lowercase().split_whitespace().any(|word| known.contains(&word));
        let no_later = ["no later than", "nicht später als"].iter().any(|phrase| words.contains(phrase));
        Some(match read_period(words, &self.context)? {
            DuePeriod::Overdue => DueCondition::Overdue,
            DuePeriod::Days(from, to) if from == self.today() && is_list => DueCondition::Days(NaiveDate::MIN, to),
            DuePeriod::Days(_, to) if no_later || (has(&UNTIL) && !has(&SINCE)) => {
                DueCondition::Days(NaiveDate::MIN, to)
            }
            DuePeriod::Days(from, to) => DueCondition::Days(from, to),
            DuePeriod::Undated => DueCondition::Undated,
            DuePeriod::Unclear => return None,
        })
    }
}
