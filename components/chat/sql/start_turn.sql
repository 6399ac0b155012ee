-- Counts the user's message against their rate, stores it and claims its turn (function of migration 0040). One row in
-- which `found` is null if the idempotency key was used before. `used` is 0 if the rate was exceeded; `refused` says why the turn may
-- not start (rate, running, unknown, tokens, money or resting) and `wait` after how many seconds it may.
-- $1 name of the rate, $2 user, $3 tokens of the rate to take, $4 its seconds, $5 its tokens in these, $6 idempotency key or null,
-- $7 conversation, or null for a new one, $8 its title, $9 message, $10 name of a time zone or null; reserved for the turn: $11 tokens
-- of the model, $12 their price; $13 the user's tokens in a day, $14 the price of all users in a day (millionths of a dollar; 0 for
-- no limit), $15 whether the circuit breaker is in use
select turn.used as found, turn.used, turn.full_in, turn.refused, turn.wait, turn.begun, turn.begun_turn, clock.*
from todo.start_turn($1::text, $2::text, $3::bigint, $4::bigint, $5::bigint, $6::text, $7::bigint, $8::text, $9::text,
    null, $11::bigint, $12::bigint, $13::bigint, $14::bigint, $15::boolean) as turn,
  todo.local_clock($2::text, $10::text) as clock
