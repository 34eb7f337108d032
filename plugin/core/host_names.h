/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names that hosts are known by. */
#ifndef MALFLOW_CORE_HOST_NAMES_H
#define MALFLOW_CORE_HOST_NAMES_H

#include "engine.h"

enum mf_host_names_of {
    MF_HOST_NAMES_OWN,   /* that hosts give themselves (DHCP, NBNS, LLMNR, ...) */
    MF_HOST_NAMES_ASKED, /* then those that others reach them by too (DNS answers, TLS) */
};

struct mf_host_names;

/* ENGINE must outlive it. */
struct mf_host_names *
mf_host_names_new(const struct mf_engine *engine, enum mf_host_names_of of);

/* Accepts NULL. */
void
mf_host_names_free(struct mf_host_names *names);

/* "a, b", in order of sessions; NULL: the host at ADDR has none. Lives as long as NAMES. */
const char *
mf_host_names_get(const struct mf_host_names *names, const struct mf_addr *addr);

#endif
