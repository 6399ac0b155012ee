-- The history: of lists too, and at less cost. What a statement did is one JSON that is made in one pass, and the counter that numbers a new
-- task numbers its change as well. The order of locks is tasks, counter, lists, changes.

-- Words and orders of owners with many tasks have indexes; of others their tasks are read, which takes less than to keep these. `search_state` is 1
-- while the grams of an owner's tasks are made, and 2 when all have them.
alter table task_counter add column search_state smallint not null default 0;
alter table task add column grams integer[];

-- An object for each list, as in `tasks`: `id`, `name`, and the members that changed. A list that is deleted is not there.
alter table task_change add column lists jsonb;
-- Only the functions below write it, and a check costs each change.
alter table task_change drop constraint task_change_actor_check, drop constraint task_change_kind_check;

-- Rows come in the order of their times: a summary of each few pages says which are old.
drop index task_change_made_at_idx;
create index task_change_made_at_idx on task_change using brin (made_at) with (pages_per_range = 32, autosummarize = on);

-- What an update did to a task: nothing if `kind` is null. To complete and to reopen is what happens most.
create function changed_members(earlier task, later task, out kind text, out before jsonb, out after jsonb) language plpgsql stable as $$
declare
  likewise task := later;
begin
  likewise.completed := earlier.completed;
  likewise.completed_at := earlier.completed_at;
  likewise.updated_at := earlier.updated_at;
  if likewise is not distinct from earlier then
    if later.completed <> earlier.completed then
      kind := case when later.completed then 'complete' else 'reopen' end;
      before := jsonb_build_object('completed', earlier.completed, 'completed_at', earlier.completed_at, 'updated_at', earlier.updated_at);
      after := jsonb_build_object('completed', later.completed, 'completed_at', later.completed_at, 'updated_at', later.updated_at);
      return;
    elsif (later.completed_at, later.updated_at) is not distinct from (earlier.completed_at, earlier.updated_at) then
      return;
    end if;
  end if;
  select jsonb_object_agg(m.key, m.value), jsonb_object_agg(m.key, now.members -> m.key) into before, after
  from (select to_jsonb(later) as members) as now, jsonb_each(to_jsonb(earlier)) as m where m.value <> now.members -> m.key;
  kind := kind_of_update(after, later.completed);
end $$;

-- Keeps a change of an owner under their next number: locks the counter. What this transaction has changed already of the owner is the same
-- change. `alive` is how many tasks a counter begins with that is not there yet.
create function keep_change(owner text, who jsonb, made_kind text, ids bigint[], entries jsonb, list_entries jsonb, alive bigint) returns void
language plpgsql as $$
declare
  number bigint := nullif(current_setting('todo.change', true), '')::bigint;
  app_name text;
  noted text;
begin
  if number is not null and current_setting('todo.change_owner') = owner then
    update task_change as c set
      kind = case when c.kind like 'list\_%' and list_entries is null and not who ? 'kind' then made_kind else c.kind end,
      task_ids = array(select distinct id from unnest(c.task_ids || ids) as id order by id),
      tasks = merged_entries(c.tasks, entries),
      lists = merged_entries(c.lists, list_entries)
    where c.user_id = owner and c.id = number;
    return;
  end if;
  number := nullif(current_setting('todo.numbered', true), '')::bigint;
  if number is not null then
    noted := set_config('todo.numbered', '', true);
  else
    update task_counter as c set last_change = c.last_change + 1 where c.user_id = owner returning c.last_change into number;
    if not found then
      insert into task_counter (user_id, last_id, live, last_change)
      select u.id, coalesce(ids[cardinality(ids)], 0), alive, 1 from "user" as u where u.id = owner
      returning last_change into number;
      -- The account is being deleted.
      if not found then
        return;
      end if;
    end if;
  end if;
  -- Apart from the insertion, whose plan then serves every change.
  if who ? 'app' then
    select c.name into app_name from "oauthClient" as c where c."clientId" = who ->> 'app';
  end if;
  insert into task_change (user_id, id, kind, actor, app, app_name, conversation_id, turn, undoes, task_ids, tasks, lists) values (
    owner, number, coalesce(who ->> 'kind', made_kind), coalesce(who ->> 'actor', 'api'), who ->> 'app',
    app_name,
    (who ->> 'conversation_id')::bigint, (who ->> 'turn')::bigint, (who ->> 'undoes')::bigint, ids, entries, list_entries
  );
  noted := set_config('todo.change', number::text, true);
  noted := set_config('todo.change_owner', owner, true);
  -- An owner keeps 20,000 changes.
  if number % 100 = 0 then
    delete from task_change as c where c.user_id = owner and c.id <= number - 20000;
  end if;
end $$;

-- What two changes in one transaction did to each of their tasks or lists.
create function merged_entries(earlier jsonb, later jsonb) returns jsonb language sql immutable as $$
  select case when earlier is null then later when later is null then earlier else (
    select coalesce(jsonb_agg(todo.merge_entries(e.entry, l.entry) order by coalesce(e.entry, l.entry) -> 'id'), '[]')
    from jsonb_array_elements(earlier) as e (entry) full join jsonb_array_elements(later) as l (entry) on e.entry -> 'id' = l.entry -> 'id'
  ) end
