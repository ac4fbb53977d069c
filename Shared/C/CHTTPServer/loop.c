#define _GNU_SOURCE

#include "internal.h"

#include <errno.h>
#include <event2/bufferevent_ssl.h>
#include <arpa/inet.h>
#include <netdb.h>
#include <openssl/err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The thread, its listener, and what other threads tell it. */

#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)

const char *ainer_http_parser_version(void) {
    return TEXT(LLHTTP_VERSION_MAJOR) "." TEXT(LLHTTP_VERSION_MINOR) "." TEXT(LLHTTP_VERSION_PATCH);
}

/* MARK: commands */

static void drain_all(ainer_http_loop *loop) {
    loop->is_draining = 1;
    if (loop->listener) evconnlistener_free(loop->listener);
    loop->listener = NULL;
    for (connection *c = loop->first, *next; c; c = next) {
        next = c->after;
        if (c->reading == READ_IDLE || (c->reading == READ_HEAD && c->head_bytes == 0)) close_softly(c);
        connection_sweep(c);
    }
    if (loop->connections == 0) loop->calls.quiet(loop->calls.context);
}

static void perform(connection *c, const command *said) {
    const uint8_t *body = said->bytes + said->head_count;
    int is_owed = c->answering == ANSWER_PENDING;
    switch (said->what) {
    case SAY_ANSWER:
        if (is_owed) answer(c, said->bytes, said->head_count, body, said->body_count);
        break;
    case SAY_BEGIN:
        if (is_owed) answer_begin(c, said);
        break;
    case SAY_WRITE: answer_write(c, body, said->body_count); break;
    case SAY_END: answer_end(c, said->detail); break;
    case SAY_SOCKET: socket_begin(c, said); break;
    case SAY_MESSAGE: socket_say(c, said->detail, body, said->body_count); break;
    case SAY_GOODBYE: socket_goodbye(c, said->detail, body, said->body_count); break;
    case SAY_CREDIT:
        c->credit += said->count;
        if (c->owes_continue && is_owed && c->reading == READ_BODY) {
            struct iovec parts[] = {{"HTTP/1.1 100 Continue\r\n\r\n", 25}};
            put(c, parts, 1);
        }
        c->owes_continue = 0;
        break;
    case SAY_FILE:
    case SAY_DRAIN:
    case SAY_STOP: break;
    }
}

static void perform_file(connection *c, command *said) {
    if (c->answering != ANSWER_PENDING) return;
    answer_file(c, said->bytes, said->head_count, said->detail, said->offset, said->count);
    said->detail = -1; /* it is the connection's now */
}

static void on_bell(evutil_socket_t bell, short what, void *who) {
    (void)bell, (void)what;
    ainer_http_loop *loop = who;
    for (command *said = mailbox_take(&loop->box), *next; said; said = next) {
        next = said->next;
        connection *c = slot_find(loop, said->id);
        if (said->what == SAY_DRAIN) {
            drain_all(loop);
        } else if (said->what == SAY_STOP) {
            event_base_loopbreak(loop->base);
        } else if (c) {
            if (said->what == SAY_FILE) perform_file(c, said); else perform(c, said);
            if (!c->is_dead) pump(c);
            connection_sweep(c);
        }
        command_free(said);
    }
}

static void tell(
    ainer_http_loop *loop, command form, const uint8_t *head, const uint8_t *body) {
    command *said = malloc(sizeof *said + form.head_count + form.body_count);
    if (!said) abort(); /* an answer that cannot be given would leave its client waiting for ever */
    *said = form;
    said->next = NULL;
    if (form.head_count) memcpy(said->bytes, head, form.head_count);
    if (form.body_count) memcpy(said->bytes + form.head_count, body, form.body_count);
    mailbox_put(&loop->box, said);
}

void ainer_http_answer(
    ainer_http_loop *loop, uint64_t id, const uint8_t *head, size_t head_count, const uint8_t *body,
    size_t body_count) {
    tell(loop, (command){.what = SAY_ANSWER, .id = id, .head_count = head_count, .body_count = body_count}, head, body);
}

void ainer_http_file(
    ainer_http_loop *loop, uint64_t id, const uint8_t *head, size_t head_count, int file, int64_t offset,
    int64_t count) {
    command form = {.what = SAY_FILE, .id = id, .detail = file, .offset = offset, .count = count,
                    .head_count = head_count};
    tell(loop, form, head, NULL);
}

