-- CreateTable
CREATE TABLE "schedule_marks" (
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "holder" TEXT,
    "leased_until" TIMESTAMPTZ(3),

    CONSTRAINT "schedule_marks_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "channel_digests" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "address" TEXT,
    "at" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "set_by_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_digests_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "channel_digests_workspace_id_channel_id_key" ON "channel_digests"("workspace_id", "channel_id");

-- AddForeignKey
ALTER TABLE "channel_digests" ADD CONSTRAINT "channel_digests_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_digests" ADD CONSTRAINT "channel_digests_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_digests" ADD CONSTRAINT "channel_digests_set_by_id_fkey" FOREIGN KEY ("set_by_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "channel_digests" ADD CONSTRAINT "channel_digests_time" CHECK ("at" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');
