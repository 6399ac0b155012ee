-- The files that were imported, so that the same file is not imported twice by mistake. A trigger on the changes notes them: so the note is
-- part of the statement that adds the tasks, and of its change.
create table imported_file (
  user_id text not null,
  -- SHA-256 of its bytes, in hexadecimal digits.
  digest text not null,
  imported_at timestamptz not null,
  -- Its tasks have the numbers in between.
  first_id bigint not null,
  last_id bigint not null,
  amount bigint not null,
  constraint imported_file_pkey primary key (user_id, digest),
  constraint imported_file_user_id_fkey foreign key (user_id) references "user" ("id") on delete cascade,
  constraint imported_file_digest_check check (digest ~ '^[0-9a-f]{64}$')
);

-- Notes the file of an import: `file` of the actor (function acting of migration 0017). Unless `again` is set, nothing is imported while a task
-- of the same file is left: the error names the constraint imported_file_once.
create function note_imported_file() returns trigger language plpgsql as $$
declare
  who jsonb := coalesce(nullif(current_setting('todo.actor', true), ''), '{}');
begin
  if who ->> 'file' is null then
    return null;
  end if;
  insert into imported_file as f (user_id, digest, imported_at, first_id, last_id, amount)
  values (new.user_id, who ->> 'file', new.made_at, new.task_ids[1], new.task_ids[cardinality(new.task_ids)], cardinality(new.task_ids))
  on conflict on constraint imported_file_pkey do update set
    imported_at = excluded.imported_at, first_id = excluded.first_id, last_id = excluded.last_id, amount = excluded.amount
    where coalesce((who ->> 'again')::boolean, false)
      or not exists (select from task as t where t.user_id = f.user_id and t.id between f.first_id and f.last_id);
  if not found then
    raise exception 'the file was imported before' using errcode = '23505', constraint = 'imported_file_once', table = 'imported_file';
  end if;
  return null;
end $$;
create trigger task_change_of_file after insert on task_change
for each row when (new.kind = 'import') execute function note_imported_file();

-- The due day or time of a draft that names a zone: a local time there becomes an instant, and an instant the whole day that it is there. A
-- zone that PostgreSQL does not know leaves the local time, or the day in UTC.
create function zoned_due(due text, zone text) returns text language plpgsql stable as $$
begin
  if due like '%Z' then
    return to_char(due::timestamptz at time zone zone, 'YYYY-MM-DD');
  end if;
  return to_char(due::timestamp at time zone zone at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');
exception when invalid_parameter_value then
  return case when due like '%Z' then left(due, 10) else due end;
end $$;

-- Drafts without `due_zone`.
create function zoned_drafts(drafts jsonb) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(
    case when draft ? 'due_zone'
      then draft - 'due_zone' || jsonb_build_object('due', todo.zoned_due(draft ->> 'due', draft ->> 'due_zone'))
      else draft end
    order by number), '[]')
  from jsonb_array_elements(drafts) with ordinality as d (draft, number)
$$;
