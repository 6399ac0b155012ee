-- What the release before this schema calls `message` beside Better Auth's tables. It was a view, and a view has no constraint; but that release stores
-- the results of tools `on conflict on constraint message_pkey`. So it becomes a table without rows of its own, from which ours inherits: it
-- reads and changes ours, and its trigger stores there what is added. It goes one release later, as the views do.
do $message$
declare
  home text := (current_schemas(false))[2];
begin
  if not exists (select from pg_class where relnamespace = home::regnamespace and relname = 'message' and relkind = 'v') then
    return;
  end if;
  execute format('drop view %I.message', home);
  execute format('create table %I.message (like message including defaults, '
    'constraint message_pkey primary key (user_id, conversation_id, turn, step))', home);
  execute format('alter table message inherit %I.message', home);
  execute format($earlier$
    create function %1$I.keep_message() returns trigger language plpgsql as $keep$
    begin
      insert into todo.message select new.*
      on conflict on constraint message_pkey do update set tool_calls = excluded.tool_calls;
      return null;
    end $keep$
  $earlier$, home);
  execute format('create trigger message_kept before insert on %1$I.message for each row execute function %1$I.keep_message()', home);
end $message$;
