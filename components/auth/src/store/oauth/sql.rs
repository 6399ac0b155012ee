//! The statements of OAuth. A client is found by its public id; a code and a token by a hash that only its holder
//! can name; everything of a user through the user.

use crate::store::sql::{join_key, key_columns, time, user_columns};

/// Parameter: client id.
pub(super) const CLIENT: &str =
    r#"select row_to_json(c)::text as client from "oauthClient" c where c."clientId" = $1::text"#;

/// Parameter: client id.
pub(super) const RECENT_CLIENT: &str = r#"
    select row_to_json(c)::text as client from "oauthClient" c
    where c."clientId" = $1::text and c."updatedAt" > now() - interval '1 hour'"#;

/// Parameters: id, columns as JSON, resource, id of its row, id of the link. On the way some clients go that nobody
/// has let in for a day, and the oldest of more than 10,000 of them. A client that is known is described anew.
pub(super) const ADD_CLIENT: &str = r#"
    with stale as (
        delete from "oauthClient" where "clientId" in (
            (select client_id from oauth_registration where registered_at < now() - interval '1 day'
             order by registered_at limit 100)
            union all
            select client_id from (
                select client_id from oauth_registration order by registered_at desc offset 10000 limit 100
            ) many
        ) and "clientId" <> $2::text::jsonb ->> 'clientId'
    ), client as (
        insert into "oauthClient"
        select r.* from (select date_trunc('seconds', now()) as now) t,
            jsonb_populate_record(null::"oauthClient", $2::text::jsonb
                || jsonb_build_object('id', $1::text, 'createdAt', t.now, 'updatedAt', t.now)) r
        on conflict ("clientId") do update set "name" = excluded."name", "uri" = excluded."uri", "icon" = excluded."icon",
            "contacts" = excluded."contacts", "tos" = excluded."tos", "policy" = excluded."policy",
            "softwareId" = excluded."softwareId", "softwareVersion" = excluded."softwareVersion",
            "redirectUris" = excluded."redirectUris", "applicationType" = excluded."applicationType",
            "grantTypes" = excluded."grantTypes", "updatedAt" = excluded."updatedAt"
        returning "clientId", xmax = 0 as is_new
    ), resource as (
        insert into "oauthResource" ("id", "identifier", "name", "createdAt", "updatedAt")
        values ($4::text, $3::text, $3::text, now(), now())
        on conflict ("identifier") do nothing
    ), link as (
        insert into "oauthClientResource" ("id", "clientId", "resourceId", "createdAt")
        select $5::text, "clientId", $3::text, now() from client where is_new
    )
    insert into oauth_registration (client_id) select "clientId" from client where is_new returning client_id"#;

/// Whether a user lets a client in.
macro_rules! consented {
    ($client:literal, $user:literal) => {
        concat!(
            "(coalesce(c.\"skipConsent\", false) or exists (select from \"oauthConsent\" o where o.\"clientId\" = ",
            $client,
            " and o.\"userId\" = ",
            $user,
            "))"
        )
    };
}

/// Parameters: id, hash of the code, value, seconds, client id, user id, scopes, resources. No row without consent.
/// A client that was let in once is kept.
pub(super) const ADD_CODE: &str = r#"
    with consented as (
        select c."clientId" from "oauthClient" c
        where c."clientId" = $5::text and coalesce(c."disabled", false) = false and (
            coalesce(c."skipConsent", false) or exists (
                select from "oauthConsent" o
                where o."clientId" = c."clientId" and o."userId" = $6::text and o."scopes" @> $7::text::jsonb
                    and coalesce(o."resources", '[]'::jsonb) @> $8::text::jsonb
            )
        )
    ), used as (
        delete from oauth_registration where client_id in (select "clientId" from consented)
    )
    insert into "verification" ("id", "identifier", "value", "expiresAt", "createdAt", "updatedAt")
    select $1::text, $2::text, $3::text, t.now + $4::bigint * interval '1 second', t.now, t.now
    from consented, (select date_trunc('milliseconds', now()) as now) t
    returning "id""#;

