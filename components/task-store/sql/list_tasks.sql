-- A page of a user's tasks by id. The function is planned once for each connection; migration 0018 explains it. `version` is that
-- of the list (migration 0026).
-- $1 user, $2 how many rows (one more than the page has), $3 completed, or null for all, $4 the id behind which the page begins, or
-- null, $5 whether the greatest id comes first
select always.version, page.* from (select todo.list_version($1::text) as version offset 0) as always left join (
  select shown.* from todo.shown_by_id($1::text, $2::bigint, $3::boolean, $4::bigint, $5::boolean) as shown
) as page on true
