
-- What Prisma's schema can't express: the rules that keep the data true whatever the code does.

ALTER TABLE "organizations" ADD CONSTRAINT "organizations_next_task_number_positive" CHECK ("next_task_number" > 0);
ALTER TABLE "persons" ADD CONSTRAINT "persons_name_not_blank" CHECK (btrim("name") <> '' AND length("name") <= 200);
ALTER TABLE "persons" ADD CONSTRAINT "persons_email_lower_case" CHECK ("email" = lower("email"));
ALTER TABLE "projects" ADD CONSTRAINT "projects_key_form" CHECK ("key" ~ '^[A-Z][A-Z0-9]{1,9}$');
ALTER TABLE "projects" ADD CONSTRAINT "projects_name_not_blank" CHECK (btrim("name") <> '');
ALTER TABLE "statuses" ADD CONSTRAINT "statuses_name_not_blank" CHECK (btrim("name") <> '');
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_number_positive" CHECK ("number" > 0);
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_version_positive" CHECK ("version" > 0);
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_title_length" CHECK (btrim("title") <> '' AND length("title") <= 300);
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_not_own_parent" CHECK ("parent_id" <> "id");
ALTER TABLE "comments" ADD CONSTRAINT "comments_body_length" CHECK (btrim("body") <> '' AND length("body") <= 10000);
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_never_to_the_actor" CHECK ("recipient_id" <> "actor_id");
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_sent_has_time" CHECK (("state" = 'sent') = ("sent_at" IS NOT NULL));
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_dead_has_reason" CHECK ("state" <> 'dead' OR "error" IS NOT NULL);
ALTER TABLE "task_cards" ADD CONSTRAINT "task_cards_dead_has_reason" CHECK ("state" <> 'dead' OR "error" IS NOT NULL);
ALTER TABLE "task_cards" ADD CONSTRAINT "task_cards_sent_has_message" CHECK ("state" <> 'sent' OR "message_id" IS NOT NULL);
ALTER TABLE "audit_outbox" ADD CONSTRAINT "audit_outbox_sealed_whole" CHECK (("seq" IS NULL) = ("hash" IS NULL) AND ("seq" IS NULL) = ("prev_hash" IS NULL));

-- A parent or a project of another organisation can't be named.
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_id_organization" UNIQUE ("id", "organization_id");
ALTER TABLE "projects" ADD CONSTRAINT "projects_id_organization" UNIQUE ("id", "organization_id");
ALTER TABLE "statuses" ADD CONSTRAINT "statuses_id_organization" UNIQUE ("id", "organization_id");
ALTER TABLE "persons" ADD CONSTRAINT "persons_id_organization" UNIQUE ("id", "organization_id");
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_project_same_organization" FOREIGN KEY ("project_id", "organization_id") REFERENCES "projects" ("id", "organization_id");
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_status_same_organization" FOREIGN KEY ("status_id", "organization_id") REFERENCES "statuses" ("id", "organization_id");
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_parent_same_organization" FOREIGN KEY ("parent_id", "organization_id") REFERENCES "tasks" ("id", "organization_id");
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_recipient_same_organization" FOREIGN KEY ("recipient_id", "organization_id") REFERENCES "persons" ("id", "organization_id");

-- One open request a chat account.
CREATE UNIQUE INDEX "join_requests_one_open" ON "join_requests" ("workspace_id", "external_id") WHERE "state" = 'open';

-- Claims read only what is waiting, however many rows are finished.
CREATE INDEX "notifications_waiting" ON "notifications" ("next_attempt_at", "id") WHERE "state" = 'pending';
CREATE INDEX "task_cards_waiting" ON "task_cards" ("next_attempt_at", "id") WHERE "state" = 'pending';
CREATE INDEX "audit_outbox_waiting" ON "audit_outbox" ("next_attempt_at", "id");
CREATE INDEX "audit_outbox_unsealed" ON "audit_outbox" ("actor", "id") WHERE "seq" IS NULL;

-- Makes a commit fail as a whole when a row was not as it had been read (see src/lib/work.ts).
CREATE FUNCTION "crewline_expect"("actual" bigint, "expected" integer) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF "actual" <> "expected" THEN
    RAISE EXCEPTION 'expected % rows, found %', "expected", "actual" USING ERRCODE = 'CL001';
  END IF;
  RETURN true;
END $$;
