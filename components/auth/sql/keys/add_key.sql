-- Adds the next key when it is time and lets the others expire; returns the key that signs then, by the rule of `auth_signing_key`
-- (migration 0011). In its one row `found` is null when another request stored the same id at the same moment: then that key can be
-- read from now on.
-- $1 id, $2 public key, $3 private key, $4 algorithm, $5 curve, $6 seconds of notice, $7 greatest age in seconds
with live as (
  select "id", "privateKey", "createdAt", "expiresAt" from "jwks"
  where coalesce("alg", $4::text) = $4::text and coalesce("crv", $5::text) = $5::text
    and ("expiresAt" is null or "expiresAt" > now())
),
added as (
  insert into "jwks" ("id", "publicKey", "privateKey", "createdAt", "alg", "crv")
  select $1::text, $2::text, $3::text, date_trunc('milliseconds', now()), $4::text, $5::text
  where not exists (
    select from live
    where "createdAt" > now() - $7::bigint * interval '1 second'
      and ("expiresAt" is null or "expiresAt" > now() + $6::bigint * interval '1 second')
  )
  on conflict ("id") do nothing
  returning "id", "privateKey", "createdAt", "expiresAt"
),
retired as (
  update "jwks" set "expiresAt" = date_trunc('milliseconds', now()) + $6::bigint * interval '1 second'
  where exists (select from added) and "id" in (select "id" from live)
    and ("expiresAt" is null or "expiresAt" > now() + $6::bigint * interval '1 second')
)
select k.* from (select) as always left join (
  select true as found, "id" as key_id, "privateKey" as private_key
  from (select * from live union all select * from added) as k
  order by "createdAt" > now() - $6::bigint * interval '1 second',
    case when "createdAt" > now() - $6::bigint * interval '1 second' then "createdAt" end,
    "createdAt" desc, "id"
  limit 1
) as k on true
