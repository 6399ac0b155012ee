-- As in migration 0037, but it looks whether there is something to delete before it prepares to: most ticks find nothing.
create or replace function sweep_reminders(history_days bigint) returns bigint
language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  if exists (select from reminder where next_at is null and remind_at < now() - interval '8 days') then
    delete from reminder where (user_id, task_id, due, minutes) in (
      select user_id, task_id, due, minutes from reminder
      where next_at is null and remind_at < now() - interval '8 days' order by remind_at limit 5000 for update skip locked
    );
  end if;
  if exists (select from task_change where made_at < now() - history_days * interval '1 day') then
    delete from task_change where (user_id, id) in (
      select user_id, id from task_change
      where made_at < now() - history_days * interval '1 day' order by made_at limit 5000 for update skip locked
    );
  end if;
  return (select floor(extract(epoch from now() - min(next_at)))::bigint from reminder where next_at <= now());
end $$;
