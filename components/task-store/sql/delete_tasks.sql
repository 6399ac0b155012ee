-- Deletes tasks as one change, and returns those that existed: with its columns if the task was deleted, with nulls if it has another
-- version than the expected ones. Locks the tasks in the order of their ids and then the counter, so that two statements never wait for
-- each other. `change` is the number that the triggers of migration 0017 then give to the change, if there is one.
-- $1 user, $2 ids, $3 expected versions, or null for any, $4 who does it (function acting of that migration)
with wanted as (
  select id, $3::text[] is null
      or to_char(updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') = any($3::text[]) as fits
  from todo.task where user_id = $1::text and id = any($2::bigint[]) order by id for update
),
gone as (
  delete from todo.task where user_id = $1::text and id in (select id from wanted where fits) returning *
),
counter as (
  update todo.task_counter set live = greatest(live - (select count(*) from gone), 0)
  where user_id = $1::text and exists (select from gone)
  returning last_change + 1 as change
)
select task.*, (select change from counter) as change from (select todo.acting($1::text, $4::text)) as always left join (
  select true as found, gone.id, title, description, completed,
    created_at at time zone 'utc' as created_at, updated_at at time zone 'utc' as updated_at,
    completed_at at time zone 'utc' as completed_at, priority
  from wanted left join gone on gone.id = wanted.id
) as task on true
order by task.id
