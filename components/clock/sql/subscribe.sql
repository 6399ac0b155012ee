-- Stores the subscription of a browser (function of migration 0025) and returns it; `added` is false if the user had it already. One row in which
-- `found` is null if the user has too many.
-- $1 user, $2 endpoint, $3 p256dh, $4 auth, $5 device or null, $6 language, $7 the most subscriptions of a user, $8 the endpoint that the browser had
-- before (function of migration 0032), or null
select s.* from (select) as always left join (
  select true as found, added, (subscription).id, todo.shown_subscription(subscription)::text as subscription
  from todo.subscribe_to_push(todo.moved_subscription($1::text, $8::text, $2::text), $2::text, $3::text, $4::text, $5::text, $6::text, $7::bigint)
) as s on true
