-- The tables of the predecessor that were copied; one row in which `found` is null if there are none.
select copied.* from (select) as always left join (
  select true as found, name, kind, copied, users, unknown from todo.predecessor_table
) as copied on true
order by copied.kind = 'message', copied.kind desc, copied.name
