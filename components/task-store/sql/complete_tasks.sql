-- Completes or reopens tasks and returns those that exist. A new version is later than the one before even within a millisecond.
-- Locks the tasks in the order of their ids and then the counter, so that two statements never wait for each other. `change` is the number
-- that the triggers of migration 0017 then give to the change, if there is one.
-- $1 user, $2 ids, $3 completed, $4 who does it (function acting of that migration)
with wanted as (
  select id, completed from todo.task where user_id = $1::text and id = any($2::bigint[]) order by id for update
),
changed as (
  update todo.task set
    completed = $3::boolean,
    updated_at = case when completed <> $3::boolean
      then greatest(date_trunc('milliseconds', now()), updated_at + interval '1 millisecond')
      else updated_at end
  where user_id = $1::text and id in (select id from wanted)
  returning *
),
counter as (
  select last_change + 1 as change from todo.task_counter
  where user_id = $1::text and exists (select from wanted where completed <> $3::boolean) for update
)
select task.*, (select change from counter) as change from (select todo.acting($1::text, $4::text)) as always left join (
  select true as found, id, title, description, completed,
    created_at at time zone 'utc' as created_at, updated_at at time zone 'utc' as updated_at,
    completed_at at time zone 'utc' as completed_at, priority
  from changed
) as task on true
order by task.id
