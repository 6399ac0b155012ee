-- Deletes what is kept for a time only: deleted tasks and idempotency keys after 24 hours, buckets of rates an hour after they are full,
-- personal access tokens a week after they ended.
with
  deleted as (delete from todo.deleted_task where deleted_at < now() - interval '24 hours'),
  tokens as (delete from todo.personal_token where expires_at < now() - interval '7 days'),
  keys as (delete from todo.idempotency_key where created_at < now() - interval '24 hours')
delete from todo.rate_limit where resets_at < now() - interval '1 hour'
