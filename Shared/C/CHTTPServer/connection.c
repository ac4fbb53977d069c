#include "internal.h"

#include <arpa/inet.h>
#include <event2/bufferevent_ssl.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A connection from accept to close: its deadlines, and how it ends. */

uint64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

size_t output_count(const connection *c) { return evbuffer_get_length(bufferevent_get_output(c->stream)); }

/* MARK: deadlines */

/* The timer is only ever moved forward: one that rings too early is set again, which is cheaper than a move for every
   request. */
static void set_timer(connection *c) {
    uint64_t due = c->read_due;
    if (c->stall_due && (!due || c->stall_due < due)) due = c->stall_due;
    if (!due || (c->timer_due && c->timer_due <= due)) return;
    uint64_t now = now_ms(), wait = due > now ? due - now : 1;
    struct timeval time = {.tv_sec = (time_t)(wait / 1000), .tv_usec = (suseconds_t)(wait % 1000 * 1000)};
    c->timer_due = due;
    event_add(&c->timer, &time);
}

/* What is read must have come by then, however it drips; 0: there is time. */
void due_in(connection *c, uint64_t milliseconds) {
    c->read_due = milliseconds ? now_ms() + milliseconds : 0;
    set_timer(c);
}

/* Looks after output that a client does not take. */
void watch_stall(connection *c) {
    if (c->stall_due || output_count(c) == 0) return;
    c->stall_due = now_ms() + c->loop->options.stall_patience_ms;
    c->stall_mark = c->added - output_count(c);
    set_timer(c);
}

static void judge_stall(connection *c) {
    uint64_t flushed = c->added - output_count(c);
    c->stall_due = 0;
    if (output_count(c) == 0) return;
    if (flushed - c->stall_mark < STALL_LEAST) {
        c->is_dead = 1;
    } else {
        watch_stall(c);
    }
}

static void judge_reading(connection *c) {
    c->read_due = 0;
    if (c->reading == READ_HEAD && c->head_bytes > 0) {
        refuse(c, 408, AINER_HTTP_SLOW);
    } else if (c->reading == READ_BODY) {
        refuse(c, 408, AINER_HTTP_SLOW);
    } else if (!(c->reading == READ_AWAY_ALL && output_count(c) > 0)) {
        c->is_dead = 1;
    }
}

static void on_timer(evutil_socket_t none, short what, void *who) {
    (void)none, (void)what;
    connection *c = who;
    uint64_t now = now_ms();
    c->timer_due = 0;
    if (c->stall_due && c->stall_due <= now) judge_stall(c);
    if (!c->is_dead && c->read_due && c->read_due <= now) judge_reading(c);
    if (!c->is_dead) set_timer(c);
    connection_sweep(c);
}

/* MARK: the end */

/* Tells whoever deals with the request, once. */
void exchange_over(connection *c, int why) {
    void *exchange = c->exchange;
    c->exchange = NULL;
    if (exchange) c->loop->calls.gone(exchange, why);
}

static void half_close(connection *c) {
    if (c->is_half_closed) return;
    c->is_half_closed = 1;
    SSL *tls = c->is_secure ? bufferevent_openssl_get_ssl(c->stream) : NULL;
    if (tls) SSL_shutdown(tls);
    shutdown(bufferevent_getfd(c->stream), SHUT_WR);
    due_in(c, LINGER_MS);
}

/* Sends what is left, says that nothing follows and waits a little for the other side to see it: closing while its
   bytes are on their way would take the answer away from it. */
void close_softly(connection *c) {
    if (c->reading == READ_AWAY_ALL) return; /* it is on its way out, and its deadline stands */
    exchange_over(c, AINER_HTTP_DONE);
    c->reading = READ_AWAY_ALL;
    c->answering = ANSWER_SENT;
    c->keeps = 0;
    due_in(c, 0);
    if (c->socket) wslay_event_context_free(c->socket);
    c->socket = NULL;
    head_give(c);
    bufferevent_setwatermark(c->stream, EV_WRITE, 0, 0);
    if (output_count(c) == 0) half_close(c);
}

