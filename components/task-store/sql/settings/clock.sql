-- The time where a user is, and the first day of their weeks.
-- $1 user, $2 the zone where the user is, or null: it counts for one who has set none, and a zone that nobody knows is none
select to_char(now() at time zone there.zone, 'YYYY-MM-DD"T"HH24:MI:SS') as local,
  to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') as utc, there.week_start
from (
  -- The list of zones takes a while to read: only where no zone is set.
  select coalesce(mine.time_zone, (select name from pg_timezone_names where name = $2::text), 'UTC') as zone,
    coalesce(mine.week_start, 'monday') as week_start
  from (select) as always left join todo.user_settings as mine on mine.user_id = $1::text
) as there
