-- Ends the sessions of a user, what clients may do for them, and the changes of address that wait for a link (functions of migration
-- 0015); `done` is always true.
-- Reads all of verification: Better Auth's table has no index on "value", which names the user of a link.
-- $1 user, $2 the session that stays, with the clients that it let in itself; or null
select todo.auth_end_access($1::text, $2::text, null) and todo.auth_end_links($1::text, false) as done
