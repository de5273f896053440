-- A request's key is taken before its work is done and gets its answer afterwards.
grant update (status, body) on idempotency to qingce_app;
