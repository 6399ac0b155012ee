-- A page of a user's tasks by id, all of them in one row (function of migration 0042). `version` is that of the list.
-- $1 user, $2 how many rows (one more than the page has), $3 completed, or null for all, $4 the id behind which the page begins, or
-- null, $5 whether the greatest id comes first
select * from todo.read_page($1::text, $2::bigint, $3::boolean, $4::bigint, $5::boolean)
