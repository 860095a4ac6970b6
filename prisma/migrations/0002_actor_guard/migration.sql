-- AlterTable
ALTER TABLE "invocations" ADD COLUMN     "audit_id" TEXT NOT NULL DEFAULT '';

-- Makes a commit fail as a whole when whoever acts is no longer who their session says (see src/lib/work.ts).
CREATE FUNCTION "crewline_expect_actor"("actor" text, "is_manager" boolean, "is_admin" boolean) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "persons" p LEFT JOIN "managers" m ON m."person_id" = p."id"
    WHERE p."id" = "actor" AND p."deactivated_at" IS NULL
      AND (m."id" IS NOT NULL) = "is_manager" AND coalesce(m."admin", false) = "is_admin";
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the actor has changed' USING ERRCODE = 'CL002';
  END IF;
  RETURN true;
END $$;

-- What was given up is looked through by admins and counted by the metrics.
CREATE INDEX "notifications_dead" ON "notifications" ("id") WHERE "state" = 'dead';
CREATE INDEX "task_cards_dead" ON "task_cards" ("id") WHERE "state" = 'dead';
