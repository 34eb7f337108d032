/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recognition of an application protocol by the first payload of one side, whatever the port. */
#ifndef MALFLOW_CORE_APP_H
#define MALFLOW_CORE_APP_H

#include "types.h"

#include <stddef.h>
#include <stdint.h>

/*
 * Names the protocol that DATA, the first payload bytes that one side sent, begins: "IRC", "HTTP",
 * "FTP", "SMTP", "POP3", "SOCKS", "TFTP" (UDP), "SHELL" (a command shell's banner or prompt), "PE"
 * (a Windows executable sent raw). NULL when it is none of them or too short to tell. Static names.
 * Looks at no more than the first few hundred bytes. Strict: text that could be several protocols
 * is none of them.
 */
const char *
mf_app_recognise(enum mf_l4 l4, const uint8_t *data, size_t length);

#endif