void ainer_http_begin(ainer_http_loop *loop, uint64_t id, const uint8_t *head, size_t head_count, int coding) {
    tell(loop, (command){.what = SAY_BEGIN, .id = id, .detail = coding, .head_count = head_count}, head, NULL);
}

void ainer_http_write(ainer_http_loop *loop, uint64_t id, const uint8_t *bytes, size_t count) {
    tell(loop, (command){.what = SAY_WRITE, .id = id, .body_count = count}, NULL, bytes);
}

void ainer_http_end(ainer_http_loop *loop, uint64_t id, int is_whole) {
    tell(loop, (command){.what = SAY_END, .id = id, .detail = is_whole}, NULL, NULL);
}

void ainer_http_credit(ainer_http_loop *loop, uint64_t id, size_t count) {
    tell(loop, (command){.what = SAY_CREDIT, .id = id, .count = (int64_t)count}, NULL, NULL);
}

void ainer_http_socket(ainer_http_loop *loop, uint64_t id, const uint8_t *head, size_t head_count) {
    tell(loop, (command){.what = SAY_SOCKET, .id = id, .head_count = head_count}, head, NULL);
}

void ainer_http_say(ainer_http_loop *loop, uint64_t id, int is_text, const uint8_t *bytes, size_t count) {
    tell(loop, (command){.what = SAY_MESSAGE, .id = id, .detail = is_text, .body_count = count}, NULL, bytes);
}

void ainer_http_goodbye(ainer_http_loop *loop, uint64_t id, uint16_t code, const uint8_t *reason, size_t count) {
    tell(loop, (command){.what = SAY_GOODBYE, .id = id, .detail = code, .body_count = count}, NULL, reason);
}

void ainer_http_drain(ainer_http_loop *loop) { tell(loop, (command){.what = SAY_DRAIN}, NULL, NULL); }
void ainer_http_stop(ainer_http_loop *loop) { tell(loop, (command){.what = SAY_STOP}, NULL, NULL); }

void ainer_http_answer_now(
    ainer_http_loop *loop, const uint8_t *head, size_t head_count, const uint8_t *body, size_t body_count) {
    answer(loop->admitting, head, head_count, body, body_count);
}

void ainer_http_file_now(
    ainer_http_loop *loop, const uint8_t *head, size_t head_count, int file, int64_t offset, int64_t count) {
    answer_file(loop->admitting, head, head_count, file, offset, count);
}

/* MARK: opening */

static void on_accept(
    struct evconnlistener *listener, evutil_socket_t descriptor, struct sockaddr *who, int size, void *context) {
    (void)listener, (void)size;
    connection_new(context, descriptor, who);
}

/* Out of descriptors, most likely: those that wait in the backlog get theirs when others close. */
static void on_accept_fault(struct evconnlistener *listener, void *context) { (void)listener, (void)context; }

static int open_tls(ainer_http_loop *loop, char *fault, size_t size) {
    const ainer_http_options *o = &loop->options;
    if (!o->certificate) return 1;
    ERR_clear_error();
    loop->tls = SSL_CTX_new(TLS_server_method());
    if (loop->tls && SSL_CTX_set_min_proto_version(loop->tls, TLS1_2_VERSION) == 1
        && SSL_CTX_use_certificate_chain_file(loop->tls, o->certificate) == 1
        && SSL_CTX_use_PrivateKey_file(loop->tls, o->key, SSL_FILETYPE_PEM) == 1) {
        SSL_CTX_set_options(loop->tls, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
        SSL_CTX_set_mode(loop->tls, SSL_MODE_RELEASE_BUFFERS);
        return 1;
    }
    const char *words = ERR_reason_error_string(ERR_get_error());
    snprintf(fault, size, "the certificate or its key cannot be used: %s", words ? words : "no reason is given");
    return 0;
}

static int open_listener(ainer_http_loop *loop, char *fault, size_t size) {
    char port[8];
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};
    struct addrinfo *found = NULL;
    snprintf(port, sizeof port, "%u", loop->options.port);
    if (getaddrinfo(loop->options.address, port, &hints, &found) != 0) {
        snprintf(fault, size, "%s is no address", loop->options.address);
        return 0;
    }
    unsigned flags = LEV_OPT_REUSEABLE | LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC;
    if (loop->options.shares_port) flags |= LEV_OPT_REUSEABLE_PORT;
    loop->listener = evconnlistener_new_bind(
        loop->base, on_accept, loop, flags, loop->options.backlog, found->ai_addr, (int)found->ai_addrlen);
    int why = errno;
    freeaddrinfo(found);
    if (!loop->listener) {
        snprintf(fault, size, "nobody can listen at %s:%s: %s", loop->options.address, port, strerror(why));
        return 0;
    }
    evconnlistener_set_error_cb(loop->listener, on_accept_fault);
    struct sockaddr_storage bound;
    socklen_t length = sizeof bound;
    if (getsockname(evconnlistener_get_fd(loop->listener), (struct sockaddr *)&bound, &length) == 0) {
        loop->port = ntohs(
            bound.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&bound)->sin6_port
                                        : ((struct sockaddr_in *)&bound)->sin_port);
    }
    return 1;
}

