-- Every task is valid (migration 0043).
alter table task validate constraint task_valid;
