-- What a turn holds that was killed counts as used: nobody knows what the model was paid for it. `reserved_tokens` and
-- `reserved_micro_usd` are what is given back when `reserved_on` becomes null; whoever finds a dead turn makes them 0 first.
create or replace function give_back() returns trigger language plpgsql as $$
declare
  tokens bigint := case tg_op when 'DELETE' then old.reserved_tokens else new.reserved_tokens end;
  paid bigint := case tg_op when 'DELETE' then old.reserved_micro_usd else new.reserved_micro_usd end;
begin
  update token_usage set prompt = prompt - tokens, micro_usd = micro_usd - paid
  where user_id = old.user_id and day = old.reserved_on;
  update model_spend set micro_usd = micro_usd - paid where day = old.reserved_on;
  return null;
end $$;
drop trigger conversation_deleted on conversation;
create trigger conversation_deleted after delete on conversation for each row
  when (old.reserved_on is not null and old.running_until >= now()) execute function give_back();

-- As in 0006, but what dead turns hold stays in the accounts.
create or replace function reserve_turn(
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
  update conversation set reserved_on = null, reserved_tokens = 0, reserved_micro_usd = 0 where user_id = owner and id in (
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

-- Reserves what a turn may use that goes on; if it may not, says why it is `refused`, and for how many seconds to `wait`.
create function resume_turn(
  owner text, in_conversation bigint, tokens bigint, micro_usd bigint, most_tokens bigint, most_micro_usd bigint, rests boolean,
  out refused text, out wait bigint
) language plpgsql as $$
declare
  seconds text;
begin
  if tokens > 0 then
    perform reserve_turn(owner, in_conversation, tokens, micro_usd, most_tokens, most_micro_usd, rests);
  end if;
exception when sqlstate 'TC001' then
  get stacked diagnostics refused = message_text, seconds = pg_exception_detail;
  wait := seconds::bigint;
end $$;
