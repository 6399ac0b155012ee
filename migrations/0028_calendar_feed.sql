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
