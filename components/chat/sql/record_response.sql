-- Stores a response of the model; false if this is not the last attempt at the conversation's current turn any more.
-- $1 user, $2 conversation, $3 turn, $4 attempt, $5 step, $6 text, $7 content as JSON or null, $8 model, $9 its version or
-- null, $10 outcome of the turn or null; tokens $11 read, $12 cached, $13 written, $14 thought; $15 millionths of a dollar
select todo.record_response(
  $1::text, $2::bigint, $3::bigint, $4::bigint, $5::bigint, $6::text, $7::text, $8::text, $9::text, $10::text,
  $11::bigint, $12::bigint, $13::bigint, $14::bigint, $15::bigint
) as recorded
