-- Makes the task table one of 16 hash partitions by user, with the same columns, defaults, indexes, constraints, triggers and functions.
-- The table must be empty. Functions that return its rows depend on its type, so they are made again.
set search_path = todo, public;
do $$
declare
  old regclass := 'todo.task';
  name text := 'task';
  statements text[];
  statement text;
begin
  select array_agg(definition order by rank) into statements from (
    select 1 as rank, format('alter table %s add %s', name, pg_get_constraintdef(oid)) as definition
    from pg_constraint where conrelid = old and contype = 'f'
    union all
    select distinct 2, pg_get_functiondef(f.oid)
    from pg_proc as f join pg_depend as d on d.classid = 'pg_proc'::regclass and d.objid = f.oid
    join pg_type as row_type on d.refclassid = 'pg_type'::regclass and d.refobjid in (row_type.oid, row_type.typarray)
    where row_type.typrelid = old
    union all
    select 3, pg_get_triggerdef(oid) from pg_trigger where tgrelid = old and not tgisinternal
  ) as made (rank, definition);
  execute format('alter table %s rename to task_before', old);
  execute format('create table %s (like task_before including all) partition by hash (user_id)', name);
  for part in 0 .. 15 loop
    execute format('create table %s_%s partition of %s for values with (modulus 16, remainder %s)', name, part, name, part);
  end loop;
  execute 'drop table task_before cascade';
  foreach statement in array statements loop
    execute statement;
  end loop;
end $$;
reset search_path;
