-- The hash of a user's password; null if there is none.
-- $1 user
select (
  select "password" from "account"
  where "userId" = $1::text and "accountId" = $1::text and "providerId" = 'credential'
  order by "createdAt"
  limit 1
) as password
