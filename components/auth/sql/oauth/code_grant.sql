-- A code, which stays, with what belongs to it: the client that a request names, the session that the code was given in while that lives,
-- whether the user still lets the client in, and the key that signs (function of migration 0011). What is not there is null.
-- $1 hash of the code, $2 client, $3 algorithm, $4 curve, $5 seconds of notice of a key, $6 greatest age of a key in seconds
select v."value" as value, row_to_json(c)::text as client, s."id" as session_id,
  coalesce(c."skipConsent", false)
    or exists (select from "oauthConsent" as o where o."clientId" = c."clientId" and o."userId" = s."userId") as consented,
  k.id as key_id, k.private_key, k.is_due as key_is_due
from todo.auth_signing_key($3::text, $4::text, $5::bigint, $6::bigint) as k
left join "verification" as v on v."identifier" = $1::text and v."expiresAt" > now()
left join "oauthClient" as c on c."clientId" = $2::text
left join "session" as s on s."id" = v."value"::json ->> 'sessionId' and s."userId" = v."value"::json ->> 'userId'
  and s."expiresAt" > now()
  and not exists (select from "user" as u where u."id" = s."userId" and todo.auth_is_banned(to_jsonb(u)))
limit 1
