-- Stores that a user lets a client do this, and in which session. The id is made of the pair, so that two requests at the same moment add
-- one row.
-- $1 client, $2 user, $3 scopes, $4 resources, $5 session
with known as (
  update "oauthConsent" set
    "scopes" = $3::text::jsonb, "resources" = $4::text::jsonb, "requestedUserInfoClaims" = '[]',
    "updatedAt" = date_trunc('milliseconds', now())
  where "clientId" = $1::text and "userId" = $2::text and "referenceId" is null
  returning "id"
),
added as (
  insert into "oauthConsent"
    ("id", "clientId", "userId", "scopes", "resources", "requestedUserInfoClaims", "createdAt", "updatedAt")
  select md5($1::text || ' ' || $2::text), $1::text, $2::text, $3::text::jsonb, $4::text::jsonb, '[]', t.now, t.now
  from (select date_trunc('milliseconds', now()) as now) as t
  where not exists (select from known)
  on conflict ("id") do update set
    "scopes" = excluded."scopes", "resources" = excluded."resources", "updatedAt" = excluded."updatedAt"
  returning "id"
)
insert into todo.consent_session (consent_id, session_id)
select "id", $5::text from known union all select "id", $5::text from added
on conflict (consent_id) do update set session_id = excluded.session_id
