-- Deletes reminders and changes of tasks that have served their time. Returns for how many seconds the longest waiting reminder waits beyond its
-- time; null if the time of none has come.
-- $1 for how many days changes of tasks are kept
select todo.sweep_reminders($1::bigint) as oldest
