-- Finds the turn that began under an idempotency key, or by its number, and claims it again if it was cut off: `attempt`
-- is null if not. Tokens that were reserved for the earlier attempt count as used.
-- $1 user, $2 idempotency key or null, $3 name of a time zone or null, $4 conversation or null, $5 turn or null
with existing as (
  select m.conversation_id, m.turn, m.text,
    c.turn <> m.turn or exists (
      select from todo.message as last where last.user_id = $1::text and last.conversation_id = m.conversation_id
        and last.turn = m.turn and last.outcome is not null
    ) as over
  from todo.message as m join todo.conversation as c on c.user_id = m.user_id and c.id = m.conversation_id
  where m.user_id = $1::text and m.step = 0
    and (m.idempotency_key = $2::text or (m.conversation_id = $4::bigint and m.turn = $5::bigint))
), claimed as (
  update todo.conversation as c set attempt = attempt + 1, running_until = now() + interval '120 seconds',
    reserved_on = null, reserved_tokens = 0, reserved_micro_usd = 0
  from existing where c.user_id = $1::text and c.id = existing.conversation_id and c.turn = existing.turn
    and not existing.over and (c.running_until is null or c.running_until < now())
  returning c.attempt
)
select found, conversation_id, turn, text, over, (select attempt from claimed) as attempt, clock.*
from (select) as always left join (select true as found, existing.* from existing) as existing on true,
  todo.local_clock($1::text, $3::text) as clock
