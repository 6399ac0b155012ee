-- The time where a user is, the day that it belongs to, and the first day of their weeks.
-- $1 user, $2 the zone where the user is, or null: it counts for one who has set none
select zone, local, today, utc, week_start from todo.local_clock($1::text, $2::text)
