-- A task comes out of the database as one text, the row that PostgreSQL writes (8.16.6): the runtime converts each value of a result by itself, and a list
-- of 20 tasks had 420 of them. What this replaces stays for the release before: shown_task, written_task, task_page, due_page, one_task, shown_changes,
-- add_one and change_one.

-- A task as the store reads it: times are microseconds since 1970. Null if there is no task.
create function task_as_text(t task, zone text, today date) returns table (task text) language sql stable rows 1 as $$
  select case when t.id is not null then row(
    t.id, t.title, t.description, t.completed, (date_part('epoch', t.created_at) * 1000000)::bigint, (date_part('epoch', t.updated_at) * 1000000)::bigint,
    (date_part('epoch', t.completed_at) * 1000000)::bigint, t.priority, todo.due_text(t.due_day, t.due_time),
    case when t.due_time is not null then (date_part('epoch', (t.due_day + t.due_time) at time zone zone) * 1000000)::bigint end,
    case when t.completed or t.due_day is null then false
      when t.due_time is null then t.due_day < today
      else (t.due_day + t.due_time) at time zone zone < now() end,
    t.repeat, t.repeat_from, t.remind, t.tags,
    case when t.list_id is not null then (select l.name from todo.task_list as l where l.user_id = t.user_id and l.id = t.list_id) end,
    t.parent, todo.task_place(t.place, t.id),
    case when t.remind = '{}' or t.completed or t.due_day is null then '{}' else todo.reminder_times(t, zone) end
  )::text end
$$;

-- The same of a task that the same statement wrote, with the zone and the list that it made beside: only a volatile function sees these.
create function written_as_text(owner text, t task) returns table (task text) language plpgsql rows 1 as $$
begin
  return query select s.task from user_clock(owner) as c, task_as_text(t, c.zone, c.today) as s;
end $$;

-- A page of a user's tasks by id, one after the other in one text, which is null if there is none; with the version of the list.
create function read_page(owner text, most bigint, done boolean, after_id bigint, descending boolean) returns table (version text, task text)
language plpgsql stable rows 1 set plan_cache_mode = force_generic_plan as $$
declare
  zone text;
  today date;
begin
  select s.version, s.zone, s.today into version, zone, today from list_state(owner) as s;
  if done is null and not descending then
    task := (select string_agg(page.task, '') from (
      select s.task from task as t, task_as_text(t, zone, today) as s
      where t.user_id = owner and t.id > coalesce(after_id, 0) order by t.id limit most
    ) as page);
  elsif done is null then
    task := (select string_agg(page.task, '') from (
      select s.task from task as t, task_as_text(t, zone, today) as s
      where t.user_id = owner and t.id < coalesce(after_id, 9223372036854775807) order by t.id desc limit most
    ) as page);
  elsif not descending then
    task := (select string_agg(page.task, '') from (
      select s.task from task as t, task_as_text(t, zone, today) as s
      where t.user_id = owner and t.completed = done and t.id > coalesce(after_id, 0) order by t.id limit most
    ) as page);
  else
    task := (select string_agg(page.task, '') from (
      select s.task from task as t, task_as_text(t, zone, today) as s
      where t.user_id = owner and t.completed = done and t.id < coalesce(after_id, 9223372036854775807) order by t.id desc limit most
    ) as page);
  end if;
  return next;
end $$;

-- A page of a user's tasks that are due at certain times, the first first, with the version of the list: one row with the version alone if there is
-- none. `filter` has one of due, due_after and due_before at least, where due is not none, and of the rest of `task_fits` at most completed.
create function read_due_page(owner text, most bigint, filter jsonb, after_id bigint, after_moment timestamp)
returns table (version text, task text, sort_key text)
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
  return query select version, d.task, d.moment::text
  from unnest('{false,true}'::boolean[]) as kind (is_completed), lateral (
    select s.task, t.id, due_moment(t.due_day, t.due_time) as moment from task as t, task_as_text(t, zone, today) as s
    where t.user_id = owner and t.completed = kind.is_completed and t.due_day is not null
      and due_moment(t.due_day, t.due_time) >= since and due_moment(t.due_day, t.due_time) < until
      and (after_id is null or (due_moment(t.due_day, t.due_time), t.id) > (after_moment, after_id))
      and (not only_overdue or case when t.due_time is null then t.due_day < today else (t.due_day + t.due_time) at time zone zone < now() end)
    order by due_moment(t.due_day, t.due_time), t.id limit most
  ) as d
  where kind.is_completed = coalesce((filter -> 'completed')::boolean, kind.is_completed) and not (only_overdue and kind.is_completed)
  order by d.moment, d.id limit most;
  if not found then
    return next;
  end if;
