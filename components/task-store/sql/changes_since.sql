-- The tasks that were changed behind a change, as they are now (function of migration 0026, which explains the columns); one row without an id if
-- there is none.
-- $1 user, $2 number of the change, or null for the number of the last one alone, $3 how many tasks at most
select version, reload, lists_changed, coalesce(to_jsonb(gone), '[]')::text as gone, shown.*
from todo.changes_since($1::text, $2::bigint, $3::bigint) as changes, todo.user_clock($1::text) as clock,
  todo.shown_task(changes.present, clock.zone, clock.today) as shown
order by shown.id
