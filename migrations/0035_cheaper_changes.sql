-- To add and to change one task is what happens most: that keeps its change itself, from the rows that it has at hand, since a trigger has to gather
-- them first. Whatever else changes tasks is recorded by the triggers as before.

-- Keeps a change of one task, with its entry.
create function keep_one(owner text, id bigint, made_kind text, entry jsonb) returns void language plpgsql as $$
declare
  who jsonb := coalesce(nullif(current_setting('todo.actor', true), ''), '{}');
begin
  if who ->> 'actor' is distinct from 'none' then
    perform keep_change(owner, who, made_kind, array[id], jsonb_build_array(entry), null, 1);
  end if;
end $$;

-- The members of a task that it has from being completed or not.
create function completion_members(completed boolean, completed_at timestamptz, updated_at timestamptz) returns jsonb language sql stable as $$
  select jsonb_build_object('completed', completed, 'completed_at', completed_at, 'updated_at', updated_at)
$$;

-- The triggers of migration 0017, but not of a statement that keeps its change itself.
create or replace trigger task_added after insert on task
referencing new table as after_task for each statement
when (current_setting('todo.is_kept', true) is distinct from 'yes') execute function record_tasks();
create or replace trigger task_changed after update on task
referencing old table as before_task new table as after_task for each statement
when (current_setting('todo.is_kept', true) is distinct from 'yes') execute function record_tasks();

-- As before, but keeps its change itself.
create or replace function add_task_members(
  owner text, members jsonb, most bigint, given_key text, out known boolean, out replayed boolean, out reused boolean, out added task
) language plpgsql as $$
declare
  asked text;
  earlier idempotency_key;
  at timestamptz := date_trunc('milliseconds', now());
  counted task_counter;
  is_first boolean := coalesce(current_setting('todo.change', true), '') = '';
begin
  if given_key is not null then
    asked := task_fingerprint(members);
    delete from idempotency_key as k
    where k.user_id = owner and k.key = given_key and k.created_at <= now() - interval '24 hours';
    select k.* into earlier from idempotency_key as k where k.user_id = owner and k.key = given_key;
    if found then
      known := true;
      replayed := true;
      reused := earlier.fingerprint <> asked;
      if not reused then
        added := task_with(blank_task(owner, earlier.task_id, earlier.created_at), members);
      end if;
      return;
    end if;
  end if;
  replayed := false;
  reused := false;
  insert into task_counter as counter (user_id, last_id, live, last_change)
  select u.id, 1, 1, is_first::integer from "user" as u where u.id = owner and most > 0
  on conflict on constraint task_counter_pkey do update set
    last_id = counter.last_id + 1, live = counter.live + 1, last_change = counter.last_change + is_first::integer
  where counter.live < most
  returning counter.* into counted;
  known := found;
  if not found then
    known := exists (select from "user" as u where u.id = owner);
    return;
  end if;
  if is_first then
    perform set_config('todo.numbered', counted.last_change::text, true);
  end if;
  if given_key is not null then
    insert into idempotency_key (user_id, key, fingerprint, task_id, created_at) values (owner, given_key, asked, counted.last_id, at);
  end if;
  perform keep_zone(owner, members ->> 'zone');
  added := task_with(blank_task(owner, counted.last_id, at), members);
  if counted.search_state > 0 then
    added.grams := task_grams(added);
  end if;
  perform set_config('todo.is_kept', 'yes', true);
  insert into task as t values (added.*) returning t.* into added;
  perform set_config('todo.is_kept', '', true), keep_one(owner, added.id, 'add', jsonb_build_object('id', added.id, 'title', added.title, 'after', added));
end $$;

-- As before, but keeps its change itself.
create or replace function change_task_members(owner text, wanted bigint, members jsonb, expected text[])
returns table (current task, occurrence_due text, occurrence_at timestamp) language plpgsql rows 1 as $$
declare
  was task;
  given task;
  next_time record;
  key_task bigint;
  change record;
  made_kind text;
  before jsonb;
  after jsonb;
begin
  select t.* into was from task as t
  where t.user_id = owner and t.id = wanted
    and (expected is null or to_char(t.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') = any(expected))
  for update;
  if not found then
    return;
  end if;
  if members ? 'if_due' and due_text(was.due_day, was.due_time) is distinct from members ->> 'if_due' then
    current := was;
    return next;
    return;
  end if;
  if members ? 'key' then
    delete from idempotency_key as k
    where k.user_id = owner and k.key = members ->> 'key' and k.created_at <= now() - interval '24 hours';
    select case when k.fingerprint = 'change' then k.task_id else 0 end into key_task
    from idempotency_key as k where k.user_id = owner and k.key = members ->> 'key';
    if key_task = wanted then
      current := was;
      return next;
      return;
    elsif found then
      raise exception 'the key was used for something else' using errcode = 'unique_violation', constraint = 'idempotency_key_used';
    end if;
    insert into idempotency_key (user_id, key, fingerprint, task_id, created_at)
    values (owner, members ->> 'key', 'change', wanted, date_trunc('milliseconds', now()));
  end if;
  perform keep_zone(owner, members ->> 'zone');
  given := task_with(was, members);
  if given.completed and not was.completed and given.repeat is not null then
    select o.* into next_time from next_occurrence(given) as o;
    occurrence_due := next_time.due;
    if occurrence_due is not null then
      given := next_time.again;
      occurrence_at := date_trunc('milliseconds', now()) at time zone 'utc';
      perform acting(owner, (coalesce(nullif(current_setting('todo.actor', true), ''), '{}')::jsonb || '{"kind":"complete"}')::text);
    end if;
  end if;
  if given is distinct from was then
    perform set_config('todo.is_kept', 'yes', true);
    update task as t set
      title = given.title, description = given.description, completed = given.completed, priority = given.priority,
      due_day = given.due_day, due_time = given.due_time,
      repeat = given.repeat, repeat_from = given.repeat_from, repeat_anchor = given.repeat_anchor, repeat_done = given.repeat_done,
      remind = given.remind, tags = given.tags, tag_keys = given.tag_keys, list_id = given.list_id, parent = given.parent,
      title_key = given.title_key, title_search = given.title_search, description_search = given.description_search,
      updated_at = greatest(date_trunc('milliseconds', now()), t.updated_at + interval '1 millisecond')
    where t.user_id = owner and t.id = wanted
    returning t.* into given;
    if occurrence_due is null and members - '{completed,zone,key,if_due}'::text[] = '{}' then
      made_kind := case when given.completed then 'complete' else 'reopen' end;
      before := completion_members(was.completed, was.completed_at, was.updated_at);
      after := completion_members(given.completed, given.completed_at, given.updated_at);
    else
      change := changed_members(was, given);
      made_kind := change.kind;
      before := change.before;
      after := change.after;
    end if;
    perform set_config('todo.is_kept', '', true), keep_one(owner, wanted, made_kind,
      jsonb_build_object('id', wanted, 'title', given.title, 'before', before, 'after', after));
  end if;
  if given.completed and not was.completed or occurrence_due is not null then
    update task as s set completed = given.completed,
      updated_at = greatest(date_trunc('milliseconds', now()), s.updated_at + interval '1 millisecond')
    where s.user_id = owner and s.parent = wanted and s.completed <> given.completed;
  end if;
  current := given;
  return next;
end $$;
