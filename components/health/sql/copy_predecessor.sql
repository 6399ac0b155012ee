-- Copies the tables of the predecessor that were not copied yet (function of migration 0024). True if something was done.
-- $1 whether to copy again from all of them what was added since
select todo.copy_predecessor($1::boolean) as copied
