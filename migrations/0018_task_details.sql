-- What a task has beside its text: when it is due and how often, reminders, tags, a list, a task that it is a step of, a place. And the
-- settings of a user, whose time zone says when a day begins.

create table user_settings (
  user_id text primary key references "user" (id) on delete cascade,
  time_zone text,
  day_start time(0) not null default '00:00',
  week_start text not null default 'monday' constraint user_settings_week_start_check check (week_start in ('monday', 'saturday', 'sunday')),
  reminder_time time(0) not null default '09:00'
);

-- Names are compared by their keys: folded texts. A deleted list is kept for a time: an undo that brings its tasks back brings it back too.
create table task_list (
  user_id text not null references "user" (id) on delete cascade,
  id bigint not null constraint task_list_id_check check (id > 0),
  name text not null constraint task_list_name_check check (char_length(name) between 1 and 60),
  name_key text not null,
  color text,
  place text collate "C",
  archived boolean not null default false,
  created_at timestamptz not null default date_trunc('milliseconds', now()),
  deleted_at timestamptz,
  primary key (user_id, id)
);
create unique index task_list_name_key on task_list (user_id, name_key) where deleted_at is null;
alter table task_counter add column last_list bigint not null default 0;

-- A tag is spelled as it was when it was first used.
create table tag (
  user_id text not null references "user" (id) on delete cascade,
  key text not null,
  name text not null constraint tag_name_check check (char_length(name) between 1 and 40),
  primary key (user_id, key)
);

-- A due day is never a midnight. `repeat_anchor` is the day from which the occurrences are counted, `repeat_done` how many there were.
-- `place` is null for a task that was never moved. `title_key` orders titles; `title_search` and `description_search` are folded texts. Both of the
-- title are null until somebody folds them.
alter table task
  add column due_day date constraint task_due_day_check check (due_day between '1970-01-01' and '2200-12-31'),
  add column due_time time(0) constraint task_due_time_check check (due_time is null or due_day is not null),
  add column repeat text constraint task_repeat_check check (char_length(repeat) between 1 and 250),
  add column repeat_from text not null default 'due' constraint task_repeat_from_check check (repeat_from in ('due', 'completion')),
  add column repeat_anchor date,
  add column repeat_done integer not null default 0,
  add column remind integer[] not null default '{}' constraint task_remind_check check (cardinality(remind) <= 5),
  add column tags text[] not null default '{}' constraint task_tags_check check (cardinality(tags) <= 20),
  add column tag_keys text[] not null default '{}',
  add column list_id bigint,
  add column parent bigint constraint task_parent_self check (parent <> id),
  add column place text collate "C",
  add column title_key text collate "C",
  add column title_search text,
  add column description_search text,
  add constraint task_repeat_due check (repeat is null or due_day is not null);

-- The moment by which a list of tasks is ordered. A day is over after all its times.
create function due_moment(day date, at time) returns timestamp language sql immutable as $$
  select day + coalesce(at, time '23:59:59')
$$;

-- The place of a task that was never moved: the order of the ids. No place ends with a zero, so there is always one between two others.
create function task_place(place text, id bigint) returns text language sql immutable as $$
  select coalesce(place, chr(96 + length(id::text)) || id::text || 'i') collate "C"
$$;

-- With the expressions of these functions, which PostgreSQL puts into statements. The owner is among the tags, so that owners are kept apart.
create index task_due_idx on task (user_id, completed, (due_day + coalesce(due_time, time '23:59:59')), id) where due_day is not null;
create index task_place_idx on task (user_id, (coalesce(place, chr(96 + length(id::text)) || id::text || 'i') collate "C"), id);
create index task_list_idx on task (user_id, list_id, id) where list_id is not null;
create index task_parent_idx on task (user_id, parent, id) where parent is not null;
create index task_tags_idx on task using gin ((tag_keys || user_id)) where tag_keys <> '{}';
create index task_unfolded_idx on task (user_id, id) where title_search is null;

-- The zone, the date and time, and the day of a user now. Without a setting: UTC, and a day begins at midnight.
create function user_clock(owner text) returns table (zone text, local_now timestamp, day_start interval, today date)
language sql stable rows 1 as $$
  select z.zone, now() at time zone z.zone, z.day_start, ((now() at time zone z.zone) - z.day_start)::date
  from (
    select coalesce(s.time_zone, 'UTC') as zone, coalesce(s.day_start, time '00:00')::interval as day_start
    from (select) as always left join todo.user_settings as s on s.user_id = owner
  ) as z
