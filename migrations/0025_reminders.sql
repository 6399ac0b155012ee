-- Reminders that arrive, and where: the browsers that a user subscribed, and mail.

-- A reminder of a task. Triggers make, move and drop the rows, so that they are right whichever statement changes the task.
create table reminder (
  user_id text not null,
  task_id bigint not null,
  -- When the task is due, as `due_text` writes it: a task that is due at another time has other reminders.
  due text not null,
  -- How many minutes before; -1 for one that was put off.
  minutes integer not null,
  remind_at timestamptz not null,
  -- When a clock may send it; while one does, when another one may take it over. Null once it is sent, or was given up.
  next_at timestamptz,
  attempts integer not null default 0,
  -- The subscriptions, and `mail`, that have it.
  reached text[] not null default '{}',
  sent_at timestamptz,
  -- Why it was not sent, or not to all.
  error text,
  constraint reminder_pkey primary key (user_id, task_id, due, minutes),
  constraint reminder_user_id_fkey foreign key (user_id) references "user" ("id") on delete cascade,
  constraint reminder_error_check check (char_length(error) <= 300)
);
create index reminder_next_at_idx on reminder (next_at) where next_at is not null;
create index reminder_settled_idx on reminder (remind_at) where next_at is null;

-- A browser that takes push messages (W3C Push API). Its address is a secret of the browser: who knows it may send to it.
create table push_subscription (
  id text primary key default gen_random_uuid()::text,
  user_id text not null references "user" ("id") on delete cascade,
  endpoint text not null unique,
  p256dh text not null,
  auth text not null,
  -- What its owner knows it by.
  device text,
  -- The language of its messages.
  language text not null,
  created_at timestamptz not null default date_trunc('milliseconds', now()),
  last_sent_at timestamptz,
  last_error text,
  constraint push_subscription_endpoint_check check (octet_length(endpoint) <= 2000),
  constraint push_subscription_device_check check (char_length(device) between 1 and 80),
  constraint push_subscription_last_error_check check (char_length(last_error) <= 300)
);
create index push_subscription_user_id_idx on push_subscription (user_id);

-- Whether a user wants reminders by mail.
create table reminder_mail (
  user_id text primary key references "user" ("id") on delete cascade,
  enabled boolean not null,
  language text not null,
  last_sent_at timestamptz,
  last_error text,
  constraint reminder_mail_last_error_check check (char_length(last_error) <= 300)
);

-- The instant of a reminder, so many minutes before a task is due. Reminders of a day count from `hour`.
create function reminder_moment(day date, at time, minutes integer, zone text, hour time) returns timestamptz language sql stable as $$
  select (day + coalesce(at, hour)) at time zone coalesce(zone, 'UTC') - minutes * interval '1 minute'
$$;

-- Drops the reminders of a task that wait and are not wanted any longer, and makes those that are missing. One that was sent stays, so
-- that it is not sent again when the task is brought back. A moment that is over when it is set is sent at once, but none of more than a day ago.
create function keep_reminders() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from reminder as r where r.user_id = old.user_id and r.task_id = old.id and r.next_at is not null;
    return null;
  elsif tg_op = 'UPDATE' then
    delete from reminder as r where r.user_id = old.user_id and r.task_id = old.id and r.next_at is not null
      and (new.completed or r.due is distinct from due_text(new.due_day, new.due_time) or r.minutes >= 0 and r.minutes <> all(new.remind));
  end if;
  if not new.completed and new.due_day is not null then
    insert into reminder (user_id, task_id, due, minutes, remind_at, next_at)
    select new.user_id, new.id, due_text(new.due_day, new.due_time), m.minutes, instant.moment, instant.moment
    from unnest(new.remind) as m (minutes) left join user_settings as s on s.user_id = new.user_id,
      reminder_moment(new.due_day, new.due_time, m.minutes, s.time_zone, coalesce(s.reminder_time, '09:00')) as instant (moment)
    where instant.moment > now() - interval '1 day'
    order by m.minutes
    on conflict do nothing;
  end if;
  return null;
end $$;
create trigger task_reminders_added after insert on task
for each row when (new.due_day is not null and new.remind <> '{}') execute function keep_reminders();
create trigger task_reminders_changed after update on task
for each row when (
  (old.due_day is not null or new.due_day is not null)
  and (old.due_day is distinct from new.due_day or old.due_time is distinct from new.due_time or old.remind <> new.remind or old.completed <> new.completed)
) execute function keep_reminders();
create trigger task_reminders_deleted after delete on task
for each row when (old.due_day is not null) execute function keep_reminders();

