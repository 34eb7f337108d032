/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Well-known names of services that systems use by themselves. Private to the fold module. */
#ifndef MALFLOW_CORE_FOLD_NAMES_H
#define MALFLOW_CORE_FOLD_NAMES_H

#include <stdbool.h>

/* Whether HOST is asked whether there is a way to the Internet, PATH (NULL: unknown) being asked
 * for. */
bool
mf_fold_is_connectivity_check(const char *host, const char *path);

/* Whether HOST serves updates, certificates' states or telemetry of a system or browser. */
bool
mf_fold_is_system_service(const char *host);

#endif
