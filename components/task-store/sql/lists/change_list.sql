-- Changes a list (function of migration 0026). Fails on the constraint task_list_name_key if another one has the name. `change` is the number of the
-- change, if there is one.
-- $1 user, $2 id, $3 members: name with name_key, color, archived, position, $4 who does it (function acting of migration 0017)
select is_known, todo.current_change() as change
from todo.change_list(todo.acting($1::text, $4::text), $2::bigint, $3::jsonb) as is_known
