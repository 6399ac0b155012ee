-- Adds a personal access token and returns it; one row in which `found` is null if the user has too many.
-- $1 user, $2 id, $3 name, $4 scopes, $5 the first characters of the token, $6 its hash, $7 days until it ends or null for never,
-- $8 the most tokens of a user
with added as (
  insert into todo.personal_token (id, user_id, name, scopes, start, token_hash, expires_at)
  select $2::text, $1::text, $3::text, $4::text, $5::text, $6::text, date_trunc('milliseconds', now()) + $7::bigint * interval '1 day'
  where (select count(*) from todo.personal_token where user_id = $1::text) < $8::bigint
  returning *
)
select t.* from (select) as always left join (
  select true as found, id, name, start, scopes, created_at at time zone 'utc' as created_at,
    expires_at at time zone 'utc' as expires_at, last_used_at at time zone 'utc' as last_used_at
  from added
) as t on true
