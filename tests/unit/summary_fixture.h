/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One session between 192.0.2.1:1025 and 198.51.100.2:80 whose packets a test writes by hand:
 * gather buffers, then send. */
#ifndef MALFLOW_TESTS_SUMMARY_FIXTURE_H
#define MALFLOW_TESTS_SUMMARY_FIXTURE_H

#include "core/summary.h"

#define FIXTURE_BUFFERS 128

struct fixture {
    struct mf_session session;
    struct mf_counters counters;
    struct mf_summary_context context;
    struct mf_buffer buffers[FIXTURE_BUFFERS];
    unsigned n;
    struct mf_packet packet; /* the next one; seq runs on by itself */
    uint32_t seq[2];
};

struct fixture *
fixture_new(enum mf_l4 l4, const char *app);

void
fixture_free(struct fixture *fixture);

void
add_layer(struct fixture *fixture, enum mf_buffer_id id);

/* TEXT outlives the next send. */
void
add_text(struct fixture *fixture, enum mf_buffer_id id, const char *text);

void
add_bytes(struct fixture *fixture, enum mf_buffer_id id, const void *data, uint32_t length);

void
add_number(struct fixture *fixture, enum mf_buffer_id id, uint64_t number);

/* Feeds a packet with the gathered buffers; frames count from 1. */
void
send_buffers(struct fixture *fixture, enum mf_direction direction);

/* The same with payload. */
void
send_payload(struct fixture *fixture, enum mf_direction direction, const void *data,
             uint32_t length);

void
send_text(struct fixture *fixture, enum mf_direction direction, const char *text);

void
assert_says(const struct fixture *fixture, const char *expected);

void
assert_item(const struct fixture *fixture, unsigned index, const char *expected);

/* NAME NULL: no object expected. */
void
assert_object(const struct fixture *fixture, enum mf_direction direction, const char *name,
              uint64_t size);

#endif
