-- Keeps folded texts of tasks, if their texts are still those. That is no change of a user.
-- $1 user, $2 ids, $3 titles, $4 descriptions, $5 keys of the titles, $6 folded titles, $7 folded descriptions
with changed as (
  update todo.task set title_key = folded.title_key, title_search = folded.title_search, description_search = folded.description_search,
    grams = case when grams is not null or (select search_state > 0 from todo.task_counter where user_id = $1::text)
      then todo.text_grams($1::text, folded.title_search || E'\n' || coalesce(folded.description_search, '')) end
  from (select todo.acting($1::text, '{"actor":"none"}') as owner) as who, unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
    as folded (id, title, description, title_key, title_search, description_search)
  where task.user_id = $1::text and who.owner is not null and task.id = folded.id and task.title_search is null
    and task.title = folded.title and task.description is not distinct from folded.description
  returning task.id
)
select count(*) as folded from changed
