-- When a person is handed over, the history of their cases goes along; what a step says stays as it was written.
grant update (area) on case_step to qingce_app;
