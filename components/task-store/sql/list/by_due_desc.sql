-- A page of a user's tasks by the time when they are due, the last first; those without one are last. One row in which `found` is null if
-- there is none. PostgreSQL drops the conditions of `task_fits` that a filter does not name. In a page of more than 100 tasks `bytes_so_far`
-- counts the text up to a row; the page ends with the first task beyond 4 MiB. `version` is that of the list (migration 0026).
-- $1 user, $2 how many rows (one more than the page has), $3 filter, $4 id and $5 moment of the task behind which the page begins, or null;
-- an empty moment is that of a task without one
with dated as materialized (
  -- The index has open tasks before completed ones: each kind is read by itself.
  select task.* from unnest('{false,true}'::boolean[]) as kind (is_completed), lateral (
    select task, todo.due_moment(due_day, due_time) as moment from todo.task
    where user_id = $1::text and completed = kind.is_completed and due_day is not null and todo.task_fits(task, $1::text, $3::jsonb)
      and ($4::bigint is null or (todo.due_moment(due_day, due_time), id) < (nullif($5::text, '')::timestamp, $4::bigint))
    order by todo.due_moment(due_day, due_time) desc, id desc limit $2::bigint
  ) as task
  where kind.is_completed = coalesce(($3::jsonb -> 'completed')::boolean, kind.is_completed)
    and (coalesce($3::jsonb ->> 'due', '') <> 'overdue' or not kind.is_completed)
    and coalesce($3::jsonb ->> 'due', '') <> 'none' and $5::text is distinct from ''
),
undated as materialized (
  select task from todo.task
  where user_id = $1::text and due_day is null and todo.task_fits(task, $1::text, $3::jsonb)
    and coalesce($3::jsonb ->> 'due', 'none') = 'none' and not $3::jsonb ?| '{due_after,due_before}'
    and (coalesce($5::text, 'x') <> '' or id < $4::bigint)
  order by id desc limit greatest($2::bigint - (select count(*) from dated), 0)
)
select always.version, page.* from (select todo.list_version($1::text) as version offset 0) as always left join (
  select shown.task, coalesce(page.moment::text, '') as sort_key,
    case when $2::bigint > 101 then sum(octet_length((page.task).title) + coalesce(octet_length((page.task).description), 0))
      over (order by page.moment desc nulls last, (page.task).id desc rows unbounded preceding) end as bytes_so_far
  from (select task, moment from dated union all select task, null from undated) as page,
    todo.user_clock($1::text) as clock, todo.task_as_text(page.task, clock.zone, clock.today) as shown
  order by page.moment desc nulls last, (page.task).id desc limit $2::bigint
) as page on $2::bigint <= 101 or page.bytes_so_far <= 4199104
