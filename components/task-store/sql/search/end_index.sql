-- All tasks of this user have grams (migration 0026).
-- $1 user
with changed as (
  update todo.task_counter set search_state = 2 where user_id = $1::text and search_state = 1 returning user_id
)
select count(*) as ended from changed
