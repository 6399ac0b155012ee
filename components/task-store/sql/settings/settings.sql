-- The settings of a user: those of a new user where there are none.
-- $1 user
select mine.time_zone, to_char(coalesce(mine.day_start, '00:00'), 'HH24:MI') as day_start, coalesce(mine.week_start, 'monday') as week_start,
  to_char(coalesce(mine.reminder_time, '09:00'), 'HH24:MI') as reminder_time
from (select) as always left join todo.user_settings as mine on mine.user_id = $1::text
