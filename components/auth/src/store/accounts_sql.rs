//! The statements on accounts at other providers. Two requests that add the same account at the same moment come to
//! the same row id (`better_auth::social::account_id`), so that one of them finds the other's row in its way.

use crate::store::sql::{time, user_columns};

/// The tokens of a provider: access, refresh and id token, seconds of the first two, scopes. Parameters from $1.
macro_rules! tokens {
    () => {
        r#"given as (
            select date_trunc('milliseconds', now()) as at, $1::text as access_token, $2::text as refresh_token,
                $3::text as id_token, date_trunc('milliseconds', now()) + $4::bigint * interval '1 second' as access_until,
                date_trunc('milliseconds', now()) + $5::bigint * interval '1 second' as refresh_until, $6::text as scope
        )"#
    };
}

/// What a new token answer changes in an account: what is not in it stays.
macro_rules! renew {
    () => {
        r#""accessToken" = coalesce(g.access_token, a."accessToken"), "refreshToken" = coalesce(g.refresh_token, a."refreshToken"),
            "idToken" = coalesce(g.id_token, a."idToken"), "accessTokenExpiresAt" = coalesce(g.access_until, a."accessTokenExpiresAt"),
            "refreshTokenExpiresAt" = coalesce(g.refresh_until, a."refreshTokenExpiresAt"), "updatedAt" = g.at"#
    };
}

/// A new account row: id $7, subject $8; the user is `owner`.
macro_rules! insert_account {
    ($owner:literal, $from:literal) => {
        concat!(
            r#"insert into "account" ("id", "accountId", "providerId", "userId", "accessToken", "refreshToken", "idToken",
                "accessTokenExpiresAt", "refreshTokenExpiresAt", "scope", "createdAt", "updatedAt")
            select $7::text, $8::text, 'google', "#,
            $owner,
            r#", g.access_token, g.refresh_token, g.id_token, g.access_until, g.refresh_until, g.scope, g.at, g.at from "#,
            $from,
            r#" on conflict ("id") do nothing returning "userId""#
        )
    };
}

/// Parameters: tokens, account id, subject, e-mail, whether it is verified, user id, name, image, session id,
/// session token, seconds, address, agent. Who it is: the owner of the account; else a new user; else the user with
/// this address, where both sides know that it is theirs. `taken` says that there is one and it is not known.
pub(super) const SIGN_IN: &str = concat!(
    "with ",
    tokens!(),
    r#", owned as (
        select "id", "userId" from "account" where "providerId" = 'google' and "accountId" = $8::text
        order by "createdAt", "id" limit 1
    ), matched as (
        select "id", "emailVerified" from "user" where "email" = $9::text and not exists (select from owned)
    ), linkable as (
        select "id" from matched where "emailVerified" and $10::boolean
    ), made as (
        insert into "user" ("id", "name", "email", "emailVerified", "image", "createdAt", "updatedAt")
        select $11::text, $12::text, $9::text, $10::boolean, $13::text, g.at, g.at from given g
        where not exists (select from owned) and not exists (select from matched)
        on conflict ("email") do nothing returning *
    ), added as ("#,
    insert_account!("t.\"id\"", r#"given g, (select "id" from linkable union all select "id" from made) t"#),
    r#"), renewed as (
        update "account" a set "#,
    renew!(),
    r#" from given g where a."id" = (select "id" from owned) returning a."userId"
    ), signed_in as (
        select "userId" from renewed union all select "userId" from added
    ), verified as (
        update "user" u set "emailVerified" = true, "updatedAt" = g.at from given g
        where u."id" in (select "userId" from renewed) and $10::boolean and not u."emailVerified" and u."email" = $9::text
        returning u.*
    ), begun as (
        insert into "session" ("id", "token", "userId", "expiresAt", "createdAt", "updatedAt", "ipAddress", "userAgent")
        select $14::text, $15::text, s."userId", g.at + $16::bigint * interval '1 second', g.at, g.at, $17::text, $18::text
        from given g, signed_in s
    ), u as (
        select * from made where exists (select from added)
        union all select * from verified
        union all select * from "user" where "id" in (select "userId" from signed_in)
            and "id" not in (select "id" from verified) and "id" not in (select "id" from made)
    )
    select exists (select from made) as is_new, exists (select from matched) and not exists (select from linkable) as taken,
        exists (select from signed_in) as is_signed_in, "#,
    user_columns!(),
    " from (select) one left join u on true"
);

