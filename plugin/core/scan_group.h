/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keeping the books of one scan group: members, distinct targets, answers. Private to the scan
 * module. */
#ifndef MALFLOW_CORE_SCAN_GROUP_H
#define MALFLOW_CORE_SCAN_GROUP_H

#include "scan.h"

/* What a session aims at, as KIND sees it: exact for IPv4 addresses and ports, a 64-bit hash for
 * IPv6. */
uint64_t
mf_scan_target(enum mf_scan_kind kind, const struct mf_session *session);

/* Opens a group like MEMBER (which is not added). */
void
mf_scan_group_open(struct mf_scan_group *group, uint32_t id, enum mf_scan_kind kind,
                   const struct mf_session *member);

/* Frees the sets; counts stay. Idempotent. */
void
mf_scan_group_close(struct mf_scan_group *group);

/* Undoes open: an empty group that keeps its id. */
void
mf_scan_group_reset(struct mf_scan_group *group);

void
mf_scan_group_add(struct mf_scan_group *group, struct mf_session *session);

/* A member's target answered. */
void
mf_scan_group_answer(struct mf_scan_group *group, const struct mf_session *session);

size_t
mf_scan_group_memory(const struct mf_scan_group *group);

#endif
