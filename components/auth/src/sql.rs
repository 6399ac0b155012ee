//! Every statement of this component, on Better Auth's tables. A row is found by its unguessable token, by
//! its unique e-mail address, or through its owner. Times are written in whole milliseconds, as the genuine
//! server does, and read as text.

/// A time as text with milliseconds.
macro_rules! time {
    ($column:literal) => {
        concat!("to_char(", $column, " at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')")
    };
}

pub(crate) use time;

/// The columns of a user `u` that are shown.
macro_rules! user_columns {
    () => {
        concat!(
            r#"u."id" as user_id, u."name" as name, u."email" as email, u."emailVerified" as email_verified,
            u."image" as image, "#,
            time!("u.\"createdAt\""),
            " as user_created_at, ",
            time!("u.\"updatedAt\""),
            " as user_updated_at"
        )
    };
}

pub(crate) use user_columns;

/// The conditions on a key that can sign: algorithm, curve and time.
macro_rules! live_key {
    ($alg:literal, $crv:literal) => {
        concat!(
            r#"coalesce("alg", "#,
            $alg,
            "::text) = ",
            $alg,
            r#"::text and coalesce("crv", "#,
            $crv,
            "::text) = ",
            $crv,
            r#"::text and ("expiresAt" is null or "expiresAt" > now())"#
        )
    };
}

/// Which key signs: the newest that every verifier has seen by now, since it was published some seconds ago; without
/// any such, the oldest.
macro_rules! signing_order {
    ($lead:literal) => {
        concat!(
            r#""createdAt" > now() - "#,
            $lead,
            r#"::bigint * interval '1 second',
            case when "createdAt" > now() - "#,
            $lead,
            r#"::bigint * interval '1 second' then "createdAt" end,
            "createdAt" desc, "id""#
        )
    };
}

/// Whether a key stays beyond the seconds of notice and is younger than the greatest age.
macro_rules! lasting_key {
    ($lead:literal, $max_age:literal) => {
        concat!(
            r#""createdAt" > now() - "#,
            $max_age,
            r#"::bigint * interval '1 second'
            and ("expiresAt" is null or "expiresAt" > now() + "#,
            $lead,
            "::bigint * interval '1 second')"
        )
    };
}

pub(crate) use lasting_key;
pub(crate) use live_key;
pub(crate) use signing_order;

/// Parameters: user id, name, e-mail, image, account id, password hash, session id, token, seconds, address, agent.
pub(crate) const ADD_USER: &str = concat!(
    r#"with u as (
        insert into "user" ("id", "name", "email", "emailVerified", "image", "createdAt", "updatedAt")
        values ($1::text, $2::text, $3::text, false, $4::text, date_trunc('milliseconds', now()), date_trunc('milliseconds', now()))
        returning *
    ), a as (
        insert into "account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
        select $5::text, u."id", 'credential', u."id", $6::text, u."createdAt", u."createdAt" from u
    ), s as (
        insert into "session" ("id", "token", "userId", "expiresAt", "createdAt", "updatedAt", "ipAddress", "userAgent")
        select $7::text, $8::text, u."id", u."createdAt" + $9::bigint * interval '1 second', u."createdAt", u."createdAt", $10::text, $11::text
        from u
    )
    select "#,
    user_columns!(),
    " from u"
);

/// Parameter: e-mail. Only an account row that names the user by id is a credential.
pub(crate) const CREDENTIAL: &str = concat!(
    "select ",
    user_columns!(),
    r#", a."password" as password
    from "user" u
    left join "account" a on a."userId" = u."id" and a."accountId" = u."id" and a."providerId" = 'credential'
    where u."email" = $1::text
    order by a."createdAt" limit 1"#
);

/// Parameters: id, token, seconds, address, agent, user id.
pub(crate) const ADD_SESSION: &str = r#"
    insert into "session" ("id", "token", "userId", "expiresAt", "createdAt", "updatedAt", "ipAddress", "userAgent")
    select $1::text, $2::text, $6::text, t.now + $3::bigint * interval '1 second', t.now, t.now, $4::text, $5::text
    from (select date_trunc('milliseconds', now()) as now) t"#;

/// Parameter: token.
pub(crate) const END_SESSION: &str = r#"delete from "session" where "token" = $1::text"#;

/// Parameters: token, may refresh, seconds of a session, seconds between refreshes, algorithm, curve, seconds of
/// freshness, of a key's notice and of its greatest age. No row when there is no such session, or it has expired: then
/// it is deleted. With it the key that signs, and whether it is time for the next one.
pub(crate) const SESSION: &str = concat!(
    r#"with expired as (
        delete from "session" where "token" = $1::text and "expiresAt" < now()
    ), refreshed as (
        update "session"
        set "expiresAt" = date_trunc('milliseconds', now()) + $3::bigint * interval '1 second',
            "updatedAt" = date_trunc('milliseconds', now())
        where "token" = $1::text and $2::boolean and "expiresAt" >= now()
            and "expiresAt" <= now() + ($3::bigint - $4::bigint) * interval '1 second'
        returning "id", "expiresAt", "updatedAt"
    )
    select s."id" as session_id, s."token" as token, s."ipAddress" as ip_address, s."userAgent" as user_agent, "#,
    time!(r#"coalesce(r."expiresAt", s."expiresAt")"#),
    " as expires_at, ",
    time!(r#"s."createdAt""#),
    " as created_at, ",
    time!(r#"coalesce(r."updatedAt", s."updatedAt")"#),
    r#" as updated_at, s."createdAt" > now() - $7::bigint * interval '1 second' as fresh,
    r."id" is not null as refreshed, k."id" as key_id, k."privateKey" as private_key,
    not exists (select from "jwks" where "#,
    live_key!("$5", "$6"),
    " and ",
    lasting_key!("$8", "$9"),
    ") as key_is_due, ",
    user_columns!(),
    r#"
    from "session" s
    join "user" u on u."id" = s."userId"
    left join refreshed r on r."id" = s."id"
    left join lateral (
        select "id", "privateKey" from "jwks" where "#,
    live_key!("$5", "$6"),
    " order by ",
    signing_order!("$8"),
    r#" limit 1
    ) k on true
    where s."token" = $1::text and s."expiresAt" >= now()"#
);
