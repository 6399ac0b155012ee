-- Uses a backup code of a user up, who is signed in (function of migration 0027); `spent` is false if another request was faster.
-- $1 user, $2 backup codes so far, $3 those that are left
select todo.auth_spend_backup_code($1::text, $2::text, $3::text) as spent
