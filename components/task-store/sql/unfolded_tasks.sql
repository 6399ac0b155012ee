-- Texts of tasks that nobody has folded yet: those that an earlier release added or changed.
-- $1 user
select task.* from (select) as always left join (
  select true as found, id, title, description from todo.task where user_id = $1::text and title_search is null order by id limit 500
) as task on true
