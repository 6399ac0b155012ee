-- Ends the sessions of a user.
-- $1 user, $2 token of the session that stays, or null
delete from "session" where "userId" = $1::text and ($2::text is null or "token" <> $2::text)