$$;

-- Records what a statement did to tasks, of each owner as one change.
create or replace function record_tasks() returns trigger language plpgsql as $$
declare
  who jsonb := coalesce(nullif(current_setting('todo.actor', true), ''), '{}');
  made record;
begin
  if who ->> 'actor' = 'none' then
    return null;
  elsif tg_op = 'INSERT' then
    for made in
      select t.user_id as owner, array_agg(t.id order by t.id) as ids, jsonb_agg(entry order by t.id) as entries
      from after_task as t, lateral (select t.id, t.title, t as after) as entry group by t.user_id
    loop
      perform keep_change(made.owner, who, 'add', made.ids, made.entries, null, cardinality(made.ids));
    end loop;
  elsif tg_op = 'DELETE' then
    for made in
      select t.user_id as owner, array_agg(t.id order by t.id) as ids, jsonb_agg(entry order by t.id) as entries
      from before_task as t, lateral (select t.id, t.title, t as before) as entry group by t.user_id
    loop
      perform keep_change(made.owner, who, 'delete', made.ids, made.entries, null, 0);
    end loop;
  else
    for made in
      select b.user_id as owner, case when min(m.kind) = max(m.kind) then min(m.kind) else 'edit' end as kind,
        array_agg(b.id order by b.id) as ids, jsonb_agg(entry order by b.id) as entries
      from before_task as b join after_task as a on a.user_id = b.user_id and a.id = b.id,
        lateral changed_members(b, a) as m, lateral (select a.id, a.title, m.before, m.after) as entry
      where m.kind is not null group by b.user_id
    loop
      perform keep_change(made.owner, who, made.kind, made.ids, made.entries, null, cardinality(made.ids));
    end loop;
  end if;
  return null;
end $$;

-- The members of a list that a change records; null for one that is deleted.
create function list_members(l task_list) returns jsonb language sql immutable as $$
  select case when l.deleted_at is null and l.id is not null then to_jsonb(l) - '{user_id,id,deleted_at}'::text[] end
$$;

-- Records what a statement did to lists, of each owner as one change.
create function record_lists() returns trigger language plpgsql as $$
declare
  who jsonb := coalesce(nullif(current_setting('todo.actor', true), ''), '{}');
  made record;
begin
  if who ->> 'actor' = 'none' then
    return null;
  elsif tg_op = 'INSERT' then
    for made in
      select l.user_id as owner, jsonb_agg(jsonb_build_object('id', l.id, 'name', l.name, 'after', list_members(l)) order by l.id) as entries
      from after_list as l where l.deleted_at is null group by l.user_id
    loop
      perform keep_change(made.owner, who, 'list_add', '{}', '[]', made.entries, 0);
    end loop;
    return null;
  end if;
  for made in
    select b.user_id as owner,
      case when bool_and(whole.after is null) then 'list_delete' when bool_and(whole.before is null) then 'list_add' else 'list_edit' end as kind,
      jsonb_agg(jsonb_build_object('id', b.id, 'name', a.name)
        || case when whole.before is null then '{}' else jsonb_build_object('before', coalesce(m.before, whole.before)) end
        || case when whole.after is null then '{}' else jsonb_build_object('after', coalesce(m.after, whole.after)) end order by b.id) as entries
    from before_list as b join after_list as a on a.user_id = b.user_id and a.id = b.id,
      lateral (select list_members(b) as before, list_members(a) as after) as whole,
      lateral (
        select jsonb_object_agg(key, value) as before, jsonb_object_agg(key, whole.after -> key) as after
        from jsonb_each(whole.before) where whole.after is not null and value <> whole.after -> key
      ) as m
    where whole.before is distinct from whole.after group by b.user_id
  loop
    perform keep_change(made.owner, who, made.kind, '{}', '[]', made.entries, 0);
  end loop;
  return null;
end $$;
create trigger task_list_added after insert on task_list
referencing new table as after_list for each statement execute function record_lists();
create trigger task_list_changed after update on task_list
referencing old table as before_list new table as after_list for each statement execute function record_lists();

-- As before; and a list that was added and changed since stays as a whole, though it has no version.
create or replace function plan_undo(old_members jsonb, new_members jsonb, present jsonb, out act text, out patch jsonb, out kept text[])
language plpgsql immutable as $$
begin
  kept := '{}';
  if new_members is null then
    if present is null then
      act := 'insert';
      patch := old_members;
    end if;
  elsif old_members is null then
    if present ->> 'updated_at' is distinct from new_members ->> 'updated_at' or not new_members ? 'updated_at' then
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

-- Recorded members in the form that they have now: times in the zone of this session, and no columns that are gone.
create or replace function recorded_members(members jsonb) returns jsonb language plpgsql stable as $$
begin
  return (
    select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(jsonb_populate_record(null::task, members)))
    where members ? key and key not in ('user_id', 'id')
  );
end $$;

