//! The table `verification`: texts under an identifier that only their recipient knows, each good for a while.

use db::{DbError, Param};

use crate::store::database::Store;
use crate::store::rows::text;

const ADD_VERIFICATION: &str = include_str!("../../sql/verification/add_verification.sql");
const VERIFICATION: &str = include_str!("../../sql/verification/verification.sql");
const VERIFICATIONS: &str = include_str!("../../sql/verification/verifications.sql");
const IS_PENDING: &str = include_str!("../../sql/verification/is_pending.sql");
const CONSUME_VERIFICATION: &str = include_str!("../../sql/verification/consume_verification.sql");

impl Store<'_> {
    /// Keeps a value for some seconds.
    pub(crate) fn add_verification(
        &self,
        id: &str,
        identifier: &str,
        value: &str,
        seconds: u32,
    ) -> Result<(), DbError> {
        let params = [text(id), text(identifier), text(value), Param::Int64(seconds.into())];
        self.db()?.execute(ADD_VERIFICATION, &params).map(|_| ())
    }

    /// The value, which stays.
    pub(crate) fn verification(&self, identifier: &str) -> Result<Option<String>, DbError> {
        self.db()?.query_row(VERIFICATION, &[text(identifier)])?.opt_text("value")
    }

    /// All values under one identifier, oldest first.
    pub(crate) fn verifications(&self, identifier: &str) -> Result<Vec<String>, DbError> {
        self.db()?.query(VERIFICATIONS, &[text(identifier)])?.iter().map(|row| row.text("value")).collect()
    }

    /// Keeps a change of address of a user until its links are void.
    pub(crate) fn add_pending_change(&self, user_id: &str, change: &str, seconds: u32) -> Result<(), DbError> {
        self.add_verification(change, &format!("change-email:{user_id}"), change, seconds)
    }

    /// Whether a change of address of a user still waits for a link.
    pub(crate) fn is_pending_change(&self, user_id: &str, change: &str) -> Result<bool, DbError> {
        self.decide(IS_PENDING, &[text(user_id), text(change)], "pending")
    }

    /// The value, which is deleted.
    pub(crate) fn consume_verification(&self, identifier: &str) -> Result<Option<String>, DbError> {
        self.db()?.query_row(CONSUME_VERIFICATION, &[text(identifier)])?.opt_text("value")
    }
}
