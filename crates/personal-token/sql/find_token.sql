-- The user and the scopes of a personal access token that lives, and the minute in which it is used; one row in which `found` is null
-- if there is none, or the user is banned (function of migration 0016).
-- $1 hash of the token
with live as (
  select p.id, p.user_id, p.scopes, p.expires_at from todo.personal_token as p join "user" as u on u."id" = p.user_id
  where p.token_hash = $1::text and (p.expires_at is null or p.expires_at > now()) and not todo.auth_is_banned(to_jsonb(u))
),
used as (
  update todo.personal_token as p set last_used_at = date_trunc('minute', now())
  from live as l
  where p.id = l.id and (p.last_used_at is null or p.last_used_at < date_trunc('minute', now()))
)
select t.* from (select) as always left join (
  select true as found, id, user_id, scopes, floor(extract(epoch from expires_at))::bigint as expires_at from live
) as t on true
