-- What adding and changing a task costs. PostgreSQL reads the expression of each CHECK again at every insertion and update, and a statement prepares all
-- of what it may show. What this replaces stays for the release before: write_new_task and write_change.

-- Whether a task is valid, as one CHECK instead of twelve. One that is not is refused under the name of the one that it violates.
create function valid_task(id bigint, title text, description text, priority smallint, due_day date, due_time time, repeat text, repeat_from text,
  remind integer[], tags text[], parent bigint) returns boolean language plpgsql immutable as $$
declare
  violated text := case
    when id <= 0 then 'task_id_check'
    when char_length(title) not between 1 and 200 then 'task_title_check'
    when char_length(description) not between 1 and 10000 then 'task_description_check'
    when priority not between 1 and 4 then 'task_priority_check'
    when due_day not between '1970-01-01' and '2200-12-31' then 'task_due_day_check'
    when due_time is not null and due_day is null then 'task_due_time_check'
    when char_length(repeat) not between 1 and 250 then 'task_repeat_check'
    when repeat is not null and due_day is null then 'task_repeat_due'
    when repeat_from not in ('due', 'completion') then 'task_repeat_from_check'
    when cardinality(remind) > 5 then 'task_remind_check'
    when cardinality(tags) > 20 then 'task_tags_check'
    when parent = id then 'task_parent_self'
  end;
begin
  if violated is null then
    return true;
  end if;
  raise exception 'a task violates check constraint "%"', violated using errcode = 'check_violation', schema = 'todo', table = 'task', constraint = violated;
end $$;

-- The rows that there are have been checked; the next migration says so, without a lock that stops writes.
alter table task
  drop constraint task_id_check, drop constraint task_title_check, drop constraint task_description_check, drop constraint task_priority_check,
  drop constraint task_due_day_check, drop constraint task_due_time_check, drop constraint task_repeat_check, drop constraint task_repeat_due,
  drop constraint task_repeat_from_check, drop constraint task_remind_check, drop constraint task_tags_check, drop constraint task_parent_self,
  add constraint task_valid check (valid_task(id, title, description, priority, due_day, due_time, repeat, repeat_from, remind, tags, parent)) not valid;

-- As before; whether a change concerns reminders is looked at here, and by the trigger only where there is a due date.
create or replace function keep_reminders() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from reminder as r where r.user_id = old.user_id and r.task_id = old.id and r.next_at is not null;
    return null;
  elsif tg_op = 'UPDATE' then
    if (old.due_day, old.due_time, old.remind, old.completed) is not distinct from (new.due_day, new.due_time, new.remind, new.completed) then
      return null;
    end if;
    delete from reminder as r where r.user_id = old.user_id and r.task_id = old.id and r.next_at is not null
      and (new.completed or r.due is distinct from due_text(new.due_day, new.due_time) or r.minutes >= 0 and r.minutes <> all(new.remind));
  end if;
  if not new.completed and new.due_day is not null then
    insert into reminder (user_id, task_id, due, minutes, remind_at, next_at)
    select new.user_id, new.id, due_text(new.due_day, new.due_time), m.minutes, instant.moment, instant.moment
    from unnest(new.remind) as m (minutes) left join user_settings as s on s.user_id = new.user_id,
      reminder_moment(new.due_day, new.due_time, m.minutes, s.time_zone, coalesce(s.reminder_time, '09:00')) as instant (moment)
    where instant.moment > now() - interval '1 day'
    order by m.minutes
    on conflict do nothing;
  end if;
  return null;
end $$;
create or replace trigger task_reminders_changed after update on task for each row
when (old.due_day is not null or new.due_day is not null) execute function keep_reminders();

-- The fields of a task as the store reads them: times are microseconds since 1970.
create function task_fields(t task, zone text, today date, list text, times text[]) returns text language sql stable as $$
  select row(
    t.id, t.title, t.description, t.completed, (date_part('epoch', t.created_at) * 1000000)::bigint, (date_part('epoch', t.updated_at) * 1000000)::bigint,
    (date_part('epoch', t.completed_at) * 1000000)::bigint, t.priority, todo.due_text(t.due_day, t.due_time),
    case when t.due_time is not null then (date_part('epoch', (t.due_day + t.due_time) at time zone zone) * 1000000)::bigint end,
    case when t.completed or t.due_day is null then false
      when t.due_time is null then t.due_day < today
      else (t.due_day + t.due_time) at time zone zone < now() end,
    t.repeat, t.repeat_from, t.remind, t.tags, list, t.parent, todo.task_place(t.place, t.id), times
  )::text
