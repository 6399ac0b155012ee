-- A client sees when a task reminds, so nobody else works it out.

-- The local times at which a task reminds, `2026-12-01T09:00`, the earliest first.
create function reminder_times(t task, zone text) returns text[] language sql stable as $$
  select array(
    select to_char(todo.reminder_moment(t.due_day, t.due_time, minutes, zone, coalesce(s.reminder_time, '09:00')) at time zone zone, 'YYYY-MM-DD"T"HH24:MI')
    from unnest(t.remind) as r (minutes) left join todo.user_settings as s on s.user_id = t.user_id order by minutes desc
  )
$$;

drop function shown_task(task, text, date), written_task(text, task), shown_by_id(text, bigint, boolean, bigint, boolean);

-- As before, and when it reminds.
create function shown_task(t task, zone text, today date) returns table (
  id bigint, title text, description text, completed boolean, created_at timestamp, updated_at timestamp, completed_at timestamp,
  priority smallint, due text, due_at timestamp, overdue boolean, repeat text, repeat_from text, remind integer[], tags text[],
  list text, parent bigint, "position" text, remind_at text[]
) language sql stable rows 1 as $$
  select t.id, t.title, t.description, t.completed, t.created_at at time zone 'utc', t.updated_at at time zone 'utc',
    t.completed_at at time zone 'utc', t.priority, todo.due_text(t.due_day, t.due_time),
    case when t.due_time is not null then (t.due_day + t.due_time) at time zone zone at time zone 'utc' end,
    case when t.completed or t.due_day is null then false
      when t.due_time is null then t.due_day < today
      else (t.due_day + t.due_time) at time zone zone < now() end,
    t.repeat, t.repeat_from, t.remind, t.tags,
    case when t.list_id is not null then (select l.name from todo.task_list as l where l.user_id = t.user_id and l.id = t.list_id) end,
    t.parent, todo.task_place(t.place, t.id),
    case when t.remind = '{}' or t.completed or t.due_day is null then '{}' else todo.reminder_times(t, zone) end
$$;

-- As `shown_task`, of a task that the same statement wrote, with the zone and the list that it made beside: only a volatile function sees these.
create function written_task(owner text, t task) returns table (
  id bigint, title text, description text, completed boolean, created_at timestamp, updated_at timestamp, completed_at timestamp,
  priority smallint, due text, due_at timestamp, overdue boolean, repeat text, repeat_from text, remind integer[], tags text[],
  list text, parent bigint, "position" text, remind_at text[]
) language plpgsql rows 1 as $$
begin
  return query select s.* from user_clock(owner) as c, shown_task(t, c.zone, c.today) as s;
end $$;

-- As `tasks_by_id`, as a client sees them.
create function shown_by_id(owner text, most bigint, done boolean, after_id bigint, descending boolean) returns table (
  id bigint, title text, description text, completed boolean, created_at timestamp, updated_at timestamp, completed_at timestamp,
  priority smallint, due text, due_at timestamp, overdue boolean, repeat text, repeat_from text, remind integer[], tags text[],
  list text, parent bigint, "position" text, remind_at text[]
) language plpgsql stable rows 20 as $$
declare
  clock record;
begin
  select c.zone, c.today into clock from user_clock(owner) as c;
  return query select s.* from tasks_by_id(owner, most, done, after_id, descending) as t, shown_task(t, clock.zone, clock.today) as s;
end $$;
