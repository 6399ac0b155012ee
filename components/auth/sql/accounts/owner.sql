-- The user of an account at Google; null if there is none.
-- Reads all of account: Better Auth's table has no index on "accountId".
-- $1 subject
select (
  select "userId" from "account"
  where "providerId" = 'google' and "accountId" = $1::text
  order by "createdAt", "id"
  limit 1
) as user_id
