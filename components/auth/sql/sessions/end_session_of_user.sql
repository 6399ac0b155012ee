-- Ends the session with a token, if it is the user's.
-- $1 user, $2 token
delete from "session" where "userId" = $1::text and "token" = $2::text
