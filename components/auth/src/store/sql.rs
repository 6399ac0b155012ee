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

/// Parameter: user id.
pub(crate) const SESSIONS: &str = concat!(
    r#"select s."id" as session_id, s."token" as token, s."ipAddress" as ip_address, s."userAgent" as user_agent,
        s."userId" as user_id, "#,
    time!(r#"s."expiresAt""#),
    " as expires_at, ",
    time!(r#"s."createdAt""#),
    " as created_at, ",
    time!(r#"s."updatedAt""#),
    r#" as updated_at
    from "session" s where s."userId" = $1::text and s."expiresAt" > now() order by s."createdAt", s."id""#
);

/// Parameters: user id, token.
pub(crate) const END_SESSION_OF: &str = r#"delete from "session" where "userId" = $1::text and "token" = $2::text"#;

/// Parameters: user id, token of the session that stays.
pub(crate) const END_SESSIONS: &str =
    r#"delete from "session" where "userId" = $1::text and ($2::text is null or "token" <> $2::text)"#;

/// Parameters: user id, name or null, whether the image changes, image.
pub(crate) const CHANGE_PROFILE: &str = r#"
    update "user" set "name" = coalesce($2::text, "name"),
        "image" = case when $3::boolean then $4::text else "image" end,
        "updatedAt" = date_trunc('milliseconds', now())
    where "id" = $1::text"#;

/// Parameter: user id.
pub(crate) const PASSWORD: &str = r#"
    select "password" as password from "account"
    where "userId" = $1::text and "accountId" = $1::text and "providerId" = 'credential'
    order by "createdAt" limit 1"#;

/// Parameters: user id, the hash so far, the new hash, whether sessions end and one begins, id, token, seconds,
/// address, agent.
pub(crate) const CHANGE_PASSWORD: &str = r#"
    with changed as (
        update "account" set "password" = $3::text, "updatedAt" = date_trunc('milliseconds', now())
        where "userId" = $1::text and "accountId" = $1::text and "providerId" = 'credential' and "password" = $2::text
        returning "userId"
    ), ended as (
        delete from "session" where $4::boolean and "userId" in (select "userId" from changed)
    ), begun as (
        insert into "session" ("id", "token", "userId", "expiresAt", "createdAt", "updatedAt", "ipAddress", "userAgent")
        select $5::text, $6::text, $1::text, t.now + $7::bigint * interval '1 second', t.now, t.now, $8::text, $9::text
        from (select date_trunc('milliseconds', now()) as now) t
        where $4::boolean and exists (select from changed)
    )
    select exists (select from changed) as changed"#;

/// Parameters: id, identifier, e-mail, seconds. An unknown address gets a row as well, which names nobody, so that
/// both take the same time.
pub(crate) const ADD_RESET: &str = r#"
    with lapsed as (
        delete from "verification" where "id" in (
            select "id" from "verification" where "expiresAt" < now() - interval '1 day' limit 100 for update skip locked
        )
    ), owner as (
        select "id" from "user" where "email" = $3::text
    ), added as (
        insert into "verification" ("id", "identifier", "value", "expiresAt", "createdAt", "updatedAt")
        select $1::text, $2::text, coalesce((select "id" from owner), ''), t.now + $4::bigint * interval '1 second',
            t.now, t.now
        from (select date_trunc('milliseconds', now()) as now) t
    )
    select exists (select from owner) as known"#;

/// Parameters: identifier, hash, id for a new account row. A user without a password gets one.
pub(crate) const RESET_PASSWORD: &str = r#"
    with spent as (
        delete from "verification" where "identifier" = $1::text returning "value", "expiresAt"
    ), owner as (
        select u."id" from spent s join "user" u on u."id" = s."value" where s."expiresAt" > now() limit 1
    ), changed as (
        update "account" a set "password" = $2::text, "updatedAt" = date_trunc('milliseconds', now())
        from owner o where a."userId" = o."id" and a."accountId" = o."id" and a."providerId" = 'credential'
        returning a."id"
    ), added as (
        insert into "account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
        select $3::text, o."id", 'credential', o."id", $2::text, t.now, t.now
        from owner o, (select date_trunc('milliseconds', now()) as now) t
        where not exists (select from changed)
    )
    select exists (select from owner) as done"#;

/// Parameters: e-mail, user id or null. The user as it is afterwards, also if the id is another's or nothing changed.
pub(crate) const VERIFY_EMAIL: &str = concat!(
    r#"with changed as (
        update "user" set "emailVerified" = true, "updatedAt" = date_trunc('milliseconds', now())
        where "email" = $1::text and ($2::text is null or "id" = $2::text) and not "emailVerified"
        returning *
    ), u as (
        select * from changed union all
        select * from "user" where "email" = $1::text and not exists (select from changed)
    )
    select "#,
    user_columns!(),
    " , exists (select from changed) as changed from u"
);

/// Parameters: user id, the address so far, the new address.
pub(crate) const CHANGE_EMAIL: &str = concat!(
    r#"with u as (
        update "user" set "email" = $3::text, "updatedAt" = date_trunc('milliseconds', now())
        where "id" = $1::text and "email" = $2::text
        returning *
    ) select "#,
    user_columns!(),
    " from u"
);

/// Parameter: user id.
pub(crate) const USER: &str = concat!("select ", user_columns!(), r#" from "user" u where u."id" = $1::text"#);

/// Parameter: user id. Everything of the user goes with it by foreign keys.
pub(crate) const DELETE_USER: &str = r#"delete from "user" where "id" = $1::text"#;

/// Parameters: user id, identifier of the token, which is spent.
pub(crate) const DELETE_USER_WITH: &str = r#"
    with spent as (
        delete from "verification" where "identifier" = $2::text and "value" = $1::text returning "expiresAt"
    )
    delete from "user" where "id" = $1::text and exists (select from spent where "expiresAt" > now())"#;

/// Parameters: user id, name, e-mail, image, account id, password hash.
pub(crate) const REGISTER: &str = concat!(
    r#"with t as (
        select date_trunc('milliseconds', now()) as now
    ), added as (
        insert into "user" ("id", "name", "email", "emailVerified", "image", "createdAt", "updatedAt")
        select $1::text, $2::text, $3::text, false, $4::text, t.now, t.now from t
        on conflict ("email") do nothing
        returning *
    ), a as (
        insert into "account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
        select $5::text, "id", 'credential', "id", $6::text, "createdAt", "createdAt" from added
    ), u as (
        select $1::text as "id", $2::text as "name", $3::text as "email", false as "emailVerified", $4::text as "image",
            t.now as "createdAt", t.now as "updatedAt"
        from t
    )
    select "#,
    user_columns!(),
    ", exists (select from added) as added from u"
);