$$;

create function due_text(day date, at time) returns text language sql stable as $$
  select to_char(day, 'YYYY-MM-DD') || coalesce(to_char(at, '"T"HH24:MI'), '')
$$;

-- What a client sees of a task: the one list of columns.
create function shown_task(t task, zone text, today date) returns table (
  id bigint, title text, description text, completed boolean, created_at timestamp, updated_at timestamp, completed_at timestamp,
  priority smallint, due text, due_at timestamp, overdue boolean, repeat text, repeat_from text, remind integer[], tags text[],
  list text, parent bigint, "position" text
) language sql stable rows 1 as $$
  select t.id, t.title, t.description, t.completed, t.created_at at time zone 'utc', t.updated_at at time zone 'utc',
    t.completed_at at time zone 'utc', t.priority, todo.due_text(t.due_day, t.due_time),
    case when t.due_time is not null then (t.due_day + t.due_time) at time zone zone at time zone 'utc' end,
    case when t.completed or t.due_day is null then false
      when t.due_time is null then t.due_day < today
      else (t.due_day + t.due_time) at time zone zone < now() end,
    t.repeat, t.repeat_from, t.remind, t.tags,
    case when t.list_id is not null then (select l.name from todo.task_list as l where l.user_id = t.user_id and l.id = t.list_id) end,
    t.parent, todo.task_place(t.place, t.id)
$$;

-- As `shown_task`, of a task that the same statement wrote, with the zone and the list that it made beside: only a volatile function sees these.
create function written_task(owner text, t task) returns table (
  id bigint, title text, description text, completed boolean, created_at timestamp, updated_at timestamp, completed_at timestamp,
  priority smallint, due text, due_at timestamp, overdue boolean, repeat text, repeat_from text, remind integer[], tags text[],
  list text, parent bigint, "position" text
) language plpgsql rows 1 as $$
begin
  return query select s.* from user_clock(owner) as c, shown_task(t, c.zone, c.today) as s;
end $$;

-- A step is a task of one level: its parent is no step, and it has no steps itself. This is checked when the statement is done, so the order of its
-- rows does not matter. The parent stays locked until then, so two changes at once make no step of a step. A step whose parent is deleted without it is a task of its own.
create function check_parent() returns trigger language plpgsql as $$
begin
  perform from task as p where p.user_id = new.user_id and p.id = new.parent and p.parent is null for update;
  if not found then
    if exists (select from task as p where p.user_id = new.user_id and p.id = new.parent) then
      raise exception 'the parent is a step' using errcode = 'check_violation', constraint = 'task_parent_is_step';
    end if;
    raise exception 'no such parent' using errcode = 'foreign_key_violation', constraint = 'task_parent_unknown';
  end if;
  if exists (select from task as s where s.user_id = new.user_id and s.parent = new.id) then
    raise exception 'the task has steps' using errcode = 'check_violation', constraint = 'task_has_steps';
  end if;
  return null;
end $$;
create constraint trigger task_new_parent after insert on task
for each row when (new.parent is not null) execute function check_parent();
create constraint trigger task_other_parent after update of parent on task
for each row when (new.parent is not null and new.parent is distinct from old.parent) execute function check_parent();

-- A task is in a list that is there: one that was deleted comes back with its task, unless another one has its name by now; without any the
-- task is in the inbox. The list stays locked until the change is made.
create function keep_list() returns trigger language plpgsql as $$
declare
  named task_list;
begin
  select l.* into named from task_list as l where l.user_id = new.user_id and l.id = new.list_id for share;
  if named.deleted_at is not null then
    select l.id into new.list_id from task_list as l
    where l.user_id = new.user_id and l.name_key = named.name_key and l.deleted_at is null for share;
    if not found then
      update task_list as l set deleted_at = null where l.user_id = new.user_id and l.id = named.id returning l.id into new.list_id;
    end if;
  elsif named.id is null then
    new.list_id := null;
  end if;
  return new;
end $$;
create trigger task_new_list before insert on task
for each row when (new.list_id is not null) execute function keep_list();
create trigger task_other_list before update of list_id on task
for each row when (new.list_id is not null and new.list_id is distinct from old.list_id) execute function keep_list();

create function detach_steps() returns trigger language plpgsql as $$
begin
  update task as s set parent = null from gone where s.user_id = gone.user_id and s.parent = gone.id;
  return null;
end $$;
create trigger task_steps after delete on task
referencing old table as gone for each statement execute function detach_steps();

