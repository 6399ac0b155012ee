-- The private keys that have not expired, in the order in which they sign (migration 0011); one row in which `found` is null if there are
-- none.
-- $1 algorithm, $2 curve, $3 seconds of notice of a key
select k.* from (select) as always left join (
  select true as found, "id" as key_id, "privateKey" as private_key,
    row_number() over (
      order by "createdAt" > now() - $3::bigint * interval '1 second',
        case when "createdAt" > now() - $3::bigint * interval '1 second' then "createdAt" end,
        "createdAt" desc, "id"
    ) as place
  from "jwks"
  where coalesce("alg", $1::text) = $1::text and coalesce("crv", $2::text) = $2::text
    and ("expiresAt" is null or "expiresAt" > now())
) as k on true
order by k.place
