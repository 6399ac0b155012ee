-- Keeps a mail for an hour in the outbox of development, where auth keeps its own.
-- $1 the mail as JSON
insert into "verification" ("id", "identifier", "value", "expiresAt", "createdAt", "updatedAt")
values (gen_random_uuid()::text, 'development-outbox', $1::text, now() + interval '1 hour', now(), now())
