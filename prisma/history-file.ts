import Database from 'better-sqlite3';

export type HistoryFile = Database.Database;

/**
 * Opens the SQLite file a second time, for the pull history. Prisma has one connection, on which whatever is asked
 * while a transaction is open joins it; a transaction of the history is one uninterrupted stretch of code instead.
 *
 * `synchronous = FULL`: what was acknowledged is on disk even when the power fails. A lock of another process is told at
 * once instead of being waited for, since waiting here would hold up every request.
 */
export function openHistoryFile(file: string): HistoryFile {
  const db = new Database(file, { timeout: 0 });
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  return db;
}
