-- When a file was imported of which a task is left, and how many tasks there were; one row in which `found` is null if it was not.
-- $1 user, $2 SHA-256 of its bytes in hexadecimal digits
select file.* from (select) as always left join (
  select true as found, imported_at at time zone 'utc' as imported_at, amount
  from todo.imported_file as f
  where user_id = $1::text and digest = $2::text
    and exists (select from todo.task as t where t.user_id = $1::text and t.id between f.first_id and f.last_id)
) as file on true
