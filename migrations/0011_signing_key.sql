-- Which key signs access tokens, as a function: PostgreSQL plans its statement once for each connection. It is the newest key that
-- every verifier has seen, since it was published `notice` seconds ago; if there is none, the oldest. `is_due` says that it is time for
-- the next key: none that can sign is younger than `greatest_age` seconds and stays for longer than `notice` seconds.
create function auth_signing_key(
  algorithm text, curve text, notice bigint, greatest_age bigint, out id text, out private_key text, out is_due boolean
) language plpgsql stable as $$
begin
  select k."id", k."privateKey", not bool_or(
    k."createdAt" > now() - greatest_age * interval '1 second'
    and (k."expiresAt" is null or k."expiresAt" > now() + notice * interval '1 second')
  ) over ()
  into id, private_key, is_due
  from "jwks" as k
  where coalesce(k."alg", algorithm) = algorithm and coalesce(k."crv", curve) = curve
    and (k."expiresAt" is null or k."expiresAt" > now())
  order by k."createdAt" > now() - notice * interval '1 second',
    case when k."createdAt" > now() - notice * interval '1 second' then k."createdAt" end,
    k."createdAt" desc, k."id"
  limit 1;
  is_due := coalesce(is_due, true);
end $$;
