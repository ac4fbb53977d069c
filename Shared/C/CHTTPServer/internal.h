#ifndef AINER_HTTP_INTERNAL_H
#define AINER_HTTP_INTERNAL_H

#include "http_server.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <event2/listener.h>
#include <llhttp.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <sys/uio.h>
#include <wslay/wslay.h>

enum {
    HEAD_LIMIT = 16 * 1024,
    FIELD_LIMIT = 100,
    /* A body that nobody wants is read away up to here, so that the connection lives on. */
    READ_AWAY = 64 * 1024,
    /* What may wait for a reader of ours, and as much again in the input buffer. */
    WINDOW = 64 * 1024,
    /* Below this a writer of ours may go on. */
    LOW_WATER = 16 * 1024,
    REPORT_EVERY = 32 * 1024,
    /* A client must take this much, or everything, in each stall patience. */
    STALL_LEAST = 16 * 1024,
    LINGER_MS = 2000,
    GOODBYE_MS = 5000,
    ADDRESS_BUCKETS = 1024,
};

/* MARK: commands from other threads */

typedef enum {
    SAY_ANSWER, SAY_FILE, SAY_BEGIN, SAY_WRITE, SAY_END, SAY_CREDIT, SAY_SOCKET, SAY_MESSAGE, SAY_GOODBYE, SAY_DRAIN,
    SAY_STOP
} saying;

typedef struct command {
    struct command *next;
    saying what;
    int detail; /* file, coding, is_whole, is_text or code */
    uint64_t id;
    int64_t offset, count;
    size_t head_count, body_count;
    uint8_t bytes[]; /* head, then body */
} command;

typedef struct {
    pthread_mutex_t lock;
    command *first, **last;
    int bell, is_shut;
} mailbox;

int mailbox_open(mailbox *box);
void mailbox_close(mailbox *box);
/* Takes the command; a shut mailbox throws it away. */
void mailbox_put(mailbox *box, command *said);
command *mailbox_take(mailbox *box);
void mailbox_shut(mailbox *box);
void command_free(command *said);

/* MARK: connections */

typedef enum { READ_IDLE, READ_HEAD, READ_BODY, READ_DONE, READ_AWAY_ALL, READ_SOCKET } reading;
typedef enum { ANSWER_NONE, ANSWER_PENDING, ANSWER_STREAM, ANSWER_SENT } answering;

typedef struct {
    uint16_t name, name_count, value, value_count;
} span;

/* What is known of a head while it comes; given back as soon as the request is admitted. */
typedef struct head {
    struct head *next;
    uint16_t used, target_count, field_count;
    uint8_t is_target_over_limit, too_many, hosts, codings, bad_host, bad_coding, upgrades, expects,
        bad_expects;
    uint8_t keys, version_ok; /* of a socket */
    span fields[FIELD_LIMIT];
    char bytes[HEAD_LIMIT + 16];
} head;

typedef struct address_count {
    struct address_count *next;
    struct in6_addr address;
    int count;
} address_count;

typedef struct connection {
    llhttp_t parser;
    ainer_http_loop *loop;
    struct bufferevent *stream;
    struct event timer;
    struct connection *before, *after;
    head *head;
    void *exchange;
    wslay_event_context_ptr socket;
    address_count *address;
    uint64_t id;
    uint64_t read_due, stall_due, timer_due;     /* milliseconds; 0: none */
    uint64_t added, stall_mark;                  /* bytes of output */
    uint64_t taken, reported;                    /* bytes of a streamed answer */
    uint64_t body_limit, body_count, raw_count;  /* of this request's body */
    int64_t credit;
    uint16_t head_bytes;
    uint8_t reading, answering, coding;
    uint8_t keeps, has_body, is_secure, is_dead, discards, owes_continue, is_half_closed, too_long, goodbye_said;
    char accept[29]; /* the answer to a socket's key, ready before the head is given back */
    char peer[INET6_ADDRSTRLEN];
} connection;

typedef struct {
    uint32_t generation, next;
    connection *who;
} slot;

struct ainer_http_loop {
    ainer_http_options options;
    ainer_http_calls calls;
    mailbox box;
    struct event_base *base;
    struct evconnlistener *listener;
    struct event *bell;
    SSL_CTX *tls;
    connection *first, *admitting;
    head *spare;
    slot *slots;
    uint32_t slot_count, free_slot;
    int connections, is_draining, is_stopping, uses;
    uint16_t port;
    time_t date_second;
    char date[40]; /* the whole line */
    address_count *addresses[ADDRESS_BUCKETS];
};

/* slots.c: numbers that outlive what they name. */
uint64_t slot_take(ainer_http_loop *loop, connection *who);
uint64_t slot_renew(ainer_http_loop *loop, uint64_t id);
void slot_give(ainer_http_loop *loop, uint64_t id);
connection *slot_find(ainer_http_loop *loop, uint64_t id);
/* Null when the address has as many connections as it may. */
address_count *address_enter(ainer_http_loop *loop, const struct sockaddr *who, int limit);
void address_leave(ainer_http_loop *loop, address_count *address);

/* connection.c */
uint64_t now_ms(void);
void connection_new(ainer_http_loop *loop, int descriptor, const struct sockaddr *who);
/* Nobody frees a connection inside a callback: it is marked, and whoever entered from the loop sweeps. */
void connection_sweep(connection *c);
void connection_free(connection *c);
void due_in(connection *c, uint64_t milliseconds);
void watch_stall(connection *c);
void close_softly(connection *c);
size_t output_count(const connection *c);
void exchange_over(connection *c, int why);

/* request.c */
extern const llhttp_settings_t parser_settings;
void pump(connection *c);
void request_over(connection *c);
void refuse(connection *c, int status, int why);
void head_give(connection *c);

/* head.c */
int head_target(llhttp_t *parser, const char *bytes, size_t count);
int head_name(llhttp_t *parser, const char *bytes, size_t count);
int head_name_over(llhttp_t *parser);
int head_value(llhttp_t *parser, const char *bytes, size_t count);
int head_value_over(llhttp_t *parser);
/* 0, or the status to refuse with. */
int head_judge(connection *c);
void head_admit(connection *c);

/* answer.c */
void put(connection *c, struct iovec *parts, int count);
void answer(connection *c, const uint8_t *head, size_t head_count, const uint8_t *body, size_t body_count);
void answer_file(connection *c, const uint8_t *head, size_t head_count, int file, int64_t offset, int64_t count);
void answer_begin(connection *c, const command *said);
void answer_write(connection *c, const uint8_t *bytes, size_t count);
void answer_end(connection *c, int is_whole);
void answer_report(connection *c);

/* socket.c */
int socket_accept(const char *key, size_t count, char accept[29]);
void socket_begin(connection *c, const command *said);
void socket_pump(connection *c);
void socket_say(connection *c, int is_text, const uint8_t *bytes, size_t count);
void socket_goodbye(connection *c, int code, const uint8_t *reason, size_t count);

#endif
