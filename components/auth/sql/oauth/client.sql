-- The row of a client as JSON; null if there is none. A client that no user has let in yet is kept from now on.
-- $1 client
with used as (
  update todo.oauth_registration set registered_at = now()
  where client_id = $1::text and registered_at < now() - interval '1 hour'
)
select (select row_to_json(c)::text from "oauthClient" as c where c."clientId" = $1::text) as client
