//! The statements. Each is complete in itself and names the owner (`$1`).

/// Counts the message and begins its turn, unless its key is known: then there is no row.
pub(crate) const BEGIN: &str = "
with taken as (
  select used, full_in from take_tokens($1::text, $2::text, $3::bigint, $4::bigint, $5::bigint)
  where not exists (select from message where user_id = $2::text and idempotency_key = $6::text)
)
select taken.used, taken.full_in, begun.*, local_time($10::text) as today
from taken, begin_turn(taken.used > 0, $2::text, $7::bigint, $8::text, $9::text, $6::text, $11::bigint, $12::bigint, $13::bigint,
  $14::bigint, $15::boolean) as begun";

/// The turn that was begun under key `$2`, or is number `$5` of conversation `$4`; claimed again if it was cut off (`attempt` is
/// null if not). What it held when it was killed counts as used.
pub(crate) const RESUME: &str = "
with known as (
  select m.conversation_id, m.turn, m.text, c.running_until > now() and c.turn = m.turn as running,
    exists (
      select from message last where last.user_id = $1::text and last.conversation_id = m.conversation_id
        and last.turn = m.turn and last.outcome is not null
    ) or c.turn <> m.turn as over
  from message m join conversation c on c.user_id = m.user_id and c.id = m.conversation_id
  where m.user_id = $1::text and m.step = 0
    and (m.idempotency_key = $2::text or (m.conversation_id = $4::bigint and m.turn = $5::bigint))
), claimed as (
  update conversation c set attempt = attempt + 1, running_until = now() + interval '120 seconds',
    reserved_on = null, reserved_tokens = 0, reserved_micro_usd = 0
  from known where c.user_id = $1::text and c.id = known.conversation_id and c.turn = known.turn and not known.over
    and (c.running_until is null or c.running_until < now())
  returning c.attempt
)
select conversation_id, turn, text, over, (select attempt from claimed) as attempt, local_time($3::text) as today
from known";

/// Reserves what a turn may use that goes on, in conversation `$2`; or tells why not.
pub(crate) const RESERVE: &str = "select refused, wait
from resume_turn($1::text, $2::bigint, $3::bigint, $4::bigint, $5::bigint, $6::bigint, $7::boolean)";

/// An answer of the model, as long as this is the last attempt at the conversation's current turn. With an outcome the
/// turn is over; else it has more time. What it cost (`$11` to `$15`, as in `USED`) is added in any case; what was reserved is given back.
pub(crate) const KEEP_ANSWER: &str = "
with live as (
  update conversation set updated_at = date_trunc('milliseconds', now()),
    running_until = case when $10::text is null then now() + interval '120 seconds' end, reserved_on = null
  where user_id = $1::text and id = $2::bigint and turn = $3::bigint and attempt = $4::bigint
  returning turn
), mine as (
  insert into token_usage as mine (user_id, day, prompt, cached, answer, thought, micro_usd)
  select $1::text, (now() at time zone 'utc')::date, $11::bigint, $12::bigint, $13::bigint, $14::bigint, $15::bigint
  where $11::bigint <> 0
  on conflict on constraint token_usage_pkey do update set prompt = mine.prompt + excluded.prompt,
    cached = mine.cached + excluded.cached, answer = mine.answer + excluded.answer,
    thought = mine.thought + excluded.thought, micro_usd = mine.micro_usd + excluded.micro_usd
), everybody as (
  insert into model_spend as everybody (day, micro_usd)
  select (now() at time zone 'utc')::date, $15::bigint where $15::bigint <> 0
  on conflict on constraint model_spend_pkey do update set micro_usd = everybody.micro_usd + excluded.micro_usd
)
insert into message (user_id, conversation_id, turn, step, role, text, content, model, model_version, outcome)
select $1::text, $2::bigint, turn, $5::bigint::integer, 'model', $6::text, $7::text::json, $8::text, $9::text, $10::text
from live";