/// Parameters: client id, user id, scopes, resources. The id is made of the pair, so that two requests at the same
/// moment add one row.
pub(super) const ADD_CONSENT: &str = r#"
    with known as (
        update "oauthConsent" set "scopes" = $3::text::jsonb, "resources" = $4::text::jsonb,
            "requestedUserInfoClaims" = '[]', "updatedAt" = date_trunc('milliseconds', now())
        where "clientId" = $1::text and "userId" = $2::text and "referenceId" is null
        returning "id"
    )
    insert into "oauthConsent" ("id", "clientId", "userId", "scopes", "resources", "requestedUserInfoClaims", "createdAt", "updatedAt")
    select md5($1::text || ' ' || $2::text), $1::text, $2::text, $3::text::jsonb, $4::text::jsonb, '[]', t.now, t.now
    from (select date_trunc('milliseconds', now()) as now) t
    where not exists (select from known)
    on conflict ("id") do update set "scopes" = excluded."scopes", "resources" = excluded."resources", "updatedAt" = excluded."updatedAt""#;

/// Parameter: user id.
pub(super) const CONSENTS: &str = concat!(
    r#"select o."id" as id, o."clientId" as client_id, o."userId" as user_id, o."referenceId" as reference_id,
        o."resources"::text as resources, o."requestedUserInfoClaims"::text as claims, o."scopes"::text as scopes, "#,
    time!(r#"o."createdAt""#),
    " as created_at, ",
    time!(r#"o."updatedAt""#),
    r#" as updated_at
    from "oauthConsent" o where o."userId" = $1::text order by o."createdAt", o."id""#
);

/// Parameters: id, user id. A row if there was such a consent of this user.
pub(super) const DELETE_CONSENT: &str = r#"
    with gone as (
        delete from "oauthConsent" o using "oauthConsent" named
        where named."id" = $1::text and named."userId" = $2::text
            and o."clientId" = named."clientId" and o."userId" = named."userId"
        returning o."clientId" as client_id
    ), refresh as (
        delete from "oauthRefreshToken" where "userId" = $2::text and "clientId" in (select client_id from gone)
    ), access as (
        delete from "oauthAccessToken" where "userId" = $2::text and "clientId" in (select client_id from gone)
    )
    select client_id from gone limit 1"#;

/// Parameters: hash of the code, client id, and those of the key. Always one row.
pub(super) const PRESENTED: &str = concat!(
    r#"select v."value" as value, row_to_json(c)::text as client, s."id" as session_id, "#,
    consented!(r#"c."clientId""#, r#"s."userId""#),
    " as consented, ",
    key_columns!(),
    r#" from (select $1::text as code, $2::text as client) asked
    left join "verification" v on v."identifier" = asked.code and v."expiresAt" > now()
    left join "oauthClient" c on c."clientId" = asked.client
    left join "session" s on s."id" = v."value"::json ->> 'sessionId' and s."userId" = v."value"::json ->> 'userId'
        and s."expiresAt" > now()"#,
    join_key!("$3", "$4", "$5", "$6"),
    "limit 1"
);

/// Parameter: hash of the code.
pub(super) const BURN: &str = r#"delete from "verification" where "identifier" = $1::text"#;

/// Parameters: hash of the code, id, hash of the refresh token or null, client id, session id, user id, resources,
/// scopes, time of the sign-in, seconds. No row if the code is gone.
pub(super) const EXCHANGE: &str = r#"
    with burnt as (
        delete from "verification" where "identifier" = $1::text and "expiresAt" > now() returning "identifier"
    ), kept as (
        insert into "oauthRefreshToken" ("id", "token", "clientId", "sessionId", "userId", "authorizationCodeId",
            "resources", "scopes", "authTime", "expiresAt", "createdAt")
        select $2::text, $3::text, $4::text, $5::text, $6::text, burnt."identifier", $7::text::jsonb, $8::text::jsonb,
            to_timestamp($9::bigint), t.now + $10::bigint * interval '1 second', t.now
        from burnt, (select date_trunc('milliseconds', now()) as now) t
        where $3::text is not null
    )
    select 1 as burnt from burnt"#;

/// Parameter: hash of the code.
pub(super) const REVOKE_OF_CODE: &str = r#"
    with access as (delete from "oauthAccessToken" where "authorizationCodeId" = $1::text)
    delete from "oauthRefreshToken" where "authorizationCodeId" = $1::text"#;

/// Parameters: hash of the token, and those of the key.
pub(super) const REFRESH: &str = concat!(
    r#"select r."id" as id, row_to_json(c)::text as client, r."userId" as user_id, s."id" as session_id,
        r."authorizationCodeId" as code_id, r."scopes"::text as scopes, r."resources"::text as resources,
        extract(epoch from r."authTime")::bigint as auth_time, r."expiresAt" <= now() as expired,
        r."revoked" is not null as used,
        case when r."rotatedAt" is not null and r."rotationReplayExpiresAt" >= now()
            then r."rotationReplayResponse" end as replay, "#,
    consented!(r#"r."clientId""#, r#"r."userId""#),
    " as consented, ",
    key_columns!(),
    r#" from "oauthRefreshToken" r
    join "oauthClient" c on c."clientId" = r."clientId"
    left join "session" s on s."id" = r."sessionId" and s."expiresAt" > now()"#,
    join_key!("$2", "$3", "$4", "$5"),
    r#"where r."token" = $1::text"#
);

/// Parameters: id, id and hash of the next one, encrypted answer, seconds to repeat it, seconds of the next one. On the way
/// the user's tokens that ended go, and the answers that are not repeated any more.
pub(super) const ROTATE: &str = r#"
    with used as (
        update "oauthRefreshToken" set "revoked" = date_trunc('milliseconds', now()),
            "rotatedAt" = date_trunc('milliseconds', now()), "rotationReplayResponse" = $4::text,
            "rotationReplayExpiresAt" = date_trunc('milliseconds', now()) + $5::bigint * interval '1 second'
        where "id" = $1::text and "revoked" is null
        returning *
    ), ended as (
        delete from "oauthRefreshToken" where "id" in (
            select r."id" from "oauthRefreshToken" r, used
            where r."userId" = used."userId" and r."id" <> used."id" and r."expiresAt" <= now()
            limit 100 for update of r skip locked
        )
    ), told as (
        update "oauthRefreshToken" set "rotationReplayResponse" = null where "id" in (
            select r."id" from "oauthRefreshToken" r, used
            where r."userId" = used."userId" and r."expiresAt" > now() and r."rotationReplayExpiresAt" < now()
                and r."rotationReplayResponse" is not null
            limit 100 for update of r skip locked
        )
    )
    insert into "oauthRefreshToken" ("id", "token", "clientId", "sessionId", "userId", "referenceId",
        "authorizationCodeId", "resources", "requestedUserInfoClaims", "scopes", "authTime", "confirmation",
        "expiresAt", "createdAt")
    select $2::text, $3::text, "clientId", "sessionId", "userId", "referenceId", "authorizationCodeId", "resources",
        "requestedUserInfoClaims", "scopes", "authTime", "confirmation",
        "revoked" + $6::bigint * interval '1 second', "revoked"
    from used
    returning "id""#;

/// Parameters: client id, user id, the family's code or null, id of the token.
pub(super) const DELETE_FAMILY: &str = r#"
    delete from "oauthRefreshToken" where "clientId" = $1::text and "userId" = $2::text
        and ("id" = $4::text or "authorizationCodeId" = $3::text)"#;

/// Parameters: hash of the token, client id.
pub(super) const REVOKE: &str = r#"
    update "oauthRefreshToken" r set "revoked" = coalesce(r."revoked", date_trunc('milliseconds', now())),
        "rotationReplayResponse" = null, "rotationReplayExpiresAt" = null
    from "oauthRefreshToken" named
    where named."token" = $1::text and named."clientId" = $2::text and r."clientId" = named."clientId"
        and r."userId" = named."userId"
        and (r."id" = named."id" or r."authorizationCodeId" = named."authorizationCodeId")"#;

/// Parameters: user id, session id or null.
pub(super) const USER_OF_TOKEN: &str = concat!(
    "select ",
    user_columns!(),
    r#" from "user" u where u."id" = $1::text
        and ($2::text is null or exists (
            select from "session" s where s."id" = $2::text and s."userId" = u."id" and s."expiresAt" > now()
        ))"#
);