-- What undoing the entries of lists does, given what it does to tasks: as `plan_undo`, with the list's `id` and `name`. A list comes back unless
-- another one has its name; one that was added stays while it holds a task that stays.
create function plan_lists(owner text, entries jsonb, plan jsonb) returns jsonb language sql stable as $$
  select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'patch', p.patch,
    'act', case when p.holds or p.named and p.act = 'insert' or p.patch = '{}' then null else p.act end,
    'kept', p.kept || case when p.named then '{name}' else '{}'::text[] end || case when p.holds then '{tasks}' else '{}'::text[] end) order by p.id)
  from (
    select (entry -> 'id')::bigint as id, coalesce(l.name, entry ->> 'name') as name, planned.act, planned.kept,
      case when taken.named then planned.patch - '{name,name_key}'::text[] else planned.patch end as patch, taken.named,
      planned.act = 'delete' and exists (
        select from todo.task as t where t.user_id = owner and t.list_id = l.id and not exists (
          select from jsonb_array_elements(plan) as item
          where (item -> 'id')::bigint = t.id and (item ->> 'act' = 'delete' or item ->> 'act' = 'update' and item -> 'patch' ? 'list_id')
        )
      ) as holds
    from jsonb_array_elements(entries) as entry
    left join todo.task_list as l on l.user_id = owner and l.id = (entry -> 'id')::bigint and l.deleted_at is null,
      todo.plan_undo(entry -> 'before', entry -> 'after', todo.list_members(l)) as planned,
      lateral (
        select planned.patch ? 'name_key' and exists (
          select from todo.task_list as other
          where other.user_id = owner and other.name_key = planned.patch ->> 'name_key' and other.deleted_at is null and other.id <> (entry -> 'id')::bigint
        ) as named
      ) as taken
  ) as p
$$;

-- Writes what was planned for lists: lists that come back or change before the tasks do, lists that go (`going`) after them.
create function write_lists(owner text, plan jsonb, going boolean) returns void language plpgsql as $$
begin
  if going then
    update task_list as l set deleted_at = now() from jsonb_array_elements(plan) as item
    where l.user_id = owner and l.id = (item -> 'id')::bigint and item ->> 'act' = 'delete';
    return;
  end if;
  insert into task_list as l (user_id, id, name, name_key, color, archived, place, created_at)
  select owner, (item -> 'id')::bigint, old.name, old.name_key, old.color, old.archived, old.place, old.created_at
  from jsonb_array_elements(plan) as item, jsonb_populate_record(null::task_list, item -> 'patch') as old
  where item ->> 'act' = 'insert'
  on conflict on constraint task_list_pkey do update set
    deleted_at = null, name = excluded.name, name_key = excluded.name_key, color = excluded.color, archived = excluded.archived, place = excluded.place;
  update task_list as l set name = old.name, name_key = old.name_key, color = old.color, archived = old.archived, place = old.place
  from jsonb_array_elements(plan) as item, task_list as present, jsonb_populate_record(present, item -> 'patch') as old
  where l.user_id = owner and l.id = (item -> 'id')::bigint and present.user_id = owner and present.id = l.id and item ->> 'act' = 'update';
end $$;

-- As before, and of lists: `lists` are those of the change, each with what was done to it (`act`) and what was changed since (`kept`).
drop function undo_tasks(text, bigint, bigint, bigint, bigint);
create function undo_tasks(owner text, wanted bigint, restored bigint, most bigint, days bigint)
returns table (
  state text, undone bigint, kind text, title text, made bigint, amount bigint, gone bigint[], kept jsonb, lists jsonb, present task
) language plpgsql as $$
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
    title := coalesce(case when old.kind like 'list\_%' then old.lists -> 0 ->> 'name' end, old.tasks -> 0 ->> 'title', old.lists -> 0 ->> 'name');
    perform from task as t where t.user_id = owner and t.id = any(old.task_ids) order by t.id for update;
    perform from task_counter as c where c.user_id = owner for update;
    select coalesce(jsonb_agg(to_jsonb(planned) || jsonb_build_object('id', entry -> 'id', 'title', coalesce(t.title, entry ->> 'title'))), '[]')
    into plan from jsonb_array_elements(old.tasks) as entry
    left join task as t on t.user_id = owner and t.id = (entry -> 'id')::bigint,
      plan_undo(recorded_members(entry -> 'before'), recorded_members(entry -> 'after'),
        case when t.id is not null then to_jsonb(t) - '{user_id,id}'::text[] end) as planned
    where restored is null or entry -> 'id' = to_jsonb(restored);
    lists := case when restored is null then plan_lists(owner, old.lists, plan) end;
    select array_agg((item -> 'id')::bigint order by item -> 'id') filter (where item ->> 'act' is not null),
      array_agg((item -> 'id')::bigint order by item -> 'id') filter (where item ->> 'act' = 'delete'),
      count(*) filter (where item ->> 'act' = 'insert') - count(*) filter (where item ->> 'act' = 'delete'),
      jsonb_agg(jsonb_build_object('id', item -> 'id', 'title', item -> 'title', 'members', item -> 'kept')) filter (where item -> 'kept' <> '[]')
    into acts, gone, growth, kept from jsonb_array_elements(plan) as item;
    state := case when old.id is null then 'nothing' when old.undone_by is not null and restored is null then 'undone'
      when acts is not null or lists @? '$[*] ? (@.act != null)' then 'done'
      when kept is not null or lists @? '$[*] ? (@.kept.size() > 0)' then 'changed' when wanted is not null then 'undone' else 'nothing' end;
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
    perform write_lists(owner, lists, false);
    perform write_undo(owner, plan);
    perform write_lists(owner, lists, true);
  exception when integrity_constraint_violation then
    update task_counter as c set live = c.live - growth where c.user_id = owner;
    state := 'changed';
    return next;
    return;
  end;
  update task as t set grams = task_grams(t) where t.user_id = owner and t.id = any(acts) and t.grams is null
    and (select c.search_state > 0 from task_counter as c where c.user_id = owner);
  delete from deleted_task as d using task as t where d.user_id = owner and d.id = any(acts) and t.user_id = owner and t.id = d.id;
  made := current_change();
  -- The change is undone; what it had undone itself stands again, and so on.
  mark := made;
  while link is not null loop
    update task_change as c set undone_by = mark where c.user_id = owner and c.id = link returning c.undoes into old.undoes;
    mark := case when mark is null then link end;
    link := case when found then old.undoes end;
  end loop;
  amount := coalesce(cardinality(acts), 0);
  return query select state, undone, kind, title, made, amount, gone, kept, lists, t
  from (select) as always left join task as t on t.user_id = owner and t.id = any(acts) order by t.id limit 100;
