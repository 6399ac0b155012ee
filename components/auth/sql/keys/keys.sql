-- The public keys, oldest first; one row in which `found` is null if there are none. An expired key stays for thirty days, much longer
-- than any token that it signed.
select k.found, k.id, k.alg, k.crv, k.public_key from (select) as always left join (
  select true as found, "id" as id, "alg" as alg, "crv" as crv, "publicKey" as public_key, "createdAt" as created_at
  from "jwks"
  where "expiresAt" is null or "expiresAt" > now() - interval '30 days'
) as k on true
order by k.created_at, k.id
