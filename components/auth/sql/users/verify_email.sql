-- Marks an address as proved and returns its user with whether the link is good (`good`) and something changed (`changed`); one row in
-- which `found` is null if no user has the address. A link is good for one user and for the password of its own sign-up. One that names
-- no password is another server's or an older release's: no sign-up may have replaced the password since the user was made.
-- $1 e-mail, $2 user or null for any, $3 the account with the password, empty for none, null if it is not known, $4 user who is signed in
-- in this browser, or null
with good as (
  select u."id", a."id" as account_id
  from "user" as u
  left join "account" as a on a."userId" = u."id" and a."accountId" = u."id" and a."providerId" = 'credential'
  where u."email" = $1::text and ($2::text is null or u."id" = $2::text) and case
    when $3::text is null then a."id" is null or a."createdAt" < u."createdAt" + interval '1 minute'
    else coalesce(a."id", '') = $3::text
  end
  order by a."createdAt"
  limit 1
),
changed as (
  update "user" set "emailVerified" = true, "updatedAt" = date_trunc('milliseconds', now())
  where "id" in (select "id" from good) and not "emailVerified"
  returning *
),
proved as (
  insert into todo.proved_password (account_id)
  select account_id from good where account_id is not null and "id" = $4::text
  on conflict (account_id) do nothing
),
u as (
  select * from changed
  union all
  select * from "user" where "email" = $1::text and not exists (select from changed)
)
select u.* from (select) as always left join (
  select true as found,
    u."id" as user_id, u."name" as name, u."email" as email, u."emailVerified" as email_verified, u."image" as image,
    coalesce((to_jsonb(u) ->> 'twoFactorEnabled')::boolean, false) as has_second_factor,
    (u."createdAt" at time zone 'utc')::timestamp as user_created_at, (u."updatedAt" at time zone 'utc')::timestamp as user_updated_at,
    exists (select from good) as good, exists (select from changed) as changed
  from u
) as u on true
