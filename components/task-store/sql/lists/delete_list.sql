-- Deletes a list (function of migration 0026). `change` is the number of the change of the list and its tasks.
-- $1 user, $2 id, $3 whether its tasks are deleted too; else they move to the inbox, $4 who does it (function acting of migration 0017)
select is_known, todo.current_change() as change
from todo.delete_list(todo.acting($1::text, $4::text), $2::bigint, $3::boolean) as is_known
