-- Reads the steps of at most $4 turns up to turn $3, in order (function of migration 0040); without those that are in the summary, unless $5.
-- $1 user, $2 conversation, $3 last turn, $4 most turns, $5 whether to read turns that are in the summary
select turn as found, step.* from todo.turns_until($1::text, $2::bigint, $3::bigint, $4::bigint, $5::boolean) as step
