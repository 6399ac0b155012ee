-- Changes one task (function of migration 0042). Its version moves on only when something changes. Without a task nothing was changed;
-- `present` then says whether the task has another version than the expected ones. `change` is the number of the change, if there is one.
-- $1 user, $2 id, $3 members (see `task_with`), $4 expected versions, or null for any, $5 who does it (function acting of migration 0017)
select * from todo.write_change($1::text, $2::bigint, $3::jsonb, $4::text[], $5::text)
