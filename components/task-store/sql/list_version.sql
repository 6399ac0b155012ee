-- The version of a user's list, which another one follows whenever the list may be another (function of migration 0026).
-- $1 user
select todo.list_version($1::text) as version
