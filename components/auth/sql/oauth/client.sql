-- The row of a client as JSON; null if there is none.
-- $1 client
select (select row_to_json(c)::text from "oauthClient" as c where c."clientId" = $1::text) as client
