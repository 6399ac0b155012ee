-- Completes or reopens tasks and returns those that exist. A new version is later than the one before even within a millisecond.
-- Locks the tasks in the order of their ids, so that two statements never wait for each other.
-- $1 user, $2 ids, $3 completed
with wanted as (
  select id from todo.task where user_id = $1::text and id = any($2::bigint[]) order by id for update
),
changed as (
  update todo.task set
    completed = $3::boolean,
    updated_at = case when completed <> $3::boolean
      then greatest(date_trunc('milliseconds', now()), updated_at + interval '1 millisecond')
      else updated_at end
  where user_id = $1::text and id in (select id from wanted)
  returning *
)
select task.* from (select) as always left join (
  select true as found, id, title, description, completed,
    created_at at time zone 'utc' as created_at, updated_at at time zone 'utc' as updated_at,
    completed_at at time zone 'utc' as completed_at, priority
  from changed
) as task on true
order by task.id
