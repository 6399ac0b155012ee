-- How a task is added and changed, with the members of migration 0018.

-- Keeps the zone in which a user writes, if they have set none. A zone that nobody knows is not kept.
create function keep_zone(owner text, given text) returns void language plpgsql as $$
begin
  if given is null or exists (select from user_settings as s where s.user_id = owner and s.time_zone is not null) then
    return;
  end if;
  insert into user_settings as s (user_id, time_zone)
  select u.id, z.name from "user" as u, pg_timezone_names as z where u.id = owner and z.name = given
  on conflict (user_id) do update set time_zone = excluded.time_zone where s.time_zone is null;
end $$;

-- The number of the list of this name; of a new one if `make`. Null is the inbox.
create function list_named(owner text, given_name text, given_key text, make boolean) returns bigint language plpgsql as $$
declare
  found_id bigint;
begin
  if given_key is null then
    return null;
  end if;
  select l.id into found_id from task_list as l where l.user_id = owner and l.name_key = given_key and l.deleted_at is null;
  if found_id is null and make then
    select a.id into found_id from add_list(owner, given_name, given_key, null) as a;
  elsif found_id is null then
    raise exception 'no such list' using errcode = 'foreign_key_violation', constraint = 'task_list_unknown';
  end if;
  return found_id;
end $$;

-- The task with what `members` names: the columns of the table by their names, and `due` (a day, a local time, or an instant that ends
-- with Z), `list` (with `list_key`, the folded name, and `new_list` where a list may be made).
create function task_with(t task, members jsonb) returns task language plpgsql as $$
declare
  given task := jsonb_populate_record(t, members);
  moment timestamp;
begin
  if members ? 'due' then
    given.due_day := left(members ->> 'due', 10)::date;
    given.due_time := nullif(substr(members ->> 'due', 12, 5), '')::time;
    if members ->> 'due' like '%Z' then
      select date_trunc('minute', (members ->> 'due')::timestamptz at time zone c.zone) into moment from user_clock(t.user_id) as c;
      given.due_day := moment::date;
      given.due_time := moment::time;
    end if;
    if given.due_day is null and not members ? 'repeat' then
      given.repeat := null;
    end if;
  end if;
  if given.repeat is distinct from t.repeat or given.due_day is distinct from t.due_day then
    given.repeat_anchor := case when given.repeat is not null then given.due_day end;
    given.repeat_done := 0;
  end if;
  if members ? 'list' then
    given.list_id := list_named(t.user_id, members ->> 'list', members ->> 'list_key', members ? 'new_list');
  end if;
  if cardinality(given.tag_keys) > 0 and given.tag_keys is distinct from t.tag_keys then
    insert into tag (user_id, key, name)
    select t.user_id, u.key, u.name from unnest(given.tag_keys, given.tags) as u (key, name) order by u.key on conflict do nothing;
    given.tags := array(
      select g.name from unnest(given.tag_keys) with ordinality as u (key, number), tag as g
      where g.user_id = t.user_id and g.key = u.key order by u.number
    );
  end if;
  return given;
end $$;

-- The day of the series behind `after`, or null if the series ends. The series begins with the anchor and goes on by the rule, always counted
-- from the anchor: what a month is too short for falls on its last day. A rule has the parts of RFC 5545 that crates/recurrence prints.
create function repeat_next(rule text, anchor date, after date) returns date language plpgsql immutable as $$
declare
  freq text := substring(rule from 'FREQ=([A-Z]+)');
  every integer := coalesce(substring(rule from 'INTERVAL=([0-9]+)')::integer, 1);
  most integer := substring(rule from 'COUNT=([0-9]+)')::integer;
  last_day date := to_date(substring(rule from 'UNTIL=([0-9]{8})'), 'YYYYMMDD');
  names text[] := string_to_array(substring(rule from 'BYDAY=([-+0-9A-Z,]+)'), ',');
  week_start integer := coalesce(array_position('{MO,TU,WE,TH,FR,SA,SU}', substring(rule from 'WKST=([A-Z]+)')), 1);
  month_days integer[] := string_to_array(substring(rule from 'BYMONTHDAY=([-0-9,]+)'), ',')::integer[];
  period integer := 0;
  seen integer := 1;
  first_day date;
  day date;
begin
  if most is null and after > anchor then
    period := greatest(0, (after - anchor) / (every * case freq when 'DAILY' then 1 when 'WEEKLY' then 7 when 'MONTHLY' then 31 else 366 end) - 1);
  end if;
  loop
    first_day := case freq
      when 'DAILY' then anchor + period * every
      when 'WEEKLY' then anchor - (extract(isodow from anchor)::integer - week_start + 7) % 7 + period * every * 7
      when 'MONTHLY' then (date_trunc('month', anchor) + make_interval(months => period * every))::date
      else (anchor + make_interval(years => period * every))::date
    end;
    if first_day > coalesce(last_day, '2200-12-31') or first_day > '2200-12-31' then
      return null;
    end if;
    for day in select distinct d from repeat_days(freq, first_day, anchor, names, month_days) as d where d > anchor order by d loop
      seen := seen + 1;
      if seen > most or day > last_day or day > '2200-12-31' then
        return null;
      elsif day > after then
        return day;
      end if;
    end loop;
    period := period + 1;
  end loop;
end $$;

-- The days of one period of a series, which begins with `first_day`.
create function repeat_days(freq text, first_day date, anchor date, names text[], month_days integer[]) returns setof date
language plpgsql immutable as $$
declare
  weekdays constant text[] := '{MO,TU,WE,TH,FR,SA,SU}';
  month_end date := (date_trunc('month', first_day) + interval '1 month')::date - 1;
