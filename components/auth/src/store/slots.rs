//! Slots for expensive work: rows of `verification` with numbered ids, taken by whoever finds one free or expired.

use db::{DbError, Param};

use crate::store::database::Store;
use crate::store::rows::text;

/// Parameters: holder, number of slots, seconds. Of two that choose the same slot at the same moment one gets it.
const CLAIM: &str = r#"
    insert into "verification" ("id", "identifier", "value", "expiresAt", "createdAt", "updatedAt")
    select slot.id, slot.id, $1::text, now() + $3::bigint * interval '1 second', now(), now()
    from (
        select 'password-slot-' || n as id from generate_series(1, $2::bigint) n
        where not exists (select from "verification" v where v."id" = 'password-slot-' || n and v."expiresAt" > now())
        order by random() limit 1
    ) slot
    on conflict ("id") do update
        set "value" = excluded."value", "expiresAt" = excluded."expiresAt", "updatedAt" = excluded."updatedAt"
        where "verification"."expiresAt" <= now()
    returning "id" as id"#;

/// Parameters: slot, holder.
const RELEASE: &str = r#"delete from "verification" where "id" = $1::text and "value" = $2::text"#;

impl Store<'_> {
    /// A slot that is free now; it is the holder's for some seconds.
    pub(crate) fn claim_slot(&self, holder: &str, slots: u32, seconds: u32) -> Result<Option<String>, DbError> {
        let params = [text(holder), Param::Int64(slots.into()), Param::Int64(seconds.into())];
        self.db()?.query_one(CLAIM, &params)?.map(|row| row.text("id")).transpose()
    }

    /// Gives a slot back, if it is still the holder's.
    pub(crate) fn release_slot(&self, slot: &str, holder: &str) -> Result<(), DbError> {
        self.db()?.execute(RELEASE, &[text(slot), text(holder)]).map(|_| ())
    }
}
