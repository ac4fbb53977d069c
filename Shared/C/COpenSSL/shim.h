#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

/* What Swift cannot say: macros that cast. */

static inline int ainer_tls_at_least_1_2(SSL_CTX *context) {
    return (int)SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
}

static inline int ainer_tls_ask_for(SSL *session, const char *host) {
    return (int)SSL_set_tlsext_host_name(session, host);
}

/* Renegotiation is what attacks are made of; nobody needs it since TLS 1.3. */
static const uint64_t ainer_tls_manners = SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION;

/* The names a certificate is for; the caller frees them. */
static inline GENERAL_NAMES *ainer_tls_names(const X509 *certificate) {
    return (GENERAL_NAMES *)X509_get_ext_d2i(certificate, NID_subject_alt_name, (int *)0, (int *)0);
}

static inline int ainer_tls_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }

/* Lent by the names. */
static inline const GENERAL_NAME *ainer_tls_name(const GENERAL_NAMES *names, int place) {
    return sk_GENERAL_NAME_value(names, place);
}

/* Lent by the session: what the other side showed, whether we believed it or not. */
static inline X509 *ainer_tls_shown(const SSL *session) {
    STACK_OF(X509) *chain = SSL_get_peer_cert_chain(session);
    return chain && sk_X509_num(chain) > 0 ? sk_X509_value(chain, 0) : (X509 *)0;
}
