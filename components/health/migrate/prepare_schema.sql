-- Prepares the schema `todo`, in which all of our own tables and functions are, and the function that applies a migration there: wholly
-- or not at all, once, and after the replica that is at it. The number of the lock is "todo" in ASCII; any number will do that nothing
-- else on this database uses. Better Auth's tables are in the schema of the connection, which is `public` unless `DATABASE_URL` names
-- another.
do $prepare$
declare
  home text := coalesce(current_schema(), 'public');
  item record;
begin
  perform pg_advisory_xact_lock(1953457263);
  if to_regprocedure('todo.apply_migration(text, text)') is not null then
    return;
  end if;
  if to_regnamespace('todo') is null then
    create schema todo;
  end if;

  -- Earlier releases made our tables beside Better Auth's. They move, and what such a release calls stays there: views of the tables,
  -- and the functions. Both go one release later. Requests that hold a table are not waited for long, so that none of them is ended.
  if exists (
    select from pg_attribute
    where attrelid = to_regclass(format('%I.schema_migration', home)) and attname in ('name', 'applied_at')
    having count(*) = 2
  ) then
    for attempt in 1..50 loop
      begin
        set local lock_timeout = '200ms';
        for item in
          select c.oid::regclass as old, c.relname as name
          from pg_class as c
          where c.relnamespace = home::regnamespace and c.relkind = 'r' and c.relname in (
            'schema_migration', 'task_counter', 'task', 'deleted_task', 'idempotency_key', 'rate_limit', 'conversation', 'message',
            'pending_action', 'token_usage', 'model_spend', 'model_health', 'oauth_registration', 'consent_session', 'proved_password'
          )
        loop
          execute format('alter table %s set schema todo', item.old);
          execute format('create view %I.%I as select * from todo.%2$I', home, item.name);
        end loop;
        exit;
      exception when lock_not_available then
        if attempt = 50 then
          raise;
        end if;
        perform pg_sleep(0.1);
      end;
    end loop;
    set local lock_timeout to default;
    for item in
      select p.oid::regprocedure as old, p.prorettype = 'trigger'::regtype as is_trigger, l.lanname = 'plpgsql' as has_path
      from pg_proc as p join pg_language as l on l.oid = p.prolang
      where p.pronamespace = home::regnamespace and p.proname in (
        'add_task', 'add_task_with', 'add_usage', 'auth_end_access', 'auth_end_links', 'auth_is_banned', 'auth_signing_key',
        'begin_turn', 'change_task', 'give_back', 'list_tasks', 'local_time', 'note_completion', 'record_response',
        'reserve_turn', 'restore_tasks', 'resume_turn', 'take_tokens', 'tasks_by_id', 'update_task'
      )
    loop
      if item.has_path then
        execute format('alter function %s set search_path to todo, %I', item.old, home);
      end if;
      if item.is_trigger then
        execute format('alter function %s set schema todo', item.old);
      else
        execute regexp_replace(pg_get_functiondef(item.old), '^CREATE OR REPLACE FUNCTION [^(]*\.', 'CREATE FUNCTION todo.');
      end if;
    end loop;
    execute format('drop function if exists %I.apply_migration(text, text)', home);
  end if;

  create table if not exists todo.schema_migration (
    name text not null,
    applied_at timestamptz not null default now(),
    constraint schema_migration_pkey primary key (name)
  );

  -- A file names no schema. What it makes is ours; but a table with a quoted name is Better Auth's. Functions of plpgsql find both,
  -- whatever the search path of the statement that calls them. Those of SQL name schemas themselves: with a path none would be inlined.
  create function todo.apply_migration(migration text, statements text) returns void language plpgsql as $apply$
  declare
    home text := coalesce(current_schema(), 'public');
    made record;
  begin
    perform pg_advisory_xact_lock(1953457263);
    if exists (select from todo.schema_migration where name = migration) then
      return;
    end if;
    perform set_config('search_path', format('todo, %I', home), true);
    execute 'do $migration$ begin '
      || replace(statements, 'create table if not exists "', format('create table if not exists %I."', home))
      || E'\nend $migration$';
    for made in
      select p.oid::regprocedure as name
      from pg_proc as p join pg_language as l on l.oid = p.prolang
      where p.pronamespace = 'todo'::regnamespace and l.lanname = 'plpgsql' and p.proname <> 'apply_migration'
        and not coalesce(array_to_string(p.proconfig, ',') like '%search_path=%', false)
    loop
      execute format('alter function %s set search_path to todo, %I', made.name, home);
    end loop;
    insert into todo.schema_migration (name) values (migration);
  end $apply$;
end $prepare$
