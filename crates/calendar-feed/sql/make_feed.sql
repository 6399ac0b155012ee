-- Makes the calendar feed of a user, in the place of an earlier one; one row in which `found` is null if the user is gone.
-- $1 user, $2 hash of the secret
with made as (
  insert into todo.calendar_feed as f (user_id, secret_hash) select u."id", $2::text from "user" as u where u."id" = $1::text
  on conflict (user_id) do update set
    secret_hash = excluded.secret_hash, created_at = excluded.created_at, last_read_at = null
  returning f.created_at
)
select m.* from (select) as always left join (select true as found, created_at at time zone 'utc' as created_at from made) as m on true
