/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was installed with the plugin: the folder "malflow" beside its file. */
#ifndef MALFLOW_WS_BESIDE_H
#define MALFLOW_WS_BESIDE_H

/* Path of NAME in there, whether it exists or not; NULL: the plugin cannot tell where it is. The
 * caller frees it. */
char *
mf_beside(const char *name);

#endif
