-- AlterEnum
ALTER TYPE "delivery_state" ADD VALUE 'held' BEFORE 'sent';

-- AlterTable
ALTER TABLE "chat_accounts" ADD COLUMN     "last_message" JSONB;

-- AlterTable
ALTER TABLE "tasks" ADD COLUMN     "watched" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "notifications" ADD COLUMN     "held_for" TEXT,
ADD COLUMN     "lane" TEXT;

-- CreateTable
CREATE TABLE "task_followers" (
    "task_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "task_followers_pkey" PRIMARY KEY ("task_id","person_id")
);

-- CreateTable
CREATE TABLE "holidays" (
    "organization_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "holidays_pkey" PRIMARY KEY ("organization_id","day")
);

-- CreateIndex
CREATE INDEX "task_followers_person_id_idx" ON "task_followers"("person_id");

-- AddForeignKey
ALTER TABLE "task_followers" ADD CONSTRAINT "task_followers_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_followers" ADD CONSTRAINT "task_followers_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "holidays" ADD CONSTRAINT "holidays_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "task_followers" ADD CONSTRAINT "task_followers_mode" CHECK ("mode" IN ('watching', 'muted'));
ALTER TABLE "holidays" ADD CONSTRAINT "holidays_name_not_blank" CHECK (btrim("name") <> '' AND length("name") <= 100);
-- As text: a value that was added to an enum can't be used in the transaction that adds it.
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_held_for" CHECK (
  ("state"::text = 'held') = ("held_for" IS NOT NULL) AND "held_for" IN ('summary', 'digest'));

-- What waits for the person's next summary or digest.
CREATE INDEX "notifications_held" ON "notifications" ("recipient_id", "held_for") WHERE "held_for" IS NOT NULL;

-- Digests wait apart, by workspace: a claim must not read past ten thousand of them to what answers somebody.
DROP INDEX "notifications_waiting";
CREATE INDEX "notifications_waiting" ON "notifications" ("next_attempt_at", "id") WHERE "state" = 'pending' AND "lane" IS NULL;
CREATE INDEX "notifications_waiting_in_lanes" ON "notifications" ("lane", "next_attempt_at", "id") WHERE "state" = 'pending' AND "lane" IS NOT NULL;
