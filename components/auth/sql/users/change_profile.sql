-- Changes name and image.
-- $1 user, $2 name or null for no change, $3 whether the image changes, $4 image or null
update "user" set
  "name" = coalesce($2::text, "name"),
  "image" = case when $3::boolean then $4::text else "image" end,
  "updatedAt" = date_trunc('milliseconds', now())
where "id" = $1::text
