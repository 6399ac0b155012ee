-- The tables that the predecessor left (as `predecessor_tables` of migration 0020 knows them), with the number of their rows, and of those whose
-- user is not known. Works without our own tables and changes nothing; `query_to_xml` runs a query that only the catalogue can name.
-- One row in which `found` is null if there are none.
with home as (select relnamespace as schema from pg_class where oid = to_regclass('"user"')),
named as (
  select c.oid, c.relname::text as name, array_agg(a.attname::text) as columns
  from pg_class as c join home on home.schema = c.relnamespace
  join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind in ('r', 'p') and not c.relispartition
  group by c.oid, c.relname
),
known as (
  select oid, name, columns, case
    when name ~ '^(task|todo|todo_?item)s?$' and columns @> '{id,user_id,title}'
      and columns && '{completed,is_completed,is_complete,done,status}' then 'task'
    when name ~ '^(chat_?)?conversations?$' and columns @> '{id,user_id}' then 'conversation'
    when name ~ '^(chat_?)?messages?$' and columns @> '{id,conversation_id,role,content}' then 'message'
  end as kind
  from named
)
select counted.* from (select) as always left join (
  select true as found, k.name, k.kind,
    substring(query_to_xml(format('select count(*) as n from %s', k.oid::regclass), true, true, '')::text from '<n>([0-9]+)</n>')::bigint as rows,
    case when k.columns @> '{user_id}' then substring(query_to_xml(format(
      'select count(distinct u."id") as n from %s as t join "user" as u on u."id" = t.user_id::text', k.oid::regclass
    ), true, true, '')::text from '<n>([0-9]+)</n>')::bigint else 0 end as users,
    case when k.columns @> '{user_id}' then substring(query_to_xml(format(
      'select count(*) as n from %s as t where not exists (select from "user" as u where u."id" = t.user_id::text)', k.oid::regclass
    ), true, true, '')::text from '<n>([0-9]+)</n>')::bigint else 0 end as unknown
  from known as k where k.kind is not null
) as counted on true
order by counted.kind = 'message', counted.kind desc, counted.name
