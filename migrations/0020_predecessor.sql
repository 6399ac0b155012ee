-- The tables of the service that people used before: tasks, conversations and messages of the users of the same Better Auth tables. They are
-- copied once and never changed. What was copied is remembered, so that rows that are added later can be copied too, once each.

-- Which tables were copied, with how many rows of how many users, and how many rows were left since their user is not known.
create table predecessor_table (
  name text not null,
  kind text not null constraint predecessor_table_kind_check check (kind in ('task', 'conversation', 'message')),
  copied bigint not null default 0,
  users bigint not null default 0,
  unknown bigint not null default 0,
  copied_at timestamptz not null default now(),
  constraint predecessor_table_pkey primary key (name)
);

-- Which rows were copied. `copied_id` is the number of the task, the id of the conversation, or the number of the message's turn.
create table predecessor_row (
  name text not null,
  id text not null,
  user_id text not null,
  copied_id bigint not null,
  constraint predecessor_row_pkey primary key (name, id),
  constraint predecessor_row_user_id_fkey foreign key (user_id) references "user" ("id") on delete cascade
);
create index predecessor_row_user_id_idx on predecessor_row (user_id);

-- The tables of the predecessor, which stand beside Better Auth's and are known by their columns; conversations before messages.
create function predecessor_tables() returns table (name text, kind text) language plpgsql stable as $$
begin
  return query
  select found.name, found.kind from (
    select c.relname::text as name, case
      when c.relname ~ '^(task|todo|todo_?item)s?$' and columns @> '{id,user_id,title}'
        and columns && '{completed,is_completed,is_complete,done,status}' then 'task'
      when c.relname ~ '^(chat_?)?conversations?$' and columns @> '{id,user_id}' then 'conversation'
      when c.relname ~ '^(chat_?)?messages?$' and columns @> '{id,conversation_id,role,content}' then 'message'
    end as kind
    from pg_class as c, lateral (
      select array_agg(a.attname::text) as columns
      from pg_attribute as a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    ) as members
    where c.relkind in ('r', 'p') and not c.relispartition
      and c.relnamespace = (select u.relnamespace from pg_class as u where u.oid = to_regclass('"user"'))
  ) as found
  where found.kind is not null
  order by found.kind = 'message', found.kind, found.name;
end $$;

-- The rows of one of these tables as objects. Times without a zone stay without one; those with a zone are in UTC.
create function predecessor_rows(source text) returns setof jsonb language plpgsql stable set timezone to 'UTC' as $$
begin
  return query execute format(
    'select to_jsonb(t) from %I.%I as t',
    (select u.relnamespace::regnamespace::text from pg_class as u where u.oid = to_regclass('"user"')), source
  );
end $$;

-- The users that the rows of one of these tables name, with the number of their rows.
create function predecessor_users(source text) returns table (user_id text, amount bigint) language plpgsql stable as $$
begin
  return query execute format(
    'select t.user_id::text, count(*) from %I.%I as t group by 1',
    (select u.relnamespace::regnamespace::text from pg_class as u where u.oid = to_regclass('"user"')), source
  );
end $$;

-- A text as a time, or null. Without a zone it is UTC. A day that its month does not have is the one so many days after its first.
create function predecessor_time(written text) returns timestamptz language sql stable as $$
  select case
    when written ~ '^(19[7-9]|2[01]\d)\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4])(:?[0-5]\d)?)?)?$'
    then date_trunc('milliseconds', (left(written, 8) || '01' || coalesce(nullif(substr(written, 11), ''), 'T00:00'))::timestamptz)
      + (substr(written, 9, 2)::integer - 1) * interval '1 day'
  end
$$;

-- A text on one line of at most `most` characters, without characters that nobody sees; null if nothing is left.
create function predecessor_line(written text, most integer) returns text language sql stable as $$
  select case when char_length(line) > most then rtrim(left(line, most - 1)) || '…' else nullif(line, '') end
  from (
    select btrim(case when written !~ '[^ -~]|  ' then written else regexp_replace(regexp_replace(
      written, '[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]', '', 'g'
    ), '[\u0001-\u0020\u007f-\u00a0\u2028\u2029]+', ' ', 'g') end) as line
  ) as cleaned
$$;

-- The same with line breaks.
create function predecessor_text(written text, most integer) returns text language sql stable as $$
  select case when char_length(cleaned.words) > most then rtrim(left(cleaned.words, most - 1)) || '…' else nullif(cleaned.words, '') end
  from (
    select btrim(case when written !~ '[^ -~]' then written else regexp_replace(
      replace(written, E'\r\n', E'\n'),
      '[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]', '', 'g'
    ) end, E' \n\t') as words
  ) as cleaned
