-- Texts of tasks that nobody has folded yet: those that an earlier release added or changed. Each row has how many tasks the user has, and the state
-- of their indexes (column search_state of migration 0026).
-- $1 user
select counter.live, counter.search_state, task.* from (select) as always
left join todo.task_counter as counter on counter.user_id = $1::text
left join (
  select id, title, description from todo.task where user_id = $1::text and title_search is null order by id limit 500
) as task on true