/// The results of calls so far, under the same condition, and the questions among them.
pub(crate) const KEEP_CALLS: &str = "
with live as (
  select turn from conversation
  where user_id = $1::text and id = $2::bigint and turn = $3::bigint and attempt = $4::bigint for update
), asked as (
  insert into pending_action
    (user_id, id, conversation_id, turn, step, call_id, tool, arguments, summary, expires_at)
  select $1::text, call ->> 'action_id', $2::bigint, live.turn, $5::bigint::integer, call ->> 'id', call ->> 'name',
    call -> 'arguments', call ->> 'summary', now() + interval '10 minutes'
  from live, json_array_elements($6::text::json) as call where call ->> 'status' = 'confirmation_required'
  on conflict do nothing
)
insert into message (user_id, conversation_id, turn, step, role, tool_calls)
select $1::text, $2::bigint, turn, $5::bigint::integer, 'tool', $6::text::json from live
on conflict on constraint message_pkey do update set tool_calls = excluded.tool_calls";

/// Gives up the claim of a turn that failed, and what was reserved for it.
pub(crate) const RELEASE: &str = "
update conversation set running_until = null, reserved_on = null
where user_id = $1::text and id = $2::bigint and turn = $3::bigint and attempt = $4::bigint";

/// The steps of at most `$4` turns from `$3` backwards, without those in the summary.
pub(crate) const HISTORY: &str = "
select m.turn, m.role, m.text, m.content::text as content, m.model, m.model_version, m.outcome,
  m.tool_calls::text as tool_calls, c.summary, c.summarized_turn
from message m join conversation c on c.user_id = m.user_id and c.id = m.conversation_id
where m.user_id = $1::text and m.conversation_id = $2::bigint and m.turn <= $3::bigint and m.turn > $3::bigint - $4::bigint
  and (m.turn > c.summarized_turn or $5::boolean)
order by m.turn, m.step";

/// Puts the turns up to `$3` into the summary, unless they are.
pub(crate) const SUMMARIZE: &str = "
update conversation set summary = $4::text, summarized_turn = $3::bigint
where user_id = $1::text and id = $2::bigint and summarized_turn < $3::bigint";