/// Parameters: tokens, account id, subject, user id, session token. Adds the account to the user whose session this
/// is, or renews it there; the owner is whoever had it before.
pub(super) const LINK: &str = concat!(
    "with ",
    tokens!(),
    r#", live as (
        select "userId" from "session" where "token" = $10::text and "userId" = $9::text and "expiresAt" > now()
    ), owned as (
        select "id", "userId" from "account" where "providerId" = 'google' and "accountId" = $8::text
        order by "createdAt", "id" limit 1
    ), added as ("#,
    insert_account!("l.\"userId\"", "given g, live l where not exists (select from owned)"),
    r#"), renewed as (
        update "account" a set "#,
    renew!(),
    r#", "scope" = coalesce((
            select string_agg(merged.name, ',' order by merged.place) from (
                select name, min(place) as place
                from unnest(string_to_array(concat_ws(',', a."scope", g.scope), ',')) with ordinality as t (name, place)
                where name <> '' group by name
            ) merged
        ), a."scope")
        from given g where a."id" = (select "id" from owned where "userId" = $9::text) and exists (select from live)
        returning a."userId"
    )
    select exists (select from added) or exists (select from renewed) as linked,
        exists (select from live) and exists (select from owned where "userId" <> $9::text) as is_foreign"#
);

/// Parameter: subject.
pub(super) const OWNER: &str = r#"
    select "userId" as user_id from "account" where "providerId" = 'google' and "accountId" = $1::text
    order by "createdAt", "id" limit 1"#;

/// Parameter: user id.
pub(super) const ACCOUNTS: &str = concat!(
    r#"select a."id" as id, a."accountId" as subject, a."providerId" as provider_id, a."userId" as user_id,
        a."scope" as scope, "#,
    time!("a.\"createdAt\""),
    " as created_at, ",
    time!("a.\"updatedAt\""),
    r#" as updated_at from "account" a where a."userId" = $1::text order by a."createdAt", a."id""#
);

/// Parameters: user id, account id. Of two requests at the same moment, the second sees what the first left.
pub(super) const UNLINK: &str = r#"
    with mine as (
        select "id" from "account" where "userId" = $1::text order by "id" for update
    ), gone as (
        delete from "account" where "userId" = $1::text and "id" = $2::text and "id" in (select "id" from mine)
            and (select count(*) from mine) > 1 returning "id"
    )
    select exists (select from gone) as is_gone, (select count(*) from mine) = 1 as is_last"#;

/// The columns of an account `a` with its tokens.
macro_rules! token_columns {
    () => {
        concat!(
            r#"a."id" as id, a."accountId" as subject, a."providerId" as provider_id, a."userId" as user_id,
            a."accessToken" as access_token, a."refreshToken" as refresh_token, a."idToken" as id_token, a."scope" as scope,
            coalesce(a."accessTokenExpiresAt" < now() + interval '5 seconds', false) as is_expiring, "#,
            time!("a.\"accessTokenExpiresAt\""),
            " as access_until, ",
            time!("a.\"refreshTokenExpiresAt\""),
            " as refresh_until"
        )
    };
}

/// Parameters: user id, account id.
pub(super) const TOKENS: &str =
    concat!("select ", token_columns!(), r#" from "account" a where a."userId" = $1::text and a."id" = $2::text"#);

/// Parameters: tokens, user id, account id.
pub(super) const RENEW: &str = concat!(
    "with ",
    tokens!(),
    ", a as (update \"account\" a set ",
    renew!(),
    r#" from given g where a."userId" = $7::text and a."id" = $8::text returning a.*)
    select "#,
    token_columns!(),
    " from a"
);
