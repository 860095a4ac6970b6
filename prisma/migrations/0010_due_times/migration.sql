-- AlterTable
ALTER TABLE "tasks" ADD COLUMN     "due_set_at" TIMESTAMPTZ(3),
ADD COLUMN     "recurrence_id" TEXT,
ADD COLUMN     "remind_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "reminders" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "task_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "snoozes" BOOLEAN NOT NULL DEFAULT false,
    "told_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reminders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recurrences" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "task_id" TEXT NOT NULL,
    "rule" JSONB NOT NULL,
    "time_zone" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3),
    "made" INTEGER NOT NULL DEFAULT 0,
    "created_by_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recurrences_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "reminders_person_id_idx" ON "reminders"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "reminders_task_id_person_id_at_snoozes_key" ON "reminders"("task_id", "person_id", "at", "snoozes");

-- CreateIndex
CREATE INDEX "recurrences_task_id_idx" ON "recurrences"("task_id");

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_recurrence_id_fkey" FOREIGN KEY ("recurrence_id") REFERENCES "recurrences"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recurrences" ADD CONSTRAINT "recurrences_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recurrences" ADD CONSTRAINT "recurrences_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recurrences" ADD CONSTRAINT "recurrences_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What is due is found by these alone, however many tasks are closed and reminders told.
CREATE INDEX "tasks_to_remind" ON "tasks" ("remind_at", "id") WHERE "remind_at" IS NOT NULL;
CREATE INDEX "reminders_waiting" ON "reminders" ("at", "id") WHERE "told_at" IS NULL;
CREATE INDEX "recurrences_waiting" ON "recurrences" ("next_at", "id") WHERE "next_at" IS NOT NULL;
CREATE INDEX "tasks_of_series" ON "tasks" ("recurrence_id", "number") WHERE "recurrence_id" IS NOT NULL;

-- One snooze of a task at a time.
CREATE UNIQUE INDEX "reminders_one_snooze" ON "reminders" ("task_id", "person_id") WHERE "snoozes" AND "told_at" IS NULL;

ALTER TABLE "recurrences" ADD CONSTRAINT "recurrences_rule" CHECK (jsonb_typeof("rule") = 'object');
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_person_same_organization" FOREIGN KEY ("person_id", "organization_id") REFERENCES "persons" ("id", "organization_id");
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_task_same_organization" FOREIGN KEY ("task_id", "organization_id") REFERENCES "tasks" ("id", "organization_id");
ALTER TABLE "recurrences" ADD CONSTRAINT "recurrences_task_same_organization" FOREIGN KEY ("task_id", "organization_id") REFERENCES "tasks" ("id", "organization_id");

-- Whoever changes a due date, reminding of it starts over; another priority reminds at another pace. The next look at the clock finds
-- out when. The moments are the row's own: a clock that was handed in need not be the server's.
CREATE FUNCTION "crewline_due_set"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."due_at" IS NULL THEN
    NEW."due_set_at" := NULL;
    NEW."remind_at" := NULL;
  ELSIF TG_OP = 'INSERT' THEN
    NEW."due_set_at" := NEW."created_at";
    NEW."remind_at" := NEW."created_at";
  ELSE
    IF OLD."due_at" IS DISTINCT FROM NEW."due_at" THEN
      NEW."due_set_at" := NEW."updated_at";
    END IF;
    NEW."remind_at" := NEW."updated_at";
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "tasks_due_given" BEFORE INSERT ON "tasks" FOR EACH ROW WHEN (NEW."due_at" IS NOT NULL)
  EXECUTE FUNCTION "crewline_due_set"();
-- Fires only for statements that name these columns: a change of status never pays for it.
CREATE TRIGGER "tasks_due_changed" BEFORE UPDATE OF "due_at", "priority" ON "tasks" FOR EACH ROW
  WHEN (OLD."due_at" IS DISTINCT FROM NEW."due_at" OR (OLD."priority" <> NEW."priority" AND NEW."due_at" IS NOT NULL))
  EXECUTE FUNCTION "crewline_due_set"();

-- Of the tasks that are there, those that are still to fall due.
UPDATE "tasks" SET "due_set_at" = "updated_at", "remind_at" = now() WHERE "due_at" > now();
