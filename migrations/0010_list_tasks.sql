-- The list that is read most often, by id and without a search, as a function: PostgreSQL plans its statements once for each
-- connection instead of once for each request. It has at most `most` rows: tasks behind `after_id` (null: from the beginning) that are
-- `done` or not (null: all). Without any it has one row, in which `present` is null.
create function list_tasks(owner text, most bigint, done boolean, after_id bigint, descending boolean)
returns table (
  present boolean, id bigint, title text, description text, completed boolean, created_at timestamp, updated_at timestamp
) language plpgsql stable rows 20 as $$
begin
  if done is null and not descending then
    return query select true, t.id, t.title, t.description, t.completed, t.created_at at time zone 'utc', t.updated_at at time zone 'utc'
    from task as t where t.user_id = owner and t.id > coalesce(after_id, 0) order by t.id limit most;
  elsif done is null then
    return query select true, t.id, t.title, t.description, t.completed, t.created_at at time zone 'utc', t.updated_at at time zone 'utc'
    from task as t where t.user_id = owner and t.id < coalesce(after_id, 9223372036854775807) order by t.id desc limit most;
  elsif not descending then
    return query select true, t.id, t.title, t.description, t.completed, t.created_at at time zone 'utc', t.updated_at at time zone 'utc'
    from task as t where t.user_id = owner and t.completed = done and t.id > coalesce(after_id, 0) order by t.id limit most;
  else
    return query select true, t.id, t.title, t.description, t.completed, t.created_at at time zone 'utc', t.updated_at at time zone 'utc'
    from task as t where t.user_id = owner and t.completed = done and t.id < coalesce(after_id, 9223372036854775807)
    order by t.id desc limit most;
  end if;
  if not found then
    return next;
  end if;
end $$;
