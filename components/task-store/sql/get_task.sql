-- One task; one row in which `found` is null if the user has no such task.
-- $1 user, $2 id
select task.* from (select) as always left join (
  select true as found, id, title, description, completed,
    created_at at time zone 'utc' as created_at, updated_at at time zone 'utc' as updated_at,
    completed_at at time zone 'utc' as completed_at, priority
  from todo.task
  where user_id = $1::text and id = $2::bigint
) as task on true
