-- Deletes a user. Everything of the user goes with them by foreign keys.
-- $1 user
delete from "user" where "id" = $1::text
