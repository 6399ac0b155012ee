-- What is asked for most, in functions whose statements are planned once for each connection: Spin prepares each statement of a request anew, and it
-- took PostgreSQL longer to plan these than to run them. What they replace stays for the release before: shown_by_id.

-- The version of a user's list, with the zone and the day of its owner.
create function list_state(owner text) returns table (version text, zone text, today date) language sql stable rows 1 as $$
  select coalesce((select n.last_change || ' ' || n.last_id || ' ' || n.live from todo.task_counter as n where n.user_id = owner), '0')
    || ' ' || c.today || ' ' || c.zone || coalesce(' ' || (
      select todo.due_moment(t.due_day, t.due_time) from todo.task as t
      where t.user_id = owner and not t.completed and t.due_day is not null and todo.due_moment(t.due_day, t.due_time) < c.local_now
      order by todo.due_moment(t.due_day, t.due_time) desc limit 1
    ), ''), c.zone, c.today
  from todo.user_clock(owner) as c
$$;

-- As before.
create or replace function list_version(owner text) returns text language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
  return (select s.version from list_state(owner) as s);
end $$;

-- A page of a user's tasks by id, with the version of the list: one row with the version alone if there is none.
create function task_page(owner text, most bigint, done boolean, after_id bigint, descending boolean)
returns table (version text, id bigint, title text, description text, completed boolean, created_at timestamp, updated_at timestamp,
  completed_at timestamp, priority smallint, due text, due_at timestamp, overdue boolean, repeat text, repeat_from text, remind integer[],
  tags text[], list text, parent bigint, "position" text, remind_at text[])
language plpgsql stable rows 20 set plan_cache_mode = force_generic_plan as $$
declare
  zone text;
  today date;
begin
  select s.version, s.zone, s.today into version, zone, today from list_state(owner) as s;
  if done is null and not descending then
    return query select version, s.* from task as t, shown_task(t, zone, today) as s
    where t.user_id = owner and t.id > coalesce(after_id, 0) order by t.id limit most;
  elsif done is null then
    return query select version, s.* from task as t, shown_task(t, zone, today) as s
    where t.user_id = owner and t.id < coalesce(after_id, 9223372036854775807) order by t.id desc limit most;
  elsif not descending then
    return query select version, s.* from task as t, shown_task(t, zone, today) as s
    where t.user_id = owner and t.completed = done and t.id > coalesce(after_id, 0) order by t.id limit most;
  else
    return query select version, s.* from task as t, shown_task(t, zone, today) as s
    where t.user_id = owner and t.completed = done and t.id < coalesce(after_id, 9223372036854775807) order by t.id desc limit most;
  end if;
  if not found then
    return next;
  end if;
end $$;

-- As before, but planned once: a function of SQL that is not inlined is planned by each statement that calls it, even to estimate how many rows it
-- finds.
create or replace function reminder_times(t task, zone text) returns text[] language plpgsql stable as $$
begin
  return array(
    select to_char(reminder_moment(t.due_day, t.due_time, minutes, zone, coalesce(s.reminder_time, '09:00')) at time zone zone, 'YYYY-MM-DD"T"HH24:MI')
    from unnest(t.remind) as r (minutes) left join user_settings as s on s.user_id = t.user_id order by minutes desc
  );
end $$;

create or replace function is_overdue(owner text, day date, at time) returns boolean language plpgsql stable as $$
begin
  return (select case when at is null then day < c.today else (day + at) at time zone c.zone < now() end from user_clock(owner) as c);
end $$;

create or replace function local_moment(owner text, written text) returns timestamp language plpgsql stable as $$
begin
  if written like '%Z' then
    return (select written::timestamptz at time zone c.zone from user_clock(owner) as c);
  end if;
  return written;
end $$;

create or replace function due_from(owner text, filter jsonb) returns timestamp language plpgsql stable cost 1 as $$
declare
  today date := (select c.today from user_clock(owner) as c);
  day date := case filter ->> 'due' when 'today' then today when 'tomorrow' then today + 1 when 'week' then today end;
  after text := filter ->> 'due_after';
begin
  if after is null then
    return coalesce(day, '-infinity'::timestamp);
  end if;
  return greatest(day, local_moment(owner, after) + case when length(after) = 10 then interval '1 day' else interval '1 second' end);
end $$;

