-- Every change of tasks is kept for a time, with who made it and the members of each task before and after, so that it can be undone.
-- Triggers record it, so a change is kept whichever statement of whichever release makes it, and new columns of `task` are recorded and
-- brought back without a change here. What one transaction changes of one owner is one change.

-- The number of the owner's last change.
alter table task_counter add column last_change bigint not null default 0;

create table task_change (
  user_id text not null,
  id bigint not null,
  made_at timestamptz not null default date_trunc('milliseconds', now()),
  -- add, import, edit, complete, reopen, move, delete, restore, undo or redo.
  kind text not null,
  actor text not null,
  -- The OAuth client of `mcp`, and the name that it had.
  app text,
  app_name text,
  -- The turn of `chat`.
  conversation_id bigint,
  turn bigint,
  -- The change that this one takes back, and the one that took this one back.
  undoes bigint,
  undone_by bigint,
  task_ids bigint[] not null,
  -- An object for each task: `id`, `title`, and the members that changed as they were `before` and are `after`. These are all members where
  -- the task was added (then there is no `before`) or deleted (then there is no `after`).
  tasks jsonb not null,
  constraint task_change_pkey primary key (user_id, id),
  constraint task_change_actor_check check (actor in ('page', 'api', 'chat', 'mcp')),
  constraint task_change_kind_check check (char_length(kind) between 1 and 40)
);
create index task_change_made_at_idx on task_change (made_at);

-- The deletions of the last 24 hours. Their changes have the numbers of the deletions.
insert into task_change (user_id, id, made_at, kind, actor, task_ids, tasks)
select user_id, deletion, max(deleted_at), 'delete', 'api', array_agg(id order by id), jsonb_agg(jsonb_build_object('id', id, 'title', title,
  'before', to_jsonb(deleted) - '{user_id,id,deletion,deleted_at}'::text[]) order by id)
from deleted_task as deleted group by user_id, deletion;
update task_counter set last_change = deletion;

-- The owner, after noting for this transaction who changes the tasks: an object with `actor` and, where they are known, `app`,
-- `conversation_id`, `turn` and `kind`. A statement passes its owner through this function, so that it runs before the tasks change.
-- Without it the actor is `api`. What the actor `none` does is not recorded.
create function acting(owner text, actor text) returns text language sql as $$
  select case when set_config('todo.actor', actor, true) is not null then owner end
$$;

-- The number of the change that this transaction has made so far, or null.
create function current_change() returns bigint language sql stable as $$
  select nullif(current_setting('todo.change', true), '')::bigint
$$;

-- What two changes of one task in one transaction are together.
create function merge_entries(earlier jsonb, later jsonb) returns jsonb language sql immutable as $$
  select case
    when earlier is null then later
    when later is null then earlier
    else later - '{before,after}'::text[]
      || case when earlier ? 'before'
        then jsonb_build_object('before', coalesce(later -> 'before', '{}') || (earlier -> 'before')) else '{}' end
      || case when later ? 'after'
        then jsonb_build_object('after', coalesce(earlier -> 'after', '{}') || (later -> 'after')) else '{}' end
  end
$$;

-- What an update did, by the names of the members that changed.
create function kind_of_update(members jsonb, now_completed boolean) returns text language sql immutable as $$
  select case
    when members - '{updated_at,completed_at,completed}'::text[] = '{}' and members ? 'completed'
      then case when now_completed then 'complete' else 'reopen' end
    when members - '{updated_at,place,list_id,parent}'::text[] = '{}' then 'move'
    else 'edit'
  end
$$;

-- Records what a statement did to tasks, of each owner as one change, under the owner's next number: locks the counter, after the tasks.
-- What this transaction has changed already of the owner is the same change.
create function record_tasks() returns trigger language plpgsql as $$
declare
  who jsonb := coalesce(nullif(current_setting('todo.actor', true), ''), '{}');
  number bigint := nullif(current_setting('todo.change', true), '')::bigint;
  made_rows refcursor;
  made record;
