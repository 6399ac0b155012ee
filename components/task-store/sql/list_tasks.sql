-- A page of a user's tasks by id, or one row without an id if there is none (function of migration 0038). `version` is that of the list.
-- $1 user, $2 how many rows (one more than the page has), $3 completed, or null for all, $4 the id behind which the page begins, or
-- null, $5 whether the greatest id comes first
select * from todo.task_page($1::text, $2::bigint, $3::boolean, $4::bigint, $5::boolean)
