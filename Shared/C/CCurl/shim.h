#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

/* What Swift cannot say: functions that take anything. One for each kind of thing. */

static inline CURLcode ainer_curl_number(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ainer_curl_size(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

/* The library keeps a copy. */
static inline CURLcode ainer_curl_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

/* Lent: it must outlive the transfer. */
static inline CURLcode ainer_curl_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

typedef size_t (*ainer_curl_bytes)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode ainer_curl_on_bytes(CURL *easy, CURLoption option, ainer_curl_bytes call) {
    return curl_easy_setopt(easy, option, call);
}

static inline CURLcode ainer_curl_on_seek(CURL *easy, int (*call)(void *context, curl_off_t offset, int origin)) {
    return curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, call);
}

static inline CURLcode ainer_curl_on_open(CURL *easy, curl_opensocket_callback call) {
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, call);
}

static inline CURLcode ainer_curl_on_request(CURL *easy, curl_prereq_callback call) {
    return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, call);
}

static inline CURLMcode ainer_curl_multi_number(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

static inline CURLMcode ainer_curl_multi_calls(
    CURLM *multi, curl_socket_callback on_socket, curl_multi_timer_callback on_timer, void *context) {
    CURLMcode code = curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    if (code == CURLM_OK) code = curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    if (code == CURLM_OK) code = curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
    if (code == CURLM_OK) code = curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
    return code;
}

/* Lent: as many bytes as addrlen says, which may be more than a struct sockaddr holds. */
static inline const struct sockaddr *ainer_curl_address(const struct curl_sockaddr *address) { return &address->addr; }