static int open_base(ainer_http_loop *loop) {
    struct event_config *config = event_config_new();
    if (!config) return 0;
    event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK);
    loop->base = event_base_new_with_config(config);
    event_config_free(config);
    if (!loop->base || mailbox_open(&loop->box) < 0) return 0;
    loop->bell = event_new(loop->base, loop->box.bell, EV_READ | EV_PERSIST, on_bell, loop);
    return loop->bell && event_add(loop->bell, NULL) == 0;
}

static char *copy(const char *text) { return text ? strdup(text) : NULL; }

ainer_http_loop *ainer_http_open(
    const ainer_http_options *options, const ainer_http_calls *calls, char *fault, size_t fault_size) {
    /* Writing to a client that is gone is an error, not the end of the process. */
    signal(SIGPIPE, SIG_IGN);
    snprintf(fault, fault_size, "there is no memory or no descriptor for a loop");
    ainer_http_loop *loop = calloc(1, sizeof *loop);
    if (!loop) return NULL;
    loop->options = *options;
    loop->options.address = copy(options->address);
    loop->options.certificate = copy(options->certificate);
    loop->options.key = copy(options->key);
    loop->options.name = copy(options->name);
    loop->calls = *calls;
    loop->uses = 1;
    loop->box.bell = -1;
    if (open_base(loop) && open_tls(loop, fault, fault_size) && open_listener(loop, fault, fault_size)) return loop;
    ainer_http_release(loop);
    return NULL;
}

uint16_t ainer_http_port(const ainer_http_loop *loop) { return loop->port; }

/* MARK: the thread */

static void close_all(ainer_http_loop *loop) {
    loop->is_stopping = 1;
    mailbox_shut(&loop->box);
    if (loop->listener) evconnlistener_free(loop->listener);
    loop->listener = NULL;
    while (loop->first) connection_free(loop->first);
    /* The library closes their descriptors in a turn of its own, which would be the one after the last. */
    event_base_loop(loop->base, EVLOOP_NONBLOCK);
}

static void *live(void *who) {
    ainer_http_loop *loop = who;
    pthread_setname_np(pthread_self(), loop->options.name);
    event_base_dispatch(loop->base);
    close_all(loop);
    loop->calls.over(loop->calls.context);
    ainer_http_release(loop);
    return NULL;
}

int ainer_http_start(ainer_http_loop *loop) {
    pthread_t thread;
    __atomic_add_fetch(&loop->uses, 1, __ATOMIC_SEQ_CST);
    int fault = pthread_create(&thread, NULL, live, loop);
    if (fault) {
        __atomic_sub_fetch(&loop->uses, 1, __ATOMIC_SEQ_CST);
    } else {
        pthread_detach(thread);
    }
    return fault;
}

/* Two hold a loop: its thread, and whoever opened it. */
void ainer_http_release(ainer_http_loop *loop) {
    if (__atomic_sub_fetch(&loop->uses, 1, __ATOMIC_SEQ_CST) > 0) return;
    if (loop->listener) evconnlistener_free(loop->listener);
    if (loop->bell) event_free(loop->bell);
    if (loop->box.bell >= 0) mailbox_close(&loop->box);
    if (loop->base) event_base_free(loop->base);
    if (loop->tls) SSL_CTX_free(loop->tls);
    free(loop->spare);
    free(loop->slots);
    free((void *)(uintptr_t)loop->options.address);
    free((void *)(uintptr_t)loop->options.certificate);
    free((void *)(uintptr_t)loop->options.key);
    free((void *)(uintptr_t)loop->options.name);
    free(loop);
}