begin
  if who ->> 'actor' = 'none' then
    return null;
  elsif tg_op = 'INSERT' then
    open made_rows for
      select t.user_id as owner, 'add' as kind, array_agg(t.id order by t.id) as ids,
        jsonb_agg(jsonb_build_object('id', t.id, 'title', t.title, 'after', to_jsonb(t) - '{user_id,id}'::text[]) order by t.id) as entries
      from after_task as t group by t.user_id;
  elsif tg_op = 'DELETE' then
    open made_rows for
      select t.user_id as owner, 'delete' as kind, array_agg(t.id order by t.id) as ids,
        jsonb_agg(jsonb_build_object('id', t.id, 'title', t.title, 'before', to_jsonb(t) - '{user_id,id}'::text[]) order by t.id) as entries
      from before_task as t group by t.user_id;
  else
    open made_rows for
      select b.user_id as owner, case when min(kind) = max(kind) then min(kind) else 'edit' end as kind, array_agg(b.id order by b.id) as ids,
        jsonb_agg(jsonb_build_object('id', b.id, 'title', a.title, 'before', before, 'after', after) order by b.id) as entries
      from before_task as b join after_task as a on a.user_id = b.user_id and a.id = b.id,
        lateral (select to_jsonb(b) as whole_before, to_jsonb(a) as whole_after) as rows,
        lateral (
          select jsonb_object_agg(key, value) as before, jsonb_object_agg(key, whole_after -> key) as after
          from jsonb_each(whole_before) where value <> whole_after -> key
        ) as members,
        lateral (select kind_of_update(after, a.completed) as kind) as kinds
      where before is not null
      group by b.user_id;
  end if;
  loop
    fetch made_rows into made;
    exit when not found;
    if number is not null and current_setting('todo.change_owner') = made.owner then
      update task_change as c set
        task_ids = array(select distinct id from unnest(c.task_ids || made.ids) as id order by id),
        tasks = (
          select jsonb_agg(merge_entries(earlier.entry, later.entry) order by coalesce(earlier.entry, later.entry) -> 'id')
          from jsonb_array_elements(c.tasks) as earlier (entry)
          full join jsonb_array_elements(made.entries) as later (entry) on earlier.entry -> 'id' = later.entry -> 'id'
        )
      where c.user_id = made.owner and c.id = number;
      continue;
    end if;
    update task_counter as c set last_change = c.last_change + 1 where c.user_id = made.owner returning c.last_change into number;
    if not found then
      insert into task_counter (user_id, last_id, live, last_change)
      select u.id, made.ids[cardinality(made.ids)], case tg_op when 'DELETE' then 0 else cardinality(made.ids) end, 1
      from "user" as u where u.id = made.owner returning last_change into number;
      -- The account is being deleted.
      continue when not found;
    end if;
    insert into task_change (user_id, id, kind, actor, app, app_name, conversation_id, turn, undoes, task_ids, tasks) values (
      made.owner, number, coalesce(who ->> 'kind', made.kind), coalesce(who ->> 'actor', 'api'), who ->> 'app',
      case when who ? 'app' then (select c.name from "oauthClient" as c where c."clientId" = who ->> 'app') end,
      (who ->> 'conversation_id')::bigint, (who ->> 'turn')::bigint, (who ->> 'undoes')::bigint, made.ids, made.entries
    );
    perform set_config('todo.change', number::text, true), set_config('todo.change_owner', made.owner, true);
    -- An owner keeps 20,000 changes.
    if number % 100 = 0 then
      delete from task_change as c where c.user_id = made.owner and c.id <= number - 20000;
    end if;
  end loop;
  close made_rows;
  return null;
end $$;
create trigger task_added after insert on task
referencing new table as after_task for each statement execute function record_tasks();
create trigger task_changed after update on task
referencing old table as before_task new table as after_task for each statement execute function record_tasks();
create trigger task_deleted after delete on task
referencing old table as before_task for each statement execute function record_tasks();

-- The changes of an account go with its counter. A foreign key would be checked for each change.
create function delete_changes() returns trigger language plpgsql as $$
begin
  delete from task_change as c where c.user_id = old.user_id;
  return null;
end $$;
create trigger task_counter_deleted after delete on task_counter for each row execute function delete_changes();

-- The release before this one brings deleted tasks back from `deleted_task`, so they are put there as well, until it is gone.
create function keep_for_earlier_release() returns trigger language plpgsql as $$
begin
  with counter as (
    update task_counter as c set deletion = c.deletion + 1
    where c.user_id in (select t.user_id from before_task as t) and exists (select from "user" as u where u.id = c.user_id)
    returning c.user_id, c.deletion
  )
  insert into deleted_task (user_id, id, title, description, completed, created_at, updated_at, completed_at, priority, deletion)
  select t.user_id, t.id, t.title, t.description, t.completed, t.created_at, t.updated_at, t.completed_at, t.priority, counter.deletion
  from before_task as t join counter on counter.user_id = t.user_id
  on conflict do nothing;
  return null;
end $$;
create trigger task_deleted_for_earlier_release after delete on task
referencing old table as before_task for each statement execute function keep_for_earlier_release();

-- A time that is given stays: an undo brings the old one back.
create or replace function note_completion() returns trigger language plpgsql as $$
begin
  new.completed_at := case when new.completed then coalesce(new.completed_at, date_trunc('milliseconds', now())) end;
  return new;