$$;

-- 1 high, 2 medium, 3 low, 4 none.
create function predecessor_priority(word text) returns smallint language sql immutable as $$
  select case lower(btrim(word))
    when 'urgent' then 1 when 'critical' then 1 when 'highest' then 1 when 'high' then 1 when 'medium' then 2 when 'normal' then 2
    when 'low' then 3 when 'lowest' then 3 else 4
  end::smallint
$$;

-- The names of the tags of each task, where tags are tables of their own: one that names them, and one that links them to tasks. The link may
-- hold the name itself.
create function predecessor_tags(source text) returns table (task_id text, names text[]) language plpgsql stable as $$
declare
  home text := (select u.relnamespace::regnamespace::text from pg_class as u where u.oid = to_regclass('"user"'));
  link record;
begin
  for link in
    select c.relname, columns @> '{tag_id}' as by_id,
      case when columns @> '{tag}' then 'tag' when columns @> '{tag_name}' then 'tag_name' else 'name' end as column_name,
      (select t.relname from pg_class as t where t.relkind in ('r', 'p') and t.relnamespace = home::regnamespace
        and t.relname in ('tag', 'tags') and exists (select from pg_attribute as a where a.attrelid = t.oid and a.attname = 'name')
        order by t.relname limit 1) as tags
    from pg_class as c, lateral (
      select array_agg(a.attname::text) as columns
      from pg_attribute as a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    ) as members
    where c.relkind in ('r', 'p') and c.relnamespace = home::regnamespace and c.relname ~ '^tasks?_?tags?(_?links?)?$'
      and columns @> '{task_id}' and columns && '{tag_id,tag,tag_name,name}'
  loop
    if not link.by_id then
      return query execute format(
        'select l.task_id::text, array_agg(l.%1$I::text order by l.%1$I::text) from %2$I.%3$I as l group by 1',
        link.column_name, home, link.relname
      );
    elsif link.tags is not null then
      return query execute format(
        'select l.task_id::text, array_agg(t.name::text order by t.name::text)
          from %1$I.%2$I as l join %1$I.%3$I as t on t.id::text = l.tag_id::text group by 1',
        home, link.relname, link.tags
      );
    end if;
  end loop;
end $$;

-- A column that holds several words: an array of JSON, its text, or words between commas.
create function predecessor_words(given jsonb) returns text[] language sql stable as $$
  select case
    when jsonb_typeof(given) = 'array' then array(
      select coalesce(item.value ->> 'name', item.value #>> '{}') from jsonb_array_elements(given) with ordinality as item (value, number)
      order by item.number
    )
    when jsonb_typeof(given) = 'string' then string_to_array(regexp_replace(given #>> '{}', '[][{}"]', '', 'g'), ',')
    else '{}'
  end
$$;

-- A rule of RFC 5545 for the columns of a repeating task, or null.
create function predecessor_repeat(members jsonb) returns text language sql stable as $$
  select 'FREQ=' || freq
    || coalesce(';INTERVAL=' || nullif(case when word like 'bi%' or word = 'fortnightly' then 2 else every end, 1), '')
    || coalesce(';BYDAY=' || nullif(days, ''), '')
    || coalesce(';UNTIL=' || to_char(todo.predecessor_time(members ->> 'recurrence_end_date'), 'YYYYMMDD'), '')
  from (
    select named.word, case
        when word in ('daily', 'day') then 'DAILY' when word in ('weekly', 'week', 'biweekly', 'fortnightly') then 'WEEKLY'
        when word in ('monthly', 'month', 'bimonthly') then 'MONTHLY' when word in ('yearly', 'year', 'annually') then 'YEARLY'
      end as freq,
      coalesce(substring(coalesce(members ->> 'recurrence_interval', members ->> 'recurring_interval') from '^[1-9][0-9]{0,2}$')::integer, 1) as every,
      case when word in ('weekly', 'week', 'biweekly', 'fortnightly') then (
        select string_agg(day.code, ',' order by day.number)
        from unnest('{MO,TU,WE,TH,FR,SA,SU}'::text[]) with ordinality as day (code, number)
        where exists (
          select from unnest(todo.predecessor_words(coalesce(members -> 'recurrence_days', members -> 'recurring_days'))) as given
          where upper(left(btrim(given), 2)) = day.code
        )
      ) end as days
    from (
      select lower(btrim(coalesce(members ->> 'recurring_type', members ->> 'recurrence_type', members ->> 'recurrence_pattern',
        members ->> 'recurrence', members ->> 'recurring'))) as word
    ) as named
  ) as rule
  where freq is not null and lower(members ->> 'is_recurring') is distinct from 'false'
$$;
