/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words of orders to scan. Private to correlate/mention*.c. */
#ifndef MALFLOW_CORE_CORRELATE_MENTION_ORDER_H
#define MALFLOW_CORE_CORRELATE_MENTION_ORDER_H

#include "mention_private.h"

enum mf_order_meaning {
    MF_ORDER_VERB,    /* also a word of prose: must look like a command */
    MF_ORDER_ALONE,   /* the same, and an order by itself when it is all that is said */
    MF_ORDER_JARGON,  /* to scan, in no other language than that of bots and tools */
    MF_ORDER_EXPLOIT, /* a hole to look for: names the port */
    MF_ORDER_SERVICE, /* names the port; also a word of prose */
    MF_ORDER_STATE,   /* on, start: an argument that goes with a verb */
};

struct mf_order_word {
    const char *name;
    enum mf_order_meaning meaning;
    uint16_t ports[2];
};

#endif
