-- Stores what became of messages: of reminders, as long as they are still claimed by the attempt that sent them; of the subscriptions to which
-- they went, which are forgotten where the browser is gone; and of mails. Returns for how many reminders it was stored.
-- $1 reminders: {"owner", "task", "due", "minutes", "attempts", "reached": ids, "is_sent", "retry": seconds or null, "error"},
-- $2 subscriptions: {"id", "outcome": "sent" | "gone" | "failed", "error"}, $3 mails: {"owner", "error": null where it was sent}
with told as materialized (
  select r.user_id, r.task_id, r.due, r.minutes, t.reached, t.is_sent, t.retry, t.error
  from jsonb_to_recordset($1::text::jsonb)
    as t (owner text, task bigint, due text, minutes integer, attempts integer, reached text[], is_sent boolean, retry bigint, error text)
  join todo.reminder as r on r.user_id = t.owner and r.task_id = t.task and r.due = t.due and r.minutes = t.minutes
  where r.attempts = t.attempts and r.next_at is not null
  order by r.user_id, r.task_id, r.due, r.minutes
  for update of r
),
marked as (
  update todo.reminder as r set
    reached = told.reached,
    error = left(told.error, 300),
    next_at = now() + told.retry * interval '1 second',
    sent_at = case when told.retry is null and told.is_sent then date_trunc('milliseconds', now()) end
  from told
  where r.user_id = told.user_id and r.task_id = told.task_id and r.due = told.due and r.minutes = told.minutes
  returning r.task_id
),
pushed as materialized (
  select id, outcome, left(error, 300) as error from jsonb_to_recordset($2::text::jsonb) as p (id text, outcome text, error text)
),
gone as (delete from todo.push_subscription as p using pushed where p.id = pushed.id and pushed.outcome = 'gone'),
used as (
  update todo.push_subscription as p set
    last_sent_at = case when pushed.outcome = 'sent' then date_trunc('milliseconds', now()) else p.last_sent_at end,
    last_error = pushed.error
  from (
    -- Several messages to one browser at once: a failure among them shows.
    select id, max(outcome) as outcome, max(error) as error from pushed group by id having bool_and(outcome <> 'gone') order by id
  ) as pushed
  where p.id = pushed.id
),
mailed as (
  update todo.reminder_mail as m set
    last_sent_at = case when sent.error is null then date_trunc('milliseconds', now()) else m.last_sent_at end,
    last_error = sent.error
  from (
    select owner, max(left(error, 300)) as error from jsonb_to_recordset($3::text::jsonb) as s (owner text, error text) group by owner order by owner
  ) as sent
  where m.user_id = sent.owner
)
select count(*) as marked from marked
