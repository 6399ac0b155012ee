-- Gives an account back to who reads its mails, with the address that it had: the password goes, and with it all sessions, clients and links
-- (functions of migration 0015). `done` is false if the user is gone, has another address meanwhile, or the old address is another user's.
-- A token for a new password is stored.
-- $1 user, $2 address that the account gets back or null, $3 address that it must have for that, $4 id of the token's row, $5 its identifier,
-- $6 its seconds
with person as (
  update "user" as u set "email" = coalesce($2::text, u."email"), "emailVerified" = true, "updatedAt" = date_trunc('milliseconds', now())
  where u."id" = $1::text and not todo.auth_is_banned(to_jsonb(u)) and ($2::text is null or u."email" = $3::text and not exists (
    select from "user" as other where lower(other."email") = lower($2::text) and other."id" <> u."id"
  ))
  returning u."id"
),
dropped as (
  update "account" as a set "password" = null, "updatedAt" = date_trunc('milliseconds', now())
  where a."userId" in (select "id" from person) and a."providerId" = 'credential'
  returning a."id"
),
unproved as (
  delete from todo.proved_password where account_id in (select "id" from dropped)
),
ended as (
  select "id" from person where todo.auth_end_access("id", null, null) and todo.auth_end_links("id", true)
),
added as (
  insert into "verification" ("id", "identifier", "value", "expiresAt", "createdAt", "updatedAt")
  select $4::text, $5::text, e."id", t.now + $6::bigint * interval '1 second', t.now, t.now
  from ended as e, (select date_trunc('milliseconds', now()) as now) as t
  returning true
)
select exists (select from added) as done
