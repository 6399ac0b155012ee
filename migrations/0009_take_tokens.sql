-- Takes `units` tokens of a rate of `most` tokens in `seconds` seconds (any number of tokens if `most` is 0). `used` is how many were
-- taken: 0 if they did not fit. The bucket is full again in `full_in` seconds. All that is stored of a bucket is when it is full,
-- `resets_at`: a token is taken by moving that on by the time in which one comes, at most to `seconds` from now.
create function take_tokens(
  rate text, owner text, units bigint, seconds bigint, most bigint, out used bigint, out full_in float8
) language plpgsql as $$
begin
  if most = 0 then
    used := units;
    full_in := 0;
    return;
  end if;
  insert into rate_limit as bucket (name, subject, used, resets_at)
  values (rate, owner, units, now() + (units * seconds)::float8 / most * interval '1 second')
  on conflict on constraint rate_limit_pkey do update set (used, resets_at) = (
    select case when fits then excluded.used else 0 end, case when fits then later else bucket.resets_at end
    from (select greatest(bucket.resets_at, now()) + (excluded.resets_at - now()) as later) as next,
      lateral (select later <= now() + seconds * interval '1 second' as fits) as judged
  )
  returning bucket.used, extract(epoch from bucket.resets_at - now())::float8 into take_tokens.used, take_tokens.full_in;
end $$;
