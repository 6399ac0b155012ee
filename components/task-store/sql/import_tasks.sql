-- Adds all of these tasks under the user's next ids, or none. `known` is false for a user who does not exist; `replayed` says that the
-- key was used before, `reused` that it was used with other tasks; `fits` is false if the user would have more than the most tasks.
-- With the key of an import, `task_id` is the number of its tasks. Of two statements with the same key at once, one fails on the
-- constraint idempotency_key_pkey and adds nothing. `change` is the number that the triggers of migration 0017 give to the change.
-- $1 user, $2 titles, $3 descriptions, $4 completed, $5 created at, $6 updated at, $7 completed at, $8 priorities, $9 the most
-- tasks of a user, $10 idempotency key or null, $11 who does it (function acting of migration 0017)
with owner as (select id from "user" where id = $1::text),
asked as (
  select encode(sha256(convert_to(concat_ws(E'\n', 'import', $2::text[]::text, $3::text[]::text, $4::text[]::text,
    $5::text[]::text, $6::text[]::text,
    case when array_remove($7::text[], null) <> '{}' or array_remove($8::text[], '4') <> '{}'
      then concat($7::text[]::text, $8::text[]::text) end), 'UTF8')), 'hex') as fingerprint
  where $10::text is not null
),
earlier as (
  select task_id as amount, fingerprint from todo.idempotency_key
  where user_id = $1::text and key = $10::text and created_at > now() - interval '24 hours'
),
outdated as (
  delete from todo.idempotency_key
  where user_id = $1::text and key = $10::text and created_at <= now() - interval '24 hours'
  returning key
),
draft as (
  select number, title, description, completed::boolean,
    coalesce(created_at::timestamptz, updated_at::timestamptz, date_trunc('milliseconds', now())) as created_at,
    coalesce(updated_at::timestamptz, date_trunc('milliseconds', now())) as updated_at,
    completed_at::timestamptz, priority::smallint
  from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
    with ordinality as draft (title, description, completed, created_at, updated_at, completed_at, priority, number)
),
total as (select count(*) as amount from draft),
counter as (
  insert into todo.task_counter as counter (user_id, last_id, live)
  select id, amount, amount from owner, total where amount <= $9::bigint and not exists (select from earlier)
  on conflict (user_id) do update set
    last_id = counter.last_id + excluded.live, live = counter.live + excluded.live
    where counter.live + excluded.live <= $9::bigint
  returning last_id, last_change + 1 as change
),
noted as (
  insert into todo.idempotency_key (user_id, key, fingerprint, task_id, created_at)
  select $1::text, $10::text, fingerprint, amount, date_trunc('milliseconds', now()) from counter, asked, total
  where (select count(*) from outdated) >= 0
),
added as (
  insert into todo.task (user_id, id, title, description, completed, created_at, updated_at, completed_at, priority)
  select $1::text, last_id - amount + number, title, description, completed, created_at, updated_at, completed_at, priority
  from draft, counter, total
  returning id
)
select exists (select from owner) as known, exists (select from earlier) as replayed,
  coalesce((select earlier.fingerprint <> asked.fingerprint from earlier, asked), false) as reused,
  exists (select from counter) or exists (select from earlier) as fits,
  coalesce((select amount from earlier), (select count(*) from added)) as added,
  (select change from counter, total where amount > 0) as change
from (select todo.acting($1::text, $11::text)) as actor
