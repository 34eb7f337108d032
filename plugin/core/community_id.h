/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Community ID: the name of a flow that other monitors (Zeek, Suricata, Wireshark) give it too. */
#ifndef MALFLOW_CORE_COMMUNITY_ID_H
#define MALFLOW_CORE_COMMUNITY_ID_H

#include "session.h"

#include <glib.h>

/* "1:", 28 characters, NUL. */
#define MF_COMMUNITY_ID_SIZE 31

/* Puts the ID of SESSION, version 1 with seed 0, into TEXT. False, and "": it has none (ARP, and
 * where the number of the IP protocol is not known). */
bool
mf_community_id(const struct mf_session *session, char text[MF_COMMUNITY_ID_SIZE]);

#endif
