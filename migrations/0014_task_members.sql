-- When a task was completed, and its priority: 1 high, 2 medium, 3 low, 4 none, so that the order is that of the numbers.
alter table task
  add column completed_at timestamptz,
  add column priority smallint not null default 4 constraint task_priority_check check (priority between 1 and 4);
alter table deleted_task add column completed_at timestamptz, add column priority smallint not null default 4;
create index task_priority_idx on task (user_id, priority, id);

-- The time is set and cleared by a trigger, so that it is right whichever release completes or reopens the task.
create function note_completion() returns trigger language plpgsql as $$
begin
  new.completed_at := case when new.completed then date_trunc('milliseconds', now()) end;
  return new;
end $$;
create trigger task_completed before update of completed on task
for each row when (old.completed is distinct from new.completed) execute function note_completion();

-- Brings back the deleted task `wanted`, or all tasks of the last deletion (null), within 24 hours, and returns them. One row of nulls says
-- that the owner would have more than `most` tasks. Of two calls at once, the second one waits for the first and then looks again, so two
-- calls bring back two deletions. It takes the tasks first, in the order of their ids, and the counter second.
create function restore_tasks(owner text, wanted bigint, most bigint) returns setof task language plpgsql as $$
declare
  last bigint;
  ids bigint[];
begin
  loop
    if wanted is null then
      select max(d.deletion) into last from deleted_task as d
      where d.user_id = owner and d.deleted_at > now() - interval '24 hours';
      if last is null then
        return;
      end if;
    end if;
    select array_agg(locked.id) into ids from (
      select d.id from deleted_task as d
      where d.user_id = owner and d.deleted_at > now() - interval '24 hours'
        and case when wanted is null then d.deletion = last else d.id = wanted end
      order by d.id for update
    ) as locked;
    exit when ids is not null or wanted is not null;
  end loop;
  if ids is null then
    return;
  end if;
  update task_counter as c set live = c.live + cardinality(ids) where c.user_id = owner and c.live + cardinality(ids) <= most;
  if not found then
    return next null;
    return;
  end if;
  return query
  with back as (
    delete from deleted_task as d where d.user_id = owner and d.id = any(ids) returning d.*
  )
  insert into task (user_id, id, title, description, completed, created_at, updated_at, completed_at, priority)
  select back.user_id, back.id, back.title, back.description, back.completed, back.created_at, back.updated_at,
    back.completed_at, back.priority
  from back
  returning task.*;
end $$;

-- The functions of migrations 0008 and 0010, for the members of a task as they are now. The older ones stay for the release before.

-- As `add_task`, with a priority. The fingerprint of a task without one is that of the older function.
create function add_task_with(
  owner text, new_title text, new_description text, new_priority smallint, most bigint, given_key text,
  out known boolean, out replayed boolean, out reused boolean, out id bigint, out created_at timestamp
) language plpgsql as $$
declare
  asked text;
begin
  if given_key is not null then
    asked := encode(sha256(convert_to(new_title || E'\n' || coalesce('+' || new_description, '')
      || case when new_priority = 4 then '' else E'\npriority ' || new_priority end, 'UTF8')), 'hex');
    delete from idempotency_key as k
    where k.user_id = owner and k.key = given_key and k.created_at <= now() - interval '24 hours';
    select true, true, k.fingerprint <> asked, k.task_id, k.created_at at time zone 'utc'
    into known, replayed, reused, id, created_at
    from idempotency_key as k where k.user_id = owner and k.key = given_key;
    if found then
      return;
    end if;
  end if;
  replayed := false;
  reused := false;
  insert into task_counter as counter (user_id, last_id, live)
  select u.id, 1, 1 from "user" as u where u.id = owner and most > 0
  on conflict on constraint task_counter_pkey do update set last_id = counter.last_id + 1, live = counter.live + 1
  where counter.live < most
  returning counter.last_id into id;
  known := found;
  if not found then
    known := exists (select from "user" as u where u.id = owner);
    return;
  end if;
  if given_key is not null then
    insert into idempotency_key (user_id, key, fingerprint, task_id, created_at)
    values (owner, given_key, asked, add_task_with.id, date_trunc('milliseconds', now()));
  end if;
  insert into task as t (user_id, id, title, description, priority)
  values (owner, add_task_with.id, new_title, new_description, new_priority)
  returning t.created_at at time zone 'utc' into created_at;
end $$;

-- As `update_task`: changes what is not null and returns the task, or no row.
create function change_task(
  owner text, task_id bigint, new_title text, new_description text, clear boolean, new_completed boolean,
  new_priority smallint, expected text[]
) returns setof task language plpgsql rows 1 as $$
begin
  return query
  update task as t set
    title = coalesce(new_title, t.title),
    description = case when clear then null else coalesce(new_description, t.description) end,
    completed = coalesce(new_completed, t.completed),
    priority = coalesce(new_priority, t.priority),
    updated_at = case
      when (coalesce(new_title, t.title), case when clear then null else coalesce(new_description, t.description) end,
            coalesce(new_completed, t.completed), coalesce(new_priority, t.priority))
        is distinct from (t.title, t.description, t.completed, t.priority)
      then greatest(date_trunc('milliseconds', now()), t.updated_at + interval '1 millisecond')
      else t.updated_at end
  where t.user_id = owner and t.id = change_task.task_id
    and (expected is null or to_char(t.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') = any(expected))
  returning t.*;
end $$;

-- As `list_tasks`, but without any task it has no row.
create function tasks_by_id(owner text, most bigint, done boolean, after_id bigint, descending boolean)
returns setof task language plpgsql stable rows 20 as $$
begin
  if done is null and not descending then
    return query select t.* from task as t where t.user_id = owner and t.id > coalesce(after_id, 0) order by t.id limit most;
  elsif done is null then
    return query select t.* from task as t where t.user_id = owner and t.id < coalesce(after_id, 9223372036854775807)
    order by t.id desc limit most;
  elsif not descending then
    return query select t.* from task as t where t.user_id = owner and t.completed = done and t.id > coalesce(after_id, 0)
    order by t.id limit most;
  else
    return query select t.* from task as t
    where t.user_id = owner and t.completed = done and t.id < coalesce(after_id, 9223372036854775807)
    order by t.id desc limit most;
  end if;
end $$;