-- Whoever changes a text without folding it, as the release before this one does, leaves none that is folded.
create function drop_folded() returns trigger language plpgsql as $$
begin
  new.title_key := null;
  new.title_search := null;
  return new;
end $$;
create trigger task_folded before update of title, description on task
for each row when (
  (new.title, new.description) is distinct from (old.title, old.description)
  and (new.title_search, new.description_search) is not distinct from (old.title_search, old.description_search)
) execute function drop_folded();

create function texts(list jsonb) returns text[] language sql immutable as $$
  select array(select jsonb_array_elements_text(list))
$$;

-- The local time of a day or a local time as a client writes it, or of an instant that ends with Z.
create function local_moment(owner text, written text) returns timestamp language sql stable as $$
  select case when written like '%Z' then (select written::timestamptz at time zone c.zone from todo.user_clock(owner) as c)
    else written::timestamp end
$$;

-- The moments between which the tasks of a list are due, by its filter: `due` (today, tomorrow, week, overdue), `due_after`, `due_before`.
create function due_from(owner text, filter jsonb) returns timestamp language sql stable cost 1 as $$
  select coalesce(greatest(
    case filter ->> 'due' when 'today' then c.today when 'tomorrow' then c.today + 1 when 'week' then c.today end,
    todo.local_moment(owner, filter ->> 'due_after') + case when length(filter ->> 'due_after') = 10 then interval '1 day' else interval '1 second' end
  ), '-infinity') from todo.user_clock(owner) as c
$$;
create function due_until(owner text, filter jsonb) returns timestamp language sql stable cost 1 as $$
  select coalesce(least(
    case filter ->> 'due' when 'today' then c.today + 1 when 'tomorrow' then c.today + 2 when 'week' then c.today + 7
      when 'overdue' then c.local_now end,
    todo.local_moment(owner, filter ->> 'due_before')
  ), 'infinity') from todo.user_clock(owner) as c
$$;

create function is_overdue(owner text, day date, at time) returns boolean language sql stable as $$
  select case when at is null then day < c.today else (day + at) at time zone c.zone < now() end from todo.user_clock(owner) as c
$$;

create function list_with_key(owner text, key text) returns bigint language sql stable cost 1 as $$
  select l.id from todo.task_list as l where l.user_id = owner and l.name_key = key and l.deleted_at is null
$$;

-- Whether a task is in a list with this filter. PostgreSQL puts the expression into the statement and drops conditions of members that are
-- not there, so they cost nothing and each of the others can use its index. Words are patterns of LIKE. A text that nobody has folded yet is
-- compared in lower case.
create function task_fits(t task, owner text, filter jsonb) returns boolean language sql stable as $$
  select (filter -> 'completed' is null or t.completed = (filter -> 'completed')::boolean)
    and (filter -> 'priority' is null or t.priority = (filter -> 'priority')::smallint)
    and (filter -> 'number' is null or t.id = (filter -> 'number')::bigint)
    and (filter -> 'words' is null
      or coalesce(t.title_search || E'\n' || coalesce(t.description_search, ''), lower(t.title || E'\n' || coalesce(t.description, '')))
        like all (todo.texts(filter -> 'words')))
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

-- As `tasks_by_id`, as a client sees them.
create function shown_by_id(owner text, most bigint, done boolean, after_id bigint, descending boolean) returns table (
  id bigint, title text, description text, completed boolean, created_at timestamp, updated_at timestamp, completed_at timestamp,
  priority smallint, due text, due_at timestamp, overdue boolean, repeat text, repeat_from text, remind integer[], tags text[],
  list text, parent bigint, "position" text
) language plpgsql stable rows 20 as $$
declare
  clock record;
begin
  select c.zone, c.today into clock from user_clock(owner) as c;
  return query select s.* from tasks_by_id(owner, most, done, after_id, descending) as t, shown_task(t, clock.zone, clock.today) as s;
end $$;

-- The lists of a user in their order.
create function lists_of(owner text) returns table (
  id bigint, name text, color text, archived boolean, "position" bigint, open_tasks bigint, created_at timestamp
) language sql stable as $$
  select l.id, l.name, l.color, l.archived, row_number() over (order by todo.task_place(l.place, l.id), l.id),
    (select count(*) from todo.task as t where t.user_id = owner and t.list_id = l.id and not t.completed), l.created_at at time zone 'utc'
  from todo.task_list as l where l.user_id = owner and l.deleted_at is null
  order by todo.task_place(l.place, l.id), l.id
$$;
