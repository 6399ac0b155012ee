-- The newest value under an identifier, which is deleted; null if there is none. Of two requests at the same moment, one gets it.
-- $1 identifier
with consumed as (
  delete from "verification" where "identifier" = $1::text returning *
)
select (select "value" from consumed where "expiresAt" > now() order by "createdAt" desc limit 1) as value