end $$;

-- The change that is meant, of the last `days` days: `wanted`; or that which deleted the task `restored`; or, without either, the actor's
-- last one before `below` that is not undone. Its undos are not counted, so one undo after the other goes back; only when there is nothing
-- else, the last undo of the last day is meant.
create function find_change(owner text, who jsonb, wanted bigint, restored bigint, days bigint, below bigint) returns task_change
language plpgsql stable as $$
declare
  meant task_change;
begin
  if wanted is not null then
    select c.* into meant from task_change as c
    where c.user_id = owner and c.id = wanted and c.made_at > now() - days * interval '1 day';
  elsif restored is not null then
    select c.* into meant from task_change as c
    where c.user_id = owner and c.task_ids @> array[restored] and c.made_at > now() - days * interval '1 day'
      and exists (select from jsonb_array_elements(c.tasks) as entry where entry -> 'id' = to_jsonb(restored) and not entry ? 'after')
    order by c.id desc limit 1;
  else
    select c.* into meant from task_change as c
    where c.user_id = owner and c.undone_by is null and c.kind <> 'redo' and (c.id < below or c.kind = 'undo')
      and c.actor = coalesce(who ->> 'actor', 'api') and (c.actor <> 'mcp' or c.app is not distinct from who ->> 'app')
      and c.made_at > now() - case c.kind when 'undo' then 1 else days end * interval '1 day'
    order by c.kind = 'undo', c.id desc limit 1;
  end if;
  return meant;
end $$;

-- Recorded members in the form that they have now: times in the zone of this session, and no columns that are gone.
create function recorded_members(members jsonb) returns jsonb language plpgsql stable as $$
begin
  return (
    select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(jsonb_populate_record(null::task, members)))
    where members ? key
  );
end $$;

-- What undoing an entry does to its task as it is now (`present`; null if it is not there): `act` is delete, insert, update or null, `patch`
-- what is written, `kept` the members that were changed since and so stay. A task that was added and changed since stays as a whole.
create function plan_undo(old_members jsonb, new_members jsonb, present jsonb, out act text, out patch jsonb, out kept text[])
language plpgsql immutable as $$
begin
  kept := '{}';
  if new_members is null then
    if present is null then
      act := 'insert';
      patch := old_members;
    end if;
  elsif old_members is null then
    if present -> 'updated_at' <> new_members -> 'updated_at' then
      kept := array(
        select key from jsonb_each(present) where key <> 'updated_at' and value is distinct from new_members -> key order by key
      );
    end if;
    act := case when present is not null and kept = '{}' then 'delete' end;
  elsif present is null then
    kept := array(select key from jsonb_object_keys(new_members - 'updated_at') as key order by key);
  else
    kept := array(
      select key from jsonb_each(new_members)
      where key <> 'updated_at' and present -> key is distinct from value and present -> key is distinct from old_members -> key
      order by key
    );
    if 'completed_at' = any(kept) and 'completed' <> all(kept) then
      kept := kept || 'completed'::text;
    end if;
    select jsonb_object_agg(key, value) into patch from jsonb_each(old_members)
    where key <> 'updated_at' and key <> all(kept) and value is distinct from present -> key;
    act := case when patch is not null then 'update' end;
  end if;
end $$;

-- Writes what was planned, in the columns that `task` has now; one that was not recorded gets its default, or stays. Fails on a constraint
-- where the old members no longer fit.
create function write_undo(owner text, plan jsonb) returns void language plpgsql as $$
declare
  every text;
  given text;
begin
  select string_agg(quote_ident(attname), ', '), string_agg(quote_ident(attname), ', ') filter (
    where exists (select from jsonb_array_elements(plan) as item where item ->> 'act' = 'insert' and item -> 'patch' ? attname)
  ) into every, given
  from pg_attribute
  where attrelid = 'task'::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attname not in ('user_id', 'id');
  delete from task as t using jsonb_array_elements(plan) as item
  where t.user_id = owner and t.id = (item -> 'id')::bigint and item ->> 'act' = 'delete';
  if given is not null then
    execute format('insert into task (user_id, id, %1$s) select $1, (item -> ''id'')::bigint, %1$s
      from jsonb_array_elements($2) as item, jsonb_populate_record(null::task, item -> ''patch'')
      where item ->> ''act'' = ''insert''', given) using owner, plan;
  end if;
  execute format('update task as t set (%1$s) = (
      select %1$s from jsonb_populate_record(t, item -> ''patch'' || jsonb_build_object(''updated_at'',
        greatest(date_trunc(''milliseconds'', now()), t.updated_at + interval ''1 millisecond'')))
    ) from jsonb_array_elements($2) as item
    where t.user_id = $1 and t.id = (item -> ''id'')::bigint and item ->> ''act'' = ''update''', every) using owner, plan;
