#include "internal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A head: gathered piece by piece, judged once. What two readers of the same bytes could understand differently is
   refused, since one of them may be a proxy in front of us. */

/* MARK: gathering */

static int store(head *h, const char *bytes, size_t count) {
    if (h->used + count > HEAD_LIMIT) return -1;
    memcpy(h->bytes + h->used, bytes, count);
    h->used = (uint16_t)(h->used + count);
    return 0;
}

int head_target(llhttp_t *parser, const char *bytes, size_t count) {
    connection *c = parser->data;
    if (!c->head) return 0;
    if (c->head->target_count + count > c->loop->options.target_limit) {
        c->head->is_target_over_limit = 1;
        return -1;
    }
    c->head->target_count = (uint16_t)(c->head->target_count + count);
    return store(c->head, bytes, count);
}

int head_name(llhttp_t *parser, const char *bytes, size_t count) {
    connection *c = parser->data;
    head *h = c->head;
    if (!h) return 0; /* a trailer: read, bounded with the body, and forgotten */
    if (h->field_count == FIELD_LIMIT) {
        h->too_many = 1;
        return -1;
    }
    span *field = &h->fields[h->field_count];
    if (field->name_count == 0) *field = (span){.name = h->used};
    field->name_count = (uint16_t)(field->name_count + count);
    return store(h, bytes, count);
}

int head_name_over(llhttp_t *parser) {
    connection *c = parser->data;
    if (c->head) c->head->fields[c->head->field_count].value = c->head->used;
    return 0;
}

int head_value(llhttp_t *parser, const char *bytes, size_t count) {
    connection *c = parser->data;
    if (!c->head) return 0;
    span *field = &c->head->fields[c->head->field_count];
    field->value_count = (uint16_t)(field->value_count + count);
    return store(c->head, bytes, count);
}

static int is(const char *bytes, size_t count, const char *word) {
    return strlen(word) == count && strncasecmp(bytes, word, count) == 0;
}

/* Whether a comma list has the word. */
static int lists(const char *bytes, size_t count, const char *word) {
    size_t from = 0;
    while (from < count) {
        const char *comma = memchr(bytes + from, ',', count - from);
        size_t end = comma ? (size_t)(comma - bytes) : count, to = end;
        while (from < to && (bytes[from] == ' ' || bytes[from] == '\t')) from++;
        while (to > from && (bytes[to - 1] == ' ' || bytes[to - 1] == '\t')) to--;
        if (is(bytes + from, to - from, word)) return 1;
        from = end + 1;
    }
    return 0;
}

static int is_host(const char *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (!isalnum(byte) && (byte == 0 || !strchr("-._~%!$&'()*+;=:[]", byte))) return 0;
    }
    return count > 0;
}

static void look_at(connection *c, head *h, const span *field) {
    const char *name = h->bytes + field->name, *value = h->bytes + field->value;
    size_t count = field->value_count;
    if (is(name, field->name_count, "host")) {
        h->hosts += h->hosts < 2;
        if (!is_host(value, count)) h->bad_host = 1;
    } else if (is(name, field->name_count, "transfer-encoding")) {
        h->codings += h->codings < 2;
        if (!is(value, count, "chunked")) h->bad_coding = 1;
    } else if (is(name, field->name_count, "expect")) {
        if (is(value, count, "100-continue")) h->expects = 1; else h->bad_expects = 1;
    } else if (is(name, field->name_count, "upgrade")) {
        h->upgrades |= lists(value, count, "websocket");
    } else if (is(name, field->name_count, "sec-websocket-version")) {
        h->version_ok = is(value, count, "13");
    } else if (is(name, field->name_count, "sec-websocket-key")) {
        h->keys += h->keys < 2;
        if (!socket_accept(value, count, c->accept)) h->keys = 2;
    }
}

int head_value_over(llhttp_t *parser) {
    connection *c = parser->data;
    head *h = c->head;
    if (!h) return 0;
    span *field = &h->fields[h->field_count++];
    const char *value = h->bytes + field->value;
    while (field->value_count && strchr(" \t", value[field->value_count - 1])) field->value_count--;
    look_at(c, h, field);
    return 0;
}

/* MARK: judging */

/* A target may come with the address in front, as to a proxy. */
static ainer_http_text path_of(const head *h) {
    const char *bytes = h->bytes;
    size_t count = h->target_count;
    size_t scheme = count > 7 && strncasecmp(bytes, "http://", 7) == 0    ? 7
                    : count > 8 && strncasecmp(bytes, "https://", 8) == 0 ? 8
                                                                         : 0;
    if (!scheme) return (ainer_http_text){bytes, count};
    for (size_t i = scheme; i < count; i++) {
        if (bytes[i] == '/') return (ainer_http_text){bytes + i, count - i};
    }
    return (ainer_http_text){"/", 1};
}

int head_judge(connection *c) {
    const head *h = c->head;
    const llhttp_t *p = &c->parser;
    ainer_http_text path = path_of(h);
    int is_old = p->http_major == 1 && p->http_minor == 0;
    if (p->http_major != 1 || p->http_minor > 1) return 505;
    if (h->bad_host || h->hosts > 1 || (h->hosts == 0 && !is_old)) return 400;
    if (h->codings > 1 || (h->codings && is_old)) return 400;
    if (h->bad_coding || p->method == HTTP_CONNECT) return 501;
    if (path.bytes[0] != '/' && !(p->method == HTTP_OPTIONS && path.count == 1 && path.bytes[0] == '*')) return 400;
    if (h->bad_expects) return 417;
    return 0;
}

static int64_t body_length(const connection *c) {
    if (c->parser.flags & F_CHUNKED) return -1;
    uint64_t length = c->parser.content_length;
    return length > INT64_MAX ? INT64_MAX : (int64_t)length;
}

/* Shows the head to whoever decides, and keeps what he decides. */
void head_admit(connection *c) {
    head *h = c->head;
    ainer_http_field fields[FIELD_LIMIT];
    for (int i = 0; i < h->field_count; i++) {
        fields[i].name = (ainer_http_text){h->bytes + h->fields[i].name, h->fields[i].name_count};
        fields[i].value = (ainer_http_text){h->bytes + h->fields[i].value, h->fields[i].value_count};
    }
    const char *method = llhttp_method_name(c->parser.method);
    int is_old = c->parser.http_minor == 0;
    ainer_http_head shown = {
        .method = {method, strlen(method)}, .target = path_of(h), .fields = fields, .field_count = h->field_count,
        .body_length = body_length(c), .peer = c->peer, .is_secure = c->is_secure, .is_old = is_old,
        .wants_socket = h->upgrades && h->keys == 1 && h->version_ok && c->parser.method == HTTP_GET && !is_old
            && !c->has_body,
        .expects_continue = h->expects && !is_old && c->has_body,
    };
    ainer_http_admission verdict = {0};
    c->owes_continue = shown.expects_continue != 0;
    c->answering = ANSWER_PENDING;
    c->loop->admitting = c;
    c->loop->calls.admit(c->loop->calls.context, c->id, &shown, &verdict);
    c->loop->admitting = NULL;
    head_give(c);
    c->exchange = verdict.exchange;
    c->discards = verdict.discards != 0;
    c->body_limit = verdict.body_limit;
    c->credit = WINDOW;
    if (c->has_body && verdict.body_patience_ms) due_in(c, verdict.body_patience_ms);
}
