-- Deletes a user as delete_user.sql does, if the token for it is good, and uses the token up.
-- The second factor goes by a function of migration 0027.
-- $1 user, $2 identifier of the token
with spent as (
  delete from "verification" where "identifier" = $2::text and "value" = $1::text returning "expiresAt"
),
person as (select "id" from "user" where "id" = $1::text and exists (select from spent where "expiresAt" > now())),
sessions as (delete from "session" where "userId" in (select "id" from person)),
accounts as (delete from "account" where "userId" in (select "id" from person)),
consents as (delete from "oauthConsent" where "userId" in (select "id" from person)),
stored as (delete from "oauthAccessToken" where "userId" in (select "id" from person)),
refresh as (delete from "oauthRefreshToken" where "userId" in (select "id" from person))
delete from "user" where "id" in (select "id" from person where todo.auth_drop_second_factor("id"))
