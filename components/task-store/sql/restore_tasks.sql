-- Brings back one deleted task, or all of the user's last deletion, within 24 hours. Returns them; with nulls if the user would have
-- more than the most tasks; one row in which `found` is null if there is nothing to bring back.
-- $1 user, $2 id, or null for the last deletion, $3 the most tasks of a user
with wanted as (
  select id from deleted_task
  where user_id = $1::text and deleted_at > now() - interval '24 hours'
    and case when $2::bigint is null
      then deletion = (
        select max(deletion) from deleted_task
        where user_id = $1::text and deleted_at > now() - interval '24 hours'
      )
      else id = $2::bigint end
  order by id for update
),
counter as (
  update task_counter set live = live + (select count(*) from wanted)
  where user_id = $1::text and live + (select count(*) from wanted) <= $3::bigint
    and exists (select from wanted)
  returning user_id
),
back as (
  delete from deleted_task
  where user_id = $1::text and id in (select id from wanted) and exists (select from counter)
  returning user_id, id, title, description, completed, created_at, updated_at
),
restored as (
  insert into task (user_id, id, title, description, completed, created_at, updated_at)
  select user_id, id, title, description, completed, created_at, updated_at from back
  returning *
)
select task.* from (select) as always left join (
  select true as found, restored.id, title, description, completed,
    created_at at time zone 'utc' as created_at, updated_at at time zone 'utc' as updated_at
  from wanted left join restored on restored.id = wanted.id
) as task on true
order by task.id
