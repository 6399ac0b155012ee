//! Every statement of this component, on Better Auth's tables. A row is found by its unguessable token, by
//! its unique e-mail address, or through its owner. Times are written in whole milliseconds, as the genuine
//! server does, and read as text.

pub(crate) use db::time;

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

/// The columns of the key `k` that signs, and whether it is time for the next one.
macro_rules! key_columns {
    () => {
        r#"k."id" as key_id, k."privateKey" as private_key, not coalesce(k.lasts, false) as key_is_due"#
    };
}

/// Joins the key `k` that signs. Arguments: algorithm, curve, seconds of notice and of the greatest age.
macro_rules! join_key {
    ($alg:literal, $crv:literal, $lead:literal, $max_age:literal) => {
        concat!(
            r#" left join (
                select "id", "privateKey", bool_or("#,
            $crate::store::sql::lasting_key!($lead, $max_age),
            r#") over () as lasts from "jwks" where "#,
            $crate::store::sql::live_key!($alg, $crv),
            " order by ",
            $crate::store::sql::signing_order!($lead),
            " limit 1
            ) k on true "
        )
    };
}

pub(crate) use join_key;
pub(crate) use key_columns;
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

/// Parameters: token, seconds of freshness, seconds that are left to a session that is to be prolonged, and the key's:
/// algorithm, curve, seconds of notice and of the greatest age. It only reads, since that is planned much faster.
pub(crate) const SESSION: &str = concat!(
    r#"select s."id" as session_id, s."token" as token, s."ipAddress" as ip_address, s."userAgent" as user_agent, "#,
    time!(r#"s."expiresAt""#),
    " as expires_at, ",
    time!(r#"s."createdAt""#),
    " as created_at, ",
    time!(r#"s."updatedAt""#),
    r#" as updated_at, s."expiresAt" < now() as expired, s."createdAt" > now() - $2::bigint * interval '1 second' as fresh,
    s."expiresAt" <= now() + $3::bigint * interval '1 second' as ends_soon, "#,
    key_columns!(),
    ", ",
    user_columns!(),
    r#"
    from "session" s
    join "user" u on u."id" = s."userId""#,
    join_key!("$4", "$5", "$6", "$7"),
    r#"where s."token" = $1::text"#
);

/// Parameters: token, seconds. No row for a session that has ended meanwhile.
pub(crate) const PROLONG_SESSION: &str = concat!(
    r#"update "session" set "expiresAt" = date_trunc('milliseconds', now()) + $2::bigint * interval '1 second',
        "updatedAt" = date_trunc('milliseconds', now())
    where "token" = $1::text and "expiresAt" >= now()
    returning "#,
    time!(r#""expiresAt""#),
    " as expires_at, ",
    time!(r#""updatedAt""#),
    " as updated_at"
);
