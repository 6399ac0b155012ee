-- A refresh token, used or not, with its client, its session while that lives, whether the user still lets the client in, the encrypted
-- response of its use while that may be repeated, whether it was used not long ago, and the key that signs (function of migration 0011); one row in which `found` is null if
-- there is none, or its user is banned (function of migration 0016).
-- $1 hash of the token, $2 algorithm, $3 curve, $4 seconds of notice of a key, $5 greatest age of a key in seconds,
-- $6 seconds for which a used token gives new ones
select r.* from (select) as always left join (
  select true as found,
    r."id" as id, row_to_json(c)::text as client, r."userId" as user_id, s."id" as session_id,
    r."authorizationCodeId" as family, r."scopes"::text as scopes, r."resources"::text as resources,
    extract(epoch from r."authTime")::bigint as auth_time, r."expiresAt" <= now() as expired, r."revoked" is not null as used,
    case when r."rotatedAt" is not null and r."rotationReplayExpiresAt" >= now() then r."rotationReplayResponse" end as replay,
    coalesce(r."rotatedAt" > now() - $6::bigint * interval '1 second', false) as used_recently,
    coalesce(c."skipConsent", false)
      or exists (select from "oauthConsent" as o where o."clientId" = r."clientId" and o."userId" = r."userId") as consented,
    k.id as key_id, k.private_key, k.is_due as key_is_due
  from "oauthRefreshToken" as r
  join "oauthClient" as c on c."clientId" = r."clientId"
  left join "session" as s on s."id" = r."sessionId" and s."expiresAt" > now()
  cross join todo.auth_signing_key($2::text, $3::text, $4::bigint, $5::bigint) as k
  where r."token" = $1::text
    and not exists (select from "user" as u where u."id" = r."userId" and todo.auth_is_banned(to_jsonb(u)))
) as r on true
