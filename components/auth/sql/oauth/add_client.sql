-- Adds a client, or describes one anew that is known. On the way some clients are deleted that no user has let in and that were not used
-- for 30 days, and the oldest of more than 10,000 of them.
-- $1 id, $2 columns as JSON, $3 resource, $4 id of its row, $5 id of the link between both
with stale as (
  delete from "oauthClient" where "clientId" in (
    (
      select client_id from todo.oauth_registration
      where registered_at < now() - interval '30 days'
      order by registered_at
      limit 100
    )
    union all
    select client_id from (
      select client_id from todo.oauth_registration order by registered_at desc offset 10000 limit 100
    ) as many
  ) and "clientId" <> $2::text::jsonb ->> 'clientId'
),
client as (
  insert into "oauthClient"
  select r.*
  from (select date_trunc('seconds', now()) as now) as t,
    jsonb_populate_record(
      null::"oauthClient",
      $2::text::jsonb || jsonb_build_object('id', $1::text, 'createdAt', t.now, 'updatedAt', t.now)
    ) as r
  on conflict ("clientId") do update set
    "name" = excluded."name", "uri" = excluded."uri", "icon" = excluded."icon", "contacts" = excluded."contacts",
    "tos" = excluded."tos", "policy" = excluded."policy", "softwareId" = excluded."softwareId",
    "softwareVersion" = excluded."softwareVersion", "redirectUris" = excluded."redirectUris",
    "applicationType" = excluded."applicationType", "grantTypes" = excluded."grantTypes", "updatedAt" = excluded."updatedAt"
  returning "clientId", xmax = 0 as is_new
),
resource as (
  insert into "oauthResource" ("id", "identifier", "name", "createdAt", "updatedAt")
  values ($4::text, $3::text, $3::text, now(), now())
  on conflict ("identifier") do nothing
),
link as (
  insert into "oauthClientResource" ("id", "clientId", "resourceId", "createdAt")
  select $5::text, "clientId", $3::text, now() from client where is_new
)
insert into todo.oauth_registration (client_id) select "clientId" from client where is_new
