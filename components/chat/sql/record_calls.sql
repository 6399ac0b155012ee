-- Stores the results of tool calls so far, and the calls that wait for the user's decision, if this is the last attempt at
-- the conversation's current turn.
-- $1 user, $2 conversation, $3 turn, $4 attempt, $5 step, $6 calls as JSON
with live as (
  select turn from todo.conversation
  where user_id = $1::text and id = $2::bigint and turn = $3::bigint and attempt = $4::bigint for update
), waiting as (
  insert into todo.pending_action
    (user_id, id, conversation_id, turn, step, call_id, tool, arguments, summary, expires_at)
  select $1::text, call ->> 'action_id', $2::bigint, live.turn, $5::bigint::integer, call ->> 'id', call ->> 'name',
    call -> 'arguments', call ->> 'summary', now() + interval '10 minutes'
  from live, json_array_elements($6::text::json) as call where call ->> 'status' = 'confirmation_required'
  on conflict do nothing
)
insert into todo.message (user_id, conversation_id, turn, step, role, tool_calls)
select $1::text, $2::bigint, turn, $5::bigint::integer, 'tool', $6::text::json from live
on conflict on constraint message_pkey do update set tool_calls = excluded.tool_calls
