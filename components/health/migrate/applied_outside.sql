-- The names of the migrations that an earlier release applied, outside the schema `todo`; one row in which `found` is null if there are none.
select migration.found, migration.name
from (select) as always left join (select true as found, name from schema_migration) as migration on true
