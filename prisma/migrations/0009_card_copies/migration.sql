-- AlterTable
ALTER TABLE "task_cards" ADD COLUMN     "news" JSONB,
ADD COLUMN     "recipient_id" TEXT,
ADD COLUMN     "told_since" TIMESTAMPTZ(3),
ADD COLUMN     "told_version" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "card_replies" (
    "id" TEXT NOT NULL,
    "card_id" TEXT NOT NULL,
    "entries" JSONB NOT NULL,
    "comment_ids" TEXT[],
    "message_id" TEXT,
    "state" "delivery_state" NOT NULL DEFAULT 'pending',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_token" TEXT,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "card_replies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_homes" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "choice" JSONB NOT NULL DEFAULT '{}',
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "delivery_state" NOT NULL DEFAULT 'sent',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_token" TEXT,
    "error" TEXT,

    CONSTRAINT "app_homes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "card_replies_card_id_idx" ON "card_replies"("card_id");

-- CreateIndex
CREATE INDEX "app_homes_person_id_idx" ON "app_homes"("person_id");

-- CreateIndex
CREATE INDEX "app_homes_opened_at_idx" ON "app_homes"("opened_at");

-- CreateIndex
CREATE UNIQUE INDEX "app_homes_workspace_id_user_id_key" ON "app_homes"("workspace_id", "user_id");

-- AddForeignKey
ALTER TABLE "task_cards" ADD CONSTRAINT "task_cards_recipient_id_fkey" FOREIGN KEY ("recipient_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "card_replies" ADD CONSTRAINT "card_replies_card_id_fkey" FOREIGN KEY ("card_id") REFERENCES "task_cards"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_homes" ADD CONSTRAINT "app_homes_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_homes" ADD CONSTRAINT "app_homes_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "task_cards" ADD CONSTRAINT "task_cards_copy_has_news" CHECK (("recipient_id" IS NULL) = ("news" IS NULL));
ALTER TABLE "card_replies" ADD CONSTRAINT "card_replies_dead_has_reason" CHECK ("state" <> 'dead' OR "error" IS NOT NULL);
ALTER TABLE "card_replies" ADD CONSTRAINT "card_replies_sent_has_message" CHECK ("state" <> 'sent' OR "message_id" IS NOT NULL);

CREATE INDEX "card_replies_waiting" ON "card_replies" ("next_attempt_at", "id") WHERE "state" = 'pending';
CREATE INDEX "app_homes_waiting" ON "app_homes" ("next_attempt_at", "id") WHERE "state" = 'pending';

-- Direct messages are brought up to date for a while, and then let go.
CREATE INDEX "task_cards_copies" ON "task_cards" ("created_at") WHERE "recipient_id" IS NOT NULL;

-- Threads of cards that stand there already tell what happens from now on.
UPDATE "task_cards" SET "told_since" = now();