end $$;

-- As before, but locks the counter before lists.
create or replace function add_list(owner text, given_name text, given_key text, given_color text) returns task_list language plpgsql as $$
declare
  added task_list;
begin
  insert into task_counter as c (user_id, last_id, last_list) values (owner, 0, 1)
  on conflict (user_id) do update set last_list = c.last_list + 1
  returning c.last_list into added.id;
  delete from task_list as l where l.user_id = owner and l.id in (
    select d.id from task_list as d where d.user_id = owner and d.deleted_at is not null order by d.deleted_at desc offset 200
  );
  if (select count(*) from task_list as l where l.user_id = owner and l.deleted_at is null) >= 200 then
    raise exception 'too many lists' using errcode = 'check_violation', constraint = 'task_list_limit';
  end if;
  insert into task_list as l (user_id, id, name, name_key, color) values (owner, added.id, given_name, given_key, given_color)
  on conflict (user_id, name_key) where deleted_at is null do nothing
  returning l.* into added;
  if not found then
    select l.* into added from task_list as l where l.user_id = owner and l.name_key = given_key and l.deleted_at is null;
  end if;
  return added;
end $$;

-- As before, but locks the counter before the list.
create or replace function change_list(owner text, wanted bigint, members jsonb) returns boolean language plpgsql as $$
declare
  given task_list;
  low text;
  high text;
begin
  perform from task_counter as c where c.user_id = owner for update;
  select l.* into given from task_list as l where l.user_id = owner and l.id = wanted and l.deleted_at is null for update;
  if not found then
    return false;
  end if;
  given := jsonb_populate_record(given, members - 'position');
  if members ? 'position' then
    with others as (
      select task_place(l.place, l.id) as place, row_number() over (order by task_place(l.place, l.id), l.id) as number
      from task_list as l where l.user_id = owner and l.id <> wanted and l.deleted_at is null
    )
    select max(place) filter (where number < (members -> 'position')::bigint), min(place) filter (where number >= (members -> 'position')::bigint)
    into low, high from others;
    given.place := place_between(low, high);
  end if;
  update task_list as l set name = given.name, name_key = given.name_key, color = given.color, archived = given.archived, place = given.place
  where l.user_id = owner and l.id = wanted;
  return true;
end $$;

-- As before, as one change of the list and its tasks. Takes its tasks first, then the counter, then the list.
create or replace function delete_list(owner text, wanted bigint, with_tasks boolean) returns boolean language plpgsql as $$
declare
  ids bigint[];
begin
  perform from task as t where t.user_id = owner and t.list_id = wanted order by t.parent is not null, t.id for update;
  perform from task_counter as c where c.user_id = owner for update;
  perform acting(owner, (coalesce(nullif(current_setting('todo.actor', true), ''), '{}')::jsonb || '{"kind":"list_delete"}')::text);
  update task_list as l set deleted_at = now() where l.user_id = owner and l.id = wanted and l.deleted_at is null;
  if not found then
    return false;
  end if;
  select array_agg(t.id) into ids from task as t where t.user_id = owner and t.list_id = wanted;
  if with_tasks then
    perform delete_each(owner, ids, null);
  else
    update task as t set list_id = null, updated_at = greatest(date_trunc('milliseconds', now()), t.updated_at + interval '1 millisecond')
    where t.user_id = owner and t.id = any(ids);
  end if;
  return true;
end $$;

-- As before, but the counter that numbers the task numbers its change too (see `keep_change`), and says whether the owner's texts are indexed.
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
  insert into task values (added.*);
end $$;

-- What a key stands for when a task is added. That of a task which the functions before migration 0022 knew is theirs.
create function task_fingerprint(members jsonb) returns text language plpgsql immutable as $$
declare
  more jsonb := members - '{title,description,priority,title_key,title_search,description_search,zone}'::text[];
