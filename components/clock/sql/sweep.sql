-- Deletes reminders that are settled for more than eight days, and changes of tasks that are older than they are kept: a part of each at a
-- time. Returns for how many seconds the longest waiting reminder waits beyond its time; null if the time of none has come.
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
select floor(extract(epoch from now() - min(next_at)))::bigint as oldest from todo.reminder where next_at <= now()
