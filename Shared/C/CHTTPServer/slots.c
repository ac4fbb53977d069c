#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* A number is a place and how often the place was given away: nothing outside the loop ever holds a pointer. */

static const uint32_t NONE = UINT32_MAX;

static uint64_t number(uint32_t generation, uint32_t place) { return (uint64_t)generation << 32 | place; }

static int grow(ainer_http_loop *loop) {
    uint32_t old = loop->slot_count, count = old ? old * 2 : 256;
    slot *slots = realloc(loop->slots, count * sizeof *slots);
    if (!slots) return 0;
    loop->slots = slots;
    loop->slot_count = count;
    for (uint32_t place = count; place-- > old;) {
        slots[place] = (slot){.generation = 1, .next = loop->free_slot};
        loop->free_slot = place;
    }
    return 1;
}

/* 0 when there is no memory. */
uint64_t slot_take(ainer_http_loop *loop, connection *who) {
    if (loop->slot_count == 0) loop->free_slot = NONE;
    if (loop->free_slot == NONE && !grow(loop)) return 0;
    uint32_t place = loop->free_slot;
    loop->free_slot = loop->slots[place].next;
    loop->slots[place].who = who;
    return number(loop->slots[place].generation, place);
}

/* The same place under a new number: the next request of the same connection. */
uint64_t slot_renew(ainer_http_loop *loop, uint64_t id) {
    uint32_t place = (uint32_t)id;
    return number(++loop->slots[place].generation, place);
}

void slot_give(ainer_http_loop *loop, uint64_t id) {
    if (!slot_find(loop, id)) return;
    uint32_t place = (uint32_t)id;
    loop->slots[place].generation++;
    loop->slots[place].who = NULL;
    loop->slots[place].next = loop->free_slot;
    loop->free_slot = place;
}

connection *slot_find(ainer_http_loop *loop, uint64_t id) {
    uint32_t place = (uint32_t)id;
    return place < loop->slot_count && loop->slots[place].generation == id >> 32 ? loop->slots[place].who : NULL;
}

/* MARK: how many connections an address has */

static struct in6_addr address_of(const struct sockaddr *who) {
    struct in6_addr address = {0};
    if (who->sa_family == AF_INET6) return ((const struct sockaddr_in6 *)who)->sin6_addr;
    memcpy(&address.s6_addr[12], &((const struct sockaddr_in *)who)->sin_addr, 4);
    return address;
}

static size_t bucket_of(const struct in6_addr *address) {
    uint32_t hash = 2166136261u;
    for (int i = 0; i < 16; i++) hash = (hash ^ address->s6_addr[i]) * 16777619u;
    return hash % ADDRESS_BUCKETS;
}

address_count *address_enter(ainer_http_loop *loop, const struct sockaddr *who, int limit) {
    struct in6_addr address = address_of(who);
    address_count **place = &loop->addresses[bucket_of(&address)];
    for (address_count *one = *place; one; one = one->next) {
        if (memcmp(&one->address, &address, sizeof address) != 0) continue;
        if (limit > 0 && one->count >= limit) return NULL;
        one->count++;
        return one;
    }
    address_count *one = calloc(1, sizeof *one);
    if (!one) return NULL;
    *one = (address_count){.next = *place, .address = address, .count = 1};
    *place = one;
    return one;
}

void address_leave(ainer_http_loop *loop, address_count *address) {
    if (--address->count > 0) return;
    address_count **place = &loop->addresses[bucket_of(&address->address)];
    while (*place != address) place = &(*place)->next;
    *place = address->next;
    free(address);
}