begin
  return encode(sha256(convert_to((members ->> 'title') || E'\n' || coalesce('+' || (members ->> 'description'), '')
    || case when coalesce(members ->> 'priority', '4') = '4' then '' else E'\npriority ' || (members ->> 'priority') end
    || case when more = '{}' then '' else E'\n' || more::text end, 'UTF8')), 'hex');
end $$;

-- Locks an owner's counter before a change that may lock lists or tags, as an addition does.
create function lock_counter(owner text, members jsonb) returns void language plpgsql as $$
begin
  if members ?| '{list,tags,tag_keys,add_tag_keys}' then
    perform from task_counter as c where c.user_id = owner for update;
  end if;
end $$;

-- The occurrence of a repeating task that is completed by `given`: the task as it is due again, and when it was due; nulls where the series ends.
create function next_occurrence(given task, out again task, out due text) language plpgsql stable as $$
declare
  next_day date;
begin
  select next_due(given, c.today) into next_day from user_clock(given.user_id) as c;
  if next_day is not null then
    due := due_text(given.due_day, given.due_time);
    again := given;
    again.completed := false;
    again.due_day := next_day;
    again.repeat_done := given.repeat_done + 1;
  end if;
end $$;

-- As before, with the order of locks.
create or replace function change_task_members(owner text, wanted bigint, members jsonb, expected text[])
returns table (current task, occurrence_due text, occurrence_at timestamp) language plpgsql rows 1 as $$
declare
  was task;
  given task;
  next_time record;
  key_task bigint;
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
  perform lock_counter(owner, members), keep_zone(owner, members ->> 'zone');
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
    update task as t set
      title = given.title, description = given.description, completed = given.completed, priority = given.priority,
      due_day = given.due_day, due_time = given.due_time,
      repeat = given.repeat, repeat_from = given.repeat_from, repeat_anchor = given.repeat_anchor, repeat_done = given.repeat_done,
      remind = given.remind, tags = given.tags, tag_keys = given.tag_keys, list_id = given.list_id, parent = given.parent,
      title_key = given.title_key, title_search = given.title_search, description_search = given.description_search,
      updated_at = greatest(date_trunc('milliseconds', now()), t.updated_at + interval '1 millisecond')
    where t.user_id = owner and t.id = wanted
    returning t.* into given;
  end if;
  if given.completed and not was.completed or occurrence_due is not null then
    update task as s set completed = given.completed,
      updated_at = greatest(date_trunc('milliseconds', now()), s.updated_at + interval '1 millisecond')
    where s.user_id = owner and s.parent = wanted and s.completed <> given.completed;
  end if;
  current := given;
  return next;
end $$;

-- A task with more tags and fewer, as `members` of `change_tasks` says: its tags and keys.
create function task_tags(t task, members jsonb) returns jsonb language sql immutable as $$
  select jsonb_build_object('tag_keys', coalesce(jsonb_agg(key order by number), '[]'), 'tags', coalesce(jsonb_agg(name order by number), '[]'))
  from (
    select distinct on (key) key, name, number from (
      select key, name, number from unnest(t.tag_keys, t.tags) with ordinality as old (key, name, number)
      union all
      select key, name, 100 + number from rows from (
        jsonb_array_elements_text(members -> 'add_tag_keys'), jsonb_array_elements_text(members -> 'add_tags')
      ) with ordinality as more (key, name, number)
    ) as every
    where not coalesce(members -> 'remove_tag_keys', '[]') ? key
    order by key, number
  ) as kept
$$;

-- Changes several tasks as one change, and returns each of `ids` in their order with what became of it: `missing`; `not_current` (it is not due
-- as `dues` says, in the order of the ids; null for any); `too_many_tags`; `unchanged`, `changed` or `deleted`. `members` are those of
-- `task_with` that several tasks can have, `due_day` (each keeps its time), `add_tags` with `add_tag_keys`, `remove_tag_keys`, and
-- `delete`. With a `key` that was used for this in the last 24 hours nothing is changed. A task is completed as `change_task_members` does.
create function change_tasks(owner text, ids bigint[], dues text[], members jsonb)
returns table (id bigint, state text, current task, occurrence_due text, occurrence_at timestamp) language plpgsql rows 20 as $$
#variable_conflict use_column
declare
  was task;
  given task;
  next_time record;
  due text;
  states jsonb := '{}';
  occurrences jsonb := '{}';
  planned task[] := '{}';
  closed bigint[] := '{}';
  opened bigint[] := '{}';
  at timestamptz := date_trunc('milliseconds', now());
  is_replay boolean := members ? 'key' and is_repeated(owner, members);
  shared jsonb := members - '{key,delete,due_day,add_tags,add_tag_keys,remove_tag_keys}'::text[];
