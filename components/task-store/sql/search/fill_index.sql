-- Makes the grams of some tasks that have none (migration 0026), and returns how many those were (`lacking`). That is no change of a user.
-- $1 user, $2 how many at most
with batch as (
  select id from todo.task where user_id = $1::text and grams is null order by id limit $2::bigint
),
changed as (
  update todo.task set grams = todo.task_grams(task)
  from batch, (select todo.acting($1::text, '{"actor":"none"}') as owner) as who
  where task.user_id = $1::text and who.owner is not null and task.id = batch.id and task.grams is null
  returning task.id
)
select count(*) as lacking, (select count(*) from changed) as filled from batch
