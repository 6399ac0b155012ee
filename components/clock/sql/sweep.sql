-- Deletes reminders that are settled for more than eight days, and changes of tasks that are older than they are kept: a part of each at a
-- time. Returns for how many seconds the longest waiting reminder waits beyond its time; 0 if none does.
-- $1 for how many days changes of tasks are kept
with reminders as (
  delete from todo.reminder where (user_id, task_id, due, minutes) in (
    select user_id, task_id, due, minutes from todo.reminder
    where next_at is null and remind_at < now() - interval '8 days' order by remind_at limit 5000 for update skip locked
  )
),
changes as (
  delete from todo.task_change where (user_id, id) in (
    select user_id, id from todo.task_change
    where made_at < now() - $1::bigint * interval '1 day' order by made_at limit 5000 for update skip locked
  )
)
select greatest(0, coalesce(extract(epoch from now() - (select min(next_at) from todo.reminder where next_at is not null)), 0))::bigint as oldest
