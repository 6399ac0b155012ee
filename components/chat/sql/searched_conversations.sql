-- searched_conversations
-- Reads the newest conversations, and of all their turns the newest, in which the words of a search are looked for.
-- $1 user, $2 most conversations, $3 most turns, $4 most letters of a message
with recent as materialized (
  select id, title, created_at, updated_at, (sum(turn) over (order by updated_at desc, id desc))::bigint as turns_so_far
  from (
    select id, title, created_at, updated_at, turn from todo.conversation
    where user_id = $1::text order by updated_at desc, id desc limit $2::bigint
  ) as newest
)
select found, id, title, created_at at time zone 'utc' as created_at, updated_at at time zone 'utc' as updated_at, said
from (select) as always left join (
  select true as found, recent.*, (
    select string_agg(left(m.text, $4::bigint::integer), e'\n') from todo.message as m
    where m.user_id = $1::text and m.conversation_id = recent.id and m.turn > recent.turns_so_far - $3::bigint
  ) as said
  from recent
) as searched on true
order by updated_at desc, id desc
