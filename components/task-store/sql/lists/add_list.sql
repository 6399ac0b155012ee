-- Adds a list (function of migration 0026). Without an id there is one of this name. `change` is the number of the change, if there is one.
-- $1 user, $2 name, $3 folded name, $4 color or null, $5 who does it (function acting of migration 0017)
select added.id, todo.current_change() as change
from (select exists (select from todo.task_list where user_id = $1::text and name_key = $3::text and deleted_at is null) as is_taken) as earlier
left join lateral todo.add_list(todo.acting($1::text, $5::text), $2::text, $3::text, $4::text) as added on not earlier.is_taken
