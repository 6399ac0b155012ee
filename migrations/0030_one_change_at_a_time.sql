-- Who changes tasks or lists of an owner waits until nobody else does, before anything is read or locked. So no two changes wait for each other, and
-- each begins with what the one before it left. The lock is one in memory, and ends with the statement.
create or replace function acting(owner text, actor text) returns text language sql as $$
  select case when pg_advisory_xact_lock(hashtextextended('tasks ' || owner, 0)) is not null
    and set_config('todo.actor', actor, true) is not null then owner end
$$;
