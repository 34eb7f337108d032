/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where malflow may keep what is costly to make anew. */
#ifndef MALFLOW_WS_CACHEFOLDER_H
#define MALFLOW_WS_CACHEFOLDER_H

/* The folder "malflow" in the user's cache folder, made if need be, for the user alone. NULL: there
 * is none that is surely the user's own. The caller frees. */
char *
mf_cachefolder(void);

#endif
