-- Claims reminders whose time has come: another clock may take them over when the lease ends. Of two of one task that wait, only the later one
-- is sent; those of a task that is gone, completed or due at another time are dropped. One row in which `found` is null if there is nothing to send.
-- $1 how many at once, $2 the lease in seconds
with waiting as materialized (
  select user_id, task_id, due, minutes, remind_at from todo.reminder
  where next_at <= now()
  order by next_at
  limit $1::bigint
  for update skip locked
),
seen as materialized (
  select waiting.*, t.title,
    t.id is null or t.completed or waiting.due is distinct from todo.due_text(t.due_day, t.due_time) as is_void,
    exists (
      select from todo.reminder as later
      where later.user_id = waiting.user_id and later.task_id = waiting.task_id and later.due = waiting.due and later.next_at is not null
        and later.remind_at <= now() and (later.remind_at, -later.minutes) > (waiting.remind_at, -waiting.minutes)
    ) as is_repeated
  from waiting left join todo.task as t on t.user_id = waiting.user_id and t.id = waiting.task_id
),
dropped as (
  delete from todo.reminder as r using seen
  where seen.is_void and r.user_id = seen.user_id and r.task_id = seen.task_id and r.due = seen.due and r.minutes = seen.minutes
),
claimed as (
  update todo.reminder as r set
    attempts = r.attempts + 1,
    next_at = case when not seen.is_repeated then now() + $2::bigint * interval '1 second' end,
    sent_at = case when seen.is_repeated then date_trunc('milliseconds', now()) end
  from seen
  where not seen.is_void and r.user_id = seen.user_id and r.task_id = seen.task_id and r.due = seen.due and r.minutes = seen.minutes
  returning r.user_id, r.task_id, r.due, r.minutes, r.remind_at, r.attempts, r.reached, seen.title, seen.is_repeated
)
select task.* from (select) as always left join (
  select true as found, c.user_id as owner, c.task_id as task, c.due, c.minutes::bigint as minutes, c.attempts::bigint as attempts, c.title,
    extract(epoch from c.remind_at)::bigint as remind_at,
    to_char(clock.local_now, 'YYYY-MM-DD"T"HH24:MI') as local_now,
    (
      select coalesce(json_agg(json_build_object('id', p.id, 'endpoint', p.endpoint, 'p256dh', p.p256dh, 'auth', p.auth, 'language', p.language)), '[]')
      from todo.push_subscription as p where p.user_id = c.user_id and p.id <> all(c.reached)
    )::text as subscriptions,
    case when mail.enabled and u."emailVerified" and 'mail' <> all(c.reached) then u."email" end as address,
    coalesce(mail.language, 'en') as mail_language,
    to_json(c.reached)::text as reached
  from claimed as c
    join "user" as u on u."id" = c.user_id
    left join todo.reminder_mail as mail on mail.user_id = c.user_id,
    todo.user_clock(c.user_id) as clock
  where not c.is_repeated
) as task on true
