-- CreateTable
CREATE TABLE "PullKind" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "hostId" TEXT NOT NULL,
    "registry" TEXT,
    "repository" TEXT,
    "outcome" TEXT NOT NULL,
    "cause" TEXT,
    "door" TEXT NOT NULL,
    "user" TEXT,
    "client" TEXT,
    "fingerprint" TEXT,
    "print" BLOB NOT NULL,
    "uses" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "PullText" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "text" TEXT NOT NULL,
    "print" BLOB NOT NULL,
    "uses" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "MergedKey" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "attemptId" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "PullHour" (
    "hour" INTEGER NOT NULL,
    "hostId" TEXT NOT NULL,
    "registry" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "door" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("hour", "hostId", "registry", "outcome", "cause", "door")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "PullFailure" (
    "fingerprint" TEXT NOT NULL PRIMARY KEY,
    "hostId" TEXT NOT NULL,
    "registry" TEXT,
    "repository" TEXT,
    "cause" TEXT NOT NULL,
    "certainty" TEXT,
    "count" INTEGER NOT NULL,
    "firstSeenAt" DATETIME NOT NULL,
    "lastSeenAt" DATETIME NOT NULL,
    "lastAttemptId" TEXT NOT NULL,
    "diagnosisId" TEXT,
    "fixedAt" DATETIME,
    "fixedBy" TEXT,
    "fixedAttemptId" TEXT,
    "cameBack" BOOLEAN NOT NULL,
    "imageCount" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "PullFailurePart" (
    "fingerprint" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "lastAt" DATETIME NOT NULL,

    PRIMARY KEY ("fingerprint", "kind", "value"),
    CONSTRAINT "PullFailurePart_fingerprint_fkey" FOREIGN KEY ("fingerprint") REFERENCES "PullFailure" ("fingerprint") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "PullFailureHour" (
    "fingerprint" TEXT NOT NULL,
    "hour" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("fingerprint", "hour"),
    CONSTRAINT "PullFailureHour_fingerprint_fkey" FOREIGN KEY ("fingerprint") REFERENCES "PullFailure" ("fingerprint") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "HistoryMark" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);

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
    "doors" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "cause" TEXT,
    "certainty" TEXT,
    "message" TEXT,
    "startedAt" DATETIME NOT NULL,
    "tookMs" INTEGER,
    "bytes" BIGINT,
    "fingerprint" TEXT,
    "key" TEXT,
    "diagnosisId" TEXT,
    "kindId" INTEGER NOT NULL,
    "textId" INTEGER NOT NULL,
    CONSTRAINT "PullAttempt_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "DockerHost" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "PullAttempt_diagnosisId_fkey" FOREIGN KEY ("diagnosisId") REFERENCES "Diagnosis" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "PullAttempt_kindId_fkey" FOREIGN KEY ("kindId") REFERENCES "PullKind" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "PullAttempt_textId_fkey" FOREIGN KEY ("textId") REFERENCES "PullText" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
-- Failures of before get their fingerprint, and so their entry, when the history is opened: SQLite has no hash.
INSERT INTO "PullKind" ("hostId", "registry", "repository", "outcome", "cause", "door", "user", "client", "print", "uses")
SELECT "hostId", "registry", "repository", "outcome", "cause", "door", "user", "client", randomblob(16), count(*)
FROM "PullAttempt" GROUP BY "hostId", "registry", "repository", "outcome", "cause", "door", "user", "client";
INSERT INTO "PullText" ("id", "text", "print", "uses")
SELECT "seq", concat_ws(char(1), coalesce("reference", ''), coalesce("user", ''), coalesce("message", '')), randomblob(16), 1 FROM "PullAttempt";
INSERT INTO "PullHour" ("hour", "hostId", "registry", "outcome", "cause", "door", "count")
SELECT unixepoch("startedAt") / 3600, "hostId", coalesce("registry", ''), "outcome", coalesce("cause", ''), "door", count(*)
FROM "PullAttempt" GROUP BY 1, 2, 3, 4, 5, 6;
INSERT INTO "new_PullAttempt" ("bytes", "cause", "certainty", "client", "diagnosisId", "digest", "door", "doors", "fingerprint", "hostId", "id", "key", "kindId", "message", "outcome", "platform", "reference", "registry", "repository", "seq", "startedAt", "tag", "textId", "tookMs", "user")
SELECT a."bytes", a."cause", a."certainty", a."client", a."diagnosisId", a."digest", a."door", a."door", a."fingerprint", a."hostId", a."id", a."key", k."id", a."message", a."outcome", a."platform", a."reference", a."registry", a."repository",
  CAST(round(unixepoch(a."startedAt", 'subsec') * 1000) AS INTEGER) * 2048 + row_number() OVER (PARTITION BY a."startedAt" ORDER BY a."seq") - 1,
  a."startedAt", a."tag", a."seq", a."tookMs", a."user"
FROM "PullAttempt" a JOIN "PullKind" k ON k."hostId" = a."hostId" AND k."registry" IS a."registry" AND k."repository" IS a."repository" AND k."outcome" = a."outcome" AND k."cause" IS a."cause" AND k."door" = a."door" AND k."user" IS a."user" AND k."client" IS a."client";
DROP TABLE "PullAttempt";
ALTER TABLE "new_PullAttempt" RENAME TO "PullAttempt";
CREATE UNIQUE INDEX "PullAttempt_id_key" ON "PullAttempt"("id");
CREATE UNIQUE INDEX "PullAttempt_key_key" ON "PullAttempt"("key");
CREATE INDEX "PullAttempt_kindId_idx" ON "PullAttempt"("kindId");
CREATE INDEX "PullAttempt_textId_idx" ON "PullAttempt"("textId");
CREATE INDEX "PullAttempt_tookMs_idx" ON "PullAttempt"("tookMs");
CREATE INDEX "PullAttempt_reference_idx" ON "PullAttempt"("reference");
CREATE INDEX "PullAttempt_diagnosisId_idx" ON "PullAttempt"("diagnosisId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE UNIQUE INDEX "PullKind_print_key" ON "PullKind"("print");

-- CreateIndex
CREATE INDEX "PullKind_hostId_registry_repository_outcome_door_idx" ON "PullKind"("hostId", "registry", "repository", "outcome", "door");

-- CreateIndex
CREATE INDEX "PullKind_fingerprint_idx" ON "PullKind"("fingerprint");

-- CreateIndex
CREATE UNIQUE INDEX "PullText_print_key" ON "PullText"("print");

-- CreateIndex
CREATE INDEX "MergedKey_attemptId_idx" ON "MergedKey"("attemptId");

-- CreateIndex
CREATE INDEX "PullFailure_lastSeenAt_idx" ON "PullFailure"("lastSeenAt");

-- CreateIndex
CREATE INDEX "PullFailure_hostId_registry_repository_idx" ON "PullFailure"("hostId", "registry", "repository");

-- CreateIndex
CREATE INDEX "PullFailurePart_fingerprint_kind_lastAt_idx" ON "PullFailurePart"("fingerprint", "kind", "lastAt");

-- Each three characters of a text in a row; which texts a word is in is all that is asked, so no place in them is kept.
CREATE VIRTUAL TABLE "PullTextIndex" USING fts5("text", content='PullText', content_rowid='id', tokenize='trigram', detail=none);
INSERT INTO "PullTextIndex" ("rowid", "text") SELECT "id", "text" FROM "PullText";
