-- Deletes a refresh token and all that came from the same code.
-- $1 client, $2 user, $3 hash of the code or null, $4 id of the token
delete from "oauthRefreshToken"
where "clientId" = $1::text and "userId" = $2::text and ("id" = $4::text or "authorizationCodeId" = $3::text)
