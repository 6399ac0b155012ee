-- Reads the steps of at most $4 turns up to turn $3, in order; without those that are in the summary, unless $5.
-- $1 user, $2 conversation, $3 last turn, $4 most turns, $5 whether to read turns that are in the summary
select found, turn, role, text, content, model, model_version, outcome, tool_calls, summary
from (select) as always left join (
  select true as found, m.turn, m.step, m.role, m.text, m.content::text as content, m.model, m.model_version, m.outcome,
    m.tool_calls::text as tool_calls, c.summary
  from todo.message as m join todo.conversation as c on c.user_id = m.user_id and c.id = m.conversation_id
  where m.user_id = $1::text and m.conversation_id = $2::bigint
    and m.turn <= $3::bigint and m.turn > $3::bigint - $4::bigint and (m.turn > c.summarized_turn or $5::boolean)
) as steps on true
order by turn, step
