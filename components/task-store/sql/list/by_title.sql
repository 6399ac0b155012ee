-- A page of a user's tasks by folded title, the least first; one row without a task if there is none. PostgreSQL drops the conditions of
-- `task_fits` that a filter does not name. In a page of more than 100 tasks `bytes_so_far` counts the text up to a row; the page ends with the
-- first task beyond 4 MiB. `version` is that of the list (migration 0026).
-- Of an owner with many tasks the beginnings of titles are in an index, by which most of the order is made.
-- $1 user, $2 how many rows (one more than the page has), $3 filter, $4 id and $5 value of the order of the task behind which the page begins, or null
select always.version, page.* from (select todo.list_version($1::text) as version offset 0) as always left join (
  select shown.task, sort_key,
    case when $2::bigint > 101 then sum(octet_length((page.task).title) + coalesce(octet_length((page.task).description), 0))
      over (order by page.sort_key, (page.task).id rows unbounded preceding) end as bytes_so_far
  from (
    select task, coalesce(title_key, lower(title)) as sort_key from todo.task
    where user_id = $1::text and todo.task_fits(task, $1::text, $3::jsonb) and ($4::bigint is null or left(coalesce(title_key, lower(title)), 100) >= left($5::text, 100) and (coalesce(title_key, lower(title)), id) > ($5::text, $4::bigint))
    order by left(coalesce(title_key, lower(title)), 100), coalesce(title_key, lower(title)), id limit $2::bigint
  ) as page, todo.user_clock($1::text) as clock, todo.task_as_text(page.task, clock.zone, clock.today) as shown
  order by page.sort_key, (page.task).id
) as page on $2::bigint <= 101 or page.bytes_so_far <= 4199104
