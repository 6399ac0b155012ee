-- The owner, after a browser of theirs that had the endpoint `former` has the new one: so it keeps its id and its name.
create function moved_subscription(owner text, former text, given_endpoint text) returns text language plpgsql as $$
begin
  update push_subscription as p set endpoint = given_endpoint
  where p.user_id = owner and p.endpoint = former and not exists (select from push_subscription as other where other.endpoint = given_endpoint);
  return owner;
end $$;
