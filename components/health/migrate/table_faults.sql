-- What about the tables of Better Auth that are there cannot be used: columns that are missing, of another type, or that demand a value that
-- nobody gives; tables under other names or in another schema. One look into the catalogue, which works with and without our own tables.
-- A start may cure it: `columns` (complete_tables.sql; also the demand of Better Auth 1.7.0 to 1.7.2 for "account"."issuer") or `utc` (set_utc.sql). What
-- a script for its owner changes, the last of these faults says. One row in which `found` is null if there is nothing.
with wanted (name, columns) as (values
  -- Each column with its type and, where every row gets a value, `!`.
  ('user', '{id:text!,name:text!,email:text!,emailVerified:boolean!,image:text,createdAt:time!,updatedAt:time!}'),
  ('session', '{id:text!,expiresAt:time!,token:text!,createdAt:time!,updatedAt:time!,ipAddress:text,userAgent:text,userId:text!}'),
  ('account', '{id:text!,accountId:text!,providerId:text!,userId:text!,accessToken:text,refreshToken:text,idToken:text,accessTokenExpiresAt:time,
    refreshTokenExpiresAt:time,scope:text,password:text,createdAt:time!,updatedAt:time!}'),
  ('verification', '{id:text!,identifier:text!,value:text!,expiresAt:time!,createdAt:time!,updatedAt:time!}'),
  ('jwks', '{id:text!,publicKey:text!,privateKey:text!,createdAt:time!,expiresAt:time,alg:text!,crv:text!}'),
  ('rateLimit', '{id:text!,key:text!,count:number!,lastRequest:number!}'),
  ('oauthClient', '{id:text!,clientId:text!,disabled:boolean,skipConsent:boolean,scopes:json,userId:text,createdAt:time!,updatedAt:time!,name:text,
    uri:text,icon:text,contacts:json,tos:text,policy:text,softwareId:text,softwareVersion:text,redirectUris:json!,applicationType:text,
    grantTypes:json}'),
  ('oauthResource', '{id:text!,identifier:text!,name:text!,createdAt:time!,updatedAt:time!}'),
  ('oauthClientResource', '{id:text!,clientId:text!,resourceId:text!,createdAt:time!}'),
  ('oauthRefreshToken', '{id:text!,token:text!,clientId:text!,sessionId:text,userId:text!,authorizationCodeId:text,resources:json,expiresAt:time!,
    createdAt:time!,revoked:time,rotatedAt:time,authTime:time,scopes:json!}'),
  ('oauthAccessToken', '{id:text!,token:text!,clientId:text!,sessionId:text,userId:text,authorizationCodeId:text,refreshId:text,
    expiresAt:time!,createdAt:time!}'),
  ('oauthConsent', '{id:text!,clientId:text!,userId:text,referenceId:text,resources:json,requestedUserInfoClaims:json,scopes:json!,createdAt:time!,
    updatedAt:time!}'),
  ('twoFactor', '{id:text!,secret:text!,backupCodes:text!,userId:text!,verified:boolean,failedVerificationCount:number,lockedUntil:time}')
),
-- Read from pg_class instead of by to_regclass: that also finds what was made since this statement began, whose columns `present` does not have.
tables as (
  select c.relname::text as name, c.oid as relation
  from pg_class as c
  where c.relname in (select w.name from wanted as w) and pg_table_is_visible(c.oid)
),
expected as (
  select w.name, t.relation, split_part(pair.text, ':', 1) as column_name,
    rtrim(split_part(pair.text, ':', 2), '!') as kind, right(pair.text, 1) = '!' as is_filled, pair.number
  from wanted as w join tables as t on t.name = w.name, unnest(w.columns::text[]) with ordinality as pair (text, number)
),
present as (
  select a.attrelid as relation, a.attname::text as name, format_type(a.atttypid, null) as type,
    a.attnotnull and not a.atthasdef and a.attidentity = '' as demands
  from pg_attribute as a
  where a.attrelid in (select t.relation from tables as t) and a.attnum > 0 and not a.attisdropped
),
-- The names of columns where a table of Better Auth's may be under another name.
elsewhere as (
  select n.nspname::text as schema, c.relname::text as name, c.oid, array_agg(a.attname::text) as columns
  from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
  join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relname in ('user', 'users', 'User', 'session', 'sessions', 'Session') and c.relkind in ('r', 'p', 'v')
    and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
  group by n.nspname, c.relname, c.oid
),
-- Tables that an older plugin made under the names of today's.
of_older_plugin as (
  select o.name from (values ('oauthAccessToken', 'accessToken'), ('oauthConsent', 'consentGiven')) as o (name, mark)
  where exists (select from tables as t join present as p on p.relation = t.relation where t.name = o.name and p.name = o.mark)
),
faults as (
  select 1 as kind, e.name, e.number, format('"%s"."%s" is missing', e.name, e.column_name)
    || case when other.name is not null
      then format(' ("%s" is there: the columns must have Better Auth''s own names)', other.name) else '' end as fault,
    case when other.name is not null then 'script'
      when not e.is_filled or e.name = 'jwks' and e.column_name in ('alg', 'crv') then 'columns' end as cure
  from expected as e left join present as other
    on other.relation = e.relation and lower(replace(other.name, '_', '')) = lower(e.column_name) and other.name <> e.column_name
  where not exists (select from present as p where p.relation = e.relation and p.name = e.column_name)
  union all
  select 2, e.name, e.number, format('"%s"."%s" is %s; %s is needed', e.name, e.column_name, p.type,
    case e.kind when 'time' then 'timestamp with time zone' when 'number' then 'bigint' when 'json' then 'jsonb' else e.kind end),
    case when e.kind = 'text' and e.column_name ~ '(^id|Id)$' and p.type in ('uuid', 'smallint', 'integer', 'bigint') then 'script' end
  from expected as e join present as p on p.relation = e.relation and p.name = e.column_name
  where case e.kind
    when 'text' then p.type not in ('text', 'character varying', 'citext')
    when 'boolean' then p.type <> 'boolean'
    when 'time' then p.type not in ('timestamp with time zone', 'timestamp without time zone')
    when 'number' then p.type not in ('integer', 'bigint')
    else p.type not in ('json', 'jsonb')
  end
  union all
  select 3, t.name, 0, format('"%s"."%s" is not null, has no default, and nobody fills it: run `alter table "%1$s" alter "%2$s" drop not null`',
    t.name, p.name), case when t.name = 'account' and p.name = 'issuer' then 'columns' end
  from tables as t join present as p on p.relation = t.relation
  -- Nothing is added to "oauthAccessToken" here.
  where p.demands and t.name <> 'oauthAccessToken' and not exists (
    select from expected as e where e.relation = p.relation and (e.column_name = p.name and e.is_filled
      or e.column_name <> p.name and lower(e.column_name) = lower(replace(p.name, '_', '')))
  )
  union all
  select 4, u.name, 0, case
    when u.name <> 'user' or not u.columns @> '{emailVerified}'
      then format('the users are in "%s"."%s" with names that are not Better Auth''s own; the table "user" with "emailVerified" is needed', u.schema, u.name)
    else format('Better Auth''s tables are in the schema "%s": add the parameter options=-c%%20search_path%%3D%1$s to DATABASE_URL', u.schema)
  end, case when u.name <> 'user' or not u.columns @> '{emailVerified}' then 'script' end
  from elsewhere as u
  where to_regclass('"user"') is null and u.name ilike 'user%' and u.columns && '{emailVerified,email_verified}' and exists (
    select from elsewhere as s
    where s.schema = u.schema and s.name ilike 'session%' and s.columns @> '{token}' and s.columns && '{userId,user_id}'
  )
  union all
  select 5, '', 0, format('the user "%s" of the database may not create the schema "todo" in it: run `grant create on database "%s" to "%1$s"`',
    current_user, current_database()), null
  where to_regnamespace('todo') is null and not has_database_privilege(current_database(), 'create')
  union all
  (
    select 6, e.name, 0, format('"%s"."%s" has no time zone and holds UTC, but the TimeZone of the database is %s: run '
      '`alter role "%s" in database "%s" set timezone to ''UTC''`', e.name, e.column_name, current_setting('TimeZone'), current_user, current_database()), 'utc'
    from expected as e join present as p on p.relation = e.relation and p.name = e.column_name
    where p.type = 'timestamp without time zone' and current_setting('TimeZone') !~* '^((Etc/)?(UTC|GMT|UCT|Universal|Zulu|Greenwich))$'
    order by e.name, e.number limit 1
  )
  union all
  select 7, o.name, 0, format('"%s" is a table of Better Auth''s older oidc-provider or mcp plugin: give it another name, once no other server uses it, by '
    '`alter table "%1$s" rename to "older_%1$s"`', o.name), null
  from of_older_plugin as o
)
select listed.* from (select) as always left join (
  select true as found, kind, name, number, nullif(cure, 'script') as cure, fault || case
      when cure = 'script' and row_number() over (partition by cure order by kind, name desc, number desc) = 1
      then ' (`psql "$DATABASE_URL" -f scripts/better-auth-tables.sql` changes these names and types)' else ''
    end as fault
  from faults
  where kind > 3 or name not in (select o.name from of_older_plugin as o)
) as listed on true
order by listed.kind desc, listed.name, listed.number
