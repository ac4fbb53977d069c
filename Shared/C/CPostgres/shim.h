#include <libpq-fe.h>

/* What Swift cannot say: a macro that is a character, and a function that does nothing. */

static const int ainer_pg_sqlstate = PG_DIAG_SQLSTATE;

/* PQcancel wants room for its complaint. */
enum { ainer_pg_complaint = 256 };

static inline void ainer_pg_drop(void *nobody, const PGresult *notice) {
    (void)nobody;
    (void)notice;
}

/* What the server remarks is not printed: libpq's own habit is to write it to stderr. */
static inline void ainer_pg_hush(PGconn *connection) { PQsetNoticeReceiver(connection, ainer_pg_drop, 0); }
