-- Gives up the claim of a turn that failed, and the tokens that were reserved for it.
-- $1 user, $2 conversation, $3 turn, $4 attempt
update todo.conversation set running_until = null, reserved_on = null
where user_id = $1::text and id = $2::bigint and turn = $3::bigint and attempt = $4::bigint
