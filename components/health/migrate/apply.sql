-- Applies a migration unless it was applied.
-- $1 its name, $2 its statements
select todo.apply_migration($1::text, $2::text)
