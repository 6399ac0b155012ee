-- How the tables of the predecessor are copied: with the functions of migration 0020, in one statement for all of them.

-- Copies the tasks of a table that were not copied yet; returns how many. A number from 1 on that is free becomes the task's number;
-- others get the numbers after them in the order of their times. The counters of the users are locked first, as nobody may count meanwhile.
create function copy_predecessor_tasks(source text) returns bigint language plpgsql set timezone to 'UTC' as $$
declare
  added bigint;
begin
  -- It is no change that anybody made.
  perform set_config('todo.actor', '{"actor":"none"}', true);
  insert into task_counter (user_id, last_id, live)
  select u."id", 0, 0 from predecessor_users(source) as p join "user" as u on u."id" = p.user_id
  on conflict on constraint task_counter_pkey do nothing;
  perform from task_counter as c
  where c.user_id in (select p.user_id from predecessor_users(source) as p)
  order by c.user_id for update;
  with fresh as (
    select distinct on (given.members ->> 'id') given.members, given.members ->> 'id' as id, c.user_id, c.last_id,
      coalesce(todo.predecessor_time(given.members ->> 'created_at'), date_trunc('milliseconds', now())) as created_at,
      todo.predecessor_time(given.members ->> 'updated_at') as updated_at,
      case when given.members ->> 'id' ~ '^[1-9][0-9]{0,14}$' and (given.members ->> 'id')::bigint > c.last_id
        then (given.members ->> 'id')::bigint end as kept
    from predecessor_rows(source) as given (members) join task_counter as c on c.user_id = given.members ->> 'user_id'
    where given.members ->> 'id' is not null
      and not exists (select from predecessor_row as p where p.name = source and p.id = given.members ->> 'id')
    order by given.members ->> 'id'
  ),
  numbered as (
    select fresh.*, coalesce(kept, greatest(last_id, max(kept) over (partition by user_id))
      + row_number() over (partition by user_id, kept is null order by created_at, id)) as number
    from fresh
  ),
  draft as (
    select numbered.*, predecessor_line(members ->> 'title', 200) as title, predecessor_line(members ->> 'title', 20000) as whole_title,
      coalesce(lower(members ->> 'completed'), lower(members ->> 'is_completed'), lower(members ->> 'is_complete'), lower(members ->> 'done'))
        in ('true', '1', 't', 'yes') is true
        or lower(members ->> 'status') in ('completed', 'complete', 'done', 'finished', 'closed') is true as completed
    from numbered
  ),
  made as (
    insert into task (user_id, id, title, description, completed, created_at, updated_at, completed_at, priority)
    select user_id, number, coalesce(title, 'Untitled'),
      predecessor_text(concat_ws(E'\n\n', case when whole_title <> title then whole_title end, members ->> 'description'), 10000),
      completed, created_at, coalesce(updated_at, created_at),
      case when completed then coalesce(todo.predecessor_time(members ->> 'completed_at'), updated_at, created_at) end,
      predecessor_priority(members ->> 'priority')
    from draft
    order by user_id, number
    returning user_id, task.id
  ),
  noted as (
    insert into predecessor_row (name, id, user_id, copied_id) select source, id, user_id, number from draft
  ),
  counted as (
    update task_counter as c set last_id = greatest(c.last_id, made.last), live = c.live + made.amount
    from (select user_id, max(id) as last, count(*) as amount from made group by user_id) as made
    where c.user_id = made.user_id
  )
  select count(*) into added from made;
  return added;
end $$;

-- Copies the messages of two tables that were not copied yet, with their conversations; returns how many messages. A message of the user begins
-- a turn, and what the assistant said ends it. What the assistant said first is a turn without a message of the user. Conversations in which
-- a turn runs are left for the next time.
create function copy_predecessor_messages(conversations text, messages text) returns bigint language plpgsql set timezone to 'UTC' as $$
declare
  added bigint;
