-- Changes one task (function of migration 0008). Its version moves on only when something changes. Without an id nothing was changed;
-- `present` then says whether the task has another version than the expected ones.
-- $1 user, $2 id, $3 title or null, $4 description or null, $5 whether to clear the description, $6 completed or null,
-- $7 expected versions, or null for any
select present, id, title, description, completed, created_at, updated_at
from update_task($1::text, $2::bigint, $3::text, $4::text, $5::boolean, $6::boolean, $7::text[])
