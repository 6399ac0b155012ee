-- The names of the applied migrations; one row in which `found` is null if there are none.
select migration.found, migration.name
from (select) as always left join (select true as found, name from todo.schema_migration) as migration on true
