-- Reserves tokens for a turn that goes on. Returns why it may not (`refused`) and after how many seconds it may (`wait`).
-- $1 user, $2 conversation, $3 tokens, $4 their price in millionths of a dollar, $5 the user's tokens in a day,
-- $6 millionths of a dollar of all users in a day (both 0: any number), $7 whether the circuit breaker is in use
select refused, wait
from todo.resume_turn($1::text, $2::bigint, $3::bigint, $4::bigint, $5::bigint, $6::bigint, $7::boolean)