create or replace function due_until(owner text, filter jsonb) returns timestamp language plpgsql stable cost 1 as $$
declare
  clock record;
  moment timestamp;
begin
  select c.today, c.local_now into clock from user_clock(owner) as c;
  moment := case filter ->> 'due' when 'today' then clock.today + 1 when 'tomorrow' then clock.today + 2 when 'overdue' then clock.local_now end;
  if filter ->> 'due' = 'week' then
    moment := week_end(owner, clock.today);
  end if;
  if filter ->> 'due_before' is null then
    return coalesce(moment, 'infinity');
  end if;
  return least(moment, local_moment(owner, filter ->> 'due_before'));
end $$;

-- A page of a user's tasks that are due at certain times, the first first, with the version of the list: one row with the version alone if there is
-- none. `filter` has one of due, due_after and due_before at least, where due is not none, and of the rest of `task_fits` at most completed.
create function due_page(owner text, most bigint, filter jsonb, after_id bigint, after_moment timestamp)
returns table (version text, id bigint, title text, description text, completed boolean, created_at timestamp, updated_at timestamp,
  completed_at timestamp, priority smallint, due text, due_at timestamp, overdue boolean, repeat text, repeat_from text, remind integer[],
  tags text[], list text, parent bigint, "position" text, remind_at text[], sort_key text)
language plpgsql stable rows 20 set plan_cache_mode = force_generic_plan as $$
declare
  zone text;
  today date;
  since timestamp := greatest(due_from(owner, filter), after_moment);
  until timestamp := due_until(owner, filter);
  only_overdue boolean := coalesce(filter ->> 'due' = 'overdue', false);
begin
  select s.version, s.zone, s.today into version, zone, today from list_state(owner) as s;
  -- The index has open tasks before completed ones: each kind is read by itself.
  return query select version, s.*, d.moment::text
  from unnest('{false,true}'::boolean[]) as kind (is_completed), lateral (
    select t as task, due_moment(t.due_day, t.due_time) as moment from task as t
    where t.user_id = owner and t.completed = kind.is_completed and t.due_day is not null
      and due_moment(t.due_day, t.due_time) >= since and due_moment(t.due_day, t.due_time) < until
      and (after_id is null or (due_moment(t.due_day, t.due_time), t.id) > (after_moment, after_id))
      and (not only_overdue or case when t.due_time is null then t.due_day < today else (t.due_day + t.due_time) at time zone zone < now() end)
    order by due_moment(t.due_day, t.due_time), t.id limit most
  ) as d, shown_task(d.task, zone, today) as s
  where kind.is_completed = coalesce((filter -> 'completed')::boolean, kind.is_completed) and not (only_overdue and kind.is_completed)
  order by d.moment, s.id limit most;
  if not found then
    return next;
  end if;
end $$;

-- The tasks that were changed behind a change, by changes_since of migration 0026, as they are shown.
create function shown_changes(owner text, since bigint, most bigint)
returns table (version bigint, reload boolean, lists_changed boolean, gone text, id bigint, title text, description text, completed boolean,
  created_at timestamp, updated_at timestamp, completed_at timestamp, priority smallint, due text, due_at timestamp, overdue boolean, repeat text,
  repeat_from text, remind integer[], tags text[], list text, parent bigint, "position" text, remind_at text[])
language plpgsql stable rows 20 set plan_cache_mode = force_generic_plan as $$
begin
  return query select c.version, c.reload, c.lists_changed, coalesce(to_jsonb(c.gone), '[]')::text, s.*
  from changes_since(owner, since, most) as c, user_clock(owner) as k, shown_task(c.present, k.zone, k.today) as s
  order by s.id;
end $$;

-- One task; one row of nulls if the user has no such task.
create function one_task(owner text, wanted bigint)
returns table (id bigint, title text, description text, completed boolean, created_at timestamp, updated_at timestamp, completed_at timestamp,
  priority smallint, due text, due_at timestamp, overdue boolean, repeat text, repeat_from text, remind integer[], tags text[], list text,
  parent bigint, "position" text, remind_at text[])
language plpgsql stable rows 1 set plan_cache_mode = force_generic_plan as $$
begin
  return query select s.* from task as t, user_clock(owner) as c, shown_task(t, c.zone, c.today) as s where t.user_id = owner and t.id = wanted;
  if not found then
    return next;
  end if;
end $$;
