-- The lists of a user in their order.
-- $1 user
select list.* from (select) as always left join (
  select true as found, shown.* from todo.lists_of($1::text) as shown
) as list on true
order by list.position
