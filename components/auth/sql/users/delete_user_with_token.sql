-- Deletes a user, if the token for it is good, and uses the token up.
-- $1 user, $2 identifier of the token
with spent as (
  delete from "verification" where "identifier" = $2::text and "value" = $1::text returning "expiresAt"
)
delete from "user" where "id" = $1::text and exists (select from spent where "expiresAt" > now())
