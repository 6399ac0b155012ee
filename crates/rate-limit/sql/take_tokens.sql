-- Takes tokens of a rate; migration 0009 explains it.
-- $1 the rate's name, $2 its subject, $3 how many tokens, $4 the window in seconds, $5 the tokens of a window (0: any number)
select used, full_in from todo.take_tokens($1::text, $2::text, $3::bigint, $4::bigint, $5::bigint)
