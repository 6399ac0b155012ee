-- How many more tasks fit into a user's list.
-- $1 user, $2 the most tasks of a user
select greatest($2::bigint - coalesce((select live from todo.task_counter where user_id = $1::text), 0), 0) as room
