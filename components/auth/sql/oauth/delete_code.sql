-- Deletes a code.
-- $1 hash of the code
delete from "verification" where "identifier" = $1::text