-- Moves the reminders that wait to the zone and the hour of their user. What was put off stays.
create function move_reminders() returns trigger language plpgsql as $$
begin
  update reminder as r set remind_at = instant.moment, next_at = case when r.attempts = 0 then instant.moment else r.next_at end
  from task as t, reminder as same,
    reminder_moment(t.due_day, t.due_time, same.minutes, new.time_zone, new.reminder_time) as instant (moment)
  where same.user_id = new.user_id and same.next_at is not null and same.minutes >= 0
    and t.user_id = same.user_id and t.id = same.task_id and t.due_day is not null
    and r.user_id = same.user_id and r.task_id = same.task_id and r.due = same.due and r.minutes = same.minutes;
  return null;
end $$;
create trigger user_settings_added after insert on user_settings
for each row execute function move_reminders();
create trigger user_settings_moved after update on user_settings
for each row when (old.time_zone is distinct from new.time_zone or old.reminder_time <> new.reminder_time) execute function move_reminders();

-- Reminders of the tasks that are there. Those whose moment is over were never promised to anybody.
insert into reminder (user_id, task_id, due, minutes, remind_at, next_at)
select t.user_id, t.id, due_text(t.due_day, t.due_time), m.minutes, instant.moment, instant.moment
from task as t cross join unnest(t.remind) as m (minutes) left join user_settings as s on s.user_id = t.user_id,
  reminder_moment(t.due_day, t.due_time, m.minutes, s.time_zone, coalesce(s.reminder_time, '09:00')) as instant (moment)
where t.due_day is not null and not t.completed and instant.moment > now()
on conflict do nothing;

-- Stores a subscription. A browser belongs to the user who subscribed it last. Without a row the user has the most subscriptions already.
create function subscribe_to_push(
  owner text, given_endpoint text, given_p256dh text, given_auth text, given_device text, given_language text, most bigint
) returns table (added boolean, subscription push_subscription) language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('push ' || owner, 0));
  added := not exists (select from push_subscription as p where p.user_id = owner and p.endpoint = given_endpoint);
  if added and (select count(*) from push_subscription as p where p.user_id = owner) >= most then
    return;
  end if;
  delete from push_subscription as p where p.endpoint = given_endpoint and p.user_id <> owner;
  insert into push_subscription as p (user_id, endpoint, p256dh, auth, device, language)
  values (owner, given_endpoint, given_p256dh, given_auth, given_device, given_language)
  on conflict (endpoint) do update set
    p256dh = excluded.p256dh, auth = excluded.auth, device = coalesce(excluded.device, p.device), language = excluded.language, last_error = null
  where p.user_id = owner
  returning p.* into subscription;
  if found then
    return next;
  end if;
end $$;

-- RFC 3339, UTC, with milliseconds.
create function written_instant(at timestamptz) returns text language sql stable as $$
  select to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

-- A subscription as its owner sees it.
create function shown_subscription(p push_subscription) returns json language sql stable as $$
  select json_build_object('id', p.id, 'device', p.device, 'created_at', todo.written_instant(p.created_at),
    'last_sent_at', todo.written_instant(p.last_sent_at), 'last_error', p.last_error)
$$;

-- How a user is reminded. `person` is null for a user who does not exist.
create function notifications_of(owner text) returns table (
  address text, is_proved boolean, wants_mail boolean, language text, mail_sent_at timestamp, mail_error text, subscriptions json
) language sql stable as $$
  select u."email", u."emailVerified", coalesce(m.enabled, false), coalesce(m.language, 'en'), m.last_sent_at at time zone 'utc', m.last_error, (
    select coalesce(json_agg(todo.shown_subscription(p) order by p.created_at, p.id), '[]') from todo.push_subscription as p where p.user_id = u."id"
  )
  from "user" as u left join todo.reminder_mail as m on m.user_id = u."id" where u."id" = owner
$$;

-- Stores whether a user wants reminders by mail, and in which language; the result is that of `notifications_of`.
create function choose_reminder_mail(owner text, wanted boolean, given_language text) returns table (
  address text, is_proved boolean, wants_mail boolean, language text, mail_sent_at timestamp, mail_error text, subscriptions json
) language plpgsql as $$
begin
  insert into reminder_mail as m (user_id, enabled, language)
  select u."id", wanted, given_language from "user" as u where u."id" = owner
  on conflict (user_id) do update set enabled = excluded.enabled, language = excluded.language,
    last_error = case when m.enabled = excluded.enabled then m.last_error end;
  return query select n.* from notifications_of(owner) as n;
end $$;