end $$;

-- Undoes the change that find_change finds; `restored` brings back this one task of it. That is a change itself. `state` is done; nothing
-- (there is no such change); undone (it is undone already); changed (all of it was changed since); full (the owner would have more than
-- `most` tasks). Returns a row for each task that it brought back or changed, as it is now, at most 100 of the `amount`; or one without a
-- task. `gone` are the numbers of the tasks that it deleted, `kept` the tasks with the members that were changed since and stay. Undos of
-- one owner wait for each other. Each takes the tasks in the order of their ids, then the counter, then the changes.
create function undo_tasks(owner text, wanted bigint, restored bigint, most bigint, days bigint)
returns table (state text, undone bigint, kind text, title text, made bigint, amount bigint, gone bigint[], kept jsonb, present task)
language plpgsql as $$
#variable_conflict use_variable
declare
  who jsonb := coalesce(nullif(current_setting('todo.actor', true), ''), '{}');
  below bigint := 9223372036854775807;
  old task_change;
  plan jsonb;
  acts bigint[];
  growth bigint;
  link bigint;
  mark bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('undo ' || owner, 0));
  loop
    old := find_change(owner, who, wanted, restored, days, below);
    undone := old.id;
    kind := old.kind;
    title := old.tasks -> 0 ->> 'title';
    perform from task as t where t.user_id = owner and t.id = any(old.task_ids) order by t.id for update;
    select coalesce(jsonb_agg(to_jsonb(planned) || jsonb_build_object('id', entry -> 'id', 'title', coalesce(t.title, entry ->> 'title'))), '[]')
    into plan from jsonb_array_elements(old.tasks) as entry
    left join task as t on t.user_id = owner and t.id = (entry -> 'id')::bigint,
      plan_undo(recorded_members(entry -> 'before'), recorded_members(entry -> 'after'),
        case when t.id is not null then to_jsonb(t) - '{user_id,id}'::text[] end) as planned
    where restored is null or entry -> 'id' = to_jsonb(restored);
    select array_agg((item -> 'id')::bigint order by item -> 'id') filter (where item ->> 'act' is not null),
      array_agg((item -> 'id')::bigint order by item -> 'id') filter (where item ->> 'act' = 'delete'),
      count(*) filter (where item ->> 'act' = 'insert') - count(*) filter (where item ->> 'act' = 'delete'),
      jsonb_agg(jsonb_build_object('id', item -> 'id', 'title', item -> 'title', 'members', item -> 'kept')) filter (where item -> 'kept' <> '[]')
    into acts, gone, growth, kept from jsonb_array_elements(plan) as item;
    state := case when old.id is null then 'nothing' when old.undone_by is not null and restored is null then 'undone'
      when acts is not null then 'done' when kept is not null then 'changed' when wanted is not null then 'undone' else 'nothing' end;
    -- What somebody else took back is passed over.
    exit when state <> 'nothing' or old.id is null or restored is not null or old.kind = 'undo';
    below := old.id;
  end loop;
  if state = 'done' then
    update task_counter as c set live = c.live + growth where c.user_id = owner and (growth <= 0 or c.live + growth <= most);
    state := case when found then 'done' else 'full' end;
  end if;
  if state <> 'done' then
    return next;
    return;
  end if;
  link := case when restored is null or cardinality(old.task_ids) = 1 then old.id end;
  perform acting(owner, (who || jsonb_build_object('undoes', link,
    'kind', case when restored is not null then 'restore' when old.kind = 'undo' then 'redo' else 'undo' end))::text);
  begin
    perform write_undo(owner, plan);
  exception when integrity_constraint_violation then
    update task_counter as c set live = c.live - growth where c.user_id = owner;
    state := 'changed';
    return next;
    return;
  end;
  delete from deleted_task as d using task as t where d.user_id = owner and d.id = any(acts) and t.user_id = owner and t.id = d.id;
  made := current_change();
  -- The change is undone; what it had undone itself stands again, and so on.
  mark := made;
  while link is not null loop
    update task_change as c set undone_by = mark where c.user_id = owner and c.id = link returning c.undoes into old.undoes;
    mark := case when mark is null then link end;
    link := case when found then old.undoes end;
  end loop;
  amount := cardinality(acts);
  return query select state, undone, kind, title, made, amount, gone, kept, t
  from (select) as always left join task as t on t.user_id = owner and t.id = any(acts) order by t.id limit 100;
end $$;
