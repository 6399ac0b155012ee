-- Deletes what is kept for a time only: changes of tasks after some days, idempotency keys and what the release before keeps of deleted tasks
-- after 24 hours, buckets of rates an hour after they are full, personal access tokens a week after they ended, and of auth some of the sessions
-- and tokens of clients whose time is over. Returns whether a reminder waits for more than two minutes: then no clock ticks, or not enough.
-- Reads all of session: Better Auth's table has no index on "expiresAt".
-- Reads all of oauthRefreshToken: nor has this one.
-- Reads all of oauthAccessToken: nor has this one.
-- Reads all of verification: nor has this one.
-- Reads all of personal_token: few users have any.
-- $1 for how many days changes of tasks are kept
with
  changes as (
    delete from todo.task_change where (user_id, id) in (
      select user_id, id from todo.task_change where made_at < now() - $1::bigint * interval '1 day' for update skip locked
    )
  ),
  deleted as (delete from todo.deleted_task where deleted_at < now() - interval '24 hours'),
  lapsed_sessions as (
    delete from "session" where "id" in (
      select "id" from "session" where "expiresAt" < now() limit 500 for update skip locked
    )
  ),
  lapsed_refresh_tokens as (
    delete from "oauthRefreshToken" where "id" in (
      select "id" from "oauthRefreshToken" where "expiresAt" < now() limit 500 for update skip locked
    )
  ),
  lapsed_access_tokens as (
    delete from "oauthAccessToken" where "id" in (
      select "id" from "oauthAccessToken" where "expiresAt" < now() limit 500 for update skip locked
    )
  ),
  lapsed_links as (
    delete from "verification" where "id" in (
      select "id" from "verification" where "expiresAt" < now() - interval '1 day' limit 500 for update skip locked
    )
  ),
  tokens as (delete from todo.personal_token where expires_at < now() - interval '7 days'),
  keys as (delete from todo.idempotency_key where created_at < now() - interval '24 hours'),
  rates as (delete from todo.rate_limit where resets_at < now() - interval '1 hour')
select exists (select from todo.reminder where next_at < now() - interval '2 minutes') as is_clock_late
