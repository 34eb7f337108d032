/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The summaries, one file each. summary.c says what feeds them. */
#ifndef MALFLOW_CORE_SUMMARIES_TABLE_H
#define MALFLOW_CORE_SUMMARIES_TABLE_H

#include "../summary.h"

extern const struct mf_summary_protocol mf_summary_row_arp;
extern const struct mf_summary_protocol mf_summary_row_dhcp;
extern const struct mf_summary_protocol mf_summary_row_dns;
extern const struct mf_summary_protocol mf_summary_row_ftp;
extern const struct mf_summary_protocol mf_summary_row_ftp_data;
extern const struct mf_summary_protocol mf_summary_row_http;
extern const struct mf_summary_protocol mf_summary_row_http2;
extern const struct mf_summary_protocol mf_summary_row_icmp;
extern const struct mf_summary_protocol mf_summary_row_icmpv6;
extern const struct mf_summary_protocol mf_summary_row_irc;
extern const struct mf_summary_protocol mf_summary_row_kerberos;
extern const struct mf_summary_protocol mf_summary_row_nbns;
extern const struct mf_summary_protocol mf_summary_row_ntp;
extern const struct mf_summary_protocol mf_summary_row_pop3;
extern const struct mf_summary_protocol mf_summary_row_quic;
extern const struct mf_summary_protocol mf_summary_row_shell;
extern const struct mf_summary_protocol mf_summary_row_smb;
extern const struct mf_summary_protocol mf_summary_row_smb2;
extern const struct mf_summary_protocol mf_summary_row_smtp;
extern const struct mf_summary_protocol mf_summary_row_socks;
extern const struct mf_summary_protocol mf_summary_row_ssdp;
extern const struct mf_summary_protocol mf_summary_row_ssh;
extern const struct mf_summary_protocol mf_summary_row_telnet;
extern const struct mf_summary_protocol mf_summary_row_tftp;
extern const struct mf_summary_protocol mf_summary_row_tls;

#endif