begin
  with known as (
    select given.members ->> 'id' as id, u."id" as user_id, given.members, p.copied_id as copied
    from predecessor_rows(conversations) as given (members) join "user" as u on u."id" = given.members ->> 'user_id'
    left join predecessor_row as p on p.name = conversations and p.id = given.members ->> 'id'
    where given.members ->> 'id' is not null
  ),
  held as (
    select c.user_id, c.id, c.turn, c.running_until > now() is true as running
    from conversation as c join known on c.user_id = known.user_id and c.id = known.copied
    order by c.user_id, c.id for update of c
  ),
  said as (
    -- Ids that are no numbers say nothing about the order; then the user spoke first.
    select given.members ->> 'id' as id, case when given.members ->> 'id' ~ '^[0-9]{1,18}$' then (given.members ->> 'id')::bigint else 0 end as place,
      given.members ->> 'conversation_id' as conversation, known.user_id, known.members as head, known.copied,
      held.turn as last_turn, lower(given.members ->> 'role') = 'user' as by_user,
      predecessor_text(given.members ->> 'content', case when lower(given.members ->> 'role') = 'user' then 2000 else 100000 end) as words,
      coalesce(todo.predecessor_time(given.members ->> 'created_at'), todo.predecessor_time(given.members ->> 'timestamp'),
        todo.predecessor_time(known.members ->> 'created_at'), date_trunc('milliseconds', now())) as said_at
    from predecessor_rows(messages) as given (members) join known on known.id = given.members ->> 'conversation_id'
    left join held on held.user_id = known.user_id and held.id = known.copied
    where lower(given.members ->> 'role') in ('user', 'assistant', 'model', 'ai', 'bot') and given.members ->> 'id' is not null
      and (known.copied is null or held.running = false)
      and not exists (select from predecessor_row as p where p.name = messages and p.id = given.members ->> 'id')
  ),
  placed as (
    select said.*, count(*) filter (where by_user) over lines as turn_of_new,
      bool_or(first_by_user) over (partition by conversation) as begins_with_user
    from (
      select said.*, by_user and row_number() over (partition by conversation order by said_at, place, by_user desc, id) = 1 as first_by_user
      from said where words is not null
    ) as said
    window lines as (partition by conversation order by said_at, place, by_user desc, id rows unbounded preceding)
  ),
  turned as (
    select placed.*, coalesce(last_turn, 0) + turn_of_new + case when begins_with_user then 0 else 1 end as turn from placed
  ),
  stepped as (
    select turned.*,
      row_number() over steps - case when bool_or(by_user) over (partition by conversation, turn) then 1 else 0 end as step,
      row_number() over (partition by conversation, turn order by said_at desc, place desc, by_user, id desc) = 1 as is_last
    from turned
    window steps as (partition by conversation, turn order by by_user desc, said_at, place, id)
  ),
  begun as (
    select first.*, nextval(pg_get_serial_sequence('todo.conversation', 'id')) as new_id
    from (
      select conversation, user_id, head, max(turn) as turn, min(said_at) as began, max(said_at) as ended,
        (array_agg(words order by by_user desc, turn, step))[1] as first_words
      from stepped where copied is null group by conversation, user_id, head
    ) as first
  ),
  opened as (
    insert into conversation (user_id, id, title, turn, created_at, updated_at) overriding system value
    select user_id, new_id, coalesce(predecessor_line(head ->> 'title', 80), predecessor_line(first_words, 80)), turn,
      coalesce(todo.predecessor_time(head ->> 'created_at'), began),
      greatest(coalesce(todo.predecessor_time(head ->> 'updated_at'), ended), ended)
    from begun
  ),
  continued as (
    update conversation as c set turn = later.turn, updated_at = greatest(c.updated_at, later.ended)
    from (select user_id, copied, max(turn) as turn, max(said_at) as ended from stepped where copied is not null group by user_id, copied) as later
    where c.user_id = later.user_id and c.id = later.copied
  ),
  made as (
    insert into message (user_id, conversation_id, turn, step, role, text, outcome, created_at)
    select s.user_id, coalesce(s.copied, b.new_id), s.turn, case when s.by_user then 0 else greatest(s.step, 1) end,
      case when s.by_user then 'user' else 'model' end, s.words, case when s.is_last and not s.by_user then 'complete' end, s.said_at
    from stepped as s left join begun as b on b.conversation = s.conversation
    returning 1
  ),
  noted as (
    insert into predecessor_row (name, id, user_id, copied_id)
    select conversations, conversation, user_id, new_id from begun
    union all
    select messages, id, user_id, turn from stepped
  )
  select count(*) into added from made;
  return added;
end $$;