end $$;

-- The tasks that were changed behind a change, by changes_since of migration 0026, as they are shown.
create function read_changes(owner text, since bigint, most bigint)
returns table (version bigint, reload boolean, lists_changed boolean, gone text, task text)
language plpgsql stable rows 20 set plan_cache_mode = force_generic_plan as $$
begin
  return query select c.version, c.reload, c.lists_changed, coalesce(to_jsonb(c.gone), '[]')::text, s.task
  from changes_since(owner, since, most) as c, user_clock(owner) as k, task_as_text(c.present, k.zone, k.today) as s
  order by (c.present).id;
end $$;

-- One task; null if the user has no such task.
create function read_task(owner text, wanted bigint) returns text language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
  return (select s.task from task as t, user_clock(owner) as c, task_as_text(t, c.zone, c.today) as s where t.user_id = owner and t.id = wanted);
end $$;

-- Adds one task, and shows it.
create function write_new_task(owner text, members jsonb, most bigint, given_key text, actor text)
returns table (known boolean, replayed boolean, reused boolean, deleted boolean, change bigint, task text)
language plpgsql rows 1 set plan_cache_mode = force_generic_plan as $$
declare
  noted text := acting(owner, actor);
  who jsonb := actor;
  asked text;
  earlier idempotency_key;
  counted task_counter;
  added task;
begin
  known := true;
  replayed := false;
  reused := false;
  deleted := false;
  if given_key is not null then
    asked := task_fingerprint(members);
    delete from idempotency_key as k
    where k.user_id = owner and k.key = given_key and k.created_at <= now() - interval '24 hours';
    select k.* into earlier from idempotency_key as k where k.user_id = owner and k.key = given_key;
    if found then
      replayed := true;
      reused := earlier.fingerprint <> asked;
      if not reused then
        deleted := not exists (select from task as t where t.user_id = owner and t.id = earlier.task_id);
        added := task_with(blank_task(owner, earlier.task_id, earlier.created_at), members);
      end if;
    end if;
  end if;
  if not replayed then
    insert into task_counter as counter (user_id, last_id, live, last_change)
    select u.id, 1, 1, 1 from "user" as u where u.id = owner and most > 0
    on conflict on constraint task_counter_pkey do update set
      last_id = counter.last_id + 1, live = counter.live + 1, last_change = counter.last_change + 1
    where counter.live < most
    returning counter.* into counted;
    if found then
      noted := set_config('todo.numbered', counted.last_change::text, true);
      added := blank_task(owner, counted.last_id, date_trunc('milliseconds', now()));
      if given_key is not null then
        insert into idempotency_key (user_id, key, fingerprint, task_id, created_at) values (owner, given_key, asked, added.id, added.created_at);
      end if;
      if members ? 'zone' then
        perform keep_zone(owner, members ->> 'zone');
      end if;
      if members ?| '{due,repeat,list,tags}' then
        added := task_with(added, members);
      else
        added := jsonb_populate_record(added, members);
      end if;
      if counted.search_state > 0 then
        added.grams := task_grams(added);
      end if;
      noted := set_config('todo.is_kept', 'yes', true);
      insert into task as t values (added.*) returning t.* into added;
      noted := set_config('todo.is_kept', '', true);
      if who ->> 'actor' <> 'none' then
        perform keep_change(owner, who, 'add', array[added.id],
          jsonb_build_array(jsonb_build_object('id', added.id, 'title', added.title, 'after', added)), null, 1);
      end if;
    else
      known := exists (select from "user" as u where u.id = owner);
    end if;
  end if;
  if added.id is null then
    return next;
  else
    return query select known, replayed, reused, deleted, current_change(), s.task
    from user_clock(owner) as c, task_as_text(added, c.zone, c.today) as s;
  end if;
end $$;

-- Changes one task, and shows it. Without a task nothing was changed; `present` then says whether there
-- is such a task.
create function write_change(owner text, wanted bigint, members jsonb, expected text[], actor text)
returns table (present boolean, change bigint, task text, occurrence_due text, occurrence_at timestamp)
language plpgsql rows 1 set plan_cache_mode = force_generic_plan as $$
declare
  noted text := acting(owner, actor);
  who jsonb := actor;
  was task;
  given task;
  is_done boolean;
  only_completes boolean := members - '{completed,zone,key,if_due}'::text[] = '{}';
  next_time record;
  key_task bigint;
  made record;
