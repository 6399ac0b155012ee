-- Gives a slot back, if it is still the holder's.
-- $1 slot, $2 holder
delete from "verification" where "id" = $1::text and "value" = $2::text
