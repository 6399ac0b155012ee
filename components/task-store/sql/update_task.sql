-- Changes one task (function of migration 0043, which says what the fields of `written` are). Its version moves on only when something changes.
-- $1 user, $2 id, $3 members (see `task_with`), $4 expected versions, or null for any, $5 who does it (function acting of migration 0017)
select todo.change_as_text($1::text, $2::bigint, $3::jsonb, $4::text[], $5::text) as written
