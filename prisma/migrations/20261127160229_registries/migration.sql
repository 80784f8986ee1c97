-- CreateTable
CREATE TABLE "RegistryChoice" (
    "hostId" TEXT NOT NULL,
    "registry" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "endsAt" DATETIME,

    PRIMARY KEY ("hostId", "registry"),
    CONSTRAINT "RegistryChoice_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "DockerHost" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RegistryLogin" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "hostId" TEXT NOT NULL,
    "folder" TEXT NOT NULL,
    "registry" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "since" DATETIME NOT NULL,
    "checkedAt" DATETIME NOT NULL,
    "checkMs" REAL NOT NULL,
    "evidence" JSONB NOT NULL,
    CONSTRAINT "RegistryLogin_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "DockerHost" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RegistryCheck" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "loginId" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "ms" REAL NOT NULL,
    "status" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    CONSTRAINT "RegistryCheck_loginId_fkey" FOREIGN KEY ("loginId") REFERENCES "RegistryLogin" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "RegistryLogin_hostId_folder_registry_key" ON "RegistryLogin"("hostId", "folder", "registry");

-- CreateIndex
CREATE INDEX "RegistryCheck_loginId_at_idx" ON "RegistryCheck"("loginId", "at");

-- CreateIndex
CREATE INDEX "RegistryCheck_at_idx" ON "RegistryCheck"("at");
