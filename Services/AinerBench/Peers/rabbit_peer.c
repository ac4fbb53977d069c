/* The bare client library in C, as a measure for ours: `rabbit_peer publish|consume|consume64 URL QUEUE COUNT`.
   Publishes 1 KiB bodies into a quorum queue with at most 64 unconfirmed, or consumes with prefetch 256, acknowledging
   each or 64 at once, and prints what it took. It only knows how to measure: the first failure ends it. */
#include <amqp.h>
#include <amqp_framing.h>
#include <amqp_tcp_socket.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { WINDOW = 64, PREFETCH = 256, BODY = 1024, CHANNEL = 1 };

static amqp_connection_state_t connection;

static void give_up(const char *what) {
    fprintf(stderr, "rabbit_peer: %s\n", what);
    exit(1);
}

static void check(const char *what) {
    amqp_rpc_reply_t reply = amqp_get_rpc_reply(connection);
    if (reply.reply_type == AMQP_RESPONSE_NORMAL) return;
    if (reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION)
        fprintf(stderr, "rabbit_peer: %s\n", amqp_error_string2(reply.library_error));
    give_up(what);
}

static void open_connection(char *url) {
    struct amqp_connection_info info;
    amqp_socket_t *line;
    if (amqp_parse_url(url, &info) != AMQP_STATUS_OK) give_up("that is no AMQP URL");
    connection = amqp_new_connection();
    line = amqp_tcp_socket_new(connection);
    if (!line || amqp_socket_open(line, info.host, info.port)) give_up("nobody answers there");
    if (amqp_login(connection, info.vhost, 0, 131072, 0, AMQP_SASL_METHOD_PLAIN, info.user, info.password).reply_type !=
        AMQP_RESPONSE_NORMAL)
        give_up("login is refused");
    amqp_channel_open(connection, CHANNEL);
    check("no channel");
}

/* The queue is there: made by whoever measures, with the same arguments for everybody. */
static void find(const char *queue) {
    amqp_queue_declare(connection, CHANNEL, amqp_cstring_bytes(queue), 1, 1, 0, 0, amqp_empty_table);
    check("there is no such queue");
}

/* Publishing: which of the window are confirmed, and up to where all are. */
static uint8_t is_confirmed[WINDOW];
static uint64_t confirmed;

static void confirm(uint64_t tag, int multiple) {
    uint64_t first = multiple ? confirmed + 1 : tag;
    for (uint64_t each = first; each <= tag; each++) is_confirmed[each % WINDOW] = 1;
    while (is_confirmed[(confirmed + 1) % WINDOW]) {
        confirmed++;
        is_confirmed[confirmed % WINDOW] = 0;
    }
}

static void hear(void) {
    amqp_frame_t frame;
    if (amqp_simple_wait_frame(connection, &frame) != AMQP_STATUS_OK) give_up("the connection is lost");
    if (frame.frame_type != AMQP_FRAME_METHOD) return;
    if (frame.payload.method.id != AMQP_BASIC_ACK_METHOD) give_up("a message is not taken");
    amqp_basic_ack_t *ack = frame.payload.method.decoded;
    confirm(ack->delivery_tag, ack->multiple);
    amqp_maybe_release_buffers(connection);
}

static void publish(const char *queue, uint64_t count) {
    char body[BODY];
    uint64_t sent = 0;
    amqp_basic_properties_t properties = {._flags = AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_CONTENT_TYPE_FLAG,
                                          .delivery_mode = 2,
                                          .content_type = amqp_cstring_bytes("application/json")};
    memset(body, 'x', sizeof body);
    amqp_bytes_t bytes = {sizeof body, body};
    amqp_confirm_select(connection, CHANNEL);
    check("no confirms");
    while (confirmed < count) {
        while (sent < count && sent - confirmed < WINDOW) {
            if (amqp_basic_publish(connection, CHANNEL, amqp_empty_bytes, amqp_cstring_bytes(queue), 1, 0, &properties,
                                   bytes))
                give_up("cannot publish");
            sent++;
        }
        hear();
        while (amqp_frames_enqueued(connection) || amqp_data_in_buffer(connection)) hear();
    }
}

static void consume(const char *queue, uint64_t count, uint64_t each) {
    uint64_t last = 0;
    amqp_basic_qos(connection, CHANNEL, 0, PREFETCH, 0);
    check("no prefetch");
    amqp_basic_consume(connection, CHANNEL, amqp_cstring_bytes(queue), amqp_empty_bytes, 0, 0, 0, amqp_empty_table);
    check("cannot consume");
    for (uint64_t number = 1; number <= count; number++) {
        amqp_envelope_t envelope;
        struct timeval patience = {30, 0};
        amqp_maybe_release_buffers(connection);
        amqp_rpc_reply_t reply = amqp_consume_message(connection, &envelope, &patience, 0);
        if (reply.reply_type != AMQP_RESPONSE_NORMAL) give_up("the queue gives too little");
        last = envelope.delivery_tag;
        amqp_destroy_envelope(&envelope);
        if ((number % each == 0 || number == count) && amqp_basic_ack(connection, CHANNEL, last, each > 1))
            give_up("cannot acknowledge");
    }
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double work(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

int main(int count, char **words) {
    if (count != 5) give_up("usage: rabbit_peer publish|consume|consume64 URL QUEUE COUNT");
    const char *verb = words[1], *queue = words[3];
    uint64_t messages = strtoull(words[4], 0, 10);
    open_connection(words[2]);
    find(queue);
    double began = seconds(), before = work();
    if (!strcmp(verb, "publish"))
        publish(queue, messages);
    else if (!strcmp(verb, "consume"))
        consume(queue, messages, 1);
    else if (!strcmp(verb, "consume64"))
        consume(queue, messages, 64);
    else
        give_up("there are publish, consume and consume64");
    double took = seconds() - began, worked = work() - before;
    printf("messages=%llu seconds=%.3f rate=%.0f cpu_us=%.2f\n", (unsigned long long)messages, took,
           (double)messages / took, worked * 1e6 / (double)messages);
    amqp_connection_close(connection, AMQP_REPLY_SUCCESS);
    amqp_destroy_connection(connection);
    return 0;
}
