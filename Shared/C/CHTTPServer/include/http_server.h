#ifndef AINER_HTTP_SERVER_H
#define AINER_HTTP_SERVER_H

/* The parser's version, which the build was made with. */
const char *ainer_http_parser_version(void);

#endif
