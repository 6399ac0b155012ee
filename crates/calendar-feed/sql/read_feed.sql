-- The open tasks of a calendar feed that are due, the last ones first and up to 4 MiB of text, and the minute in which it is read. Each row says
-- what is left of the rate (function take_tokens of migration 0009): that of the feed, or for a secret that nobody has that of the client's
-- address. Then `user_id` is null, and so it is when nothing is left. The first row has the changes of the zone (`zone_changes` of migration
-- 0028), from the year before the first repeating time to ten years from now. Without a task there is one row without an id.
-- $1 hash of the secret, $2 address of the client, $3 seconds of the rates, $4 most reads of a feed, $5 most wrong addresses of a client,
-- $6 the most tasks
with feed as materialized (
  select f.user_id from todo.calendar_feed as f join "user" as u on u."id" = f.user_id
  where f.secret_hash = $1::text and not todo.auth_is_banned(to_jsonb(u))
),
taken as materialized (
  select t.used, t.full_in, case when t.used > 0 then who.user_id end as user_id, who.user_id is not null as is_known
  from (select (select user_id from feed) as user_id) as who,
    todo.take_tokens(
      case when who.user_id is null then 'wrong_calendar' else 'calendar' end, coalesce(who.user_id, $2::text), 1, $3::bigint,
      case when who.user_id is null then $5::bigint else $4::bigint end
    ) as t
),
noted as (
  update todo.calendar_feed as f set last_read_at = date_trunc('minute', now())
  from taken where f.user_id = taken.user_id and (f.last_read_at is null or f.last_read_at < date_trunc('minute', now()))
),
clock as materialized (
  select c.zone, (extract(epoch from coalesce(s.reminder_time, time '09:00')) / 60)::integer as reminder_minute
  from taken cross join lateral todo.user_clock(taken.user_id) as c left join todo.user_settings as s on s.user_id = taken.user_id
),
due as materialized (
  select task.*, row_number() over last_first as number,
    sum(octet_length(task.title) + coalesce(octet_length(task.description), 0)) over last_first as bytes_so_far
  from taken join lateral (
    select t.* from todo.task as t where t.user_id = taken.user_id and not t.completed and t.due_day is not null
    order by todo.due_moment(t.due_day, t.due_time) desc, t.id desc limit $6::bigint
  ) as task on true
  window last_first as (order by task.due_day desc, task.due_time desc nulls first, task.id desc rows unbounded preceding)
),
shown as (select * from due where bytes_so_far <= 4194304 or number = 1)
select taken.used, taken.full_in, taken.is_known, taken.user_id, clock.zone, clock.reminder_minute,
  case when coalesce(shown.number, 1) = 1 then (
    select array_agg(to_char(z.changed_at, 'YYYY-MM-DD"T"HH24:MI:SS') || ' ' || z.offset_before || ' ' || z.offset_after order by z.changed_at)
    from (select min(due_day) as day from shown where repeat is not null and due_time is not null) as first,
      todo.zone_changes(
        clock.zone, (date_trunc('year', first.day) - interval '1 year')::date, (date_trunc('year', now()) + interval '11 years')::date - 1
      ) as z
    where first.day is not null and clock.zone <> 'UTC'
  ) end as zone_changes,
  shown.id, shown.title, shown.description, shown.priority, to_char(shown.due_day, 'YYYY-MM-DD') as due_day,
  to_char(shown.due_time, 'HH24:MI:SS') as due_time,
  (shown.due_day + shown.due_time) at time zone clock.zone at time zone 'utc' as due_at,
  shown.repeat, shown.repeat_from, to_char(coalesce(shown.repeat_anchor, shown.due_day), 'YYYY-MM-DD') as repeat_anchor, shown.repeat_done,
  (to_date(substring(shown.repeat from 'UNTIL=([0-9]{8})'), 'YYYYMMDD') + shown.due_time) at time zone clock.zone at time zone 'utc' as until_at,
  shown.remind, shown.tags, shown.created_at at time zone 'utc' as created_at, shown.updated_at at time zone 'utc' as updated_at
from taken left join clock on true left join shown on true
order by shown.number
