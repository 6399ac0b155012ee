-- Lists at most $3 conversations after conversation $2, the oldest first.
-- $1 user, $2 conversation or null, $3 most
select found, id, title, created_at, updated_at
from (select) as always left join (
  select true as found, c.id, c.title, c.created_at at time zone 'utc' as created_at,
    c.updated_at at time zone 'utc' as updated_at
  from todo.conversation as c
  where c.user_id = $1::text and ($2::bigint is null or (c.updated_at, c.id) > (
    select last.updated_at, last.id from todo.conversation as last where last.user_id = $1::text and last.id = $2::bigint
  ))
  order by c.updated_at, c.id limit $3::bigint
) as listed on true
order by updated_at, id
