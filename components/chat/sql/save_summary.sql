-- Puts the turns up to $3 into the summary of a conversation, unless they are in it.
-- $1 user, $2 conversation, $3 last turn, $4 text
update todo.conversation set summary = $4::text, summarized_turn = $3::bigint
where user_id = $1::text and id = $2::bigint and summarized_turn < $3::bigint
