-- Brings back one deleted task, or all of the user's last deletion, within 24 hours (function of migration 0014). Returns them; with
-- nulls if the user would have more than the most tasks; one row in which `found` is null if there is nothing to bring back.
-- $1 user, $2 id, or null for the last deletion, $3 the most tasks of a user
select task.* from (select) as always left join (
  select true as found, id, title, description, completed,
    created_at at time zone 'utc' as created_at, updated_at at time zone 'utc' as updated_at,
    completed_at at time zone 'utc' as completed_at, priority
  from todo.restore_tasks($1::text, $2::bigint, $3::bigint)
) as task on true
order by task.id
