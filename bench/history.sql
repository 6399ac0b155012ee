-- Owners with 30 tasks each, one with `tasks` tasks and one with 10,000, all of which have grams. Triggers do not run, so nothing of it is in the history.
set session_replication_role = replica;
set search_path to public, todo;
insert into "user" ("id", "name", "email", "emailVerified")
select id, id, id || '@example.com', true
from (select 'bench' || lpad(n::text, 27, '0') as id from generate_series(1, 16) as n union all values ('bench-many'), ('bench-some')) as owners;
insert into task (user_id, id, title, title_key, title_search)
select u."id", n, 'Task ' || n, 'task ' || n, 'task ' || n from "user" as u, generate_series(1, 30) as n where u."id" not in ('bench-many', 'bench-some');
insert into task_counter (user_id, last_id, live) select "id", 30, 30 from "user";
create temporary table many as select * from (values ('bench-many', :tasks), ('bench-some', 10000)) as m (owner, amount);
update task_counter as c set last_id = amount, live = amount, search_state = 2 from many where user_id = owner;
insert into task_list (user_id, id, name, name_key) values ('bench-many', 1, 'Home', 'home');
create temporary table word as
select n, word from unnest(string_to_array('milk bread butter cheese eggs report invoice dentist garden paint kitchen window letter call meeting
plan travel ticket hotel passport insurance car service tyres oil laundry shoes jacket present birthday party cake candle music guitar lesson school
homework teacher book library return post office stamp parcel bank transfer rent water power bill router cable phone charger battery lamp bulb screw
hammer ladder wall shelf carpet sofa table chair desk drawer folder paper printer ink scan copy sign send answer mail friend visit walk run bike
repair helmet lock key door bell', ' ')) with ordinality as w (word, n);
insert into task (user_id, id, title, title_key, title_search, description, description_search, completed, priority, due_day, list_id, tags, tag_keys, grams)
select owner, k, t.title, t.title, t.title, t.title || ' soon', t.title || ' soon', k % 3 = 0, 1 + k % 4,
  case when k % 5 = 0 then date '2026-06-01' + (k % 400)::integer end, case when k % 200 = 0 then 1 end,
  case when k % 100 = 0 then '{home}'::text[] else '{}' end, case when k % 100 = 0 then '{home}'::text[] else '{}' end,
  text_grams(owner, t.title || E'\n' || t.title || ' soon')
from many, generate_series(1, amount) as g (k), lateral (
  select a.word || ' ' || b.word || ' ' || c.word || ' ' || k as title from word as a, word as b, word as c
  where a.n = 1 + k * 7 % 90 and b.n = 1 + (k * 13 + k / 90) % 90 and c.n = 1 + (k * 31 + k / 8100) % 90
) as t;
analyze;
