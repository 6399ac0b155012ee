-- How many tasks a user has: the number that the counter keeps, so that it costs the same for any number of tasks.
-- $1 user
select coalesce((select c.live from todo.task_counter as c where c.user_id = $1::text), 0)::bigint as amount
