-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "platform" AS ENUM ('slack', 'teams');

-- CreateEnum
CREATE TYPE "status_category" AS ENUM ('todo', 'active', 'blocked', 'review', 'done', 'cancelled');

-- CreateEnum
CREATE TYPE "priority" AS ENUM ('low', 'normal', 'high', 'urgent');

-- CreateEnum
CREATE TYPE "assignee_mode" AS ENUM ('anyone', 'everyone');

-- CreateEnum
CREATE TYPE "assignee_state" AS ENUM ('assigned', 'accepted', 'declined', 'done');

-- CreateEnum
CREATE TYPE "delivery_state" AS ENUM ('pending', 'sent', 'skipped', 'dead');

-- CreateEnum
CREATE TYPE "join_state" AS ENUM ('open', 'approved', 'denied');

-- CreateTable
CREATE TABLE "organizations" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "next_task_number" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspaces" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "platform" "platform" NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "bot_token_cipher" TEXT,
    "bot_user_id" TEXT,
    "uninstalled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspaces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "persons" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "locale" TEXT NOT NULL DEFAULT 'en',
    "deactivated_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "persons_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "managers" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "admin" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "managers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workers" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "manager_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chat_accounts" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "direct_address" TEXT,
    "refused_at" TIMESTAMPTZ(3),
    "refused_reason" TEXT,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chat_accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "join_requests" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "locale" TEXT NOT NULL DEFAULT 'en',
    "direct_address" TEXT,
    "state" "join_state" NOT NULL DEFAULT 'open',
    "decided_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "join_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "projects" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "needs_approval" BOOLEAN NOT NULL DEFAULT false,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project_members" (
    "project_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_members_pkey" PRIMARY KEY ("project_id","person_id")
);

-- CreateTable
CREATE TABLE "channel_links" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "channel_name" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "address" TEXT,
    "filters" JSONB NOT NULL DEFAULT '{}',
    "created_by_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statuses" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "category" "status_category" NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "statuses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tasks" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "project_id" TEXT,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "priority" "priority" NOT NULL DEFAULT 'normal',
    "due_at" TIMESTAMPTZ(3),
    "due_has_time" BOOLEAN NOT NULL DEFAULT false,
    "status_id" TEXT NOT NULL,
    "status_note" TEXT,
    "status_changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "status_changed_by_id" TEXT NOT NULL,
    "assignee_mode" "assignee_mode" NOT NULL DEFAULT 'anyone',
    "parent_id" TEXT,
    "created_by_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task_assignees" (
    "task_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "state" "assignee_state" NOT NULL DEFAULT 'assigned',
    "note" TEXT,
    "assigned_by_id" TEXT NOT NULL,
    "assigned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "task_assignees_pkey" PRIMARY KEY ("task_id","person_id")
);

