-- Stores a second factor that is to be confirmed by a code (function of migration 0027); `done` is always true.
-- $1 user, $2 id of the row, $3 secret, $4 backup codes
select todo.auth_set_up_second_factor($1::text, $2::text, $3::text, $4::text) as done
