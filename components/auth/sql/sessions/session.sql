-- The first session that lives of those with some tokens, else the first that has expired, its user, and the key that signs the user's tokens if the
-- caller wants it (function of migration 0041). One row in which `session_id` is null if there is none, or the user is banned. It only reads: a
-- statement that writes takes much longer to plan.
-- $1 tokens, separated by blanks, $2 seconds for which a session is fresh, $3 seconds that are left to a session that is to be prolonged, $4 whether the
-- key is wanted, $5 algorithm, $6 curve, $7 seconds of notice of a key, $8 greatest age of a key in seconds
select * from todo.auth_session($1::text, $2::bigint, $3::bigint, $4::boolean, $5::text, $6::text, $7::bigint, $8::bigint)