-- CreateTable
CREATE TABLE "comments" (
    "id" TEXT NOT NULL,
    "task_id" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "comments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task_cards" (
    "id" TEXT NOT NULL,
    "task_id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "address" TEXT,
    "message_id" TEXT,
    "requested_by_id" TEXT NOT NULL,
    "state" "delivery_state" NOT NULL DEFAULT 'pending',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_token" TEXT,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "task_cards_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notifications" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "recipient_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "task_id" TEXT,
    "actor_id" TEXT,
    "data" JSONB NOT NULL DEFAULT '{}',
    "dedupe_key" TEXT NOT NULL,
    "state" "delivery_state" NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_token" TEXT,
    "error" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invocations" (
    "key" TEXT NOT NULL,
    "reply" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invocations_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "audit_outbox" (
    "id" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "body" JSONB NOT NULL,
    "seq" INTEGER,
    "prev_hash" TEXT,
    "hash" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_token" TEXT,
    "error" TEXT,

    CONSTRAINT "audit_outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_chains" (
    "actor" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_chains_pkey" PRIMARY KEY ("actor")
);

-- CreateTable
CREATE TABLE "send_budgets" (
    "key" TEXT NOT NULL,
    "free_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "send_budgets_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "workspaces_organization_id_idx" ON "workspaces"("organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "workspaces_platform_external_id_key" ON "workspaces"("platform", "external_id");

-- CreateIndex
CREATE INDEX "persons_organization_id_name_idx" ON "persons"("organization_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "persons_organization_id_email_key" ON "persons"("organization_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "managers_person_id_key" ON "managers"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "workers_person_id_key" ON "workers"("person_id");

-- CreateIndex
CREATE INDEX "workers_manager_id_idx" ON "workers"("manager_id");

-- CreateIndex
CREATE UNIQUE INDEX "chat_accounts_workspace_id_external_id_key" ON "chat_accounts"("workspace_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "chat_accounts_person_id_workspace_id_key" ON "chat_accounts"("person_id", "workspace_id");

-- CreateIndex
CREATE INDEX "join_requests_workspace_id_external_id_idx" ON "join_requests"("workspace_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "projects_organization_id_key_key" ON "projects"("organization_id", "key");

-- CreateIndex
CREATE INDEX "project_members_person_id_idx" ON "project_members"("person_id");

-- CreateIndex
CREATE INDEX "channel_links_project_id_idx" ON "channel_links"("project_id");

-- CreateIndex
CREATE UNIQUE INDEX "channel_links_workspace_id_channel_id_project_id_key" ON "channel_links"("workspace_id", "channel_id", "project_id");

-- CreateIndex
CREATE UNIQUE INDEX "statuses_organization_id_name_key" ON "statuses"("organization_id", "name");

-- CreateIndex
CREATE INDEX "tasks_project_id_status_id_idx" ON "tasks"("project_id", "status_id");

-- CreateIndex
CREATE INDEX "tasks_organization_id_due_at_idx" ON "tasks"("organization_id", "due_at");

-- CreateIndex
CREATE INDEX "tasks_created_by_id_idx" ON "tasks"("created_by_id");

-- CreateIndex
CREATE INDEX "tasks_parent_id_idx" ON "tasks"("parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "tasks_organization_id_number_key" ON "tasks"("organization_id", "number");

-- CreateIndex
CREATE INDEX "task_assignees_person_id_idx" ON "task_assignees"("person_id");

-- CreateIndex
CREATE INDEX "comments_task_id_created_at_idx" ON "comments"("task_id", "created_at");

-- CreateIndex
CREATE INDEX "task_cards_task_id_idx" ON "task_cards"("task_id");

-- CreateIndex
CREATE UNIQUE INDEX "task_cards_workspace_id_channel_id_message_id_key" ON "task_cards"("workspace_id", "channel_id", "message_id");

-- CreateIndex
CREATE UNIQUE INDEX "notifications_dedupe_key_key" ON "notifications"("dedupe_key");

-- CreateIndex
CREATE INDEX "notifications_recipient_id_created_at_idx" ON "notifications"("recipient_id", "created_at");

-- CreateIndex
CREATE INDEX "notifications_task_id_idx" ON "notifications"("task_id");

-- CreateIndex
CREATE INDEX "invocations_created_at_idx" ON "invocations"("created_at");

-- CreateIndex
CREATE INDEX "audit_outbox_actor_seq_idx" ON "audit_outbox"("actor", "seq");

-- AddForeignKey
ALTER TABLE "workspaces" ADD CONSTRAINT "workspaces_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "persons" ADD CONSTRAINT "persons_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "managers" ADD CONSTRAINT "managers_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workers" ADD CONSTRAINT "workers_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workers" ADD CONSTRAINT "workers_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "managers"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_accounts" ADD CONSTRAINT "chat_accounts_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_accounts" ADD CONSTRAINT "chat_accounts_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "join_requests" ADD CONSTRAINT "join_requests_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "join_requests" ADD CONSTRAINT "join_requests_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "join_requests" ADD CONSTRAINT "join_requests_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "persons"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "projects" ADD CONSTRAINT "projects_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "projects" ADD CONSTRAINT "projects_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "managers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_members" ADD CONSTRAINT "project_members_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_members" ADD CONSTRAINT "project_members_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_links" ADD CONSTRAINT "channel_links_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_links" ADD CONSTRAINT "channel_links_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_links" ADD CONSTRAINT "channel_links_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statuses" ADD CONSTRAINT "statuses_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_status_id_fkey" FOREIGN KEY ("status_id") REFERENCES "statuses"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_status_changed_by_id_fkey" FOREIGN KEY ("status_changed_by_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "tasks"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_assignees" ADD CONSTRAINT "task_assignees_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_assignees" ADD CONSTRAINT "task_assignees_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_assignees" ADD CONSTRAINT "task_assignees_assigned_by_id_fkey" FOREIGN KEY ("assigned_by_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_cards" ADD CONSTRAINT "task_cards_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_cards" ADD CONSTRAINT "task_cards_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_recipient_id_fkey" FOREIGN KEY ("recipient_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "persons"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks"("id") ON DELETE SET NULL ON UPDATE CASCADE;

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
