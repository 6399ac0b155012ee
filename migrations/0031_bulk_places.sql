-- Several tasks are moved beside another one by one change.

-- The places of these tasks, in the order of `ids`, directly behind another one or before it: an object by their numbers. Null if it is not there.
create function places_beside(owner text, ids bigint[], neighbour bigint, behind boolean) returns jsonb language plpgsql stable as $$
declare
  near text;
  far text;
  wanted bigint;
  places jsonb := '{}';
begin
  select task_place(t.place, t.id) into near from task as t where t.user_id = owner and t.id = neighbour;
  if not found then
    return null;
  elsif behind then
    select task_place(t.place, t.id) into far from task as t
    where t.user_id = owner and t.id <> all(ids) and task_place(t.place, t.id) > near order by task_place(t.place, t.id) limit 1;
  else
    select task_place(t.place, t.id) into far from task as t
    where t.user_id = owner and t.id <> all(ids) and task_place(t.place, t.id) < near order by task_place(t.place, t.id) desc limit 1;
  end if;
  foreach wanted in array ids loop
    if behind then
      near := place_between(near, far);
    else
      far := place_between(far, near);
    end if;
    places := places || jsonb_build_object(wanted, case when behind then near else far end);
  end loop;
  return places;
end $$;

-- The tasks of the list and the parent of this task in their order, at most 1,000.
create function task_siblings(owner text, wanted bigint) returns bigint[] language sql stable as $$
  select array(
    select t.id from todo.task as itself join todo.task as t on t.user_id = itself.user_id
      and t.list_id is not distinct from itself.list_id and t.parent is not distinct from itself.parent
    where itself.user_id = owner and itself.id = wanted
    order by todo.task_place(t.place, t.id), t.id limit 1000
  )
$$;

-- As before, and `members` can have `neighbour`, the task beside which these come in the order of `ids`, and `behind`, whether behind it. Without that
-- task nothing is changed: the error names the constraint task_neighbour_gone.
create or replace function change_tasks(owner text, ids bigint[], dues text[], members jsonb)
returns table (id bigint, state text, current task, occurrence_due text, occurrence_at timestamp) language plpgsql rows 20 as $$
#variable_conflict use_column
declare
  was task;
  given task;
  next_time record;
  due text;
  states jsonb := '{}';
  occurrences jsonb := '{}';
  planned task[] := '{}';
  closed bigint[] := '{}';
  opened bigint[] := '{}';
  at timestamptz := date_trunc('milliseconds', now());
  is_replay boolean := members ? 'key' and is_repeated(owner, members);
  shared jsonb := members - '{key,delete,due_day,add_tags,add_tag_keys,remove_tag_keys,neighbour,behind}'::text[];
  places jsonb := '{}';
begin
  if members ? 'neighbour' and not is_replay then
    places := places_beside(owner, ids, (members -> 'neighbour')::bigint, (members -> 'behind')::boolean);
    if places is null then
      raise exception 'no such neighbour' using errcode = 'foreign_key_violation', constraint = 'task_neighbour_gone';
    end if;
  end if;
  for was in select t.* from task as t where t.user_id = owner and t.id = any(ids) order by t.parent is not null, t.id loop
    given := was;
    due := dues[array_position(ids, was.id)];
    if due is distinct from due_text(was.due_day, was.due_time) and due is not null then
      states := states || jsonb_build_object(was.id, 'not_current');
    elsif is_replay then
      states := states || jsonb_build_object(was.id, 'unchanged');
    elsif members ? 'delete' then
      states := states || jsonb_build_object(was.id, 'deleted');
    else
      given := task_with(was, shared
        || case when members ? 'due_day' then jsonb_build_object('due', due_text((members ->> 'due_day')::date, was.due_time)) else '{}' end
        || case when members ?| '{add_tag_keys,remove_tag_keys}' then task_tags(was, members) else '{}' end);
      given.place := coalesce(places ->> was.id::text, was.place);
      if given.completed and not was.completed and given.repeat is not null then
        select o.* into next_time from next_occurrence(given) as o;
        if next_time.due is not null then
          given := next_time.again;
          occurrences := occurrences || jsonb_build_object(was.id, next_time.due);
          opened := opened || was.id;
        end if;
      end if;
      if given.completed and not was.completed then
        closed := closed || was.id;
      end if;
      if cardinality(given.tags) > 20 then
        states := states || jsonb_build_object(was.id, 'too_many_tags');
      elsif given is distinct from was then
        states := states || jsonb_build_object(was.id, 'changed');
        given.updated_at := greatest(at, was.updated_at + interval '1 millisecond');
        planned := planned || given;
      else
        states := states || jsonb_build_object(was.id, 'unchanged');
      end if;
    end if;
  end loop;
  for given in
    select t.* from task as t where t.user_id = owner and t.id <> all(ids) and (t.parent = any(closed) and not t.completed or t.parent = any(opened) and t.completed)
  loop
    given.completed := not given.completed;
    given.updated_at := greatest(at, given.updated_at + interval '1 millisecond');
    planned := planned || given;
  end loop;
  if occurrences <> '{}' then
    perform acting(owner, (coalesce(nullif(current_setting('todo.actor', true), ''), '{}')::jsonb || '{"kind":"complete"}')::text);
  end if;
  if planned <> '{}' then
    update task as t set
      completed = g.completed, priority = g.priority, due_day = g.due_day, due_time = g.due_time, repeat = g.repeat,
      repeat_from = g.repeat_from, repeat_anchor = g.repeat_anchor, repeat_done = g.repeat_done, remind = g.remind, tags = g.tags,
      tag_keys = g.tag_keys, list_id = g.list_id, parent = g.parent, place = g.place, updated_at = g.updated_at
    from unnest(planned) as g where t.user_id = owner and t.id = g.id;
  end if;
  if members ? 'delete' then
    return query select w.id, coalesce(states ->> w.id::text, 'missing'), case when d.id is null then t else d end, null::text, null::timestamp
    from unnest(ids) with ordinality as w (id, number)
    left join delete_each(owner, array(select key::bigint from jsonb_each_text(states) where value = 'deleted'), null) as d on d.id = w.id
    left join task as t on t.user_id = owner and t.id = w.id order by w.number;
    return;
  end if;
  return query select w.id, coalesce(states ->> w.id::text, 'missing'), t, occurrences ->> w.id::text,
    case when occurrences ? w.id::text then at at time zone 'utc' end
  from unnest(ids) with ordinality as w (id, number) left join task as t on t.user_id = owner and t.id = w.id order by w.number;
end $$;