begin
  perform from task as t where t.user_id = owner and (t.id = any(ids) or t.parent = any(ids)) order by t.parent is not null, t.id for update;
  perform lock_counter(owner, members);
  for was in select t.* from task as t where t.user_id = owner and t.id = any(ids) order by t.parent is not null, t.id loop
    given := was;
    due := dues[array_position(ids, was.id)];
    if due is distinct from due_text(was.due_day, was.due_time) and due is not null then
      states := states || jsonb_build_object(was.id, 'not_current');
    elsif is_replay then
      states := states || jsonb_build_object(was.id, 'unchanged');
    elsif members ? 'delete' then
      states := states || jsonb_build_object(was.id, 'deleted');
    else
      given := task_with(was, shared
        || case when members ? 'due_day' then jsonb_build_object('due', due_text((members ->> 'due_day')::date, was.due_time)) else '{}' end
        || case when members ?| '{add_tag_keys,remove_tag_keys}' then task_tags(was, members) else '{}' end);
      if given.completed and not was.completed and given.repeat is not null then
        select o.* into next_time from next_occurrence(given) as o;
        if next_time.due is not null then
          given := next_time.again;
          occurrences := occurrences || jsonb_build_object(was.id, next_time.due);
          opened := opened || was.id;
        end if;
      end if;
      if given.completed and not was.completed then
        closed := closed || was.id;
      end if;
      if cardinality(given.tags) > 20 then
        states := states || jsonb_build_object(was.id, 'too_many_tags');
      elsif given is distinct from was then
        states := states || jsonb_build_object(was.id, 'changed');
        given.updated_at := greatest(at, was.updated_at + interval '1 millisecond');
        planned := planned || given;
      else
        states := states || jsonb_build_object(was.id, 'unchanged');
      end if;
    end if;
  end loop;
  for given in
    select t.* from task as t where t.user_id = owner and t.id <> all(ids) and (t.parent = any(closed) and not t.completed or t.parent = any(opened) and t.completed)
  loop
    given.completed := not given.completed;
    given.updated_at := greatest(at, given.updated_at + interval '1 millisecond');
    planned := planned || given;
  end loop;
  if occurrences <> '{}' then
    perform acting(owner, (coalesce(nullif(current_setting('todo.actor', true), ''), '{}')::jsonb || '{"kind":"complete"}')::text);
  end if;
  if planned <> '{}' then
    update task as t set
      completed = g.completed, priority = g.priority, due_day = g.due_day, due_time = g.due_time, repeat = g.repeat,
      repeat_from = g.repeat_from, repeat_anchor = g.repeat_anchor, repeat_done = g.repeat_done, remind = g.remind, tags = g.tags,
      tag_keys = g.tag_keys, list_id = g.list_id, parent = g.parent, updated_at = g.updated_at
    from unnest(planned) as g where t.user_id = owner and t.id = g.id;
  end if;
  if members ? 'delete' then
    return query select w.id, coalesce(states ->> w.id::text, 'missing'), case when d.id is null then t else d end, null::text, null::timestamp
    from unnest(ids) with ordinality as w (id, number)
    left join delete_each(owner, array(select key::bigint from jsonb_each_text(states) where value = 'deleted'), null) as d on d.id = w.id
    left join task as t on t.user_id = owner and t.id = w.id order by w.number;
    return;
  end if;
  return query select w.id, coalesce(states ->> w.id::text, 'missing'), t, occurrences ->> w.id::text,
    case when occurrences ? w.id::text then at at time zone 'utc' end
  from unnest(ids) with ordinality as w (id, number) left join task as t on t.user_id = owner and t.id = w.id order by w.number;
end $$;

-- Whether a change of several tasks with the key of `members` was made in the last 24 hours; notes it if not.
create function is_repeated(owner text, members jsonb) returns boolean language plpgsql as $$
declare
  asked text := encode(sha256(convert_to('several' || (members - 'zone')::text, 'UTF8')), 'hex');
  earlier text;
begin
  delete from idempotency_key as k
  where k.user_id = owner and k.key = members ->> 'key' and k.created_at <= now() - interval '24 hours';
  select k.fingerprint into earlier from idempotency_key as k where k.user_id = owner and k.key = members ->> 'key';
  if earlier is not null and earlier <> asked then
    raise exception 'the key was used for something else' using errcode = 'unique_violation', constraint = 'idempotency_key_used';
  elsif earlier is null then
    insert into idempotency_key (user_id, key, fingerprint, task_id, created_at)
    values (owner, members ->> 'key', asked, 0, date_trunc('milliseconds', now()));
  end if;
  return earlier is not null;
end $$;

-- As before, by one statement.
create or replace function complete_each(owner text, ids bigint[], done boolean)
returns table (current task, occurrence_due text, occurrence_at timestamp) language plpgsql as $$
begin
  return query select c.current, c.occurrence_due, c.occurrence_at
  from change_tasks(owner, ids, null, jsonb_build_object('completed', done)) as c where c.state <> 'missing';
end $$;

-- Adds all of these tasks under the owner's next numbers from `first_id` on, or none. A draft has the members of `task_with`, its times, whether
-- it is completed, and `parent_draft`, the number of the draft that it is a step of, and `rank`, its place among the drafts in the order of places.
-- With a key that was used for the same (`purpose`: import or add) in the last 24 hours nothing is added.
create function import_numbered(
  owner text, drafts jsonb, most bigint, given_key text, purpose text,
  out known boolean, out replayed boolean, out reused boolean, out fits boolean, out added bigint, out first_id bigint
) language plpgsql as $$
declare
  asked text;
  earlier idempotency_key;
  counted task_counter;