$$;

-- A task as the store reads it. Null if there is no task.
create or replace function task_as_text(t task, zone text, today date) returns table (task text) language sql stable rows 1 as $$
  select case when t.id is not null then todo.task_fields(t, zone, today,
    case when t.list_id is not null then (select l.name from todo.task_list as l where l.user_id = t.user_id and l.id = t.list_id) end,
    case when t.remind = '{}' or t.completed or t.due_day is null then '{}' else todo.reminder_times(t, zone) end
  ) end
$$;

-- The same of one task, which may have been written by the same statement: what it has no due date, list or reminder for is not looked up.
create function shown_as_text(t task) returns text language plpgsql as $$
declare
  zone text;
  today date;
  list text;
  times text[] := '{}';
begin
  if t.id is null then
    return null;
  end if;
  if t.due_day is not null then
    select c.zone, c.today into zone, today from user_clock(t.user_id) as c;
  end if;
  if t.list_id is not null then
    list := (select l.name from task_list as l where l.user_id = t.user_id and l.id = t.list_id);
  end if;
  if not (t.remind = '{}' or t.completed or t.due_day is null) then
    times := reminder_times(t, zone);
  end if;
  return task_fields(t, zone, today, list, times);
end $$;

-- The same beside the rows of a write.
create or replace function written_as_text(owner text, t task) returns table (task text) language plpgsql rows 1 as $$
begin
  task := shown_as_text(t);
  return next;
end $$;

-- Adds one task, and shows it: a row as text of whether there is the user, whether the key was used before, whether for another task, whether that task
-- is gone, the number of the change, and the task, without which the user has the most tasks already.
create function new_task_as_text(owner text, members jsonb, most bigint, given_key text, actor text) returns text
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  known boolean := true;
  replayed boolean := false;
  reused boolean := false;
  deleted boolean := false;
  noted text := acting(owner, actor);
  who jsonb := actor;
  asked text;
  earlier idempotency_key;
  counted task_counter;
  added task;
begin
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
  return row(known, replayed, reused, deleted, current_change(), shown_as_text(added))::text;
end $$;

-- Changes one task, and shows it: a row as text of whether there is such a task, the number of the change, the task if it is as expected, and the
-- occurrence that was completed, by its due date and the microseconds since 1970.
create function change_as_text(owner text, wanted bigint, members jsonb, expected text[], actor text) returns text
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  occurrence_due text;
  occurrence_at timestamptz;
  noted text := acting(owner, actor);
  who jsonb := actor;
  was task;
  given task;
  is_done boolean;
  only_completes boolean := members - '{completed,zone,key,if_due}'::text[] = '{}';
  next_time record;
  key_task bigint;
  made record;
  made_kind text;
  before jsonb;
  after jsonb;
begin
  select t.* into was from task as t
  where t.user_id = owner and t.id = wanted
    and (expected is null or to_char(t.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') = any(expected))
  for update;
  if not found then
    return row(exists (select from task as t where t.user_id = owner and t.id = wanted), null, null, null, null)::text;
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
        occurrence_at := date_trunc('milliseconds', now());
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
      made_kind := case when given.completed then 'complete' else 'reopen' end;
      before := completion_members(was.completed, was.completed_at, was.updated_at);
      after := completion_members(given.completed, given.completed_at, given.updated_at);
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
      made_kind := made.kind;
      before := made.before;
      after := made.after;
    end if;
    noted := set_config('todo.is_kept', '', true);
    if who ->> 'actor' <> 'none' then
      perform keep_change(owner, who, made_kind, array[wanted],
        jsonb_build_array(jsonb_build_object('id', wanted, 'title', given.title, 'before', before, 'after', after)), null, 1);
    end if;
    -- Even an update of no step would cost the reading of its triggers.
    if (given.completed and not was.completed or occurrence_due is not null)
      and exists (select from task as s where s.user_id = owner and s.parent = wanted and s.completed <> given.completed)
    then
      update task as s set completed = given.completed,
        updated_at = greatest(date_trunc('milliseconds', now()), s.updated_at + interval '1 millisecond')
      where s.user_id = owner and s.parent = wanted and s.completed <> given.completed;
    end if;
  end if;
  return row(true, current_change(), shown_as_text(given), occurrence_due, (date_part('epoch', occurrence_at) * 1000000)::bigint)::text;
end $$;
