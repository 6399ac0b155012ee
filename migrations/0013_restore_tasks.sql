-- A description has up to 10,000 characters.
alter table task
  drop constraint task_description_check,
  add constraint task_description_check check (char_length(description) between 1 and 10000);

-- Brings back the deleted task `wanted`, or all tasks of the last deletion (null), within 24 hours, and returns them. One row of nulls says
-- that the owner would have more than `most` tasks. Of two calls at once, the second one waits for the first and then looks again, so two
-- calls bring back two deletions. It takes the tasks first, in the order of their ids, and the counter second.
create function restore_tasks(owner text, wanted bigint, most bigint) returns setof task language plpgsql as $$
declare
  last bigint;
  ids bigint[];
begin
  loop
    if wanted is null then
      select max(d.deletion) into last from deleted_task as d
      where d.user_id = owner and d.deleted_at > now() - interval '24 hours';
      if last is null then
        return;
      end if;
    end if;
    select array_agg(locked.id) into ids from (
      select d.id from deleted_task as d
      where d.user_id = owner and d.deleted_at > now() - interval '24 hours'
        and case when wanted is null then d.deletion = last else d.id = wanted end
      order by d.id for update
    ) as locked;
    exit when ids is not null or wanted is not null;
  end loop;
  if ids is null then
    return;
  end if;
  update task_counter as c set live = c.live + cardinality(ids) where c.user_id = owner and c.live + cardinality(ids) <= most;
  if not found then
    return next null;
    return;
  end if;
  return query
  with back as (
    delete from deleted_task as d where d.user_id = owner and d.id = any(ids)
    returning d.user_id, d.id, d.title, d.description, d.completed, d.created_at, d.updated_at
  )
  insert into task (user_id, id, title, description, completed, created_at, updated_at)
  select back.user_id, back.id, back.title, back.description, back.completed, back.created_at, back.updated_at from back
  returning task.*;
end $$;
