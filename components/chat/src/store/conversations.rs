//! The list of conversations, and the steps of one.

use conversation::{ConversationSearch, MAX_MESSAGE, SEARCHED_CONVERSATIONS, SEARCHED_TURNS};
use db::{DbError, Param, Row};

use super::connection::{ConversationStore, count, number_or_null};
use super::rows::{ConversationSteps, ConversationSummary, read_step, read_summary};
use super::statements;
use crate::error::ChatError;

/// The turns of a conversation to read, and how many.
#[derive(Debug, Clone, Copy)]
pub(crate) enum TurnRange {
    /// This turn and so many after it.
    From(i64, usize),
    /// This turn (the newest if there is none) and so many before it.
    UpTo(Option<i64>, usize),
}

impl ConversationStore<'_> {
    /// At most `most` conversations after conversation `after`, the newest first or the oldest.
    pub(crate) fn list(
        &self,
        after: Option<i64>,
        oldest_first: bool,
        most: usize,
    ) -> Result<Vec<ConversationSummary>, ChatError> {
        let statement = if oldest_first { statements::LIST_OLDEST } else { statements::LIST_NEWEST };
        let rows = self.query(statement, &[number_or_null(after), Param::Int64(count(most)?)])?;
        Ok(rows.iter().map(read_summary).collect::<Result<_, _>>()?)
    }

    /// The conversations that a search finds, the newest first.
    pub(crate) fn search(&self, search: &ConversationSearch) -> Result<Vec<ConversationSummary>, ChatError> {
        let most = [SEARCHED_CONVERSATIONS, SEARCHED_TURNS, MAX_MESSAGE].into_iter().map(count);
        let most: Vec<Param> = most.map(|most| most.map(Param::Int64)).collect::<Result<_, _>>()?;
        let rows = self.query(statements::SEARCHED_CONVERSATIONS, &most)?;
        let found = |row: &Row| -> Result<Option<ConversationSummary>, DbError> {
            let summary = read_summary(row)?;
            let said = row.opt_text("said")?.unwrap_or_default();
            Ok(search.finds(&format!("{}\n{said}", summary.title)).then_some(summary))
        };
        Ok(rows.iter().filter_map(|row| found(row).transpose()).collect::<Result<_, _>>()?)
    }

    /// One conversation and the steps of some of its turns.
    pub(crate) fn read(&self, id: i64, range: TurnRange) -> Result<ConversationSteps, ChatError> {
        let (first, last, before) = match range {
            TurnRange::From(first, more) => (Some(first), Some(first.saturating_add(count(more)?)), 0),
            TurnRange::UpTo(last, more) => (None, last, count(more)?),
        };
        let params = [Param::Int64(id), number_or_null(first), number_or_null(last), Param::Int64(before)];
        let rows = self.query(statements::READ_STEPS, &params)?;
        let first = rows.first().ok_or(ChatError::ConversationNotFound)?;
        let steps = rows.iter().filter_map(|row| read_step(row).transpose()).collect::<Result<_, _>>()?;
        Ok(ConversationSteps { summary: read_summary(first)?, running: first.bool("running")?, steps })
    }

    /// Gives one conversation another title.
    pub(crate) fn rename(&self, id: i64, title: String) -> Result<ConversationSummary, ChatError> {
        let row = self.query_one(statements::RENAME_CONVERSATION, &[Param::Int64(id), Param::Str(title)])?;
        Ok(read_summary(&row.ok_or(ChatError::ConversationNotFound)?)?)
    }

    /// Deletes one conversation.
    pub(crate) fn delete(&self, id: i64) -> Result<(), ChatError> {
        match self.execute(statements::DELETE_CONVERSATION, &[Param::Int64(id)])? {
            0 => Err(ChatError::ConversationNotFound),
            _ => Ok(()),
        }
    }
}
