-- Notes that a user signs in with a device; `is_new` is whether the user has known devices, and this is none of them. Those that were not seen for
-- half a year are forgotten.
-- $1 user, $2 device
with known as (
  select device from todo.known_device where user_id = $1::text and seen_at > now() - interval '180 days'
),
forgotten as (
  delete from todo.known_device where user_id = $1::text and seen_at <= now() - interval '180 days' and device <> $2::text
),
noted as (
  insert into todo.known_device (user_id, device) values ($1::text, $2::text)
  on conflict (user_id, device) do update set seen_at = excluded.seen_at
)
select exists (select from known) and not exists (select from known where device = $2::text) as is_new
