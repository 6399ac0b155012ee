-- Gives the tables of a Better Auth server the names and types that this app needs, where that server was told to use others:
--   psql "$DATABASE_URL" -f scripts/better-auth-tables.sql
-- Tables and columns in snake_case and tables in plural get Better Auth's own names. Ids of type uuid or integer become text, in these tables and
-- wherever a foreign key refers to them. Values and defaults stay. It is one statement, done wholly or not at all; another run changes nothing.
-- docs/move-in.md says what the server that goes on beside this app must be told.
do $better_auth_tables$
declare
  home regnamespace := coalesce(current_schema(), 'public')::regnamespace;
  item record;
begin
  -- Better Auth's tables, each with a column that another program's table of the same name hardly has.
  create temporary table own_table on commit drop as
  select own.name, c.oid as relation
  from (values ('user', 'emailverified'), ('session', 'userid'), ('account', 'providerid'), ('verification', 'identifier'), ('jwks', 'publickey'),
    ('rateLimit', 'lastrequest'), ('twoFactor', 'backupcodes'), ('oauthClient', 'redirecturis'), ('oauthResource', 'identifier'),
    ('oauthClientResource', 'resourceid'), ('oauthRefreshToken', 'token'), ('oauthAccessToken', 'token'), ('oauthConsent', 'resources')
  ) as own (name, mark)
  join pg_class as c on c.relnamespace = home and c.relkind in ('r', 'p')
    and lower(replace(c.relname, '_', '')) in (lower(own.name), lower(own.name) || 's')
  where exists (select from pg_attribute as a where a.attrelid = c.oid and not a.attisdropped and lower(replace(a.attname, '_', '')) = own.mark)
    and (c.relname = own.name or not exists (select from pg_class as o where o.relnamespace = home and o.relname = own.name));

  for item in
    select o.relation::regclass as table_name, o.name from own_table as o join pg_class as c on c.oid = o.relation where c.relname <> o.name
  loop
    execute format('alter table %s rename to %I', item.table_name, item.name);
  end loop;

  for item in
    select o.relation::regclass as table_name, a.attname, own.name
    from own_table as o join pg_attribute as a on a.attrelid = o.relation and a.attnum > 0 and not a.attisdropped and a.attname like '%\_%',
      lateral (
        select string_agg(case when word.number = 1 then word.text else initcap(word.text) end, '' order by word.number) as name
        from unnest(string_to_array(a.attname, '_')) with ordinality as word (text, number)
      ) as own
    where not exists (select from pg_attribute as other where other.attrelid = o.relation and other.attname = own.name)
  loop
    execute format('alter table %s rename %I to %I', item.table_name, item.attname, item.name);
  end loop;

  create temporary table own_id on commit drop as
  with recursive id (relation, number) as (
    select a.attrelid, a.attnum
    from own_table as o join pg_attribute as a on a.attrelid = o.relation and a.attname ~ '(^id|Id)$' and not a.attisdropped
    where a.atttypid in ('uuid'::regtype, 'smallint'::regtype, 'integer'::regtype, 'bigint'::regtype)
    union
    select f.conrelid, f.conkey[place.n]
    from id join pg_constraint as f on f.contype = 'f' and f.confrelid = id.relation, generate_subscripts(f.confkey, 1) as place (n)
    where f.confkey[place.n] = id.number
  )
  select id.relation, a.attname as name, a.attidentity <> '' as has_identity, pg_get_expr(d.adbin, d.adrelid) as filled_by, id.number
  from id join pg_attribute as a on a.attrelid = id.relation and a.attnum = id.number
  left join pg_attrdef as d on d.adrelid = id.relation and d.adnum = id.number;

  create temporary table own_reference on commit drop as
  select f.conrelid as relation, f.conname as name, pg_get_constraintdef(f.oid) as definition
  from pg_constraint as f
  where f.contype = 'f' and f.conparentid = 0 and exists (
    select from own_id as i where i.relation = f.conrelid and i.number = any (f.conkey) or i.relation = f.confrelid and i.number = any (f.confkey)
  );

  for item in select r.relation::regclass as table_name, r.name from own_reference as r loop
    execute format('alter table %s drop constraint %I', item.table_name, item.name);
  end loop;
  for item in select i.relation::regclass as table_name, i.name, i.has_identity, i.filled_by from own_id as i loop
    if item.has_identity then
      execute format('alter table %s alter %I drop identity', item.table_name, item.name);
    end if;
    execute format('alter table %s alter %I drop default', item.table_name, item.name);
    execute format('alter table %s alter %I type text using %2$I::text', item.table_name, item.name);
    if item.filled_by is not null then
      execute format('alter table %s alter %I set default (%s)::text', item.table_name, item.name, item.filled_by);
    end if;
  end loop;
  for item in select r.relation::regclass as table_name, r.name, r.definition from own_reference as r loop
    execute format('alter table %s add constraint %I %s', item.table_name, item.name, item.definition);
  end loop;
  drop table own_reference, own_id, own_table;
end $better_auth_tables$
