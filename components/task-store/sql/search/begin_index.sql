-- From now on each task that this user adds or changes has grams (migration 0026).
-- $1 user
with changed as (
  update todo.task_counter set search_state = 1 where user_id = $1::text and search_state = 0 returning user_id
)
select count(*) as begun from changed
