/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The recognisers behind mf_app_recognise(), one per protocol. Each says whether DATA, the first
 * payload of one side, begins its protocol. */
#ifndef MALFLOW_CORE_APP_MATCH_H
#define MALFLOW_CORE_APP_MATCH_H

#include "span.h"

bool
mf_app_is_http(struct mf_span data);

bool
mf_app_is_http2(struct mf_span data);

bool
mf_app_is_irc(struct mf_span data);

bool
mf_app_is_ftp(struct mf_span data);

bool
mf_app_is_smtp(struct mf_span data);

bool
mf_app_is_pop3(struct mf_span data);

bool
mf_app_is_shell(struct mf_span data);

bool
mf_app_is_socks(struct mf_span data);

bool
mf_app_is_tftp(struct mf_span data);

bool
mf_app_is_pe(struct mf_span data);

#endif
