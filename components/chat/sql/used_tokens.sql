-- The tokens that the user has used today (UTC), with those that running turns have reserved.
-- $1 user
select coalesce(sum(prompt + answer + thought), 0)::bigint as used
from todo.token_usage where user_id = $1::text and day = (now() at time zone 'UTC')::date
