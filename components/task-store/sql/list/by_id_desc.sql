-- A page of a user's tasks by id, the greatest first; one row in which `found` is null if there is none. PostgreSQL drops
-- conditions whose parameter is null when it plans, so they cost nothing.
-- In a page of more than 100 tasks `bytes_so_far` counts the text up to a row; the page ends with the first task beyond 4 MiB.
-- $1 user, $2 how many rows (one more than the page has), $3 completed, or null for all, $4 words that must stand in title or
-- description, or null, $5 priority, or null, $6 the id behind which the page begins, or null
select page.* from (select) as always left join (
  select true as found, id, title, description, completed,
    created_at at time zone 'utc' as created_at, updated_at at time zone 'utc' as updated_at,
    completed_at at time zone 'utc' as completed_at, priority,
    case when $2::bigint > 101 then sum(octet_length(title) + coalesce(octet_length(description), 0))
      over (order by id desc rows unbounded preceding) end as bytes_so_far
  from todo.task
  where user_id = $1::text
    and ($3::boolean is null or completed = $3::boolean)
    and ($4::text[] is null or not exists (
      select from unnest($4::text[]) as word
      where strpos(lower(title || E'\n' || coalesce(description, '')), lower(word)) = 0
    ))
    and ($5::smallint is null or priority = $5::smallint)
    and ($6::bigint is null or id < $6::bigint)
  order by id desc
  limit $2::bigint
) as page on $2::bigint <= 101 or page.bytes_so_far <= 4199104