begin
  known := exists (select from "user" as u where u.id = owner);
  replayed := false;
  reused := false;
  fits := true;
  added := jsonb_array_length(drafts);
  if not known then
    return;
  end if;
  if given_key is not null then
    asked := encode(sha256(convert_to(purpose || drafts::text, 'UTF8')), 'hex');
    delete from idempotency_key as k
    where k.user_id = owner and k.key = given_key and k.created_at <= now() - interval '24 hours';
    select k.* into earlier from idempotency_key as k where k.user_id = owner and k.key = given_key;
    if found then
      replayed := true;
      reused := earlier.fingerprint <> asked;
      first_id := earlier.task_id;
      return;
    end if;
  end if;
  insert into task_counter as counter (user_id, last_id, live) select owner, added, added where added <= most
  on conflict (user_id) do update set last_id = counter.last_id + added, live = counter.live + added
    where counter.live + added <= most
  returning counter.* into counted;
  fits := found;
  if not fits then
    return;
  end if;
  first_id := counted.last_id - added + 1;
  if given_key is not null then
    insert into idempotency_key (user_id, key, fingerprint, task_id, created_at)
    values (owner, given_key, asked, case purpose when 'import' then added else first_id end, date_trunc('milliseconds', now()));
  end if;
  insert into task
  select (case when counted.search_state > 0 then jsonb_populate_record(t, jsonb_build_object('grams', task_grams(t))) else t end).*
  from jsonb_array_elements(drafts) with ordinality as d (draft, number), lateral task_with(
    blank_task(owner, first_id - 1 + d.number, date_trunc('milliseconds', now())),
    d.draft || case when d.draft ? 'parent_draft' then jsonb_build_object('parent', first_id - 1 + (d.draft -> 'parent_draft')::bigint) else '{}' end
      || case when d.draft ? 'rank' then jsonb_build_object('place', task_place(null, first_id - 1 + (d.draft -> 'rank')::bigint)) else '{}' end
  ) as t
  order by d.draft ? 'parent_draft', d.number;
end $$;

-- As before.
create or replace function import_task_members(
  owner text, drafts jsonb, most bigint, given_key text,
  out known boolean, out replayed boolean, out reused boolean, out fits boolean, out added bigint
) language plpgsql as $$
begin
  select i.known, i.replayed, i.reused, i.fits, i.added into known, replayed, reused, fits, added
  from import_numbered(owner, drafts, most, given_key, 'import') as i;
end $$;

-- Adds tasks as `import_numbered` does, and returns them in their order as they are now: a null for one that was deleted since.
create function add_tasks(owner text, drafts jsonb, most bigint, given_key text)
returns table (known boolean, replayed boolean, reused boolean, fits boolean, number bigint, added task) language plpgsql as $$
#variable_conflict use_variable
declare
  first bigint;
begin
  select i.known, i.replayed, i.reused, i.fits, i.first_id into known, replayed, reused, fits, first
  from import_numbered(owner, drafts, most, given_key, 'add') as i;
  return query select known, replayed, reused, fits, n::bigint, t
  from (select) as always left join generate_series(1, jsonb_array_length(drafts)) as n on true
  left join task as t on t.user_id = owner and t.id = first - 1 + n
  order by n;
end $$;

-- Everything that a list of tasks shows depends on: another text after each change of the owner's tasks and lists, when a task becomes overdue,
-- on another day, in another zone.
create function list_version(owner text) returns text language plpgsql stable as $$
declare
  clock record;
  passed timestamp;
begin
  select c.zone, c.today, c.local_now into clock from user_clock(owner) as c;
  select t.due_day + coalesce(t.due_time, time '23:59:59') into passed from task as t
  where t.user_id = owner and not t.completed and t.due_day is not null and t.due_day + coalesce(t.due_time, time '23:59:59') < clock.local_now
  order by t.due_day + coalesce(t.due_time, time '23:59:59') desc limit 1;
  return coalesce((select c.last_change || ' ' || c.last_id || ' ' || c.live from task_counter as c where c.user_id = owner), '0')
    || ' ' || clock.today || ' ' || clock.zone || coalesce(' ' || passed, '');
end $$;

-- What was changed behind the change `since`: the tasks as they are now (one row without a task if there is none) and the numbers of those that are gone.
-- `version` is the number of the last change. If `reload`, `since` is no longer kept or never was, or more than `most` tasks were changed: then there is
-- no task. Without `since` there is only the version.
create function changes_since(owner text, since bigint, most bigint)
returns table (version bigint, reload boolean, lists_changed boolean, gone bigint[], present task) language plpgsql stable as $$
#variable_conflict use_variable
declare
  changed bigint[] := '{}';
begin
  version := coalesce((select c.last_change from task_counter as c where c.user_id = owner), 0);
  reload := false;
  lists_changed := false;
  gone := '{}';
  if since <> version then
    reload := since > version or not exists (select from task_change as c where c.user_id = owner and c.id = since + 1);
    if not reload then
      lists_changed := exists (select from task_change as c where c.user_id = owner and c.id > since and c.lists is not null);
      changed := array(
        select distinct u.id from (
          select c.task_ids from task_change as c where c.user_id = owner and c.id > since order by c.id limit most + 1
        ) as c, unnest(c.task_ids) as u (id) limit most + 1
      );
      reload := cardinality(changed) > most or version - since > most;
    end if;
    if reload then
      changed := '{}';
    end if;
    gone := array(
      select u.id from unnest(changed) as u (id) where not exists (select from task as t where t.user_id = owner and t.id = u.id) order by u.id
    );
  end if;
  return query select version, reload, lists_changed, gone, t
  from (select) as always left join task as t on t.user_id = owner and t.id = any(changed) order by t.id;
