//! Slots for expensive work: rows of `verification` with numbered ids. A request takes one that is free or expired.

use db::{DbError, Param};

use crate::store::database::Store;
use crate::store::rows::text;

const CLAIM_SLOT: &str = include_str!("../../sql/verification/claim_slot.sql");
const RELEASE_SLOT: &str = include_str!("../../sql/verification/release_slot.sql");

impl Store<'_> {
    /// A slot that is free now; it is the holder's for some seconds.
    pub(crate) fn claim_slot(&self, holder: &str, slots: u32, seconds: u32) -> Result<Option<String>, DbError> {
        let params = [text(holder), Param::Int64(slots.into()), Param::Int64(seconds.into())];
        self.db()?.query_row(CLAIM_SLOT, &params)?.opt_text("id")
    }

    /// Gives a slot back, if it is still the holder's.
    pub(crate) fn release_slot(&self, slot: &str, holder: &str) -> Result<(), DbError> {
        self.db()?.execute(RELEASE_SLOT, &[text(slot), text(holder)]).map(|_| ())
    }
}
