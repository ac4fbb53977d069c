#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Requests, one after the other: bytes go to the parser only as far as somebody can take what comes out. */

/* A body of one byte a chunk is legal; one of nothing but chunk heads and trailers is not meant well. */
static int is_mostly_husk(const connection *c) {
    return c->raw_count > 64 * 1024 + 16 * c->body_count;
}

/* MARK: what the parser says */

static int on_headers_over(llhttp_t *parser) {
    connection *c = parser->data;
    c->keeps = llhttp_should_keep_alive(parser) != 0;
    c->has_body = (parser->flags & F_CHUNKED) || ((parser->flags & F_CONTENT_LENGTH) && parser->content_length > 0);
    /* An upgrade is our own business, once the request is read as any other. */
    parser->upgrade = 0;
    return c->has_body ? HPE_PAUSED : 0;
}

static int on_body(llhttp_t *parser, const char *bytes, size_t count) {
    connection *c = parser->data;
    c->body_count += count;
    if (c->answering == ANSWER_SENT || c->discards) {
        if (c->body_count <= READ_AWAY) return 0;
        c->too_long = 1;
        return -1;
    }
    if (c->body_count > c->body_limit) {
        c->too_long = 1;
        return -1;
    }
    c->credit -= (int64_t)count;
    if (c->exchange) c->loop->calls.body(c->exchange, (const uint8_t *)bytes, count, 0);
    return 0;
}

static int on_message_over(llhttp_t *parser) {
    (void)parser;
    return HPE_PAUSED;
}

/* What is not named here is not heard. */
const llhttp_settings_t parser_settings = {
    .on_url = head_target,
    .on_header_field = head_name,
    .on_header_field_complete = head_name_over,
    .on_header_value = head_value,
    .on_header_value_complete = head_value_over,
    .on_headers_complete = on_headers_over,
    .on_body = on_body,
    .on_message_complete = on_message_over,
};

/* MARK: refusing */

static const char *reason_of(int status) {
    switch (status) {
    case 408: return "Request Timeout";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 417: return "Expectation Failed";
    case 431: return "Request Header Fields Too Large";
    case 501: return "Not Implemented";
    case 505: return "HTTP Version Not Supported";
    default: return "Bad Request";
    }
}

/* Says no and closes: what follows in the stream cannot be trusted any more. A streamed answer is cut instead. */
void refuse(connection *c, int status, int why) {
    int may_speak = c->answering == ANSWER_NONE || c->answering == ANSWER_PENDING;
    void *exchange = c->exchange;
    c->exchange = NULL;
    if (exchange) c->loop->calls.gone(exchange, why);
    if (!may_speak && c->answering == ANSWER_STREAM) {
        c->is_dead = 1;
        return;
    }
    if (may_speak) {
        static const char form[] = "HTTP/1.1 %d %s\r\nContent-Length: 0\r\n";
        char line[128];
        int count = snprintf(line, sizeof line, form, status, reason_of(status));
        c->keeps = 0;
        c->has_body = 0;
        answer(c, (const uint8_t *)line, (size_t)count, NULL, 0);
        if (!exchange) c->loop->calls.refused(c->loop->calls.context, status, c->peer);
    }
    close_softly(c);
}

static int status_of(const connection *c) {
    if (c->too_long) return 413;
    if (c->head && c->head->is_target_over_limit) return 414;
    if (c->head && c->head->too_many) return 431;
    return 400;
}

/* MARK: the head's memory */

static int head_take(connection *c) {
    head *h = c->loop->spare;
    if (h) {
        c->loop->spare = h->next;
    } else {
        h = malloc(sizeof *h);
    }
    if (!h) return 0;
    memset(h, 0, offsetof(head, bytes));
    c->head = h;
    return 1;
}

/* One is kept for the next request, which is all that a loop needs while heads come whole. */
void head_give(connection *c) {
    head *h = c->head;
    c->head = NULL;
    if (!h) return;
    if (c->loop->spare) {
        free(h);
    } else {
        h->next = NULL;
        c->loop->spare = h;
    }
}

/* MARK: one request */

