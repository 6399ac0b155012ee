-- Removes an account of a user (`is_gone`), unless it is the last one (`is_last`). Of two requests at the same moment, the second sees
-- what the first left.
-- $1 user, $2 account
with mine as (
  select "id" from "account" where "userId" = $1::text order by "id" for update
),
gone as (
  delete from "account"
  where "userId" = $1::text and "id" = $2::text and "id" in (select "id" from mine) and (select count(*) from mine) > 1
  returning "id"
)
select exists (select from gone) as is_gone, (select count(*) from mine) = 1 as is_last
