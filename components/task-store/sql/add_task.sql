-- Adds a pending task (function of migration 0043, which says what the fields of `written` are). Of two statements with
-- the same key at once, one fails on the constraint idempotency_key_pkey and adds nothing.
-- $1 user, $2 members (see `task_with`), $3 the most tasks of a user, $4 idempotency key or null, $5 who does it (function acting of
-- migration 0017)
select todo.new_task_as_text($1::text, $2::jsonb, $3::bigint, $4::text, $5::text) as written
