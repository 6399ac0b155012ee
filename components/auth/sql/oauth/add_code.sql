-- Stores a code, if the user consented to all of it (`added`). A client that was let in once is kept.
-- $1 id, $2 hash of the code, $3 value, $4 seconds, $5 client, $6 user, $7 scopes, $8 resources
with consented as (
  select c."clientId" from "oauthClient" as c
  where c."clientId" = $5::text and coalesce(c."disabled", false) = false and (
    coalesce(c."skipConsent", false)
    or exists (
      select from "oauthConsent" as o
      where o."clientId" = c."clientId" and o."userId" = $6::text and o."scopes" @> $7::text::jsonb
        and coalesce(o."resources", '[]'::jsonb) @> $8::text::jsonb
    )
  )
),
used as (
  delete from todo.oauth_registration where client_id in (select "clientId" from consented)
),
code as (
  insert into "verification" ("id", "identifier", "value", "expiresAt", "createdAt", "updatedAt")
  select $1::text, $2::text, $3::text, t.now + $4::bigint * interval '1 second', t.now, t.now
  from consented, (select date_trunc('milliseconds', now()) as now) as t
  returning "id"
)
select exists (select from code) as added
