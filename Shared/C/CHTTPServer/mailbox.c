#include "internal.h"

#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Commands from any thread to the loop. The bell rings once for all that gather before the loop comes for them. */

int mailbox_open(mailbox *box) {
    pthread_mutex_init(&box->lock, NULL);
    box->first = NULL;
    box->last = &box->first;
    box->is_shut = 0;
    box->bell = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    return box->bell;
}

void command_free(command *said) {
    if (said->what == SAY_FILE && said->detail >= 0) close(said->detail);
    free(said);
}

void mailbox_close(mailbox *box) {
    mailbox_shut(box);
    if (box->bell >= 0) close(box->bell);
    pthread_mutex_destroy(&box->lock);
}

void mailbox_put(mailbox *box, command *said) {
    pthread_mutex_lock(&box->lock);
    int is_shut = box->is_shut, was_empty = box->first == NULL;
    if (!is_shut) {
        *box->last = said;
        box->last = &said->next;
    }
    pthread_mutex_unlock(&box->lock);
    if (is_shut) {
        command_free(said);
    } else if (was_empty) {
        uint64_t one = 1;
        /* It fails only when the bell rings already. */
        ssize_t rung = write(box->bell, &one, sizeof one);
        (void)rung;
    }
}

command *mailbox_take(mailbox *box) {
    uint64_t rings;
    ssize_t hushed = read(box->bell, &rings, sizeof rings);
    (void)hushed;
    pthread_mutex_lock(&box->lock);
    command *first = box->first;
    box->first = NULL;
    box->last = &box->first;
    pthread_mutex_unlock(&box->lock);
    return first;
}

void mailbox_shut(mailbox *box) {
    pthread_mutex_lock(&box->lock);
    box->is_shut = 1;
    command *said = box->first;
    box->first = NULL;
    box->last = &box->first;
    pthread_mutex_unlock(&box->lock);
    while (said) {
        command *next = said->next;
        command_free(said);
        said = next;
    }
}
