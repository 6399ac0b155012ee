-- Deletes what is kept for a time only: deleted tasks and idempotency keys after 24 hours, buckets of rates an hour after they are full.
with
  deleted as (delete from todo.deleted_task where deleted_at < now() - interval '24 hours'),
  keys as (delete from todo.idempotency_key where created_at < now() - interval '24 hours')
delete from todo.rate_limit where resets_at < now() - interval '1 hour'