begin
  select t.* into was from task as t
  where t.user_id = owner and t.id = wanted
    and (expected is null or to_char(t.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') = any(expected))
  for update;
  if not found then
    present := exists (select from task as t where t.user_id = owner and t.id = wanted);
    return next;
    return;
  end if;
  given := was;
  is_done := members ? 'if_due' and due_text(was.due_day, was.due_time) is distinct from members ->> 'if_due';
  if members ? 'key' and not is_done then
    delete from idempotency_key as k
    where k.user_id = owner and k.key = members ->> 'key' and k.created_at <= now() - interval '24 hours';
    select case when k.fingerprint = 'change' then k.task_id else 0 end into key_task
    from idempotency_key as k where k.user_id = owner and k.key = members ->> 'key';
    if not found then
      insert into idempotency_key (user_id, key, fingerprint, task_id, created_at)
      values (owner, members ->> 'key', 'change', wanted, date_trunc('milliseconds', now()));
    elsif key_task = wanted then
      is_done := true;
    else
      raise exception 'the key was used for something else' using errcode = 'unique_violation', constraint = 'idempotency_key_used';
    end if;
  end if;
  if not is_done then
    if members ? 'zone' then
      perform keep_zone(owner, members ->> 'zone');
    end if;
    if only_completes then
      given.completed := coalesce((members ->> 'completed')::boolean, was.completed);
    else
      given := task_with(was, members);
    end if;
    if given.completed and not was.completed and given.repeat is not null then
      select o.* into next_time from next_occurrence(given) as o;
      occurrence_due := next_time.due;
      if occurrence_due is not null then
        given := next_time.again;
        occurrence_at := date_trunc('milliseconds', now()) at time zone 'utc';
        who := who || '{"kind":"complete"}';
        noted := acting(owner, who::text);
        only_completes := false;
      end if;
    end if;
  end if;
  if given is distinct from was then
    noted := set_config('todo.is_kept', 'yes', true);
    if only_completes then
      -- Of so few columns: triggers and indexes of the others need not be looked at.
      update task as t set completed = given.completed,
        completed_at = case when given.completed then date_trunc('milliseconds', now()) end,
        updated_at = greatest(date_trunc('milliseconds', now()), t.updated_at + interval '1 millisecond')
      where t.user_id = owner and t.id = wanted
      returning t.* into given;
      select case when given.completed then 'complete' else 'reopen' end as kind,
        completion_members(was.completed, was.completed_at, was.updated_at) as before,
        completion_members(given.completed, given.completed_at, given.updated_at) as after into made;
    else
      update task as t set
        title = given.title, description = given.description, completed = given.completed, priority = given.priority,
        due_day = given.due_day, due_time = given.due_time,
        repeat = given.repeat, repeat_from = given.repeat_from, repeat_anchor = given.repeat_anchor, repeat_done = given.repeat_done,
        remind = given.remind, tags = given.tags, tag_keys = given.tag_keys, list_id = given.list_id, parent = given.parent,
        title_key = given.title_key, title_search = given.title_search, description_search = given.description_search,
        updated_at = greatest(date_trunc('milliseconds', now()), t.updated_at + interval '1 millisecond')
      where t.user_id = owner and t.id = wanted
      returning t.* into given;
      made := changed_members(was, given);
    end if;
    noted := set_config('todo.is_kept', '', true);
    if who ->> 'actor' <> 'none' then
      perform keep_change(owner, who, made.kind, array[wanted], jsonb_build_array(
        jsonb_build_object('id', wanted, 'title', given.title, 'before', made.before, 'after', made.after)), null, 1);
    end if;
    if given.completed and not was.completed or occurrence_due is not null then
      update task as s set completed = given.completed,
        updated_at = greatest(date_trunc('milliseconds', now()), s.updated_at + interval '1 millisecond')
      where s.user_id = owner and s.parent = wanted and s.completed <> given.completed;
    end if;
  end if;
  return query select true, current_change(), s.task, occurrence_due, occurrence_at
  from user_clock(owner) as c, task_as_text(given, c.zone, c.today) as s;
end $$;
