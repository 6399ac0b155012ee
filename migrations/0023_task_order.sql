-- The order of tasks, their lists, and how they are deleted, brought back and imported, with the members of migration 0018.

-- A place between two others; null is before all or behind all. Places are fractions to base 36, compared as texts.
create function place_between(low text, high text) returns text language plpgsql immutable as $$
declare
  digits constant text := '0123456789abcdefghijklmnopqrstuvwxyz';
  made text := '';
  above text := high;
  l integer;
  h integer;
begin
  if low collate "C" >= high then
    return low || 'i';
  end if;
  loop
    l := greatest(strpos(digits, substr(coalesce(low, ''), length(made) + 1, 1)) - 1, 0);
    h := case when above is null then 36 else strpos(digits, substr(above, length(made) + 1, 1)) - 1 end;
    if h - l > 1 then
      return made || substr(digits, (l + h) / 2 + 1, 1);
    elsif h > l then
      above := null;
    end if;
    made := made || substr(digits, l + 1, 1);
  end loop;
end $$;

-- Moves a task before or behind another one and returns it; no row if one of them is not there. Nothing else is renumbered. Takes the tasks
-- first and the counter second, which lets one move be made after the other.
create function move_task(owner text, wanted bigint, neighbour bigint, behind boolean) returns setof task language plpgsql rows 1 as $$
declare
  near text;
  far text;
begin
  perform from task as t where t.user_id = owner and t.id in (wanted, neighbour) order by t.parent is not null, t.id for update;
  perform from task_counter as c where c.user_id = owner for update;
  select task_place(t.place, t.id) into near from task as t where t.user_id = owner and t.id = neighbour;
  if not found then
    return;
  elsif wanted = neighbour then
    return query select t.* from task as t where t.user_id = owner and t.id = wanted;
    return;
  elsif behind then
    select task_place(t.place, t.id) into far from task as t
    where t.user_id = owner and t.id <> wanted and task_place(t.place, t.id) > near order by task_place(t.place, t.id) limit 1;
  else
    select task_place(t.place, t.id) into far from task as t
    where t.user_id = owner and t.id <> wanted and task_place(t.place, t.id) < near order by task_place(t.place, t.id) desc limit 1;
  end if;
  return query update task as t set
    place = case when behind then place_between(near, far) else place_between(far, near) end,
    updated_at = greatest(date_trunc('milliseconds', now()), t.updated_at + interval '1 millisecond')
  where t.user_id = owner and t.id = wanted
  returning t.*;
end $$;

-- Deletes tasks with their steps, as one change, and returns those of `ids` that existed: as they were if their version is one of `expected` or
-- that is null, else with nulls. Takes the tasks first and the counter second.
create function delete_each(owner text, ids bigint[], expected text[]) returns setof task language plpgsql as $$
declare
  going bigint[];
  gone bigint;
begin
  perform from task as t where t.user_id = owner and (t.id = any(ids) or t.parent = any(ids)) order by t.parent is not null, t.id for update;
  select array_agg(t.id) into going from task as t
  where t.user_id = owner and t.id = any(ids)
    and (expected is null or to_char(t.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') = any(expected));
  return query select (case when t.id = any(going) then t end).* from task as t where t.user_id = owner and t.id = any(ids) order by t.id;
  if going is not null then
    delete from task as t where t.user_id = owner and (t.id = any(going) or t.parent = any(going));
    get diagnostics gone = row_count;
    update task_counter as c set live = greatest(c.live - gone, 0) where c.user_id = owner;
  end if;
end $$;

-- Adds all of these tasks under the owner's next numbers, or none. A draft has the members of `task_with`, its times, whether it is completed,
-- and `parent_draft`, the number of the draft that it is a step of, and `rank`, its place among the drafts in the order of places. With the key of an
-- import, `task_id` is the number of its tasks.
create function import_task_members(
  owner text, drafts jsonb, most bigint, given_key text,
  out known boolean, out replayed boolean, out reused boolean, out fits boolean, out added bigint
) language plpgsql as $$
declare
  asked text;
  earlier idempotency_key;
  before bigint;
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
    asked := encode(sha256(convert_to('import' || drafts::text, 'UTF8')), 'hex');
    delete from idempotency_key as k
    where k.user_id = owner and k.key = given_key and k.created_at <= now() - interval '24 hours';
    select k.* into earlier from idempotency_key as k where k.user_id = owner and k.key = given_key;
    if found then
      replayed := true;
      reused := earlier.fingerprint <> asked;
      added := earlier.task_id;
      return;
    end if;
  end if;
  insert into task_counter as counter (user_id, last_id, live) select owner, added, added where added <= most
  on conflict (user_id) do update set last_id = counter.last_id + added, live = counter.live + added
    where counter.live + added <= most
  returning counter.last_id - added into before;
  fits := found;
  if not fits then
    return;
  end if;
  if given_key is not null then
    insert into idempotency_key (user_id, key, fingerprint, task_id, created_at)
    values (owner, given_key, asked, added, date_trunc('milliseconds', now()));
  end if;
  insert into task
  select t.* from jsonb_array_elements(drafts) with ordinality as d (draft, number), lateral task_with(
    blank_task(owner, before + d.number, date_trunc('milliseconds', now())),
    d.draft || case when d.draft ? 'parent_draft' then jsonb_build_object('parent', before + (d.draft -> 'parent_draft')::bigint) else '{}' end
      || case when d.draft ? 'rank' then jsonb_build_object('place', task_place(null, before + (d.draft -> 'rank')::bigint)) else '{}' end
  ) as t
  order by d.draft ? 'parent_draft', d.number;
end $$;

-- Adds a list under the owner's next number. Of two calls with one name at once, the second returns the list of the first.
create function add_list(owner text, given_name text, given_key text, given_color text) returns task_list language plpgsql as $$
declare
  added task_list;
begin
  delete from task_list as l where l.user_id = owner and l.id in (
    select d.id from task_list as d where d.user_id = owner and d.deleted_at is not null order by d.deleted_at desc offset 200
  );
  if (select count(*) from task_list as l where l.user_id = owner and l.deleted_at is null) >= 200 then
    raise exception 'too many lists' using errcode = 'check_violation', constraint = 'task_list_limit';
  end if;
  insert into task_counter as c (user_id, last_id, last_list) values (owner, 0, 1)
  on conflict (user_id) do update set last_list = c.last_list + 1
  returning c.last_list into added.id;
  insert into task_list as l (user_id, id, name, name_key, color) values (owner, added.id, given_name, given_key, given_color)
  on conflict (user_id, name_key) where deleted_at is null do update set name = l.name
  returning l.* into added;
  return added;
end $$;

-- Changes what `members` names of a list: `name` with `name_key`, `color`, `archived`, and `position`, its number in the order of the lists.
-- False if there is no such list.
create function change_list(owner text, wanted bigint, members jsonb) returns boolean language plpgsql as $$
declare
  given task_list;
  low text;
  high text;
begin
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

-- Deletes a list. Its tasks are deleted with it, or move to the inbox. False if there is no such list. Takes its tasks first and the list second.
create function delete_list(owner text, wanted bigint, with_tasks boolean) returns boolean language plpgsql as $$
declare
  ids bigint[];
begin
  perform from task as t where t.user_id = owner and t.list_id = wanted order by t.parent is not null, t.id for update;
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
