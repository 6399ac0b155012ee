//! The table `verification`: texts under an identifier that only their recipient knows, each good for a while.

use db::{DbError, Param};

use crate::store::database::Store;
use crate::store::rows::text;

/// Parameters: id, identifier, value, seconds. On the way some of the rows go whose time is over.
const ADD: &str = r#"
    with lapsed as (
        delete from "verification" where "id" in (
            select "id" from "verification" where "expiresAt" < now() - interval '1 day' limit 100 for update skip locked
        )
    )
    insert into "verification" ("id", "identifier", "value", "expiresAt", "createdAt", "updatedAt")
    select $1::text, $2::text, $3::text, t.now + $4::bigint * interval '1 second', t.now, t.now
    from (select date_trunc('milliseconds', now()) as now) t"#;

/// Parameter: identifier.
const READ: &str = r#"
    select "value" as value from "verification" where "identifier" = $1::text and "expiresAt" > now()
    order by "createdAt" desc limit 1"#;

/// Parameter: identifier.
const READ_ALL: &str = r#"
    select "value" as value from "verification" where "identifier" = $1::text and "expiresAt" > now()
    order by "createdAt", "id""#;

/// Parameter: identifier. Of two requests at the same moment, one gets the row.
const CONSUME: &str = r#"
    with gone as (delete from "verification" where "identifier" = $1::text returning *)
    select "value" as value from gone where "expiresAt" > now() order by "createdAt" desc limit 1"#;

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
        self.db()?.execute(ADD, &params).map(|_| ())
    }

    /// The value, which stays.
    pub(crate) fn verification(&self, identifier: &str) -> Result<Option<String>, DbError> {
        self.db()?.query_one(READ, &[text(identifier)])?.map(|row| row.text("value")).transpose()
    }

    /// All values under one identifier, oldest first.
    pub(crate) fn verifications(&self, identifier: &str) -> Result<Vec<String>, DbError> {
        self.db()?.query(READ_ALL, &[text(identifier)])?.iter().map(|row| row.text("value")).collect()
    }

    /// The value, which is gone afterwards.
    pub(crate) fn consume_verification(&self, identifier: &str) -> Result<Option<String>, DbError> {
        self.db()?.query_one(CONSUME, &[text(identifier)])?.map(|row| row.text("value")).transpose()
    }
}
