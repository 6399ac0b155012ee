-- The consents of a user, oldest first, and when an old key of the client was used; one row in which `found` is null if there are none.
-- $1 user
select o.* from (select) as always left join (
  select true as found,
    o."id" as id, o."clientId" as client_id, o."userId" as user_id, o."referenceId" as reference_id,
    o."resources"::text as resources, o."requestedUserInfoClaims"::text as claims, o."scopes"::text as scopes,
    (o."createdAt" at time zone 'utc')::timestamp as created_at, (o."updatedAt" at time zone 'utc')::timestamp as updated_at,
    u.seen_at at time zone 'utc' as reused_at
  from "oauthConsent" as o
  left join todo.refresh_reuse as u on u.user_id = o."userId" and u.client_id = o."clientId"
  where o."userId" = $1::text
) as o on true
order by o.created_at, o.id
