-- Columns without a time zone hold UTC, as Better Auth writes them, so the connections of this user to this database are in UTC. What is set for
-- the user in the database holds behind poolers too. It counts for new connections only.
do $utc$
begin
  execute format('alter role %I in database %I set timezone to %L', current_user, current_database(), 'UTC');
end $utc$
