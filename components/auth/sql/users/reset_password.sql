-- Sets a new password and uses the token for it up; one row in which `found` is null if the token is not good or the user is banned. A user without a password gets one.
-- The link was in the user's mailbox: the address is proved, and so is the password. All sessions, clients and other links end (functions
-- of migration 0015).
-- $1 identifier of the token, $2 hash, $3 id of a new account
with spent as (
  delete from "verification" where "identifier" = $1::text returning "value", "expiresAt"
),
owner as (
  select u."id", u."email" from spent as s join "user" as u on u."id" = s."value" where s."expiresAt" > now() and not todo.auth_is_banned(to_jsonb(u)) limit 1
),
changed as (
  update "account" as a set "password" = $2::text, "updatedAt" = date_trunc('milliseconds', now())
  from owner as o
  where a."userId" = o."id" and a."accountId" = o."id" and a."providerId" = 'credential'
  returning a."id"
),
added as (
  insert into "account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
  select $3::text, o."id", 'credential', o."id", $2::text, t.now, t.now
  from owner as o, (select date_trunc('milliseconds', now()) as now) as t
  where not exists (select from changed)
  returning "id"
),
proved as (
  insert into todo.proved_password (account_id)
  select "id" from changed union all select "id" from added
  on conflict (account_id) do nothing
),
verified as (
  update "user" set "emailVerified" = true, "updatedAt" = date_trunc('milliseconds', now())
  where "id" in (select "id" from owner) and not "emailVerified"
)
select done.* from (select) as always left join (
  select true as found, o."id" as user_id, o."email" as email,
    todo.auth_end_access(o."id", null, null) and todo.auth_end_links(o."id", true) as ended
  from owner as o
) as done on true
