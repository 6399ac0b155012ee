-- The tasks of the list and the parent of a task in their order (function of migration 0031).
-- $1 user, $2 task
select todo.task_siblings($1::text, $2::bigint) as siblings
