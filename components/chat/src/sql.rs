//! The statements. Each is complete in itself and names the owner (`$1`).

/// A new conversation with its first message; the turn is claimed for as long as one may take, and some more.
pub(crate) const BEGIN_NEW: &str = "
with created as (
  insert into conversation (user_id, title, running_until) values ($1::text, $2::text, now() + interval '120 seconds')
  returning id, turn
), stored as (
  insert into message (user_id, conversation_id, turn, step, role, text)
  select $1::text, id, turn, 0, 'user', $3::text from created
)
select id, turn from created";

/// The next turn of a conversation, unless one runs (`turn` is null then) or there is none (`known` is false).
pub(crate) const BEGIN_NEXT: &str = "
with claimed as (
  update conversation
  set turn = turn + 1, running_until = now() + interval '120 seconds', updated_at = date_trunc('milliseconds', now())
  where user_id = $1::text and id = $2::bigint and (running_until is null or running_until < now())
  returning turn
), stored as (
  insert into message (user_id, conversation_id, turn, step, role, text)
  select $1::text, $2::bigint, turn, 0, 'user', $3::text from claimed
)
select (select turn from claimed) as turn,
  exists (select from conversation where user_id = $1::text and id = $2::bigint) as known";

/// An answer of the model ($5 to $9) and, if given, the results of its calls ($10), as long as the turn is the
/// conversation's current one. With an outcome the turn is over.
pub(crate) const KEEP: &str = "
with live as (
  update conversation set updated_at = date_trunc('milliseconds', now()),
    running_until = case when $9::text is null then running_until end
  where user_id = $1::text and id = $2::bigint and turn = $3::bigint
  returning turn
)
insert into message
  (user_id, conversation_id, turn, step, role, text, content, model, model_version, outcome, tool_calls)
select $1::text, $2::bigint, turn, steps.* from live, (values
  ($4::bigint::integer, 'model', $5::text, $6::text::json, $7::text, $8::text, $9::text, null::json),
  ($4::bigint::integer + 1, 'tool', null, null, null, null, null, $10::text::json)
) as steps (step, role, text, content, model, model_version, outcome, tool_calls)
where role = 'model' or tool_calls is not null";

/// Gives up the claim of a turn that failed.
pub(crate) const RELEASE: &str = "
update conversation set running_until = null where user_id = $1::text and id = $2::bigint and turn = $3::bigint";

/// The steps of the turns before `$3`, at most `$4` turns.
pub(crate) const HISTORY: &str = "
select turn, role, text, content::text as content, model, model_version, outcome, tool_calls::text as tool_calls,
  to_char(created_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as created_at
from message
where user_id = $1::text and conversation_id = $2::bigint and turn < $3::bigint and turn >= $3::bigint - $4::bigint
order by turn, step";

/// The newest conversations.
pub(crate) const LIST: &str = "
select id, title,
  to_char(created_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as created_at,
  to_char(updated_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as updated_at
from conversation where user_id = $1::text order by updated_at desc, id desc limit 50";

/// One conversation, and whether a turn runs in it.
pub(crate) const GET: &str = "
select id, title, turn, coalesce(running_until > now(), false) as running,
  to_char(created_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as created_at,
  to_char(updated_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as updated_at
from conversation where user_id = $1::text and id = $2::bigint";

/// Deletes one conversation with its messages.
pub(crate) const DELETE: &str = "delete from conversation where user_id = $1::text and id = $2::bigint";
