-- Statements of the chat as functions: PostgreSQL plans theirs once for each connection, and what two of them share stands once.

-- Adds what responses of the model cost to the accounts of today (UTC): the user's, and everybody's.
create function add_usage(owner text, prompt bigint, cached bigint, answer bigint, thought bigint, micro_usd bigint)
returns void language plpgsql as $$
declare
  today date := (now() at time zone 'utc')::date;
begin
  insert into token_usage as mine (user_id, day, prompt, cached, answer, thought, micro_usd)
  values (owner, today, add_usage.prompt, add_usage.cached, add_usage.answer, add_usage.thought, add_usage.micro_usd)
  on conflict on constraint token_usage_pkey do update set prompt = mine.prompt + excluded.prompt,
    cached = mine.cached + excluded.cached, answer = mine.answer + excluded.answer,
    thought = mine.thought + excluded.thought, micro_usd = mine.micro_usd + excluded.micro_usd;
  insert into model_spend as everybody (day, micro_usd) values (today, add_usage.micro_usd)
  on conflict on constraint model_spend_pkey do update set micro_usd = everybody.micro_usd + excluded.micro_usd;
end $$;

-- Stores a response of the model as a step of a turn, if this is the last attempt at the conversation's current turn; false if it
-- is not. With an outcome the turn is over; else it has more time. What the response cost is added in any case, and what was
-- reserved for the turn is given back.
create function record_response(
  owner text, in_conversation bigint, in_turn bigint, by_attempt bigint, in_step bigint,
  said text, content text, model text, model_version text, outcome text,
  prompt bigint, cached bigint, answer bigint, thought bigint, micro_usd bigint
) returns boolean language plpgsql as $$
declare
  live boolean;
begin
  update conversation as c set updated_at = date_trunc('milliseconds', now()),
    running_until = case when record_response.outcome is null then now() + interval '120 seconds' end, reserved_on = null
  where c.user_id = owner and c.id = in_conversation and c.turn = in_turn and c.attempt = by_attempt;
  live := found;
  if (prompt, cached, answer, thought, micro_usd) <> (0, 0, 0, 0, 0) then
    perform add_usage(owner, prompt, cached, answer, thought, micro_usd);
  end if;
  if live then
    insert into message (user_id, conversation_id, turn, step, role, text, content, model, model_version, outcome)
    values (owner, in_conversation, in_turn, in_step::integer, 'model', said, record_response.content::json,
      record_response.model, record_response.model_version, record_response.outcome);
  end if;
  return live;
end $$;
