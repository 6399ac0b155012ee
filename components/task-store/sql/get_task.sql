-- One task, null if the user has no such task (function of migration 0042).
-- $1 user, $2 id
select todo.read_task($1::text, $2::bigint) as task
