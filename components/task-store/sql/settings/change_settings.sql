-- Changes what is not null of a user's settings and returns them. `zone_known` is false if PostgreSQL does not know the zone: then nothing
-- is changed. `known` is false for a user who does not exist.
-- $1 user, $2 time zone or null, $3 whether to clear the time zone, $4 day start, $5 week start, $6 reminder time
with zone as (select $2::text is null or exists (select from pg_timezone_names where name = $2::text) as is_known),
changed as (
  insert into todo.user_settings as mine (user_id, time_zone, day_start, week_start, reminder_time)
  select person.id, $2::text, coalesce($4::text::time, '00:00'), coalesce($5::text, 'monday'), coalesce($6::text::time, '09:00')
  from "user" as person, zone where person.id = $1::text and zone.is_known
  on conflict (user_id) do update set
    time_zone = case when $3::boolean then null else coalesce($2::text, mine.time_zone) end,
    day_start = coalesce($4::text::time, mine.day_start),
    week_start = coalesce($5::text, mine.week_start),
    reminder_time = coalesce($6::text::time, mine.reminder_time)
  returning mine.*
)
select zone.is_known as zone_known, changed.user_id is not null as known, changed.time_zone,
  to_char(changed.day_start, 'HH24:MI') as day_start, changed.week_start, to_char(changed.reminder_time, 'HH24:MI') as reminder_time
from zone left join changed on true