end $$;

-- Each two neighbouring characters of a folded text, and each character beyond ASCII, as numbers that differ between owners. Words do not contain
-- spaces, so what contains one is left out. PostgreSQL keeps the hash of a text in all versions, as hash indexes need.
create function text_grams(owner text, given text) returns integer[] language sql immutable as $$
  select array(
    select distinct hashtext(owner || gram) from (
      select c || lead(c) over (order by n) as gram from unnest(string_to_array(given, null)) with ordinality as s (c, n)
      union all
      select c from unnest(string_to_array(given, null)) as s (c) where c > '~' collate "C"
    ) as grams where gram !~ '\s'
  )
$$;

create function task_grams(t task) returns integer[] language sql immutable as $$
  select todo.text_grams(t.user_id, coalesce(t.title_search || E'\n' || coalesce(t.description_search, ''), lower(t.title || E'\n' || coalesce(t.description, ''))))
$$;

-- The grams of the words of a search.
create function word_grams(owner text, words jsonb) returns integer[] language sql immutable as $$
  select array(select distinct gram from jsonb_array_elements_text(words) as w (word), unnest(todo.text_grams(owner, word)) as g (gram))
$$;

create function renew_grams() returns trigger language plpgsql as $$
begin
  new.grams := task_grams(new);
  return new;
end $$;
create trigger task_grams_renewed before update of title, description, title_search, description_search on task
for each row when (
  old.grams is not null
  and (new.title, new.description, new.title_search, new.description_search) is distinct from (old.title, old.description, old.title_search, old.description_search)
) execute function renew_grams();

-- Only tasks of owners with many have grams, so these indexes cost others nothing. A title longer than the index keeps is sorted by the rest.
create index task_grams_idx on task using gin (grams) with (gin_pending_list_limit = 256) where grams is not null;
create index task_title_idx on task (user_id, left(coalesce(title_key, lower(title)), 100), id) where grams is not null;
create index task_created_idx on task (user_id, created_at, id) where grams is not null;
create index task_updated_idx on task (user_id, updated_at, id) where grams is not null;
create index task_inbox_idx on task (user_id, id) where list_id is null and grams is not null;
create index task_undated_idx on task (user_id, id) where due_day is null and grams is not null;

-- As before. `searchable` says that all tasks of the owner have grams, and `terms` are words that have some.
create or replace function task_fits(t task, owner text, filter jsonb) returns boolean language sql stable as $$
  select (filter -> 'completed' is null or t.completed = (filter -> 'completed')::boolean)
    and (filter -> 'priority' is null or t.priority = (filter -> 'priority')::smallint)
    and (filter -> 'number' is null or t.id = (filter -> 'number')::bigint)
    and (filter -> 'words' is null
      or coalesce(t.title_search || E'\n' || coalesce(t.description_search, ''), lower(t.title || E'\n' || coalesce(t.description, '')))
        like all (todo.texts(filter -> 'words')))
    and (filter -> 'searchable' is null or t.grams is not null)
    and (filter -> 'terms' is null or t.grams @> todo.word_grams(owner, filter -> 'terms'))
    and (filter -> 'tags' is null or t.tag_keys <> '{}' and (t.tag_keys || t.user_id) @> (todo.texts(filter -> 'tags') || owner))
    and (filter -> 'list' is null
      or case filter ->> 'list' when '' then t.list_id is null else t.list_id = todo.list_with_key(owner, filter ->> 'list') end)
    and (filter -> 'parent' is null or t.parent = (filter -> 'parent')::bigint)
    and (coalesce(filter ->> 'due', 'none') = 'none' and filter -> 'due_after' is null and filter -> 'due_before' is null
      or t.due_day is not null and todo.due_moment(t.due_day, t.due_time) >= todo.due_from(owner, filter)
        and todo.due_moment(t.due_day, t.due_time) < todo.due_until(owner, filter))
    and (coalesce(filter ->> 'due', '') <> 'none' or t.due_day is null)
    and (coalesce(filter ->> 'due', '') <> 'overdue'
      or not t.completed and (t.due_day < current_date - 2 or todo.is_overdue(owner, t.due_day, t.due_time)))
$$;

-- The file of an import is noted with its first tasks: a list that it makes comes before them, in the same change.
drop trigger task_change_of_file on task_change;
create trigger task_change_of_file after insert on task_change
for each row when (new.kind = 'import' and cardinality(new.task_ids) > 0) execute function note_imported_file();
create trigger task_change_of_file_after_list after update of task_ids on task_change
for each row when (new.kind = 'import' and cardinality(old.task_ids) = 0 and cardinality(new.task_ids) > 0) execute function note_imported_file();
