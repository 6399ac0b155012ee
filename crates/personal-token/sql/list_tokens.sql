-- The personal access tokens of a user, the newest first; one row in which `found` is null if there is none.
-- $1 user
select t.* from (select) as always left join (
  select true as found, id, name, start, scopes, created_at at time zone 'utc' as created_at,
    expires_at at time zone 'utc' as expires_at, last_used_at at time zone 'utc' as last_used_at
  from todo.personal_token
  where user_id = $1::text
) as t on true
order by t.created_at desc, t.id
