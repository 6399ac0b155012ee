-- The first session that lives of those with some tokens, else the first that has expired, its user, and the key that signs the user's tokens (function of migration 0036); one row in which `found`
-- is null if there is none, or the user is banned. It only reads: a statement that writes takes much longer to plan.
-- $1 tokens, separated by blanks, $2 seconds for which a session is fresh, $3 seconds that are left to a session that is to be prolonged, $4 algorithm,
-- $5 curve, $6 seconds of notice of a key, $7 greatest age of a key in seconds
select live.* from (select) as always left join (
  select true as found, live.* from todo.auth_live_session($1::text, $2::bigint, $3::bigint, $4::text, $5::text, $6::bigint, $7::bigint) as live
) as live on true
