-- Ends this connection, which keeps its settings as long as it lives. The statement fails with it.
select pg_terminate_backend(pg_backend_pid())
