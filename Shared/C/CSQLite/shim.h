#include <sqlite3.h>

/* What Swift cannot say: variadic calls, macros that cast, macros that count. */

/* The name is kept by reference until the connection closes: pass a string that lives that long. */
static inline int ainer_sqlite_name_main(sqlite3 *db, const char *name) {
    return sqlite3_db_config(db, SQLITE_DBCONFIG_MAINDBNAME, name);
}

/* "abc" is a name and never a text. */
static inline int ainer_sqlite_strict_quotes(sqlite3 *db) {
    int status = sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, (void *)0);
    return status ? status : sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, (void *)0);
}

/* SQLite copies the bytes before it returns. */
static inline int ainer_sqlite_bind_text(sqlite3_stmt *statement, int slot, const char *text, int count) {
    return sqlite3_bind_text(statement, slot, text, count, SQLITE_TRANSIENT);
}

/* A blob of no bytes would be bound as NULL. */
static inline int ainer_sqlite_bind_blob(sqlite3_stmt *statement, int slot, const void *bytes, int count) {
    return count ? sqlite3_bind_blob(statement, slot, bytes, count, SQLITE_TRANSIENT)
                 : sqlite3_bind_zeroblob(statement, slot, 0);
}

/* Extended codes are macros with arithmetic, which are not imported. */
static const int ainer_sqlite_unique = SQLITE_CONSTRAINT_UNIQUE;
static const int ainer_sqlite_primary_key = SQLITE_CONSTRAINT_PRIMARYKEY;
static const int ainer_sqlite_foreign_key = SQLITE_CONSTRAINT_FOREIGNKEY;
static const int ainer_sqlite_busy_snapshot = SQLITE_BUSY_SNAPSHOT;
