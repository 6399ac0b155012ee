-- Stores what came of an action that was in state $5. The conversation shows the call with its outcome from now on.
-- $1 user, $2 action, $3 new state, $4 call with its outcome as JSON, $5 state so far
with finished as (
  update todo.pending_action set state = $3::text, outcome = $4::text::json, decided_at = coalesce(decided_at, now())
  where user_id = $1::text and id = $2::text and state = $5::text
  returning conversation_id, turn, step, call_id
)
update todo.message as m set tool_calls = (
  select json_agg(case when call.value ->> 'id' = finished.call_id then $4::text::json else call.value end order by call.ordinality)
  from json_array_elements(m.tool_calls) with ordinality as call
)
from finished where m.user_id = $1::text and m.conversation_id = finished.conversation_id and m.turn = finished.turn
  and m.step = finished.step
