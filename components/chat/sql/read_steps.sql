-- Reads a conversation, whether a turn runs in it, and its steps with the questions that each asks: those of turns $3 to
-- $4; without $3 those of turn $4, or the newest, and of $5 turns before it. A conversation without such steps is one row.
-- $1 user, $2 conversation, $3 first turn or null, $4 last turn or null, $5 turns before the last
select found, id, title, running, created_at, updated_at, turn, step, role, text, outcome, tool_calls, said_at, questions
from (select) as always left join (
  select true as found, c.id, c.title, coalesce(c.running_until > now(), false) as running,
    c.created_at at time zone 'utc' as created_at, c.updated_at at time zone 'utc' as updated_at,
    m.turn, m.step::bigint as step, m.role, m.text, m.outcome, m.tool_calls::text as tool_calls,
    m.created_at at time zone 'utc' as said_at,
    case when m.role = 'tool' then (
      select json_agg(json_build_object('id', a.id, 'summary', a.summary,
        'open', a.state = 'running' or (a.state = 'pending' and a.expires_at > now())))
      from todo.pending_action as a
      where a.user_id = $1::text and a.conversation_id = $2::bigint and a.turn = m.turn and a.step = m.step
    ) end::text as questions
  from todo.conversation as c left join todo.message as m on m.user_id = c.user_id and m.conversation_id = c.id
    and m.turn between coalesce($3::bigint, least($4::bigint, c.turn) - $5::bigint) and coalesce($4::bigint, c.turn)
  where c.user_id = $1::text and c.id = $2::bigint
) as steps on true
order by turn, step
