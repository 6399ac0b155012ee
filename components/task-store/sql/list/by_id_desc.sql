-- A page of a user's tasks by id, the greatest first; one row without a task if there is none. PostgreSQL drops the conditions of
-- `task_fits` that a filter does not name. In a page of more than 100 tasks `bytes_so_far` counts the text up to a row; the page ends with the
-- first task beyond 4 MiB. `version` is that of the list (migration 0026).
-- $1 user, $2 how many rows (one more than the page has), $3 filter, $4 id of the task behind which the page begins, or null
select always.version, page.* from (select todo.list_version($1::text) as version offset 0) as always left join (
  select shown.task,
    case when $2::bigint > 101 then sum(octet_length((page.task).title) + coalesce(octet_length((page.task).description), 0))
      over (order by (page.task).id desc rows unbounded preceding) end as bytes_so_far
  from (
    select task from todo.task
    where user_id = $1::text and todo.task_fits(task, $1::text, $3::jsonb) and ($4::bigint is null or id < $4::bigint)
    order by id desc limit $2::bigint
  ) as page, todo.user_clock($1::text) as clock, todo.task_as_text(page.task, clock.zone, clock.today) as shown
  order by (page.task).id desc
) as page on $2::bigint <= 101 or page.bytes_so_far <= 4199104
