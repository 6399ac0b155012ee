-- One task; one row in which `found` is null if the user has no such task (function of migration 0038).
-- $1 user, $2 id
select task.id as found, task.* from todo.one_task($1::text, $2::bigint) as task
