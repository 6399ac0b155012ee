-- The browsers of a user, with their keys, and the address if it is proved and mail is wanted; one row in which `found` is null for a user who does not exist.
-- $1 user
select u.* from (select) as always left join (
  select true as found, (
      select coalesce(json_agg(json_build_object('id', p.id, 'endpoint', p.endpoint, 'p256dh', p.p256dh, 'auth', p.auth, 'language', p.language)), '[]')
      from todo.push_subscription as p where p.user_id = person."id"
    )::text as subscriptions,
    case when person."emailVerified" and mail.enabled then person."email" end as address, coalesce(mail.language, 'en') as mail_language
  from "user" as person left join todo.reminder_mail as mail on mail.user_id = person."id"
  where person."id" = $1::text
) as u on true