void connection_free(connection *c) {
    ainer_http_loop *loop = c->loop;
    exchange_over(c, loop->is_stopping ? AINER_HTTP_CLOSING : AINER_HTTP_LEFT);
    slot_give(loop, c->id);
    if (c->socket) wslay_event_context_free(c->socket);
    head_give(c);
    event_del(&c->timer);
    bufferevent_free(c->stream);
    address_leave(loop, c->address);
    if (c->before) c->before->after = c->after; else loop->first = c->after;
    if (c->after) c->after->before = c->before;
    free(c);
    if (--loop->connections == 0 && loop->is_draining && !loop->is_stopping) loop->calls.quiet(loop->calls.context);
}

void connection_sweep(connection *c) {
    if (c->is_dead) connection_free(c);
}

/* MARK: what the loop says */

static void on_read(struct bufferevent *stream, void *who) {
    (void)stream;
    connection *c = who;
    pump(c);
    connection_sweep(c);
}

static void on_room(struct bufferevent *stream, void *who) {
    (void)stream;
    connection *c = who;
    size_t left = output_count(c);
    if (left == 0) c->stall_due = 0;
    if (left == 0 && c->reading == READ_AWAY_ALL) half_close(c);
    if (left <= LOW_WATER) answer_report(c);
    if (c->reading == READ_SOCKET) socket_pump(c);
    connection_sweep(c);
}

static void on_event(struct bufferevent *stream, short what, void *who) {
    (void)stream;
    connection *c = who;
    if (what & BEV_EVENT_CONNECTED) return; /* the handshake is done */
    /* Whoever stops sending may still want the whole answer, if it is there already. */
    if ((what & BEV_EVENT_EOF) && c->answering == ANSWER_SENT && !c->is_half_closed && output_count(c) > 0) {
        close_softly(c);
        return;
    }
    if ((what & BEV_EVENT_EOF) && c->reading == READ_IDLE && output_count(c) > 0) {
        close_softly(c);
        return;
    }
    c->is_dead = 1;
    connection_sweep(c);
}

/* MARK: the beginning */

static struct bufferevent *stream_on(ainer_http_loop *loop, int descriptor) {
    if (!loop->tls) return bufferevent_socket_new(loop->base, descriptor, BEV_OPT_CLOSE_ON_FREE);
    SSL *tls = SSL_new(loop->tls);
    if (!tls) return NULL;
    struct bufferevent *stream = bufferevent_openssl_socket_new(
        loop->base, descriptor, tls, BUFFEREVENT_SSL_ACCEPTING, BEV_OPT_CLOSE_ON_FREE);
    if (stream) bufferevent_openssl_set_allow_dirty_shutdown(stream, 1);
    return stream;
}

static void name_peer(connection *c, const struct sockaddr *who) {
    const void *address = who->sa_family == AF_INET6 ? (const void *)&((const struct sockaddr_in6 *)who)->sin6_addr
                                                     : (const void *)&((const struct sockaddr_in *)who)->sin_addr;
    if (!inet_ntop(who->sa_family, address, c->peer, sizeof c->peer)) c->peer[0] = 0;
}

static void prepare(connection *c, ainer_http_loop *loop, int descriptor) {
    int one = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    /* A client that vanishes without a word is noticed some day. */
    setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof one);
    c->loop = loop;
    c->is_secure = loop->tls != NULL;
    c->id = slot_take(loop, c);
    llhttp_init(&c->parser, HTTP_REQUEST, &parser_settings);
    c->parser.data = c;
    evtimer_assign(&c->timer, loop->base, on_timer, c);
    bufferevent_setcb(c->stream, on_read, on_room, on_event, c);
    bufferevent_setwatermark(c->stream, EV_READ, 0, WINDOW);
    bufferevent_enable(c->stream, EV_READ | EV_WRITE);
    if (loop->first) loop->first->before = c;
    c->after = loop->first;
    loop->first = c;
    loop->connections++;
    due_in(c, loop->options.head_patience_ms);
}

/* Takes the descriptor; one connection too many is closed without a word, since every word would cost what we lack. */
void connection_new(ainer_http_loop *loop, int descriptor, const struct sockaddr *who) {
    int limit = loop->options.connection_limit;
    address_count *address =
        limit > 0 && loop->connections >= limit ? NULL : address_enter(loop, who, loop->options.address_limit);
    connection *c = address ? calloc(1, sizeof *c) : NULL;
    struct bufferevent *stream = c ? stream_on(loop, descriptor) : NULL;
    if (!stream) {
        if (address) address_leave(loop, address);
        free(c);
        close(descriptor);
        return;
    }
    c->stream = stream;
    c->address = address;
    name_peer(c, who);
    prepare(c, loop, descriptor);
}
