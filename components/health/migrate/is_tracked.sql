-- Whether the table of the applied migrations exists. It does not in an empty database.
select to_regclass('schema_migration') is not null as is_tracked
