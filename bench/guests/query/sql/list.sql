-- The first tasks of a user: the statement of the list, as short as it can be.
-- $1 user, $2 how many
select found.* from (select) as asked left join (
  select id, title, description, completed, created_at at time zone 'utc' as created_at, updated_at at time zone 'utc' as updated_at
  from todo.task where user_id = $1::text order by id asc limit $2::bigint
) as found on true
