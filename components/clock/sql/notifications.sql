-- How a user is reminded (function of migration 0025); one row in which `address` is null for a user who does not exist.
-- $1 user
select n.address, n.is_proved, n.wants_mail, n.language, n.mail_sent_at, n.mail_error, n.subscriptions::text as subscriptions
from (select) as always left join todo.notifications_of($1::text) as n on true
