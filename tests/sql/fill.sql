-- Fills each table with 5000 rows, of 100 users, so that plans are those of a database in use. Without foreign keys and checks, which
-- rows that are made of nothing but their number would not pass.
do $$
declare
  item record;
begin
  for item in
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as statement
    from pg_constraint where connamespace in ('public'::regnamespace, 'todo'::regnamespace) and contype in ('f', 'c')
    union all
    select format('alter table %s disable trigger user', oid::regclass)
    from pg_class where relnamespace in ('public'::regnamespace, 'todo'::regnamespace) and relkind = 'r'
    union all
    select format('insert into %s (%s) select %s from generate_series(1, 5000) as n on conflict do nothing', oid::regclass, columns, entries)
    from pg_class, lateral (
      select string_agg(quote_ident(attname), ', ') as columns, string_agg(
          case
            when attname in ('user_id', 'userId') and not exists (
              select from pg_index where indrelid = pg_class.oid and indisunique and indkey::text = attnum::text
            ) then '''user'' || n % 100'
            when format_type(atttypid, null) = 'text' then quote_literal(attname) || ' || n'
            when format_type(atttypid, null) = 'boolean' then 'n % 2 = 0'
            when format_type(atttypid, null) = 'date' then 'current_date - n'
            when format_type(atttypid, null) like 'time %' then '''12:00'''
            when format_type(atttypid, null) like '%[]' then '''{}'''
            when format_type(atttypid, null) like 'timestamp%' then 'now() - n * interval ''1 minute'''
            when format_type(atttypid, null) like 'json%' or format_type(atttypid, null) like '%[]' then '''{}'''
            else 'n'
          end, ', ') as entries
      from pg_attribute
      where attrelid = pg_class.oid and attnum > 0 and not attisdropped and attidentity = ''
    ) as attributes
    where relnamespace in ('public'::regnamespace, 'todo'::regnamespace) and relkind = 'r'
  loop
    execute item.statement;
  end loop;
end $$;
analyze
