-- Better Auth's table of request counters, made only where it is missing.
create table if not exists "rateLimit" (
  "id" text not null primary key,
  "key" text not null unique,
  "count" integer not null,
  "lastRequest" bigint not null
);

-- For clearing away counters whose time is over.
create index if not exists "rateLimit_lastRequest_idx" on "rateLimit" ("lastRequest");
