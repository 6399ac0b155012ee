-- The session of a request, and the statements of a turn of the chat, planned once for each connection (migration 0038).

-- As before, but a function of SQL with a setting of its own is planned by each statement that calls it.
create or replace function auth_is_banned(person jsonb) returns boolean language plpgsql stable set timezone = 'UTC' as $$
begin
  return coalesce((person ->> 'banned')::boolean, false) and coalesce((person ->> 'banExpires')::timestamptz > now(), true);
end $$;

-- As in migration 0036, but whether a user is banned is looked up for the users of these sessions alone.
create or replace function auth_live_session(
  tokens text, fresh_for bigint, left_of bigint, algorithm text, curve text, notice bigint, greatest_age bigint
) returns table (session_id text, token text, ip_address text, user_agent text, expires_at timestamp, created_at timestamp, updated_at timestamp,
  expired boolean, fresh boolean, ends_soon boolean, user_id text, name text, email text, email_verified boolean, image text, has_second_factor boolean,
  user_created_at timestamp, user_updated_at timestamp, key_id text, private_key text, key_is_due boolean)
language plpgsql stable rows 1 set plan_cache_mode = force_generic_plan as $$
declare
  wanted text[] := string_to_array(tokens, ' ');
begin
  return query select
    live."id"::text, live."token"::text, live."ipAddress"::text, live."userAgent"::text, (live."expiresAt" at time zone 'utc')::timestamp,
    (live."createdAt" at time zone 'utc')::timestamp, (live."updatedAt" at time zone 'utc')::timestamp,
    live."expiresAt" < now(),
    live."createdAt" > now() - fresh_for * interval '1 second',
    live."expiresAt" <= now() + left_of * interval '1 second',
    live."userId"::text, live."name"::text, live."email"::text, live."emailVerified", live."image"::text,
    coalesce((live.person ->> 'twoFactorEnabled')::boolean, false),
    (live.user_created_at at time zone 'utc')::timestamp, (live.user_updated_at at time zone 'utc')::timestamp,
    k.id, k.private_key, k.is_due
  from (
    select s."id", s."token", s."ipAddress", s."userAgent", s."expiresAt", s."createdAt", s."updatedAt", s."userId",
      u."name", u."email", u."emailVerified", u."image", u."createdAt" as user_created_at, u."updatedAt" as user_updated_at, to_jsonb(u) as person
    from "session" as s join "user" as u on u."id" = s."userId"
    where s."token" = any (wanted)
    offset 0
  ) as live cross join auth_signing_key(algorithm, curve, notice, greatest_age) as k
  where not auth_is_banned(live.person)
  order by live."expiresAt" < now(), array_position(wanted, live."token"::text)
  limit 1;
end $$;

-- Counts a user's message against their rate, stores it and claims its turn. `used` is null if the key was used before.
create function start_turn(rate text, owner text, units bigint, seconds bigint, most bigint, key text, asked bigint, title text, said text, zone text,
  tokens bigint, micro_usd bigint, most_tokens bigint, most_micro_usd bigint, rests boolean)
returns table (used bigint, full_in float8, refused text, wait bigint, begun bigint, begun_turn bigint, today text)
language plpgsql rows 1 set plan_cache_mode = force_generic_plan as $$
begin
  if key is null or not exists (select from message as m where m.user_id = owner and m.idempotency_key = key) then
    select t.used, t.full_in into used, full_in from take_tokens(rate, owner, units, seconds, most) as t;
    select b.refused, b.wait, b.begun, b.begun_turn into refused, wait, begun, begun_turn
    from begin_turn(used > 0, owner, asked, title, said, key, tokens, micro_usd, most_tokens, most_micro_usd, rests) as b;
    today := local_time(zone);
  end if;
  return next;
end $$;

-- Stores the results of tool calls so far, and the calls that wait for the user's decision, if this is the last attempt at the conversation's
-- current turn; says whether it is.
create function record_calls(owner text, in_conversation bigint, in_turn bigint, by_attempt bigint, in_step integer, calls json) returns boolean
language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  perform from conversation as c
  where c.user_id = owner and c.id = in_conversation and c.turn = in_turn and c.attempt = by_attempt for update;
  if not found then
    return false;
  end if;
  insert into pending_action (user_id, id, conversation_id, turn, step, call_id, tool, arguments, summary, expires_at)
  select owner, call ->> 'action_id', in_conversation, in_turn, in_step, call ->> 'id', call ->> 'name', call -> 'arguments', call ->> 'summary',
    now() + interval '10 minutes'
  from json_array_elements(calls) as call where call ->> 'status' = 'confirmation_required'
  on conflict do nothing;
  insert into message (user_id, conversation_id, turn, step, role, tool_calls) values (owner, in_conversation, in_turn, in_step, 'tool', calls)
  on conflict on constraint message_pkey do update set tool_calls = excluded.tool_calls;
  return true;
end $$;

-- The steps of at most `most` turns up to the last one, in order; without those that are in the summary, unless `whole`. One row of nulls if there is
-- none.
create function turns_until(owner text, in_conversation bigint, last_turn bigint, most bigint, whole boolean)
returns table (turn bigint, role text, text text, content text, model text, model_version text, outcome text, tool_calls text, summary text)
language plpgsql stable rows 20 set plan_cache_mode = force_generic_plan as $$
begin
  return query select m.turn, m.role, m.text, m.content::text, m.model, m.model_version, m.outcome, m.tool_calls::text, c.summary
  from message as m join conversation as c on c.user_id = m.user_id and c.id = m.conversation_id
  where m.user_id = owner and m.conversation_id = in_conversation
    and m.turn <= last_turn and m.turn > last_turn - most and (m.turn > c.summarized_turn or whole)
  order by m.turn, m.step;
  if not found then
    return next;
  end if;
end $$;
