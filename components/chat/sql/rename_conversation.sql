-- Gives a conversation another title.
-- $1 user, $2 conversation, $3 title
with renamed as (
  update todo.conversation set title = $3::text where user_id = $1::text and id = $2::bigint
  returning id, title, created_at at time zone 'utc' as created_at, updated_at at time zone 'utc' as updated_at
)
select found, id, title, created_at, updated_at
from (select) as always left join (select true as found, renamed.* from renamed) as renamed on true
