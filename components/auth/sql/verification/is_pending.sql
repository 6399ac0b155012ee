-- Whether a change of address still waits for a link.
-- $1 user, $2 the change
select exists (
  select from "verification"
  where "identifier" = 'change-email:' || $1::text and "value" = $2::text and "expiresAt" > now()
) as pending
