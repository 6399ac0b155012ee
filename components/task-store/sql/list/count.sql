-- How many tasks of a user fit a filter. PostgreSQL drops the conditions of `task_fits` that the filter does not name.
-- $1 user, $2 filter
select count(*) as amount from todo.task where user_id = $1::text and todo.task_fits(task, $1::text, $2::jsonb)
