-- Whether the table of the applied migrations exists. It does not in an empty database. Earlier releases had it outside the schema
-- `todo` (`is_tracked_outside`).
select to_regclass('todo.schema_migration') is not null as is_tracked,
  to_regclass('schema_migration') is not null as is_tracked_outside
