-- CreateTable
CREATE TABLE "task_changes" (
    "task_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "person_id" TEXT NOT NULL,
    "before" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "task_changes_pkey" PRIMARY KEY ("task_id","version")
);

-- CreateIndex
CREATE INDEX "task_changes_person_id_created_at_idx" ON "task_changes"("person_id", "created_at");

-- CreateIndex
CREATE INDEX "task_changes_created_at_idx" ON "task_changes"("created_at");

-- AddForeignKey
ALTER TABLE "task_changes" ADD CONSTRAINT "task_changes_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_changes" ADD CONSTRAINT "task_changes_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
