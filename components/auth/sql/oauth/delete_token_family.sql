-- Deletes the family of a refresh token, and the families that began with this token or with a later one of its family. Notes when that was,
-- for the user.
-- $1 client, $2 user, $3 family or null, $4 id of the token
with named as (
  select "id", coalesce("authorizationCodeId", "id") as family, floor(extract(epoch from "createdAt") * 1000)::bigint as made
  from "oauthRefreshToken" where "id" = $4::text
),
noted as (
  insert into todo.refresh_reuse (user_id, client_id, seen_at)
  select $2::text, $1::text, date_trunc('milliseconds', now())
  on conflict (user_id, client_id) do update set seen_at = excluded.seen_at
)
delete from "oauthRefreshToken" as r
where r."clientId" = $1::text and r."userId" = $2::text and (
  r."id" = $4::text or r."authorizationCodeId" = $3::text
  or exists (
    select from named as n
    where starts_with(r."authorizationCodeId", n.family || '.')
      and split_part(substr(r."authorizationCodeId", length(n.family) + 2), '-', 1)::bigint >= n.made
  )
)
