-- A page of a user's tasks by id. The function is planned once for each connection; migration 0010 explains it.
-- $1 user, $2 how many rows (one more than the page has), $3 completed, or null for all, $4 the id behind which the page begins, or
-- null, $5 whether the greatest id comes first
select present as found, id, title, description, completed, created_at, updated_at
from list_tasks($1::text, $2::bigint, $3::boolean, $4::bigint, $5::boolean)
