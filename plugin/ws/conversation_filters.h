/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Right-click conversation filters: "malflow session", "malflow scan group". */
#ifndef MALFLOW_WS_CONVERSATION_FILTERS_H
#define MALFLOW_WS_CONVERSATION_FILTERS_H

void
mf_conversation_filters_register(void);

#endif
