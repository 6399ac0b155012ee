-- When the calendar feed of a user was made and last read; one row in which `found` is null if there is none.
-- $1 user
select f.* from (select) as always left join (
  select true as found, created_at at time zone 'utc' as created_at, last_read_at at time zone 'utc' as last_read_at
  from todo.calendar_feed where user_id = $1::text
) as f on true
