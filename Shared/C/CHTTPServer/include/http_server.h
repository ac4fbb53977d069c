#ifndef AINER_HTTP_SERVER_H
#define AINER_HTTP_SERVER_H

#include <stddef.h>
#include <stdint.h>

/*
 * One loop is one thread with its own listener and its own connections. C owns sockets, parsing, deadlines and output;
 * its caller sees numbers, bytes and the functions of `ainer_http_calls`. A request's number is used up when the
 * request is over: whatever is said about it later is dropped.
 */
typedef struct ainer_http_loop ainer_http_loop;

typedef struct {
    const char *bytes;
    size_t count;
} ainer_http_text;

typedef struct {
    ainer_http_text name, value;
} ainer_http_field;

/* Lent for the time of the call. */
typedef struct {
    ainer_http_text method, target;
    const ainer_http_field *fields;
    size_t field_count;
    int64_t body_length; /* -1: chunked, nobody knows */
    const char *peer;
    int is_secure, is_old /* HTTP/1.0 */, wants_socket, expects_continue;
} ainer_http_head;

/* What is decided about a request. Without an exchange it has been answered with `ainer_http_answer_now`. */
typedef struct {
    void *exchange;
    uint64_t body_limit, body_patience_ms;
    int discards; /* the body interests nobody */
} ainer_http_admission;

/* Why an exchange is over. */
enum {
    AINER_HTTP_DONE,
    AINER_HTTP_LEFT,     /* the client is gone, or was too slow to take its answer */
    AINER_HTTP_SLOW,     /* the body did not come in its time; 408 is said */
    AINER_HTTP_TOO_LONG, /* the body is longer than its limit; 413 is said */
    AINER_HTTP_BROKEN,   /* the body or a message is none; 400 or 1002 is said */
    AINER_HTTP_CLOSING,  /* the server closes */
};

/* All are called on the loop's thread and must not block. */
typedef struct {
    void *context;
    void (*admit)(void *context, uint64_t id, const ainer_http_head *head, ainer_http_admission *verdict);
    void (*body)(void *exchange, const uint8_t *bytes, size_t count, int is_last);
    void (*message)(void *exchange, int is_text, const uint8_t *bytes, size_t count);
    /* The client has said goodbye to a socket: no message will follow. */
    void (*goodbye)(void *exchange);
    /* So many bytes of the stream have been taken altogether, and there is room for more. */
    void (*room)(void *exchange, uint64_t taken);
    /* The last word about an exchange: its pointer is given back. */
    void (*gone)(void *exchange, int why);
    /* We said no to something that never became a request. */
    void (*refused)(void *context, int status, const char *peer);
    /* Draining, and no connection is left. */
    void (*quiet)(void *context);
    /* The thread ends; nothing is called after this. */
    void (*over)(void *context);
} ainer_http_calls;

typedef struct {
    const char *address;
    uint16_t port;
    int shares_port; /* other loops listen there too */
    int backlog;
    int connection_limit, address_limit; /* of this loop; 0: none */
    uint64_t head_patience_ms, idle_patience_ms, stall_patience_ms;
    size_t target_limit;
    size_t message_limit;
    const char *certificate, *key; /* null: no TLS */
    const char *name;              /* of the thread */
} ainer_http_options;

/* Opens the listener. Null, and a sentence in `fault`, when it cannot. */
ainer_http_loop *ainer_http_open(
    const ainer_http_options *options, const ainer_http_calls *calls, char *fault, size_t fault_size);
uint16_t ainer_http_port(const ainer_http_loop *loop);
/* Starts the thread; 0 when it runs. */
int ainer_http_start(ainer_http_loop *loop);
/* Gives the loop back; it must be stopped or never have started. */
void ainer_http_release(ainer_http_loop *loop);

/* Only inside `admit`, for the request that is being admitted. `head` is the status line and the fields; Date,
   Connection and the empty line are ours. */
void ainer_http_answer_now(
    ainer_http_loop *loop, const uint8_t *head, size_t head_count, const uint8_t *body, size_t body_count);
/* The same with a file that we close. */
void ainer_http_file_now(
    ainer_http_loop *loop, const uint8_t *head, size_t head_count, int file, int64_t offset, int64_t count);

/* From here on: any thread, and everything is copied. */
void ainer_http_answer(
    ainer_http_loop *loop, uint64_t id, const uint8_t *head, size_t head_count, const uint8_t *body, size_t body_count);
void ainer_http_file(
    ainer_http_loop *loop, uint64_t id, const uint8_t *head, size_t head_count, int file, int64_t offset,
    int64_t count);
/* A body follows in pieces; chunked, or as long as the head says, or to the end of the connection. */
enum { AINER_HTTP_PLAIN, AINER_HTTP_CHUNKED, AINER_HTTP_UNTIL_CLOSE };
void ainer_http_begin(ainer_http_loop *loop, uint64_t id, const uint8_t *head, size_t head_count, int coding);
void ainer_http_write(ainer_http_loop *loop, uint64_t id, const uint8_t *bytes, size_t count);
/* Whole, or cut: then the connection is closed so that nobody takes a part for the whole. */
void ainer_http_end(ainer_http_loop *loop, uint64_t id, int is_whole);
/* The reader has taken so many bytes of the body or of messages; the first call also says 100 where it is expected. */
void ainer_http_credit(ainer_http_loop *loop, uint64_t id, size_t count);
/* Answers an upgrade with 101. */
void ainer_http_socket(ainer_http_loop *loop, uint64_t id, const uint8_t *head, size_t head_count);
void ainer_http_say(ainer_http_loop *loop, uint64_t id, int is_text, const uint8_t *bytes, size_t count);
void ainer_http_goodbye(ainer_http_loop *loop, uint64_t id, uint16_t code, const uint8_t *reason, size_t count);
/* No new connections; those that wait for a request are closed, the others after their answer. */
void ainer_http_drain(ainer_http_loop *loop);
/* Everything ends now. */
void ainer_http_stop(ainer_http_loop *loop);

/* The parser's version, which the build was made with. */
const char *ainer_http_parser_version(void);

#endif
