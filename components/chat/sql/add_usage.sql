-- Adds what responses of the model cost to the accounts of today.
-- $1 user; tokens $2 read, $3 cached, $4 written, $5 thought; $6 millionths of a dollar
select todo.add_usage($1::text, $2::bigint, $3::bigint, $4::bigint, $5::bigint, $6::bigint)
