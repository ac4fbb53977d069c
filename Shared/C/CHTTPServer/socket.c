#include "internal.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

/* WebSocket: frames are wslay's, messages are ours. Pings are answered and a goodbye is returned underneath. */

/* What its key is answered with (RFC 6455, 4.2.2); 0 when it is no key. */
int socket_accept(const char *key, size_t count, char accept[29]) {
    static const char salt[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    unsigned char digest[EVP_MAX_MD_SIZE];
    char whole[24 + sizeof salt];
    unsigned int size = 0;
    if (count != 24) return 0;
    memcpy(whole, key, 24);
    memcpy(whole + 24, salt, sizeof salt - 1);
    if (EVP_Digest(whole, 24 + sizeof salt - 1, digest, &size, EVP_sha1(), NULL) != 1 || size != 20) return 0;
    EVP_EncodeBlock((unsigned char *)accept, digest, 20);
    return 1;
}

/* MARK: what wslay asks for */

static ssize_t on_receive(wslay_event_context_ptr context, uint8_t *bytes, size_t count, int flags, void *who) {
    (void)flags;
    connection *c = who;
    int got = evbuffer_remove(bufferevent_get_input(c->stream), bytes, count);
    if (got > 0) return got;
    wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK);
    return -1;
}

static ssize_t on_send(
    wslay_event_context_ptr context, const uint8_t *bytes, size_t count, int flags, void *who) {
    (void)context, (void)flags;
    connection *c = who;
    c->added += count;
    return evbuffer_add(bufferevent_get_output(c->stream), bytes, count) == 0 ? (ssize_t)count : -1;
}

static void on_message(
    wslay_event_context_ptr context, const struct wslay_event_on_msg_recv_arg *message, void *who) {
    (void)context;
    connection *c = who;
    if (message->opcode == WSLAY_CONNECTION_CLOSE) {
        if (c->exchange && !c->goodbye_said) c->loop->calls.goodbye(c->exchange);
        c->goodbye_said = 1;
    } else if (!wslay_is_ctrl_frame(message->opcode) && c->exchange) {
        c->credit -= (int64_t)message->msg_length;
        c->loop->calls.message(c->exchange, message->opcode == WSLAY_TEXT_FRAME, message->msg, message->msg_length);
    }
}

static const struct wslay_event_callbacks callbacks = {
    .recv_callback = on_receive, .send_callback = on_send, .on_msg_recv_callback = on_message};

/* MARK: one socket */

void socket_begin(connection *c, const command *said) {
    struct iovec parts[] = {
        {(void *)(uintptr_t)said->bytes, said->head_count}, {"Connection: Upgrade\r\nSec-WebSocket-Accept: ", 43}, {c->accept, 28},
        {"\r\n\r\n", 4}};
    if (c->answering != ANSWER_PENDING || c->reading != READ_DONE) return;
    if (wslay_event_context_server_init(&c->socket, &callbacks, c) != 0) {
        c->is_dead = 1;
        return;
    }
    wslay_event_config_set_max_recv_msg_length(c->socket, c->loop->options.message_limit);
    bufferevent_setwatermark(c->stream, EV_WRITE, LOW_WATER, 0);
    put(c, parts, 4);
    c->answering = ANSWER_STREAM;
    c->reading = READ_SOCKET;
    c->credit = WINDOW;
    c->goodbye_said = 0;
    due_in(c, 0);
}

static void send_out(connection *c) {
    if (wslay_event_send(c->socket) != 0) c->is_dead = 1;
    watch_stall(c);
}

/* Both goodbyes are said, or the other side cannot be understood. */
static int is_over(const connection *c, int fault) {
    return fault != 0 || (wslay_event_get_close_sent(c->socket) && wslay_event_get_close_received(c->socket))
        || (!wslay_event_get_read_enabled(c->socket) && wslay_event_get_close_sent(c->socket));
}

void socket_pump(connection *c) {
    int fault = 0;
    struct evbuffer *input = bufferevent_get_input(c->stream);
    /* A message at a time would be ideal; wslay takes all it can get, so the input's high water is our bound. */
    if (c->credit > 0 && output_count(c) <= 4 * WINDOW && evbuffer_get_length(input) > 0) {
        fault = wslay_event_recv(c->socket);
    }
    send_out(c);
    if (c->is_dead || !is_over(c, fault)) return;
    void *exchange = c->exchange;
    int is_clean = wslay_event_get_close_received(c->socket) && fault == 0;
    c->exchange = NULL;
    c->id = slot_renew(c->loop, c->id);
    if (exchange) c->loop->calls.gone(exchange, is_clean ? AINER_HTTP_DONE : AINER_HTTP_BROKEN);
    close_softly(c);
}

void socket_say(connection *c, int is_text, const uint8_t *bytes, size_t count) {
    if (!c->socket || wslay_event_get_close_sent(c->socket)) return;
    struct wslay_event_msg message = {
        .opcode = is_text ? WSLAY_TEXT_FRAME : WSLAY_BINARY_FRAME, .msg = bytes, .msg_length = count};
    if (wslay_event_queue_msg(c->socket, &message) != 0) c->is_dead = 1;
    send_out(c);
    c->taken += count;
    answer_report(c);
}

void socket_goodbye(connection *c, int code, const uint8_t *reason, size_t count) {
    if (!c->socket) return;
    wslay_event_queue_close(c->socket, (uint16_t)code, reason, count > 123 ? 123 : count);
    due_in(c, GOODBYE_MS);
    socket_pump(c);
}
