/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The preferences of design 1.5, module "malflow". */
#ifndef MALFLOW_WS_PREFERENCES_H
#define MALFLOW_WS_PREFERENCES_H

#include "core/options.h"
#include "core/rules/ruleset.h"

void
mf_preferences_register(int proto);

/* What the engine is to be made with; values out of range were named to the user and brought into
 * range. */
void
mf_preferences_settings(struct mf_settings *settings);

/* Borrowed until the preferences change. */
const struct mf_packet_protocols *
mf_preferences_packet_protocols(void);

/* Files and folders of signatures; "" for the bundled ones. Borrowed. */
const char *
mf_preferences_signatures(void);

/* Sets what the preferences say of rules in OPTIONS, the rest stays. Borrowed until they change. */
void
mf_preferences_rules(struct mf_rule_options *options);

/* Fills OPTIONS with what the preferences say for a timeline. The caller clears them. */
void
mf_preferences_timeline(struct mf_timeline_options *options);

#endif
