-- The row of a client as JSON; null if there is none, or if it was described more than an hour ago.
-- $1 client
select (
  select row_to_json(c)::text from "oauthClient" as c
  where c."clientId" = $1::text and c."updatedAt" > now() - interval '1 hour'
) as client
