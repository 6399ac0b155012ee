-- Stores whether a user wants reminders by mail; the result is that of notifications.sql.
-- $1 user, $2 whether, $3 language
select n.address, n.is_proved, n.wants_mail, n.language, n.mail_sent_at, n.mail_error, n.subscriptions::text as subscriptions
from (select) as always left join todo.choose_reminder_mail($1::text, $2::boolean, $3::text) as n on true
