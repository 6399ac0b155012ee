-- A description has up to 10,000 characters.
alter table task
  drop constraint task_description_check,
  add constraint task_description_check check (char_length(description) between 1 and 10000);
