-- A page of a user's changes, the newest first; one row in which `found` is null if there is none. A change shows its first 20 tasks, or
-- the one that is asked for. `bytes_so_far` counts their text up to a row; the page ends with the first change beyond 1 MiB.
-- $1 user, $2 how many rows (one more than the page has), $3 the number below which the page begins, or null, $4 task, or null for all,
-- $5 actor, or null, $6 kind, or null, $7 for how many days changes are kept
select page.* from (select) as always left join (
  select *, sum(octet_length(tasks) + octet_length(lists)) over (order by id desc rows unbounded preceding) as bytes_so_far from (
    select true as found, id, made_at at time zone 'utc' as made_at, kind, actor, app_name, conversation_id, turn, undoes, undone_by,
      cardinality(task_ids)::bigint as amount,
      case when $4::bigint is null then jsonb_path_query_array(tasks, '$[0 to 19]')
        else jsonb_path_query_array(tasks, '$[*] ? (@.id == $id)', jsonb_build_object('id', $4::bigint)) end::text as tasks,
      coalesce(lists, '[]')::text as lists
    from todo.task_change
    where user_id = $1::text and made_at > now() - $7::bigint * interval '1 day'
      and ($3::bigint is null or id < $3::bigint)
      and ($4::bigint is null or task_ids @> array[$4::bigint])
      and ($5::text is null or actor = $5::text)
      and ($6::text is null or kind = $6::text)
    order by id desc
    limit $2::bigint
  ) as change
) as page on true
order by page.id desc
