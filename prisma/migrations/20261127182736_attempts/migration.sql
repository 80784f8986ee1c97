-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_PullAttempt" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "hostId" TEXT NOT NULL,
    "reference" TEXT,
    "registry" TEXT,
    "repository" TEXT,
    "tag" TEXT,
    "digest" TEXT,
    "platform" TEXT,
    "user" TEXT,
    "client" TEXT,
    "door" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "cause" TEXT,
    "certainty" TEXT,
    "message" TEXT,
    "startedAt" DATETIME NOT NULL,
    "tookMs" INTEGER,
    "bytes" INTEGER,
    "fingerprint" TEXT,
    "key" TEXT,
    "diagnosisId" TEXT,
    CONSTRAINT "PullAttempt_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "DockerHost" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "PullAttempt_diagnosisId_fkey" FOREIGN KEY ("diagnosisId") REFERENCES "Diagnosis" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "new_PullAttempt" ("bytes", "cause", "certainty", "diagnosisId", "digest", "door", "hostId", "id", "message", "outcome", "platform", "reference", "registry", "repository", "startedAt", "tag", "tookMs") SELECT "bytes", "cause", "certainty", "diagnosisId", "digest", "door", "hostId", "id", "message", "outcome", "platform", "reference", "registry", "repository", "startedAt", "tag", "tookMs" FROM "PullAttempt";
DROP TABLE "PullAttempt";
ALTER TABLE "new_PullAttempt" RENAME TO "PullAttempt";
CREATE UNIQUE INDEX "PullAttempt_id_key" ON "PullAttempt"("id");
CREATE UNIQUE INDEX "PullAttempt_key_key" ON "PullAttempt"("key");
CREATE INDEX "PullAttempt_hostId_id_idx" ON "PullAttempt"("hostId", "id");
CREATE INDEX "PullAttempt_registry_outcome_startedAt_idx" ON "PullAttempt"("registry", "outcome", "startedAt");
CREATE INDEX "PullAttempt_diagnosisId_idx" ON "PullAttempt"("diagnosisId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
