-- A page of a user's tasks that are due at certain times, or one row without a task if there is none (function of migration 0042). `version` is that of
-- the list.
-- $1 user, $2 how many rows (one more than the page has), $3 filter, $4 id and $5 moment of the task behind which the page begins, or null
select * from todo.read_due_page($1::text, $2::bigint, $3::jsonb, $4::bigint, nullif($5::text, '')::timestamp)
