-- Ends the calendar feed of a user: `revoked` says whether there was one.
-- $1 user
with revoked as (delete from todo.calendar_feed where user_id = $1::text returning user_id)
select exists (select from revoked) as revoked
