-- Stores the results of tool calls so far, and the calls that wait for the user's decision (function of migration 0040); false if this is not the
-- last attempt at the conversation's current turn any more. `used` are the tokens that the user has used today (UTC), with those that running turns
-- have reserved.
-- $1 user, $2 conversation, $3 turn, $4 attempt, $5 step, $6 calls as JSON
select todo.record_calls($1::text, $2::bigint, $3::bigint, $4::bigint, $5::bigint::integer, $6::text::json) as recorded, (
  select coalesce(sum(prompt + answer + thought), 0)::bigint
  from todo.token_usage where user_id = $1::text and day = (now() at time zone 'UTC')::date
) as used
