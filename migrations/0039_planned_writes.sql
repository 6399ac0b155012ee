-- To add and to change one task, each by one function whose statements are planned once for each connection (migration 0038). What they replace stays
-- for the release before: add_task_members and change_task_members.

-- A completion notes its time itself.
create or replace trigger task_completed before update of completed on task for each row
when (old.completed is distinct from new.completed and new.completed = (new.completed_at is null)) execute function note_completion();

-- Adds one task, as add_task_members of migration 0035 did, and shows it.
create function add_one(owner text, members jsonb, most bigint, given_key text, actor text)
returns table (known boolean, replayed boolean, reused boolean, deleted boolean, change bigint, id bigint, title text, description text,
  completed boolean, created_at timestamp, updated_at timestamp, completed_at timestamp, priority smallint, due text, due_at timestamp,
  overdue boolean, repeat text, repeat_from text, remind integer[], tags text[], list text, parent bigint, "position" text, remind_at text[])
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
    return query select known, replayed, reused, deleted, current_change(), s.*
    from user_clock(owner) as c, shown_task(added, c.zone, c.today) as s;
  end if;
end $$;

-- Changes one task, as change_task_members of migration 0035 did, and shows it. Without an id nothing was changed; `present` then says whether there
-- is such a task.
create function change_one(owner text, wanted bigint, members jsonb, expected text[], actor text)
returns table (present boolean, change bigint, id bigint, title text, description text, completed boolean, created_at timestamp,
  updated_at timestamp, completed_at timestamp, priority smallint, due text, due_at timestamp, overdue boolean, repeat text, repeat_from text,
  remind integer[], tags text[], list text, parent bigint, "position" text, remind_at text[], occurrence_due text, occurrence_at timestamp)
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
  return query select true, current_change(), s.*, occurrence_due, occurrence_at
  from user_clock(owner) as c, shown_task(given, c.zone, c.today) as s;
end $$;