static void begin(connection *c) {
    if (!head_take(c)) {
        c->is_dead = 1;
        return;
    }
    c->reading = READ_HEAD;
    c->head_bytes = 0;
    c->body_count = c->raw_count = 0;
    c->too_long = c->discards = c->owes_continue = 0;
    c->taken = c->reported = 0;
    due_in(c, c->loop->options.head_patience_ms);
}

/* Both sides are done: the next one, or the end. */
void request_over(connection *c) {
    c->id = slot_renew(c->loop, c->id);
    exchange_over(c, AINER_HTTP_DONE);
    if (!c->keeps || c->loop->is_draining) {
        close_softly(c);
        return;
    }
    c->reading = READ_IDLE;
    c->answering = ANSWER_NONE;
    due_in(c, c->loop->options.idle_patience_ms);
}

static void body_over(connection *c) {
    c->reading = READ_DONE;
    due_in(c, 0);
    if (c->has_body && c->exchange && !c->discards) c->loop->calls.body(c->exchange, NULL, 0, 1);
    if (c->answering == ANSWER_SENT) request_over(c);
}

static void head_over(connection *c) {
    int status = head_judge(c);
    if (status) {
        refuse(c, status, AINER_HTTP_BROKEN);
        return;
    }
    c->reading = READ_BODY;
    head_admit(c);
    if (!c->has_body) {
        body_over(c);
    } else if (c->answering == ANSWER_SENT && !c->keeps) {
        close_softly(c);
    }
}

/* MARK: feeding */

/* How much of so many bytes may be parsed now. */
static size_t share(const connection *c, size_t count) {
    size_t bound = count;
    if (c->reading == READ_HEAD) bound = (size_t)(HEAD_LIMIT - c->head_bytes);
    if (c->reading == READ_BODY && c->answering != ANSWER_SENT && !c->discards)
        bound = c->credit > 0 ? (size_t)c->credit : 0;
    return bound < count ? bound : count;
}

static void note(connection *c, size_t used) {
    if (c->reading == READ_HEAD) {
        c->head_bytes = (uint16_t)(c->head_bytes + used);
    } else {
        c->raw_count += used;
    }
}

/* After the parser: 1 when there may be more to do. */
static int follow(connection *c, llhttp_errno_t said) {
    if (said == HPE_PAUSED) {
        llhttp_resume(&c->parser);
        if (c->reading == READ_HEAD) head_over(c); else body_over(c);
        return 1;
    }
    if (said != HPE_OK) {
        refuse(c, status_of(c), c->too_long ? AINER_HTTP_TOO_LONG : AINER_HTTP_BROKEN);
        return 1;
    }
    if (c->reading == READ_HEAD && c->head_bytes >= HEAD_LIMIT) {
        refuse(c, c->head->field_count == 0 ? 414 : 431, AINER_HTTP_BROKEN);
    } else if (c->reading == READ_BODY && is_mostly_husk(c)) {
        refuse(c, 400, AINER_HTTP_BROKEN);
    }
    return 1;
}

static int feed(connection *c) {
    struct evbuffer *input = bufferevent_get_input(c->stream);
    struct evbuffer_iovec lent;
    if (evbuffer_peek(input, -1, NULL, &lent, 1) < 1 || lent.iov_len == 0) return 0;
    if (c->reading == READ_IDLE) begin(c);
    if (c->is_dead) return 0;
    size_t count = share(c, lent.iov_len);
    if (count == 0) return 0;
    const char *bytes = lent.iov_base;
    llhttp_errno_t said = llhttp_execute(&c->parser, bytes, count);
    size_t used = said == HPE_PAUSED ? (size_t)(llhttp_get_error_pos(&c->parser) - bytes) : count;
    evbuffer_drain(input, used);
    note(c, used);
    return follow(c, said);
}

/* Goes on as far as it can: until the bytes, the credit or the connection end, or an answer is owed. */
void pump(connection *c) {
    struct evbuffer *input = bufferevent_get_input(c->stream);
    while (!c->is_dead) {
        switch ((reading)c->reading) {
        case READ_IDLE:
        case READ_HEAD:
        case READ_BODY:
            if (!feed(c)) return;
            break;
        case READ_DONE: return; /* whoever sends the next request already waits */
        case READ_AWAY_ALL: evbuffer_drain(input, evbuffer_get_length(input)); return;
        case READ_SOCKET: socket_pump(c); return;
        }
    }
}
