#include "internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Answers: heads are finished here, since only the loop knows whether the connection lives on. */

/* MARK: output */

/* Whoever has nothing waiting is written to at once: that spares the loop a turn for almost every answer. */
static size_t write_now(connection *c, struct iovec *parts, int count) {
    if (c->is_secure || output_count(c) > 0 || c->is_half_closed) return 0;
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = (size_t)count};
    ssize_t sent = sendmsg(bufferevent_getfd(c->stream), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    return sent > 0 ? (size_t)sent : 0; /* a fault will show again when the loop looks */
}

void put(connection *c, struct iovec *parts, int count) {
    size_t done = write_now(c, parts, count);
    for (int i = 0; i < count; i++) {
        c->added += parts[i].iov_len;
        size_t skip = done < parts[i].iov_len ? done : parts[i].iov_len;
        done -= skip;
        if (skip == parts[i].iov_len) continue;
        const uint8_t *rest = (const uint8_t *)parts[i].iov_base + skip;
        if (evbuffer_add(bufferevent_get_output(c->stream), rest, parts[i].iov_len - skip) != 0) c->is_dead = 1;
    }
    watch_stall(c);
}

static struct iovec part(const void *bytes, size_t count) {
    return (struct iovec){.iov_base = (void *)(uintptr_t)bytes, .iov_len = count};
}

static struct iovec word(const char *text) { return part(text, strlen(text)); }

static const char *date_line(ainer_http_loop *loop) {
    time_t now = time(NULL);
    if (now != loop->date_second) {
        struct tm parts;
        gmtime_r(&now, &parts);
        strftime(loop->date, sizeof loop->date, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
        loop->date_second = now;
    }
    return loop->date;
}

/* What the connection's state adds to a head, with the empty line. */
static const char *connection_lines(connection *c) {
    /* A body that we will not read to its end makes the next request unreadable. */
    int reads_on = c->reading != READ_BODY || !c->has_body
        || (!c->owes_continue && !(c->parser.flags & F_CHUNKED) && c->parser.content_length <= READ_AWAY);
    if (c->loop->is_draining || !reads_on) c->keeps = 0;
    if (!c->keeps) return "Connection: close\r\n\r\n";
    return c->parser.http_minor == 0 ? "Connection: keep-alive\r\n\r\n" : "\r\n";
}

/* MARK: whole answers */

static void sent(connection *c) {
    c->answering = ANSWER_SENT;
    if (c->reading == READ_DONE) {
        request_over(c);
    } else if (!c->keeps && c->loop->admitting != c && c->reading == READ_BODY) {
        close_softly(c);
    }
}

void answer(connection *c, const uint8_t *head, size_t head_count, const uint8_t *body, size_t body_count) {
    const char *lines = connection_lines(c);
    struct iovec parts[] = {part(head, head_count), word(date_line(c->loop)), word(lines), part(body, body_count)};
    put(c, parts, body_count ? 4 : 3);
    sent(c);
}

/* The file is closed when it has been sent, or when the connection goes. */
void answer_file(
    connection *c, const uint8_t *head, size_t head_count, int file, int64_t offset, int64_t count) {
    const char *lines = connection_lines(c);
    struct iovec parts[] = {part(head, head_count), word(date_line(c->loop)), word(lines)};
    put(c, parts, 3);
    if (count == 0) {
        close(file);
    } else if (evbuffer_add_file(bufferevent_get_output(c->stream), file, offset, count) == 0) {
        c->added += (uint64_t)count;
        watch_stall(c);
    } else {
        close(file);
        c->is_dead = 1;
    }
    sent(c);
}

/* MARK: answers in pieces */

void answer_begin(connection *c, const command *said) {
    static const char chunked[] = "Transfer-Encoding: chunked\r\n";
    c->coding = (uint8_t)said->detail;
    if (c->coding == AINER_HTTP_UNTIL_CLOSE) c->keeps = 0;
    const char *lines = connection_lines(c);
    size_t coding = c->coding == AINER_HTTP_CHUNKED ? sizeof chunked - 1 : 0;
    struct iovec parts[] = {
        part(said->bytes, said->head_count), part(chunked, coding), word(date_line(c->loop)), word(lines)};
    bufferevent_setwatermark(c->stream, EV_WRITE, LOW_WATER, 0);
    put(c, parts, 4);
    c->answering = ANSWER_STREAM;
}

/* Tells the writer how far we are, seldom enough that small pieces cost nothing. */
void answer_report(connection *c) {
    if (!c->exchange || c->taken - c->reported < REPORT_EVERY || output_count(c) > LOW_WATER) return;
    c->reported = c->taken;
    c->loop->calls.room(c->exchange, c->taken);
}

void answer_write(connection *c, const uint8_t *bytes, size_t count) {
    if (c->answering != ANSWER_STREAM || count == 0) return;
    char size[24];
    int digits = snprintf(size, sizeof size, "%zx\r\n", count);
    if (c->coding == AINER_HTTP_CHUNKED) {
        struct iovec parts[] = {part(size, (size_t)digits), part(bytes, count), part("\r\n", 2)};
        put(c, parts, 3);
    } else {
        struct iovec parts[] = {part(bytes, count)};
        put(c, parts, 1);
    }
    c->taken += count;
    answer_report(c);
}

void answer_end(connection *c, int is_whole) {
    if (c->answering != ANSWER_STREAM) return;
    bufferevent_setwatermark(c->stream, EV_WRITE, 0, 0);
    if (!is_whole) {
        c->is_dead = 1;
        return;
    }
    if (c->coding == AINER_HTTP_CHUNKED) {
        struct iovec parts[] = {part("0\r\n\r\n", 5)};
        put(c, parts, 1);
    }
    sent(c);
}
