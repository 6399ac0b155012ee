-- Ends the sessions with some tokens.
-- $1 tokens, separated by blanks
delete from "session" where "token" = any (string_to_array($1::text, ' '))
