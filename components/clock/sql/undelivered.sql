-- The reminders of the last week that were given up, the latest first; one row in which `found` is null if there are none.
-- $1 user, $2 how many at most
select r.* from (select) as always left join (
  select true as found, r.task_id as task, t.title, r.due, r.remind_at at time zone 'utc' as remind_at, coalesce(r.error, '') as error
  from todo.reminder as r join todo.task as t on t.user_id = r.user_id and t.id = r.task_id
  where r.user_id = $1::text and r.next_at is null and r.sent_at is null and r.remind_at > now() - interval '7 days'
  order by r.remind_at desc, r.task_id
  limit $2::bigint
) as r on true
order by r.remind_at desc, r.task
