/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is said of a file that was found. */
#ifndef MALFLOW_CORE_FILE_FACTS_H
#define MALFLOW_CORE_FILE_FACTS_H

#include "findings.h"

/* Whether its name or content type is that of something that is no program. */
bool
mf_file_claims_other(const struct mf_object *object);

/* Whether what is known of its first bytes stands in BODY. */
bool
mf_file_stands_in(const struct mf_file *file, const uint8_t *body, size_t length);

/* BODY is the file as a whole: sets its size and hashes. */
void
mf_file_take_whole(struct mf_file *file, const struct mf_settings *settings,
                   const struct mf_buffer *body);

#endif
