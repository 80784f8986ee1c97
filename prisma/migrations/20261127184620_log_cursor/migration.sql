-- CreateTable
CREATE TABLE "LogCursor" (
    "source" TEXT NOT NULL PRIMARY KEY,
    "cursor" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);
