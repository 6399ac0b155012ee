-- Forgets a subscription; one row in which `found` is null if the user has no such subscription.
-- $1 user, $2 id
with gone as (delete from todo.push_subscription where user_id = $1::text and id = $2::text returning id)
select s.* from (select) as always left join (select true as found, id from gone) as s on true
