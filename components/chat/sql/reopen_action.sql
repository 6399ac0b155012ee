-- Makes an action wait again that could not be carried out.
-- $1 user, $2 action
update todo.pending_action set state = 'pending', decided_at = null
where user_id = $1::text and id = $2::text and state = 'running'
