-- Changes a list (function of migration 0023). Fails on the constraint task_list_name_key if another one has the name.
-- $1 user, $2 id, $3 members: name with name_key, color, archived, position
select todo.change_list($1::text, $2::bigint, $3::jsonb) as is_known
