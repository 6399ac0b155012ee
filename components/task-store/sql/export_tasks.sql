-- A page of all tasks of a user by id, with where a repeating one stands: `repeat_anchor` is null for one at its beginning. One row in which
-- `found` is null if there is none. `bytes_so_far` counts the text up to a row; the page ends with the first task beyond 4 MiB.
-- $1 user, $2 how many rows (one more than the page has), $3 id of the task behind which the page begins, or null
select page.* from (select) as always left join (
  select true as found, shown.task,
    case when (page.task).repeat is not null and ((page.task).repeat_anchor <> (page.task).due_day or (page.task).repeat_done > 0)
      then to_char((page.task).repeat_anchor, 'YYYY-MM-DD') end as repeat_anchor,
    (page.task).repeat_done,
    sum(octet_length((page.task).title) + coalesce(octet_length((page.task).description), 0)) over (order by (page.task).id rows unbounded preceding) as bytes_so_far
  from (
    select task from todo.task
    where user_id = $1::text and ($3::bigint is null or id > $3::bigint)
    order by id limit $2::bigint
  ) as page, todo.user_clock($1::text) as clock, todo.task_as_text(page.task, clock.zone, clock.today) as shown
  order by (page.task).id
) as page on page.bytes_so_far <= 4199104
