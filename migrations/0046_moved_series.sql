-- A series that ends after a number of times keeps that number when one of its days is moved.

-- The rule of a series from this day of it on: COUNT without the days before.
create function repeat_left(rule text, anchor date, day date) returns text language plpgsql immutable as $$
declare
  left_over integer := substring(rule from 'COUNT=([0-9]+)')::integer;
  passed date := anchor;
begin
  while left_over > 1 and passed < day loop
    left_over := left_over - 1;
    passed := repeat_next(regexp_replace(rule, ';COUNT=[0-9]+', ''), anchor, passed);
  end loop;
  return coalesce(regexp_replace(rule, 'COUNT=[0-9]+', 'COUNT=' || left_over), rule);
end $$;

-- As in migration 0028, but for a day that is moved.
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
    if given.repeat = t.repeat and given.repeat_from = 'due' then
      given.repeat := repeat_left(t.repeat, t.repeat_anchor, t.due_day);
    elsif given.repeat = t.repeat then
      given.repeat_done := t.repeat_done;
    end if;
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
