/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Gives conversations that Wireshark would know by port only to the dissector of what their first
 * payload says they are (core/app.h): IRC on 65520, FTP, SMTP, POP3 and others anywhere.
 */
#ifndef MALFLOW_WS_HEURISTICS_H
#define MALFLOW_WS_HEURISTICS_H

/* In the registration routine. */
void
mf_heuristics_register(int proto);

/* In the hand-off routine, when every dissector is known. */
void
mf_heuristics_init(void);

#endif
