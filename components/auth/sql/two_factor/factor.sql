-- The second factor of a user (function of migration 0027); one row in which `found` is null if there is none.
-- $1 user
select f.* from (select) as always left join (
  select true as found, f.sealed_secret, f.sealed_codes, f.is_verified, f.is_locked from todo.auth_second_factor($1::text) as f
) as f on true
