-- CreateTable
CREATE TABLE "person_settings" (
    "person_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "language" TEXT,
    "quiet_from" TEXT,
    "quiet_to" TEXT,
    "work_days" INTEGER[],
    "away_until" TIMESTAMPTZ(3),
    "digest" BOOLEAN,
    "digest_at" TEXT,
    "digest_days" INTEGER[],
    "events" JSONB,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_settings_pkey" PRIMARY KEY ("person_id")
);

-- AddForeignKey
ALTER TABLE "person_settings" ADD CONSTRAINT "person_settings_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_settings" ADD CONSTRAINT "person_settings_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "person_settings" ADD CONSTRAINT "person_settings_language" CHECK ("language" IN ('en', 'es'));
ALTER TABLE "person_settings" ADD CONSTRAINT "person_settings_times" CHECK (
  "quiet_from" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' AND "quiet_to" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
  AND "digest_at" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');
ALTER TABLE "person_settings" ADD CONSTRAINT "person_settings_both_quiet_times" CHECK (("quiet_from" IS NULL) = ("quiet_to" IS NULL));
ALTER TABLE "person_settings" ADD CONSTRAINT "person_settings_days" CHECK (
  "work_days" <@ ARRAY[1, 2, 3, 4, 5, 6, 7] AND "digest_days" <@ ARRAY[1, 2, 3, 4, 5, 6, 7]);
ALTER TABLE "person_settings" ADD CONSTRAINT "person_settings_events" CHECK (jsonb_typeof("events") = 'object');
