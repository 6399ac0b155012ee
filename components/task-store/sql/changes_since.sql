-- The tasks that were changed behind a change, as they are now (function of migration 0042; migration 0026 explains the columns); one row without
-- a task if there is none.
-- $1 user, $2 number of the change, or null for the number of the last one alone, $3 how many tasks at most
select * from todo.read_changes($1::text, $2::bigint, $3::bigint)
