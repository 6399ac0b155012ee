-- Reminds of a task again in some minutes; one row in which `found` is null if the task is gone, completed or due at another time.
-- $1 user, $2 task, $3 when it is due, $4 minutes
with put_off as (
  insert into todo.reminder as r (user_id, task_id, due, minutes, remind_at, next_at)
  select t.user_id, t.id, $3::text, -1, now() + $4::bigint * interval '1 minute', now() + $4::bigint * interval '1 minute'
  from todo.task as t
  where t.user_id = $1::text and t.id = $2::bigint and not t.completed and todo.due_text(t.due_day, t.due_time) = $3::text
  on conflict on constraint reminder_pkey do update set
    remind_at = excluded.remind_at, next_at = excluded.next_at, attempts = 0, reached = '{}', sent_at = null, error = null
  returning r.task_id
)
select t.* from (select) as always left join (select true as found, task_id from put_off) as t on true
