-- What a running turn of the conversation may use is reserved in the accounts of the day `reserved_on`, so that turns at the same
-- time do not all spend the same rest. It is given back when `reserved_on` becomes null, or the conversation goes.
alter table conversation
  add column reserved_on date,
  add column reserved_tokens bigint not null default 0,
  add column reserved_micro_usd bigint not null default 0;
create index conversation_reserved_idx on conversation (user_id) where reserved_on is not null;

create function give_back() returns trigger language plpgsql as $$
begin
  update token_usage set prompt = prompt - old.reserved_tokens, micro_usd = micro_usd - old.reserved_micro_usd
  where user_id = old.user_id and day = old.reserved_on;
  update model_spend set micro_usd = micro_usd - old.reserved_micro_usd where day = old.reserved_on;
  return null;
end $$;
create trigger conversation_settled after update of reserved_on on conversation for each row
  when (old.reserved_on is not null and new.reserved_on is null) execute function give_back();
create trigger conversation_deleted after delete on conversation for each row
  when (old.reserved_on is not null) execute function give_back();

-- Reserves what a turn may use: `most_tokens` are the user's in a day, `most_micro_usd` everybody's (0: any number). Raises TC001 with
-- the reason, and the seconds until it may be otherwise as detail. What turns hold that were killed is given back first.
create function reserve_turn(
  owner text, in_conversation bigint, tokens bigint, micro_usd bigint, most_tokens bigint, most_micro_usd bigint, rests boolean
) returns void language plpgsql as $$
declare
  today date := (now() at time zone 'utc')::date;
  day_left text := ceil(extract(epoch from today + 1 - now() at time zone 'utc'))::text;
  open_for bigint := (select ceil(extract(epoch from h.open_until - now())) from model_health h);
begin
  if rests and open_for > 0 then
    raise exception using errcode = 'TC001', message = 'resting', detail = open_for::text;
  end if;
  update conversation set reserved_on = null where user_id = owner and id in (
    select c.id from conversation c
    where c.user_id = owner and c.reserved_on is not null and (c.running_until < now() or c.id = in_conversation)
    for update skip locked
  );
  insert into token_usage as mine (user_id, day, prompt, micro_usd)
  values (owner, today, reserve_turn.tokens, reserve_turn.micro_usd)
  on conflict on constraint token_usage_pkey do update set prompt = mine.prompt + excluded.prompt,
    micro_usd = mine.micro_usd + excluded.micro_usd
  where most_tokens = 0 or mine.prompt + mine.answer + mine.thought < most_tokens;
  if not found then
    raise exception using errcode = 'TC001', message = 'tokens', detail = day_left;
  end if;
  insert into model_spend as everybody (day, micro_usd) values (today, reserve_turn.micro_usd)
  on conflict on constraint model_spend_pkey do update set micro_usd = everybody.micro_usd + excluded.micro_usd
  where most_micro_usd = 0 or everybody.micro_usd < most_micro_usd;
  if not found then
    raise exception using errcode = 'TC001', message = 'money', detail = day_left;
  end if;
  update conversation
  set reserved_on = today, reserved_tokens = reserve_turn.tokens, reserved_micro_usd = reserve_turn.micro_usd
  where user_id = owner and id = in_conversation;
end $$;

-- Stores the user's message and claims its turn, of conversation `asked` or a new one, and reserves `tokens` unless they are 0, if it
-- `may`. If it is `refused` (rate, running, unknown, or as above), nothing is stored; `wait` tells the seconds.
create function begin_turn(
  may boolean, owner text, asked bigint, title text, said text, key text,
  tokens bigint, micro_usd bigint, most_tokens bigint, most_micro_usd bigint, rests boolean,
  out refused text, out wait bigint, out begun bigint, out begun_turn bigint
) language plpgsql as $$
declare
  seconds text;
begin
  if not may then
    refused := 'rate';
    return;
  end if;
  if asked is null then
    insert into conversation as c (user_id, title, running_until) values (owner, title, now() + interval '120 seconds')
    returning c.id, c.turn into begun, begun_turn;
  else
    update conversation c
    set turn = c.turn + 1, attempt = 0, running_until = now() + interval '120 seconds', updated_at = date_trunc('milliseconds', now())
    where c.user_id = owner and c.id = asked and (c.running_until is null or c.running_until < now())
    returning c.id, c.turn into begun, begun_turn;
    if not found then
      raise exception using errcode = 'TC001', detail = '5', message = case
        when exists (select from conversation c where c.user_id = owner and c.id = asked) then 'running' else 'unknown' end;
    end if;
  end if;
  insert into message (user_id, conversation_id, turn, step, role, text, idempotency_key)
  values (owner, begun, begun_turn, 0, 'user', said, key);
  if tokens > 0 then
    perform reserve_turn(owner, begun, tokens, micro_usd, most_tokens, most_micro_usd, rests);
  end if;
exception when sqlstate 'TC001' then
  get stacked diagnostics refused = message_text, seconds = pg_exception_detail;
  wait := seconds::bigint;
  begun := null;
end $$;
