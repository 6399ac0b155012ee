-- Lists the actions of a turn that still wait for the user, or were decided since the message after the turn.
-- $1 user, $2 conversation, $3 turn
select found, id, tool
from (select) as always left join (
  select true as found, id, tool, step from todo.pending_action
  where user_id = $1::text and conversation_id = $2::bigint and turn = $3::bigint and (
    (state = 'pending' and expires_at > now()) or decided_at >= (
      select created_at from todo.message
      where user_id = $1::text and conversation_id = $2::bigint and turn = $3::bigint + 1 and step = 0
    )
  )
) as waiting on true
order by step, id
