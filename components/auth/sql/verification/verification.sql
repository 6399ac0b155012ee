-- The newest value under an identifier, which stays; null if there is none.
-- $1 identifier
select (
  select "value" from "verification" where "identifier" = $1::text and "expiresAt" > now() order by "createdAt" desc limit 1
) as value
