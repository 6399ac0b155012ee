-- What each tick of the clock asks for, planned once for each connection: most ticks find nothing to do, and planning cost ten times as much as looking.

-- Deletes reminders that are settled for more than eight days, and changes of tasks that are older than `history_days`: a part of each at a time.
-- Returns for how many seconds the longest waiting reminder waits beyond its time; null if the time of none has come.
create function sweep_reminders(history_days bigint) returns bigint
language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  delete from reminder where (user_id, task_id, due, minutes) in (
    select user_id, task_id, due, minutes from reminder
    where next_at is null and remind_at < now() - interval '8 days' order by remind_at limit 5000 for update skip locked
  );
  delete from task_change where (user_id, id) in (
    select user_id, id from task_change
    where made_at < now() - history_days * interval '1 day' order by made_at limit 5000 for update skip locked
  );
  return (select floor(extract(epoch from now() - min(next_at)))::bigint from reminder where next_at <= now());
end $$;
