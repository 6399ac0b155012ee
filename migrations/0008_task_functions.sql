-- What is asked most often, as functions: PostgreSQL plans their statements once for each connection. A name that is taken is never
-- given to something else: a release before this one goes on with statements of its own.

-- Adds a pending task under the owner's next number, unless there are `most` already (then without an id). With a key that this owner
-- used within 24 hours nothing is added: the answer is the earlier task (`replayed`), or that it was another one (`reused`).
create function add_task(
  owner text, new_title text, new_description text, most bigint, given_key text,
  out known boolean, out replayed boolean, out reused boolean, out id bigint, out created_at timestamp
) language plpgsql as $$
declare
  asked text;
begin
  if given_key is not null then
    asked := encode(sha256(convert_to(new_title || E'\n' || coalesce('+' || new_description, ''), 'UTF8')), 'hex');
    delete from idempotency_key as k
    where k.user_id = owner and k.key = given_key and k.created_at <= now() - interval '24 hours';
    select true, true, k.fingerprint <> asked, k.task_id, k.created_at at time zone 'utc'
    into known, replayed, reused, id, created_at
    from idempotency_key as k where k.user_id = owner and k.key = given_key;
    if found then
      return;
    end if;
  end if;
  replayed := false;
  reused := false;
  insert into task_counter as counter (user_id, last_id, live)
  select u.id, 1, 1 from "user" as u where u.id = owner and most > 0
  on conflict on constraint task_counter_pkey do update set last_id = counter.last_id + 1, live = counter.live + 1
  where counter.live < most
  returning counter.last_id into id;
  known := found;
  if not found then
    known := exists (select from "user" as u where u.id = owner);
    return;
  end if;
  if given_key is not null then
    insert into idempotency_key (user_id, key, fingerprint, task_id, created_at)
    values (owner, given_key, asked, add_task.id, date_trunc('milliseconds', now()));
  end if;
  insert into task as t (user_id, id, title, description) values (owner, add_task.id, new_title, new_description)
  returning t.created_at at time zone 'utc' into created_at;
end $$;

-- Changes what is not null (`clear` is a description of null), if the task's version is one of `expected` or that is null. Without an
-- id nothing was changed; then `present` tells whether the task is there in another version.
create function update_task(
  owner text, task_id bigint, new_title text, new_description text, clear boolean, new_completed boolean, expected text[],
  out present boolean, out id bigint, out title text, out description text, out completed boolean,
  out created_at timestamp, out updated_at timestamp
) language plpgsql as $$
begin
  update task as t set
    title = coalesce(new_title, t.title),
    description = case when clear then null else coalesce(new_description, t.description) end,
    completed = coalesce(new_completed, t.completed),
    updated_at = case
      when (coalesce(new_title, t.title), case when clear then null else coalesce(new_description, t.description) end,
            coalesce(new_completed, t.completed)) is distinct from (t.title, t.description, t.completed)
      then greatest(date_trunc('milliseconds', now()), t.updated_at + interval '1 millisecond')
      else t.updated_at end
  where t.user_id = owner and t.id = update_task.task_id
    and (expected is null or to_char(t.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') = any(expected))
  returning t.id, t.title, t.description, t.completed, t.created_at at time zone 'utc', t.updated_at at time zone 'utc'
  into id, title, description, completed, created_at, updated_at;
  present := found or exists (select from task as t where t.user_id = owner and t.id = update_task.task_id);
end $$;
