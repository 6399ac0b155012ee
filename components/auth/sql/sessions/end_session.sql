-- Ends the session with a token.
-- $1 token
delete from "session" where "token" = $1::text