-- Adds to tasks that were just copied when they are due and how often, their reminder and their tags.
create function copy_predecessor_details(source text) returns void language plpgsql set timezone to 'UTC' as $$
begin
  with given as (
    select r.user_id, r.copied_id, g.members, coalesce(tagged.names, todo.predecessor_words(g.members -> 'tags')) as words,
      todo.predecessor_time(coalesce(g.members ->> 'due_date', g.members ->> 'due_at', g.members ->> 'due', g.members ->> 'deadline')) as due
    from predecessor_rows(source) as g (members)
    join predecessor_row as r on r.name = source and r.id = g.members ->> 'id'
    left join (select t.task_id, array_agg(name) as names from predecessor_tags(source) as t, unnest(t.names) as name group by 1) as tagged
      on tagged.task_id = g.members ->> 'id'
  ),
  tagged as (
    select given.user_id, given.copied_id, array_agg(tag.name order by tag.number) as tags, array_agg(tag.key order by tag.number) as keys
    from given, lateral (
      select distinct on (tag.key) tag.number, tag.name, tag.key from (
        select word.number, line.name, lower(replace(regexp_replace(normalize(line.name, nfkd), '[\u0300-\u036f]', '', 'g'), 'ß', 'ss')) as key
        from unnest(given.words) with ordinality as word (text, number),
          lateral (select todo.predecessor_line(ltrim(translate(word.text, ',', ' '), ' #'), 40)) as line (name)
      ) as tag
      where tag.key <> '' order by tag.key, tag.number
    ) as tag
    where tag.number <= 20
    group by given.user_id, given.copied_id
  ),
  named as (
    insert into tag (user_id, key, name)
    select distinct on (user_id, key) user_id, key, name from tagged, unnest(keys, tags) as t (key, name) order by user_id, key
    on conflict do nothing
  )
  update task as t set
    due_day = given.due::date,
    due_time = case when given.due is not null then coalesce(
      nullif(given.due::time(0), '00:00'), substring(given.members ->> 'due_time' from '^(([01][0-9]|2[0-3]):[0-5][0-9])')::time
    ) end,
    repeat = case when given.due is not null and not t.completed then predecessor_repeat(given.members) end,
    repeat_anchor = case when given.due is not null and not t.completed and predecessor_repeat(given.members) is not null then given.due::date end,
    remind = case when given.due is not null and coalesce(given.members ->> 'reminder_minutes', given.members ->> 'reminder_offset') ~ '^[0-9]{1,5}$'
      then array[coalesce(given.members ->> 'reminder_minutes', given.members ->> 'reminder_offset')::integer] else '{}' end,
    tags = coalesce(tagged.tags, '{}'), tag_keys = coalesce(tagged.keys, '{}')
  from given left join tagged on tagged.user_id = given.user_id and tagged.copied_id = given.copied_id
  where t.user_id = given.user_id and t.id = given.copied_id and t.tags = '{}' and t.due_day is null and t.updated_at = coalesce(
      todo.predecessor_time(given.members ->> 'updated_at'), todo.predecessor_time(given.members ->> 'created_at'), t.updated_at)
    and (given.due is not null or tagged.tags is not null);
end $$;

-- Copies from each table of the predecessor that was not copied yet, or, if `again`, from all of them what was added since. Those who start
-- together wait for each other, and so copy each row once. True if something was done.
create function copy_predecessor(again boolean) returns boolean language plpgsql set jit to off as $$
declare
  item record;
  conversations text;
  is_new boolean := exists (select from predecessor_tables() as p where p.name not in (select t.name from predecessor_table as t));
begin
  if not is_new and not again then
    return false;
  end if;
  perform pg_advisory_xact_lock(1953457263);
  for item in
    select p.name, p.kind from predecessor_tables() as p
    where again or p.name not in (select t.name from predecessor_table as t)
  loop
    if item.kind = 'task' then
      perform copy_predecessor_tasks(item.name);
      if exists (select from pg_attribute where attrelid = 'todo.task'::regclass and attname = 'tag_keys') then
        perform copy_predecessor_details(item.name);
      end if;
    elsif item.kind = 'message' then
      conversations := (
        select p.name from predecessor_tables() as p where p.kind = 'conversation'
        order by left(p.name, 4) <> left(item.name, 4), p.name limit 1
      );
      if conversations is not null then
        perform copy_predecessor_messages(conversations, item.name);
      end if;
    end if;
  end loop;
  insert into predecessor_table as t (name, kind, copied, users, unknown)
  select p.name, p.kind, total.copied, total.users, total.unknown
  from predecessor_tables() as p, lateral (
    select (select count(*) from predecessor_row as r where r.name = p.name) as copied,
      (select count(distinct r.user_id) from predecessor_row as r where r.name = p.name) as users,
      case when p.kind = 'message' then 0 else (
        select coalesce(sum(g.amount), 0) from predecessor_users(p.name) as g
        where not exists (select from "user" as u where u."id" = g.user_id)
      ) end as unknown
  ) as total
  on conflict on constraint predecessor_table_pkey do update
  set copied = excluded.copied, users = excluded.users, unknown = excluded.unknown, copied_at = now();
  return true;
end $$;
