-- Adds to Better Auth's tables, where another version made them, the columns that only newer versions have. All of them may be null, so the
-- genuine server of each version goes on working. Better Auth 1.7.0 to 1.7.2 demand "account"."issuer", which no other version writes: it may be null, too. A table in which a column without null is missing is another plugin's; it is left.
do $complete$
declare
  item record;
begin
  for item in
    select wanted.name, column_name, type
    from (values
      ('user', '', '{image:text}'),
      ('session', '', '{ipAddress:text,userAgent:text}'),
      ('account', '', '{accessToken:text,refreshToken:text,idToken:text,accessTokenExpiresAt:timestamptz,refreshTokenExpiresAt:timestamptz,
        scope:text,password:text}'),
      ('jwks', '', '{alg:text,crv:text,expiresAt:timestamptz}'),
      ('oauthClient', 'redirectUris', '{clientSecret:text,clientDiscoveryId:text,disabled:boolean,skipConsent:boolean,enableEndSession:boolean,
        subjectType:text,scopes:jsonb,clientCredentialsScopes:jsonb,userId:text,createdAt:timestamptz,updatedAt:timestamptz,name:text,uri:text,
        icon:text,contacts:jsonb,tos:text,policy:text,softwareId:text,softwareVersion:text,softwareStatement:text,postLogoutRedirectUris:jsonb,
        backchannelLogoutUri:text,backchannelLogoutSessionRequired:boolean,tokenEndpointAuthMethod:text,applicationType:text,jwks:text,
        jwksUri:text,grantTypes:jsonb,responseTypes:jsonb,requirePKCE:boolean,dpopBoundAccessTokens:boolean,referenceId:text,metadata:jsonb}'),
      ('oauthRefreshToken', 'token', '{sessionId:text,referenceId:text,authorizationCodeId:text,resources:jsonb,requestedUserInfoClaims:jsonb,
        revoked:timestamptz,rotatedAt:timestamptz,rotationReplayResponse:text,rotationReplayExpiresAt:timestamptz,authTime:timestamptz,
        confirmation:jsonb}'),
      ('oauthAccessToken', 'token', '{sessionId:text,userId:text,referenceId:text,authorizationCodeId:text,resources:jsonb,
        requestedUserInfoClaims:jsonb,refreshId:text,revoked:timestamptz,confirmation:jsonb}'),
      ('twoFactor', 'secret', '{verified:boolean,failedVerificationCount:integer,lockedUntil:timestamptz}'),
      ('oauthConsent', 'scopes', '{userId:text,referenceId:text,resources:jsonb,requestedUserInfoClaims:jsonb}')
    ) as wanted (name, mark, columns),
      unnest(wanted.columns::text[]) as pair, lateral (select split_part(pair, ':', 1), split_part(pair, ':', 2)) as new (column_name, type)
    where to_regclass(quote_ident(wanted.name)) is not null
      and (wanted.mark = '' or exists (
        select from pg_attribute where attrelid = to_regclass(quote_ident(wanted.name)) and attname = wanted.mark and not attisdropped
      ))
      and not exists (
        select from pg_attribute where attrelid = to_regclass(quote_ident(wanted.name)) and attname = new.column_name and not attisdropped
      )
  loop
    execute format('alter table %I add column %I %s', item.name, item.column_name, item.type);
  end loop;
  if exists (
    select from pg_attribute where attrelid = to_regclass('"account"') and attname = 'issuer' and attnotnull and not attisdropped
  ) then
    alter table "account" alter column "issuer" drop not null;
  end if;
end $complete$