begin
  if freq = 'WEEKLY' then
    return query select first_day + (array_position(weekdays, name) - extract(isodow from first_day)::integer + 7) % 7
    from unnest(coalesce(names, array[weekdays[extract(isodow from anchor)::integer]])) as name;
  elsif freq = 'MONTHLY' and names is not null then
    return query select day from unnest(names) as name, lateral (
      select d::date as day, row_number() over (order by d) as from_begin, row_number() over (order by d desc) as from_end
      from generate_series(first_day, month_end, interval '1 day') as d
      where extract(isodow from d) = array_position(weekdays, right(name, 2))
    ) as same where coalesce(nullif(left(name, -2), '')::integer, from_begin) in (from_begin, -from_end);
  elsif freq = 'MONTHLY' then
    return query select case when number < 0 then month_end + 1 + number else least(first_day + number - 1, month_end) end
    from unnest(coalesce(month_days, array[extract(day from anchor)::integer])) as number;
  else
    return next first_day;
  end if;
end $$;

-- The day on which a repeating task is due when it is completed on the day `today`; null if that was the last time.
create function next_due(t task, today date) returns date language plpgsql immutable as $$
begin
  if t.repeat_from = 'due' then
    return repeat_next(t.repeat, t.repeat_anchor, greatest(t.due_day, today));
  elsif t.repeat_done + 1 >= substring(t.repeat from 'COUNT=([0-9]+)')::integer then
    return null;
  end if;
  return repeat_next(regexp_replace(t.repeat, ';COUNT=[0-9]+', ''), today, today);
end $$;

create function blank_task(owner text, new_id bigint, at timestamptz) returns task language plpgsql as $$
declare
  t task;
begin
  t.user_id := owner;
  t.id := new_id;
  t.created_at := at;
  t.updated_at := at;
  t.completed := false;
  t.priority := 4;
  t.repeat_from := 'due';
  t.repeat_done := 0;
  t.remind := '{}';
  t.tags := '{}';
  t.tag_keys := '{}';
  return t;
end $$;

-- Adds a pending task under the owner's next number, unless there are `most` already (then without an id). With a key that this owner
-- used within 24 hours nothing is added: the result is the task as it was added then (`replayed`), or that it was another one (`reused`).
-- The fingerprint of a task that the functions before this one knew is theirs.
create function add_task_members(
  owner text, members jsonb, most bigint, given_key text, out known boolean, out replayed boolean, out reused boolean, out added task
) language plpgsql as $$
declare
  asked text;
  earlier idempotency_key;
  at timestamptz := date_trunc('milliseconds', now());
  new_id bigint;
  more jsonb := members - '{title,description,priority,title_key,title_search,description_search,zone}'::text[];
begin
  if given_key is not null then
    asked := encode(sha256(convert_to((members ->> 'title') || E'\n' || coalesce('+' || (members ->> 'description'), '')
      || case when coalesce(members ->> 'priority', '4') = '4' then '' else E'\npriority ' || (members ->> 'priority') end
      || case when more = '{}' then '' else E'\n' || more::text end, 'UTF8')), 'hex');
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
  insert into task_counter as counter (user_id, last_id, live)
  select u.id, 1, 1 from "user" as u where u.id = owner and most > 0
  on conflict on constraint task_counter_pkey do update set last_id = counter.last_id + 1, live = counter.live + 1
  where counter.live < most
  returning counter.last_id into new_id;
  known := found;
  if not found then
    known := exists (select from "user" as u where u.id = owner);
    return;
  end if;
  if given_key is not null then
    insert into idempotency_key (user_id, key, fingerprint, task_id, created_at) values (owner, given_key, asked, new_id, at);
  end if;
  perform keep_zone(owner, members ->> 'zone');
  added := task_with(blank_task(owner, new_id, at), members);
  insert into task values (added.*);
end $$;

-- Changes what `members` names and returns the task; and if an occurrence of it was completed, when that was due and when it was completed (see `task_with`) if the task's version is one of `expected` or that is null; without such a task there is no
-- row. A repeating task that is completed is due again, with its steps open, until its series ends. Any other one takes its open steps with
-- it. With a member `if_due` nothing is changed unless the task is due then, and with a
-- `key` that was used within 24 hours nothing is changed either. Takes the task first and its steps second.
create function change_task_members(owner text, wanted bigint, members jsonb, expected text[])
returns table (current task, occurrence_due text, occurrence_at timestamp) language plpgsql rows 1 as $$
declare
  was task;
  given task;
  next_day date;
  today date;
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
  perform keep_zone(owner, members ->> 'zone');
  given := task_with(was, members);
  if given.completed and not was.completed and given.repeat is not null then
    select c.today into today from user_clock(owner) as c;
    next_day := next_due(given, today);
    if next_day is not null then
      occurrence_due := due_text(given.due_day, given.due_time);
      occurrence_at := date_trunc('milliseconds', now()) at time zone 'utc';
      perform acting(owner, (coalesce(nullif(current_setting('todo.actor', true), ''), '{}')::jsonb || '{"kind":"complete"}')::text);
      given.completed := false;
      given.due_day := next_day;
      given.repeat_done := given.repeat_done + 1;
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

-- Completes or reopens these tasks as `change_task_members` does, and returns those that exist. Takes tasks first and steps second, each in the
-- order of their ids.
create function complete_each(owner text, ids bigint[], done boolean) returns table (current task, occurrence_due text, occurrence_at timestamp)
language plpgsql as $$
declare
  wanted bigint;
begin
  for wanted in
    select t.id from task as t where t.user_id = owner and t.id = any(ids) order by t.parent is not null, t.id for update
  loop
    return query select c.* from change_task_members(owner, wanted, jsonb_build_object('completed', done), null) as c;
  end loop;
end $$;
