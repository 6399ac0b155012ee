-- Defines the function that applies a migration: wholly or not at all, once, and after the replica that is at it. The number of the
-- lock is "todo" in ASCII; any number will do that nothing else on this database uses.
do $define$
begin
  perform pg_advisory_xact_lock(1953457263);
  if to_regprocedure('apply_migration(text, text)') is not null then
    return;
  end if;
  create function apply_migration(migration text, statements text) returns void language plpgsql as $apply$
  begin
    perform pg_advisory_xact_lock(1953457263);
    create table if not exists schema_migration (
      name text not null,
      applied_at timestamptz not null default now(),
      constraint schema_migration_pkey primary key (name)
    );
    if exists (select from schema_migration where name = migration) then
      return;
    end if;
    execute 'do $migration$ begin ' || statements || E'\nend $migration$';
    insert into schema_migration (name) values (migration);
  end $apply$;
end $define$
