-- What the clock shows where a user is, for the words that say when a task is due.

-- The zone that the user has set counts, else the given one; a name that is none is no zone. `today` is the day that the time belongs to: before
-- the user's days begin, that is the one before.
create function local_clock(owner text, given_zone text) returns table (zone text, local text, today text, utc text, week_start text)
language plpgsql stable rows 1 as $$
declare
  now_there timestamp;
  begins interval;
begin
  select coalesce(s.time_zone, given_zone, 'UTC'), coalesce(s.day_start, '00:00')::interval, coalesce(s.week_start, 'monday')
  into zone, begins, week_start
  from (select) as always left join user_settings as s on s.user_id = owner;
  begin
    now_there := now() at time zone zone;
  exception when invalid_parameter_value then
    zone := 'UTC';
    now_there := now() at time zone zone;
  end;
  local := to_char(now_there, 'YYYY-MM-DD"T"HH24:MI:SS');
  today := to_char(now_there - begins, 'YYYY-MM-DD');
  utc := to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS');
  return next;
end $$;
