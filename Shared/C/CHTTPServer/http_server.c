#include "http_server.h"

#include <event2/bufferevent_ssl.h>
#include <llhttp.h>
#include <wslay/wslay.h>

#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)

const char *ainer_http_parser_version(void) {
    return TEXT(LLHTTP_VERSION_MAJOR) "." TEXT(LLHTTP_VERSION_MINOR) "." TEXT(LLHTTP_VERSION_PATCH);
}
