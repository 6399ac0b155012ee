-- Deletes a user with all that is theirs: Better Auth's tables by name, since older versions made their foreign keys without a cascade.
-- The second factor goes by a function of migration 0027.
-- $1 user
with person as (select "id" from "user" where "id" = $1::text),
sessions as (delete from "session" where "userId" in (select "id" from person)),
accounts as (delete from "account" where "userId" in (select "id" from person)),
consents as (delete from "oauthConsent" where "userId" in (select "id" from person)),
stored as (delete from "oauthAccessToken" where "userId" in (select "id" from person)),
refresh as (delete from "oauthRefreshToken" where "userId" in (select "id" from person))
delete from "user" where "id" in (select "id" from person where todo.auth_drop_second_factor("id"))
