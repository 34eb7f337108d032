/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The buffers of the message at hand, by slot: what Wireshark dissected, what was derived and
 * transformed from it. Private to rules/. */
#ifndef MALFLOW_CORE_RULES_INSTANCES_H
#define MALFLOW_CORE_RULES_INSTANCES_H

#include "rule.h"
#include "slots.h"

struct mf_instance {
    struct mf_view view;
    uint32_t next; /* instance of the same slot, index + 1; 0: none */
    uint16_t slot;
};

struct mf_instances;

struct mf_instances *
mf_instances_new(const struct mf_slots *slots);

/* Accepts NULL. */
void
mf_instances_free(struct mf_instances *instances);

/* Forgets all; memory is kept for the next message. */
void
mf_instances_clear(struct mf_instances *instances);

/* Everything of MESSAGE that some rule reads. MESSAGE lives until the next call of clear or take.
 */
void
mf_instances_take(struct mf_instances *instances, const struct mf_message *message);

unsigned
mf_instances_count(const struct mf_instances *instances);

const struct mf_instance *
mf_instances_get(const struct mf_instances *instances, unsigned index);

/* First instance of SLOT: index + 1; 0: none. May make it, and so move the others in memory. */
uint32_t
mf_instances_first(struct mf_instances *instances, unsigned slot);

#endif