/// At most `$3` conversations after conversation `$2`, the newest first.
pub(crate) const LIST: &str = "
select id, title,
  to_char(created_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as created_at,
  to_char(updated_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as updated_at
from conversation
where user_id = $1::text and ($2::bigint is null or (updated_at, id) < (
  select updated_at, id from conversation where user_id = $1::text and id = $2::bigint
))
order by updated_at desc, id desc limit $3::bigint";

/// The same, the oldest first.
pub(crate) const LIST_OLDEST: &str = "
select id, title,
  to_char(created_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as created_at,
  to_char(updated_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as updated_at
from conversation
where user_id = $1::text and ($2::bigint is null or (updated_at, id) > (
  select updated_at, id from conversation where user_id = $1::text and id = $2::bigint
))
order by updated_at, id limit $3::bigint";

/// A conversation, whether a turn runs in it, and its steps, each with its questions: those of turns `$3` to `$4`; without `$3` of
/// turn `$4`, or the newest, and `$5` before it. Without any there is one row.
pub(crate) const STEPS: &str = "
select c.id, c.title, coalesce(c.running_until > now(), false) as running,
  to_char(c.created_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as created_at,
  to_char(c.updated_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as updated_at,
  m.turn, m.step::bigint as step, m.role, m.text, m.outcome, m.tool_calls::text as tool_calls,
  to_char(m.created_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as said_at,
  case when m.role = 'tool' then (
    select json_agg(json_build_object('id', a.id, 'summary', a.summary,
      'open', a.state = 'running' or (a.state = 'pending' and a.expires_at > now())))
    from pending_action a
    where a.user_id = $1::text and a.conversation_id = $2::bigint and a.turn = m.turn and a.step = m.step
  ) end::text as asked
from conversation c left join message m on m.user_id = c.user_id and m.conversation_id = c.id
  and m.turn between coalesce($3::bigint, least($4::bigint, c.turn) - $5::bigint) and coalesce($4::bigint, c.turn)
where c.user_id = $1::text and c.id = $2::bigint
order by m.turn, m.step";

/// Gives a conversation another title.
pub(crate) const RENAME: &str = "
update conversation set title = $3::text where user_id = $1::text and id = $2::bigint
returning id, title,
  to_char(created_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as created_at,
  to_char(updated_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as updated_at";

/// Deletes one conversation with its messages.
pub(crate) const DELETE: &str = "delete from conversation where user_id = $1::text and id = $2::bigint";

/// The actions that a turn asked for and that still wait, or were decided since the next message.
pub(crate) const WAITING: &str = "
select id from pending_action
where user_id = $1::text and conversation_id = $2::bigint and turn = $3::bigint and (
  (state = 'pending' and expires_at > now()) or decided_at >= (
    select created_at from message
    where user_id = $1::text and conversation_id = $2::bigint and turn = $3::bigint + 1 and step = 0
  )
)
order by step, id";

/// An action as it was; if `$3`, it is claimed now (`claimed`), unless it is decided, being done or too old.
pub(crate) const DECIDE: &str = "
with claimed as (
  update pending_action set state = 'running', decided_at = now()
  where user_id = $1::text and id = $2::text and $3::boolean and (
    (state = 'pending' and expires_at > now()) or (state = 'running' and decided_at < now() - interval '30 seconds')
  )
  returning id
)
select conversation_id, call_id, tool, arguments::text as arguments, summary, state, outcome::text as outcome,
  expires_at <= now() as expired, exists (select from claimed) as claimed
from pending_action where user_id = $1::text and id = $2::text";

/// What came of an action that was in state `$5`: state `$3` and the call with its outcome, `$4`, which the
/// conversation shows from now on.
pub(crate) const FINISH: &str = "
with finished as (
  update pending_action set state = $3::text, outcome = $4::text::json, decided_at = coalesce(decided_at, now())
  where user_id = $1::text and id = $2::text and state = $5::text
  returning conversation_id, turn, step, call_id
)
update message m set tool_calls = (
  select json_agg(case when call.value ->> 'id' = finished.call_id then $4::text::json else call.value end order by call.ordinality)
  from json_array_elements(m.tool_calls) with ordinality as call
)
from finished where m.user_id = $1::text and m.conversation_id = finished.conversation_id and m.turn = finished.turn
  and m.step = finished.step";

/// Puts an action back that could not be done.
pub(crate) const PUT_BACK: &str = "
update pending_action set state = 'pending', decided_at = null
where user_id = $1::text and id = $2::text and state = 'running'";

/// Adds what answers cost.
pub(crate) const USED: &str = "
with mine as (
  insert into token_usage as mine (user_id, day, prompt, cached, answer, thought, micro_usd)
  values ($1::text, (now() at time zone 'utc')::date, $2::bigint, $3::bigint, $4::bigint, $5::bigint, $6::bigint)
  on conflict on constraint token_usage_pkey do update set prompt = mine.prompt + excluded.prompt,
    cached = mine.cached + excluded.cached, answer = mine.answer + excluded.answer,
    thought = mine.thought + excluded.thought, micro_usd = mine.micro_usd + excluded.micro_usd
)
insert into model_spend as everybody (day, micro_usd) values ((now() at time zone 'utc')::date, $6::bigint)
on conflict on constraint model_spend_pkey do update set micro_usd = everybody.micro_usd + excluded.micro_usd";

/// Counts `$5` failures of the model: `$2` of them in `$3` seconds, and it rests for `$4` seconds; after that one more is
/// enough to let it rest again.
pub(crate) const FAILED: &str = "
update model_health set
  failures = case when counting_since < now() - $3::bigint * interval '1 second' then 0 else failures end + $5::bigint,
  counting_since = case when counting_since < now() - $3::bigint * interval '1 second' then now() else counting_since end,
  open_until = case
    when case when counting_since < now() - $3::bigint * interval '1 second' then 0 else failures end + $5::bigint >= $2::bigint
    then now() + $4::bigint * interval '1 second' else open_until end
where $1::text is not null";
