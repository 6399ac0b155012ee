-- The secret address at which calendar programs read a user's tasks. It is stored as its hash alone.
create table calendar_feed (
  user_id text primary key references "user" ("id") on delete cascade,
  secret_hash text not null constraint calendar_feed_secret_hash_key unique,
  created_at timestamptz not null default date_trunc('milliseconds', now()),
  -- To the minute.
  last_read_at timestamptz
);

-- How many seconds a zone is ahead of UTC at a time in UTC.
create function zone_offset(zone text, at timestamp) returns integer language sql stable as $$
  select extract(epoch from (at at time zone 'UTC' at time zone zone) - at)::integer
$$;

-- When the clocks of a zone change from one day to another, and by how much. Each change is looked for in its day, and then in its hour.
create function zone_changes(zone text, first_day date, last_day date)
returns table (changed_at timestamp, offset_before integer, offset_after integer) language sql stable rows 30 as $$
  select minute.at, day.before, day.after
  from (
    select d as begins, todo.zone_offset(zone, d) as before, todo.zone_offset(zone, d + interval '1 day') as after
    from generate_series(first_day::timestamp, last_day::timestamp, interval '1 day') as d
  ) as day,
  lateral (
    select min(h) as ends from generate_series(day.begins + interval '1 hour', day.begins + interval '1 day', interval '1 hour') as h
    where todo.zone_offset(zone, h) = day.after
  ) as hour,
  lateral (
    select min(m) as at from generate_series(hour.ends - interval '59 minutes', hour.ends, interval '1 minute') as m
    where todo.zone_offset(zone, m) = day.after
  ) as minute
  where day.before <> day.after
  order by minute.at
$$;

-- As in migration 0022; a draft of an import may say where its series stands: `repeat_anchor` and `repeat_done`.
create or replace function task_with(t task, members jsonb) returns task language plpgsql as $$
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
    given.repeat_anchor := case when given.repeat is not null then coalesce((members ->> 'repeat_anchor')::date, given.due_day) end;
    given.repeat_done := coalesce((members ->> 'repeat_done')::integer, 0);
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

-- The day behind the week in which a day of this user is.
create function week_end(owner text, day date) returns date language sql stable cost 1 as $$
  select day + 7 - (extract(isodow from day)::integer + 7 - coalesce(
    (select case s.week_start when 'saturday' then 6 when 'sunday' then 7 else 1 end from todo.user_settings as s where s.user_id = owner), 1
  )) % 7
$$;

-- As in migration 0018; `week` ends with the user's week.
create or replace function due_until(owner text, filter jsonb) returns timestamp language sql stable cost 1 as $$
  select coalesce(least(
    case filter ->> 'due' when 'today' then c.today + 1 when 'tomorrow' then c.today + 2 when 'week' then todo.week_end(owner, c.today)
      when 'overdue' then c.local_now end,
    todo.local_moment(owner, filter ->> 'due_before')
  ), 'infinity') from todo.user_clock(owner) as c
$$;
