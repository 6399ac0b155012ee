-- Reads an action as it was; if $3, it is claimed now (`claimed`), unless it is decided, being carried out or too old.
-- $1 user, $2 action, $3 whether to claim it
with claimed as (
  update todo.pending_action set state = 'running', decided_at = now()
  where user_id = $1::text and id = $2::text and $3::boolean and (
    (state = 'pending' and expires_at > now()) or (state = 'running' and decided_at < now() - interval '30 seconds')
  )
  returning id
)
select found, conversation_id, turn, call_id, tool, arguments, summary, state, outcome, exists (select from claimed) as claimed
from (select) as always left join (
  select true as found, conversation_id, turn, call_id, tool, arguments::text as arguments, summary, state, outcome::text as outcome
  from todo.pending_action where user_id = $1::text and id = $2::text
) as action on true
