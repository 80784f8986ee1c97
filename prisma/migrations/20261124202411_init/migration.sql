-- CreateTable
CREATE TABLE "DockerHost" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "firstSeenAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Diagnosis" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "hostId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "input" TEXT NOT NULL,
    "secretsHidden" INTEGER NOT NULL,
    "registry" TEXT,
    "repository" TEXT,
    "tag" TEXT,
    "digest" TEXT,
    "platform" TEXT,
    "pull" BOOLEAN NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    "verdict" TEXT NOT NULL,
    "pullable" TEXT NOT NULL,
    "cause" TEXT,
    "certainty" TEXT,
    "evidence" JSONB NOT NULL,
    "steps" JSONB NOT NULL,
    "findings" JSONB NOT NULL,
    "ruledOut" JSONB NOT NULL,
    "open" JSONB NOT NULL,
    CONSTRAINT "Diagnosis_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "DockerHost" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "PullAttempt" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "hostId" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "registry" TEXT NOT NULL,
    "repository" TEXT NOT NULL,
    "tag" TEXT,
    "digest" TEXT,
    "platform" TEXT,
    "door" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "cause" TEXT,
    "certainty" TEXT,
    "message" TEXT,
    "startedAt" DATETIME NOT NULL,
    "tookMs" INTEGER,
    "bytes" INTEGER,
    "diagnosisId" TEXT,
    CONSTRAINT "PullAttempt_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "DockerHost" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "PullAttempt_diagnosisId_fkey" FOREIGN KEY ("diagnosisId") REFERENCES "Diagnosis" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tokenHash" TEXT NOT NULL,
    "how" TEXT NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "endsAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "Diagnosis_hostId_id_idx" ON "Diagnosis"("hostId", "id");

-- CreateIndex
CREATE INDEX "PullAttempt_hostId_id_idx" ON "PullAttempt"("hostId", "id");

-- CreateIndex
CREATE INDEX "PullAttempt_registry_outcome_startedAt_idx" ON "PullAttempt"("registry", "outcome", "startedAt");

-- CreateIndex
CREATE INDEX "PullAttempt_diagnosisId_idx" ON "PullAttempt"("diagnosisId");

-- CreateIndex
CREATE UNIQUE INDEX "Session_tokenHash_key" ON "Session"("tokenHash");

-- CreateIndex
CREATE INDEX "Session_endsAt_idx" ON "Session"("endsAt");
