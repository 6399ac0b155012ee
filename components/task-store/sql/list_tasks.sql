-- A page of a user's tasks by id. The function is planned once for each connection; migration 0018 explains it.
-- $1 user, $2 how many rows (one more than the page has), $3 completed, or null for all, $4 the id behind which the page begins, or
-- null, $5 whether the greatest id comes first
select page.* from (select) as always left join (
  select true as found, shown.* from todo.shown_by_id($1::text, $2::bigint, $3::boolean, $4::bigint, $5::boolean) as shown
) as page on true
