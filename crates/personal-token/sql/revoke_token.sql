-- Ends a personal access token and returns its hash; one row in which `found` is null if the user has no such token.
-- $1 user, $2 id
with ended as (
  delete from todo.personal_token where user_id = $1::text and id = $2::text returning token_hash
)
select t.* from (select) as always left join (select true as found, token_hash as hash from ended) as t on true
