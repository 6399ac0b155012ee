-- Deletes a conversation with its messages.
-- $1 user, $2 conversation
delete from todo.conversation where user_id = $1::text and id = $2::bigint
