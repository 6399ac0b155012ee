-- Replaces the backup codes of a user (function of migration 0027); `done` is false if there is no second factor.
-- $1 user, $2 backup codes
select todo.auth_replace_backup_codes($1::text, $2::text) as done
