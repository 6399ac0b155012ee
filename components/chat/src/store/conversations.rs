//! The conversations that were kept.

use db::Param;
use http_api::ApiError;

use super::{Store, count};
use crate::conversations::Summary;
use crate::rows::{StoredStep, stored_step, summary};
use crate::sql;

impl Store<'_> {
    /// The conversations after this one, from the newest on or from the oldest.
    pub(crate) fn conversations(
        &self,
        after: Option<i64>,
        ascending: bool,
        most: usize,
    ) -> Result<Vec<Summary>, ApiError> {
        let params = [after.map_or(Param::DbNull, Param::Int64), Param::Int64(count(most)?)];
        let rows = self.query(if ascending { sql::LIST_OLDEST } else { sql::LIST }, &params)?;
        Ok(rows.iter().map(summary).collect::<Result<_, _>>()?)
    }

    /// One conversation, whether a turn runs in it, and its steps from the one turn on, or back from it: those of as many other turns.
    pub(crate) fn steps(
        &self,
        id: i64,
        turn: Option<i64>,
        ascending: bool,
        turns: usize,
    ) -> Result<Option<(Summary, bool, Vec<StoredStep>)>, ApiError> {
        let turns = count(turns)?;
        let (first, last) = if ascending {
            let first = turn.unwrap_or(1);
            (Some(first), Some(first.saturating_add(turns)))
        } else {
            (None, turn)
        };
        let [first, last] = [first, last].map(|turn| turn.map_or(Param::DbNull, Param::Int64));
        let rows = self.query(sql::STEPS, &[Param::Int64(id), first, last, Param::Int64(turns)])?;
        let Some(row) = rows.first() else { return Ok(None) };
        let steps = rows.iter().filter_map(|row| stored_step(row).transpose()).collect::<Result<_, _>>()?;
        Ok(Some((summary(row)?, row.bool("running")?, steps)))
    }

    /// Gives one conversation another title, if there is one.
    pub(crate) fn rename(&self, id: i64, title: String) -> Result<Option<Summary>, ApiError> {
        let rows = self.query(sql::RENAME, &[Param::Int64(id), Param::Str(title)])?;
        Ok(rows.first().map(summary).transpose()?)
    }

    /// Deletes one conversation; false if there is none.
    pub(crate) fn delete(&self, id: i64) -> Result<bool, ApiError> {
        Ok(self.execute(sql::DELETE, &[Param::Int64(id)])? > 0)
    }
}
