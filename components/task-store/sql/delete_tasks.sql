-- Deletes tasks, as one deletion that can be undone for 24 hours, and returns those that existed: with its columns if the task was
-- deleted, with nulls if it has another version than the expected ones. Removes the user's deletions that can no longer be undone.
-- Locks the tasks in the order of their ids and then the counter, so that two statements never wait for each other.
-- $1 user, $2 ids, $3 expected versions, or null for any
with wanted as (
  select id, $3::text[] is null
      or to_char(updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') = any($3::text[]) as fits
  from todo.task where user_id = $1::text and id = any($2::bigint[]) order by id for update
),
gone as (
  delete from todo.task where user_id = $1::text and id in (select id from wanted where fits) returning *
),
counter as (
  update todo.task_counter set
    live = greatest(live - (select count(*) from gone), 0),
    deletion = deletion + 1
  where user_id = $1::text and exists (select from gone)
  returning deletion
),
kept as (
  insert into todo.deleted_task (user_id, id, title, description, completed, created_at, updated_at, completed_at, priority, deletion)
  select user_id, id, title, description, completed, created_at, updated_at, completed_at, priority, deletion
  from gone, counter
),
outdated as (
  delete from todo.deleted_task where user_id = $1::text and deleted_at < now() - interval '24 hours'
)
select task.* from (select) as always left join (
  select true as found, gone.id, title, description, completed,
    created_at at time zone 'utc' as created_at, updated_at at time zone 'utc' as updated_at,
    completed_at at time zone 'utc' as completed_at, priority
  from wanted left join gone on gone.id = wanted.id
) as task on true
order by task.id
